# SPDX-License-Identifier: GPL-3.0-or-later
"""The samples of the present segment: its channels, its rate, what was lost, and the ring."""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

from app.capture.ring import Ring
from app.capture.signal_quality import (
    RateMeter,
    SignalQuality,
    measure_channels,
    measure_clock,
    settle_rate,
)
from app.capture.take import TimeBase
from app.core.recording import Channel, Samples
from app.core.resample import fill_forward

CLOCK_TIMES = 2000
QUALITY_S = 5.0
QUALITY_ROWS = 20_000
LATE_S = 0.5
"""Samples that come later than this after they were due stand behind a gap."""
CATCH_UP = 0.05
"""Share of a delay that each arrival makes good: clocks differ, and delays pass."""


class LiveSignal:
    """Samples as they arrive. Not for several threads at once, but for :attr:`ring`.

    ``stated_hz`` is the rate that the board itself names; a measured one stands in for it.
    """

    def __init__(
        self,
        segment: int,
        channels: tuple[Channel, ...],
        time_base: TimeBase,
        now_s: float,
        stated_hz: float | None = None,
    ) -> None:
        self.segment = segment
        self.channels = channels
        self.time_base = time_base
        self.stated_hz = stated_hz
        self.ring = Ring(len(channels))
        self.samples = 0
        self.lost = 0
        self._meter = RateMeter()
        self._clock_s: deque[float] = deque(maxlen=CLOCK_TIMES)
        self._last_row = np.full(len(channels), np.nan)
        self._last_s = now_s

    @property
    def rate_hz(self) -> float | None:
        return self.stated_hz if self.stated_hz is not None else self._meter.rate_hz

    def add(
        self, values: Samples, now_s: float, clock_s: NDArray[np.float64] | None = None
    ) -> NDArray[np.float64]:
        """Take rows of shape ``(n, channels)`` that have arrived by ``now_s``; the board's own
        times too, where it states them. Returns the times they count as measured at."""
        arrived_s = self._spread(len(values), now_s)
        self.samples += len(values)
        self._meter.add(len(values), now_s)
        shown = values
        if self.time_base is TimeBase.ARRIVAL:  # each row has some of the channels only
            filled = fill_forward(np.vstack([self._last_row, values]))[1:]
            self._last_row = filled[-1]
            shown = filled.astype(np.float32)
        self.ring.append(shown, arrived_s)
        if clock_s is None:
            return arrived_s
        self._clock_s.extend(clock_s.tolist())
        return clock_s

    def take_rate(self, before_hz: float | None) -> float | None:
        """The rate to give a take, held at ``before_hz`` while the measured one is about that."""
        if self.stated_hz is not None or self.rate_hz is None:
            return self.stated_hz
        return settle_rate(self.rate_hz, before_hz)

    def quality(self) -> SignalQuality:
        """How good the signal of the last seconds is."""
        rate_hz, lost, jitter_ms = self.rate_hz, self.lost, None
        if len(self._clock_s) > 1 and (clock := measure_clock(np.array(self._clock_s))):
            rate_hz, jitter_ms = clock.rate_hz, clock.jitter_ms
            lost += clock.lost
        rows = QUALITY_ROWS if rate_hz is None else min(QUALITY_ROWS, int(QUALITY_S * rate_hz) + 2)
        values, _ = self.ring.latest(rows)
        channels = measure_channels(values, self.channels)
        return SignalQuality(rate_hz, jitter_ms, lost, self._meter.silences, channels)

    def _spread(self, rows: int, now_s: float) -> NDArray[np.float64]:
        """When each of ``rows`` samples that arrived together was measured, about.

        A board that measures evenly is drawn evenly, however late and in what heaps its samples
        come; where each line has its own moment, or no rate is known, their arrival must do.
        """
        last_s, rate_hz = self._last_s, self.rate_hz
        span_s = now_s - last_s
        if rate_hz:
            due_s = rows / rate_hz
            late_s = span_s - due_s
            if self.time_base is TimeBase.ARRIVAL or late_s > LATE_S:
                span_s = min(span_s, 2 * due_s)
                last_s = now_s - span_s
            elif late_s > 0:
                span_s = due_s + CATCH_UP * late_s
        self._last_s = last_s + span_s
        return last_s + span_s * np.arange(1, rows + 1) / rows
