# SPDX-License-Identifier: GPL-3.0-or-later
"""Flashing a simulated board through its real port: outcomes, progress, and every way to fail."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.capture.client import BoardClient
from app.capture.link import Link
from app.capture.messages import Status
from app.core.board import BOARDS
from app.core.errors import (
    BoardError,
    DeployError,
    FlashError,
    FlashProblem,
    PortError,
    PortProblem,
)
from app.deploy.flasher import FLASHERS, flasher_for
from app.deploy.flashing import STAGE_NAMES, FlashOutcome, FlashProgress, FlashResult, Stage
from app.deploy.program_file import program_crc
from app.deploy.simulator import Simulator
from app.deploy.virtual_process import SimulateOptions
from tests.helpers.simulated import motion_program

PROGRAM = motion_program()


def flash(
    simulator: Simulator,
    progress: list[FlashProgress] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    board: str = "virtual",
) -> FlashOutcome:
    steps = [] if progress is None else progress
    return flasher_for(board, simulator.url).flash(PROGRAM, steps.append, cancelled)


def test_a_model_is_sent_once_and_found_again() -> None:
    steps: list[FlashProgress] = []
    again: list[FlashProgress] = []
    with Simulator() as simulator:
        first = flash(simulator, steps)
        second = flash(simulator, again)
    assert first.result is FlashResult.SENT
    assert second.result is FlashResult.ALREADY_THERE
    for outcome in (first, second):
        assert outcome.program is not None
        assert outcome.program.program_crc == program_crc(PROGRAM)
        assert outcome.board is not None
        assert outcome.board.board == "virtual"
    stages = [step.stage for step in steps]
    assert sorted(stages, key=list(Stage).index) == stages
    assert set(stages) == {Stage.CONNECTING, Stage.SENDING, Stage.VERIFYING}
    sent = [step.done_bytes for step in steps if step.stage is Stage.SENDING]
    assert sent == sorted(sent)
    assert (sent[0], sent[-1]) == (0, len(PROGRAM))
    assert {step.total_bytes for step in steps} == {len(PROGRAM)}
    assert [step.stage for step in again] == [Stage.CONNECTING, Stage.VERIFYING]


def test_a_stream_that_goes_on_does_not_disturb_it() -> None:
    with Simulator(SimulateOptions(tcp_port=0)) as simulator:
        assert flash(simulator).result is FlashResult.SENT
        link = Link(simulator.url)
        client = BoardClient(link)
        link.open()
        client.identify()
        client.start_run(16)
        link.close()
        assert flash(simulator).result is FlashResult.ALREADY_THERE


def test_it_can_be_cancelled_before_and_while_sending() -> None:
    with Simulator() as simulator:
        before = flash(simulator, cancelled=lambda: True)
        steps: list[FlashProgress] = []
        midway = flash(simulator, steps, lambda: steps[-1].done_bytes > 0)
        assert steps[-1].done_bytes < len(PROGRAM)
        link = Link(simulator.url)
        link.open()
        assert BoardClient(link).identify().program_crc == 0
        link.close()
    assert (before.result, before.program) == (FlashResult.CANCELLED, None)
    assert (midway.result, midway.program) == (FlashResult.CANCELLED, None)
    assert "Stopped by you" in str(midway)


def test_the_board_that_answers_must_be_the_one_that_was_chosen() -> None:
    with (
        Simulator(SimulateOptions(board="nano33ble")) as simulator,
        pytest.raises(DeployError, match="answers “Arduino Nano 33 BLE Sense”"),
    ):
        flash(simulator)


@pytest.mark.parametrize("board", ["esp32", "nano33ble"])
def test_a_real_board_with_the_firmware_takes_the_model(board: str) -> None:
    with Simulator(SimulateOptions(board=board)) as simulator:
        assert flash(simulator, board=board).result is FlashResult.SENT


def test_a_sketch_behind_a_port_without_usb_cannot_be_asked_to_restart() -> None:
    with (
        Simulator(SimulateOptions(board="nano33ble", text=True)) as simulator,
        pytest.raises(FlashError, match="did not enter its boot loader") as failed,
    ):
        flash(simulator, board="nano33ble")
    assert failed.value.reason is FlashProblem.BOOT_MODE


def test_a_simulated_nano_in_its_boot_loader_takes_firmware_and_model() -> None:
    stages: list[Stage] = []
    options = SimulateOptions(board="nano33ble", bootloader=True)
    with Simulator(options) as simulator:
        outcome = flasher_for("nano33ble", simulator.url).flash(
            PROGRAM, lambda step: stages.append(step.stage), lambda: False
        )
        assert outcome.result is FlashResult.SENT
        assert outcome.port == simulator.url
        assert flash(simulator, board="nano33ble").result is FlashResult.ALREADY_THERE
    assert list(dict.fromkeys(stages)) == list(Stage)


def test_a_simulated_board_that_does_not_answer_is_silent() -> None:
    with (
        Simulator(SimulateOptions(faults=("mute",))) as simulator,
        pytest.raises(PortError, match="does not answer") as silent,
    ):
        flash(simulator)
    assert silent.value.problem is PortProblem.SILENT


def test_a_model_that_is_too_big_is_refused() -> None:
    with (
        Simulator(SimulateOptions(faults=("no-room",))) as simulator,
        pytest.raises(BoardError, match="too big for this board") as refused,
    ):
        flash(simulator)
    assert refused.value.status == Status.NO_ROOM


def test_a_board_that_dies_midway_is_an_error_of_its_port() -> None:
    with (
        Simulator(SimulateOptions(faults=("die-in-program=1000",))) as simulator,
        pytest.raises(PortError) as lost,
    ):
        flash(simulator)
    assert lost.value.port == simulator.url


def test_every_board_has_a_flasher_and_every_stage_a_name() -> None:
    assert set(FLASHERS) == set(BOARDS)
    assert set(STAGE_NAMES) == set(Stage)
    with pytest.raises(DeployError, match="no board “toaster”"):
        flasher_for("toaster", "")
