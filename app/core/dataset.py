# SPDX-License-Identifier: GPL-3.0-or-later
"""A data set: windows over a project's recordings, their targets, and the part each plays.

Nothing is copied: a window is a place in a recording, which may be a memory map. Only recordings
at another rate, or with their channels in another order, are converted, each once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.core import data_checks
from app.core.common_grid import alike, common_rate, on_grid
from app.core.document import Document
from app.core.errors import DataError
from app.core.labelling import PlacedWindows, place_windows, targets_of
from app.core.recording import Channel, Part, Recording, RecordingInfo, Samples
from app.core.split import FEWEST_RECORDINGS, PARTS, Indices, Windows, split_windows
from app.core.text import Text, text
from app.core.training import DataConfig, Task, WindowConfig
from app.core.windows import are_rows, default_windowing

TOO_FEW_TO_SPLIT = 20
"""With fewer windows, everything trains and everything tests."""


class RecordingSource(Protocol):
    """What a data set is built from; a project is one."""

    @property
    def document(self) -> Document: ...

    def recording(self, recording_id: str) -> Recording: ...


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """Windows of ``windowing.length`` samples with a target each, ready to train on.

    ``recording`` and ``start`` place each window in ``samples[recording]``, one array of shape
    ``(n, channels)`` a recording, at ``rate_hz``. ``targets`` are places in ``classes``
    (whole numbers, see :attr:`class_indices`), or the numbers that regression learns. ``indices``
    lists each part's windows; in very small sets the parts are not disjoint. ``left_out`` counts
    windows without a label.
    """

    task: Task
    classes: tuple[str, ...]
    channels: tuple[Channel, ...]
    rate_hz: float
    windowing: WindowConfig
    recording_ids: tuple[str, ...]
    samples: tuple[Samples, ...]
    recording: Indices
    start: Indices
    targets: NDArray[np.float32]
    indices: Mapping[Part, Indices]
    left_out: int
    warnings: tuple[Text, ...]

    def __len__(self) -> int:
        return len(self.start)

    @property
    def input_shape(self) -> tuple[int, int]:
        """``(window, channels)``."""
        return self.windowing.length, len(self.channels)

    @property
    def class_indices(self) -> NDArray[np.int64]:
        """Each window's place in ``classes``."""
        return self.targets.astype(np.int64)

    @property
    def fingerprint(self) -> str:
        """Changes with any window's place, target or part. What a recording holds never changes,
        so its id stands for its samples."""
        digest = hashlib.sha256("\n".join(self.recording_ids).encode("utf-8", "surrogatepass"))
        parts = (self.indices[part] for part in PARTS)
        for column in (self.recording, self.start, self.targets, *parts):
            digest.update(len(column).to_bytes(8, "little"))
            digest.update(column.astype(column.dtype.newbyteorder("<")).tobytes())
        return digest.hexdigest()[:32]

    def gather(self, indices: Indices) -> Samples:
        """The windows at ``indices`` in sensor units, shape ``(windows, length, channels)``."""
        return self.gather_samples(indices, np.arange(self.windowing.length))

    def gather_samples(self, indices: Indices, offsets: Indices) -> Samples:
        """Of each window only the samples at ``offsets``."""
        batch = np.empty((len(indices), len(offsets), len(self.channels)), np.float32)
        recordings = self.recording[indices]
        starts = self.start[indices]
        order = np.argsort(recordings, kind="stable")
        firsts = np.flatnonzero(np.diff(recordings[order], prepend=-1))
        for places in np.split(order, firsts)[1:]:
            recording = recordings[places[0]]
            batch[places] = self.samples[recording][starts[places, None] + offsets]
        return batch

    def one_hot(self, indices: Indices) -> NDArray[np.float32]:
        """Class targets as rows with a single 1, shape ``(windows, classes)``."""
        return np.eye(len(self.classes), dtype=np.float32)[self.class_indices[indices]]

    def class_counts(self, part: Part) -> NDArray[np.int64]:
        """Windows of each class in a part; for regression a single count."""
        if self.task is Task.REGRESSION:
            return np.array([len(self.indices[part])])
        return np.bincount(self.class_indices[self.indices[part]], minlength=len(self.classes))


def class_names(document: Document) -> tuple[str, ...]:
    """The classes a network can learn: those that a label span shows, in the project's order.
    None for regression."""
    if document.task is Task.REGRESSION:
        return ()
    shown = {span.label for span in document.spans}
    return tuple(label.name for label in document.classes if label.name in shown)


