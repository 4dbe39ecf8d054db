# SPDX-License-Identifier: GPL-3.0-or-later
"""Frames of the board protocol (``docs/protocol.md``): COBS and a CRC-32 between two zero bytes.

Pure: bytes in, frames and text out. ``Demultiplexer`` finds frames in the midst of the text that a
board prints anyway, and says what it dropped and why.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

SMALLEST_MAX_PAYLOAD = 256
"""Payload bytes that every board accepts, and the limit until IDENTIFY names a greater one."""

LARGEST_MAX_PAYLOAD = 65_535

_HEADER_BYTES = 2
_CRC_BYTES = 4
_COBS_RUN = 254
"""The longest run without a zero that one COBS code byte stands for."""

_TEXT_BYTES = bytes([*range(0x07, 0x0E), 0x1B, *range(0x20, 0x7F), *range(0x80, 0x100)])


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame without its wrapping: ``type`` and ``tag`` are bytes, ``payload`` the rest."""

    type: int
    tag: int
    payload: bytes = b""


class Drop(Enum):
    """Why bytes between two zero bytes were dropped."""

    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"
    BAD_COBS = "bad_cobs"
    BAD_CRC = "bad_crc"


@dataclass(frozen=True, slots=True)
class Received:
    """What one ``feed`` brought: ``text`` is everything outside frames, in its order."""

    frames: tuple[Frame, ...] = ()
    text: bytes = b""
    dropped: Mapping[Drop, int] = field(default_factory=dict[Drop, int])


class FrameError(ValueError):
    """Bytes that are no frame; ``reason`` says why."""

    def __init__(self, reason: Drop) -> None:
        super().__init__(reason.value)
        self.reason = reason


def cobs_encode(data: bytes) -> bytes:
    """Consistent Overhead Byte Stuffing (Cheshire and Baker 1999): no zero byte in the result.

    A run of exactly 254 bytes at the very end is not followed by an empty one.
    """
    encoded = bytearray()
    run = b""
    for run in data.split(b"\0"):
        for start in range(0, len(run) + 1, _COBS_RUN):
            piece = run[start : start + _COBS_RUN]
            encoded.append(len(piece) + 1)
            encoded += piece
    if run and len(run) % _COBS_RUN == 0:
        del encoded[-1]
    return bytes(encoded)


def cobs_decode(encoded: bytes) -> bytes:
    """The inverse of :func:`cobs_encode`. Raises ``FrameError`` for anything else."""
    decoded = bytearray()
    position = 0
    while position < len(encoded):
        code = encoded[position]
        run = encoded[position + 1 : position + code]
        if code == 0 or len(run) != code - 1 or 0 in run:
            raise FrameError(Drop.BAD_COBS)
        decoded += run
        position += code
        if code != 0xFF and position < len(encoded):
            decoded.append(0)
    return bytes(decoded)


def encode_frame(frame: Frame) -> bytes:
    """The bytes on the wire, both zero bytes included. ``ValueError`` where a field is too big."""
    if len(frame.payload) > LARGEST_MAX_PAYLOAD:
        raise ValueError(f"a payload of {len(frame.payload)} bytes fits no frame")
    body = bytes((frame.type, frame.tag)) + frame.payload
    return b"\0" + cobs_encode(body + zlib.crc32(body).to_bytes(4, "little")) + b"\0"


def decode_frame(encoded: bytes, max_payload: int = LARGEST_MAX_PAYLOAD) -> Frame:
    """The frame that stood between two zero bytes. Raises ``FrameError``, nothing else."""
    if len(encoded) > encoded_limit(max_payload):
        raise FrameError(Drop.TOO_LONG)
    body = cobs_decode(encoded)
    payload_bytes = len(body) - _HEADER_BYTES - _CRC_BYTES
    if payload_bytes < 0:
        raise FrameError(Drop.TOO_SHORT)
    if payload_bytes > max_payload:
        raise FrameError(Drop.TOO_LONG)
    if zlib.crc32(body[:-_CRC_BYTES]) != int.from_bytes(body[-_CRC_BYTES:], "little"):
        raise FrameError(Drop.BAD_CRC)
    return Frame(body[0], body[1], body[_HEADER_BYTES:-_CRC_BYTES])


def encoded_limit(max_payload: int) -> int:
    """The most bytes between the zero bytes of a frame with ``max_payload`` bytes of payload."""
    body = _HEADER_BYTES + max_payload + _CRC_BYTES
    return body + body // _COBS_RUN + 1


class Demultiplexer:
    """Takes a byte stream apart into frames and text. Holds at most one unfinished frame.

    A zero byte opens a frame and the next one closes it; a zero byte that closes no valid frame
    opens the next, so one lost byte costs one frame. Bytes that turn out to be no frame are text
    where they hold nothing but text (a sketch that ends its lines with a zero byte), and are
    dropped and counted otherwise.
    """

    def __init__(self, max_payload: int = SMALLEST_MAX_PAYLOAD) -> None:
        self.max_payload = max_payload
        """Longer frames are dropped. May be raised between two calls, once IDENTIFY names it."""
        self._inside = False
        self._held = bytearray()

    def feed(self, data: bytes) -> Received:
        """Take the next ``data``, of any length, cut anywhere."""
        frames: list[Frame] = []
        text = bytearray()
        dropped: Counter[Drop] = Counter()
        limit = encoded_limit(self.max_payload)
        position = 0
        while position < len(data):
            zero = data.find(0, position)
            end = len(data) if zero < 0 else zero
            if not self._inside:
                text += data[position:end]
                self._inside = zero >= 0
                position = end + 1
                continue
            # One byte beyond the limit is enough to know that this is no frame.
            end = min(end, position + limit + 1 - len(self._held))
            self._held += data[position:end]
            position = end
            if len(self._held) > limit:
                self._inside = False
                self._give_up(Drop.TOO_LONG, text, dropped)
            elif end == zero:
                position += 1
                self._close(frames, text, dropped)
        return Received(tuple(frames), bytes(text), dict(dropped))

    def _close(self, frames: list[Frame], text: bytearray, dropped: Counter[Drop]) -> None:
        if not self._held:
            return
        try:
            frames.append(decode_frame(bytes(self._held), self.max_payload))
        except FrameError as error:
            self._give_up(error.reason, text, dropped)
        else:
            self._inside = False
            self._held.clear()

    def _give_up(self, reason: Drop, text: bytearray, dropped: Counter[Drop]) -> None:
        if self._held.translate(None, _TEXT_BYTES):
            dropped[reason] += 1
        else:
            text += self._held
        self._held.clear()
