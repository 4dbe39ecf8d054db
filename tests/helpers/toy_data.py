# SPDX-License-Identifier: GPL-3.0-or-later
"""Data sets small and plain enough to be learnt in a second."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from app.core.dataset import Dataset, build_dataset
from app.core.model_spec import LayerSpec, ModelSpec
from app.core.project import NewRecording, Project
from app.core.text import text
from app.core.training import DataConfig, Task, TrainingConfig, WindowConfig
from tests.helpers.memory_source import MemorySource

WINDOW = 24
CHANNELS = 3
RATE_HZ = 100.0
SMALL = ModelSpec(
    (
        LayerSpec("conv1d", {"filters": 8, "kernel_size": 5}),
        LayerSpec("global_max_pool"),
        LayerSpec("dense", {"units": None, "activation": None}),
    )
)


def wave(cycles: float, seed: int, samples: int = WINDOW) -> np.ndarray:
    """``cycles`` in a window on every channel, of random phase, in noise."""
    random = np.random.default_rng(seed)
    phase = random.uniform(0, 2 * np.pi)
    angle = 2 * np.pi * cycles * np.arange(samples)[:, None] / WINDOW + phase + np.arange(CHANNELS)
    return 3.0 * np.sin(angle) + random.normal(0, 0.3, (samples, CHANNELS)) + 5.0


def source(task: Task = Task.MULTICLASS, takes: int = 20) -> MemorySource:
    """Slow, middling and fast waves; for regression, the number of cycles is to be found."""
    made = MemorySource().task(task)
    kinds = {"slow": 1.0, "middle": 3.0, "fast": 6.0}
    if task is Task.BINARY:
        del kinds["middle"]
    for take in range(takes):
        for place, (label, cycles) in enumerate(kinds.items()):
            value = cycles if task is Task.REGRESSION else None
            made.add(label, wave(cycles, 10 * take + place), rate_hz=RATE_HZ, value=value)
    return made


def dataset(task: Task = Task.MULTICLASS, takes: int = 20) -> Dataset:
    """:func:`source` in windows, split as any project is."""
    return build_dataset(
        source(task, takes), DataConfig(windowing=WindowConfig(WINDOW, WINDOW), rate_hz=RATE_HZ)
    )


def project(folder: Path, task: Task = Task.MULTICLASS, takes: int = 20) -> Project:
    """:func:`source` as a project on disk, saved, that trains in a second."""
    made = Project.create(folder, "Waves")
    waves = source(task, takes)
    spans = {span.recording_id: span for span in waves.document.spans}
    made.add_recordings(
        [
            NewRecording(
                info.name,
                info.channels,
                info.rate_hz,
                waves.samples[info.id],
                spans=(spans[info.id],),
            )
            for info in waves.document.recordings
        ],
        text("Add waves"),
    )
    made.edit(
        replace(
            made.document,
            task=task,
            data=DataConfig(windowing=WindowConfig(WINDOW, WINDOW)),
            model=SMALL,
            training=TrainingConfig(learning_rate=0.02, batch_size=16, epochs=15, patience=0),
        ),
        text("Set up"),
    )
    made.save()
    return made
