# SPDX-License-Identifier: GPL-3.0-or-later
"""A project of simulated gestures with a trained network, made once and copied for each test."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.core.board import VIRTUAL
from app.core.model_spec import LayerSpec, ModelSpec
from app.core.project import Project
from app.core.recording import Part
from app.core.text import text
from app.core.training import DataConfig, TrainingConfig, WindowConfig
from app.deploy.sample_gestures import gesture_take
from app.jobs.messages import ConvertRequest, Finished, Request, TrainRequest
from app.jobs.runner import JobRunner

GESTURES = ("idle", "circle", "shake")
RUN_ID = "20260101-120000"
TEST_WINDOWS = 3 * 2 * 7
"""Of each of three gestures two takes of eight seconds, two-second windows a second apart."""
_NETWORK = ModelSpec(
    (
        LayerSpec("conv1d", {"filters": 8, "kernel_size": 9}),
        LayerSpec("global_max_pool"),
        LayerSpec("dense", {"units": None, "activation": None}),
    )
)


def gestures_project(folder: Path) -> Project:
    """Takes of three gestures in two-second windows, and a network that learns them in a second."""
    made = Project.create(folder, "Three gestures")
    takes = [gesture_take(name, seed, 0) for seed in range(5) for name in GESTURES]
    takes += [gesture_take(name, seed, 0, Part.TEST) for seed in (8, 9) for name in GESTURES]
    made.add_recordings(takes, text("Record"))
    made.edit(
        replace(
            made.document,
            data=DataConfig(windowing=WindowConfig(200, 100)),
            model=_NETWORK,
            training=TrainingConfig(learning_rate=0.02, batch_size=16, epochs=15, patience=0),
        ),
        text("Set up"),
    )
    made.save()
    return made


def train(folder: Path) -> None:
    """Train the saved project in a worker of its own."""
    _do(TrainRequest(str(folder), RUN_ID))


def convert(folder: Path) -> None:
    """Make the trained run's board program."""
    _do(ConvertRequest(str(folder), RUN_ID, VIRTUAL.id))


def _do(request: Request) -> None:
    with JobRunner() as runner:
        outcome = runner.run(request)
    assert isinstance(outcome, Finished), outcome
