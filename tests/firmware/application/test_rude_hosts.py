# SPDX-License-Identifier: GPL-3.0-or-later
"""Repeated, damaged and random requests do a board no harm."""

from __future__ import annotations

import struct
import sys

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.capture.frames import Frame, encode_frame
from app.capture.messages import (
    REQUESTS,
    ProgramBegin,
    ProgramData,
    WindowData,
)
from app.deploy.program_file import program_crc
from tests.firmware.application.common import (
    OWN_PROGRAM,
    THREE_PINS,
    VOLTS,
    window_begin,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")


def requests(program: bytes) -> list[tuple[int, bytes]]:
    """One of each request, in an order in which all but the last few are granted."""
    return [
        (0x01, b""),
        (0x51, THREE_PINS.to_bytes()),
        (0x50, b""),
        (0x02, b""),
        (0x60, b"\0\0"),
        (0x06, b"anything"),
        (0x10, ProgramBegin(len(program), program_crc(program)).encode()),
        *(
            (0x11, ProgramData(start, program[start : start + 1500]).encode())
            for start in range(0, len(program), 1500)
        ),
        (0x12, b""),
        (0x13, b""),
        (0x20, window_begin(VOLTS)),
        (0x21, WindowData.of(0, np.ones(48, np.float32)).encode()),
        (0x22, b""),
        (0x30, struct.pack("<IB", 8, 0)),
        (0x03, struct.pack("<IBB", 100_000, 1, 0)),
        (0x04, b""),
        (0x05, struct.pack("<I", 115_200)),
        (0x31, b""),
        (0x14, b""),
    ]


def test_every_request_may_be_repeated(board):
    for type_, payload in requests(OWN_PROGRAM):
        first = board.ask(type_, payload, tag=5)
        again = board.ask(type_, payload, tag=5)
        assert first.type == again.type == type_ | 0x80
        if type_ not in (0x06, 0x22, 0x60):  # these tell times
            assert first.payload == again.payload


def test_garbage_between_frames_does_no_harm(board):
    cut = encode_frame(Frame(0x02, 7, b""))[:-2]
    flipped = bytearray(encode_frame(Frame(0x14, 7, b"")))
    flipped[3] ^= 0x10
    endless = b"\0" + b"x" * 5000
    for noise in (b"hello\r\n", b"\0", b"\0\0\0", cut + b"\0", bytes(flipped), endless):
        assert board.ask(0x01, noise=noise).type == 0x81


frames = st.builds(
    Frame,
    st.one_of(st.sampled_from(sorted(REQUESTS)), st.integers(0, 255)),
    st.integers(128, 255),  # tags that the client beside it does not come to
    st.one_of(st.binary(max_size=64), st.binary(min_size=4, max_size=8)),
)
chunks = st.lists(st.one_of(frames.map(encode_frame), st.binary(max_size=40)), max_size=12)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(chunks)
def test_random_bytes_never_crash_it(victim, sent):
    victim.link.write(b"".join(sent))
    # A speed that nobody proves is left again after a while.
    assert victim.client.identify(8.0).board == "host"
