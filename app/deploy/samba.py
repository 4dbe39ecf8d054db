# SPDX-License-Identifier: GPL-3.0-or-later
"""The conversation with Arduino's boot loader for the nRF52840, over anything that carries bytes.

It is SAM-BA, of which that loader knows a few commands only; ``docs/nano-bootloader.md`` has what
they do. An address is relative to where applications live, flash 0x10000, and this module lets none
through from which the loader would write anything but an application.
"""

from __future__ import annotations

import binascii
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

APPLICATION_BEGIN = 0x10000
"""Below lies the boot loader, or what starts it."""
APPLICATION_END = 0xE0000
"""From here on lies the boot loader of the other layout."""
ROOM_BYTES = APPLICATION_END - APPLICATION_BEGIN
PAGE_BYTES = 4096
"""What it erases, writes and sums up at once."""
CHIP = "nRF52840-QIAA"
_NEEDED = frozenset("IKYZ")
_BUFFER = 0
_END_OF_ANSWER = b"\n\r"
_LONGEST_LINE = 256
_DRAIN_S = 0.05
_LEAVE_S = 0.3
_GREETINGS = 3


class BytePort(Protocol):
    """Where the boot loader is. ``timeout`` is how long a read waits, in seconds."""

    timeout: float

    def read(self, size: int = 1) -> bytes:
        """``size`` bytes, fewer when they do not come within ``timeout``."""
        ...

    def write(self, data: bytes) -> None: ...

    def reset_input_buffer(self) -> None:
        """Drop what has come so far."""
        ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the loader may take, in seconds: to answer, and to erase and write a page (which
    takes the chip 0.13 s)."""

    answer_s: float = 0.5
    write_s: float = 3.0


class SilentLoaderError(Exception):
    """The loader gave no answer, or half of one."""


class WrongAnswerError(Exception):
    """The loader answered something that makes no sense, or that is not it."""


@dataclass(frozen=True, slots=True)
class Loader:
    """What a boot loader says of itself: the chip it runs on, and its version."""

    chip: str
    version: str

    @property
    def commands(self) -> frozenset[str]:
        """What it knows beyond plain SAM-BA: the letters behind ``Arduino:``."""
        _, _, extensions = self.version.partition("[Arduino:")
        return frozenset(extensions.partition("]")[0])

    @property
    def can_install(self) -> bool:
        """Whether it is the boot loader that this module was made for."""
        return self.chip == CHIP and self.commands >= _NEEDED


class Samba:
    """Speaks to the loader behind ``port``. Everything may raise ``SilentLoaderError``,
    ``WrongAnswerError``, and what the port raises."""

    def __init__(self, port: BytePort, patience: Patience | None = None) -> None:
        self._port = port
        self._patience = patience or Patience()

    def greet(self) -> Loader:
        """Meet the loader, whatever was said to it before."""
        for _ in range(_GREETINGS - 1):
            try:
                return self._introduction()
            except (SilentLoaderError, WrongAnswerError):
                # It may wait for the rest of a page; as commands these are none.
                self._port.write(b"#" * PAGE_BYTES)
        return self._introduction()

    def write_page(self, offset: int, page: bytes) -> None:
        """Erase and write one page, ``offset`` bytes into the application.

        The loader says that it is done even where it failed: :meth:`holds` tells. Raises
        ``ValueError`` for anything but a page of an application.
        """
        if offset % PAGE_BYTES or not 0 <= offset <= ROOM_BYTES - PAGE_BYTES:
            raise ValueError(f"no page of an application begins at {offset:#x}")
        if len(page) != PAGE_BYTES:
            raise ValueError(f"a page has {PAGE_BYTES} bytes, not {len(page)}")
        self._port.reset_input_buffer()
        self._port.write(b"S%08X,%08X#" % (_BUFFER, PAGE_BYTES))
        self._port.write(page)
        self._confirmed(b"Y%08X,0#" % _BUFFER, self._patience.answer_s)
        self._confirmed(b"Y%08X,%08X#" % (offset, PAGE_BYTES), self._patience.write_s)

    def holds(self, offset: int, data: bytes) -> bool:
        """Whether the flash has ``data`` there, by the check sum that the loader makes: CRC-16 as
        XMODEM has it, of at most a page."""
        if not 0 < len(data) <= PAGE_BYTES or not 0 <= offset <= ROOM_BYTES - len(data):
            raise ValueError(f"{len(data)} bytes from {offset:#x} on cannot be checked")
        self._port.reset_input_buffer()
        self._port.write(b"Z%08X,%08X#" % (offset, len(data)))
        answer = self._read(len("Z00000000#\n\r"), self._patience.answer_s)
        if answer[:1] != b"Z" or answer[9:] != b"#" + _END_OF_ANSWER:
            raise WrongAnswerError(f"Z: {answer!r}")
        try:
            found = int(answer[1:9].decode("ascii"), 16)
        except ValueError as error:
            raise WrongAnswerError(f"Z: {answer!r}") from error
        return found == binascii.crc_hqx(data, 0)

    def reset(self) -> None:
        """Restart the chip. There is no answer: the port goes away, and is listened to until then,
        because closing it at once may take the command back."""
        self._port.write(b"K#")
        self._port.timeout = _LEAVE_S
        with suppress(OSError):
            self._port.read(1)

    def _introduction(self) -> Loader:
        self._port.reset_input_buffer()
        self._port.write(b"N#")
        answer = self._read(len(_END_OF_ANSWER), self._patience.answer_s)
        if answer != _END_OF_ANSWER:
            raise WrongAnswerError(f"N: {answer!r}")
        version = self._line(b"V#")
        return Loader(chip=self._line(b"I#"), version=version)

    def _confirmed(self, command: bytes, patience_s: float) -> None:
        self._port.reset_input_buffer()
        self._port.write(command)
        answer = self._read(len("Y\n\r"), patience_s)
        if answer != b"Y" + _END_OF_ANSWER:
            raise WrongAnswerError(f"{command.decode('ascii')}: {answer!r}")

    def _line(self, command: bytes) -> str:
        """What comes before the end of the line. The loader sends a few stray bytes after it."""
        self._port.reset_input_buffer()
        self._port.write(command)
        self._port.timeout = self._patience.answer_s
        answer = b""
        while _END_OF_ANSWER not in answer and len(answer) < _LONGEST_LINE:
            byte = self._port.read(1)
            if not byte:
                raise SilentLoaderError(command.decode("ascii"))
            answer += byte
        self._port.timeout = _DRAIN_S
        self._port.read(len("\0X"))
        return answer.partition(_END_OF_ANSWER)[0].decode("latin-1")

    def _read(self, size: int, patience_s: float) -> bytes:
        self._port.timeout = patience_s
        answer = self._port.read(size)
        if len(answer) < size:
            raise SilentLoaderError(f"{answer!r}")
        return answer
