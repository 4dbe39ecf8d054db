# SPDX-License-Identifier: GPL-3.0-or-later
"""How good a signal is before it is recorded: rate, jitter, losses, and what each channel does."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.errors import DataError
from app.core.recording import Channel, Samples
from app.core.resample import RateEstimate, estimate_rate

RATE_WINDOW_S = 10.0
RATE_STEP_S = 0.05
SETTLE_S = 1.0
SILENCE_S = 0.5
SILENCE_PERIODS = 20.0
SAME_RATE = 0.02
"""Rates this close are the same board at the same rate, measured with a little error."""
CLIPPED_SHARE = 0.01
CLIPPED_RUN = 3
VALUES_OF_A_SWITCH = 8
"""A channel with so few different values does not clip: it has states."""
STUCK_SAMPLES = 20


@dataclass(frozen=True, slots=True)
class ChannelQuality:
    """One channel over the last seconds. ``gaps`` is the share of samples without a value;
    ``stuck`` never changed; ``clipping`` rests on its least or greatest value again and again."""

    channel: Channel
    minimum: float
    maximum: float
    gaps: float
    stuck: bool
    clipping: bool


@dataclass(frozen=True, slots=True)
class SignalQuality:
    """``rate_hz`` is ``None`` until it is known; ``jitter_ms`` (the standard deviation of the
    intervals) where the board states its own time only. ``lost`` samples and ``silences`` are
    counted since the channels are the present ones."""

    rate_hz: float | None
    jitter_ms: float | None
    lost: int
    silences: int
    channels: tuple[ChannelQuality, ...]


class RateMeter:
    """The rate at which samples arrive, over the last ten seconds, in steps of their arrival."""

    def __init__(self) -> None:
        self._steps: deque[tuple[float, int]] = deque()
        self._count = 0
        self._last_s = 0.0
        self.silences = 0

    def add(self, count: int, time_s: float) -> None:
        """``count`` samples have arrived by ``time_s``."""
        rate = self.rate_hz
        allowed_s = max(SILENCE_S, SILENCE_PERIODS / rate) if rate else RATE_WINDOW_S
        if self._steps and time_s - self._last_s > allowed_s:
            self._steps.clear()
            self.silences += 1
        self._last_s = time_s
        self._count += count
        if not self._steps or time_s - self._steps[-1][0] >= RATE_STEP_S:
            self._steps.append((time_s, self._count))
        while self._steps[-1][0] - self._steps[0][0] > RATE_WINDOW_S:
            self._steps.popleft()

    @property
    def rate_hz(self) -> float | None:
        """The rate in Hz; ``None`` until samples have come for a second without a break."""
        if len(self._steps) < 2:
            return None
        (first_s, first), (last_s, last) = self._steps[0], self._steps[-1]
        if last_s - first_s < SETTLE_S:
            return None
        return (last - first) / (last_s - first_s)


def settle_rate(measured_hz: float, before_hz: float | None) -> float:
    """The rate to give a take: the one that takes before had if it is the same but for the error
    of measurement, so that all takes of a session are alike; else rounded to three digits."""
    if before_hz is not None and abs(measured_hz - before_hz) <= SAME_RATE * before_hz:
        return before_hz
    return float(f"{measured_hz:.3g}")


def measure_clock(time_s: NDArray[np.float64]) -> RateEstimate | None:
    """What the times (seconds) that a board states itself tell; ``None`` where they do not."""
    try:
        return estimate_rate(time_s)
    except DataError:
        return None


def measure_channels(values: Samples, channels: tuple[Channel, ...]) -> tuple[ChannelQuality, ...]:
    """What each channel did in ``values``, shape ``(n, len(channels))``, NaN for gaps."""
    return tuple(
        _measure(values[:, index], channel) for index, channel in enumerate(channels) if len(values)
    )


def _measure(column: NDArray[np.float32], channel: Channel) -> ChannelQuality:
    known = column[~np.isnan(column)]
    gaps = 1.0 - len(known) / len(column)
    if not len(known):
        return ChannelQuality(channel, np.nan, np.nan, gaps, stuck=False, clipping=False)
    low, high = float(known.min()), float(known.max())
    stuck = low == high and len(known) >= STUCK_SAMPLES
    clipping = _rests_at(known, low) or _rests_at(known, high)
    if clipping:
        clipping = len(np.unique(known)) > VALUES_OF_A_SWITCH
    return ChannelQuality(channel, low, high, gaps, stuck, clipping)


def _rests_at(values: NDArray[np.float32], extreme: float) -> bool:
    """Whether ``values`` often stay at ``extreme`` for several samples in a row."""
    at = np.flatnonzero(values == extreme)
    if len(at) < max(CLIPPED_RUN, CLIPPED_SHARE * len(values)):
        return False
    return bool((at[CLIPPED_RUN - 1 :] - at[: 1 - CLIPPED_RUN] == CLIPPED_RUN - 1).any())
