# SPDX-License-Identifier: GPL-3.0-or-later
"""What a signal plot draws from: samples by number, reduced to what a screen can show."""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from app.core.recording import Channel, Samples

CHUNK = 256
"""Samples a coarse bin holds: 256 to 1 makes ten hours at 100 Hz as quick as two minutes."""


class Envelope(NamedTuple):
    """Points of a line through a signal: ``at`` are sample numbers, shape ``(points,)``; ``values``
    has shape ``(points, channels)``. Reduced, each bin gives its minimum and its maximum."""

    at: NDArray[np.float64]
    values: Samples


class SignalSource(Protocol):
    """Samples ``first`` (included) to ``stop`` (excluded) are there; a live source moves both."""

    @property
    def channels(self) -> tuple[Channel, ...]: ...

    @property
    def rate_hz(self) -> float: ...

    @property
    def first(self) -> int: ...

    @property
    def stop(self) -> int: ...

    def envelope(self, start: int, stop: int, columns: int) -> Envelope:
        """Samples ``start`` to ``stop`` with at most about two points for each of ``columns``."""
        ...


class ArraySource:
    """A recording's samples, shape ``(n, channels)``, ``n >= 1``; a read-only memory map will do.

    Construction reads every sample once: make it in a worker thread where there are many.
    """

    def __init__(self, channels: tuple[Channel, ...], rate_hz: float, samples: Samples) -> None:
        self.channels = channels
        self.rate_hz = rate_hz
        self.first = 0
        self.stop = len(samples)
        self._samples = samples
        edges = np.arange(0, len(samples), CHUNK)
        self._low = np.minimum.reduceat(samples, edges, axis=0)
        self._high = np.maximum.reduceat(samples, edges, axis=0)

    def envelope(self, start: int, stop: int, columns: int) -> Envelope:
        start, stop = max(start, 0), min(stop, self.stop)
        size = bin_size(start, stop, columns)
        if size >= CHUNK:
            chunks = size // CHUNK
            low, high = self._low, self._high
            first, last = start // CHUNK, -(-stop // CHUNK)
            return _binned(low[first:last], high[first:last], first, chunks, CHUNK)
        part = self._samples[start:stop]
        if size == 1:
            return Envelope(np.arange(start, stop, dtype=np.float64), part)
        return _binned(part, part, start, size, 1)


def bin_size(start: int, stop: int, columns: int) -> int:
    """Samples a bin holds so that about ``columns`` bins cover the range: 1, or a power of two,
    which keeps bins where they are while the range grows and slides."""
    wanted = (stop - start) / max(columns, 1)
    return 1 if wanted <= 2 else 1 << int(np.ceil(np.log2(wanted)))


def reduce_samples(samples: Samples, start: int, size: int) -> Envelope:
    """The envelope of ``samples``, whose first has the number ``start``, in bins of ``size`` that
    begin at multiples of it."""
    return _binned(samples, samples, start, size, 1)


def _binned(low: Samples, high: Samples, first: int, size: int, unit: int) -> Envelope:
    """Bins of ``size`` rows that begin at multiples of it; a row stands for ``unit`` samples."""
    if not len(low):
        return Envelope(np.zeros(0), low)
    offset = -first % size
    edges = np.arange(offset, len(low), size)
    if offset:
        edges = np.concatenate(([0], edges))
    values = np.empty((2 * len(edges), low.shape[1]), np.float32)
    values[0::2] = np.minimum.reduceat(low, edges, axis=0)
    values[1::2] = np.maximum.reduceat(high, edges, axis=0)
    # By the bin, not by its first row: a bin that is cut at the beginning stands where it stood.
    at = np.repeat(((first + edges) // size * size * unit).astype(np.float64), 2)
    at[1::2] += size * unit / 2
    return Envelope(at, values)
