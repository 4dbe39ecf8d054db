# SPDX-License-Identifier: GPL-3.0-or-later
"""Windows over recordings: how long they are, and how far apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from app.core.errors import DataError
from app.core.recording import LabelSpan, RecordingInfo
from app.core.text import text
from app.core.training import WindowConfig

TAKE_LONGEST_S = 4.0
TAKE_LONGEST_SAMPLES = 1024
TAKES_ALIKE = 0.8
"""Takes are alike where the shortest has at least this share of the longest."""
USUAL_WINDOW_S = 2.0
FEWEST_SAMPLES = 8
"""A slow sensor's window holds at least this many samples, however long that takes."""


def default_windowing(
    recordings: Sequence[RecordingInfo], spans: Iterable[LabelSpan], rate_hz: float
) -> WindowConfig:
    """Windows that suit the data, in samples at ``rate_hz``.

    Rows of a table (labels of one sample each) make windows of one; takes that are short and alike
    are taken whole; else a window is about two seconds long and overlaps the next by half.
    ``recordings`` must not be empty.
    """
    spans = list(spans)
    if are_rows(spans):
        return WindowConfig(1, 1)
    labelled = {span.recording_id for span in spans}
    takes = [info for info in recordings if info.id in labelled] or list(recordings)
    durations = np.array([info.duration_s for info in takes])
    shortest = max(1, int(durations.min() * rate_hz + 0.5))
    if (
        durations.max() <= TAKE_LONGEST_S
        and shortest <= TAKE_LONGEST_SAMPLES
        and durations.min() >= TAKES_ALIKE * durations.max()
    ):
        return WindowConfig(shortest, shortest)
    usual = max(FEWEST_SAMPLES, int(USUAL_WINDOW_S * rate_hz + 0.5))
    most_takes_hold = int(np.quantile(durations, 0.1) * rate_hz + 1e-6)
    length = max(1, min(usual, most_takes_hold))
    return WindowConfig(length, max(1, length // 2))


def are_rows(spans: Iterable[LabelSpan]) -> bool:
    """Whether every sample is labelled on its own, as the rows of a table are."""
    lengths = {span.stop - span.start for span in spans}
    return lengths == {1}


def windowing_from_ms(length_ms: float, stride_ms: float | None, rate_hz: float) -> WindowConfig:
    """Windows of ``length_ms`` every ``stride_ms`` (half the length where ``None``), in samples.

    Raises :class:`DataError` for times that are not positive.
    """
    if length_ms <= 0 or (stride_ms is not None and stride_ms <= 0):
        raise DataError(
            text("A window and its stride must be longer than 0 ms."),
            action=text("Choose a length such as 2000 ms."),
        )
    length = max(1, int(length_ms * rate_hz / 1000 + 0.5))
    if stride_ms is None:
        return WindowConfig(length, max(1, length // 2))
    return WindowConfig(length, max(1, int(stride_ms * rate_hz / 1000 + 0.5)))


def samples_to_ms(samples: int, rate_hz: float) -> float:
    return samples * 1000 / rate_hz


def window_count(samples: int, windowing: WindowConfig) -> int:
    """How many whole windows fit into ``samples``."""
    return max(0, (samples - windowing.length) // windowing.stride + 1)
