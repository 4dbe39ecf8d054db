# SPDX-License-Identifier: GPL-3.0-or-later
"""Every message of the board protocol (``docs/protocol.md``), as a dataclass.

The order of the fields is the order of the bytes. ``REQUESTS`` says which answer belongs to which
request, ``EVENTS`` what a board sends unasked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from app.capture.wire import (
    U8,
    U16,
    U32,
    U64,
    CountedBytes,
    Listed,
    RestBytes,
    RestText,
    Str,
    Structure,
)
from app.core.errors import ProtocolError
from app.core.recording import Samples
from app.core.text import Text, text

PROTOCOL_VERSION = 1
ANSWER_BIT = 0x80
ERROR_TYPE = 0xFF
EVENT_TAG = 0
NO_TOP = 255
"""``top`` of a network whose answer is a number."""

_VALUE_BYTES = 4
_VALUE = np.dtype("<f4")


class Flag(IntEnum):
    """Bits of ``Identity.flags``."""

    SIMULATED = 1
    SETTINGS = 2
    SELFTEST = 4
    LINK_SPEED = 8


class Status(IntEnum):
    """Why a board refuses a request."""

    UNKNOWN_REQUEST = 1
    BAD_PAYLOAD = 2
    NO_PROGRAM = 3
    BAD_PROGRAM = 4
    NO_ROOM = 5
    CHANNEL_MISMATCH = 6
    UNIT_MISMATCH = 7
    RATE_MISMATCH = 8
    LENGTH_MISMATCH = 9
    BUSY = 10
    SENSOR_FAILED = 11
    NOT_BEGUN = 12


class RunFormat(IntEnum):
    """How a running board tells its results."""

    FRAMES = 0
    TEXT = 1


# ---- requests


@dataclass(frozen=True, slots=True)
class Identify(Structure):
    """Who are you?"""


@dataclass(frozen=True, slots=True)
class ListSensors(Structure):
    """What can you measure?"""


@dataclass(frozen=True, slots=True)
class StreamStart(Structure):
    """Send the channels with these indices (of ``SensorList``), in this order, at this rate; 0 is
    the board's own."""

    rate_mhz: U32
    channels: CountedBytes

    def problem(self) -> Text | None:
        return None if self.channels else text("A stream needs at least one channel.")


@dataclass(frozen=True, slots=True)
class StreamStop(Structure):
    """Send no more samples."""


@dataclass(frozen=True, slots=True)
class LinkSpeed(Structure):
    """Go on at this speed, or the nearest you can."""

    baud: U32

    def problem(self) -> Text | None:
        return None if self.baud else _NO_SPEED


@dataclass(frozen=True, slots=True)
class Echo(Structure):
    """Send ``data`` back, with the time."""

    data: RestBytes


@dataclass(frozen=True, slots=True)
class ProgramBegin(Structure):
    """A board program of ``length`` bytes follows; ``crc32`` is the CRC-32 that ends it."""

    length: U32
    crc32: U32


@dataclass(frozen=True, slots=True)
class ProgramData(Structure):
    """Bytes of the program from ``offset`` on."""

    offset: U32
    data: RestBytes


@dataclass(frozen=True, slots=True)
class ProgramEnd(Structure):
    """The program is complete: check it, keep it."""


@dataclass(frozen=True, slots=True)
class AskProgram(Structure):
    """Which program is stored?"""


@dataclass(frozen=True, slots=True)
class ProgramErase(Structure):
    """Forget the stored program."""


@dataclass(frozen=True, slots=True)
class WindowChannel(Structure):
    """One column of a window that is sent."""

    name: Str
    unit: Str


@dataclass(frozen=True, slots=True)
class WindowBegin(Structure):
    """A window of ``samples`` rows follows, with these columns."""

    rate_mhz: U32
    samples: U32
    channels: Annotated[tuple[WindowChannel, ...], Listed(WindowChannel)]


