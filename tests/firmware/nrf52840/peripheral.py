# SPDX-License-Identifier: GPL-3.0-or-later
"""What all peripherals have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Protocol


class MisuseError(AssertionError):
    """The firmware did what the chip's documentation forbids."""


def require(condition: bool, what: str) -> None:
    if not condition:
        raise MisuseError(what)


class Chip(Protocol):
    """What a peripheral may ask of the chip it is part of."""

    @property
    def now_us(self) -> float: ...
    def after(self, us: float, do: Callable[[], None]) -> None: ...
    def pass_us(self, us: float) -> None: ...
    def load(self, address: int, length: int) -> bytes: ...
    def store(self, address: int, data: bytes) -> None: ...


class Peripheral:
    """Registers by their offset. ``plain`` keep what is written; ``events`` are set by the
    peripheral and cleared by writing 0; ``tasks`` are called when 1 is written. Anything else is
    misuse."""

    name = ""
    plain: ClassVar[dict[int, int]] = {}
    """Offset: value after reset."""

    def __init__(self, chip: Chip) -> None:
        self.chip = chip
        self.values = dict(self.plain)
        self.events: dict[int, int] = {}
        self.tasks: dict[int, Callable[[], None]] = {}

    def read(self, offset: int) -> int:
        if offset in self.events:
            return self.events[offset]
        if offset in self.values:
            return self.values[offset]
        raise MisuseError(f"{self.name}: nothing to read at {offset:#x}")

    def write(self, offset: int, value: int) -> None:
        if offset in self.tasks:
            if value == 1:
                self.tasks[offset]()
            return
        if offset in self.events:
            require(value == 0, f"{self.name}: an event is cleared with 0")
            self.events[offset] = 0
            return
        require(offset in self.values, f"{self.name}: nothing to write at {offset:#x}")
        self.values[offset] = value


RAM = range(0x2000_0000, 0x2004_0000)


def require_ram(what: str, address: int, length: int) -> None:
    """EasyDMA reaches RAM only, and here none that the boot loader keeps."""
    inside = address in RAM and (length == 0 or address + length - 1 in RAM)
    require(inside, f"{what}: DMA of {length} bytes at {address:#x}, which is not RAM")
