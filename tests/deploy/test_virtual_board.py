# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated board keeps every promise of docs/protocol.md, with time in the test's hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.capture.client import SampleBlock
from app.capture.frames import Frame
from app.capture.messages import (
    ERROR_TYPE,
    REQUESTS,
    Flag,
    ProgramBegin,
    ProgramData,
    Refusal,
    Status,
)
from app.core.board import BOARDS, NANO33BLE
from app.deploy.program_file import program_crc
from app.deploy.simulated_hand import CHANNELS, SimulatedHand
from app.deploy.virtual_sensors import SENSORS
from tests.helpers.simulated import Bench
from tests.helpers.virtual_board import PROGRAM, raw, refused

# ---- who it is


@pytest.mark.parametrize("board", BOARDS.values(), ids=BOARDS)
def test_it_says_who_it_is(board) -> None:
    with Bench(board) as bench:
        identity = bench.client.identify()
    flags = Flag.SIMULATED | Flag.SETTINGS | Flag.SELFTEST
    flags |= 0 if board is NANO33BLE else Flag.LINK_SPEED
    assert (identity.protocol, identity.board, identity.flags) == (1, board.id, flags)
    assert identity.program_capacity == board.program_bytes
    assert identity.arena_capacity == board.arena_bytes
    assert identity.clock_hz == board.clock_hz
    assert identity.program_crc == 0


def test_it_prints_a_boot_line_when_the_port_opens(bench: Bench) -> None:
    bench.board.connected()
    assert bench.text.startswith(b"Simulated board")
    assert bench.text.endswith(b"\r\n")


def test_it_lists_a_motion_sensor_and_two_switches(bench: Bench) -> None:
    channels = bench.client.sensors()
    assert [(c.name, c.unit) for c in channels] == [
        *((channel.name, channel.unit) for channel in CHANNELS),
        ("A", ""),
        ("B", ""),
    ]


def test_what_it_does_not_know_it_refuses(bench: Bench) -> None:
    answer = raw(bench, 0x55, b"", tag=200)
    assert (answer.type, answer.tag) == (ERROR_TYPE, 200)
    assert Refusal.decode(answer.payload).status == Status.UNKNOWN_REQUEST
    for type_, payload in ((0x01, b"\0"), (0x03, b"\1"), (0x21, b"\0\0\0\0\1"), (0x30, b"")):
        refusal = Refusal.decode(raw(bench, type_, payload).payload)
        assert (refusal.status, refusal.request) == (Status.BAD_PAYLOAD, type_)


def test_text_and_damaged_frames_are_nothing_to_it(bench: Bench) -> None:
    assert bench.say(b"hello\r\n\0\x01\x02\x03\0") == b""


requests = st.one_of(
    st.builds(
        Frame, st.sampled_from(sorted(REQUESTS)), st.integers(0, 255), st.binary(max_size=40)
    ),
    st.sampled_from(
        [
            Frame(0x10, 1, ProgramBegin(len(PROGRAM), program_crc(PROGRAM)).encode()),
            *(
                Frame(0x11, 2, ProgramData(start, PROGRAM[start : start + 1000]).encode())
                for start in range(0, len(PROGRAM), 1000)
            ),
            Frame(0x12, 3),
            Frame(0x22, 4),
            Frame(0x03, 5, bytes.fromhex("a0860100 02 00 07")),
            Frame(0x30, 6, bytes.fromhex("01000000 00")),
        ]
    ),
)


@given(st.lists(requests, min_size=5, max_size=40), st.binary(max_size=40))
@settings(max_examples=100, deadline=None)
def test_whatever_is_asked_is_answered_once(asked: list[Frame], garbage: bytes) -> None:
    with Bench() as bench:
        for frame in asked:
            answer = raw(bench, frame.type, frame.payload, frame.tag)
            assert answer.tag == frame.tag
            assert answer.type in (frame.type | 0x80, ERROR_TYPE)
            if answer.type == ERROR_TYPE:
                assert Refusal.decode(answer.payload).request == frame.type
            else:
                REQUESTS[frame.type][1].decode(answer.payload)
        bench.pass_time(0.05)
        bench.say(garbage + b"\0")
        assert bench.client.identify().board == "virtual"


