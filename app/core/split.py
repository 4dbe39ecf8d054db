# SPDX-License-Identifier: GPL-3.0-or-later
"""Which windows train, which validate, which test.

Windows of one recording are alike, so that a fair score needs whole recordings held back. Where a
class has too few recordings for that, each is cut into contiguous blocks with a gap between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.recording import Part

PARTS = (Part.TRAINING, Part.VALIDATION, Part.TEST)
TRAINING, VALIDATION, TEST = range(3)
OUT = -1
"""A window in no part: it lies in a gap."""
FEWEST_RECORDINGS = 5
"""A class with fewer recordings has them cut into blocks."""

Indices = NDArray[np.int64]
Codes = NDArray[np.int8]
"""Places in :data:`PARTS`, or :data:`OUT`."""


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """What a split needs to know of the windows, one entry a window, ordered by group and start.

    ``strata`` are whole numbers from 0 that every part should hold alike (classes); ``groups`` are
    recordings, as places in the list of given parts. ``length`` is a window's, in samples.
    """

    strata: Indices
    groups: Indices
    starts: Indices
    length: int


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """``codes`` has one entry a window; ``cut`` lists the strata whose recordings were cut."""

    codes: Codes
    cut: tuple[int, ...]


def split_windows(
    windows: Windows,
    given: Sequence[Part | None],
    fractions: tuple[float, float, float],
    seed: int,
) -> Split:
    """Divide windows into training, validation and test.

    ``given`` holds the part of each group that the data's author fixed. Those are kept, with one
    exception: where nobody named a validation part, it is taken from the training groups.
    """
    codes = np.array([OUT if part is None else PARTS.index(part) for part in given], np.int8)
    pool, fractions = _pool(codes, fractions)
    codes[codes == OUT] = TRAINING
    result = codes[windows.groups]
    if not pool.any():
        return Split(result, ())
    counts = _counts(windows, len(given))
    pool &= counts.sum(axis=1) > 0
    counts[~pool] = 0
    primary = counts.argmax(axis=1)
    occurrence = (counts > 0).sum(axis=0)
    whole = pool & (occurrence[primary] >= FEWEST_RECORDINGS)
    cut = pool & ~whole

    codes[whole] = _stratified(counts[whole], fractions, np.random.default_rng(seed))
    of_whole = whole[windows.groups]
    result[of_whole] = codes[windows.groups[of_whole]]
    bounds = np.searchsorted(windows.groups, np.arange(len(given) + 1))
    for group in np.flatnonzero(cut):
        inside = slice(int(bounds[group]), int(bounds[group + 1]))
        result[inside] = _blocks(
            windows.strata[inside], windows.starts[inside], windows.length, fractions
        )
    return Split(result, tuple(int(stratum) for stratum in np.unique(primary[cut])))


def _pool(
    given: Codes, fractions: tuple[float, float, float]
) -> tuple[NDArray[np.bool_], tuple[float, float, float]]:
    """The groups that are still to be divided, and into which fractions."""
    free = given == OUT
    training, validation, test = fractions
    no_validation = not (given == VALIDATION).any()
    if (given == TEST).any() or not free.any():
        pool = (free | (given == TRAINING)) & no_validation
        return pool, (training, validation, 0.0)
    return free, (training, validation if no_validation else 0.0, test)


def _counts(windows: Windows, groups: int) -> Indices:
    """Windows of each group and stratum, shape ``(groups, strata)``."""
    strata = int(windows.strata.max()) + 1
    flat = np.bincount(windows.groups * strata + windows.strata, minlength=groups * strata)
    return flat.reshape(groups, strata)


def _stratified(
    counts: Indices, fractions: tuple[float, float, float], random: np.random.Generator
) -> Codes:
    """Assign whole groups, the rarest stratum and the largest group first, each to the part that
    lacks most of what the group holds.

    After Sechidis, Tsoumakas and Vlahavas, "On the stratification of multi-label data" (2011).
    """
    total = counts.sum(axis=0)
    occurrence = (counts > 0).sum(axis=0)
    share = np.divide(counts, total, where=total > 0, out=np.zeros(counts.shape))
    lacking = np.outer(np.array(fractions) / sum(fractions), total > 0).astype(np.float64)
    offered = np.array([fraction > 0 for fraction in fractions])
    order = np.lexsort(
        (
            random.permutation(len(counts)),
            -counts.sum(axis=1),
            occurrence[counts.argmax(axis=1)],
        )
    )
    codes = np.zeros(len(counts), np.int8)
    for group in order:
        part = int(np.argmax(np.where(offered, lacking @ counts[group], -np.inf)))
        lacking[part] -= share[group]
        codes[group] = part
    return codes


def _blocks(
    strata: Indices, starts: Indices, length: int, fractions: tuple[float, float, float]
) -> Codes:
    """Cut one recording, each stratum on its own, into blocks in the order of :data:`PARTS`."""
    codes = np.full(len(starts), OUT, np.int8)
    for stratum in np.unique(strata):
        mine = np.flatnonzero(strata == stratum)
        codes[mine] = _contiguous(starts[mine], length, fractions)
    # Blocks of different strata may meet in time: no sample may serve two parts.
    for giving, keeping in ((TRAINING, TEST), (TRAINING, VALIDATION), (VALIDATION, TEST)):
        given = np.flatnonzero(codes == giving)
        codes[given[_touching(starts[given], starts[codes == keeping], length)]] = OUT
    return codes


def _contiguous(starts: Indices, length: int, fractions: tuple[float, float, float]) -> Codes:
    """Blocks with a gap of one window between them; where the take is too short for that, blocks
    that share no sample; where it is too short even for that, all of it trains."""
    parts = [part for part in range(3) if fractions[part] > 0]
    stride = int(np.diff(starts).min()) if len(starts) > 1 else length
    for apart in (2 * length, length):
        skipped = -(-apart // stride) - 1
        usable = len(starts) - skipped * (len(parts) - 1)
        if usable >= len(parts):
            break
    else:
        return np.full(len(starts), TRAINING, np.int8)
    sizes = [max(1, round(usable * fractions[part] / sum(fractions))) for part in parts]
    sizes[0] = usable - sum(sizes[1:])
    if sizes[0] < 1:
        sizes = [usable - len(parts) + 1] + [1] * (len(parts) - 1)
    codes = np.full(len(starts), OUT, np.int8)
    at = 0
    for part, size in zip(parts, sizes, strict=True):
        codes[at : at + size] = part
        at += size + skipped
    return codes


def _touching(starts: Indices, others: Indices, length: int) -> NDArray[np.bool_]:
    """Which windows share a sample with one of the ``others``; both are sorted."""
    if len(others) == 0:
        return np.zeros(len(starts), bool)
    after = np.searchsorted(others, starts - length, side="right")
    nearest = others[np.minimum(after, len(others) - 1)]
    return (after < len(others)) & (nearest < starts + length)
