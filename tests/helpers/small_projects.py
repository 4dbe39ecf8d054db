# SPDX-License-Identifier: GPL-3.0-or-later
"""Small projects for tests of what shows them."""

from pathlib import Path

import numpy as np

from app.core.project import NewRecording, Project
from app.core.recording import Channel, LabelSpan
from app.core.text import text

ACCELEROMETER = (Channel("ax", "g"), Channel("ay", "g"), Channel("az", "g"))


def recording(
    name: str,
    samples: int = 1000,
    rate_hz: float = 100.0,
    channels: tuple[Channel, ...] = ACCELEROMETER,
    spans: tuple[tuple[int, int, str], ...] = (),
) -> NewRecording:
    """A slow sine on each channel, another phase each; ``spans`` are (start, stop, class)."""
    time = np.arange(samples, dtype=np.float32)[:, None] / rate_hz
    wave = np.sin(time + np.arange(len(channels), dtype=np.float32)).astype(np.float32)
    labels = tuple(LabelSpan("new", start, stop, label) for start, stop, label in spans)
    return NewRecording(name, channels, rate_hz, wave, spans=labels)


def project(folder: Path, *recordings: NewRecording) -> Project:
    """A project in ``folder`` with ``recordings``, saved, with nothing to undo."""
    made = Project.create(folder, "Small")
    if recordings:
        made.add_recordings(recordings, text("Add"))
        made.close()
        made = Project.open(folder)
    return made


def two_classes(folder: Path) -> Project:
    """Three takes of ten seconds of each of two classes: windows of 200 × 3."""
    return project(
        folder,
        *(
            recording(f"{label} {take}", 1000, spans=((0, 1000, label),))
            for label in ("idle", "shake")
            for take in range(3)
        ),
    )
