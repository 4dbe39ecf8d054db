# SPDX-License-Identifier: GPL-3.0-or-later
"""What all boards share keeps the promises of ``docs/protocol.md``: the firmware in a process, with
AddressSanitizer and UndefinedBehaviorSanitizer, driven by the studio's own client over a pty."""

from __future__ import annotations

import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.capture.client import RunResult, SampleBlock
from app.capture.frames import Frame, encode_frame
from app.capture.messages import (
    ERROR_TYPE,
    REQUESTS,
    Flag,
    ProgramBegin,
    ProgramData,
    ReceivedAnswer,
    Refusal,
    RunFormat,
    Status,
    WindowBegin,
    WindowChannel,
    WindowData,
)
from app.core.board_settings import Action, ActionKind, BoardSettings
from app.core.errors import BoardError
from app.core.recording import Channel
from app.deploy import selftest
from app.deploy.engine import Engine
from app.deploy.program import BoardProgram
from app.deploy.program_file import program_crc
from tests.helpers.golden_programs import GOLDEN, NAMES, golden_program, golden_vectors, sealed
from tests.helpers.host_board import HostBoard
from tests.helpers.ports import wait_until
from tests.helpers.simulated import motion_program

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")

PROGRAM = (GOLDEN / "network-generic.bin").read_bytes()
THREE_PINS = BoardSettings(analogue_pins=(0, 1, 2))
ON_THE_BUS = BoardSettings(analogue_pins=(0,), i2c_sda=2, i2c_scl=3)
VOLTS = tuple(Channel(f"adc{pin}", "V") for pin in range(3))
OWN_PROGRAM = motion_program(VOLTS)
FLASH_BYTES = 512 * 1024


@pytest.fixture
def board(sanitised, tmp_path) -> Iterator[HostBoard]:
    started = HostBoard(sanitised / "board", tmp_path / "flash")
    started.client.identify()
    yield started
    started.close()


@pytest.fixture(scope="module")
def victim(sanitised, tmp_path_factory) -> Iterator[HostBoard]:
    """One board for many rude hosts."""
    started = HostBoard(sanitised / "board", tmp_path_factory.mktemp("victim") / "flash")
    started.client.identify()
    yield started
    started.close()


@contextmanager
def refused(status: Status, named: str | None = None) -> Iterator[None]:
    with pytest.raises(BoardError, match=named) as refusal:
        yield
    assert refusal.value.status == status


def refusal_of(frame: Frame) -> Refusal:
    assert frame.type == ERROR_TYPE
    return Refusal.decode(frame.payload)


# ---- who it is, what it measures


def test_it_says_who_it_is(board):
    identity = board.client.identify()
    assert (identity.protocol, identity.board) == (1, "host")
    assert identity.flags == Flag.SETTINGS | Flag.SELFTEST
    assert identity.program_capacity == FLASH_BYTES
    assert identity.program_crc == 0


def test_what_it_does_not_know_it_refuses(board):
    for payload in (b"", b"\1"):
        refusal = refusal_of(board.ask(0x55, payload))
        assert (refusal.status, refusal.request) == (Status.UNKNOWN_REQUEST, 0x55)


@pytest.mark.parametrize("type_", [type_ for type_ in REQUESTS if type_ < 0x70], ids=hex)
def test_a_payload_that_is_too_long_is_refused(board, type_):
    status = refusal_of(board.ask(type_, b"\1" * 2000)).status
    open_ended = {0x11: Status.NOT_BEGUN, 0x21: Status.NOT_BEGUN, 0x51: Status.NO_ROOM}
    assert status == open_ended.get(type_, Status.BAD_PAYLOAD)


