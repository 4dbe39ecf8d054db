# SPDX-License-Identifier: GPL-3.0-or-later
"""What the host sends to the simulated board: a program, and windows for it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.capture.frames import Demultiplexer, Frame, encode_frame
from app.capture.messages import (
    AskProgram,
    ProgramBegin,
    ProgramData,
    ProgramEnd,
    ProgramInfo,
    Refusal,
    Status,
    WindowAnswer,
)
from app.capture.wire import Structure
from app.core.recording import Channel
from app.deploy.program_file import program_crc
from app.deploy.simulated_hand import CHANNELS
from app.deploy.virtual_measuring import MAX_PAYLOAD
from tests.helpers.simulated import Bench, motion_program
from tests.helpers.virtual_board import PARSED, PROGRAM, raw, refused

TYPES = {ProgramBegin: 0x10, ProgramData: 0x11, ProgramEnd: 0x12, AskProgram: 0x13}


def ask(bench: Bench, request: Structure) -> Frame:
    return raw(bench, TYPES[type(request)], request.encode())


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
    repeated = ask(bench, ProgramEnd())
    assert Refusal.decode(repeated.payload).status == status
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
