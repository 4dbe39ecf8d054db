# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong between esptool and a boot loader, byte by byte."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from tests.helpers.fake_rom import (
    FUSES_AT,
    IMAGE,
    MAGIC_AT,
    SPI_AT,
    FakeRom,
    HangUpError,
    Op,
    Request,
    Wire,
    honest,
    slip,
)

LATE_S = 0.15
"""Longer than any time-out in these tests."""

BOOT_LOG = b"ets Jun  8 2016\r\n\r\nrst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\r\n"
BROWNOUT = b"\r\nBrownout detector was triggered\r\n\r\n"
PANIC = b"Guru Meditation Error: Core 0 panic'ed (LoadProhibited). Exception was unhandled.\r\n"
PRINTED = b"12,34,56\r\n" * 4


@dataclass(frozen=True)
class Exchange:
    """A request and what would answer it; ``answered()`` lets the chip act on it, once."""

    request: Request
    answered: Callable[[], list[bytes]]

    @cached_property
    def packets(self) -> list[bytes]:
        return self.answered()

    @property
    def bytes(self) -> bytes:
        return b"".join(slip(packet) for packet in self.packets)


def _each(change: Callable[[bytes], bytes]) -> Callable[[Exchange], Wire]:
    """``change`` to every frame."""
    return lambda exchange: [change(slip(packet)) for packet in exchange.packets]


def _packets(change: Callable[[bytes], bytes]) -> Callable[[Exchange], Wire]:
    """``change`` to every packet, before it is put into its frame."""
    return lambda exchange: [slip(change(packet)) for packet in exchange.packets]


def _refuse(code: int) -> Callable[[Exchange], Wire]:
    """Nothing is done, and the answer says why."""

    def answer(exchange: Exchange) -> Wire:
        head = struct.pack("<BBHI", 1, exchange.request.op, 4, 0)
        return [slip(head + bytes((1, code, 0, 0)))]

    return answer


def _instead(words: bytes) -> Callable[[Exchange], Wire]:
    return lambda _exchange: [words]


def _unplugged(_exchange: Exchange) -> Wire:
    raise HangUpError


def _unplugged_afterwards(exchange: Exchange) -> Wire:
    exchange.answered()
    raise HangUpError


def _scrambled(data: bytes) -> bytes:
    """As bytes look at another baud rate."""
    return bytes((byte * 5 + 0x91) & 0xFF for byte in data[::2])


def _noise(length: int) -> bytes:
    return random.Random(length).randbytes(length)


@dataclass(frozen=True)
class Kind:
    """One way to fail. ``lasting``: from the first time on, at every stage that follows. ``slow``:
    all that should come does, with pauses."""

    happen: Callable[[Exchange], Wire]
    lasting: bool = True
    slow: bool = False


