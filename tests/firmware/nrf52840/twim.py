# SPDX-License-Identifier: GPL-3.0-or-later
"""The two-wire controller."""

from __future__ import annotations

from typing import ClassVar

from tests.firmware.nrf52840.parts import Part
from tests.firmware.nrf52840.peripheral import Chip, Peripheral, require, require_ram


class Twim(Peripheral):
    """ "TWIM". ``parts`` answer by their address while they are ``supplied``; ``stuck`` holds the
    bus for ever."""

    name = "TWIM1"
    STOPPED, ERROR = 0x104, 0x124
    ANACK = 2
    plain: ClassVar[dict[int, int]] = {
        0x200: 0, 0x308: 0, 0x500: 0, 0x508: 0xFFFF_FFFF, 0x50C: 0xFFFF_FFFF, 0x524: 0x0400_0000,
        0x534: 0, 0x538: 0, 0x53C: 0, 0x540: 0, 0x544: 0, 0x548: 0, 0x54C: 0, 0x550: 0, 0x588: 0,
    }  # fmt: skip
    BYTE_US = 23.1  # nine bits at 390 kHz

    def __init__(self, chip: Chip) -> None:
        super().__init__(chip)
        self.parts: dict[int, Part] = {}
        self.supplied = True
        self.stuck = False
        self.error_source = 0
        self._busy = False
        self._stops = 0
        self.events = {self.STOPPED: 0, self.ERROR: 0}
        self.tasks = {0x0: self._read, 0x8: self._write, 0x14: self._stop, 0x20: lambda: None}

    def supply(self, on: bool) -> None:
        """The pin that feeds the parts has changed."""
        if on and not self.supplied:
            for part in self.parts.values():
                part.power_up()
        self.supplied = on

    def read(self, offset: int) -> int:
        return self.error_source if offset == 0x4C4 else super().read(offset)

    def write(self, offset: int, value: int) -> None:
        if offset == 0x4C4:
            self.error_source &= ~value
            return
        if offset == 0x500:
            require(value in (0, 6), "TWIM1: enabled with another value")
            self._busy = self._busy and value != 0
        elif 0x508 <= offset <= 0x50C:
            require(self.values[0x500] == 0, "TWIM1: a pin changed while it is enabled")
        elif 0x524 <= offset <= 0x588:
            require(not self._busy, "TWIM1: set up during a transfer")
        super().write(offset, value)

    def _begin(self) -> Part | None:
        require(self.values[0x500] == 6, "TWIM1: a task while it is not enabled")
        require(not self._busy, "TWIM1: started during a transfer")
        require(self.values[0x524] == 0x0620_0000, "TWIM1: not at 390 kHz")
        require(self.events[self.STOPPED] == 0, "TWIM1: STOPPED of the last transfer stands")
        self._busy = True
        if self.stuck:
            return None
        part = self.parts.get(self.values[0x588]) if self.supplied else None
        if part is None:
            self.chip.after(self.BYTE_US, self._not_acknowledged)
        return part

    def _not_acknowledged(self) -> None:
        self.error_source |= self.ANACK
        self.events[self.ERROR] = 1

    def _write(self) -> None:
        address, count, shorts = self.values[0x544], self.values[0x548], self.values[0x200]
        require_ram("TWIM1", address, count)
        require(count > 0, "TWIM1: nothing to send")
        part = self._begin()
        if part is None:
            return
        part.take(self.chip.load(address, count))
        self.values[0x54C] = count
        bytes_moved = 1 + count
        if shorts & 1 << 7:
            bytes_moved += 1 + self._receive(part)
        else:
            require(bool(shorts & 1 << 9), "TWIM1: nothing stops it")
        self.chip.after(self.BYTE_US * bytes_moved, self._stopped)

    def _read(self) -> None:
        part = self._begin()
        if part is not None:
            self.chip.after(self.BYTE_US * (1 + self._receive(part)), self._stopped)

    def _receive(self, part: Part) -> int:
        address, count = self.values[0x534], self.values[0x538]
        require(bool(self.values[0x200] & 1 << 12), "TWIM1: nothing stops it")
        require_ram("TWIM1", address, count)
        self._received = (address, part.give(count))
        return count

    def _stopped(self) -> None:
        if not self._busy:
            return
        received = getattr(self, "_received", None)
        if received is not None:
            self.chip.store(*received)
            self.values[0x53C] = len(received[1])
            del self._received
        self._busy = False
        self.events[self.STOPPED] = 1

    def _stop(self) -> None:
        require(self.values[0x500] == 6, "TWIM1: a task while it is not enabled")
        if not self.stuck:
            self.chip.after(self.BYTE_US, self._stopped)
