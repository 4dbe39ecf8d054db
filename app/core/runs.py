# SPDX-License-Identifier: GPL-3.0-or-later
"""Trainings of a project, kept beside it: ``runs/<id>/run.json`` and the files they made."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from app.core.codec import CodecError, decode, encode
from app.core.dataset import Dataset
from app.core.errors import ProjectError
from app.core.metrics import ClassificationMetrics, RegressionMetrics
from app.core.model_spec import ModelSpec
from app.core.preprocessing import Normaliser
from app.core.recording import Channel, Part
from app.core.storage import write_atomically
from app.core.text import NOTHING, Text, text
from app.core.training import (
    DataConfig,
    EpochMetrics,
    StopReason,
    Task,
    TrainingConfig,
    WindowConfig,
)

FORMAT = "tinywright-run"
VERSION = 1
RUNS_FOLDER = "runs"
RUN_FILE = "run.json"
MODEL_FILE = "model.keras"
TFLITE_FILE = "model.tflite"
RUN_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class DatasetSummary:
    """What a run learnt from: windows of each class in each part (one count for regression).

    ``fingerprint`` tells two data sets with the same counts apart (:attr:`Dataset.fingerprint`).
    """

    recordings: int
    training: tuple[int, ...]
    validation: tuple[int, ...]
    test: tuple[int, ...]
    fingerprint: str = ""

    @classmethod
    def of(cls, dataset: Dataset) -> DatasetSummary:
        def counts(part: Part) -> tuple[int, ...]:
            return tuple(int(count) for count in dataset.class_counts(part))

        return cls(
            len(dataset.recording_ids),
            counts(Part.TRAINING),
            counts(Part.VALIDATION),
            counts(Part.TEST),
            dataset.fingerprint,
        )


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A network's answers to one part of the data; one of the two is there, by the task."""

    classification: ClassificationMetrics | None = None
    regression: RegressionMetrics | None = None

    @property
    def windows(self) -> int:
        metrics = self.classification or self.regression
        return metrics.windows if metrics else 0


@dataclass(frozen=True, slots=True)
class BoardCheck:
    """The held-out windows on a board itself. ``agreement`` is the share of windows on which its
    bytes equal int8 on the PC; ``median_us`` its median time for a window."""

    board_id: str
    evaluation: Evaluation
    agreement: float
    median_us: float


@dataclass(frozen=True, slots=True)
class Sizes:
    """What the int8 network takes, on disk and in a board."""

    tflite_bytes: int
    program_bytes: int
    arena_bytes: int


@dataclass(frozen=True, slots=True)
class TrainingRun:
    """One training: what was asked, on which data, and what came of it so far.

    ``model``, ``data`` and ``training`` are as the project had them; ``rate_hz``, ``windowing``,
    ``channels`` and ``classes`` as they came out of the data. ``best_epoch`` counts from 1, and is
    0 before the first. ``stop_reason`` is ``None`` while it trains, or where it was killed.
    """

    id: str
    created_at: str
    task: Task
    model: ModelSpec
    data: DataConfig
    training: TrainingConfig
    channels: tuple[Channel, ...]
    classes: tuple[str, ...]
    rate_hz: float
    windowing: WindowConfig
    dataset: DatasetSummary
    normaliser: Normaliser
    history: tuple[EpochMetrics, ...] = ()
    best_epoch: int = 0
    stop_reason: StopReason | None = None
    float_test: Evaluation | None = None
    int8_test: Evaluation | None = None
    board_check: BoardCheck | None = None
    sizes: Sizes | None = None

    @property
    def best(self) -> EpochMetrics | None:
        """The epoch whose weights were kept."""
        return next((each for each in self.history if each.epoch == self.best_epoch), None)


@dataclass(frozen=True, slots=True)
class DamagedRun:
    """A run's folder whose record cannot be read; it is left untouched."""

    id: str
    error: ProjectError


@dataclass(frozen=True, slots=True)
class RunList:
    """A project's runs, newest first, and those that cannot be read."""

    runs: tuple[TrainingRun, ...]
    damaged: tuple[DamagedRun, ...]


