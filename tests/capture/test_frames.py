# SPDX-License-Identifier: GPL-3.0-or-later
"""COBS, the CRC, and frames found in the midst of text, however the bytes are cut or damaged."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.capture.frames import (
    LARGEST_MAX_PAYLOAD,
    Demultiplexer,
    Drop,
    Frame,
    FrameError,
    Received,
    cobs_decode,
    cobs_encode,
    decode_frame,
    encode_frame,
    encoded_limit,
)

payloads = st.one_of(
    st.binary(max_size=256),
    st.integers(0, 255).flatmap(lambda byte: st.integers(0, 256).map(lambda n: bytes([byte]) * n)),
)
frames = st.builds(Frame, st.integers(0, 255), st.integers(0, 255), payloads)
printed = st.text(max_size=40).map(lambda s: s.replace("\0", "").encode())


def feed_in_pieces(data: bytes, cuts: list[int], max_payload: int = 256) -> Received:
    """All that a fresh demultiplexer finds in ``data``, cut at ``cuts``."""
    demultiplexer = Demultiplexer(max_payload)
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    parts = [demultiplexer.feed(data[start:stop]) for start, stop in pairwise(edges)]
    return Received(
        tuple(frame for part in parts for frame in part.frames),
        b"".join(part.text for part in parts),
        dict(sum((Counter(part.dropped) for part in parts), Counter())),
    )


# The examples of Wikipedia's article "Consistent Overhead Byte Stuffing".
@pytest.mark.parametrize(
    ("data", "encoded"),
    [
        ("00", "0101"),
        ("0000", "010101"),
        ("001100", "01021101"),
        ("11220033", "0311220233"),
        ("11223344", "0511223344"),
        ("11000000", "0211010101"),
        (bytes(range(1, 255)).hex(), "ff" + bytes(range(1, 255)).hex()),
        ("00" + bytes(range(1, 255)).hex(), "01ff" + bytes(range(1, 255)).hex()),
        (bytes(range(1, 256)).hex(), "ff" + bytes(range(1, 255)).hex() + "02ff"),
        (bytes(range(2, 256)).hex() + "00", "ff" + bytes(range(2, 256)).hex() + "0101"),
        (bytes(range(3, 256)).hex() + "0001", "fe" + bytes(range(3, 256)).hex() + "0201"),
    ],
)
def test_cobs_agrees_with_the_published_vectors(data: str, encoded: str) -> None:
    assert cobs_encode(bytes.fromhex(data)).hex() == encoded
    assert cobs_decode(bytes.fromhex(encoded)).hex() == data


@given(st.binary(max_size=600))
def test_cobs_has_no_zero_and_comes_back(data: bytes) -> None:
    encoded = cobs_encode(data)
    assert 0 not in encoded
    assert len(encoded) <= len(data) + len(data) // 254 + 1
    assert cobs_decode(encoded) == data


def test_an_empty_run_after_254_bytes_decodes_too() -> None:
    run = bytes(range(1, 255))
    assert cobs_decode(b"\xff" + run + b"\x01") == run


@given(frames)
def test_a_frame_comes_back_within_its_limit(frame: Frame) -> None:
    wire = encode_frame(frame)
    assert wire[0] == wire[-1] == 0
    assert 0 not in wire[1:-1]
    assert len(wire) - 2 <= encoded_limit(len(frame.payload))
    assert decode_frame(wire[1:-1]) == frame


@given(frames, st.data())
def test_a_changed_byte_is_never_accepted(frame: Frame, data: st.DataObject) -> None:
    encoded = bytearray(encode_frame(frame)[1:-1])
    place = data.draw(st.integers(0, len(encoded) - 1))
    encoded[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(FrameError):
        decode_frame(bytes(encoded))


@given(st.binary(max_size=80))
def test_garbage_is_refused_with_a_reason(garbage: bytes) -> None:
    with pytest.raises(FrameError) as refused:
        decode_frame(garbage, max_payload=32)
    assert isinstance(refused.value.reason, Drop)


def test_a_payload_that_fits_no_frame_is_not_sent() -> None:
    with pytest.raises(ValueError, match="fits no frame"):
        encode_frame(Frame(1, 0, bytes(LARGEST_MAX_PAYLOAD + 1)))


@given(st.lists(st.one_of(frames, printed), max_size=8), st.lists(st.integers(0), max_size=12))
def test_frames_and_text_part_however_they_are_cut(
    items: list[Frame | bytes], cuts: list[int]
) -> None:
    wire = b"".join(encode_frame(item) if isinstance(item, Frame) else item for item in items)
    received = feed_in_pieces(wire, cuts)
    assert received.frames == tuple(item for item in items if isinstance(item, Frame))
    assert received.text == b"".join(item for item in items if isinstance(item, bytes))
    assert not received.dropped


@given(st.binary(max_size=900), st.lists(st.integers(0), max_size=12))
@settings(max_examples=200)
def test_any_bytes_read_the_same_however_they_are_cut(data: bytes, cuts: list[int]) -> None:
    assert feed_in_pieces(data, cuts) == feed_in_pieces(data, [])


@given(frames, frames, st.data())
def test_one_damaged_byte_costs_one_frame(first: Frame, second: Frame, data: st.DataObject) -> None:
    wire = bytearray(encode_frame(first))
    place = data.draw(st.integers(0, len(wire) - 1))
    wire[place] ^= data.draw(st.integers(1, 255))
    received = Demultiplexer().feed(bytes(wire) + encode_frame(second))
    assert received.frames == (second,)


@given(st.binary(max_size=400), frames)
def test_after_any_garbage_a_zero_byte_is_enough_to_hear_again(
    garbage: bytes, frame: Frame
) -> None:
    demultiplexer = Demultiplexer()
    demultiplexer.feed(garbage)
    # The first of two equal frames may close the garbage; one of them always arrives.
    received = demultiplexer.feed(encode_frame(frame) * 2)
    assert frame in received.frames


def test_text_is_handed_on_at_once() -> None:
    demultiplexer = Demultiplexer()
    demultiplexer.feed(encode_frame(Frame(0x81, 1)))
    assert demultiplexer.feed(b"ax:1").text == b"ax:1"


def test_lines_that_end_with_a_zero_byte_stay_text() -> None:
    received = Demultiplexer().feed(b"ax:1\r\n\0ax:2\r\n\0ax:3\r\n\0")
    assert received == Received(text=b"ax:1\r\nax:2\r\nax:3\r\n")


def test_a_stray_zero_byte_holds_text_back_for_one_frame_at_most() -> None:
    demultiplexer = Demultiplexer()
    line = b"ax:0.01,ay:0.02\r\n"
    text = b"".join(demultiplexer.feed(data).text for data in [b"\0", *[line] * 40])
    assert text == line * 40


@pytest.mark.parametrize(
    ("encoded", "reason"),
    [
        (encode_frame(Frame(0x40, 0, bytes(257)))[1:-1], Drop.TOO_LONG),
        (encode_frame(Frame(0x40, 0, bytes(300)))[1:-1], Drop.TOO_LONG),
        (cobs_encode(b"\x81\x01\x00\x00\x00"), Drop.TOO_SHORT),
        (b"\x09\x81\x01", Drop.BAD_COBS),
        (cobs_encode(b"\x81\x01\x00\x00\x00\x00"), Drop.BAD_CRC),
    ],
)
def test_what_is_dropped_is_counted_with_its_reason(encoded: bytes, reason: Drop) -> None:
    assert Demultiplexer().feed(b"\0" + encoded + b"\0").dropped == {reason: 1}


@pytest.mark.parametrize("byte", [b"\x01", b"\x00", b"a", b"\xff"])
def test_memory_is_bounded_whatever_comes(byte: bytes) -> None:
    demultiplexer = Demultiplexer()
    text_bytes = 0
    for _ in range(200):
        text_bytes += len(demultiplexer.feed(b"\0" + byte * 5_000).text)
        assert len(demultiplexer._held) <= encoded_limit(256)
    expected = {b"\x01": 200 * (5_000 - encoded_limit(256) - 1), b"\x00": 0}
    assert text_bytes == expected.get(byte, 200 * 5_000)


def test_a_longer_frame_is_heard_once_the_limit_is_raised() -> None:
    frame = Frame(0x40, 0, bytes(1_000))
    demultiplexer = Demultiplexer()
    assert not demultiplexer.feed(encode_frame(frame)).frames
    demultiplexer.max_payload = 1_024
    assert demultiplexer.feed(encode_frame(frame)).frames == (frame,)
