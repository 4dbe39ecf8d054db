# SPDX-License-Identifier: GPL-3.0-or-later
"""Every request, done for real: files in the project's folder, scores, a simulated board."""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest

from app.core import edits
from app.core.board import VIRTUAL
from app.core.errors import DataError, DeployError, ModelError, ProjectError
from app.core.model_spec import LayerSpec, ModelSpec
from app.core.project import Project
from app.core.recording import Part
from app.core.runs import Evaluation, list_runs, load_run
from app.core.text import text
from app.core.training import EpochMetrics, StopReason, Task
from app.deploy.compiler.targets import CORTEX_M4F, GENERIC
from app.deploy.program import BoardProgram
from app.deploy.program_file import program_crc
from app.deploy.simulator import Simulator
from app.jobs import tasks
from app.jobs.messages import (
    Cancelled,
    ConvertRequest,
    ConvertResult,
    DeployRequest,
    DeployResult,
    EpochEnd,
    EvaluateRequest,
    EvaluateResult,
    Event,
    Finished,
    FlashRequest,
    Killed,
    Request,
    Result,
    Stage,
    Step,
    TrainRequest,
    TrainResult,
    VerifyRequest,
    VerifyResult,
    WarmUpRequest,
    WarmUpResult,
)
from app.jobs.progress import CancelToken, StoppedError
from app.jobs.run_data import RunFiles, compile_run, program_of
from app.jobs.runner import JobRunner
from tests.helpers import toy_data

LONG_S = 120.0


