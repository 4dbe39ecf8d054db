# SPDX-License-Identifier: GPL-3.0-or-later
"""From windows in a data set to what Keras is fed, one batch at a time: nothing is copied ahead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.augment import augment
from app.core.dataset import Dataset
from app.core.preprocessing import Normaliser
from app.core.recording import Part
from app.core.split import Indices
from app.core.training import AugmentConfig, Loss, Task

Floats = NDArray[np.float32]
EVALUATION_BATCH = 256


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """``windows`` of shape ``(n, length, channels)``, normalised; ``targets`` as the loss needs
    them, and ``weights`` of shape ``(n,)``."""

    windows: Floats
    targets: Floats | NDArray[np.int64]
    weights: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Feeder:
    """Makes batches of a data set for one ``loss``."""

    dataset: Dataset
    normaliser: Normaliser
    loss: Loss

    def windows(self, indices: Indices) -> Floats:
        """Normalised windows, shape ``(len(indices), length, channels)``."""
        return self.normaliser.apply(self.dataset.gather(indices))

    def targets(self, indices: Indices) -> Floats | NDArray[np.int64]:
        """One-hot rows, places in the classes, or a column of numbers."""
        if self.loss is Loss.SPARSE_CATEGORICAL_CROSSENTROPY:
            return self.dataset.class_indices[indices]
        if self.dataset.task is Task.MULTICLASS:
            return self.dataset.one_hot(indices)
        return self.dataset.targets[indices, None]

    def training(
        self,
        batch_size: int,
        config: AugmentConfig,
        balanced: bool,
        random: np.random.Generator,
    ) -> Iterator[Batch]:
        """One epoch of the training part, shuffled and changed at random."""
        indices = random.permutation(self.dataset.indices[Part.TRAINING])
        weights = self._class_weights() if balanced else None
        for at in range(0, len(indices), batch_size):
            chosen = indices[at : at + batch_size]
            windows = augment(
                self.dataset.gather(chosen),
                self.dataset.channels,
                self.normaliser,
                config,
                random,
            )
            yield Batch(
                self.normaliser.apply(windows),
                self.targets(chosen),
                np.ones(len(chosen), np.float32)
                if weights is None
                else weights[self.dataset.class_indices[chosen]],
            )

    def _class_weights(self) -> Floats | None:
        """Each class weighs the same in sum, a window one on average; ``None`` for regression."""
        if self.dataset.task is Task.REGRESSION:
            return None
        counts = self.dataset.class_counts(Part.TRAINING)
        present = np.maximum(counts, 1) * np.count_nonzero(counts)
        return (counts.sum() / present).astype(np.float32)


def chunks(indices: Indices) -> Iterator[tuple[int, Indices]]:
    """``indices`` in pieces small enough to gather at once, each with the place it begins at."""
    for at in range(0, len(indices), EVALUATION_BATCH):
        yield at, indices[at : at + EVALUATION_BATCH]
