# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains a Keras model on a data set, epoch by epoch, and keeps the best weights."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from app.core.errors import DataError, ModelError
from app.core.recording import Part
from app.core.text import text
from app.core.training import (
    LOSSES,
    EpochMetrics,
    Loss,
    Optimizer,
    StopReason,
    Task,
    TrainingConfig,
)
from app.ml.backend import keras
from app.ml.batches import Feeder, chunks


class Observer(Protocol):
    """Who watches a training. Called from the thread that trains."""

    def on_progress(self, fraction: float, seconds_left: float) -> None:
        """``fraction`` of all epochs is done; called after every batch."""
        ...

    def on_epoch(self, metrics: EpochMetrics, best: bool) -> None:
        """An epoch has ended; ``best`` when none before it was better."""
        ...

    def stopped(self) -> bool:
        """Whether to stop now; asked before every batch."""
        ...


@dataclass(frozen=True, slots=True)
class Training:
    """How a training went. The model holds the weights after epoch ``best_epoch`` (from 1);
    0 when it was stopped before the first epoch ended."""

    stop_reason: StopReason
    best_epoch: int
    epochs: tuple[EpochMetrics, ...]


def loss_for(task: Task, wanted: Loss | None) -> Loss:
    """The loss to train with. Raise :class:`ModelError` for one that does not suit ``task``."""
    usual = LOSSES[task][0]
    if wanted is not None and wanted not in LOSSES[task]:
        raise ModelError(
            text("The loss {loss} does not suit this task.", loss=wanted.value),
            action=text("Choose {usual}, or let the studio choose.", usual=usual.value),
        )
    return wanted or usual


def compile_model(model: Any, task: Task, config: TrainingConfig) -> None:
    """Tell ``model`` its optimiser, its loss, and what counts as accuracy."""
    loss = loss_for(task, config.loss)
    model.compile(
        optimizer=_optimizer(config),
        loss=loss.value,  # named as in Keras
        metrics=[_accuracy(task, loss)],
        jit_compile=False,  # compiling takes longer than training networks of this size
    )


def train(model: Any, feeder: Feeder, config: TrainingConfig, observer: Observer) -> Training:
    """Train a compiled ``model`` until ``config`` or ``observer`` ends it.

    The best epoch is the one with the least validation loss; without a validation part, with the
    least training loss, and then nothing stops early. Raise :class:`ModelError` when the loss
    leaves the numbers, :class:`DataError` when there is no training window.
    """
    validation = feeder.dataset.indices[Part.VALIDATION]
    updates = -(-len(feeder.dataset.indices[Part.TRAINING]) // config.batch_size)
    if not updates:
        raise DataError(
            text("There is nothing to train on."),
            text("No window lies in the training part."),
            text("Add recordings, or change the split."),
        )
    random = np.random.default_rng(config.seed)
    clock = _Clock(config.epochs * updates)
    epochs: list[EpochMetrics] = []
    best_epoch, best_loss, best_weights = 0, math.inf, model.get_weights()
    reason = StopReason.FINISHED
    for epoch in range(1, config.epochs + 1):
        began = time.perf_counter()
        figures = _one_epoch(model, feeder, config, random, observer, clock)
        if figures is None:
            reason = StopReason.CANCELLED
            break
        loss, accuracy = figures
        val_loss, val_accuracy = _validate(model, feeder) if len(validation) else (None, None)
        seconds = time.perf_counter() - began
        metrics = EpochMetrics(epoch, loss, accuracy, val_loss, val_accuracy, seconds)
        epochs.append(metrics)
        watched = loss if val_loss is None else val_loss
        _check_finite(loss, watched, epoch)
        best = watched < best_loss
        if best:
            best_epoch, best_loss, best_weights = epoch, watched, model.get_weights()
        observer.on_epoch(metrics, best)
        if config.patience and val_loss is not None and epoch - best_epoch >= config.patience:
            reason = StopReason.EARLY
            break
    model.set_weights(best_weights)
    return Training(reason, best_epoch, tuple(epochs))


class _Clock:
    """Tells how far the training is and how long the rest will take."""

    def __init__(self, updates: int) -> None:
        self._updates = updates
        self._done = 0
        self._began = 0.0

    def tick(self) -> tuple[float, float]:
        """Count one update; the fraction done and the seconds left. The first update compiles the
        network and says nothing of the others."""
        now = time.perf_counter()
        self._done += 1
        if self._done == 1:
            self._began = now
        each = (now - self._began) / max(1, self._done - 1)
        return self._done / self._updates, each * (self._updates - self._done)


def _one_epoch(
    model: Any,
    feeder: Feeder,
    config: TrainingConfig,
    random: np.random.Generator,
    observer: Observer,
    clock: _Clock,
) -> tuple[float, float] | None:
    """Loss and accuracy over one pass through the training part; ``None`` when stopped in it."""
    mean = _Mean()
    for batch in feeder.training(config.batch_size, config.augment, config.class_weights, random):
        if observer.stopped():
            return None
        model.reset_metrics()
        figures = model.train_on_batch(batch.windows, batch.targets, batch.weights)
        mean.add(figures, len(batch.windows))
        observer.on_progress(*clock.tick())
    return mean.figures


def _validate(model: Any, feeder: Feeder) -> tuple[float, float]:
    mean = _Mean()
    for _, indices in chunks(feeder.dataset.indices[Part.VALIDATION]):
        model.reset_metrics()
        mean.add(
            model.test_on_batch(feeder.windows(indices), feeder.targets(indices)), len(indices)
        )
    return mean.figures


class _Mean:
    """Loss and accuracy over windows that came in batches.

    Keras has both accumulated ``*_on_batch`` figures over calls and not; with the metrics reset
    before each call they are one batch's in any version, and the mean is taken here.
    """

    def __init__(self) -> None:
        self._sums = np.zeros(2)
        self._windows = 0

    def add(self, figures: Any, windows: int) -> None:
        """Count the loss and accuracy of a batch of ``windows``."""
        self._sums += np.array([float(figures[0]), float(figures[1])]) * windows
        self._windows += windows

    @property
    def figures(self) -> tuple[float, float]:
        loss, accuracy = self._sums / self._windows
        return float(loss), float(accuracy)


def _check_finite(loss: float, watched: float, epoch: int) -> None:
    if math.isfinite(loss) and math.isfinite(watched):
        return
    raise ModelError(
        text("The training came apart in epoch {epoch}.", epoch=epoch),
        text("The loss grew beyond all numbers."),
        text("Choose a smaller learning rate, or normalise the data."),
    )


def _optimizer(config: TrainingConfig) -> Any:
    optimizers = keras.optimizers
    rate = config.learning_rate
    match config.optimizer:
        case Optimizer.SGD:
            return optimizers.SGD(rate, momentum=config.momentum, nesterov=config.nesterov)
        case Optimizer.ADAGRAD:
            return optimizers.Adagrad(rate)
        case Optimizer.RMSPROP:
            return optimizers.RMSprop(rate)
        case Optimizer.ADAM:
            return optimizers.Adam(rate)


def _accuracy(task: Task, loss: Loss) -> Any:
    """What ``EpochMetrics.accuracy`` holds: the share of right answers, or the mean error."""
    metrics = keras.metrics
    match task:
        case Task.REGRESSION:
            return metrics.MeanAbsoluteError()
        case Task.BINARY:
            return metrics.BinaryAccuracy()
        case Task.MULTICLASS if loss is Loss.SPARSE_CATEGORICAL_CROSSENTROPY:
            return metrics.SparseCategoricalAccuracy()
        case Task.MULTICLASS:
            return metrics.CategoricalAccuracy()
