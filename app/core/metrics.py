# SPDX-License-Identifier: GPL-3.0-or-later
"""How well a network answers, and what the simplest rule would reach on the same windows."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.recording import Samples

Labels = NDArray[np.int64]
"""Places in the list of classes, one a window."""


@dataclass(frozen=True, slots=True)
class ClassMetrics:
    """One class. ``precision``: of the answers that named it, how many were right. ``recall``: of
    its windows, how many were found. ``f1`` is their harmonic mean; 0 where nothing was right.
    ``windows`` counts its windows."""

    precision: float
    recall: float
    f1: float
    windows: int


@dataclass(frozen=True, slots=True)
class ClassificationMetrics:
    """``confusion[true][answered]`` counts windows."""

    confusion: tuple[tuple[int, ...], ...]

    @property
    def windows(self) -> int:
        return sum(map(sum, self.confusion))

    @property
    def accuracy(self) -> float:
        """The share of right answers; NaN without windows."""
        right = sum(row[index] for index, row in enumerate(self.confusion))
        return right / self.windows if self.windows else math.nan

    @property
    def classes(self) -> tuple[ClassMetrics, ...]:
        columns = [sum(column) for column in zip(*self.confusion, strict=True)]
        metrics: list[ClassMetrics] = []
        for index, row in enumerate(self.confusion):
            right, shown, answered = row[index], sum(row), columns[index]
            metrics.append(
                ClassMetrics(
                    precision=right / answered if answered else 0.0,
                    recall=right / shown if shown else 0.0,
                    f1=2 * right / (shown + answered) if right else 0.0,
                    windows=shown,
                )
            )
        return tuple(metrics)

    @property
    def macro_f1(self) -> float:
        """The mean F1 over the classes that were shown or answered, each weighing the same; NaN
        without windows."""
        columns = [sum(column) for column in zip(*self.confusion, strict=True)]
        scores = [
            each.f1
            for each, answered in zip(self.classes, columns, strict=True)
            if each.windows or answered
        ]
        return sum(scores) / len(scores) if scores else math.nan


@dataclass(frozen=True, slots=True)
class RegressionMetrics:
    """Mean absolute error and root of the mean squared error, in the target's unit, and R²: the
    share of the target's variance that is explained (NaN where it does not vary)."""

    windows: int
    mae: float
    rmse: float
    r2: float


def classification_metrics(targets: Labels, answers: Labels, classes: int) -> ClassificationMetrics:
    """Compare answers with what was shown; both are places below ``classes``."""
    counts = np.bincount(targets * classes + answers, minlength=classes * classes)
    rows: list[list[int]] = counts.reshape(classes, classes).tolist()
    return ClassificationMetrics(tuple(tuple(row) for row in rows))


def regression_metrics(
    targets: NDArray[np.floating], answers: NDArray[np.floating]
) -> RegressionMetrics:
    """Compare answered numbers with the true ones, both of shape ``(windows,)``."""
    truth = targets.astype(np.float64)
    error = answers.astype(np.float64) - truth
    if not len(error):
        return RegressionMetrics(0, math.nan, math.nan, math.nan)
    spread = float(((truth - truth.mean()) ** 2).sum())
    squares = float((error**2).sum())
    return RegressionMetrics(
        windows=len(error),
        mae=float(np.abs(error).mean()),
        rmse=math.sqrt(squares / len(error)),
        r2=1 - squares / spread if spread else math.nan,
    )


@dataclass(frozen=True, slots=True, eq=False)
class NearestMean:
    """The simplest classifier: answers with the class whose mean window is nearest.

    ``means`` has shape ``(classes, length * channels)``; a class nobody showed is infinitely far.
    """

    means: NDArray[np.float64]

    @classmethod
    def fit(cls, batches: Iterable[tuple[Samples, Labels]], classes: int) -> NearestMean:
        """Learn from batches of normalised windows, shape ``(n, length, channels)``, and labels.

        Raises :class:`ValueError` where there is not one batch.
        """
        sums: NDArray[np.float64] | None = None
        counts = np.zeros(classes)
        for windows, labels in batches:
            rows = windows.reshape(len(windows), -1).astype(np.float64)
            if sums is None:
                sums = np.zeros((classes, rows.shape[1]))
            np.add.at(sums, labels, rows)
            counts += np.bincount(labels, minlength=classes)
        if sums is None:
            raise ValueError("there is nothing to take the mean of")
        means = np.full(sums.shape, np.inf)
        shown = counts > 0
        means[shown] = sums[shown] / counts[shown, None]
        return cls(means)

    def predict(self, windows: Samples) -> Labels:
        """The class of each window, shape ``(n,)``."""
        rows = windows.reshape(len(windows), -1).astype(np.float64)
        distances = [((rows - mean) ** 2).sum(axis=1) for mean in self.means]
        return np.argmin(distances, axis=0).astype(np.int64)
