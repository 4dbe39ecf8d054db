# SPDX-License-Identifier: GPL-3.0-or-later
"""How a network is trained, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


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
