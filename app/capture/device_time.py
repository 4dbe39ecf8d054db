# SPDX-License-Identifier: GPL-3.0-or-later
"""The device's own clock, where a board prints it as a column beside its values."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from app.core.recording import Channel

_WRAP = 2.0**32
_UNIT_US = {
    **dict.fromkeys(("us", "µs", "micros", "usec", "time_us", "t_us", "timestamp_us"), 1.0),
    **dict.fromkeys(("ms", "millis", "msec", "time_ms", "t_ms", "timestamp_ms"), 1e3),
    **dict.fromkeys(("time_s", "t_s", "timestamp_s", "sec", "seconds"), 1e6),
}
_TIME_NAMES = frozenset({"t", "time", "timestamp", *_UNIT_US})


def is_time(channel: Channel) -> bool:
    """Whether a channel of this name is the device's clock rather than a measured value."""
    return channel.name.lower() in _TIME_NAMES


class DeviceClock:
    """Turns the clock's column into µs that never go back.

    The unit follows from the name (``ms``, ``time_us``) or the stated unit. For plain ``t`` and
    ``time`` it is seconds if the first value has a fraction and ms otherwise, as ``millis()`` gives
    them. A 32-bit ``millis()`` or ``micros()`` that wraps goes on counting.
    """

    def __init__(self, channel: Channel) -> None:
        unit = channel.unit.lower()
        self._us = {"s": 1e6, "sec": 1e6}.get(unit) or _UNIT_US.get(unit)
        self._us = self._us or _UNIT_US.get(channel.name.lower())
        self._wraps = 0
        self._last = math.nan

    def runs_on(self, values: NDArray[np.float64]) -> bool:
        """Whether ``values`` simply go on: no gap, no wrap, no restart."""
        return bool(values[0] >= self._last and (np.diff(values) >= 0).all())

    def read(self, value: float) -> float | None:
        """The time in µs at ``value``; the last one again for a gap (NaN before the first value);
        ``None`` when the clock went back, because the board started anew."""
        if math.isnan(value):
            return self._time(self._last)
        if self._us is None:
            self._us = 1e3 if value.is_integer() else 1e6
        if value < self._last:
            if not (self._last < _WRAP and self._last - value > _WRAP / 2 and self._us < 1e6):
                return None
            self._wraps += 1
        self._last = value
        return self._time(value)

    def _time(self, value: float) -> float:
        return (value + self._wraps * _WRAP) * (self._us or 1.0)

    def restarted(self) -> DeviceClock:
        """A clock of the same unit that starts anew."""
        clock = DeviceClock(Channel(""))
        clock._us = self._us
        return clock
