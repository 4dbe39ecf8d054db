# SPDX-License-Identifier: GPL-3.0-or-later
"""The chip: core, memory, time, and which peripheral is where.

Time is counted by instructions, one a cycle at 64 MHz, in slices of 10 µs; what takes the core away
(erasing flash) lets time pass without them."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable

from unicorn import UC_ARCH_ARM, UC_HOOK_MEM_WRITE_PROT, UC_MODE_MCLASS, UC_MODE_THUMB, Uc
from unicorn.arm_const import UC_ARM_REG_PC, UC_ARM_REG_PRIMASK, UC_ARM_REG_SP
from unicorn.unicorn_const import UC_PROT_EXEC, UC_PROT_READ

from tests.firmware.nrf52840.analogue import Pwm, Saadc
from tests.firmware.nrf52840.boot_loader import APPLICATION_AT, LOADER_FIRST, BootLoader
from tests.firmware.nrf52840.peripheral import RAM, MisuseError, Peripheral, require
from tests.firmware.nrf52840.system import (
    ClockAndPower,
    ErrataRegisters,
    Ficr,
    Gpio,
    Nvmc,
    Rtc,
    SystemControl,
    Timer,
    Uarte,
    Uicr,
)
from tests.firmware.nrf52840.twim import Twim
from tests.firmware.nrf52840.usbd import Usbd

FLASH_BYTES = 0x10_0000
WRITABLE = range(0x2_F000, 0xE_0000)
"""What the firmware may change: behind its own image, below a boot loader at 0xE0000."""
LOADERS_LED = 13
"""The pad of the LED that the boot loader lets fade."""
INSTRUCTIONS_PER_US = 64
SLICE_US = 10
POWER_INTERRUPT, USBD_INTERRUPT = 0, 39
WFI = bytes.fromhex("30bf")
WORDS_ONLY = "registers are read and written as words"


class Nrf52840:
    """One chip, as its boot loader leaves it to ``image``. ``flash`` is what an earlier one held:
    it outlasts a restart."""

    def __init__(
        self, image: bytes, loader: BootLoader = LOADER_FIRST, flash: bytes | None = None
    ) -> None:
        self._core = Uc(UC_ARCH_ARM, UC_MODE_THUMB | UC_MODE_MCLASS)
        self._core.mem_map(0, FLASH_BYTES, UC_PROT_READ | UC_PROT_EXEC)
        self._core.mem_write(0, loader.flash(image) if flash is None else flash)
        self._core.mem_map(RAM.start, len(RAM))
        self._core.mem_write(RAM.start, loader.ram())
        self._core.hook_add(UC_HOOK_MEM_WRITE_PROT, self._write_flash)
        self._misuse: MisuseError | None = None
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self.now_us = 0.0
        self.instructions = 0
        self.restarted = False
        self.asleep = False
        """By the instruction WFI."""

        self.power = ClockAndPower(self)
        self.ficr = Ficr(self)
        self.uicr = Uicr(self, loader.uicr)
        self.timer = Timer(self)
        self.nvmc = Nvmc(self)
        self.gpio = Gpio(self)
        self.twim = Twim(self)
        self.saadc = Saadc(self)
        self.pwm = Pwm(self, "PWM0", LOADERS_LED)
        self.other_pwms = [Pwm(self, f"PWM{n}") for n in (1, 2, 3)]
        self.uarte = Uarte(self)
        self.rtc = Rtc(self)
        self.errata = ErrataRegisters(self)
        self.system = SystemControl(self, loader.vectors)
        self.usbd = Usbd(self, self.power, self.errata)
        for base, peripheral in {
            0x1000_0000: self.ficr,
            0x1000_1000: self.uicr,
            0x4000_0000: self.power,
            0x4000_2000: self.uarte,
            0x4000_4000: self.twim,
            0x4000_7000: self.saadc,
            0x4000_8000: self.timer,
            0x4001_1000: self.rtc,
            0x4001_C000: self.pwm,
            **dict(zip((0x4002_1000, 0x4002_2000, 0x4002_D000), self.other_pwms, strict=True)),
            0x4001_E000: self.nvmc,
            0x4002_7000: self.usbd,
            0x4006_E000: self.errata,
            0x5000_0000: self.gpio,
            0xE000_E000: self.system,
        }.items():
            self._map(base, peripheral)

    def _map(self, base: int, peripheral: Peripheral) -> None:
        def read(_core: Uc, offset: int, size: int, _data: object) -> int:
            try:
                require(size == 4, WORDS_ONLY)
                return peripheral.read(offset) & 0xFFFF_FFFF
            except MisuseError as misuse:
                self._stop_for(misuse)
                return 0

        def write(_core: Uc, offset: int, size: int, value: int, _data: object) -> None:
            require(size == 4, WORDS_ONLY)
            peripheral.write(offset, value)

        self._core.mmio_map(base, 0x1000, read, None, write, None)

    def _write_flash(
        self, _core: Uc, _kind: int, address: int, size: int, value: int, _data: object
    ) -> bool:
        try:
            require(address in WRITABLE, f"flash: a write at {address:#x}")
            self.nvmc.write_word(address, size, value & 0xFFFF_FFFF)
        except MisuseError as misuse:
            self._stop_for(misuse)
        return True

    def _stop_for(self, misuse: MisuseError) -> None:
        """For callbacks that have to return something."""
        self._misuse = misuse
        self._core.emu_stop()

    # --- what peripherals ask -----------------------------------------------------------------

    def after(self, us: float, do: Callable[[], None]) -> None:
        heapq.heappush(self._due, (self.now_us + us, next(self._order), do))

    def pass_us(self, us: float) -> None:
        """The core stands still so long."""
        self.now_us += us

    def load(self, address: int, length: int) -> bytes:
        return bytes(self._core.mem_read(address, length))

    def store(self, address: int, data: bytes) -> None:
        self._core.mem_write(address, data)

    def restart(self) -> None:
        self.restarted = True
        self._core.emu_stop()

    # --- running ------------------------------------------------------------------------------

    def start(self, vector: int = 1) -> None:
        """Jumps to the image as the boot loader does: stack pointer and address from its first two
        words. Another ``vector`` stands for an exception."""
        stack, entry = (
            int.from_bytes(self.load(APPLICATION_AT + 4 * at, 4), "little") for at in (0, vector)
        )
        self._core.reg_write(UC_ARM_REG_SP, stack)
        self._core.reg_write(UC_ARM_REG_PC, entry)
        self._resume_at = entry

    def run_slice(self) -> None:
        if self.asleep:
            self._wake_if_asked()
        if not self.asleep:
            self._execute()
        self.now_us += SLICE_US
        while self._due and self._due[0][0] <= self.now_us:
            heapq.heappop(self._due)[2]()

    def _execute(self) -> None:
        count = SLICE_US * INSTRUCTIONS_PER_US
        self._core.emu_start(self._resume_at | 1, 0, count=count)
        if self._misuse is not None:
            raise self._misuse
        self._resume_at = self._core.reg_read(UC_ARM_REG_PC)
        self.instructions += count
        self.asleep = self.load(self._resume_at - 2, 2) == WFI
        if self.asleep:
            require(self._core.reg_read(UC_ARM_REG_PRIMASK) == 1, "interrupts are not masked")
            require(any(self.system.enabled), "the core sleeps for ever")

    def _wake_if_asked(self) -> None:
        """As with interrupts masked: one that is enabled and pending lets the core go on."""
        if self.power.requests_interrupt():
            self.system.request(POWER_INTERRUPT)
        if self.usbd.requests_interrupt():
            self.system.request(USBD_INTERRUPT)
        self.asleep = not self.system.wakes
