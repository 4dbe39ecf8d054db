# SPDX-License-Identifier: GPL-3.0-or-later
"""What is soldered to the bus of either revision, by its registers: a part measures once it is set
up, and forgets all when it loses its supply."""

from __future__ import annotations

from typing import ClassVar, Protocol

from tests.firmware.nrf52840.peripheral import Chip, require


class Part(Protocol):
    """Something that answers at an address."""

    def take(self, sent: bytes) -> None: ...
    def give(self, count: int) -> bytes: ...
    def power_up(self) -> None: ...


class Registers:
    """A part whose first byte sent names a register, from which on bytes are read or written.
    ``measured`` are registers that hold zeros until it measures."""

    initial: ClassVar[dict[int, int]] = {}
    measured: ClassVar[frozenset[int]] = frozenset()
    needs_many_bit: ClassVar[bool] = False
    """Whether only the highest bit of the number lets the next register follow."""

    def __init__(self) -> None:
        self.values: dict[int, int] = {}
        """What would be measured, by register."""
        self.noise_at: int | None = None
        """A register whose lowest bit is another one each time it is read."""
        self.power_up()

    def power_up(self) -> None:
        self.registers = bytearray(256)
        for number, value in self.initial.items():
            self.registers[number] = value
        self.written: list[tuple[int, int]] = []
        self._at = 0
        self._steps = True

    def measures(self, number: int) -> bool:
        """Whether it is set up for what that register holds."""
        raise NotImplementedError

    def take(self, sent: bytes) -> None:
        self._at, self._steps = sent[0], True
        if self.needs_many_bit:
            self._at, self._steps = sent[0] & 0x7F, bool(sent[0] & 0x80)
        for value in sent[1:]:
            self.registers[self._at] = value
            self.written.append((self._at, value))
            self._at += self._steps

    def give(self, count: int) -> bytes:
        given = bytearray()
        for _ in range(count):
            given.append(self._read(self._at))
            self._at += self._steps
        return bytes(given)

    def _read(self, number: int) -> int:
        if number == self.noise_at:
            self.values[number] = self.values.get(number, 0) ^ 1
        if number in self.measured:
            return self.values.get(number, 0) if self.measures(number) else 0
        return self.registers[number]

    def put(self, first: int, data: bytes) -> None:
        """What it measures from now on."""
        self.values |= dict(enumerate(data, first))

    def put_words(self, first: int, values: tuple[int, ...]) -> None:
        self.put(first, b"".join(value.to_bytes(2, "little", signed=True) for value in values))


def _registers(*spans: tuple[int, int]) -> frozenset[int]:
    """First and last of each."""
    return frozenset(number for first, last in spans for number in range(first, last + 1))


class Lsm9ds1Motion(Registers):
    """Acceleration and rotation each have a rate, which is zero at first."""

    initial: ClassVar[dict[int, int]] = {0x0F: 0x68, 0x22: 0x04}
    measured = _registers((0x18, 0x1D), (0x28, 0x2D))

    def measures(self, number: int) -> bool:
        return self.registers[0x20 if number >= 0x28 else 0x10] >> 5 != 0


class Lsm9ds1Magnetometer(Registers):
    initial: ClassVar[dict[int, int]] = {0x0F: 0x3D, 0x22: 0x03}
    measured = _registers((0x28, 0x2D))
    needs_many_bit = True

    def measures(self, _number: int) -> bool:
        return self.registers[0x22] & 3 == 0  # continuously


class Hts221(Registers):
    """20 % at 0 and 80 % at 1000; 10 °C at 100 and 40 °C at 400."""

    initial: ClassVar[dict[int, int]] = {0x0F: 0xBC} | dict(
        enumerate(bytes.fromhex("28a05040 0004 0000 0000 e803 6400 9001"), 0x30)
    )
    measured = _registers((0x28, 0x2B))
    needs_many_bit = True

    def measures(self, _number: int) -> bool:
        return self.registers[0x20] & 0x80 != 0 and self.registers[0x20] & 3 != 0  # on, at a rate


class Lps22hb(Registers):
    initial: ClassVar[dict[int, int]] = {0x0F: 0xB1, 0x11: 0x10}
    measured = _registers((0x28, 0x2C))

    def measures(self, _number: int) -> bool:
        return self.registers[0x10] >> 4 & 7 != 0


