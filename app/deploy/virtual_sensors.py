# SPDX-License-Identifier: GPL-3.0-or-later
"""What a simulated board measures, and when: its clock, a hand-held motion sensor, two switches."""

from __future__ import annotations

import time
from collections.abc import Callable, Container

import numpy as np

from app.capture.messages import SensorChannel
from app.core.recording import Samples
from app.deploy.simulated_hand import CHANNELS, SimulatedHand

MIN_RATE_MHZ = 1_000
MAX_RATE_MHZ = 1_000_000
MOTION_CHANNELS = len(CHANNELS)
SWITCH_HALF_PERIODS_S = (8.0, 4.0)
"""Switch A toggles every eight seconds, B every four: all four pairs come in sixteen seconds."""
CATCH_UP_SAMPLES = 4_096
"""A board that was stopped for longer has lost what lies before."""

SENSORS = (
    *(
        SensorChannel(MIN_RATE_MHZ, MAX_RATE_MHZ, channel.name, channel.unit, "motion")
        for channel in CHANNELS
    ),
    SensorChannel(MIN_RATE_MHZ, MAX_RATE_MHZ, "A", "", "switches"),
    SensorChannel(MIN_RATE_MHZ, MAX_RATE_MHZ, "B", "", "switches"),
)


def listed(hidden_parts: Container[str]) -> tuple[int, ...]:
    """The places in ``SENSORS`` of the channels that a board lists which hides these parts."""
    return tuple(at for at, each in enumerate(SENSORS) if each.sensor not in hidden_parts)


class DeviceClock:
    """The board's own microseconds, ``speed`` times as fast as the wall's."""

    def __init__(self, speed: float, wall_s: Callable[[], float] = time.monotonic) -> None:
        self.speed = speed
        self._wall_s = wall_s
        self._start_s = wall_s()

    def now_us(self) -> int:
        return int((self._wall_s() - self._start_s) * self.speed * 1e6)


class VirtualSensors:
    """Samples on the device clock's grid: shape ``(n, 8)``, in the order of ``SENSORS``."""

    def __init__(self, clock: DeviceClock, hand: SimulatedHand) -> None:
        self._clock = clock
        self._hand = hand
        self._rate_mhz = 0
        self._start_us = 0
        self._taken = 0

    @property
    def rate_mhz(self) -> int:
        """The rate in force; 0 while nothing is measured."""
        return self._rate_mhz

    @property
    def next_sample(self) -> int:
        """The number that the next sample will have since :meth:`start`."""
        return self._taken

    def now_us(self) -> int:
        """The board's clock."""
        return self._clock.now_us()

    def start(self, rate_mhz: int) -> None:
        """Measure from now on, at ``rate_mhz``."""
        self._rate_mhz = rate_mhz
        self._start_us = self._clock.now_us()
        self._taken = 0

    def stop(self) -> None:
        self._rate_mhz = 0

    def act(self, gesture: str, seed: int | None, holding: int | None) -> None:
        """Let the hand do ``gesture``. Raises ``DataError`` for one it does not know."""
        self._hand.act(gesture, seed, holding)

    def time_us(self, number: int) -> int:
        """When sample ``number`` since the start was, or will be, taken."""
        return self._start_us + number * 1_000_000_000 // self._rate_mhz

    def take(self) -> tuple[int, Samples]:
        """The number of the first new sample, and all that are due. Numbers may skip after the
        process stood still for long."""
        if not self._rate_mhz:
            return 0, np.empty((0, len(SENSORS)), np.float32)
        elapsed_us = self._clock.now_us() - self._start_us
        due = elapsed_us * self._rate_mhz // 1_000_000_000 + 1
        first = max(self._taken, due - CATCH_UP_SAMPLES)
        self._taken = due
        return first, self._measure(due - first)

    def _measure(self, n: int) -> Samples:
        rate_hz = self._rate_mhz / 1000
        time_s = self._hand.time_s + np.arange(n) / rate_hz
        switches = [np.floor(time_s / half) % 2 for half in SWITCH_HALF_PERIODS_S]
        motion = self._hand.samples(n, rate_hz)
        return np.column_stack([motion, *switches]).astype(np.float32)
