# SPDX-License-Identifier: GPL-3.0-or-later
"""How recordings fall into windows, for people who label: which label each window gets, and what
every class amounts to. Reads no samples.

Labels are shown from the first one on, where :mod:`app.core.dataset` asks for a whole task.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.core.common_grid import same_rate
from app.core.dataset import resolve_data
from app.core.document import Document
from app.core.labelling import Target, WindowLabels, label_windows
from app.core.recording import LabelSpan, RecordingInfo
from app.core.training import Task, WindowConfig


@dataclass(frozen=True, slots=True, eq=False)
class SlicedRecording:
    """The windows of one recording. ``windowing`` counts samples at ``rate_hz``, the data set's.

    ``labels.values`` are places in ``names``, the labels; NaN is a window left out. For regression
    a name stands there once for each of its numbers.
    """

    rate_hz: float
    windowing: WindowConfig
    names: tuple[str, ...]
    labels: WindowLabels

    def __len__(self) -> int:
        return len(self.labels.values)

    @property
    def length_s(self) -> float:
        return self.windowing.length / self.rate_hz

    @property
    def stride_s(self) -> float:
        return self.windowing.stride / self.rate_hz

    def start_s(self, window: int) -> float:
        """When ``window`` begins, in seconds of the recording."""
        return window * self.stride_s

    def label(self, window: int) -> str | None:
        """The label of ``window``, ``None`` where it is left out."""
        value = self.labels.values[window]
        return None if np.isnan(value) else self.names[int(value)]

    def ambiguous(self, window: int) -> bool:
        """Whether ``window`` is left out because two labels claim it."""
        return bool(self.labels.ambiguous[window])


@dataclass(frozen=True, slots=True)
class ClassTotals:
    """What the spans with one label amount to."""

    spans: int = 0
    seconds: float = 0.0
    windows: int = 0


def slice_recording(document: Document, recording_id: str) -> SlicedRecording:
    """The windows of a recording of ``document``, as its data settings cut and label them."""
    info = next(each for each in document.recordings if each.id == recording_id)
    spans = [span for span in document.spans if span.recording_id == recording_id]
    rate_hz, windowing = resolve_data(document, document.data)
    return _sliced(document, info, spans, rate_hz, windowing)


def class_totals(document: Document) -> Mapping[str, ClassTotals]:
    """Totals by label: every class, and the labels without one (the empty name) where there are."""
    totals = {label.name: ClassTotals() for label in document.classes}
    if not document.recordings:
        return totals
    by_recording: dict[str, list[LabelSpan]] = {}
    for span in document.spans:
        by_recording.setdefault(span.recording_id, []).append(span)
    rate_hz, windowing = resolve_data(document, document.data)
    for info in document.recordings:
        spans = by_recording.get(info.id)
        if not spans:
            continue
        sliced = _sliced(document, info, spans, rate_hz, windowing)
        values = sliced.labels.values
        counts = np.bincount(values[~np.isnan(values)].astype(np.int64))
        for name in {span.label for span in spans}:
            mine = [span for span in spans if span.label == name]
            before = totals.get(name, ClassTotals())
            windows = sum(
                int(count) for place, count in enumerate(counts) if sliced.names[place] == name
            )
            totals[name] = ClassTotals(
                before.spans + len(mine),
                before.seconds + sum(span.stop - span.start for span in mine) / info.rate_hz,
                before.windows + windows,
            )
    return totals


def _sliced(
    document: Document,
    info: RecordingInfo,
    spans: Sequence[LabelSpan],
    rate_hz: float,
    windowing: WindowConfig,
) -> SlicedRecording:
    if document.task is Task.REGRESSION:  # the number tells windows apart, and must be there
        spans = [span for span in spans if span.value is not None]
        keys = dict.fromkeys((span.label, span.value) for span in spans)
        places = {key: float(place) for place, key in enumerate(keys)}
        codes = [places[span.label, span.value] for span in spans]
        names = tuple(name for name, _ in keys)
    else:
        names = (*(label.name for label in document.classes), "")
        codes = [float(names.index(span.label)) for span in spans]
    targets = [Target(span.start, span.stop, code) for span, code in zip(spans, codes, strict=True)]
    samples = info.length
    if not same_rate(info.rate_hz, rate_hz):
        ratio = rate_hz / info.rate_hz
        targets = [target.at_rate(ratio) for target in targets]
        samples = max(1, int(np.floor(samples * ratio + 1e-9)))
    labels = label_windows(samples, windowing, targets, document.data.min_overlap)
    return SlicedRecording(rate_hz, windowing, names, labels)
