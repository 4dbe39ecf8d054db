# SPDX-License-Identifier: GPL-3.0-or-later
"""A project without a folder: what a data set is built from, made in a line."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from app.core.document import ClassLabel, Document
from app.core.recording import Channel, LabelSpan, Part, Recording, RecordingInfo
from app.core.training import Task

AXES = ("ax", "ay", "az")


@dataclass
class MemorySource:
    """Recordings in memory, added one by one, each labelled as a whole unless told otherwise."""

    document: Document = field(default_factory=lambda: Document("test"))
    samples: dict[str, np.ndarray] = field(default_factory=dict)
    reads: list[str] = field(default_factory=list)

    def recording(self, recording_id: str) -> Recording:
        self.reads.append(recording_id)
        info = next(each for each in self.document.recordings if each.id == recording_id)
        return Recording(info, self.samples[recording_id])

    def add(
        self,
        label: str | None,
        samples: np.ndarray | int,
        *,
        names: tuple[str, ...] = AXES,
        units: tuple[str, ...] = (),
        rate_hz: float = 100.0,
        part: Part | None = None,
        value: float | None = None,
        started_at: str = "",
        spans: list[tuple[int, int, str]] | None = None,
    ) -> str:
        """Add a recording; a number of samples in place of samples makes noise. Returns its id."""
        key = f"r{len(self.document.recordings)}"
        if isinstance(samples, int):
            random = np.random.default_rng(len(self.document.recordings))
            samples = random.normal(size=(samples, len(names)))
        samples = samples.astype(np.float32)
        channels = tuple(
            Channel(name, unit)
            for name, unit in zip(names, units or ("",) * len(names), strict=True)
        )
        info = RecordingInfo(
            key, key, channels, rate_hz, len(samples), started_at=started_at, part=part
        )
        if spans is None:
            spans = [] if label is None else [(0, len(samples), label)]
        document = self.document
        known = {each.name for each in document.classes}
        new = dict.fromkeys(name for _, _, name in spans if name not in known)
        self.document = replace(
            document,
            recordings=(*document.recordings, info),
            classes=(
                *document.classes,
                *(ClassLabel(name, len(known) + index) for index, name in enumerate(new)),
            ),
            spans=(
                *document.spans,
                *(LabelSpan(key, start, stop, name, value) for start, stop, name in spans),
            ),
        )
        self.samples[key] = samples
        return key

    def task(self, task: Task) -> MemorySource:
        self.document = replace(self.document, task=task)
        return self
