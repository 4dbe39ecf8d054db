# SPDX-License-Identifier: GPL-3.0-or-later
"""What commands share: jobs in the worker, the run that is meant, scores as JSON and in words."""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from app.cli.output import JsonValue, Output
from app.core.errors import JobError, ProjectError
from app.core.own_process import program_name
from app.core.project import Project
from app.core.runs import Evaluation, TrainingRun, list_runs, load_run
from app.core.text import text
from app.core.training import StopReason
from app.deploy.flashing import STAGE_NAMES
from app.jobs.messages import (
    STEP_TITLES,
    Cancelled,
    EpochEnd,
    Event,
    Failed,
    Finished,
    Killed,
    Log,
    Outcome,
    Request,
    Result,
    Stage,
)
from app.jobs.runner import JobRunner

_R = TypeVar("_R", bound=Result)


def add_project(parser: argparse.ArgumentParser) -> None:
    """The project every command but a few works on."""
    parser.add_argument("project", metavar="DIR", type=Path, help="the project's folder")


def add_run(parser: argparse.ArgumentParser) -> None:
    """The training run a command works on."""
    parser.add_argument("--run", metavar="ID", help="a training run (default: the latest)")


def chosen_run(folder: Path, run_id: str | None) -> TrainingRun:
    """The run ``run_id`` of the project in ``folder``; the latest that ended well where ``None``.

    Raises :class:`ProjectError` where there is no such project or run.
    """
    Project.open(folder)  # says what is wrong with a folder that is no project
    if run_id is not None:
        return load_run(folder, run_id)
    runs = list_runs(folder).runs
    for run in runs:
        if run.stop_reason not in (None, StopReason.FAILED):
            return run
    raise ProjectError(
        text("The project in {folder} has no trained network.", folder=folder),
        action=text(
            "Train one first: {program} train {folder}", program=program_name(), folder=folder
        ),
    )


def do(runner: JobRunner, request: Request, kind: type[_R], output: Output) -> _R:
    """Do ``request`` in the worker and return its result, of ``kind``; raises what it failed
    with."""
    return finished(runner.run(request, lambda event: tell(output, event)), kind)


def finished(outcome: Outcome, kind: type[_R]) -> _R:
    """The result, of ``kind``, of work that went through; raises what it failed with."""
    match outcome:
        case Failed() | Killed():
            raise outcome.error()
        case Finished(result) if isinstance(result, kind):
            return result
        case Finished(result):
            raise TypeError(f"{type(result).__name__} is no {kind.__name__}")
        case Cancelled():
            raise JobError(text("The work was stopped."), action=text("Start it again."))


def tell(output: Output, event: Event) -> None:
    """Show where a job is: epochs as lines that stay, stages in passing."""
    match event:
        case Stage(step, fraction, seconds_left, part):
            done = "" if fraction is None else f" {fraction:.0%}"
            left = "" if seconds_left is None else f", {seconds_left:.0f} s left"
            doing = "" if part is None else f": {STAGE_NAMES[part]}"
            output.progress(f"{STEP_TITLES[step]}{doing}{done}{left}")
        case EpochEnd(metrics, best):
            validation = ""
            if metrics.val_loss is not None and metrics.val_accuracy is not None:
                validation = f"  validation {metrics.val_loss:.4f} / {metrics.val_accuracy:.4f}"
            output.line(
                f"epoch {metrics.epoch:3d}  loss / score {metrics.loss:.4f} / "
                f"{metrics.accuracy:.4f}{validation}{'  best' if best else ''}"
            )
        case Log():
            pass  # for a log file; a failed job brings its reason with it


def scores(evaluation: Evaluation) -> dict[str, JsonValue]:
    """An evaluation as JSON: ``accuracy``, ``macro_f1`` and ``confusion`` (rows are the truth), or
    a regression's errors."""
    if evaluation.classification is not None:
        metrics = evaluation.classification
        return {
            "windows": metrics.windows,
            "accuracy": number(metrics.accuracy),
            "macro_f1": number(metrics.macro_f1),
            "confusion": metrics.confusion,
        }
    if evaluation.regression is not None:
        errors = evaluation.regression
        return {
            "windows": errors.windows,
            "mae": number(errors.mae),
            "rmse": number(errors.rmse),
            "r2": number(errors.r2),
        }
    return {"windows": 0}


def in_words(evaluation: Evaluation) -> str:
    """The same on one line."""
    if evaluation.classification is not None:
        metrics = evaluation.classification
        return f"accuracy {metrics.accuracy:.4f}, macro F1 {metrics.macro_f1:.4f}"
    if evaluation.regression is not None:
        errors = evaluation.regression
        return f"MAE {errors.mae:.4g}, RMSE {errors.rmse:.4g}, R² {errors.r2:.4f}"
    return "no windows"


def confusion_lines(evaluation: Evaluation, classes: Sequence[str]) -> list[str]:
    """The confusion matrix as a table: a row for each true class, a column for each answer."""
    if evaluation.classification is None:
        return []
    rows = evaluation.classification.confusion
    width = max([6, *(len(name) for name in classes)])
    lines = [" " * width + "".join(f" {name:>{width}}" for name in classes)]
    for name, row in zip(classes, rows, strict=True):
        lines.append(f"{name:>{width}}" + "".join(f" {count:>{width}}" for count in row))
    return lines


def number(value: float) -> float | None:
    """``value`` as JSON has it: ``None`` where there is none."""
    return value if math.isfinite(value) else None


def accuracy(evaluation: Evaluation) -> float:
    """The share of right answers; NaN for a regression."""
    metrics = evaluation.classification
    return math.nan if metrics is None else metrics.accuracy