class Session:
    """Does requests in this process and remembers what was told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.events: list[Event] = []
        self.cancel = CancelToken()
        self.stop_at: Step | None = None

    def do(self, request: Request) -> Result:
        self.events.clear()
        return tasks.run(request, self._hear, self.cancel)

    def train(self, run_id: str = "run-1") -> TrainResult:
        result = self.do(TrainRequest(str(self.folder), run_id))
        assert isinstance(result, TrainResult)
        return result

    def convert(self) -> ConvertResult:
        result = self.do(ConvertRequest(str(self.folder), "run-1", VIRTUAL.id))
        assert isinstance(result, ConvertResult)
        return result

    @property
    def steps(self) -> list[Step]:
        stages = [event.step for event in self.events if isinstance(event, Stage)]
        return [step for step, _ in groupby(stages)]

    def _hear(self, event: Event) -> None:
        self.events.append(event)
        if isinstance(event, Stage) and event.step is self.stop_at:
            self.cancel.set()


@pytest.fixture
def session(tmp_path: Path) -> Session:
    toy_data.project(tmp_path / "waves")
    return Session(tmp_path / "waves")


@pytest.fixture(scope="module")
def board() -> Iterator[str]:
    with Simulator() as simulator:
        yield simulator.url


def accuracy(evaluation: Evaluation | None) -> float:
    assert evaluation is not None
    assert evaluation.classification is not None
    return evaluation.classification.accuracy


def change(folder: Path, **changes: object) -> None:
    project = Project.open(folder)
    project.edit(replace(project.document, **changes), text("Change"))
    project.save()


def test_training_writes_a_run_that_can_be_read(session: Session) -> None:
    result = session.train()
    run = load_run(session.folder, "run-1")
    assert result == TrainResult("run-1", StopReason.FINISHED, run.best_epoch, run.float_test)
    assert session.steps == [Step.LOADING, Step.PREPARING, Step.TRAINING, Step.EVALUATING]
    told = [event.metrics for event in session.events if isinstance(event, EpochEnd)]
    assert run.history == tuple(told)
    assert [metrics.epoch for metrics in told] == list(range(1, 16))
    best = [
        event.metrics.epoch
        for event in session.events
        if isinstance(event, EpochEnd) and event.best
    ]
    assert run.best_epoch == best[-1]
    assert accuracy(run.float_test) > 0.9
    assert RunFiles.of(session.folder, "run-1").model.exists()


def test_stopping_a_training_keeps_the_best_without_waiting_for_a_score(session: Session) -> None:
    class StopAfterFirstEpoch(Session):
        def _hear(self, event: Event) -> None:
            super()._hear(event)
            if isinstance(event, EpochEnd):
                self.cancel.set()

    stopping = StopAfterFirstEpoch(session.folder)
    assert stopping.train() == TrainResult("run-1", StopReason.CANCELLED, 1, None)
    run = load_run(session.folder, "run-1")
    assert (run.stop_reason, len(run.history)) == (StopReason.CANCELLED, 1)
    assert isinstance(session.do(EvaluateRequest(str(session.folder), "run-1")), EvaluateResult)


def test_stopping_before_the_first_epoch_leaves_no_run(session: Session) -> None:
    session.stop_at = Step.TRAINING
    with pytest.raises(StoppedError):
        session.train()
    assert not (session.folder / "runs").exists()


def test_a_network_that_cannot_be_saved_is_told_and_leaves_no_run(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_model: object, _path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("app.jobs.training_tasks.save_model", full)
    with pytest.raises(ProjectError, match="No space left"):
        session.train()
    assert list_runs(session.folder).runs == ()


def test_converting_writes_the_program_and_its_sizes(session: Session) -> None:
    session.train()
    result = session.convert()
    files = RunFiles.of(session.folder, "run-1")
    stored = files.program(GENERIC)
    program = BoardProgram.parse(stored.read_bytes())
    assert Path(result.program) == stored
    assert program == compile_run(
        load_run(session.folder, "run-1"), files.tflite.read_bytes(), GENERIC
    )
    assert program.output.labels == ("slow", "middle", "fast")
    assert result.sizes.tflite_bytes == files.tflite.stat().st_size
    assert result.sizes.program_bytes == stored.stat().st_size
    assert load_run(session.folder, "run-1").sizes == result.sizes


def test_each_kind_of_board_has_a_program_of_its_own(session: Session, board: str) -> None:
    session.train()
    session.convert()
    run = load_run(session.folder, "run-1")
    files = RunFiles.of(session.folder, "run-1")
    assert not files.program(CORTEX_M4F).exists()
    program = program_of(session.folder, run, CORTEX_M4F)
    assert program.target is CORTEX_M4F
    assert BoardProgram.parse(files.program(CORTEX_M4F).read_bytes()) == program
    other = str(files.program(CORTEX_M4F))
    with pytest.raises(DeployError, match="compiled for cortex-m4f"):
        session.do(FlashRequest(VIRTUAL.id, board, other))
    session.convert()
    assert not files.program(CORTEX_M4F).exists()  # it belonged to the conversion before


def test_a_program_of_an_older_version_is_compiled_anew(session: Session) -> None:
    session.train()
    stored = Path(session.convert().program)
    whole = stored.read_bytes()
    stored.write_bytes(whole[:4] + b"\1\0" + whole[6:])
    program = program_of(session.folder, load_run(session.folder, "run-1"), GENERIC)
    assert stored.read_bytes() == program.to_bytes() == whole


def test_a_network_too_large_for_the_board_is_refused(session: Session) -> None:
    large = ModelSpec(
        (
            LayerSpec("flatten"),
            LayerSpec("dense", {"units": 4096}),
            LayerSpec("dense", {"units": 128}),
            LayerSpec("dense", {"units": None, "activation": None}),
        )
    )
    change(session.folder, model=large)
    session.train()
    with pytest.raises(ModelError, match="does not fit the Simulated board"):
        session.convert()


@pytest.mark.parametrize("task", [Task.BINARY, Task.REGRESSION])
def test_the_other_tasks(tmp_path: Path, task: Task) -> None:
    toy_data.project(tmp_path / "waves", task)
    session = Session(tmp_path / "waves")
    session.train()
    result = session.do(EvaluateRequest(str(session.folder), "run-1"))
    assert isinstance(result, EvaluateResult)
    if task is Task.BINARY:
        assert accuracy(result.float_scores) > 0.9
        assert accuracy(result.int8_scores) > 0.9
    else:
        assert result.float_scores.regression is not None
        assert result.int8_scores.regression is not None
        assert result.float_scores.regression.r2 > 0.5
        assert result.int8_scores.regression.r2 > 0.5


@pytest.mark.parametrize("part", Part)
def test_evaluating_converts_first_and_scores_both(session: Session, part: Part) -> None:
    session.train()
    result = session.do(EvaluateRequest(str(session.folder), "run-1", part))
    assert isinstance(result, EvaluateResult)
    assert session.steps == [Step.LOADING, Step.CONVERTING, Step.EVALUATING]
    assert accuracy(result.float_scores) > 0.9
    assert accuracy(result.int8_scores) > 0.9
    run = load_run(session.folder, "run-1")
    assert (run.int8_test == result.int8_scores) == (part is Part.TEST)
    session.do(EvaluateRequest(str(session.folder), "run-1", part))
    assert session.steps == [Step.LOADING, Step.EVALUATING]


def test_a_run_of_other_data_is_refused(session: Session) -> None:
    session.train()
    document = Project.open(session.folder).document
    recordings = {info.id for info in document.recordings[:1]}
    smaller = edits.remove_recordings(document, recordings)
    change(session.folder, recordings=smaller.recordings, spans=smaller.spans)
    with pytest.raises(DataError, match="Train again"):
        session.convert()


def test_what_was_not_made_yet_is_named(session: Session, board: str) -> None:
    folder = str(session.folder)
    with pytest.raises(ProjectError, match="Train the network first"):
        session.convert()
    with pytest.raises(ProjectError, match="Convert the network first"):
        session.do(FlashRequest(VIRTUAL.id, board, str(session.folder / "program-generic.twb")))
    session.train()
    with pytest.raises(ProjectError, match="Convert the network first"):
        session.do(VerifyRequest(folder, "run-1", board))
    with pytest.raises(ModelError, match="no board"):
        session.do(ConvertRequest(folder, "run-1", "abacus"))
    with pytest.raises(DeployError, match="no board"):
        session.do(FlashRequest("abacus", board, session.convert().program))


def test_deploying_ends_in_the_same_bytes_on_the_board(session: Session, board: str) -> None:
    session.train()
    result = session.do(DeployRequest(str(session.folder), "run-1", VIRTUAL.id, board))
    assert isinstance(result, DeployResult)
    assert session.steps == [
        Step.LOADING,
        Step.CONVERTING,
        Step.EVALUATING,
        Step.FLASHING,
        Step.CHECKING,
    ]
    check = result.verified.board
    assert check.agreement == 1.0
    assert check.evaluation == result.evaluated.int8_scores == result.verified.int8_scores
    assert check.median_us > 0
    run = load_run(session.folder, "run-1")
    assert run.board_check == check
    assert run.int8_test == result.evaluated.int8_scores
    assert result.flashed.program_crc == program_crc(Path(result.converted.program).read_bytes())

    again = session.do(FlashRequest(VIRTUAL.id, board, result.converted.program))
    assert again == replace(result.flashed, was_there=True, seconds=again.seconds)  # type: ignore[union-attr]
    some = session.do(VerifyRequest(str(session.folder), "run-1", board, limit=6))
    assert isinstance(some, VerifyResult)
    assert some.board.evaluation.classification is not None
    assert [sum(row) for row in some.board.evaluation.classification.confusion] == [2, 2, 2]


@pytest.mark.parametrize("step", [Step.CONVERTING, Step.EVALUATING, Step.FLASHING, Step.CHECKING])
def test_deploying_can_be_stopped_at_each_step(session: Session, board: str, step: Step) -> None:
    session.train()
    session.stop_at = step
    with pytest.raises(StoppedError):
        session.do(DeployRequest(str(session.folder), "run-1", VIRTUAL.id, board))
    assert session.steps[-1] is step


def test_the_worker_process_trains_and_answers(session: Session) -> None:
    request = TrainRequest(str(session.folder), "run-1")
    events: list[Event] = []
    with JobRunner() as runner:
        assert runner.run(WarmUpRequest()) == Finished(WarmUpResult())
        outcome = runner.run(request, events.append)
    run = load_run(session.folder, "run-1")
    assert outcome == Finished(
        TrainResult("run-1", StopReason.FINISHED, run.best_epoch, run.float_test)
    )
    assert sum(isinstance(event, EpochEnd) for event in events) == len(run.history)


class Endless:
    """Starts a training that would take hours, and waits for its first epochs."""

    def __init__(self, runner: JobRunner, folder: Path) -> None:
        training = Project.open(folder).document.training
        change(folder, training=replace(training, epochs=100_000))
        self._first = threading.Event()
        self.epochs: list[EpochMetrics] = []
        self.job = runner.start(TrainRequest(str(folder), "run-1"), self._hear)
        assert self._first.wait(LONG_S)

    def _hear(self, event: Event) -> None:
        if isinstance(event, EpochEnd):
            self.epochs.append(event.metrics)
            self._first.set()


def test_stop_in_the_worker_process_keeps_the_best(session: Session) -> None:
    with JobRunner() as runner:
        endless = Endless(runner, session.folder)
        runner.cancel()
        outcome = endless.job.wait(LONG_S)
    run = load_run(session.folder, "run-1")
    assert run.stop_reason is StopReason.CANCELLED
    assert outcome == Cancelled(TrainResult("run-1", StopReason.CANCELLED, run.best_epoch, None))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals")
def test_a_killed_training_loses_nothing_that_was_kept(session: Session) -> None:
    with JobRunner() as runner:
        endless = Endless(runner, session.folder)
        assert runner.worker_pid is not None
        os.kill(runner.worker_pid, signal.SIGKILL)
        outcome = endless.job.wait(LONG_S)
    assert isinstance(outcome, Killed)
    assert outcome.exit_code == -signal.SIGKILL
    run = load_run(session.folder, "run-1")
    assert run.stop_reason is None
    assert run.history == tuple(endless.epochs[: len(run.history)])
    assert len(run.history) >= 1
    assert isinstance(session.do(EvaluateRequest(str(session.folder), "run-1")), EvaluateResult)
