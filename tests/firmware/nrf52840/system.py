# SPDX-License-Identifier: GPL-3.0-or-later
"""Clock, supply, timer, flash controller, pins, and what the boot loader leaves at work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from tests.firmware.nrf52840.peripheral import Chip, MisuseError, Peripheral, require

ALL = 0xFFFF_FFFF


class ClockAndPower(Peripheral):
    """ "CLOCK" and "POWER", which share their registers' page."""

    name = "CLOCK"
    CRYSTAL_US = 400
    USBREMOVED = 0x120
    REMOVED_BIT = 8

    def __init__(self, chip: Chip) -> None:
        super().__init__(chip)
        self.crystal_works = True
        self.crystal_runs = False
        self.usb_needs_crystal = False
        self._supplied = self._starting = False
        self._interrupts = 0
        self.values = {0x51C: 0, 0x520: 0, 0x55C: 0}
        self.events = {0x100: 0, self.USBREMOVED: 0}
        self.tasks = {0x000: self._start_crystal, 0x004: self._stop_crystal}

    @property
    def gpregret(self) -> int:
        return self.values[0x51C]

    @property
    def supplied(self) -> bool:
        """Whether the plug brings 5 V."""
        return self._supplied

    @supplied.setter
    def supplied(self, supplied: bool) -> None:
        if self._supplied and not supplied:
            self.events[self.USBREMOVED] = 1
        self._supplied = supplied

    def requests_interrupt(self) -> bool:
        return bool(self._interrupts >> self.REMOVED_BIT & self.events[self.USBREMOVED])

    def _start_crystal(self) -> None:
        self._starting = True
        if self.crystal_works:
            self.chip.after(self.CRYSTAL_US, self._crystal_started)

    def _crystal_started(self) -> None:
        if self._starting:
            self.crystal_runs = True
            self.events[0x100] = 1

    def _stop_crystal(self) -> None:
        require(not self.usb_needs_crystal, "CLOCK: the crystal is stopped while USB is awake")
        self.crystal_runs = self._starting = False

    def write(self, offset: int, value: int) -> None:
        if offset == 0x304:
            self._interrupts |= value
        elif offset == 0x308:
            self._interrupts &= ~value
        else:
            super().write(offset, value)

    def read(self, offset: int) -> int:
        if offset == 0x40C:
            return 1 << 16 | int(self.crystal_runs)
        if offset == 0x438:
            return 3 if self.supplied else 0
        return super().read(offset)


class Ficr(Peripheral):
    """ "FICR": DEVICEADDR, of which Arduino makes serial numbers. DEVICEID is another number."""

    name = "FICR"
    plain: ClassVar[dict[int, int]] = {
        0x60: 0xBAD0_0001, 0x64: 0xBAD0_0002, 0xA4: 0x89AB_CDEF, 0xA8: 0x0123_4567,
    }  # fmt: skip


class Uicr(Peripheral):
    """ "UICR": belongs to the boot loader, whose words these are."""

    name = "UICR"

    def __init__(self, chip: Chip, words: Mapping[int, int]) -> None:
        super().__init__(chip)
        self.words = words

    def read(self, offset: int) -> int:
        return self.words.get(offset, ALL)

    def write(self, offset: int, value: int) -> None:
        raise MisuseError(f"UICR: a write of {value:#x} to the word at {0x1000_1000 + offset:#x}")


class Timer(Peripheral):
    """ "TIMER", in the one way that counts microseconds."""

    name = "TIMER0"
    plain: ClassVar[dict[int, int]] = {0x200: 0, 0x308: 0, 0x504: 0, 0x508: 0, 0x510: 4, 0x540: 0}

    def __init__(self, chip: Chip) -> None:
        super().__init__(chip)
        self._began_us: float | None = None
        self.ahead_us = 0  # to begin just before its 32 bits wrap
        self.tasks = {
            0x000: self._start,
            0x004: self._stop,
            0x00C: self._clear,
            0x040: self._capture,
        }

    def _start(self) -> None:
        require(self.values[0x508] == 3 and self.values[0x510] == 4, "TIMER0: 32 bits at 1 MHz")
        self._began_us = self.chip.now_us

    def _stop(self) -> None:
        self._began_us = None

    def _clear(self) -> None:
        require(self._began_us is None, "TIMER0: cleared while it runs")

    def _capture(self) -> None:
        passed = 0.0 if self._began_us is None else self.chip.now_us - self._began_us
        self.values[0x540] = (int(passed) + self.ahead_us) & ALL