def resolve_data(document: Document, config: DataConfig) -> tuple[float, WindowConfig]:
    """The rate in hertz and the windows that ``config`` asks for, chosen from the data where it
    leaves them open. Reads no samples. Raises :class:`DataError` where there is no recording."""
    if not document.recordings:
        raise DataError(
            text("There is nothing to learn from yet."),
            action=text("Record or import something first."),
        )
    labelled = {span.recording_id for span in document.spans}
    infos = [info for info in document.recordings if info.id in labelled]
    infos = alike(infos or document.recordings).infos
    rate_hz = config.rate_hz or common_rate(infos)
    return rate_hz, config.windowing or default_windowing(infos, document.spans, rate_hz)


def build_dataset(source: RecordingSource, config: DataConfig | None = None) -> Dataset:
    """Build the data set that ``config`` (the project's own where ``None``) describes.

    Raises :class:`DataError` where there is nothing to learn: no recording, no label, a single
    class, windows longer than every recording.
    """
    document = source.document
    config = config or document.data
    rate_hz, windowing = resolve_data(document, config)
    classes = class_names(document)
    targets = targets_of(document, classes)
    measured = alike([info for info in document.recordings if info.id in targets])
    samples = tuple(
        on_grid(source.recording(info.id), measured.channels, rate_hz) for info in measured.infos
    )
    placed = place_windows(measured.infos, samples, targets, rate_hz, windowing, config.min_overlap)
    indices, cut = _divide(document, measured.infos, placed, windowing, config)
    dataset = Dataset(
        task=document.task,
        classes=classes,
        channels=measured.channels,
        rate_hz=rate_hz,
        windowing=windowing,
        recording_ids=tuple(info.id for info in measured.infos),
        samples=samples,
        recording=placed.recording,
        start=placed.start,
        targets=placed.values.astype(np.float32),
        indices=MappingProxyType(indices),
        left_out=placed.left_out,
        warnings=(),
    )
    warnings = [*measured.warnings, *placed.warnings, *_checks(dataset, measured.infos, cut)]
    return replace(dataset, warnings=tuple(warnings))


# --- parts -------------------------------------------------------------------------------------


def _divide(
    document: Document,
    infos: Sequence[RecordingInfo],
    placed: PlacedWindows,
    windowing: WindowConfig,
    config: DataConfig,
) -> tuple[dict[Part, Indices], tuple[int, ...]]:
    """Each part's windows, and the classes whose recordings had to be cut."""
    count = len(placed.values)
    parts: list[Part | None] = [info.part for info in infos]
    if count < TOO_FEW_TO_SPLIT and not any(parts):
        everything = np.arange(count)
        nothing = everything[:0]
        return {Part.TRAINING: everything, Part.VALIDATION: nothing, Part.TEST: everything}, ()
    groups = placed.recording
    if are_rows(document.spans):  # the rows of a table do not follow from one another
        groups = np.arange(count)
        parts = [parts[index] for index in placed.recording.tolist()]
    if document.task is Task.REGRESSION:
        strata = _bands(placed.values, len(parts))
    else:
        strata = placed.values.astype(np.int64)
    split = split_windows(
        Windows(strata, groups, placed.start, windowing.length),
        parts,
        config.fractions,
        config.split_seed,
    )
    return {part: np.flatnonzero(split.codes == code) for code, part in enumerate(PARTS)}, split.cut


def _bands(values: NDArray[np.float64], groups: int) -> Indices:
    """Numbers in up to five bands of as many windows each, so that every part sees all sizes."""
    bands = max(1, min(5, groups // FEWEST_RECORDINGS))
    edges = np.quantile(values, np.linspace(0, 1, bands + 1)[1:-1])
    return np.digitize(values, edges).astype(np.int64)


def _checks(dataset: Dataset, infos: Sequence[RecordingInfo], cut: tuple[int, ...]) -> list[Text]:
    training, test = dataset.indices[Part.TRAINING], dataset.indices[Part.TEST]
    if len(dataset) < TOO_FEW_TO_SPLIT and np.array_equal(training, test):
        return [
            text(
                "{count} windows are too few to hold any back: all of them train, and all of them "
                "test. The score shows what was learnt by heart, not what was understood.",
                count=len(dataset),
            )
        ]
    held_back = any(info.part is Part.TEST for info in infos)  # then cutting touches no test take
    warnings = [] if held_back else data_checks.check_cut(dataset.classes, cut)
    warnings += data_checks.check_repeats(
        dataset.gather_samples, dataset.windowing.length, training, test
    )
    if not len(test):
        warnings.append(
            text("No window is left for the test part: record more takes to get an honest score.")
        )
    if dataset.task is Task.REGRESSION:
        return warnings
    counts = {part: dataset.class_counts(part) for part in PARTS}
    warnings += data_checks.check_classes(dataset.classes, counts)
    found, first = np.unique(dataset.recording, return_index=True)
    recordings: list[int] = found.tolist()
    classes: list[int] = dataset.class_indices[first].tolist()
    return warnings + data_checks.check_sessions(
        [infos[index] for index in recordings],
        [dataset.classes[index] for index in classes],
        given=any(info.part for info in infos),
    )
