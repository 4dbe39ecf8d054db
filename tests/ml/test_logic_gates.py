# SPDX-License-Identifier: GPL-3.0-or-later
"""The classics, trained for real: a perceptron learns all gates but XOR, a hidden layer XOR too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.core.dataset import build_dataset
from app.core.model_report import output_count
from app.core.preprocessing import fit_normaliser
from app.core.recording import Part
from app.core.samples import SAMPLES, create_sample
from app.core.training import EpochMetrics
from app.ml.batches import Feeder
from app.ml.build import build, seed
from app.ml.train import compile_model, loss_for, train


class Nobody:
    def on_progress(self, fraction: float, seconds_left: float) -> None: ...

    def on_epoch(self, metrics: EpochMetrics, best: bool) -> None: ...

    def stopped(self) -> bool:
        return False


def rows_right(folder: Path, gate: str, seed_value: int) -> int:
    """Train the sample as it is, but for the seed; how many of its four rows it then has right."""
    project = create_sample(SAMPLES[gate], folder)
    document, dataset = project.document, build_dataset(project)
    config = replace(document.training, seed=seed_value)
    seed(config.seed)
    assert document.model is not None
    model = build(
        document.model,
        dataset.input_shape,
        document.task,
        output_count(document.task, len(dataset.classes)),
    )
    compile_model(model, document.task, config)
    feeder = Feeder(
        dataset,
        fit_normaliser(dataset, document.data.normalisation),
        loss_for(document.task, config.loss),
    )
    train(model, feeder, config, Nobody())
    rows = dataset.indices[Part.TEST]
    answers = model.predict_on_batch(feeder.windows(rows))[:, 0]
    return int(np.sum((answers > 0.5) == dataset.targets[rows]))


@pytest.mark.parametrize("gate", ["and", "or", "nand", "xor-hidden"])
def test_what_can_be_learnt_is_learnt(tmp_path: Path, gate: str) -> None:
    assert rows_right(tmp_path / gate, gate, seed_value=1) == 4


def test_a_perceptron_cannot_learn_xor(tmp_path: Path) -> None:
    assert rows_right(tmp_path / "xor", "xor", seed_value=1) <= 3