class Nvmc(Peripheral):
    """ "NVMC": partial erasures of a page have to add up; a word may be written twice between two
    erasures, and writing clears bits only."""

    name = "NVMC"
    PAGE = 4096
    ERASE_MS = 85
    WORD_US = 41
    READ, WRITE, ERASE = 0, 1, 2
    FORBIDDEN: ClassVar[dict[int, str]] = {0x50C: "all", 0x514: "UICR"}

    def __init__(self, chip: Chip) -> None:
        super().__init__(chip)
        self.values = {0x504: 0, 0x51C: 10, 0x540: 0}
        self._erased_ms: dict[int, int] = {}
        self._writes: dict[int, int] = {}
        self.erased: list[int] = []
        self.worn_out = False

    def read(self, offset: int) -> int:
        return 1 if offset == 0x400 else super().read(offset)

    def write(self, offset: int, value: int) -> None:
        require(offset not in self.FORBIDDEN, f"NVMC: erases {self.FORBIDDEN.get(offset)}")
        if offset == 0x518:
            self._erase_part(value)
        else:
            super().write(offset, value)

    def _erase_part(self, page: int) -> None:
        require(self.values[0x504] == self.ERASE, "NVMC: erasing is not enabled")
        require(page % self.PAGE == 0, f"NVMC: no page begins at {page:#x}")
        require(0x2_F000 <= page < 0xE_0000, f"NVMC: erases {page:#x}")
        duration_ms = self.values[0x51C]
        self.chip.pass_us(1000 * duration_ms)
        done = self._erased_ms.get(page, 0) + duration_ms
        self._erased_ms[page] = done
        if not done - duration_ms < self.ERASE_MS <= done or self.worn_out:
            return
        self.erased.append(page)
        self.chip.store(page, b"\xff" * self.PAGE)
        for word in range(page, page + self.PAGE, 4):
            self._writes.pop(word, None)

    def write_word(self, address: int, size: int, value: int) -> None:
        require(self.values[0x504] == self.WRITE, f"NVMC: writes {address:#x} while not enabled")
        require(size == 4 and address % 4 == 0, f"NVMC: writes {size} bytes at {address:#x}")
        page = address // self.PAGE * self.PAGE
        erased_ms = self._erased_ms.pop(page, self.ERASE_MS)
        require(erased_ms >= self.ERASE_MS, f"NVMC: writes {address:#x}, half erased")
        self._writes[address] = self._writes.get(address, 0) + 1
        require(self._writes[address] <= 2, f"NVMC: writes {address:#x} a third time")
        held = int.from_bytes(self.chip.load(address, 4), "little")
        self.chip.store(address, (held & value).to_bytes(4, "little"))
        self.chip.pass_us(self.WORD_US)


