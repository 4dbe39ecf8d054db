# SPDX-License-Identifier: GPL-3.0-or-later
"""The newest samples, and what of them a plot of any width needs to draw.

A ring of rows with a pyramid over it: level k keeps the least and the greatest value of every run
of ``16**k`` rows. So hours reduce to two values a pixel by reading a few thousand numbers.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from app.core.recording import Samples

_Scalar = TypeVar("_Scalar", bound=np.generic)

FACTOR = 16
LEVELS = 4
BUDGET_BYTES = 96 << 20
SMALLEST_ROWS = FACTOR**LEVELS


@dataclass(frozen=True, slots=True, eq=False)
class Envelope:
    """What to draw of a range of samples: ``values`` of shape ``(m, channels)`` at ``time_s`` (m).

    Where samples are closer than pixels, each pixel has two rows at the same time: the least and
    the greatest value. NaN where there are gaps only.
    """

    time_s: NDArray[np.float64]
    values: Samples


def rows_for(channels: int) -> int:
    """A capacity that keeps ten hours of up to six channels at 100 Hz and bounds the memory, which
    the system provides only as the ring fills."""
    rows = BUDGET_BYTES // (4 * max(channels, 6))
    return max(rows - rows % SMALLEST_ROWS, SMALLEST_ROWS)


class Ring:
    """Keeps the last ``capacity`` rows of ``channels`` values with their times in seconds.

    Rows are counted from the first one ever appended. One thread appends, another may read.
    """

    def __init__(self, channels: int, capacity: int | None = None) -> None:
        rows = capacity or rows_for(channels)
        if rows % SMALLEST_ROWS:
            raise ValueError(f"the capacity must be a multiple of {SMALLEST_ROWS}")
        self.channels = channels
        self.capacity = rows
        self._lock = threading.Lock()
        self._total = 0
        self._rows = np.empty((rows, channels), np.float32)
        self._times = np.empty(rows, np.float64)
        sizes = [rows // FACTOR**level for level in range(1, LEVELS + 1)]
        self._low = [np.empty((size, channels), np.float32) for size in sizes]
        self._high = [np.empty((size, channels), np.float32) for size in sizes]

    @property
    def total(self) -> int:
        """Rows appended so far."""
        return self._total

    @property
    def first(self) -> int:
        """The oldest row still kept."""
        return max(0, self._total - self.capacity)

    def append(self, values: Samples, time_s: NDArray[np.float64]) -> None:
        """Add rows of shape ``(n, channels)``, NaN for gaps, with times that never decrease."""
        piece = self.capacity // 2
        for at in range(0, len(values), piece):
            with self._lock:
                self._append(values[at : at + piece], time_s[at : at + piece])

    def _append(self, values: Samples, time_s: NDArray[np.float64]) -> None:
        start = self._total
        self._total += len(values)
        _write(self._rows, start, values)
        _write(self._times, start, time_s)
        low = high = self._rows
        for level in range(LEVELS):
            # The run that was begun earlier is reduced anew with the rows that joined it.
            start //= FACTOR
            stop = -(-self._total // FACTOR**level)
            rows_low = _read(low, start * FACTOR, stop)
            rows_high = rows_low if level == 0 else _read(high, start * FACTOR, stop)
            edges = np.arange(0, len(rows_low), FACTOR)
            low, high = self._low[level], self._high[level]
            _write(low, start, np.fmin.reduceat(rows_low, edges))
            _write(high, start, np.fmax.reduceat(rows_high, edges))

    def latest(self, count: int) -> tuple[Samples, NDArray[np.float64]]:
        """A copy of the last ``count`` rows, or as many as there are, and their times."""
        with self._lock:
            start = max(self.first, self._total - count)
            return _read(self._rows, start, self._total), _read(self._times, start, self._total)

    def time_range(self) -> tuple[float, float] | None:
        """The times of the oldest and the newest row in seconds; ``None`` when empty."""
        with self._lock:
            if not self._total:
                return None
            return (
                float(self._times[self.first % self.capacity]),
                float(self._times[(self._total - 1) % self.capacity]),
            )

    def envelope(self, from_s: float, to_s: float, pixels: int) -> Envelope:
        """What to draw between two times on ``pixels`` pixels, one row beyond either side.

        Pixels stand on runs of rows counted from the very first, so that a curve that scrolls
        does not flicker.
        """
        with self._lock:
            start = max(self.first, self._row_at(from_s) - 1)
            stop = min(self._total, self._row_at(to_s) + 1)
            if stop - start <= 2 * pixels:
                times = _read(self._times, start, max(start, stop))
                return Envelope(times, _read(self._rows, start, max(start, stop)))
            return self._reduced(start, stop, pixels)

    def _reduced(self, start: int, stop: int, pixels: int) -> Envelope:
        step = -(-(stop - start) // pixels)
        level = 0
        while level < LEVELS and FACTOR ** (level + 1) <= step:
            level += 1
        run: int = FACTOR**level
        runs_a_pixel = -(-step // run)
        step = runs_a_pixel * run
        low, high = (
            (self._rows, self._rows)
            if level == 0
            else (self._low[level - 1], self._high[level - 1])
        )
        first = start // step
        cut = first * step < self.first  # its oldest rows are overwritten, and its runs with them
        whole = first + 1 if cut else first
        begin, end = whole * runs_a_pixel, max(whole * runs_a_pixel, -(-stop // run))
        rows_low = _read(low, begin, end)
        rows_high = rows_low if level == 0 else _read(high, begin, end)
        edges = np.arange(0, len(rows_low), runs_a_pixel)
        lowest = np.fmin.reduceat(rows_low, edges)
        highest = np.fmax.reduceat(rows_high, edges)
        at = np.arange(whole, whole + len(edges)) * step
        if cut:
            rows = _read(self._rows, self.first, min(whole * step, self._total))
            lowest = np.vstack((np.fmin.reduce(rows), lowest))
            highest = np.vstack((np.fmax.reduce(rows), highest))
            at = np.append(self.first, at)
        values = np.empty((2 * len(at), self.channels), np.float32)
        values[0::2], values[1::2] = lowest, highest
        return Envelope(np.repeat(self._times[at % self.capacity], 2), values)

    def _row_at(self, time_s: float) -> int:
        """The first kept row that is not before ``time_s``."""
        low, high = self.first, self._total
        while low < high:
            middle = (low + high) // 2
            if self._times[middle % self.capacity] < time_s:
                low = middle + 1
            else:
                high = middle
        return low


def _write(ring: NDArray[_Scalar], start: int, rows: NDArray[_Scalar]) -> None:
    at = start % len(ring)
    before_end = min(len(rows), len(ring) - at)
    ring[at : at + before_end] = rows[:before_end]
    ring[: len(rows) - before_end] = rows[before_end:]


def _read(ring: NDArray[_Scalar], start: int, stop: int) -> NDArray[_Scalar]:
    """A copy of rows ``start`` to ``stop``, counted from the very first."""
    at = start % len(ring)
    count = stop - start
    if at + count <= len(ring):
        return ring[at : at + count].copy()
    return np.concatenate([ring[at:], ring[: count - (len(ring) - at)]])
