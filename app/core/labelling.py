# SPDX-License-Identifier: GPL-3.0-or-later
"""What each window shows: label spans laid over windows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.common_grid import same_rate
from app.core.document import Document
from app.core.errors import DataError
from app.core.recording import RecordingInfo, Samples
from app.core.split import Indices
from app.core.text import Text, text
from app.core.training import Task, WindowConfig
from app.core.windows import samples_to_ms, window_count


@dataclass(frozen=True, slots=True)
class Target:
    """Samples ``start`` to ``stop`` (excluded) show ``value``: a class's index or a number."""

    start: int
    stop: int
    value: float

    def at_rate(self, ratio: float) -> Target:
        """The same time where there are ``ratio`` times as many samples a second."""
        start = int(self.start * ratio + 0.5)
        return Target(start, max(start + 1, int(self.stop * ratio + 0.5)), self.value)


@dataclass(frozen=True, slots=True, eq=False)
class WindowLabels:
    """``values`` has one entry a window: its target, NaN where it has none.
    ``ambiguous`` says which windows have none because two different ones claim them."""

    values: NDArray[np.float64]
    ambiguous: NDArray[np.bool_]


def label_windows(
    samples: int, windowing: WindowConfig, targets: Iterable[Target], min_overlap: float
) -> WindowLabels:
    """Label the windows of a recording of ``samples``.

    A target claims a window where the two share at least ``min_overlap`` of the shorter of them:
    half of the window for a long state, half of the event for one shorter than a window.
    """
    count = window_count(samples, windowing)
    values = np.full(count, np.nan)
    ambiguous = np.zeros(count, bool)
    length, stride = windowing.length, windowing.stride
    for target in targets:
        shorter = min(length, target.stop - target.start)
        shared = max(1, int(np.ceil(min_overlap * shorter - 1e-9)))
        # A window from s shares enough where start - length + shared <= s <= stop - shared.
        first = max(0, -(-(target.start - length + shared) // stride))
        last = min(count - 1, (target.stop - shared) // stride)
        if last < first:
            continue
        claimed = slice(first, last + 1)
        taken = ~np.isnan(values[claimed]) & (values[claimed] != target.value)
        ambiguous[claimed] |= taken
        values[claimed] = target.value
    values[ambiguous] = np.nan
    return WindowLabels(values, ambiguous)


def targets_of(document: Document, classes: Sequence[str]) -> dict[str, list[Target]]:
    """What each recording shows, by its id; times in its own samples.

    Raises :class:`DataError` where the labels do not make a task.
    """
    regression = document.task is Task.REGRESSION
    if document.task is Task.BINARY and len(classes) != 2:
        raise DataError(
            text("A yes-or-no answer needs two classes; labelled: {count}.", count=len(classes)),
            action=text("Label two classes, or choose the task with many classes."),
        )
    if document.task is Task.MULTICLASS and len(classes) < 2:
        raise DataError(
            text("There is nothing to tell apart yet: only one class is labelled.")
            if classes
            else text("There is nothing to tell apart yet: no class is labelled."),
            action=text("Label recordings of at least two classes."),
        )
    codes = {name: float(index) for index, name in enumerate(classes)}
    targets: dict[str, list[Target]] = {}
    for span in document.spans:
        value = span.value if regression else codes.get(span.label)
        if value is not None:
            targets.setdefault(span.recording_id, []).append(Target(span.start, span.stop, value))
    if not targets:
        raise DataError(
            text("No label carries a number to learn."),
            action=text("Give the labels their number on the Label page."),
        )
    return targets


@dataclass(frozen=True, slots=True, eq=False)
class PlacedWindows:
    """All labelled windows, recording by recording, in the order of time."""

    recording: Indices
    start: Indices
    values: NDArray[np.float64]
    left_out: int
    warnings: list[Text]


def place_windows(
    infos: Sequence[RecordingInfo],
    samples: Sequence[Samples],
    targets: Mapping[str, list[Target]],
    rate_hz: float,
    windowing: WindowConfig,
    min_overlap: float,
) -> PlacedWindows:
    values: list[NDArray[np.float64]] = []
    ambiguous = 0
    for info, array in zip(infos, samples, strict=True):
        mine = targets[info.id]
        if not same_rate(info.rate_hz, rate_hz):
            mine = [each.at_rate(rate_hz / info.rate_hz) for each in mine]
        labels = label_windows(len(array), windowing, mine, min_overlap)
        values.append(labels.values)
        ambiguous += int(labels.ambiguous.sum())
    counts = [len(each) for each in values]
    target = np.concatenate(values)
    start = np.concatenate([np.arange(count) * windowing.stride for count in counts])
    recording = np.repeat(np.arange(len(infos)), counts)
    labelled = ~np.isnan(target)
    length_ms = samples_to_ms(windowing.length, rate_hz)
    if not labelled.any():
        raise DataError(
            text("No window of {length} ms shows a label.", length=round(length_ms)),
            text(
                "The longest recording has {longest} ms.",
                longest=round(1000 * max(info.duration_s for info in infos)),
            ),
            text("Choose shorter windows, or label more."),
        )
    warnings: list[Text] = []
    short = counts.count(0)
    if short:
        warnings.append(
            text(
                "{count} recordings are shorter than a window of {length} ms and give none. Choose "
                "shorter windows to use them.",
                count=short,
                length=round(length_ms),
            )
        )
    if ambiguous:
        warnings.append(
            text(
                "Windows that show two labels at once teach neither and are left out: {count}.",
                count=ambiguous,
            )
        )
    return PlacedWindows(
        recording[labelled],
        start[labelled],
        target[labelled],
        int((~labelled).sum()) - ambiguous,
        warnings,
    )