# ---- the stream


def test_samples_come_on_the_device_clocks_grid(bench: Bench) -> None:
    bench.wall_s = 5.0
    blocks: list[SampleBlock] = []
    assert bench.client.start_stream(100.0, [2, 0, 6], blocks.append) == 100.0
    bench.pass_time(1.0, steps=7)
    samples = np.concatenate([block.samples for block in blocks])
    expected = SimulatedHand(1).samples(101, 100.0)
    np.testing.assert_array_equal(samples[:, :2], expected[:, [2, 0]])
    assert set(samples[:, 2].tolist()) <= {0.0, 1.0}
    for block in blocks:
        assert block.time_us == 5_000_000 + block.sequence * 10_000
    assert sum(block.lost for block in blocks) == 0
    bench.client.stop_stream()
    bench.pass_time(1.0)
    assert sum(len(block.samples) for block in blocks) == 101


def test_the_switches_show_all_four_pairs(bench: Bench) -> None:
    blocks: list[SampleBlock] = []
    bench.client.start_stream(10.0, [6, 7], blocks.append)
    bench.pass_time(16.0, steps=16)
    pairs = np.concatenate([block.samples for block in blocks])
    assert {tuple(pair) for pair in pairs.tolist()} == {(0, 0), (0, 1), (1, 0), (1, 1)}


@pytest.mark.parametrize(("asked", "real"), [(5_000.0, 1_000.0), (0.5, 1.0), (33.333, 33.333)])
def test_it_says_which_rate_it_really_has(bench: Bench, asked: float, real: float) -> None:
    assert bench.client.start_stream(asked, [0], lambda _: None) == real


def test_what_the_host_does_not_read_shows_as_lost(bench: Bench) -> None:
    blocks: list[SampleBlock] = []
    bench.client.start_stream(100.0, range(len(SENSORS)), blocks.append)
    bench.pass_time(0.1)
    bench.deaf = True
    bench.pass_time(3.0, steps=30)
    bench.deaf = False
    bench.pass_time(0.1)
    assert [block.lost for block in blocks if block.lost] == [300]
    got = sum(len(block.samples) for block in blocks)
    assert got + 300 == 321


def test_a_board_that_stood_still_counts_what_it_missed(bench: Bench) -> None:
    blocks: list[SampleBlock] = []
    bench.client.start_stream(1000.0, [0], blocks.append)
    bench.pass_time(60.0)
    assert blocks[0].lost == 60_001 - 4_096
    assert sum(len(block.samples) for block in blocks) == 4_096


def test_a_stream_that_is_started_again_counts_from_zero(bench: Bench) -> None:
    blocks: list[SampleBlock] = []
    bench.client.start_stream(100.0, [0], blocks.append)
    bench.pass_time(1.0)
    again: list[SampleBlock] = []
    bench.client.start_stream(50.0, [0, 1], again.append)
    bench.pass_time(1.0)
    assert again[0].sequence == 0
    assert sum(len(block.samples) for block in again) == 51


def test_a_channel_it_lacks_is_refused(bench: Bench) -> None:
    with refused(Status.BAD_PAYLOAD, "8 channels"):
        bench.client.start_stream(100.0, [8], lambda _: None)


def test_the_hand_does_what_it_is_told(bench: Bench) -> None:
    blocks: list[SampleBlock] = []
    bench.client.act("shake", 3, 0)
    bench.client.start_stream(100.0, range(6), blocks.append)
    bench.pass_time(2.0)
    hand = SimulatedHand(1)
    hand.act("shake", 3, 0)
    samples = np.concatenate([block.samples for block in blocks])
    np.testing.assert_array_equal(samples, hand.samples(201, 100.0))
    with refused(Status.BAD_PAYLOAD, "fly"):
        bench.client.act("fly", 0, 0)
