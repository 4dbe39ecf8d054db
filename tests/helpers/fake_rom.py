# SPDX-License-Identifier: GPL-3.0-or-later
"""The boot loader in an ESP32's ROM, byte for byte, as far as esptool speaks to it.

What it answers was taken down from the real ROM under an emulator: it keeps the last value read in
every later answer, and answers an unknown request with the last request's number, as often as it
answered that.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import select
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import partial
from itertools import groupby

from app.deploy.esp32_loader import MARK, MARK_AT
from tests.helpers.ports import PtyBoard, wait_until

END, ESCAPE = 0xC0, 0xDB
FLASH_BYTES = 0x20000
MAGIC_AT = 0x40001000
FUSES_AT = 0x3FF5A000
SPI_AT = 0x3FF42000
SYNC_ANSWERS = 8
IMAGE = (bytes(MARK_AT) + MARK + bytes(range(256)) * 16)[:4096]
"""Firmware of the studio's, four blocks of the ROM's long."""
SKETCH = b"\xe9\x04\x02\x20" + bytes(range(252)) * 64
"""Somebody else's."""
OK, INVALID, DAMAGED = b"\x00\x00", b"\x01\x05", b"\x01\x07"
"""Status: done; not to be understood; the check sum is wrong."""


class Op(IntEnum):
    """Requests."""

    FLASH_BEGIN = 0x02
    FLASH_DATA = 0x03
    FLASH_END = 0x04
    MEM_BEGIN = 0x05
    MEM_END = 0x06
    MEM_DATA = 0x07
    SYNC = 0x08
    WRITE_REG = 0x09
    READ_REG = 0x0A
    SPI_SET_PARAMS = 0x0B
    SPI_ATTACH = 0x0D
    CHANGE_BAUDRATE = 0x0F
    MD5 = 0x13
    SECURITY_INFO = 0x14


def slip(packet: bytes) -> bytes:
    """``packet`` in a frame."""
    escaped = packet.replace(b"\xdb", b"\xdb\xdd").replace(b"\xc0", b"\xdb\xdc")
    return b"\xc0" + escaped + b"\xc0"


@dataclass
class SlipReader:
    """Frames in a stream of bytes; anything between them is dropped."""

    _packet: bytearray | None = None
    _escaped: bool = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        for byte in data:
            if byte == END:
                if self._packet:
                    yield bytes(self._packet)
                    self._packet = None
                else:
                    self._packet = bytearray()
                self._escaped = False
            elif self._packet is not None:
                if self._escaped:
                    self._packet.append({0xDC: END, 0xDD: ESCAPE}.get(byte, byte))
                    self._escaped = False
                elif byte == ESCAPE:
                    self._escaped = True
                else:
                    self._packet.append(byte)


@dataclass(frozen=True)
class Chip:
    """What tells one chip from another. ``chip_id`` is what newer families answer to
    ``SECURITY_INFO``; the older ones do not know that request."""

    magic: int = 0x00F01D83
    chip_id: int | None = None
    fuses: dict[int, int] = field(default_factory=dict)
    flash_id: int = 0x1640EF
    revision_3: bool = False


ESP32 = Chip()


@dataclass(frozen=True)
class Request:
    """A request as it came; ``check`` is the sum over what it writes."""

    op: int
    data: bytes
    check: int

    @property
    def words(self) -> tuple[int, ...]:
        return struct.unpack(f"<{len(self.data) // 4}I", self.data[: len(self.data) & ~3])


