# SPDX-License-Identifier: GPL-3.0-or-later
"""Train, convert and evaluate: the tasks that need TensorFlow."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.core.board import BOARDS, Board
from app.core.dataset import Dataset, build_dataset
from app.core.errors import ModelError, ProjectError
from app.core.model_report import output_count
from app.core.preprocessing import fit_normaliser
from app.core.presets import build_preset, default_preset
from app.core.project import Project
from app.core.recording import Part
from app.core.runs import DatasetSummary, Sizes, TrainingRun, load_run, save_run
from app.core.text import text
from app.core.training import EpochMetrics, StopReason
from app.deploy.compiler.targets import GENERIC, TARGETS, Target
from app.deploy.engine import Engine
from app.jobs.messages import (
    ConvertRequest,
    ConvertResult,
    EpochEnd,
    EvaluateRequest,
    EvaluateResult,
    Step,
    TrainRequest,
    TrainResult,
)
from app.jobs.progress import CancelToken, Progress, Report, StoppedError
from app.jobs.run_data import RunFiles, compile_run, data_of, program_of, score, store_conversion
from app.ml.batches import Feeder
from app.ml.build import build, seed
from app.ml.convert import convert
from app.ml.evaluate import answer_in_float, answer_in_int8
from app.ml.saved_model import load_model, save_model
from app.ml.train import compile_model, loss_for, train

KEEP_EVERY_S = 1.0
"""How often the best epoch so far is written down: a killed worker loses no more than that."""


def train_run(request: TrainRequest, report: Report, cancel: CancelToken) -> TrainResult:
    """Train the project's model as the project says, and score it in float."""
    folder = Path(request.project)
    Progress(report, cancel, Step.PREPARING)
    project = Project.open(folder)
    document = project.document
    dataset = build_dataset(project)
    spec = document.model or build_preset(default_preset(dataset.input_shape), dataset.input_shape)
    run = TrainingRun(
        id=request.run_id,
        created_at=datetime.now(UTC).isoformat(timespec="seconds"),
        task=dataset.task,
        model=spec,
        data=document.data,
        training=document.training,
        channels=dataset.channels,
        classes=dataset.classes,
        rate_hz=dataset.rate_hz,
        windowing=dataset.windowing,
        dataset=DatasetSummary.of(dataset),
        normaliser=fit_normaliser(dataset, document.data.normalisation),
    )
    config = run.training
    seed(config.seed)
    model = build(
        spec, dataset.input_shape, dataset.task, output_count(dataset.task, len(dataset.classes))
    )
    compile_model(model, dataset.task, config)
    keeper = _Keeper(folder, run, model, report, cancel)
    feeder = feeder_of(run, dataset)
    training = train(model, feeder, config, keeper)
    if not training.best_epoch:
        raise StoppedError
    run = keeper.keep(training.stop_reason)
    if training.stop_reason is not StopReason.CANCELLED:
        test = dataset.indices[Part.TEST]
        progress = Progress(report, cancel, Step.EVALUATING)
        answers = answer_in_float(model, feeder, test, progress.keep_on)
        run = replace(run, float_test=score(dataset, test, answers))
        save_run(folder, run)
    return TrainResult(run.id, training.stop_reason, training.best_epoch, run.float_test)


def feeder_of(run: TrainingRun, dataset: Dataset) -> Feeder:
    """Feeds windows normalised as ``run`` has it."""
    return Feeder(dataset, run.normaliser, loss_for(run.task, run.training.loss))


