# SPDX-License-Identifier: GPL-3.0-or-later
"""The stored program on the board's own pins: answers, lines, actions."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from app.capture.client import RunResult, SampleBlock
from app.capture.frames import Frame, encode_frame
from app.capture.messages import (
    ERROR_TYPE,
    ProgramBegin,
    RunFormat,
    Status,
)
from app.core.board_settings import Action, ActionKind, BoardSettings
from app.core.recording import Channel
from app.deploy.engine import Engine
from app.deploy.program import BoardProgram
from app.deploy.virtual_actions import VirtualActions
from tests.firmware.application.common import (
    OWN_PROGRAM,
    THREE_PINS,
    VOLTS,
    refusal_of,
    refused,
)
from tests.helpers.ports import wait_until
from tests.helpers.simulated import motion_program

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")


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
    wait_until(lambda: board.told.count("pin 5 0") == 2 and b"flex\r\n" in board.heard)
    board.client.stop_run()
    low = [f"pin {pin} 0" for pin in (4, 5, 6, 7)]
    assert board.told == [*low, "pin 4 1000", "pin 5 1000", "pin 6 250", "pin 5 0", *low]
    assert board.heard == b"flex\r\n"


@pytest.mark.parametrize("threshold", [64, 85])
def test_actions_follow_the_scores(board, threshold):
    """As those of the simulated board do, which are written apart from these."""
    rows = {"threshold": threshold, "windows": 2}
    acts = (
        Action(0, ActionKind.SET, pin=4, **rows),
        Action(1, ActionKind.CLEAR, pin=4, **rows),
        Action(2, ActionKind.SET, pin=5, threshold=threshold, windows=1),
        Action(0, ActionKind.CLEAR, pin=5, threshold=threshold, windows=3),
        Action(1, ActionKind.PWM, pin=6, value=1000, **rows),
        Action(2, ActionKind.PWM, pin=6, value=0, **rows),
    )
    settings = BoardSettings(analogue_pins=(0, 1, 2), actions=acts)
    board.client.write_settings(settings)
    board.client.send_program(OWN_PROGRAM)
    results: list[RunResult] = []
    board.client.start_run(4, results.append)
    wait_until(lambda: len(results) >= 40)
    board.client.stop_run()
    output = BoardProgram.parse(OWN_PROGRAM).output
    told: list[str] = []
    acting = VirtualActions(settings, told.append)
    for result in results:
        assert result.lost == 0
        acting.answer(output.real(result.output).tolist())
    words = {"high": "1000", "low": "0", "at 1000 thousandths": "1000", "at 0 thousandths": "0"}
    expected = []
    for line in told:
        pin, what = line.removeprefix("pin ").split(" ", 1)
        expected.append(f"pin {pin} {words[what]}")
    low = [f"pin {act.pin} 0" for act in acts]
    assert len(set(expected)) >= 4, "too little happens for a test"
    assert board.told == [*low, *expected, *low]


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