@dataclass
class FakeRom:
    """The loader's state. ``flash`` outlives :meth:`power_cycle`, as flash does.

    ``stick`` is the place of a byte whose lowest bit cannot be cleared; a ``protected`` flash takes
    nothing, one that ``keeps_old`` is not erased; block ``lost_block`` is not written.
    ``md5_as`` is how a check sum in hexadecimal is answered.
    """

    chip: Chip = ESP32
    flash: bytearray = field(default_factory=lambda: bytearray(b"\xff" * FLASH_BYTES))
    stick: int | None = None
    protected: bool = False
    keeps_old: bool = False
    lost_block: int | None = None
    md5_as: Callable[[str], bytes] = str.encode

    def __post_init__(self) -> None:
        self.power_cycle()

    def power_cycle(self) -> None:
        """As after pressing EN with BOOT held."""
        self.stub = False
        self.value = 0x20120707
        self.last_op: int = Op.SYNC
        self.repeats = 1
        self.registers: dict[int, int] = {}
        self.write_at = 0
        self.next_block = 0
        self.baud = 0
        self.started = False

    def answer(self, request: Request) -> list[bytes]:
        """The packets that answer ``request``."""
        op, words = request.op, request.words
        self.repeats = SYNC_ANSWERS if op == Op.SYNC else 1
        if op == Op.SECURITY_INFO and self.chip.chip_id is not None:
            info = struct.pack("<IBBBBBBBBII", 0, 0, *(0,) * 7, self.chip.chip_id, 0)
            self.last_op = op
            return [self._packet(op, info + bytes(2))]
        if op not in set(Op) - {Op.SECURITY_INFO}:
            self.repeats = SYNC_ANSWERS if self.last_op == Op.SYNC else 1
            return [self._packet(self.last_op, b"\x01\x05")] * self.repeats
        self.last_op = op
        status, data = OK, b""
        match op:
            case Op.SYNC:
                self.value = 0 if self.stub else 0x20120707
            case Op.READ_REG:
                self.value = self._read(words[0])
            case Op.WRITE_REG:
                self._write(words[0], words[1])
            case Op.FLASH_BEGIN:
                self._begin(*words[:4])
            case Op.FLASH_DATA:
                status = self._take(request)
            case Op.MEM_DATA:
                status = OK if _sum(request.data[16:]) == request.check else DAMAGED
            case Op.MD5:
                region = self.flash[words[0] : words[0] + words[1]]
                found = hashlib.md5(region, usedforsecurity=False)
                data = found.digest() if self.stub else self.md5_as(found.hexdigest())
            case Op.CHANGE_BAUDRATE:
                self.baud = words[0]
            case Op.FLASH_END:
                self.started = True
            case _:
                pass
        packets = [self._packet(op, data + status)] * self.repeats
        if op == Op.MEM_END and words[0] == 0:
            self.stub = True
            packets.append(b"OHAI")
        return packets

    def _packet(self, op: int, payload: bytes) -> bytes:
        """``payload`` ends with the status; the ROM's has two bytes more than the stub's."""
        payload += b"" if self.stub else b"\x00\x00"
        return struct.pack("<BBHI", 1, op, len(payload), self.value) + payload

    def _read(self, address: int) -> int:
        if address == MAGIC_AT:
            return self.chip.magic
        if address == 0x3FF6607C:
            return 0x80000000 if self.chip.revision_3 else 0
        if FUSES_AT <= address < FUSES_AT + 0x100:
            fuse = (address - FUSES_AT) // 4
            known = {3: 0x8000, 5: 0x100000} if self.chip.revision_3 else {}
            return known.get(fuse, 0) | self.chip.fuses.get(fuse, 0)
        return self.registers.get(address, 0)

    def _write(self, address: int, value: int) -> None:
        if address == SPI_AT and value & 1 << 18:  # run the flash command that was set up
            command = self.registers.get(SPI_AT + 0x24, 0) & 0xFF
            answers = {0x9F: self.chip.flash_id, 0x5A: 0x50444653}
            self.registers[SPI_AT + 0x80] = answers.get(command, 0)
            value = 0
        self.registers[address] = value

    def _begin(self, size: int, _blocks: int, _block: int, offset: int) -> None:
        self.write_at = offset
        self.next_block = 0
        if not (self.protected or self.keeps_old):
            erased = -(-size // 0x1000) * 0x1000
            self.flash[offset : offset + erased] = b"\xff" * erased

    def _take(self, request: Request) -> bytes:
        """A block. The ROM counts what comes, whole or damaged, and refuses one that it has; the
        stub writes each whole one behind the one before."""
        size, number = request.words[:2]
        data = request.data[16:]
        if not self.stub and number != self.next_block:
            return INVALID
        whole = len(data) == size and _sum(data) == request.check
        if whole or not self.stub:
            self.next_block += 1
        if not whole:
            return DAMAGED
        at = self.write_at + (self.next_block - 1) * size
        if not self.protected and number != self.lost_block:
            for place, byte in enumerate(data, at):
                self.flash[place] &= byte
        if self.stick is not None:
            self.flash[self.stick] |= 1
        return OK


def _sum(data: bytes) -> int:
    state = 0xEF
    for byte in data:
        state ^= byte
    return state


class HangUpError(Exception):
    """The port is to go away."""


Wire = Sequence[bytes | float]
"""What goes over the line: bytes, pauses in seconds."""
Interfere = Callable[[Request, FakeRom, Callable[[], list[bytes]]], Wire]
"""Between request and answer. What it returns is sent; :class:`HangUpError` closes the port."""


def honest(_request: Request, _rom: FakeRom, answer: Callable[[], list[bytes]]) -> Wire:
    """Every request is answered."""
    return [slip(packet) for packet in answer()]


class _Served:
    """A :class:`FakeRom` on a thread of its own, until the ``with`` block ends."""

    def __init__(self, rom: FakeRom, interfere: Interfere) -> None:
        self.rom = rom
        self.interfere = interfere
        self.url = ""
        self._thread = threading.Thread(target=self._serve, name="fake ROM")

    def _serve(self) -> None:
        raise NotImplementedError

    def _hear(self, reader: SlipReader, data: bytes, send: Callable[[bytes], object]) -> None:
        """Answer what has come. Raises :class:`HangUpError` where the port is to go away."""
        for packet in reader.feed(data):
            if len(packet) < 8:
                continue
            _, op, size, check = struct.unpack("<BBHI", packet[:8])
            request = Request(op, packet[8 : 8 + size], check)
            wire = self.interfere(request, self.rom, partial(self.rom.answer, request))
            for is_bytes, parts in groupby(wire, lambda part: isinstance(part, bytes)):
                if is_bytes:
                    send(b"".join(parts))  # pauses are those of the wire, not of this computer
                else:
                    time.sleep(sum(parts))


class RomAtPty(_Served):
    """Behind a pty: what esptool takes for a serial device."""

    def __init__(self, rom: FakeRom, interfere: Interfere = honest) -> None:
        super().__init__(rom, interfere)
        self._board = PtyBoard()
        self.url = self._board.url
        self._stop, self._stopper = os.pipe()

    def __enter__(self) -> RomAtPty:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        os.write(self._stopper, b".")
        self._thread.join()
        self._board.pull()
        os.close(self._stop)
        os.close(self._stopper)

    def _serve(self) -> None:
        reader = SlipReader()
        while self._stop not in select.select([self._stop, self._board.master], [], [])[0]:
            try:
                self._hear(reader, os.read(self._board.master, 65_536), self._board.send)
            except HangUpError:
                self._board.pull()
                return
            except OSError:  # nobody has the other end open
                time.sleep(0.001)


class RomAtTcp(_Served):
    """Behind a TCP port, for one client after another."""

    def __init__(
        self,
        rom: FakeRom,
        interfere: Interfere = honest,
        firmware: Callable[[bytes], bytes] | None = None,
    ) -> None:
        """``firmware`` answers once the ROM has started what is in the flash."""
        super().__init__(rom, interfere)
        self._firmware = firmware
        self._server = socket.create_server(("127.0.0.1", 0))
        self._address: tuple[str, int] = self._server.getsockname()
        self.url = f"socket://127.0.0.1:{self._address[1]}"
        self._ending = False
        self._client: socket.socket | None = None

    def say(self, words: bytes) -> None:
        """What the chip prints by itself."""
        wait_until(lambda: self._client is not None)
        assert self._client is not None
        self._client.sendall(words)

    def __enter__(self) -> RomAtTcp:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending = True
        with contextlib.suppress(OSError):  # it has hung up by itself
            socket.create_connection(self._address).close()
        self._thread.join()
        self._server.close()

    def _serve(self) -> None:
        while True:
            client, _ = self._server.accept()
            with client:
                if self._ending:
                    return
                self._client = client
                client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                reader = SlipReader()
                try:
                    while data := client.recv(65_536):
                        if self.rom.started and self._firmware is not None:
                            client.sendall(self._firmware(data))
                        else:
                            self._hear(reader, data, client.sendall)
                except HangUpError:
                    self._server.close()
                    return
                except OSError:  # the client has gone with answers still to come
                    continue