class Apds9960(Registers):
    """Light and its colours behind one bit of ENABLE, nearness behind another."""

    initial: ClassVar[dict[int, int]] = {0x81: 0xFF, 0x92: 0xAB}
    measured = _registers((0x94, 0x9C))

    def measures(self, number: int) -> bool:
        wanted = 0b101 if number == 0x9C else 0b011
        return self.registers[0x80] & wanted == wanted


class Bmi270(Registers):
    """Measures once it has its maker's configuration."""

    STATUS, INIT_CTRL, INIT_ADDR, INIT_DATA = 0x21, 0x59, 0x5B, 0x5E
    CONFIGURATION_BYTES = 8192
    initial: ClassVar[dict[int, int]] = {0x00: 0x24}
    measured = _registers((0x0C, 0x17))

    def power_up(self) -> None:
        super().power_up()
        self.configuration: dict[int, bytes] = {}

    def measures(self, number: int) -> bool:
        on = self.registers[0x7D] >> (2 if number < 0x12 else 1) & 1
        return self.registers[self.STATUS] & 0x0F == 1 and on == 1

    def take(self, sent: bytes) -> None:
        if sent[0] == self.INIT_DATA:
            low, high = self.registers[self.INIT_ADDR : self.INIT_ADDR + 2]
            self.configuration[2 * (low | high << 4)] = sent[1:]
            return
        super().take(sent)
        if sent == bytes((self.INIT_CTRL, 1)):
            whole = len(self.loaded()) == self.CONFIGURATION_BYTES
            self.registers[self.STATUS] = 1 if whole else 2

    def loaded(self) -> bytes:
        """The pieces in their places; one that is missing ends it."""
        data = b""
        while len(data) in self.configuration:
            data += self.configuration[len(data)]
        return data


class Bmm150(Registers):
    """Suspended at first: it knows one register then. Trimmed so that a plate of 1000 makes a step
    across 5/16 µT, and one along 131072 / (4 · 2000) / 16."""

    POWER, MODE = 0x4B, 0x4C
    initial: ClassVar[dict[int, int]] = {0x40: 0x32, MODE: 0x06} | dict(
        enumerate(bytes.fromhex("e803 0080 e803 0000 0000"), 0x68)
    )
    measured = _registers((0x42, 0x49))

    def measures(self, _number: int) -> bool:
        return self.registers[self.MODE] & 0x06 == 0

    def _read(self, number: int) -> int:
        on = self.registers[self.POWER] & 1
        return super()._read(number) if on or number == self.POWER else 0

    def take(self, sent: bytes) -> None:
        on = self.registers[self.POWER] & 1
        require(on or len(sent) == 1 or sent[0] == self.POWER, "BMM150: written while suspended")
        super().take(sent)


class Hs3003:
    """It has no registers: any byte asks for a sample, which can be fetched when it is ready."""

    MEASURES_US = 33_900
    STALE = 1 << 6  # of the first byte

    def __init__(self, chip: Chip) -> None:
        self._chip = chip
        self.sample = bytes(4)
        self.power_up()

    def power_up(self) -> None:
        self._held, self._fresh = bytes(4), False

    def take(self, _sent: bytes) -> None:
        self._chip.after(self.MEASURES_US, self._measured)

    def _measured(self) -> None:
        self._held, self._fresh = self.sample, True

    def give(self, count: int) -> bytes:
        status = 0 if self._fresh else self.STALE
        self._fresh = False
        return bytes((self._held[0] | status, *self._held[1:count]))


def sense(_chip: Chip) -> dict[int, Part]:
    """What a Nano 33 BLE Sense has, by address."""
    return {
        0x6B: Lsm9ds1Motion(),
        0x1E: Lsm9ds1Magnetometer(),
        0x5F: Hts221(),
        0x5C: Lps22hb(),
        0x39: Apds9960(),
    }


def sense_rev2(chip: Chip) -> dict[int, Part]:
    """What a Nano 33 BLE Sense Rev2 has."""
    return {0x68: Bmi270(), 0x10: Bmm150(), 0x44: Hs3003(chip), 0x5C: Lps22hb(), 0x39: Apds9960()}
