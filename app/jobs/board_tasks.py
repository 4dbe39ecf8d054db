# SPDX-License-Identifier: GPL-3.0-or-later
"""Flash and verify: the tasks that talk to a board. They need no TensorFlow."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from app.capture.client import board_at
from app.core.board import BOARDS
from app.core.dataset import Dataset
from app.core.errors import DataError, DeployError, ProjectError
from app.core.recording import Part
from app.core.runs import BoardCheck, load_run, save_run
from app.core.split import Indices
from app.core.text import text
from app.core.training import Task
from app.deploy import flashing
from app.deploy.compiler.targets import GENERIC, TARGETS, Target
from app.deploy.engine import Engine
from app.deploy.flasher import flasher_for
from app.deploy.program import BoardProgram
from app.deploy.program_file import program_crc
from app.deploy.verify import choose_windows, verify
from app.jobs.messages import FlashRequest, FlashResult, Step, VerifyRequest, VerifyResult
from app.jobs.progress import CancelToken, Progress, Report, StoppedError
from app.jobs.run_data import data_of, program_of, score


def flash(request: FlashRequest, report: Report, cancel: CancelToken) -> FlashResult:
    """Send a board program to a board."""
    try:
        program = Path(request.program).read_bytes()
    except OSError as error:
        raise ProjectError(
            text("There is no board program yet."),
            text("{reason}", reason=error),
            text("Convert the network first."),
        ) from error
    _check_target(BoardProgram.parse(program), request.board_id)
    progress = Progress(report, cancel, Step.FLASHING)

    def on_progress(step: flashing.FlashProgress) -> None:
        progress.begin(step.stage)
        if step.stage in flashing.MEASURED:
            progress.tell(step.done_bytes / step.total_bytes)

    outcome = flasher_for(request.board_id, request.port, request.may_replace).flash(
        program, on_progress, cancel.is_set
    )
    if outcome.result is flashing.FlashResult.CANCELLED:
        raise StoppedError
    return FlashResult(
        program_crc(program),
        outcome.result is flashing.FlashResult.ALREADY_THERE,
        outcome.seconds,
        outcome.port or request.port,
    )


def verify_run(request: VerifyRequest, report: Report, cancel: CancelToken) -> VerifyResult:
    """Replay held-out windows through the board, beside the same windows in int8 on the PC."""
    folder = Path(request.project)
    run = load_run(folder, request.run_id)
    dataset = data_of(folder, run)
    chosen = _held_out(dataset, request.limit)
    windows = dataset.gather(chosen)
    progress = Progress(report, cancel, Step.CHECKING)
    with board_at(request.port) as client:
        board = client.connect()
        engine = Engine(program_of(folder, run, _target_of(board.board)))
        verification = verify(
            client,
            engine,
            windows,
            dataset.targets[chosen],
            lambda done, total: progress.tell(done / total),
            cancel.is_set,
        )
    if verification.cancelled:
        raise StoppedError
    real = engine.program.output.real
    check = BoardCheck(
        board.board,
        score(dataset, chosen, real(verification.board)),
        verification.agreement,
        verification.micros_median,
    )
    save_run(folder, replace(run, board_check=check))
    return VerifyResult(run.id, check, score(dataset, chosen, real(verification.pc)))


def _check_target(program: BoardProgram, board_id: str) -> None:
    """Raise where a board cannot read the program's weights; the generic order any board can."""
    if program.target not in (GENERIC, _target_of(board_id)):
        raise DeployError(
            text("This board program is for another kind of board."),
            text("It was compiled for {target}.", target=program.target.name),
            text("Convert the network for the board it is to run on."),
        )


def _target_of(board_id: str) -> Target:
    """What the board that calls itself ``board_id`` runs; any board runs the generic target."""
    board = BOARDS.get(board_id)
    return GENERIC if board is None else TARGETS[board.target]


def _held_out(dataset: Dataset, limit: int | None) -> Indices:
    test = dataset.indices[Part.TEST]
    if not len(test):
        raise DataError(
            text("There is nothing to check the board with."),
            text("No window is held out for testing."),
            text("Add recordings, or change the split."),
        )
    if limit is None:
        return test
    strata = (
        np.zeros(len(test), np.int64)
        if dataset.task is Task.REGRESSION
        else dataset.class_indices[test]
    )
    return test[choose_windows(strata, limit)]