@dataclass(frozen=True, slots=True)
class WindowData(Structure):
    """Values of the window, row after row, from value number ``offset`` on."""

    offset: U32
    data: RestBytes

    @classmethod
    def of(cls, offset: int, values: NDArray[np.float32]) -> WindowData:
        return cls(offset, values.astype(_VALUE).tobytes())

    @property
    def values(self) -> NDArray[np.float32]:
        return np.frombuffer(self.data, _VALUE).astype(np.float32)

    def problem(self) -> Text | None:
        return None if len(self.data) % _VALUE_BYTES == 0 else _HALF_A_VALUE


@dataclass(frozen=True, slots=True)
class WindowRun(Structure):
    """Answer the window that was sent."""


@dataclass(frozen=True, slots=True)
class RunStart(Structure):
    """Answer your own sensor every ``stride`` samples, in this ``RunFormat``."""

    stride: U32
    format: U8

    def problem(self) -> Text | None:
        if not self.stride or self.format not in tuple(RunFormat):
            return text("A run needs a stride of at least one sample and a known format.")
        return None


@dataclass(frozen=True, slots=True)
class RunStop(Structure):
    """Run no more."""


@dataclass(frozen=True, slots=True)
class SettingsRead(Structure):
    """What is set on you?"""


@dataclass(frozen=True, slots=True)
class SettingsWrite(Structure):
    """Keep these settings: a record of :class:`app.core.board_settings.BoardSettings`."""

    record: RestBytes


@dataclass(frozen=True, slots=True)
class Selftest(Structure):
    """Test yourself: item number ``item``. Where ``drive_pins`` is 1, free pins may be driven."""

    item: U8
    drive_pins: U8

    def problem(self) -> Text | None:
        return None if self.drive_pins <= 1 else text("Pins may be driven, or not.")


@dataclass(frozen=True, slots=True)
class Act(Structure):
    """Simulated boards only: make the hand do the gesture ``name``."""

    seed: U32
    holding: U32
    name: Str


# ---- answers


@dataclass(frozen=True, slots=True)
class Done(Structure):
    """The answer of a request that asks for nothing back."""


@dataclass(frozen=True, slots=True)
class Identity(Structure):
    """Who a board is and what it has room for. ``flags`` holds bits of :class:`Flag`."""

    protocol: U8
    max_payload: U16
    flags: U8
    program_capacity: U32
    arena_capacity: U32
    program_crc: U32
    clock_hz: U32
    board: Str
    firmware: Str
    build: Str
    serial: Str


@dataclass(frozen=True, slots=True)
class SensorChannel(Structure):
    """One channel that a board can measure; ``sensor`` is the part it comes from."""

    min_rate_mhz: U32
    max_rate_mhz: U32
    name: Str
    unit: Str
    sensor: Str


@dataclass(frozen=True, slots=True)
class SensorList(Structure):
    """All channels; the place in the list is the channel's index."""

    channels: Annotated[tuple[SensorChannel, ...], Listed(SensorChannel)]

    def problem(self) -> Text | None:
        if len({channel.name for channel in self.channels}) < len(self.channels):
            return text("Two channels have the same name.")
        if not all(0 < each.min_rate_mhz <= each.max_rate_mhz for each in self.channels):
            return text("The rates of a channel make no sense.")
        return None


@dataclass(frozen=True, slots=True)
class RateAnswer(Structure):
    """The rate at which the board really measures."""

    rate_mhz: U32

    def problem(self) -> Text | None:
        return None if self.rate_mhz else text("A rate of 0 measures nothing.")


@dataclass(frozen=True, slots=True)
class LinkSpeedAnswer(Structure):
    """The speed at which the board goes on after this."""

    baud: U32

    def problem(self) -> Text | None:
        return None if self.baud else _NO_SPEED


@dataclass(frozen=True, slots=True)
class EchoAnswer(Structure):
    """What was sent, and when the board took it, by its own clock."""

    time_us: U64
    data: RestBytes


@dataclass(frozen=True, slots=True)
class ReceivedAnswer(Structure):
    """How many bytes (program) or values (window) have come so far without a gap."""

    received: U32


@dataclass(frozen=True, slots=True)
class ProgramInfo(Structure):
    """The stored program: its CRC, and what it expects and needs."""

    program_crc: U32
    window: U32
    rate_mhz: U32
    channels: U8
    outputs: U8
    arena_bytes: U32


