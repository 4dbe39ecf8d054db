# SPDX-License-Identifier: GPL-3.0-or-later
"""A real worker process whose one task is play-acted: what it does is said in ``run_id``."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from typing import TextIO

from app.core.errors import ModelError
from app.core.text import text
from app.core.training import EpochMetrics, StopReason
from app.jobs import worker
from app.jobs.messages import (
    EpochEnd,
    Event,
    Log,
    Request,
    Result,
    Stage,
    Step,
    TrainRequest,
    TrainResult,
    WarmUpRequest,
    WarmUpResult,
)
from app.jobs.progress import CancelToken
from app.jobs.runner import ASK_S, TERMINATE_S

COMMAND = (sys.executable, "-m", "tests.helpers.fake_worker")
EPOCH = EpochMetrics(1, 0.5, 0.75, None, None, 0.01)


def _say(stream: TextIO, line: str) -> None:
    stream.write(line + "\n")
    stream.flush()


def act(request: Request, report: Callable[[Event], None], cancel: CancelToken) -> Result:
    """Play the part that ``run_id`` names."""
    if isinstance(request, WarmUpRequest):
        _say(sys.stdout, "warm")
        return WarmUpResult()
    assert isinstance(request, TrainRequest)
    result = TrainResult(request.run_id, StopReason.FINISHED, 1, None)
    match request.run_id:
        case "well":
            report(Stage(Step.TRAINING, 0.5, 2.0))
            report(EpochEnd(EPOCH, best=True))
        case "pid":
            report(Log(str(os.getpid())))
        case "print":
            _say(sys.stdout, "on stdout")
            _say(sys.stderr, "on stderr")
        case "refuse":
            raise ModelError(
                text("It cannot be."), text("{n} is too many.", n=3), text("Take {n}.", n=2)
            )
        case "defect":
            raise ZeroDivisionError("a defect")
        case "crash":
            os._exit(7)
        case "listen":
            report(Stage(Step.TRAINING))
            cancel.wait()
        case "listen and give up":
            report(Stage(Step.TRAINING))
            cancel.wait()
            cancel.check()
        case "listen and keep":
            report(Stage(Step.TRAINING))
            cancel.wait()
            time.sleep(2 * (ASK_S + TERMINATE_S))
        case "deaf":
            report(Stage(Step.TRAINING))
            CancelToken().wait()
        case "deaf and stubborn":
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            report(Stage(Step.TRAINING))
            CancelToken().wait()
        case part:
            raise NotImplementedError(part)
    return result


if __name__ == "__main__":
    worker.main(act)
