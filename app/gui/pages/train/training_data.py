# SPDX-License-Identifier: GPL-3.0-or-later
"""What a training would learn from, as the data card shows it. Made in a worker thread."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.dataset import build_dataset
from app.core.document import Document
from app.core.model_report import analyse, output_count
from app.core.presets import build_preset, default_preset
from app.core.project import Project
from app.core.recording import Recording
from app.core.runs import DatasetSummary
from app.core.text import Text
from app.core.training import Task


@dataclass(frozen=True, slots=True)
class TrainingData:
    """A data set without its samples. ``input_shape`` is ``(window, channels)``; ``left_out``
    counts windows without a label."""

    task: Task
    classes: tuple[str, ...]
    input_shape: tuple[int, int]
    rate_hz: float
    summary: DatasetSummary
    left_out: int
    warnings: tuple[Text, ...]

    def model_problem(self, document: Document) -> Text | None:
        """Why the network of ``document`` cannot learn from this; ``None`` where it can."""
        model = document.model or build_preset(default_preset(self.input_shape), self.input_shape)
        outputs = output_count(self.task, len(self.classes))
        return analyse(model, self.input_shape, self.task, outputs).problem


def training_data(project: Project, document: Document) -> TrainingData:
    """Reads the samples of ``document``, a state of ``project``. Raises :class:`DataError` where
    there is nothing to learn from, :class:`ProjectError` where samples cannot be read."""
    dataset = build_dataset(_Snapshot(project, document))
    return TrainingData(
        dataset.task,
        dataset.classes,
        dataset.input_shape,
        dataset.rate_hz,
        DatasetSummary.of(dataset),
        dataset.left_out,
        dataset.warnings,
    )


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """A project as it was when asked for, while the user edits on."""

    project: Project
    document: Document

    def recording(self, recording_id: str) -> Recording:
        return self.project.recording(recording_id)