def test_pins_that_are_set_become_channels(board):
    assert board.client.sensors() == ()
    board.client.write_settings(BoardSettings(analogue_pins=(2, 0), touch_pins=(3,)))
    listed = [(c.name, c.unit, c.sensor) for c in board.client.sensors()]
    assert listed == [("adc2", "V", "adc"), ("adc0", "V", "adc"), ("touch3", "", "touch")]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (BoardSettings(analogue_pins=(9,)), "analogue"),
        (BoardSettings(touch_pins=(9,)), "touch"),
        (BoardSettings(actions=(Action(0, ActionKind.SET, pin=9),)), "must not be driven"),
        (BoardSettings(i2c_sda=8, i2c_scl=9), "bus"),
    ],
)
def test_settings_it_cannot_follow_change_nothing(board, wrong, why):
    board.client.write_settings(THREE_PINS)
    with refused(Status.BAD_PAYLOAD, why):
        board.client.write_settings(wrong)
    assert board.client.settings() == THREE_PINS


def test_it_tests_itself(board):
    items = list(board.client.selftest())
    assert [item.item for item in items] == [0, 1, 2, 3]
    assert all(item.passed and item.text for item in items)


def test_the_studio_checks_it(board, monkeypatch):
    monkeypatch.setattr(selftest, "STREAM_S", 0.3)
    board.client.write_settings(THREE_PINS)
    report = selftest.selftest(board.client)
    assert [check.passed for check in report.checks[:2]] == [True, True]
    assert len(report.checks) == 2 + 4
    assert "samples" in str(report.checks[3].found)  # how late they were, by the board's word


# ---- streaming


def test_a_stream_has_no_gap_and_a_steady_clock(board):
    board.client.write_settings(BoardSettings(analogue_pins=(0,), touch_pins=(3, 1)))
    blocks: list[SampleBlock] = []
    assert board.client.start_stream(200.0, [1, 0, 2], blocks.append) == 200.0
    wait_until(lambda: sum(len(block.samples) for block in blocks) >= 400)
    board.client.stop_stream()
    samples = np.concatenate([block.samples for block in blocks])
    assert [block.lost for block in blocks] == [0] * len(blocks)
    assert blocks[0].sequence == 0
    assert (samples[:, 0] == 300).all()
    assert (samples[:, 2] == 100).all()
    assert 0 <= samples[:, 1].min() < samples[:, 1].max() <= 3.0
    seconds = (blocks[-1].time_us - blocks[0].time_us) / 1e6
    assert (blocks[-1].sequence - blocks[0].sequence) / seconds == pytest.approx(200, rel=0.05)
    quiet = len(blocks)
    board.client.identify()
    assert len(blocks) == quiet


def test_rates_beyond_what_it_can_do_become_the_nearest(board):
    board.client.write_settings(THREE_PINS)
    assert board.client.start_stream(5000.0, [0], lambda _: None) == 1000.0
    assert board.client.start_stream(0.001, [0], lambda _: None) == 0.1


def test_a_stream_of_what_is_not_there_is_refused(board):
    board.client.write_settings(THREE_PINS)
    with refused(Status.BAD_PAYLOAD):
        board.client.start_stream(100.0, [3], lambda _: None)


# ---- a part on the bus


def test_a_part_on_the_bus_is_found_and_read(board):
    board.client.write_settings(ON_THE_BUS)
    listed = [(c.name, c.unit, c.sensor) for c in board.client.sensors()]
    assert listed == [(name, "g", "ADXL345") for name in ("ax", "ay", "az")] + [
        ("adc0", "V", "adc")
    ]
    blocks: list[SampleBlock] = []
    board.client.start_stream(100.0, [2, 0], blocks.append)
    wait_until(lambda: sum(len(block.samples) for block in blocks) >= 30)
    samples = np.concatenate([block.samples for block in blocks])[:30]
    assert (samples[:, 0] == 1.0).all()
    assert np.allclose(np.diff(samples[:, 1] * 256) % 256, 1)  # each was read once
    board.restart()
    assert len(board.client.sensors()) == 4