@dataclass(frozen=True, slots=True)
class WindowAnswer(Structure):
    """The network's answer to a window: ``output`` holds its int8 values as bytes."""

    micros: U32
    top: U8
    output: CountedBytes


@dataclass(frozen=True, slots=True)
class SettingsAnswer(Structure):
    """The record that is in force."""

    record: RestBytes


@dataclass(frozen=True, slots=True)
class SelftestAnswer(Structure):
    """What came of an item: ``passed`` is 0 or 1, ``name`` what was tested, ``text`` what was
    found."""

    item: U8
    passed: U8
    name: Str
    text: RestText

    def problem(self) -> Text | None:
        return text("A test neither passed nor failed.") if self.passed > 1 else None


@dataclass(frozen=True, slots=True)
class Refusal(Structure):
    """A request that was not carried out; ``request`` is its type."""

    status: U8
    request: U8
    text: RestText


# ---- events


@dataclass(frozen=True, slots=True)
class SamplesEvent(Structure):
    """A run of samples; ``sequence`` numbers the first, ``time_us`` is when it was taken."""

    sequence: U32
    time_us: U64
    channels: U8
    data: RestBytes

    @classmethod
    def of(cls, sequence: int, time_us: int, samples: Samples) -> SamplesEvent:
        return cls(sequence, time_us, samples.shape[1], samples.astype(_VALUE).tobytes())

    @property
    def samples(self) -> Samples:
        """Shape ``(n, channels)``."""
        return np.frombuffer(self.data, _VALUE).astype(np.float32).reshape(-1, self.channels)

    def problem(self) -> Text | None:
        if not self.channels or not self.data or len(self.data) % (_VALUE_BYTES * self.channels):
            return _HALF_A_VALUE
        return None


@dataclass(frozen=True, slots=True)
class ResultEvent(Structure):
    """The answer to the ``sequence``-th window since the run began."""

    sequence: U32
    time_us: U64
    micros: U32
    top: U8
    output: CountedBytes


@dataclass(frozen=True, slots=True)
class LogEvent(Structure):
    """Something the board wants to say."""

    text: RestText


_HALF_A_VALUE = text("Its values are cut.")
_NO_SPEED = text("A link at 0 baud carries nothing.")

REQUESTS: Mapping[int, tuple[type[Structure], type[Structure]]] = {
    0x01: (Identify, Identity),
    0x02: (ListSensors, SensorList),
    0x03: (StreamStart, RateAnswer),
    0x04: (StreamStop, Done),
    0x05: (LinkSpeed, LinkSpeedAnswer),
    0x06: (Echo, EchoAnswer),
    0x10: (ProgramBegin, Done),
    0x11: (ProgramData, ReceivedAnswer),
    0x12: (ProgramEnd, ProgramInfo),
    0x13: (AskProgram, ProgramInfo),
    0x14: (ProgramErase, Done),
    0x20: (WindowBegin, Done),
    0x21: (WindowData, ReceivedAnswer),
    0x22: (WindowRun, WindowAnswer),
    0x30: (RunStart, RateAnswer),
    0x31: (RunStop, Done),
    0x50: (SettingsRead, SettingsAnswer),
    0x51: (SettingsWrite, Done),
    0x60: (Selftest, SelftestAnswer),
    0x70: (Act, Done),
}
"""Request type → the request and its answer, whose type is the request's with ``ANSWER_BIT``."""

EVENTS: Mapping[int, type[Structure]] = {0x40: SamplesEvent, 0x41: ResultEvent, 0x42: LogEvent}

TYPES: Mapping[type[Structure], int] = {
    **{request: type_ for type_, (request, _) in REQUESTS.items()},
    **{event: type_ for type_, event in EVENTS.items()},
}
"""The type byte of every request and event."""


def decode_identity(payload: bytes) -> Identity:
    """As ``Identity.decode``, but another version is told first: all after it may differ."""
    if payload and payload[0] != PROTOCOL_VERSION:
        raise ProtocolError(
            text("The board speaks version {version} of the board protocol.", version=payload[0]),
            text("This studio speaks version {version}.", version=PROTOCOL_VERSION),
            text("Flash the firmware that comes with this studio, or update the studio."),
        )
    return Identity.decode(payload)
