# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong with a data set that trains all the same: scores that flatter, classes that starve.

Each check returns its warnings, empty where all is well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from app.core.recording import Part, RecordingInfo, Samples
from app.core.split import FEWEST_RECORDINGS
from app.core.text import Text, text

UNBALANCED = 4.0
"""A class with this many times the windows of another drowns it."""
FEW_WINDOWS = 10
PROBES = 6

Gather = Callable[[NDArray[np.int64], NDArray[np.int64]], Samples]
"""``gather(windows, offsets)``: samples of shape ``(windows, offsets, channels)``."""

Counts = NDArray[np.int64]
"""Windows of each class."""


def check_classes(classes: Sequence[str], counts: Mapping[Part, Counts]) -> list[Text]:
    """Classes that a part lacks, or that training hardly has."""
    training, test = counts[Part.TRAINING], counts[Part.TEST]
    warnings: list[Text] = []
    unlearnt = _named(classes, (training == 0) & (test > 0))
    if unlearnt:
        warnings.append(
            text(
                "The test part has windows of {classes}, which training has none of: they can only "
                "be answered wrongly. Put recordings of them into the training part too.",
                classes=unlearnt,
            )
        )
    empty = _named(classes, (training == 0) & (test == 0))
    if empty:
        warnings.append(
            text(
                "No window shows {classes}. Record more, use shorter windows, or remove the class.",
                classes=empty,
            )
        )
    untested = _named(classes, (training > 0) & (test == 0))
    if untested and test.any():
        warnings.append(
            text(
                "The test part has no window of {classes}: the score says nothing about it. Record "
                "more takes.",
                classes=untested,
            )
        )
    learnt = training[training > 0]
    if len(learnt) and learnt.max() >= UNBALANCED * learnt.min():
        warnings.append(
            text(
                "Training has {most} windows of {common} and {fewest} of {rare}: a network may do "
                "well by ignoring {rare}. Record more of it, or let class weights balance them.",
                most=int(learnt.max()),
                common=classes[int(training.argmax())],
                fewest=int(learnt.min()),
                rare=classes[int(np.where(training > 0, training, training.max()).argmin())],
            )
        )
    scarce = _named(classes, (training > 0) & (training < FEW_WINDOWS))
    if scarce:
        warnings.append(
            text(
                "Training has fewer than {few} windows of {classes}. Record more of it.",
                few=FEW_WINDOWS,
                classes=scarce,
            )
        )
    return warnings


def check_cut(classes: Sequence[str], cut: Sequence[int]) -> list[Text]:
    """``cut`` are the places of the classes whose recordings had to be cut into blocks."""
    if not cut:
        return []
    if not classes:
        return [
            text(
                "There are fewer than {fewest} recordings: each was cut into training, validation "
                "and test. Parts of one take are alike, so the score flatters. Record at least "
                "{fewest} takes.",
                fewest=FEWEST_RECORDINGS,
            )
        ]
    return [
        text(
            "Fewer than {fewest} recordings show {classes}: each was cut into training, validation "
            "and test. Parts of one take are alike, so the score flatters. Record at least "
            "{fewest} takes of each class.",
            fewest=FEWEST_RECORDINGS,
            classes=", ".join(classes[index] for index in cut),
        )
    ]


def check_repeats(
    gather: Gather, length: int, training: NDArray[np.int64], test: NDArray[np.int64]
) -> list[Text]:
    """Windows of the test part that training has too, value by value.

    A few samples of each window are compared first; only where these agree, the rest is read.
    """
    if not len(training) or not len(test):
        return []
    few = np.unique(np.linspace(0, length - 1, PROBES).astype(np.int64))
    seen, found = _fingerprints(gather, training, few), _fingerprints(gather, test, few)
    suspects = test[np.isin(found, seen)]
    if not len(suspects):
        return []
    every = np.arange(length)
    candidates = training[np.isin(seen, found)]
    whole = {hash(row.tobytes()) for chunk in _chunks(candidates) for row in gather(chunk, every)}
    repeated = sum(
        hash(row.tobytes()) in whole for chunk in _chunks(suspects) for row in gather(chunk, every)
    )
    if not repeated:
        return []
    return [
        text(
            "{count} of {total} test windows also occur in training, value by value: the score "
            "flatters. Remove recordings that were imported twice.",
            count=repeated,
            total=len(test),
        )
    ]


def check_sessions(
    recordings: Sequence[RecordingInfo], labels: Sequence[str], *, given: bool
) -> list[Text]:
    """Each class recorded in one go, so that the moment gives it away.

    ``labels`` has each recording's class. Nothing is said where start times are unknown, or where
    the data's author gave the split.
    """
    if given or len(set(labels)) < 2 or not all(info.started_at for info in recordings):
        return []
    by_time = sorted(zip((info.started_at for info in recordings), labels, strict=True))
    changes = sum(before[1] != after[1] for before, after in pairwise(by_time))
    if changes + 1 > len(set(labels)) or len(by_time) == len(set(labels)):
        return []
    return [
        text(
            "Each class was recorded in one go: the network may learn the moment (temperature, how "
            "the board lay) in place of the class. Record each again on another occasion, and keep "
            "those recordings for the test part."
        )
    ]


def _named(classes: Sequence[str], which: NDArray[np.bool_]) -> str:
    return ", ".join(name for name, chosen in zip(classes, which, strict=True) if chosen)


def _chunks(indices: NDArray[np.int64], size: int = 4096) -> list[NDArray[np.int64]]:
    return [indices[at : at + size] for at in range(0, len(indices), size)]


def _fingerprints(
    gather: Gather, indices: NDArray[np.int64], offsets: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """A number a window, equal for equal samples at ``offsets``: their bits, weighted and added."""
    numbers: list[NDArray[np.uint64]] = []
    for chunk in _chunks(indices):
        bits = gather(chunk, offsets).reshape(len(chunk), -1).view(np.uint32).astype(np.uint64)
        weights = np.random.default_rng(0).integers(1 << 63, size=bits.shape[1], dtype=np.uint64)
        numbers.append(bits @ (weights | np.uint64(1)))
    return np.concatenate(numbers)
