# SPDX-License-Identifier: GPL-3.0-or-later
"""A board that runs its model from power-up on: what it does, and what makes it stop."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from app.capture.client import SampleBlock
from app.capture.messages import ERROR_TYPE, Status
from app.core.board_settings import Action, ActionKind, BoardSettings
from app.core.recording import Channel
from tests.firmware.application.common import (
    ON_THE_BUS,
    OWN_PROGRAM,
    THREE_PINS,
    VOLTS,
    refusal_of,
    refused,
)
from tests.helpers.ports import wait_until
from tests.helpers.simulated import motion_program

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")

ALONE = replace(THREE_PINS, runs_by_itself=True)
TALKATIVE = replace(ALONE, prints_answers=True)


def let_it_run(board, settings: BoardSettings, program: bytes = OWN_PROGRAM) -> None:
    """A board that was just switched on."""
    board.client.write_settings(settings)
    board.client.send_program(program)
    board.heard = b""
    board.restart()


def lines(board) -> int:
    return board.heard.count(b"\r\n")


def wait_for_lines(board, count: int) -> None:
    before = lines(board)
    wait_until(lambda: lines(board) >= before + count)


def test_it_answers_five_times_a_second_without_being_asked(board):
    let_it_run(board, TALKATIVE)
    wait_for_lines(board, 4)
    first = board.heard.split(b"\r\n")[0].decode()
    assert [pair.split(":")[0] for pair in first.split(",")] == ["up", "down", "to_the_left"]
    board.client.identify()
    blocks: list[SampleBlock] = []
    assert board.client.start_stream(100.0, [0], blocks.append) == 100.0
    before = lines(board)
    wait_until(lambda: sum(len(block.samples) for block in blocks) >= 200)
    assert lines(board) - before in (8, 9, 10)  # every 20 samples, after the first window
    assert board.log == []


def test_it_acts_and_says_nothing_of_its_answers(board):
    acts = (
        Action(0, ActionKind.PULSE, 5, 30_000, threshold=0, windows=2),
        Action(1, ActionKind.PWM, 6, 250, threshold=0, windows=2),
        Action(2, ActionKind.PRINT, text="flex", threshold=0, windows=3),
    )
    let_it_run(board, replace(ALONE, actions=acts))
    wait_until(lambda: board.heard == b"flex\r\n")
    assert board.told == ["pin 5 0", "pin 6 0", "pin 5 1000", "pin 6 250"]
    board.client.identify()
    board.client.stop_run()
    assert board.told[4:] == ["pin 5 0", "pin 6 0"]  # in the midst of its pulse


@pytest.mark.parametrize("type_", [0x01, 0x02, 0x04, 0x13, 0x50], ids=hex)
def test_questions_leave_it_running(board, type_):
    let_it_run(board, TALKATIVE)
    wait_for_lines(board, 1)
    assert board.ask(type_).type == type_ | 0x80
    wait_for_lines(board, 2)


@pytest.mark.parametrize("type_", [0x10, 0x11, 0x12, 0x14, 0x20, 0x21, 0x22, 0x51, 0x60], ids=hex)
def test_what_needs_a_board_at_rest_ends_it(board, type_):
    act = Action(0, ActionKind.SET, 7, threshold=0, windows=1)
    let_it_run(board, replace(TALKATIVE, actions=(act,)))
    wait_until(lambda: "pin 7 1000" in board.told)
    answer = board.ask(type_)
    assert answer.type != ERROR_TYPE or refusal_of(answer).status != Status.BUSY
    assert board.told[-1] == "pin 7 0"
    before = board.heard
    assert board.client.start_stream(50.0, [0], lambda _: None) == 50.0
    assert board.heard == before


def test_a_stream_at_another_rate_ends_it(board):
    let_it_run(board, TALKATIVE)
    wait_for_lines(board, 1)
    blocks: list[SampleBlock] = []
    assert board.client.start_stream(50.0, [0], blocks.append) == 50.0
    before = board.heard
    wait_until(lambda: sum(len(block.samples) for block in blocks) >= 50)
    assert board.heard == before


def test_beside_a_stream_it_is_a_run_as_any_other(board):
    let_it_run(board, TALKATIVE)
    wait_for_lines(board, 1)
    board.client.start_stream(100.0, [0], lambda _: None)
    with refused(Status.BUSY):
        board.client.erase_program()
    wait_for_lines(board, 1)
    board.client.start_run(8)
    board.client.stop_stream()
    with refused(Status.BUSY):  # the host has asked for this one
        board.client.erase_program()


def test_it_begins_anew_with_a_new_model_after_a_restart(board):
    let_it_run(board, TALKATIVE)
    wait_for_lines(board, 1)
    board.client.send_program(motion_program(VOLTS, labels=("one", "two", "three")))
    board.heard = b""
    board.restart()
    wait_for_lines(board, 1)
    assert board.heard.startswith(b"one:")
    assert board.client.settings() == TALKATIVE


@pytest.mark.parametrize(
    ("settings", "program", "why"),
    [
        (ALONE, None, "No board program is stored."),
        (replace(ALONE, analogue_pins=(0, 2)), OWN_PROGRAM, "adc1, which the model needs"),
        (ALONE, motion_program((Channel("adc0", "mV"), *VOLTS[1:])), "adc0 in another unit"),
        (ALONE, motion_program(VOLTS, rate_hz=2000.0), "cannot measure at the model's rate"),
        (
            replace(ON_THE_BUS, runs_by_itself=True, hidden_parts=("ADXL345",)),
            motion_program(tuple(Channel(name, "g") for name in ("ax", "ay", "az"))),
            "ax, which the model needs",
        ),
    ],
    ids=["no program", "no channel", "unit", "rate", "hidden"],
)
def test_where_it_cannot_it_says_so_and_answers(board, settings, program, why):
    board.client.write_settings(settings)
    if program is not None:
        board.client.send_program(program)
    board.restart()
    board.client.identify()
    assert board.log
    assert set(board.log) == {board.log[0]}
    assert "by itself and cannot" in board.log[0]
    assert why in board.log[0]
    board.log.clear()
    board.client.write_settings(THREE_PINS)
    board.client.identify()
    assert board.log == []