def new_run_id(taken: Iterable[str], now: datetime | None = None) -> str:
    """An id that sorts by time: ``20250131-094500``, with a number where that is taken."""
    stem = (now or datetime.now(UTC)).strftime("%Y%m%d-%H%M%S")
    names = set(taken)
    if stem not in names:
        return stem
    number = 2
    while f"{stem}-{number}" in names:
        number += 1
    return f"{stem}-{number}"


def run_folder(project: Path, run_id: str) -> Path:
    """Where a run's files lie. Raises :class:`ProjectError` for an id that is not a plain name."""
    if not RUN_ID.fullmatch(run_id):
        raise ProjectError(text("{id} cannot be the id of a run.", id=repr(run_id)))
    return project / RUNS_FOLDER / run_id


def save_run(project: Path, run: TrainingRun) -> None:
    """Write a run's record in one step, making its folder where needed."""
    folder = run_folder(project, run.id)
    contents = {"format": FORMAT, "version": VERSION, "run": encode(run)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(
            folder / RUN_FILE, json.dumps(contents, ensure_ascii=False).encode("utf-8") + b"\n"
        )
    except OSError as error:
        raise ProjectError(
            text("The run {id} cannot be saved.", id=run.id),
            text("{reason}", reason=error),
            text("Make room on the disk, or choose a folder that can be written."),
        ) from error


def load_run(project: Path, run_id: str) -> TrainingRun:
    """Read a run's record. Raises :class:`ProjectError` where it is not there or damaged."""
    path = run_folder(project, run_id) / RUN_FILE
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ProjectError(
            text("There is no run {id}.", id=run_id), action=text("Train the network first.")
        ) from error
    except OSError as error:
        raise _unreadable(run_id, text("{reason}", reason=error)) from error
    return _parse(run_id, data)


def list_runs(project: Path) -> RunList:
    """Every run of a project; one that cannot be read does not hide the others."""
    runs: list[TrainingRun] = []
    damaged: list[DamagedRun] = []
    for path in (project / RUNS_FOLDER).glob(f"*/{RUN_FILE}"):
        try:
            runs.append(load_run(project, path.parent.name))
        except ProjectError as error:
            damaged.append(DamagedRun(path.parent.name, error))
    runs.sort(key=lambda run: (run.created_at, run.id), reverse=True)
    damaged.sort(key=lambda each: each.id)
    return RunList(tuple(runs), tuple(damaged))


def delete_run(project: Path, run_id: str) -> None:
    """Remove a run and all its files; harmless where it is gone already."""
    folder = run_folder(project, run_id)
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise ProjectError(
            text("The run {id} cannot be deleted.", id=run_id),
            text("{reason}", reason=error),
            text("Close what still uses its files, then delete it again."),
        ) from error


def _parse(run_id: str, data: bytes) -> TrainingRun:
    try:
        contents: object = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _unreadable(run_id, text("It is no JSON: {reason}.", reason=error)) from error
    items = cast(dict[str, Any], contents) if isinstance(contents, dict) else {}
    if items.get("format") != FORMAT:
        raise _unreadable(run_id, text("Its run.json belongs to something else."))
    version = items.get("version")
    if version != VERSION:
        raise _unreadable(
            run_id,
            text(
                "Its format is version {found}; this studio knows {known}.",
                found=version,
                known=VERSION,
            ),
        )
    try:
        run = decode(TrainingRun, items.get("run"))
    except CodecError as error:
        raise _unreadable(run_id, text("{reason}", reason=error)) from error
    problem = _inconsistency(run, run_id)
    if problem:
        raise _unreadable(run_id, problem)
    return run


def _inconsistency(run: TrainingRun, run_id: str) -> Text:
    """What is wrong between the parts of a record, each being of the right type."""
    if run.id != run_id:
        return text("It says that it is the run {id}.", id=run.id)
    per_channel = (run.normaliser.offset, run.normaliser.deviation, run.normaliser.largest)
    if any(len(column) != len(run.channels) for column in per_channel):
        return text("Its channels and their normalisation do not match.")
    return NOTHING


def _unreadable(run_id: str, why: Text) -> ProjectError:
    return ProjectError(
        text("The run {id} cannot be read.", id=run_id),
        why,
        text("Nothing was changed. Train again, or delete the run."),
    )