class _Keeper:
    """Watches a training: reports it, and writes the best epoch so far to the run's folder."""

    def __init__(
        self, project: Path, run: TrainingRun, model: Any, report: Report, cancel: CancelToken
    ) -> None:
        self._project = project
        self._run = run
        self._model = model
        self._report = report
        self._cancel = cancel
        self._progress = Progress(report, cancel, Step.TRAINING)
        self._kept_at = 0.0

    def on_progress(self, fraction: float, seconds_left: float) -> None:
        self._progress.tell(fraction, seconds_left)

    def on_epoch(self, metrics: EpochMetrics, best: bool) -> None:
        self._run = replace(
            self._run,
            history=(*self._run.history, metrics),
            best_epoch=metrics.epoch if best else self._run.best_epoch,
        )
        if best and time.monotonic() - self._kept_at >= KEEP_EVERY_S:
            self.keep(None)
        self._report(EpochEnd(metrics, best))

    def stopped(self) -> bool:
        return self._cancel.is_set()

    def keep(self, stop_reason: StopReason | None) -> TrainingRun:
        """Write the model as it is now, and the record that goes with it."""
        self._run = replace(self._run, stop_reason=stop_reason)
        files = RunFiles.of(self._project, self._run.id)
        try:
            files.folder.mkdir(parents=True, exist_ok=True)
            save_model(self._model, files.model)  # first: a record never lacks its network
        except OSError as error:
            raise ProjectError(
                text("The trained network cannot be saved."),
                text("{reason}", reason=error),
                text("Make room on the disk, or choose a folder that can be written."),
            ) from error
        save_run(self._project, self._run)
        self._kept_at = time.monotonic()
        return self._run


def convert_run(request: ConvertRequest, report: Report, cancel: CancelToken) -> ConvertResult:
    """Convert a run's model to int8 and compile the board program, if it fits the board."""
    folder = Path(request.project)
    board = _board(request.board_id)
    run = load_run(folder, request.run_id)
    target = TARGETS[board.target]
    run, program = _converted(folder, run, data_of(folder, run), target, report, cancel)
    assert run.sizes is not None  # noqa: S101 - conversion has just measured them
    _check_fits(run.sizes, board)
    return ConvertResult(run.id, str(program), run.sizes)


def evaluate_run(request: EvaluateRequest, report: Report, cancel: CancelToken) -> EvaluateResult:
    """Score a run in float and in int8 on one part of the data, converting it first if need be."""
    folder = Path(request.project)
    run = load_run(folder, request.run_id)
    dataset = data_of(folder, run)
    files = RunFiles.of(folder, run.id)
    if not files.tflite.exists():
        run, _ = _converted(folder, run, dataset, GENERIC, report, cancel)
    windows = dataset.indices[request.part]
    progress = Progress(report, cancel, Step.EVALUATING)
    in_float = answer_in_float(
        load_model(files.model),
        feeder_of(run, dataset),
        windows,
        lambda fraction: progress.keep_on(fraction / 2),
    )
    in_int8 = answer_in_int8(
        Engine(program_of(folder, run, GENERIC)),
        dataset,
        windows,
        lambda fraction: progress.keep_on((1 + fraction) / 2),
    )
    result = EvaluateResult(
        run.id,
        request.part,
        score(dataset, windows, in_float),
        score(dataset, windows, in_int8),
    )
    if request.part is Part.TEST:
        save_run(folder, replace(run, float_test=result.float_scores, int8_test=result.int8_scores))
    return result


def _converted(
    project: Path,
    run: TrainingRun,
    dataset: Dataset,
    target: Target,
    report: Report,
    cancel: CancelToken,
) -> tuple[TrainingRun, Path]:
    """Write ``model.tflite`` and its board program for ``target`` beside the run's model, and note
    their sizes."""
    Progress(report, cancel, Step.CONVERTING)
    files = RunFiles.of(project, run.id)
    tflite = convert(load_model(files.model), feeder_of(run, dataset))
    program = compile_run(run, tflite, target)
    cancel.check()
    program_bytes = store_conversion(files, tflite, program)
    run = replace(run, sizes=Sizes(len(tflite), program_bytes, program.arena_bytes))
    save_run(project, run)
    return run, files.program(target)


def _board(board_id: str) -> Board:
    try:
        return BOARDS[board_id]
    except KeyError:
        raise ModelError(
            text("There is no board “{board}”.", board=board_id),
            action=text("Choose one of: {boards}.", boards=", ".join(BOARDS)),
        ) from None


def _check_fits(sizes: Sizes, board: Board) -> None:
    for needed, offered, memory in (
        (sizes.program_bytes, board.program_bytes, text("flash")),
        (sizes.arena_bytes, board.arena_bytes, text("memory")),
    ):
        if needed > offered:
            raise ModelError(
                text("The network does not fit the {board}.", board=board.name),
                text(
                    "It needs {needed} bytes of {memory}; the board keeps {offered} for it.",
                    needed=needed,
                    memory=memory,
                    offered=offered,
                ),
                text("Use a smaller network, or shorter windows."),
            )