KINDS: Mapping[str, Kind] = {
    "no answer, once": Kind(lambda exchange: [exchange.answered(), []][1], lasting=False),
    "no answer any more": Kind(lambda exchange: [exchange.answered(), []][1]),
    "request lost, once": Kind(lambda _exchange: [], lasting=False),
    "requests lost": Kind(lambda _exchange: []),
    "half a frame, once": Kind(_each(lambda frame: frame[: len(frame) // 2]), lasting=False),
    "half a frame": Kind(_each(lambda frame: frame[: len(frame) // 2])),
    "no begin mark": Kind(_each(lambda frame: frame[1:])),
    "no end mark": Kind(_each(lambda frame: frame[:-1])),
    "a byte lost in the head": Kind(_each(lambda frame: frame[:4] + frame[5:])),
    "a byte lost at the end": Kind(_each(lambda frame: frame[:-2] + frame[-1:])),
    "a byte twice": Kind(_each(lambda frame: frame[:2] + frame[1:])),
    "wrong escape": Kind(_each(lambda frame: frame[:-1] + b"\xdb\x00\xc0")),
    "escape at the end": Kind(_each(lambda frame: frame[:-1] + b"\xdb\xc0")),
    "another request's number": Kind(_packets(lambda packet: b"\x01\x55" + packet[2:])),
    "marked as a request": Kind(_packets(lambda packet: b"\x00" + packet[1:])),
    "wrong length": Kind(_packets(lambda packet: packet[:2] + b"\xff\xff" + packet[4:])),
    "empty frames": Kind(_each(lambda _frame: b"\xc0\xc0")),
    "frames of 5 bytes": Kind(_packets(lambda packet: packet[:5])),
    "no status": Kind(_packets(lambda packet: packet[:8])),
    "one byte of status": Kind(_packets(lambda packet: packet[:9])),
    "noise before, once": Kind(lambda exchange: [_noise(7), exchange.bytes], lasting=False),
    "noise after, once": Kind(lambda exchange: [exchange.bytes, _noise(7)], lasting=False),
    "noise": Kind(lambda exchange: [_noise(len(exchange.bytes))]),
    "zeros": Kind(_each(lambda frame: bytes(len(frame)))),
    "ones": Kind(_each(lambda frame: b"\xff" * len(frame))),
    "another baud rate": Kind(_each(_scrambled)),
    "a bit flipped in the number": Kind(
        _packets(lambda packet: packet[:1] + bytes((packet[1] ^ 0x40,)) + packet[2:]), lasting=False
    ),
    "eighth bit set": Kind(_each(lambda frame: bytes(byte | 0x80 for byte in frame))),
    "eighth bit cleared": Kind(_each(lambda frame: bytes(byte & 0x7F for byte in frame))),
    "line ends rewritten": Kind(_each(lambda frame: frame.replace(b"\n", b"\r\n"))),
    "XON and XOFF eaten": Kind(
        _each(lambda frame: frame.replace(b"\x11", b"").replace(b"\x13", b""))
    ),
    "the request comes back": Kind(
        lambda exchange: [
            slip(struct.pack("<BBHI", 0, exchange.request.op, 0, 0) + exchange.request.data)
        ]
    ),
    "a sketch prints": Kind(_instead(PRINTED)),
    "restart": Kind(_instead(BOOT_LOG)),
    "brownout": Kind(_instead(BROWNOUT + BOOT_LOG)),
    "panic": Kind(_instead(PANIC)),
    "answered twice": Kind(lambda exchange: [exchange.bytes * 2]),
    "answered late, once": Kind(
        lambda exchange: [LATE_S, exchange.bytes], lasting=False, slow=True
    ),
    "answered slowly": Kind(lambda exchange: [0.004, exchange.bytes], slow=True),
    "answered byte by byte": Kind(
        lambda exchange: [part for byte in exchange.bytes for part in (bytes((byte,)), 0.0)],
        slow=True,
    ),
    "in two parts": Kind(
        lambda exchange: [exchange.bytes[:6], 0.004, exchange.bytes[6:]], slow=True
    ),
    "refused: invalid, once": Kind(_refuse(0x05), lasting=False),
    "refused: invalid": Kind(_refuse(0x05)),
    "refused: failed": Kind(_refuse(0x06)),
    "refused: check sum, once": Kind(_refuse(0x07), lasting=False),
    "refused: check sum": Kind(_refuse(0x07)),
    "refused: flash write": Kind(_refuse(0x08)),
    "refused: flash read": Kind(_refuse(0x09)),
    "refused: flash length": Kind(_refuse(0x0A)),
    "refused: deflate": Kind(_refuse(0x0B)),
    "refused: unheard of": Kind(_refuse(0x7E)),
    "unplugged": Kind(_unplugged),
    "unplugged afterwards": Kind(_unplugged_afterwards),
}


def _reads(low: int, high: int) -> Callable[[Request], bool]:
    return lambda request: request.op == Op.READ_REG and low <= request.words[0] < high


def _is(op: Op) -> Callable[[Request], bool]:
    return lambda request: request.op == op


def _block(number: int) -> Callable[[Request], bool]:
    return lambda request: request.op == Op.FLASH_DATA and request.words[1] == number


def _sums(whole: bool) -> Callable[[Request], bool]:
    """A check sum of the image, or of a few bytes."""
    return lambda request: request.op == Op.MD5 and (request.words[1] >= len(IMAGE)) == whole


LAST_BLOCK = 3
STAGES: Mapping[str, Callable[[Request], bool]] = {
    "sync": _is(Op.SYNC),
    "chip": _reads(MAGIC_AT, MAGIC_AT + 4),
    "fuses": _reads(FUSES_AT, FUSES_AT + 4),
    "stub": _is(Op.MEM_DATA),
    "baud": _is(Op.CHANGE_BAUDRATE),
    "attach": _is(Op.SPI_ATTACH),
    "flash chip": _reads(SPI_AT + 0x80, SPI_AT + 0x84),
    "parameters": _is(Op.SPI_SET_PARAMS),
    "contents": _sums(whole=False),
    "erase": _is(Op.FLASH_BEGIN),
    "first block": _block(0),
    "block": _block(1),
    "last block": _block(LAST_BLOCK),
    "check": _sums(whole=True),
}
"""Stage: which requests belong to it. An image of four blocks is written."""


@dataclass
class Fault:
    """``kind`` from the first request of ``stage`` on.

    ``happened`` says afterwards whether it came to that. ``hopeless``: what is awaited does not
    come; ``in_vain`` says at any time whether to wait is of no use.
    """

    stage: str
    kind: str
    hopeless: bool = True
    happened: bool = False
    in_vain: bool = False

    def __call__(self, request: Request, rom: FakeRom, answer: Callable[[], list[bytes]]) -> Wire:
        kind = KINDS[self.kind]
        if (self.happened and kind.lasting) or (not self.happened and STAGES[self.stage](request)):
            self.happened = True
            self.in_vain = self.hopeless
            return kind.happen(Exchange(request, answer))
        self.in_vain = False
        return honest(request, rom, answer)
