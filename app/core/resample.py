# SPDX-License-Identifier: GPL-3.0-or-later
"""Values that came when they came, onto a uniform grid.

One rule everywhere: a grid point has the mean of all values in its bin; a channel that has none
there keeps its last value. Channels may arrive at different rates: where a row has nothing for a
channel, it holds NaN.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.errors import DataError
from app.core.recording import Samples
from app.core.text import text

Floats = NDArray[np.float64]

GAP_PERIODS = 3.5
"""An interval this many times the usual one is a gap: samples are missing there."""

LONGEST_FILL_S = 60.0
LONGEST_FILL_POINTS = 16
"""No stretch longer than both is filled with the last value, unless the caller says so."""

MOST_POINTS = 1 << 28
"""A day at 3 kHz."""

CHUNK = 1 << 16
"""Rows resampled at once, which bounds the memory for hours of data."""


@dataclass(frozen=True, slots=True)
class RateEstimate:
    """How regularly samples came.

    ``jitter_ms`` is the standard deviation of the intervals between them, gaps left out;
    ``gaps`` are the indices of the samples before which some are missing, ``lost`` about how many.
    """

    rate_hz: float
    jitter_ms: float
    gaps: tuple[int, ...]
    lost: int


def estimate_rate(times_s: Floats) -> RateEstimate:
    """The rate at which samples with the given times (seconds, never decreasing) came.

    It is the mean over all intervals that are no gap: whole milliseconds at 119 Hz are 8 and 9 ms,
    whose median would say 125 Hz, and lines that arrive in bursts share a time.
    Raises :class:`DataError` where fewer than two times differ, or time runs backwards.
    """
    intervals = np.diff(np.asarray(times_s, np.float64))
    if (intervals < 0).any() or not np.isfinite(intervals).all():
        raise DataError(text("The times do not run forwards."))
    moving = intervals[intervals > 0]
    if not moving.size:
        raise DataError(text("The sampling rate cannot be told."), text("All times are the same."))
    gap = intervals > GAP_PERIODS * float(np.median(moving))
    regular = intervals[~gap]
    period = float(regular.mean())
    lost = np.rint(intervals[gap] / period) - 1
    return RateEstimate(
        1.0 / period,
        float(regular.std()) * 1_000.0,
        tuple(int(index) + 1 for index in np.flatnonzero(gap)),
        int(lost.sum()),
    )


class Resampler:
    """Resamples a stream in pieces; how it is cut into pieces makes no difference to a single bit.

    Grid point k stands at ``start_s + k / rate_hz`` and its bin reaches half a period to either
    side, so that jitter below half a period moves nothing. ``start_s`` is the first time at which
    every channel has had a value (rows before it are no samples yet); ``None`` until then.
    """

    def __init__(
        self, rate_hz: float, channels: int, longest_fill_s: float = LONGEST_FILL_S
    ) -> None:
        self.rate_hz = rate_hz
        self._longest_fill = max(longest_fill_s * rate_hz, LONGEST_FILL_POINTS)
        self.start_s: float | None = None
        self._last_s = -np.inf
        self._values = np.full(channels, np.nan)  # last value of each channel
        self._sums = np.zeros(channels)  # of the bin that is still open
        self._counts = np.zeros(channels, np.int64)
        self._open = 0  # index of that bin
        self._empty = True

    def feed(self, times_s: Floats, values: Floats) -> Samples:
        """The grid points that are complete now, shape ``(k, channels)``.

        ``times_s`` has shape ``(n,)`` and never decreases, also from one call to the next;
        ``values`` has shape ``(n, channels)``, NaN where a channel has nothing to say.
        Raises :class:`DataError` where time runs backwards or stands still for too long.
        """
        times_s = np.asarray(times_s, np.float64)
        values = np.asarray(values, np.float64)
        if not len(times_s):
            return self._nothing()
        if times_s[0] < self._last_s or (np.diff(times_s) < 0).any():
            raise DataError(
                text("The times do not run forwards."),
                action=text("Cut the recording where its clock was reset."),
            )
        self._last_s = float(times_s[-1])
        if self.start_s is None:
            skipped = self._find_start(times_s, values)
            times_s, values = times_s[skipped:], values[skipped:]
            if self.start_s is None or not len(times_s):
                return self._nothing()
        return self._bin(bins(times_s, self.start_s, self.rate_hz), values)

    def finish(self) -> Samples:
        """The last, still open grid point, shape ``(1, channels)``; none where nothing was fed."""
        if self._empty:
            return self._nothing()
        return self._bin(np.array([self._open + 1]), np.full((1, len(self._values)), np.nan))

    def _nothing(self) -> Samples:
        return np.zeros((0, len(self._values)), np.float32)

    def _find_start(self, times_s: Floats, values: Floats) -> int:
        """Set ``start_s`` if every channel has a value by now; the number of rows before it."""
        filled = fill_forward(np.vstack([self._values, values]))
        self._values = filled[-1]
        complete = np.flatnonzero(~np.isnan(filled[1:]).any(axis=1))
        if not complete.size:
            return len(times_s)
        first = int(complete[0])
        self.start_s = float(times_s[first])
        self._values = filled[first + 1]
        return first

    def _bin(self, index: NDArray[np.int64], values: Floats) -> Samples:
        done = int(index[-1]) - self._open
        widest = int(np.diff(index, prepend=self._open).max())
        if widest > self._longest_fill:
            raise DataError(
                text("Nothing was measured for {seconds:.0f} s.", seconds=widest / self.rate_hz),
                action=text("Cut the recording there."),
            )
        index = np.concatenate([[0], index - self._open])
        points = np.empty((done + 1, values.shape[1]))
        for channel in range(values.shape[1]):
            # The open bin's sum goes first, so that additions keep the order they came in.
            column = np.concatenate([[self._sums[channel]], values[:, channel]])
            known = ~np.isnan(column)
            sums = np.bincount(index[known], column[known], done + 1)
            known[0] = False
            counts = np.bincount(index[known], minlength=done + 1)
            counts[0] += self._counts[channel]
            with np.errstate(invalid="ignore"):
                points[:, channel] = sums / counts
            self._sums[channel], self._counts[channel] = sums[-1], counts[-1]
        filled = fill_forward(np.vstack([self._values, points[:-1]]))
        self._values = filled[-1]
        self._open += done
        self._empty = False
        return filled[1:].astype(np.float32)


def resample(
    times_s: Floats, values: Floats, rate_hz: float, longest_fill_s: float = LONGEST_FILL_S
) -> Samples:
    """Rows ``values`` (shape ``(n, channels)``, NaN where a channel has none) measured at
    ``times_s`` (shape ``(n,)``, seconds) on a grid of ``rate_hz``; see :class:`Resampler`."""
    resampler = Resampler(rate_hz, values.shape[1], longest_fill_s)
    pieces = [
        resampler.feed(times_s[at : at + CHUNK], values[at : at + CHUNK])
        for at in range(0, len(times_s), CHUNK)
    ]
    return np.concatenate([*pieces, resampler.finish()])


def bins(times_s: Floats, start_s: float, rate_hz: float) -> NDArray[np.int64]:
    """The grid point each time belongs to, where point 0 stands at ``start_s``."""
    return np.floor((times_s - start_s) * rate_hz + 0.5).astype(np.int64)


def resample_uniform(samples: Samples, from_hz: float, to_hz: float) -> Samples:
    """Samples already on a grid, on another: shape ``(floor(n * to_hz / from_hz), channels)``, at
    least one row. Point k is the mean of what was measured in its own period, from
    ``k / to_hz`` on; the last value is kept where nothing was. Raises :class:`DataError` where the
    result would not fit into memory."""
    if from_hz == to_hz or len(samples) == 0:
        return samples
    ratio = to_hz / from_hz
    if len(samples) * ratio > MOST_POINTS:
        raise DataError(
            text("A recording at {from_hz:g} Hz cannot be used.", from_hz=from_hz),
            text("At {to_hz:g} Hz, as the data set has it, it would fill the memory.", to_hz=to_hz),
            text("Remove the recording, or import it again with its right rate."),
        )
    length = max(1, int(np.floor(len(samples) * ratio + 1e-9)))
    index = np.floor(np.arange(len(samples)) * ratio + 1e-9).astype(np.int64)
    index = index[index < length]
    starts = np.flatnonzero(np.diff(index, prepend=-1))
    counts = np.diff(np.append(starts, len(index)))
    sums = np.add.reduceat(samples[: len(index)], starts, axis=0, dtype=np.float64)
    means = (sums / counts[:, None]).astype(np.float32)
    return np.repeat(means, np.diff(np.append(index[starts], length)), axis=0)


def fill_forward(values: Floats) -> Floats:
    """``values`` of shape ``(n, channels)`` with each NaN replaced by the last value before it;
    what has none before it stays NaN."""
    known = ~np.isnan(values)
    last = np.where(known, np.arange(len(values))[:, None], 0)
    return np.take_along_axis(values, np.maximum.accumulate(last, axis=0), axis=0)
