# SPDX-License-Identifier: GPL-3.0-or-later
"""What later steps need of a training run: its record, its files, and the data it was made from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.core.dataset import Dataset, build_dataset
from app.core.errors import DataError, ProjectError
from app.core.metrics import classification_metrics, regression_metrics
from app.core.project import Project
from app.core.runs import (
    MODEL_FILE,
    PROGRAM_FILE,
    TFLITE_FILE,
    DatasetSummary,
    Evaluation,
    TrainingRun,
    run_folder,
)
from app.core.split import Indices
from app.core.text import text
from app.core.training import Task
from app.deploy.program import BoardProgram


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

    @property
    def program(self) -> Path:
        return self.folder / PROGRAM_FILE


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


def read_program(files: RunFiles) -> BoardProgram:
    """The run's board program. Raises :class:`ProjectError` where it was not converted yet."""
    try:
        return BoardProgram.parse(files.program.read_bytes())
    except OSError as error:
        raise ProjectError(
            text("There is no board program yet."), action=text("Convert the network first.")
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
