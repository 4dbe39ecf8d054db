# SPDX-License-Identifier: GPL-3.0-or-later
"""What each request does, one function a request. Runs in the worker child only.

TensorFlow takes seconds to import: the modules that need it are imported by the first task that
does, and flashing alone never waits for it.
"""

from __future__ import annotations

from app.jobs import board_tasks
from app.jobs.messages import (
    ConvertRequest,
    DeployRequest,
    DeployResult,
    EvaluateRequest,
    FlashRequest,
    Request,
    Result,
    Stage,
    Step,
    TrainRequest,
    VerifyRequest,
    WarmUpRequest,
    WarmUpResult,
)
from app.jobs.progress import CancelToken, Report


def run(request: Request, report: Report, cancel: CancelToken) -> Result:
    """Do ``request``. Raises :class:`~app.jobs.progress.StoppedError`, or a ``TinywrightError``
    that says why it cannot be done."""
    match request:
        case FlashRequest():
            return board_tasks.flash(request, report, cancel)
        case VerifyRequest():
            return board_tasks.verify_run(request, report, cancel)
        case _:
            return _with_tensorflow(request, report, cancel)


def _with_tensorflow(
    request: WarmUpRequest | TrainRequest | ConvertRequest | EvaluateRequest | DeployRequest,
    report: Report,
    cancel: CancelToken,
) -> Result:
    report(Stage(Step.LOADING))
    from app.jobs import training_tasks

    cancel.check()
    match request:
        case WarmUpRequest():
            return WarmUpResult()
        case TrainRequest():
            return training_tasks.train_run(request, report, cancel)
        case ConvertRequest():
            return training_tasks.convert_run(request, report, cancel)
        case EvaluateRequest():
            return training_tasks.evaluate_run(request, report, cancel)
        case DeployRequest(project, run_id, board_id, port, limit, may_replace):
            converted = training_tasks.convert_run(
                ConvertRequest(project, run_id, board_id), report, cancel
            )
            evaluated = training_tasks.evaluate_run(
                EvaluateRequest(project, run_id), report, cancel
            )
            flashed = board_tasks.flash(
                FlashRequest(board_id, port, converted.program, may_replace), report, cancel
            )
            verified = board_tasks.verify_run(
                VerifyRequest(project, run_id, flashed.port, limit), report, cancel
            )
            return DeployResult(converted, evaluated, flashed, verified)
