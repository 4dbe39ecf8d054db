# SPDX-License-Identifier: GPL-3.0-or-later
"""Every message against the golden frames, both ways, and against hostile bytes."""

from __future__ import annotations

import dataclasses
import json
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.capture import messages
from app.capture.frames import Demultiplexer, Frame, decode_frame, encode_frame
from app.capture.messages import (
    ANSWER_BIT,
    ERROR_TYPE,
    EVENTS,
    REQUESTS,
    Identify,
    Identity,
    RateAnswer,
    Refusal,
    RunStart,
    SamplesEvent,
    SensorList,
    StreamStart,
    WindowBegin,
    WindowChannel,
    WindowData,
    decode_identity,
)
from app.capture.wire import Structure
from app.core.errors import ProtocolError

GOLDEN = json.loads(
    (Path(__file__).parents[1] / "data/protocol/golden.json").read_text(encoding="utf-8")
)
FRAMES: list[dict[str, Any]] = GOLDEN["frames"]
ALL_MESSAGES = [
    *dict.fromkeys(message for pair in REQUESTS.values() for message in pair),
    *EVENTS.values(),
    Refusal,
]


def message_of(frame: Frame) -> Structure:
    """What a host or a board reads from ``frame``."""
    if frame.type == ERROR_TYPE:
        return Refusal.decode(frame.payload)
    if frame.type in EVENTS:
        return EVENTS[frame.type].decode(frame.payload)
    request, answer = REQUESTS[frame.type & ~ANSWER_BIT]
    return (answer if frame.type & ANSWER_BIT else request).decode(frame.payload)