def test_a_part_that_is_pulled_is_told_and_the_rest_goes_on(board):
    board.client.write_settings(ON_THE_BUS)
    blocks: list[SampleBlock] = []
    board.client.start_stream(200.0, [0, 3], blocks.append)
    wait_until(lambda: len(blocks) >= 3)
    board.unplug_sensor()
    wait_until(lambda: bool(board.log))
    assert board.log == [
        "The ADXL345 does not answer: its last values are repeated. Check its wires."
    ]
    pulled = len(blocks)
    wait_until(lambda: len(blocks) >= pulled + 5)
    held = np.concatenate([block.samples for block in blocks[pulled + 1 : pulled + 5]])
    assert (held[:, 0] == held[0, 0]).all()
    assert held[:, 1].max() > held[:, 1].min()  # the pin is measured on
    assert board.client.identify().board == "host"
    wait_until(lambda: len(blocks) >= pulled + 30)  # long enough for its supply to be gone
    board.unplug_sensor(False)
    wait_until(lambda: len(np.unique(blocks[-1].samples[:, 0])) > 1)  # set up and measuring anew
    assert sum(block.lost for block in blocks) == 0
    assert len(board.log) == 1


def test_a_part_that_is_not_there_at_the_start_is_refused(board):
    board.client.write_settings(ON_THE_BUS)
    board.unplug_sensor()
    with refused(Status.SENSOR_FAILED):
        board.client.start_stream(100.0, [0], lambda _: None)
    assert [bool(item.passed) for item in board.client.selftest()] == [False, True, True, True]
    assert board.client.start_stream(100.0, [3], lambda _: None) == 100.0
    board.client.stop_stream()
    board.restart()
    assert [channel.name for channel in board.client.sensors()] == ["adc0"]


# ---- the stored program


def test_a_program_is_stored_and_outlives_a_restart(board):
    info = board.client.send_program(PROGRAM)
    parsed = BoardProgram.parse(PROGRAM)
    assert info is not None
    assert info.program_crc == program_crc(PROGRAM)
    assert (info.window, info.rate_mhz) == (parsed.input.window, parsed.input.rate_mhz)
    assert (info.channels, info.outputs) == (len(parsed.input.channels), 3)
    assert info.arena_bytes == parsed.arena_bytes
    board.client.write_settings(THREE_PINS)
    board.restart()
    assert board.client.identify().program_crc == info.program_crc
    assert board.client.program_info() == info
    assert board.client.settings() == THREE_PINS
    board.client.erase_program()
    with refused(Status.NO_PROGRAM):
        board.client.program_info()
    board.restart()
    assert board.client.identify().program_crc == 0
    assert board.client.settings() == THREE_PINS


def damaged(at: int) -> bytes:
    program = bytearray(PROGRAM)
    program[at] ^= 1
    return bytes(program)


