# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated board keeps every promise of docs/protocol.md, with time in the test's hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.capture import client as client_module
from app.capture.client import BoardClient, RunResult, SampleBlock
from app.capture.frames import Demultiplexer, Frame, encode_frame
from app.capture.messages import (
    ERROR_TYPE,
    REQUESTS,
    AskProgram,
    ProgramBegin,
    ProgramData,
    ProgramEnd,
    ProgramInfo,
    Refusal,
    RunFormat,
    Status,
    WindowAnswer,
)
from app.capture.wire import Structure
from app.core.board import BOARDS, ESP32
from app.core.errors import BoardError, PortError
from app.core.recording import Channel, Samples
from app.deploy.engine import Engine
from app.deploy.program import BoardProgram, program_crc
from app.deploy.simulated_hand import CHANNELS, SimulatedHand
from app.deploy.virtual_board import BoardDiedError
from app.deploy.virtual_faults import Faults
from app.deploy.virtual_measuring import MAX_PAYLOAD
from app.deploy.virtual_model import Answer, Refused
from app.deploy.virtual_sensors import SENSORS
from tests.helpers.simulated import GOLDEN, Bench, motion_program

PROGRAM = (GOLDEN / "program.bin").read_bytes()
PARSED = BoardProgram.parse(PROGRAM)
TYPES = {ProgramBegin: 0x10, ProgramData: 0x11, ProgramEnd: 0x12, AskProgram: 0x13}


@pytest.fixture
def bench():
    """A board that has been identified: from then on it sends its longest frames."""
    with Bench() as made:
        made.client.identify()
        yield made


@pytest.fixture(scope="module")
def vectors():
    """Windows ``(n, 16, 3)`` and the int8 outputs ``(n, 3)`` that the golden program gives."""
    entries = json.loads((GOLDEN / "vectors.json").read_text())
    bits = np.array([[int(word, 16) for word in entry["window"]] for entry in entries], np.uint32)
    outputs = np.array([entry["output"] for entry in entries], np.int8)
    return bits.view(np.float32).reshape(-1, 16, 3), outputs


@contextmanager
def refused(status: Status, named: str | None = None) -> Iterator[None]:
    """The board refuses with ``status`` and names ``named``."""
    with pytest.raises(BoardError, match=named) as refusal:
        yield
    assert refusal.value.status == status


def raw(bench: Bench, type_: int, payload: bytes, tag: int = 9) -> Frame:
    """The one frame with which the board answers bytes of the test's making."""
    answer = bench.say(encode_frame(Frame(type_, tag, payload)))
    (frame,) = Demultiplexer(MAX_PAYLOAD).feed(answer).frames
    return frame


def ask(bench: Bench, request: Structure) -> Frame:
    return raw(bench, TYPES[type(request)], request.encode())


# ---- who it is


@pytest.mark.parametrize("board", BOARDS.values(), ids=BOARDS)
def test_it_says_who_it_is(board) -> None:
    with Bench(board) as bench:
        identity = bench.client.identify()
    assert (identity.protocol, identity.board, identity.flags) == (1, board.id, 1)
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
    with refused(Status.BAD_PAYLOAD, "0 to 7"):
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


# ---- the program


def test_a_program_is_kept_and_named(bench: Bench) -> None:
    with refused(Status.NO_PROGRAM):
        bench.client.program_info()
    info = bench.client.send_program(PROGRAM)
    crc = program_crc(PROGRAM)
    assert info == ProgramInfo(crc, 16, 62_500, 3, 3, PARSED.arena_bytes)
    assert bench.client.program_info() == info
    assert bench.client.identify().program_crc == crc
    bench.board.disconnected()
    assert bench.client.program_info() == info
    bench.client.erase_program()
    with refused(Status.NO_PROGRAM):
        bench.client.program_info()


def test_pieces_and_ends_may_be_repeated(bench: Bench) -> None:
    for request in (
        ProgramBegin(len(PROGRAM), program_crc(PROGRAM)),
        ProgramData(0, PROGRAM[:500]),
        ProgramData(0, PROGRAM[:500]),
        ProgramData(700, b"beyond a gap"),
    ):
        answer = ask(bench, request)
    assert answer.payload == (500).to_bytes(4, "little")
    for start in range(500, len(PROGRAM), 1000):
        ask(bench, ProgramData(start, PROGRAM[start : start + 1000]))
    first, second = ask(bench, ProgramEnd()), ask(bench, ProgramEnd())
    assert first == second
    assert ProgramInfo.decode(first.payload).program_crc == program_crc(PROGRAM)


