# SPDX-License-Identifier: GPL-3.0-or-later
"""Training learns what can be learnt, keeps the best epoch, stops when told, repeats by seed."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.core.dataset import Dataset
from app.core.errors import DataError, ModelError
from app.core.model_report import output_count
from app.core.model_spec import ModelSpec
from app.core.preprocessing import fit_normaliser
from app.core.recording import Part
from app.core.training import (
    LOSSES,
    AugmentConfig,
    EpochMetrics,
    Loss,
    Normalisation,
    Optimizer,
    StopReason,
    Task,
    TrainingConfig,
)
from app.ml.batches import Feeder
from app.ml.build import build, seed
from app.ml.train import Training, compile_model, loss_for, train
from tests.helpers.toy_data import SMALL, dataset

QUICK = TrainingConfig(learning_rate=0.02, batch_size=16, epochs=20, patience=0)


class Watcher:
    """Remembers what it was told; stops after ``stop_after`` updates."""

    def __init__(self, stop_after: float = math.inf) -> None:
        self.progress: list[tuple[float, float]] = []
        self.epochs: list[EpochMetrics] = []
        self.best: list[int] = []
        self._stop_after = stop_after

    def on_progress(self, fraction: float, seconds_left: float) -> None:
        self.progress.append((fraction, seconds_left))

    def on_epoch(self, metrics: EpochMetrics, best: bool) -> None:
        self.epochs.append(metrics)
        if best:
            self.best.append(metrics.epoch)

    def stopped(self) -> bool:
        return len(self.progress) >= self._stop_after


def feeder_of(data: Dataset, config: TrainingConfig) -> Feeder:
    return Feeder(
        data, fit_normaliser(data, Normalisation.MEAN_STD), loss_for(data.task, config.loss)
    )


def trained(
    data: Dataset,
    config: TrainingConfig = QUICK,
    watcher: Watcher | None = None,
    spec: ModelSpec = SMALL,
) -> tuple[Any, Training]:
    seed(config.seed)
    outputs = output_count(data.task, len(data.classes))
    model = build(spec, data.input_shape, data.task, outputs)
    compile_model(model, data.task, config)
    return model, train(model, feeder_of(data, config), config, watcher or Watcher())


def without_validation(data: Dataset) -> Dataset:
    return replace(data, indices={**data.indices, Part.VALIDATION: np.array([], np.int64)})


@pytest.mark.parametrize(("task", "loss"), [(t, loss) for t in LOSSES for loss in LOSSES[t]])
def test_every_loss_of_every_task_goes_down(task: Task, loss: Loss) -> None:
    _, training = trained(dataset(task), replace(QUICK, loss=loss, epochs=8))
    assert training.epochs[-1].loss < training.epochs[0].loss


@pytest.mark.parametrize("task", [Task.MULTICLASS, Task.BINARY])
def test_what_can_be_learnt_is_learnt(task: Task) -> None:
    _, training = trained(dataset(task))
    best = training.epochs[training.best_epoch - 1]
    assert best.val_accuracy is not None
    assert best.val_accuracy > 0.9


@pytest.mark.parametrize(
    ("optimizer", "settings"),
    [
        (Optimizer.SGD, {"momentum": 0.9, "nesterov": True}),
        (Optimizer.SGD, {"momentum": 0.0, "nesterov": False}),
        (Optimizer.ADAGRAD, {}),
        (Optimizer.RMSPROP, {}),
        (Optimizer.ADAM, {}),
    ],
)
def test_every_optimizer_is_set_as_told(optimizer: Optimizer, settings: dict[str, Any]) -> None:
    config = replace(QUICK, optimizer=optimizer, epochs=2, **settings)
    model, training = trained(dataset(), config)
    assert len(training.epochs) == 2
    assert type(model.optimizer).__name__.lower() == optimizer.value
    told = model.optimizer.get_config()
    assert told["learning_rate"] == pytest.approx(config.learning_rate)
    assert {key: told[key] for key in settings} == settings


def test_the_model_holds_the_weights_of_the_best_epoch() -> None:
    data = dataset()
    # A rate so high that late epochs are worse than some before them.
    config = replace(QUICK, learning_rate=0.3, epochs=12)
    watcher = Watcher()
    model, training = trained(data, config, watcher)
    val_losses = [epoch.val_loss for epoch in training.epochs]
    assert training.best_epoch == int(np.argmin(val_losses)) + 1 == watcher.best[-1]
    assert tuple(watcher.epochs) == training.epochs
    feeder = feeder_of(data, config)
    validation = data.indices[Part.VALIDATION]
    model.reset_metrics()
    loss, _ = model.test_on_batch(feeder.windows(validation), feeder.targets(validation))
    assert float(loss) == pytest.approx(min(val_losses), rel=1e-4)


def test_an_epochs_figures_are_means_over_all_its_windows() -> None:
    """With weights that stand still they are those of one pass over the whole part."""
    data = dataset()
    still = replace(QUICK, optimizer=Optimizer.SGD, learning_rate=1e-12, epochs=1, batch_size=7)
    still = replace(still, class_weights=False)
    model, training = trained(data, still)
    [epoch] = training.epochs
    feeder, part = feeder_of(data, still), data.indices[Part.TRAINING]
    assert len(part) % still.batch_size
    model.reset_metrics()
    loss, accuracy = model.test_on_batch(feeder.windows(part), feeder.targets(part))
    assert epoch.loss == pytest.approx(float(loss), rel=1e-4)
    assert epoch.accuracy == pytest.approx(float(accuracy), rel=1e-4)


def test_patience_ends_a_training_that_no_longer_gets_better() -> None:
    config = replace(QUICK, learning_rate=0.5, epochs=50, patience=3)
    _, training = trained(dataset(), config)
    assert training.stop_reason is StopReason.EARLY
    assert len(training.epochs) == training.best_epoch + 3


def test_without_a_validation_part_nothing_stops_early() -> None:
    config = replace(QUICK, learning_rate=0.5, epochs=8, patience=1)
    _, training = trained(without_validation(dataset()), config)
    assert training.stop_reason is StopReason.FINISHED
    assert len(training.epochs) == 8
    assert all(epoch.val_loss is None and epoch.val_accuracy is None for epoch in training.epochs)


def test_progress_counts_updates_to_the_end() -> None:
    data, watcher = dataset(), Watcher()
    config = replace(QUICK, epochs=3)
    trained(data, config, watcher)
    updates = math.ceil(len(data.indices[Part.TRAINING]) / config.batch_size)
    fractions = [fraction for fraction, _ in watcher.progress]
    assert fractions == pytest.approx(np.arange(1, 3 * updates + 1) / (3 * updates))
    assert watcher.progress[-1][1] == 0.0
    assert all(seconds_left >= 0 for _, seconds_left in watcher.progress)


def test_stopping_keeps_the_best_epoch_so_far() -> None:
    data = dataset()
    updates = math.ceil(len(data.indices[Part.TRAINING]) / QUICK.batch_size)
    _, training = trained(data, QUICK, Watcher(stop_after=2 * updates + 1))
    assert training.stop_reason is StopReason.CANCELLED
    assert len(training.epochs) == 2
    assert training.best_epoch in (1, 2)


def test_stopping_in_the_first_epoch_keeps_nothing() -> None:
    _, training = trained(dataset(), QUICK, Watcher(stop_after=1))
    assert training == Training(StopReason.CANCELLED, 0, ())


def test_the_seed_decides_everything() -> None:
    def losses(value: int) -> list[float]:
        config = replace(QUICK, epochs=3, seed=value, augment=AugmentConfig(0.1, 0.1, 0.1, 20.0))
        return [epoch.loss for epoch in trained(dataset(), config)[1].epochs]

    assert losses(1) == losses(1)
    assert losses(1) != losses(2)


def test_augmentation_changes_what_is_trained_on_only() -> None:
    data = dataset()
    feeder = feeder_of(data, QUICK)
    (plain,) = feeder.training(1000, AugmentConfig(), False, np.random.default_rng(1))
    (changed,) = feeder.training(1000, AugmentConfig(noise=0.5), False, np.random.default_rng(1))
    assert np.array_equal(plain.targets, changed.targets)
    assert not np.allclose(plain.windows, changed.windows, atol=0.5)
    assert plain.windows.mean() == pytest.approx(0, abs=1e-5)
    assert plain.windows.std() == pytest.approx(1, abs=1e-3)


def test_class_weights_make_every_class_count_the_same() -> None:
    data = dataset()
    few = data.indices[Part.TRAINING][data.class_indices[data.indices[Part.TRAINING]] == 0][3:]
    training = np.setdiff1d(data.indices[Part.TRAINING], few)
    data = replace(data, indices={**data.indices, Part.TRAINING: training})
    feeder = feeder_of(data, QUICK)
    batches = list(feeder.training(7, AugmentConfig(), True, np.random.default_rng(1)))
    weights = np.concatenate([batch.weights for batch in batches])
    classes = np.concatenate([batch.targets for batch in batches]).argmax(axis=1)
    assert np.bincount(classes, weights) == pytest.approx([len(training) / 3] * 3)
    assert weights.mean() == pytest.approx(1)


def test_a_loss_of_another_task_is_refused() -> None:
    with pytest.raises(ModelError, match="mse"):
        loss_for(Task.REGRESSION, Loss.CATEGORICAL_CROSSENTROPY)


def test_a_training_that_comes_apart_says_so() -> None:
    config = replace(QUICK, optimizer=Optimizer.SGD, learning_rate=1e30)
    with pytest.raises(ModelError, match="smaller learning rate"):
        trained(dataset(Task.REGRESSION), config)


def test_nothing_to_train_on_is_refused() -> None:
    data = dataset()
    feeder = feeder_of(data, QUICK)
    empty = replace(data, indices={**data.indices, Part.TRAINING: np.array([], np.int64)})
    with pytest.raises(DataError, match="nothing to train on"):
        train(None, replace(feeder, dataset=empty), QUICK, Watcher())
