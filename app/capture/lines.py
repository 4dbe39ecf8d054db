# SPDX-License-Identifier: GPL-3.0-or-later
"""Bytes of a board that prints into lines of text. Pure: no port, no clock."""

from __future__ import annotations

import re

MAX_LINE_BYTES = 4096
"""A longer line is no line of values: a board that never ends its lines, or another baud rate."""

_TERMINATOR = re.compile(rb"\r\n|\n|\r")
_ANSI = re.compile(
    rb"\x1b(?:"
    rb"\[[0-?]*[ -/]*[@-~]"  # control sequences: colours, cursor
    rb"|\][^\x07\x1b]*(?:\x07|\x1b\\)"  # window titles
    rb"|[ -/]+[0-~]"  # character sets
    rb"|[=>78cDEHMNOZ])"  # modes of the keypad, saved cursor, reset
)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LATIN_1_UNITS = bytes((0xB0, 0xB2, 0xB3, 0xB5))  # ° ² ³ µ, as many sketches print them


class LineSplitter:
    r"""Cuts bytes at ``\n``, ``\r\n`` or a lone ``\r``, however they are chunked.

    The first fragment after the start or :meth:`restart` is dropped unless ``whole``: reading may
    have begun in the midst of a line. A line over ``MAX_LINE_BYTES`` comes out cut to one byte
    more than that, which is how the caller knows it.
    """

    def __init__(self, *, whole: bool = False) -> None:
        self._tail = bytearray()
        self._skip_line_feed = False
        self._drop_first = not whole
        self.fragments = 0
        """Fragments dropped so far."""

    def restart(self) -> None:
        """Reading was interrupted: forget the unfinished line and drop the next fragment."""
        self._tail.clear()
        self._skip_line_feed = False
        self._drop_first = True

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that ``data`` completes, without their terminators; blank ones are empty."""
        if self._skip_line_feed and data:
            data = data.removeprefix(b"\n")
            self._skip_line_feed = False
        if not data:
            return []
        self._skip_line_feed = data.endswith(b"\r")
        lines = _TERMINATOR.split(data) if b"\r" in data else data.split(b"\n")
        rest = lines.pop()
        if lines:
            lines[0] = bytes(self._tail) + lines[0]
            self._tail.clear()
        self._tail += rest[: MAX_LINE_BYTES + 1 - len(self._tail)]
        if lines and self._drop_first:
            self._drop_first = False
            self.fragments += 1
            del lines[0]
        return [line[: MAX_LINE_BYTES + 1] for line in lines]


def clean(line: bytes) -> str | None:
    """The text of a line without terminal colours and surrounding space; ``None`` for garbage:
    control bytes, or bytes that are neither UTF-8 nor a Latin-1 degree, micro or power sign."""
    if b"\x1b" in line:
        line = _ANSI.sub(b"", line)
    if _CONTROL.search(line):
        return None
    try:
        return line.decode().strip()
    except UnicodeDecodeError:
        if any(byte >= 0x80 and byte not in _LATIN_1_UNITS for byte in line):
            return None
        return line.decode("latin-1").strip()