def damaged(place: int) -> bytes:
    return PROGRAM[:place] + bytes([PROGRAM[place] ^ 1]) + PROGRAM[place + 1 :]


@pytest.mark.parametrize(
    ("program", "status", "named"),
    [
        (damaged(len(PROGRAM) // 2), Status.BAD_PROGRAM, "damaged"),
        (damaged(0), Status.BAD_PROGRAM, "not a board program"),
        (b"short", Status.BAD_PROGRAM, "not a board program"),
        (bytes(600_000), Status.NO_ROOM, "600000 bytes"),
        (replace(PARSED, arena_bytes=1 << 20).to_bytes(), Status.NO_ROOM, "1048576 bytes"),
    ],
)
def test_a_program_it_cannot_run_is_refused(
    bench: Bench, program: bytes, status: Status, named: str
) -> None:
    bench.client.send_program(PROGRAM)
    with refused(status, named):
        bench.client.send_program(program)
    with refused(Status.NO_PROGRAM):
        bench.client.program_info()


def test_what_comes_out_of_turn_is_refused(bench: Bench) -> None:
    def status(request: Structure) -> int:
        return Refusal.decode(ask(bench, request).payload).status

    assert status(ProgramData(0, b"x")) == Status.NOT_BEGUN
    assert status(ProgramEnd()) == Status.NOT_BEGUN
    ask(bench, ProgramBegin(100, 7))
    assert status(ProgramEnd()) == Status.BAD_PROGRAM
    assert status(ProgramData(0, bytes(101))) == Status.BAD_PAYLOAD
    ask(bench, ProgramData(0, bytes(100)))
    assert status(ProgramEnd()) == Status.BAD_PROGRAM  # not the one that was announced


# ---- a window from the host


def test_the_golden_windows_get_the_golden_bytes(bench: Bench, vectors) -> None:
    windows, outputs = vectors
    bench.client.send_program(PROGRAM)
    for window, output in zip(windows, outputs, strict=True):
        result = bench.client.run_window(window, PARSED.input.channels, 62.5)
        np.testing.assert_array_equal(result.output, output)
        assert result.top == int(output.argmax())


def test_channels_are_taken_by_name(bench: Bench, vectors) -> None:
    windows, outputs = vectors
    bench.client.send_program(PROGRAM)
    first, second, third = PARSED.input.channels
    mixed = np.column_stack([windows[0][:, 2], np.full(16, 9.0), windows[0][:, [1, 0]]])
    channels = [
        Channel(third.name.upper(), "bar"),  # the program does not ask for its unit
        Channel("not needed", "kg"),
        second,
        Channel(first.name, ""),  # nobody said which unit
    ]
    result = bench.client.run_window(mixed.astype(np.float32), channels, 62.5 * 1.009)
    np.testing.assert_array_equal(result.output, outputs[0])


def test_a_window_that_does_not_fit_is_refused_by_name(bench: Bench, vectors) -> None:
    window = vectors[0][0]
    ax, temperature, p = PARSED.input.channels
    run = bench.client.run_window
    with refused(Status.NO_PROGRAM):
        run(window, (ax, temperature, p), 62.5)
    bench.client.send_program(PROGRAM)
    with refused(Status.CHANNEL_MISMATCH, "température"):
        run(window[:, :2], (ax, p), 62.5)
    with refused(Status.UNIT_MISMATCH, "température is in °F; the model needs °C"):
        run(window, (ax, Channel("température", "°F"), p), 62.5)
    with refused(Status.RATE_MISMATCH, "62.5 Hz, offered are 60 Hz"):
        run(window, (ax, temperature, p), 60.0)
    with refused(Status.LENGTH_MISMATCH, "16 samples, the window has 15"):
        run(window[:15], (ax, temperature, p), 62.5)


def test_a_window_must_come_whole_and_in_turn(bench: Bench) -> None:
    def status(type_: int, payload: bytes) -> int:
        return Refusal.decode(raw(bench, type_, payload).payload).status

    bench.client.send_program(motion_program())
    assert status(0x21, b"\0\0\0\0") == Status.NOT_BEGUN
    assert status(0x22, b"") == Status.NOT_BEGUN
    begin = bytes.fromhex("a0860100 10000000 03 026178 00 026179 00 02617a 00")
    assert raw(bench, 0x20, begin).type == 0xA0
    assert status(0x22, b"") == Status.LENGTH_MISMATCH
    assert status(0x21, b"\0\0\0\0" + bytes(4 * 49)) == Status.BAD_PAYLOAD
    assert raw(bench, 0x21, b"\0\0\0\0" + bytes(4 * 48)).payload == (48).to_bytes(4, "little")
    answers = [WindowAnswer.decode(raw(bench, 0x22, b"").payload) for _ in range(2)]
    assert answers[0].output == answers[1].output


def test_a_repeated_slow_request_is_answered_once(bench: Bench) -> None:
    bench.client.send_program(motion_program())
    bench.client.run_window(np.zeros((16, 3), np.float32), CHANNELS[:3], 100.0)
    answers = bench.say(encode_frame(Frame(0x22, 77, b"")) * 2)
    (answer,) = Demultiplexer(MAX_PAYLOAD).feed(answers).frames
    assert (answer.type, answer.tag) == (0xA2, 77)


# ---- the model on its own sensor


def test_it_runs_on_its_own_sensor_with_the_engines_bytes(bench: Bench) -> None:
    program = motion_program()
    bench.client.send_program(program)
    results: list[RunResult] = []
    blocks: list[SampleBlock] = []
    assert bench.client.start_run(10, results.append) == 100.0
    bench.client.start_stream(100.0, [0, 1, 2], blocks.append)
    bench.pass_time(1.0, steps=50)
    samples = np.concatenate([block.samples for block in blocks])
    engine = Engine(BoardProgram.parse(program))
    starts = range(0, len(samples) - 15, 10)
    assert [result.sequence for result in results] == [*range(len(starts))]
    for start, result in zip(starts, results, strict=True):
        np.testing.assert_array_equal(result.output, engine.run(samples[start : start + 16]))
        assert result.time_us == (start + 15) * 10_000
        assert result.top == int(result.output.argmax())
        assert result.lost == 0
    bench.client.stop_run()
    bench.pass_time(1.0)
    assert len(results) == len(starts)
    assert len(blocks) > 0


def test_it_prints_scores_as_lines_on_request(bench: Bench) -> None:
    bench.client.send_program(motion_program(labels=("up", "down", "to the: left")))
    bench.client.start_run(16, run_format=RunFormat.TEXT)
    bench.pass_time(1.0, steps=50)
    lines = bench.text.decode().splitlines()
    assert len(lines) == 6
    for line in lines:
        names, scores = zip(*(pair.split(":") for pair in line.split(",")), strict=True)
        assert names == ("up", "down", "to_the__left")
        assert sum(map(float, scores)) == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize(
    ("channels", "rate_hz", "status", "named"),
    [
        ((Channel("ax"), Channel("mx"), Channel("az")), 100.0, Status.CHANNEL_MISMATCH, "mx"),
        ((Channel("ax", "m/s²"), *CHANNELS[1:3]), 100.0, Status.UNIT_MISMATCH, "ax is in g"),
        (CHANNELS[:3], 4_000.0, Status.RATE_MISMATCH, "4000 Hz, offered are 1000 Hz"),
    ],
)
def test_a_model_its_sensors_cannot_feed_is_refused_by_name(
    bench: Bench, channels: tuple[Channel, ...], rate_hz: float, status: Status, named: str
) -> None:
    bench.client.send_program(motion_program(channels, rate_hz))
    with refused(status, named):
        bench.client.start_run(16)
    bench.pass_time(1.0)
    bench.client.erase_program()  # it does not run


def test_it_measures_at_one_rate_only(bench: Bench) -> None:
    bench.client.send_program(motion_program())
    bench.client.start_stream(50.0, [0], lambda _: None)
    with refused(Status.BUSY, "50 Hz"):
        bench.client.start_run(16)
    bench.client.stop_stream()
    bench.client.start_run(16)
    with refused(Status.BUSY, "100 Hz"):
        bench.client.start_stream(50.0, [0], lambda _: None)


def test_it_takes_no_program_or_window_while_it_measures(bench: Bench) -> None:
    bench.client.send_program(motion_program())
    bench.client.start_run(16)
    with refused(Status.BUSY):
        bench.client.send_program(PROGRAM)
    with refused(Status.BUSY):
        bench.client.erase_program()
    with refused(Status.BUSY):
        bench.client.run_window(np.zeros((16, 3), np.float32), CHANNELS[:3], 100.0)
    assert bench.client.program_info().window == 16
    bench.client.stop_run()
    bench.client.erase_program()


class Unable:
    """A model that its engine refuses to run."""

    channels = CHANNELS[:1]
    info = ProgramInfo(1, 4, 100_000, 1, 1, 0)

    def answer(self, _: Samples) -> Answer:
        raise Refused(Status.BAD_PROGRAM, "The kernels refuse.")

    def scores(self, _: NDArray[np.int8]) -> tuple[tuple[str, float], ...]:
        raise AssertionError


def test_a_model_that_cannot_be_run_ends_the_run_and_says_so() -> None:
    with Bench(load=lambda _, __: Unable()) as bench:
        said: list[str] = []
        bench.client.close()
        bench.client = BoardClient(bench, on_log=said.append)
        bench.client.send_program(b"1234")
        with refused(Status.BAD_PROGRAM, "kernels"):
            bench.client.run_window(np.zeros((4, 1), np.float32), CHANNELS[:1], 100.0)
        bench.client.start_run(1)
        bench.pass_time(0.1)
        assert said == ["The kernels refuse."]
        bench.client.erase_program()


def test_a_board_that_cannot_keep_up_skips_windows_and_counts_them(bench: Bench) -> None:
    bench.client.send_program(motion_program())
    results: list[RunResult] = []
    bench.client.start_run(1, results.append)
    bench.pass_time(1.0)  # 86 windows at once
    bench.pass_time(0.01)
    assert 0 < len(results) < 87
    assert results[-1].sequence == 86
    assert sum(result.lost for result in results) + len(results) == 87


def test_when_the_host_leaves_all_but_the_program_ends(bench: Bench) -> None:
    blocks: list[SampleBlock] = []
    bench.client.send_program(motion_program())
    bench.client.start_run(16)
    bench.client.start_stream(100.0, [0], blocks.append)
    bench.board.disconnected()
    bench.pass_time(1.0)
    assert blocks == []
    assert bench.client.program_info().window == 16


# ---- faults


def test_a_corrupted_output_differs_in_one_value(vectors) -> None:
    windows, outputs = vectors
    with Bench(faults=Faults(corrupt_output=1)) as bench:
        bench.client.send_program(PROGRAM)
        result = bench.client.run_window(windows[0], PARSED.input.channels, 62.5)
    assert (result.output != outputs[0]).tolist() == [True, False, False]


def test_a_failed_sensor_is_said() -> None:
    with Bench(faults=Faults(sensor_failed=1)) as bench:
        with refused(Status.SENSOR_FAILED):
            bench.client.start_stream(100.0, [0], lambda _: None)
        bench.client.send_program(motion_program())
        with refused(Status.SENSOR_FAILED):
            bench.client.start_run(1)


def test_no_program_fits_on_request() -> None:
    with Bench(ESP32, Faults(no_room=1)) as bench, refused(Status.NO_ROOM):
        bench.client.send_program(PROGRAM)


def test_a_mute_board_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "IDENTIFY_EVERY_S", 0.02)
    with Bench(faults=Faults(mute=1)) as bench, pytest.raises(PortError, match="not answer"):
        bench.client.identify(patience_s=0.04)


def test_it_can_die_in_the_middle_of_a_program() -> None:
    with Bench(faults=Faults(die_in_program=1_000)) as bench, pytest.raises(BoardDiedError):
        bench.client.send_program(PROGRAM)


def test_lost_frames_are_made_up_for_by_repeating(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "ANSWER_S", (0.02,) * 20)
    with Bench(faults=Faults(drop_frames=0.2, corrupt_frames=0.2)) as bench:
        assert bench.client.send_program(PROGRAM) is not None
        assert bench.client.program_info().program_crc == program_crc(PROGRAM)
    assert bench.client.damaged > 0