@pytest.mark.parametrize(
    ("program", "status"),
    [
        (damaged(0), Status.BAD_PROGRAM),
        (damaged(4), Status.BAD_PROGRAM),
        (damaged(len(PROGRAM) // 2), Status.BAD_PROGRAM),
        (PROGRAM[:-8], Status.BAD_PROGRAM),
        (b"nothing", Status.BAD_PROGRAM),
        (PROGRAM + bytes(FLASH_BYTES), Status.NO_ROOM),
        (sealed(PROGRAM[:8] + bytes(24) + PROGRAM[32:]), Status.BAD_PROGRAM),
    ],
    ids=["magic", "version", "middle", "cut", "other", "too long", "header"],
)
def test_what_is_no_program_is_not_stored(board, program, status):
    board.client.send_program(PROGRAM)
    with refused(status):
        board.client.send_program(program)
    with refused(Status.NO_PROGRAM):
        board.client.program_info()
    board.restart()
    assert board.client.identify().program_crc == 0
    assert board.client.send_program(PROGRAM) is not None


def test_a_program_with_another_check_sum_than_announced_does_not_come_back(board):
    board.ask(0x10, ProgramBegin(len(PROGRAM), 1).encode())
    for start in range(0, len(PROGRAM), 1000):
        board.ask(0x11, ProgramData(start, PROGRAM[start : start + 1000]).encode())
    assert refusal_of(board.ask(0x12)).status == Status.BAD_PROGRAM
    board.restart()
    assert board.client.identify().program_crc == 0


def test_pieces_out_of_order_are_ignored(board):
    board.ask(0x10, ProgramBegin(len(PROGRAM), program_crc(PROGRAM)).encode())

    def send(start: int, stop: int) -> int:
        answer = board.ask(0x11, ProgramData(start, PROGRAM[start:stop]).encode())
        return ReceivedAnswer.decode(answer.payload).received

    assert send(100, 200) == 0
    assert send(0, 1001) == 1001
    assert send(0, 1001) == 1001
    assert send(500, 1500) == 1001
    assert refusal_of(board.ask(0x12)).status == Status.BAD_PROGRAM


def test_a_program_comes_whole_however_it_is_cut(board):
    board.ask(0x10, ProgramBegin(len(PROGRAM), program_crc(PROGRAM)).encode())
    start = 0
    for size in (1, 255, 256, 257, 2044, *[999] * (len(PROGRAM) // 999)):
        piece = PROGRAM[start : start + size]
        board.ask(0x11, ProgramData(start, piece).encode())
        start += len(piece)
    assert board.ask(0x12).type == 0x92
    again = board.ask(0x12, tag=10)
    assert again.type == 0x92
    assert board.client.identify().program_crc == program_crc(PROGRAM)


def test_more_than_was_announced_is_refused(board):
    board.ask(0x10, ProgramBegin(10, 0).encode())
    refusal = refusal_of(board.ask(0x11, ProgramData(0, bytes(11)).encode()))
    assert refusal.status == Status.BAD_PAYLOAD


# ---- windows from the host


@pytest.mark.parametrize("name", NAMES)
def test_golden_windows_get_the_golden_bytes(board, name):
    program, vectors = golden_program(name), golden_vectors(name)
    board.client.send_program(program.to_bytes())
    for window, output in zip(vectors.windows, vectors.outputs, strict=True):
        answer = board.client.run_window(window, program.input.channels, program.input.rate_hz)
        assert answer.output.tolist() == output.tolist()
        assert answer.top == program.output.decide(output[np.newaxis])[0]


def test_columns_come_in_any_order_and_number(board):
    program, vectors = golden_program("network"), golden_vectors("network")
    board.client.send_program(PROGRAM)
    first, second, third = program.input.channels
    columns = (Channel("spare", "V"), third, Channel(first.name.upper()), second, third)
    window = vectors.windows[0]
    sent = np.column_stack([window[:, 0], window[:, 2], window[:, 0], window[:, 1], window[:, 1]])
    answer = board.client.run_window(sent, columns, program.input.rate_hz)
    assert answer.output.tolist() == vectors.outputs[0].tolist()


def window_begin(
    channels: tuple[Channel, ...], rate_mhz: int = 100_000, samples: int = 16
) -> bytes:
    named = tuple(WindowChannel(channel.name, channel.unit) for channel in channels)
    return WindowBegin(rate_mhz, samples, named).encode()


def test_windows_are_refused_by_name_in_the_documented_order(board):
    begin = window_begin(VOLTS)
    assert refusal_of(board.ask(0x20, begin)).status == Status.NO_PROGRAM
    board.client.send_program(OWN_PROGRAM)
    metres = Channel("adc1", "m")
    wrong = [
        (window_begin((VOLTS[0], metres), 1, 1), Status.UNIT_MISMATCH, "adc1"),
        (window_begin((VOLTS[1], VOLTS[2]), 1, 1), Status.CHANNEL_MISMATCH, "adc0"),
        (window_begin((VOLTS[0], VOLTS[1]), 1, 1), Status.CHANNEL_MISMATCH, "adc2"),
        (window_begin(VOLTS, 101_001, 1), Status.RATE_MISMATCH, "rate"),
        (window_begin(VOLTS, 98_999, 1), Status.RATE_MISMATCH, "rate"),
        (window_begin(VOLTS, 101_000, 15), Status.LENGTH_MISMATCH, "length"),
    ]
    for payload, status, named in wrong:
        refusal = refusal_of(board.ask(0x20, payload))
        assert (refusal.status, named in refusal.text) == (status, True)
    assert board.ask(0x20, begin).type == 0xA0


def test_a_refused_window_leaves_the_one_before_it(board):
    board.client.send_program(OWN_PROGRAM)
    board.ask(0x20, window_begin(VOLTS))
    assert refusal_of(board.ask(0x22)).status == Status.LENGTH_MISMATCH
    board.ask(0x21, WindowData.of(0, np.zeros(48, np.float32)).encode())
    first = board.ask(0x22)
    refusal_of(board.ask(0x20, window_begin(VOLTS[:1])))
    again = board.ask(0x22)
    assert again.type == first.type == 0xA2
    assert again.payload[4:] == first.payload[4:]


@pytest.mark.parametrize("type_", [0x11, 0x12, 0x21, 0x22], ids=hex)
def test_nothing_goes_on_that_has_not_begun(board, type_):
    payload = struct.pack("<I", 0) if type_ in (0x11, 0x21) else b""
    assert refusal_of(board.ask(type_, payload)).status == Status.NOT_BEGUN


# ---- running on its own sensor


def test_it_runs_its_model_on_its_own_pins(board):
    board.client.write_settings(THREE_PINS)
    board.client.send_program(OWN_PROGRAM)
    engine = Engine(BoardProgram.parse(OWN_PROGRAM))
    blocks: list[SampleBlock] = []
    results: list[RunResult] = []
    assert board.client.start_stream(100.0, [0, 1, 2], blocks.append) == 100.0
    assert board.client.start_run(8, results.append) == 100.0
    wait_until(lambda: len(results) >= 12 and sum(len(b.samples) for b in blocks) > 120)
    board.client.stop_run()
    board.client.stop_stream()
    samples = np.concatenate([block.samples for block in blocks])
    assert [result.sequence for result in results] == list(range(len(results)))
    # The run began somewhere within the stream: its windows are eight samples apart from there on.
    expected = [engine.run(samples[at : at + 16]).tolist() for at in range(len(samples) - 15)]
    outputs = [result.output.tolist() for result in results[:12]]
    assert any(expected[at::8][:12] == outputs for at in range(16))


def test_it_prints_scores_as_lines_on_request(board):
    board.client.write_settings(THREE_PINS)
    board.client.send_program(motion_program(VOLTS, labels=("up", "down", "to the: left")))
    board.client.start_run(4, run_format=RunFormat.TEXT)
    wait_until(lambda: board.heard.count(b"\r\n") >= 5)
    board.client.stop_run()
    for line in board.heard.decode().splitlines()[:5]:
        names, scores = zip(*(pair.split(":") for pair in line.split(",")), strict=True)
        assert names == ("up", "down", "to_the__left")
        assert sum(map(float, scores)) == pytest.approx(1.0, abs=0.02)


def test_a_run_is_refused_by_name(board):
    with refused(Status.NO_PROGRAM):
        board.client.start_run(8)
    board.client.send_program(OWN_PROGRAM)
    with refused(Status.CHANNEL_MISMATCH, "adc0"):
        board.client.start_run(8)
    board.client.write_settings(THREE_PINS)
    board.client.send_program(motion_program((Channel("adc0", "mV"), *VOLTS[1:])))
    with refused(Status.UNIT_MISMATCH, "adc0"):
        board.client.start_run(8)
    board.client.send_program(motion_program(VOLTS, rate_hz=2000.0))
    with refused(Status.RATE_MISMATCH):
        board.client.start_run(8)


def test_it_measures_at_one_rate(board):
    board.client.write_settings(THREE_PINS)
    board.client.send_program(OWN_PROGRAM)
    board.client.start_run(8)
    with refused(Status.BUSY):
        board.client.start_stream(50.0, [0], lambda _: None)
    assert board.client.start_stream(100.0, [0], lambda _: None) == 100.0
    board.client.stop_run()
    board.client.start_stream(50.0, [0], lambda _: None)
    with refused(Status.BUSY):
        board.client.start_run(8)


@pytest.mark.parametrize("type_", [0x10, 0x11, 0x12, 0x14, 0x20, 0x21, 0x22, 0x51, 0x60], ids=hex)
def test_while_it_measures_it_leaves_the_rest_alone(board, type_):
    board.client.write_settings(THREE_PINS)
    board.client.start_stream(100.0, [0], lambda _: None)
    assert refusal_of(board.ask(type_)).status == Status.BUSY
    for calm in (0x01, 0x02, 0x31, 0x50):
        assert board.ask(calm).type == calm | 0x80
    assert refusal_of(board.ask(0x13)).status == Status.NO_PROGRAM


def test_actions_drive_pins_and_print(board):
    always = {"threshold": 0, "windows": 2}
    acts = (
        Action(0, ActionKind.SET, pin=4, **always),
        Action(0, ActionKind.PULSE, pin=5, value=30, **always),
        Action(1, ActionKind.PWM, pin=6, value=250, **always),
        Action(2, ActionKind.PRINT, text="flex", **always),
        Action(2, ActionKind.SET, pin=7, threshold=0, windows=255),
    )
    board.client.write_settings(BoardSettings(analogue_pins=(0, 1, 2), actions=acts))
    board.client.send_program(OWN_PROGRAM)
    board.client.start_run(4)
    wait_until(lambda: "pin 5 0" in board.told and b"flex\r\n" in board.heard)
    board.client.stop_run()
    assert board.told == ["pin 4 1000", "pin 5 1000", "pin 6 250", "pin 5 0"]
    assert board.heard == b"flex\r\n"


def test_while_a_request_is_at_work_others_wait_or_are_answered(board):
    begin = Frame(0x10, 1, ProgramBegin(100, 0).encode())  # it erases for a while
    rude = (begin, Frame(0x01, 2, b""), begin, Frame(0x22, 3, b""), Frame(0x50, 4, b""))
    rude += (
        Frame(0x31, 5, b""),
        Frame(0x13, 6, b""),
        Frame(0x03, 7, bytes(6)),
        Frame(0x77, 8, b""),
    )
    answers = board.answers(b"".join(map(encode_frame, rude)), 8)
    told = {
        answer.tag: refusal_of(answer).status if answer.type == ERROR_TYPE else answer.type
        for answer in answers
    }
    assert len(answers) == len(told)  # the repetition has no answer of its own
    assert answers[-1].tag == 1
    assert told == {
        1: 0x90,
        2: 0x81,
        3: Status.BUSY,
        4: 0xD0,
        5: 0xB1,
        6: Status.NO_PROGRAM,
        7: Status.BUSY,
        8: Status.UNKNOWN_REQUEST,
    }


# ---- rude hosts


def requests(program: bytes) -> list[tuple[int, bytes]]:
    """One of each request, in an order in which all but the last few are granted."""
    return [
        (0x01, b""),
        (0x51, THREE_PINS.to_bytes()),
        (0x50, b""),
        (0x02, b""),
        (0x60, b"\0"),
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
        (0x31, b""),
        (0x14, b""),
    ]


def test_every_request_may_be_repeated(board):
    for type_, payload in requests(OWN_PROGRAM):
        first = board.ask(type_, payload, tag=5)
        again = board.ask(type_, payload, tag=5)
        assert first.type == again.type == type_ | 0x80
        if type_ not in (0x22, 0x60):  # these tell times
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
    assert victim.client.identify().board == "host"
