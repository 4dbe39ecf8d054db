# SPDX-License-Identifier: GPL-3.0-or-later
"""What later steps need of a training run: its record, its files, and the data it was made from."""

from __future__ import annotations

import logging
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.core.dataset import Dataset, build_dataset
from app.core.errors import DataError, ModelError, ProjectError
from app.core.metrics import classification_metrics, regression_metrics
from app.core.project import Project
from app.core.runs import (
    MODEL_FILE,
    TFLITE_FILE,
    DatasetSummary,
    Evaluation,
    TrainingRun,
    run_folder,
)
from app.core.split import Indices
from app.core.storage import write_atomically
from app.core.text import text
from app.core.training import Task
from app.deploy.compiler.targets import TARGETS, Target
from app.deploy.program import BoardProgram, compile_program

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RunFiles:
    """Where a run's files lie, whether they are there or not."""

    folder: Path

    @classmethod
    def of(cls, project: Path, run_id: str) -> RunFiles:
        return cls(run_folder(project, run_id))

    @property
    def model(self) -> Path:
        return self.folder / MODEL_FILE

    @property
    def tflite(self) -> Path:
        return self.folder / TFLITE_FILE

    def program(self, target: Target) -> Path:
        """The board program for ``target``: each kind of processor has its own."""
        return self.folder / f"program-{target.name}.twb"


def data_of(project: Path, run: TrainingRun) -> Dataset:
    """The windows that ``run`` was made from, in the same parts.

    Raises :class:`DataError` where recordings or labels have changed since: windows that the
    network has trained on might be among those that test it now.
    """
    config = replace(run.data, rate_hz=run.rate_hz, windowing=run.windowing)
    dataset = build_dataset(Project.open(project), config)
    same = (
        dataset.task is run.task
        and dataset.channels == run.channels
        and dataset.classes == run.classes
        and DatasetSummary.of(dataset) == run.dataset
    )
    if not same:
        raise DataError(
            text("The run {id} no longer belongs to this data.", id=run.id),
            text("Recordings or labels have changed since it was trained."),
            text("Train again."),
        )
    return dataset


def read_tflite(files: RunFiles) -> bytes:
    """The run's int8 network. Raises :class:`ProjectError` where it was not converted yet."""
    try:
        return files.tflite.read_bytes()
    except OSError as error:
        raise ProjectError(
            text("There is no board program yet."), action=text("Convert the network first.")
        ) from error


def compile_run(run: TrainingRun, tflite: bytes, target: Target) -> BoardProgram:
    """The board program of ``run`` for ``target``. Raises as :func:`compile_program` does."""
    return compile_program(
        tflite,
        run.channels,
        run.rate_hz,
        run.windowing.length,
        run.normaliser,
        run.task,
        run.classes,
        target,
    )


def program_of(project: Path, run: TrainingRun, target: Target) -> BoardProgram:
    """The run's board program for ``target``: as it is stored, else compiled and stored.

    Raises :class:`ProjectError` where the run was not converted yet.
    """
    files = RunFiles.of(project, run.id)
    tflite = read_tflite(files)
    path = files.program(target)
    try:
        return BoardProgram.parse(path.read_bytes())
    except FileNotFoundError:
        pass
    except ModelError as error:
        _log.info("%s is compiled anew: %s", path, error)
    program = compile_run(run, tflite, target)
    with _saving():
        write_atomically(path, program.to_bytes())
    return program


def store_conversion(files: RunFiles, tflite: bytes, program: BoardProgram) -> int:
    """Write a run's int8 network and one board program, in place of all it had before; returns
    the program's length. Raises :class:`ProjectError` where the disk refuses."""
    data = program.to_bytes()
    with _saving():
        write_atomically(files.tflite, tflite)
        for target in TARGETS.values():
            files.program(target).unlink(missing_ok=True)
        write_atomically(files.program(program.target), data)
    return len(data)


@contextmanager
def _saving() -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise ProjectError(
            text("The converted network cannot be saved."),
            text("{reason}", reason=error),
            text("Make room on the disk, or choose a folder that can be written."),
        ) from error


def score(dataset: Dataset, indices: Indices, answers: NDArray[np.float32]) -> Evaluation:
    """Compare answers of shape ``(len(indices), outputs)`` with the targets of those windows."""
    if dataset.task is Task.REGRESSION:
        return Evaluation(regression=regression_metrics(dataset.targets[indices], answers[:, 0]))
    if dataset.task is Task.BINARY:
        named = (answers[:, 0] >= 0.5).astype(np.int64)
    else:
        named = answers.argmax(axis=1)
    truth = dataset.class_indices[indices]
    return Evaluation(classification_metrics(truth, named, len(dataset.classes)))
