# SPDX-License-Identifier: GPL-3.0-or-later
"""What the studio and its worker child say to each other.

The studio sends a request; the worker answers with events, and last with exactly one outcome.
Arrays never travel: they lie in the project folder, and a message says where.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.core.errors import FlashError, FlashProblem, JobError, TinywrightError
from app.core.recording import Part
from app.core.runs import BoardCheck, Evaluation, Sizes
from app.core.text import NOTHING, Text, text
from app.core.training import EpochMetrics, StopReason
from app.deploy import flashing


class Step(Enum):
    """The steps long work is made of, in the words the progress bar uses."""

    LOADING = "loading"
    PREPARING = "preparing"
    TRAINING = "training"
    EVALUATING = "evaluating"
    CONVERTING = "converting"
    FLASHING = "flashing"
    CHECKING = "checking"


STEP_TITLES: dict[Step, Text] = {
    Step.LOADING: text("Loading TensorFlow"),
    Step.PREPARING: text("Preparing the data"),
    Step.TRAINING: text("Training"),
    Step.EVALUATING: text("Evaluating"),
    Step.CONVERTING: text("Converting to int8"),
    Step.FLASHING: text("Flashing"),
    Step.CHECKING: text("Checking on the board"),
}


# --- requests ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WarmUpRequest:
    """Import TensorFlow now, so that the next job need not wait for it."""


@dataclass(frozen=True, slots=True)
class TrainRequest:
    """Train the saved project's model into ``runs/<run_id>`` and score it in float."""

    project: str
    run_id: str


@dataclass(frozen=True, slots=True)
class ConvertRequest:
    """Convert a run to int8 and write the board program for ``board_id``."""

    project: str
    run_id: str
    board_id: str


@dataclass(frozen=True, slots=True)
class EvaluateRequest:
    """Score a run on one part of the data, in float and in int8 (converting it if need be)."""

    project: str
    run_id: str
    part: Part = Part.TEST


@dataclass(frozen=True, slots=True)
class FlashRequest:
    """Send the board program at path ``program`` to the board behind the URL ``port``.
    ``may_replace``: the user has said that a sketch there may be replaced."""

    board_id: str
    port: str
    program: str
    may_replace: bool = False


@dataclass(frozen=True, slots=True)
class VerifyRequest:
    """Replay a run's held-out windows on the board behind ``port`` and compare the bytes.

    Which board it is, it says itself. ``limit`` windows at most, as many of each class; ``None``
    takes all.
    """

    project: str
    run_id: str
    port: str
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class DeployRequest:
    """Convert, evaluate, flash and verify in one go. ``may_replace`` as in ``FlashRequest``."""

    project: str
    run_id: str
    board_id: str
    port: str
    limit: int | None = None
    may_replace: bool = False


Request = (
    WarmUpRequest
    | TrainRequest
    | ConvertRequest
    | EvaluateRequest
    | FlashRequest
    | VerifyRequest
    | DeployRequest
)


@dataclass(frozen=True, slots=True)
class Cancel:
    """Stop the running job; training keeps its best epoch."""


@dataclass(frozen=True, slots=True)
class Quit:
    """End the worker."""


# --- events -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the work is: ``fraction`` (0 to 1) of ``step`` is done, ``seconds_left`` of it remain;
    ``None`` where that cannot be said. While flashing both are those of ``part``."""

    step: Step
    fraction: float | None = None
    seconds_left: float | None = None
    part: flashing.Stage | None = None


@dataclass(frozen=True, slots=True)
class EpochEnd:
    """An epoch has ended. ``best`` tells whether its weights are the ones kept so far."""

    metrics: EpochMetrics
    best: bool


@dataclass(frozen=True, slots=True)
class Log:
    """A line for the log, not for a dialog."""

    line: str


Event = Stage | EpochEnd | Log


# --- results and outcomes ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WarmUpResult:
    """TensorFlow is loaded."""


@dataclass(frozen=True, slots=True)
class TrainResult:
    """``runs/<run_id>`` holds the network of epoch ``best_epoch``, from 1. ``float_test`` is how it
    does on the test part; ``None`` after a stop, which does not wait for that."""

    run_id: str
    stop_reason: StopReason
    best_epoch: int
    float_test: Evaluation | None


@dataclass(frozen=True, slots=True)
class ConvertResult:
    """``program`` is the path of the board program."""

    run_id: str
    program: str
    sizes: Sizes


@dataclass(frozen=True, slots=True)
class EvaluateResult:
    """The same windows of ``part`` through Keras in float and the reference kernels in int8."""

    run_id: str
    part: Part
    float_scores: Evaluation
    int8_scores: Evaluation


@dataclass(frozen=True, slots=True)
class FlashResult:
    """The board has stored the program whose CRC-32 this is; ``was_there`` if it had it before.
    ``port`` is where it is now: restarting may have given it another name."""

    program_crc: int
    was_there: bool
    seconds: float
    port: str


@dataclass(frozen=True, slots=True)
class VerifyResult:
    """The held-out windows on the board itself, beside the same windows in int8 on the PC."""

    run_id: str
    board: BoardCheck
    int8_scores: Evaluation


@dataclass(frozen=True, slots=True)
class DeployResult:
    """What each of the steps found."""

    converted: ConvertResult
    evaluated: EvaluateResult
    flashed: FlashResult
    verified: VerifyResult


Result = (
    WarmUpResult
    | TrainResult
    | ConvertResult
    | EvaluateResult
    | FlashResult
    | VerifyResult
    | DeployResult
)


@dataclass(frozen=True, slots=True)
class Finished:
    """The work was done."""

    result: Result


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Stopped because the user asked; ``result`` is what was kept, if anything was."""

    result: Result | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """The work could not be done, and this is why. There is help for a ``problem``."""

    what: Text
    why: Text = NOTHING
    action: Text = NOTHING
    problem: FlashProblem | None = None

    @staticmethod
    def of(error: TinywrightError) -> Failed:
        """What ``error`` comes to."""
        problem = error.reason if isinstance(error, FlashError) else None
        return Failed(error.what, error.why, error.action, problem)

    def error(self) -> JobError:
        """The same as an error, for callers that raise."""
        return JobError(self.what, self.why, self.action)


@dataclass(frozen=True, slots=True)
class Killed:
    """The worker ended without an answer: out of memory, a crash, ended from outside.
    ``exit_code`` is negative for a signal; ``log`` holds its last lines."""

    exit_code: int
    log: tuple[str, ...]

    def error(self) -> JobError:
        """The same as an error, for callers that raise."""
        if self.exit_code < 0:
            why = text("The worker process was ended by signal {number}.", number=-self.exit_code)
        else:
            why = text("The worker process ended with code {code}.", code=self.exit_code)
        return JobError(
            text("The work was broken off; what was saved before is not lost."),
            why,
            text("Start it again. If it ends again, the log says more."),
        )


Outcome = Finished | Cancelled | Failed | Killed