def as_json(value: object) -> object:
    """A field as the golden file writes it: bytes as hex, structures as objects."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, tuple):
        return [as_json(item) for item in value]
    if isinstance(value, Structure):
        return {
            field.name: as_json(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    return value


def from_json(name: str, fields: dict[str, Any]) -> Structure:
    """The message that the golden file describes, built without decoding any byte."""
    kind: type[Structure] = getattr(messages, name)
    items = {"SensorList": messages.SensorChannel, "WindowBegin": messages.WindowChannel}

    def value(field: dataclasses.Field[Any]) -> object:
        written = fields[field.name]
        if isinstance(written, list):
            return tuple(items[name](**item) for item in written)
        return bytes.fromhex(written) if field.type in {"CountedBytes", "RestBytes"} else written

    return kind(**{field.name: value(field) for field in dataclasses.fields(kind)})


@pytest.mark.parametrize("golden", FRAMES, ids=[golden["name"] for golden in FRAMES])
def test_the_golden_frame_is_read(golden: dict[str, Any]) -> None:
    frame = decode_frame(bytes.fromhex(golden["frame"])[1:-1])
    assert (frame.type, frame.tag) == (golden["type"], golden["tag"])
    message = message_of(frame)
    assert type(message).__name__ == golden["message"]
    assert as_json(message) == golden["fields"]


@pytest.mark.parametrize("golden", FRAMES, ids=[golden["name"] for golden in FRAMES])
def test_the_golden_frame_is_written(golden: dict[str, Any]) -> None:
    message = from_json(golden["message"], golden["fields"])
    frame = Frame(golden["type"], golden["tag"], message.encode())
    assert encode_frame(frame).hex() == golden["frame"]


def test_every_message_has_a_golden_frame() -> None:
    assert {golden["message"] for golden in FRAMES} == {kind.__name__ for kind in ALL_MESSAGES}


@pytest.mark.parametrize("stream", GOLDEN["streams"], ids=lambda stream: stream["name"])
def test_the_golden_stream_is_taken_apart(stream: dict[str, Any]) -> None:
    received = Demultiplexer().feed(bytes.fromhex(stream["bytes"]))
    by_name = {golden["name"]: golden["frame"] for golden in FRAMES}
    assert [encode_frame(frame).hex() for frame in received.frames] == [
        by_name[name] for name in stream["frames"]
    ]
    assert received.text.decode() == stream["text"]
    assert {drop.value: count for drop, count in received.dropped.items()} == stream["dropped"]


def test_identify_is_these_bytes() -> None:
    """Worked out by hand from docs/protocol.md."""
    crc = struct.pack("<I", zlib.crc32(b"\x01\x05"))
    assert 0 not in crc
    assert encode_frame(Frame(0x01, 5, Identify().encode())) == b"\0\x07\x01\x05" + crc + b"\0"


def test_integers_are_little_endian_and_packed() -> None:
    assert StreamStart(0x01020304, b"\x07\x08").encode() == b"\x04\x03\x02\x01\x02\x07\x08"
    begin = WindowBegin(1, 2, (WindowChannel("a", "°"),))
    assert begin.encode() == b"\1\0\0\0\2\0\0\0\1\1a\2\xc2\xb0"


@pytest.mark.parametrize("kind", ALL_MESSAGES, ids=lambda kind: kind.__name__)
@given(data=st.binary(max_size=64))
def test_hostile_bytes_are_read_exactly_or_refused(kind: type[Structure], data: bytes) -> None:
    try:
        message = kind.decode(data)
    except ProtocolError:
        return
    # A sentence may hold bad UTF-8, which is shown as U+FFFD; all else comes back byte for byte.
    if kind is Refusal:
        assert message.encode()[:2] == data[:2]
    elif kind not in (messages.LogEvent, messages.SelftestAnswer):
        assert message.encode() == data


OPEN_ENDED = {
    "Echo",
    "EchoAnswer",
    "ProgramData",
    "WindowData",
    "SamplesEvent",
    "SettingsWrite",
    "SettingsAnswer",
    "SelftestAnswer",
    "Refusal",
    "LogEvent",
}
CLOSED = [golden for golden in FRAMES if golden["message"] not in OPEN_ENDED]


@pytest.mark.parametrize("golden", CLOSED, ids=[golden["name"] for golden in CLOSED])
def test_a_cut_or_lengthened_message_is_refused(golden: dict[str, Any]) -> None:
    message = from_json(golden["message"], golden["fields"])
    payload = message.encode()
    kind = type(message)
    with pytest.raises(ProtocolError, match="longer than its content"):
        kind.decode(payload + b"\1")
    for length in range(len(payload)):
        with pytest.raises(ProtocolError):
            kind.decode(payload[:length])


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        (WindowData, b"\0\0\0\0" + b"\0\0\0"),
        (SamplesEvent, bytes(12) + b"\x02" + bytes(12)),
        (SamplesEvent, bytes(12) + b"\x00" + bytes(4)),
        (SamplesEvent, bytes(12) + b"\x02"),
        (StreamStart, b"\1\0\0\0\0"),
        (RunStart, b"\0\0\0\0\0"),
        (RunStart, b"\1\0\0\0\2"),
        (SensorList, b"\1" + bytes(8) + b"\1\xff\0\0"),
    ],
)
def test_values_that_make_no_sense_are_refused(kind: type[Structure], payload: bytes) -> None:
    with pytest.raises(ProtocolError, match=f"A {kind.__name__} message breaks"):
        kind.decode(payload)


def test_a_value_without_a_place_is_not_sent() -> None:
    with pytest.raises(ProtocolError, match="300 bytes"):
        WindowChannel("x" * 300, "").encode()
    with pytest.raises(ProtocolError, match="out of range"):
        StreamStart(2**32, b"\0").encode()


def test_samples_come_back_as_rows() -> None:
    samples = np.array([[1, 2, 3], [4, 5, np.inf]], np.float32)
    event = SamplesEvent.decode(SamplesEvent.of(9, 10, samples).encode())
    assert (event.sequence, event.time_us) == (9, 10)
    np.testing.assert_array_equal(event.samples, samples)
    values = WindowData.decode(WindowData.of(3, samples.ravel()).encode()).values
    np.testing.assert_array_equal(values, samples.ravel())


def test_another_protocol_version_is_told_before_anything_else() -> None:
    with pytest.raises(ProtocolError, match="speaks version 2"):
        decode_identity(b"\x02whatever follows")
    identity = Identity(1, 1024, 0, 1, 2, 3, 4, "b", "f", "", "s")
    assert decode_identity(identity.encode()) == identity


def test_a_rate_of_nothing_is_refused() -> None:
    with pytest.raises(ProtocolError, match="measures nothing"):
        RateAnswer.decode(bytes(4))


@pytest.mark.parametrize(
    "channels",
    [
        [(1, 2, b"x"), (1, 2, b"x")],
        [(0, 2, b"x")],
        [(3, 2, b"x")],
    ],
)
def test_a_list_of_sensors_that_cannot_be_is_refused(
    channels: list[tuple[int, int, bytes]],
) -> None:
    payload = bytes([len(channels)])
    for least, most, name in channels:
        payload += least.to_bytes(4, "little") + most.to_bytes(4, "little")
        payload += bytes([len(name)]) + name + b"\1g\3imu"
    with pytest.raises(ProtocolError, match="SensorList"):
        SensorList.decode(payload)
