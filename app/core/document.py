# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything a project says, as one immutable value.

An edit makes a new document that shares what did not change; undo is going back to the last one.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.core.model_spec import ModelSpec
from app.core.presets import DEFAULT_TRAINING
from app.core.recording import LabelSpan, RecordingInfo
from app.core.training import DataConfig, Task, TrainingConfig


@dataclass(frozen=True, slots=True)
class ClassLabel:
    """A class the network can answer with. ``color`` is its place in the class palette."""

    name: str
    color: int


@dataclass(frozen=True, slots=True)
class Document:
    """A project's contents without the samples. ``model=None`` takes the default preset."""

    name: str
    task: Task = Task.MULTICLASS
    classes: tuple[ClassLabel, ...] = ()
    recordings: tuple[RecordingInfo, ...] = ()
    spans: tuple[LabelSpan, ...] = ()
    data: DataConfig = DataConfig()  # noqa: RUF009 - frozen
    model: ModelSpec | None = None
    training: TrainingConfig = DEFAULT_TRAINING