class Gpio(Peripheral):
    """ "GPIO": both ports."""

    name = "GPIO"

    def __init__(self, chip: Chip) -> None:
        super().__init__(chip)
        self._high = [0, 0]
        self.settings = dict.fromkeys(range(48), 2)
        """PIN_CNF of each pin."""
        self.wired: dict[int, int] = {}
        """Pins that something outside holds, and their level."""
        self.driven: list[tuple[int, int]] = []
        """Each time that a pin was driven: which one, to what."""
        self.watched: dict[int, Callable[[bool], None]] = {}
        """Pins by which something is supplied; it is told."""

    def read(self, offset: int) -> int:
        port, register = self._place(offset)
        if register == 0x504:
            return self._high[port]
        if register == 0x510:
            pads = [pad for pad in range(32 * port, min(48, 32 * port + 32)) if self._reads(pad)]
            return sum(self._input(pad) << pad % 32 for pad in pads)
        require(0x700 <= register < 0x780, f"GPIO: nothing to read at {offset:#x}")
        return self.settings[32 * port + (register - 0x700) // 4]

    def _reads(self, pad: int) -> bool:
        return self.settings[pad] & 2 == 0

    def _input(self, pad: int) -> int:
        """What is read where the input is connected; a pin that nothing holds reads as low."""
        driven = self.level(pad)
        if pad in self.wired:
            require(driven in (None, self.wired[pad]), f"GPIO: {pad} is driven into a short")
            return self.wired[pad]
        return driven if driven is not None else int(self.settings[pad] >> 2 & 3 == 3)

    @staticmethod
    def _place(offset: int) -> tuple[int, int]:
        """The second port's registers lie 0x300 further, behind the first one's."""
        return (1, offset - 0x300) if offset >= 0x800 else (0, offset)

    def write(self, offset: int, value: int) -> None:
        port, register = self._place(offset)
        if register == 0x508:
            self._high[port] |= value
        elif register == 0x50C:
            self._high[port] &= ~value
        elif 0x700 <= register < 0x780:
            pad = 32 * port + (register - 0x700) // 4
            self.settings[pad] = value
            driven = self.level(pad)
            if driven is not None:
                self.driven.append((pad, driven))
        else:
            require(False, f"GPIO: nothing to write at {offset:#x}")
        for pad, tell in self.watched.items():
            tell(self.level(pad) == 1)

    def is_output(self, pad: int) -> bool:
        return self.settings[pad] & 1 == 1

    def drive(self, pad: int) -> None:
        """High, as somebody has left it."""
        self.settings[pad] = 1
        self._high[pad // 32] |= 1 << pad % 32

    def is_strong(self, pad: int) -> bool:
        return self.settings[pad] >> 8 & 7 == 3

    def is_open_drain(self, pad: int) -> bool:
        return self.settings[pad] >> 8 & 7 == 6

    def level(self, pad: int) -> int | None:
        """What the pin is driven to; None where it is not."""
        return self._high[pad // 32] >> pad % 32 & 1 if self.is_output(pad) else None


class Uarte(Peripheral):
    """ "UARTE", as the boot loader leaves it: enabled."""

    name = "UARTE0"
    plain: ClassVar[dict[int, int]] = {0x308: 0, 0x500: 8}

    def __init__(self, chip: Chip) -> None:
        super().__init__(chip)
        self.tasks = {0x004: lambda: None, 0x00C: lambda: None}


class Rtc(Peripheral):
    """ "RTC", as the boot loader leaves it: at work, with an interrupt."""

    name = "RTC1"

    def __init__(self, chip: Chip) -> None:
        super().__init__(chip)
        self.runs, self.interrupts, self.routed = True, 1 << 16, 1 << 16
        self.tasks = {0x004: self._stop}

    def _stop(self) -> None:
        self.runs = False

    def write(self, offset: int, value: int) -> None:
        if offset == 0x308:
            self.interrupts &= ~value
        elif offset == 0x348:
            self.routed &= ~value
        else:
            super().write(offset, value)


class ErrataRegisters(Peripheral):
    """The registers without names that Nordic's errata 171 and 187 speak of, behind their lock."""

    name = "errata registers"
    LOCK, E171, E187, KEY = 0xC00, 0xC14, 0xD14, 0x9375

    def __init__(self, chip: Chip) -> None:
        super().__init__(chip)
        self.values = {self.LOCK: 0, self.E171: 0, self.E187: 0}

    def write(self, offset: int, value: int) -> None:
        if offset == self.LOCK:
            require(value == self.KEY, "errata registers: the wrong key")
            self.values[self.LOCK] ^= 1
            return
        require(self.values[self.LOCK] == 1, "errata registers: written behind their lock")
        super().write(offset, value)

    @property
    def e171_forced(self) -> bool:
        return self.values[self.E171] == 0xC0

    @property
    def power_forced(self) -> bool:
        return self.e171_forced and self.values[self.E187] == 3

    @property
    def at_rest(self) -> bool:
        return not any(self.values.values())


class SystemControl(Peripheral):
    """The core's own registers: ARMv7-M, "System Control Space"; the boot loader leaves the memory
    protection unit on, and ``vectors``."""

    name = "system control"
    plain: ClassVar[dict[int, int]] = {0x010: 0, 0xD88: 0, 0xD94: 5, 0xDFC: 1 << 24}
    RESET_REQUEST = 0x05FA_0004

    def __init__(self, chip: Chip, vectors: int) -> None:
        super().__init__(chip)
        self.values[0xD08] = vectors
        self.enabled = [0, 0]
        self.pending = [0, 0]

    def request(self, interrupt: int) -> None:
        """A peripheral holds its line: it is pending again however often it is cleared."""
        self.pending[interrupt // 32] |= 1 << interrupt % 32

    @property
    def wakes(self) -> bool:
        return any(p & e for p, e in zip(self.pending, self.enabled, strict=True))

    def write(self, offset: int, value: int) -> None:
        if offset in (0x100, 0x104):
            self.enabled[(offset - 0x100) // 4] |= value
        elif offset in (0x180, 0x184):
            self.enabled[(offset - 0x180) // 4] &= ~value
        elif offset in (0x280, 0x284):
            self.pending[(offset - 0x280) // 4] &= ~value
        elif offset == 0xD0C:
            require(value == self.RESET_REQUEST, f"AIRCR: {value:#x} asks for nothing")
            self.chip.restart()
        else:
            super().write(offset, value)
