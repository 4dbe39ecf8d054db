# SPDX-License-Identifier: GPL-3.0-or-later
"""How a network is trained, and what came of it.

A configuration outside its range raises :class:`ValueError`: it may come from a file.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

RATES_HZ = (1e-6, 1e9)
"""Sampling rates that can be; slower than one sample in eleven days is a mistake."""
LONGEST_WINDOW = 1 << 30
LARGEST_COUNT = 1_000_000
LARGEST_SEED = (1 << 32) - 1


def _check(field: str, in_range: object) -> None:
    if not in_range:
        raise ValueError(f"{field} is out of range")


class Task(Enum):
    """What the network answers."""

    MULTICLASS = "multiclass"
    BINARY = "binary"
    REGRESSION = "regression"


class Optimizer(Enum):
    SGD = "sgd"
    ADAGRAD = "adagrad"
    RMSPROP = "rmsprop"
    ADAM = "adam"


class Loss(Enum):
    CATEGORICAL_CROSSENTROPY = "categorical_crossentropy"
    SPARSE_CATEGORICAL_CROSSENTROPY = "sparse_categorical_crossentropy"
    BINARY_CROSSENTROPY = "binary_crossentropy"
    MSE = "mse"
    MAE = "mae"


LOSSES: dict[Task, tuple[Loss, ...]] = {
    Task.MULTICLASS: (
        Loss.CATEGORICAL_CROSSENTROPY,
        Loss.SPARSE_CATEGORICAL_CROSSENTROPY,
        Loss.MSE,
        Loss.MAE,
    ),
    Task.BINARY: (Loss.BINARY_CROSSENTROPY, Loss.MSE, Loss.MAE),
    Task.REGRESSION: (Loss.MSE, Loss.MAE),
}
"""What each task can be trained with; the first is what ``loss=None`` takes."""


class Normalisation(Enum):
    """Per channel, fitted on the training part alone."""

    MEAN_STD = "mean_std"
    MIN_MAX = "min_max"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class WindowConfig:
    """Windows of ``length`` samples, one every ``stride`` samples."""

    length: int
    stride: int

    def __post_init__(self) -> None:
        if self.length < 1 or self.stride < 1:
            raise ValueError("a window needs at least one sample and a stride of at least one")
        if max(self.length, self.stride) > LONGEST_WINDOW:
            raise ValueError(f"a window or stride has more than {LONGEST_WINDOW} samples")


@dataclass(frozen=True, slots=True)
class DataConfig:
    """How recordings become windows, targets and parts.

    ``rate_hz`` and ``windowing`` are chosen from the data where they are ``None``.
    ``min_overlap`` is the share of a window that a label span must cover to label it.
    """

    rate_hz: float | None = None
    windowing: WindowConfig | None = None
    min_overlap: float = 0.5
    normalisation: Normalisation = Normalisation.MEAN_STD
    fractions: tuple[float, float, float] = (0.6, 0.2, 0.2)
    split_seed: int = 1

    def __post_init__(self) -> None:
        least_hz, most_hz = RATES_HZ
        _check("rate_hz", self.rate_hz is None or least_hz <= self.rate_hz <= most_hz)
        _check("min_overlap", 0 <= self.min_overlap <= 1)
        _check("fractions", all(0 <= part <= 1 for part in self.fractions) and self.fractions[0])
        _check("split_seed", 0 <= self.split_seed <= LARGEST_SEED)


@dataclass(frozen=True, slots=True)
class AugmentConfig:
    """Random changes made to training windows only; zero switches one off.

    ``noise`` and ``scale`` are standard deviations (of the normalised signal, and of the factor
    around one), ``shift`` the largest shift as a share of the window, ``rotate_deg`` the largest
    rotation of the three-axis sensors.
    """

    noise: float = 0.0
    scale: float = 0.0
    shift: float = 0.0
    rotate_deg: float = 0.0

    def __post_init__(self) -> None:
        _check("noise", 0 <= self.noise < math.inf)
        _check("scale", 0 <= self.scale < math.inf)
        _check("shift", 0 <= self.shift <= 1)
        _check("rotate_deg", 0 <= self.rotate_deg <= 360)


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """Everything the optimiser is told. ``loss=None`` takes the task's own;
    ``patience=0`` never stops early."""

    optimizer: Optimizer = Optimizer.ADAM
    learning_rate: float = 0.001
    momentum: float = 0.9
    nesterov: bool = True
    batch_size: int = 32
    epochs: int = 60
    loss: Loss | None = None
    patience: int = 15
    class_weights: bool = True
    augment: AugmentConfig = AugmentConfig()
    seed: int = 1

    def __post_init__(self) -> None:
        _check("learning_rate", 0 < self.learning_rate < math.inf)
        _check("momentum", 0 <= self.momentum < 1)
        _check("batch_size", 1 <= self.batch_size <= LARGEST_COUNT)
        _check("epochs", 1 <= self.epochs <= LARGEST_COUNT)
        _check("patience", 0 <= self.patience <= LARGEST_COUNT)
        _check("seed", 0 <= self.seed <= LARGEST_SEED)


@dataclass(frozen=True, slots=True)
class EpochMetrics:
    """One epoch's figures. ``accuracy`` is MAE for regression; validation is ``None`` where
    there is no validation part."""

    epoch: int
    loss: float
    accuracy: float
    val_loss: float | None
    val_accuracy: float | None
    seconds: float


class StopReason(Enum):
    FINISHED = "finished"
    EARLY = "early"
    CANCELLED = "cancelled"
    FAILED = "failed"
