# SPDX-License-Identifier: GPL-3.0-or-later
"""Converter and pulse-width modulation."""

from __future__ import annotations

from typing import ClassVar

from tests.firmware.nrf52840.peripheral import Chip, Peripheral, require, require_ram


class Saadc(Peripheral):
    """ "SAADC": one channel, by tasks. ``volts`` are at its eight inputs."""

    name = "SAADC"
    plain: ClassVar[dict[int, int]] = {
        0x500: 0, 0x510: 0, 0x514: 0, 0x518: 0x2_0000, 0x5F0: 1, 0x5F4: 0, 0x5F8: 0,
        0x62C: 0, 0x630: 0,
    }  # fmt: skip
    CONVERSION_US, CALIBRATION_US = 12, 200

    def __init__(self, chip: Chip) -> None:
        super().__init__(chip)
        self.volts = [0.0] * 8
        self.hangs = False
        self._state = "idle"
        self.events = dict.fromkeys((0x100, 0x104, 0x108, 0x10C, 0x110, 0x114), 0)
        self.tasks = {0x0: self._start, 0x4: self._sample, 0x8: self._stop, 0xC: self._calibrate}

    def _enabled(self) -> None:
        require(self.values[0x500] == 1, "SAADC: a task while it is not enabled")

    def _start(self) -> None:
        self._enabled()
        require(self._state == "idle", f"SAADC: started while {self._state}")
        require_ram("SAADC", self.values[0x62C], 2 * self.values[0x630])
        self._state = "started"
        self.events[0x100] = 1

    def _sample(self) -> None:
        self._enabled()
        require(self._state == "started", f"SAADC: samples while {self._state}")
        self._state = "sampling"
        if not self.hangs:
            self.chip.after(self.CONVERSION_US, self._converted)

    def _converted(self) -> None:
        require(self.values[0x518] >> 8 & 7 == 0, "SAADC: the gain is not a sixth")
        require(self.values[0x510] in range(1, 9), "SAADC: no input")
        require(self.values[0x5F0] == 2, "SAADC: not 12 bits")
        volts = self.volts[self.values[0x510] - 1]
        raw = max(-2048, min(4095, round(volts / 3.6 * 4096)))
        self.chip.store(self.values[0x62C], raw.to_bytes(2, "little", signed=True))
        self._state = "started"
        for event in (0x104, 0x108, 0x10C):
            self.events[event] = 1

    def _stop(self) -> None:
        self._enabled()
        self._state = "idle"
        self.events[0x114] = 1

    def _calibrate(self) -> None:
        self._enabled()
        require(self._state == "idle", f"SAADC: calibrates while {self._state}")
        self._state = "calibrated, not yet stopped"
        self.chip.after(self.CALIBRATION_US, self._calibrated)

    def _calibrated(self) -> None:
        self.events[0x110] = 1


class Pwm(Peripheral):
    """ "PWM": individual values. The boot loader leaves it switched on, with ``pad``."""

    NONE = 0xFFFF_FFFF

    def __init__(self, chip: Chip, name: str, pad: int = NONE) -> None:
        super().__init__(chip)
        self.name = name
        self.values = dict.fromkeys(
            (0x200, 0x308, 0x504, 0x508, 0x50C, 0x510, 0x514, 0x520, 0x524, 0x528, 0x52C), 0
        ) | {0x500: 1}
        self.values |= {0x560: pad, 0x564: self.NONE, 0x568: self.NONE, 0x56C: self.NONE}
        self.events = {0x104: 0, 0x108: 0}
        self.runs = False
        self.tasks = {0x004: self._stop, 0x008: self._start}
        self.duty: dict[int, float] = {}  # of a pad

    def _stop(self) -> None:
        self.runs = False
        self.duty = {}
        self.chip.after(1000, self._stopped)

    def _stopped(self) -> None:
        self.events[0x104] = 1

    def _start(self) -> None:
        require(self.values[0x500] == 1, f"{self.name}: started while it is not enabled")
        require(
            self.values[0x510] == 2 and self.values[0x524] == 4,
            f"{self.name}: not four values each",
        )
        address = self.values[0x520]
        require_ram(self.name, address, 8)
        self.runs = True
        for channel in range(4):
            pad = self.values[0x560 + 4 * channel]
            if pad == self.NONE:
                continue
            value = int.from_bytes(self.chip.load(address + 2 * channel, 2), "little")
            high = (value & 0x7FFF) / self.values[0x508]
            self.duty[pad] = high if value & 0x8000 else 1 - high

    def write(self, offset: int, value: int) -> None:
        if offset == 0x500 and value == 0:
            require(not self.runs, f"{self.name}: switched off while it runs")
        if 0x560 <= offset < 0x570:
            require(self.values[0x500] == 0, f"{self.name}: a pin changed while it is enabled")
        super().write(offset, value)
