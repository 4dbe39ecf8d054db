# SPDX-License-Identifier: GPL-3.0-or-later
"""An emulated Nano 33 BLE in its boot loader: what Arduino's own does, byte for byte.

It is strict where the real one is not: a command from which that would overwrite its own memory
(which nobody notices until something else breaks) halts this one, and ``halted`` says why.
``docs/nano-bootloader.md`` describes both.
"""

from __future__ import annotations

import binascii
from collections.abc import Callable
from enum import Enum

from app.deploy.samba import APPLICATION_BEGIN, APPLICATION_END, PAGE_BYTES

FLASH_BYTES = 0x100000
SETTINGS_AT = 0xFF000
"""Where the second layout keeps the word by which its loader was installed."""
BUFFER_BYTES = 8192
COMMAND_BYTES = 64
_VERSION = b"Arduino Bootloader (SAM-BA extended) 2.0 [Arduino:IKXYZ]\n\r"
_CHIP = b"nRF52840-QIAA\n\r"
_SECOND_ARGUMENT = 10
_WORD_BYTES = 4
_ERASED = b"\xff"
_RAM = 0x20
"""The highest byte of all addresses of RAM."""

Send = Callable[[bytes], object]


class Layout(Enum):
    """Where the boot loader lives."""

    LOADER_FIRST = "loader-first"
    """As delivered: below the application."""
    LOADER_LAST = "loader-last"
    """After Arduino's SoftDevice updater: above it; it writes nothing there."""


def new_flash(layout: Layout, application: bytes = b"") -> bytearray:
    """The chip's flash with a loader (as marks that can be told from erased flash) and maybe an
    application."""
    flash = bytearray(_ERASED * FLASH_BYTES)

    def mark(begin: int, end: int) -> None:
        flash[begin:end] = (b"loader %08x;" % begin * (FLASH_BYTES // 16))[: end - begin]

    match layout:
        case Layout.LOADER_FIRST:
            mark(0, APPLICATION_BEGIN)
        case Layout.LOADER_LAST:
            mark(0, 0x1000)
            mark(APPLICATION_END, APPLICATION_END + 0x9000)
            mark(SETTINGS_AT, SETTINGS_AT + _WORD_BYTES)
    flash[APPLICATION_BEGIN : APPLICATION_BEGIN + len(application)] = application
    return flash


def starts(flash: bytes | bytearray, layout: Layout) -> bool:
    """Whether the loader finds an application: neither of its first two words is erased; for the
    second layout's the first one has to be an address in RAM."""
    first, second = (
        bytes(flash[at : at + _WORD_BYTES])
        for at in (APPLICATION_BEGIN, APPLICATION_BEGIN + _WORD_BYTES)
    )
    match layout:
        case Layout.LOADER_FIRST:
            return _ERASED * _WORD_BYTES not in (first, second)
        case Layout.LOADER_LAST:
            return first[-1] == _RAM


class VirtualBootloader:
    """The loader over ``flash``, which it changes. ``restarted`` is called for the command K."""

    def __init__(
        self,
        flash: bytearray,
        send: Send,
        restarted: Callable[[], object],
        layout: Layout = Layout.LOADER_FIRST,
    ) -> None:
        self.flash = flash
        self.halted = ""
        self._layout = layout
        self._send = send
        self._restarted = restarted
        # As in the chip, an argument that is not sent is what an earlier command left there.
        self._command = bytearray(COMMAND_BYTES)
        self._length = 0
        self._buffer = bytearray(BUFFER_BYTES)
        self._source = 0
        self._fill_at = 0
        self._fill_left = 0

    def receive(self, data: bytes) -> None:
        """Bytes from the host."""
        view = memoryview(data)
        while view and not self.halted:
            view = view[self._take(view) :]

    def _take(self, view: memoryview) -> int:
        if not self._fill_left:
            self._hear(view[0])
            return 1
        taken = min(self._fill_left, len(view))
        self._buffer[self._fill_at : self._fill_at + taken] = view[:taken]
        self._fill_at += taken
        self._fill_left -= taken
        return taken

    def _hear(self, byte: int) -> None:
        if self._length >= COMMAND_BYTES - 1:
            self._halt("a command without an end overwrites what lies behind it")
            return
        self._command[self._length] = byte
        self._length += 1
        if byte == ord("#"):
            self._command[self._length] = 0
            self._length = 0
            self._obey()

    def _obey(self) -> None:
        match chr(self._command[0]):
            case "N":
                self._send(b"\n\r")
            case "V":
                self._send(_VERSION + b"\0n")  # two bytes more than there are
            case "I":
                self._send(_CHIP + b"\0X")
            case "X":
                self._send(b"X\n\r")
            case "S":
                self._fill(self._argument(1), self._argument(_SECOND_ARGUMENT))
            case "Y":
                self._write(self._argument(1), self._argument(_SECOND_ARGUMENT))
            case "Z":
                self._sum(self._argument(1), self._argument(_SECOND_ARGUMENT))
            case "K":
                self._restarted()
            case _:
                return  # ignored, also what other SAM-BA loaders know

    def _argument(self, at: int) -> int:
        """The hexadecimal number there, as C's strtoul reads it; 0 where there is none."""
        digits = bytearray()
        for byte in self._command[at:]:
            if byte not in b"0123456789abcdefABCDEF":
                break
            digits.append(byte)
        return min(int(digits or b"0", 16), 0xFFFFFFFF)

    def _fill(self, at: int, size: int) -> None:
        if at + size > BUFFER_BYTES:
            self._halt(f"S of {size} bytes at {at:#x} overflows the buffer")
            return
        self._fill_at, self._fill_left = at, size

    def _write(self, at: int, size: int) -> None:
        begin = APPLICATION_BEGIN + at
        if self._layout is Layout.LOADER_LAST and begin + size > APPLICATION_END:
            self._halt(f"Y to {begin:#x}: this loader leaves the bus")
            return
        if size == 0:
            self._source = at
        elif not self._program(begin, size):
            return
        self._send(b"Y\n\r")

    def _program(self, begin: int, size: int) -> bool:
        """Erase whole pages and clear bits, each only where the flash's driver would."""
        if begin < APPLICATION_BEGIN or begin + size > FLASH_BYTES:
            self._halt(f"Y to {begin:#x}: not in the flash, or round its end")
            return False
        if self._source + size > BUFFER_BYTES:
            self._halt(f"Y of {size} bytes from {self._source:#x} leaves the buffer")
            return False
        if begin % PAGE_BYTES == 0 and size % PAGE_BYTES == 0:
            self.flash[begin : begin + size] = _ERASED * size
        if begin % _WORD_BYTES == 0 and size % _WORD_BYTES == 0:
            data = self._buffer[self._source : self._source + size]
            old = self.flash[begin : begin + size]
            cleared = int.from_bytes(old, "little") & int.from_bytes(data, "little")
            self.flash[begin : begin + size] = cleared.to_bytes(size, "little")
        return True

    def _sum(self, at: int, size: int) -> None:
        begin = APPLICATION_BEGIN + at
        if size > PAGE_BYTES or begin + size > FLASH_BYTES:
            self._halt(f"Z of {size} bytes from {begin:#x} overflows the buffer")
            return
        crc = binascii.crc_hqx(bytes(self.flash[begin : begin + size]), 0)
        self._send(b"Z%08X#\n\r" % crc)

    def _halt(self, why: str) -> None:
        self.halted = why
