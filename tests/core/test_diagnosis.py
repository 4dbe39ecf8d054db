# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import math

import pytest

from app.core.diagnosis import Advice, Diagnosis, diagnose
from app.core.runs import DatasetSummary
from app.core.training import EpochMetrics, Task

CLASSES = ("idle", "wave", "tap")
PLENTY = DatasetSummary(60, (100, 90, 80), (30, 30, 30), (30, 30, 30))


def curve(
    loss: list[float],
    accuracy: list[float],
    val_loss: list[float] | None = None,
    val_accuracy: list[float] | None = None,
) -> list[EpochMetrics]:
    return [
        EpochMetrics(
            epoch + 1,
            loss[epoch],
            accuracy[epoch],
            val_loss[epoch] if val_loss else None,
            val_accuracy[epoch] if val_accuracy else None,
            0.1,
        )
        for epoch in range(len(loss))
    ]


def falling(start: float, end: float, epochs: int = 40, pace: float = 8.0) -> list[float]:
    return [end + (start - end) * math.exp(-epoch / pace) for epoch in range(epochs)]


def diagnosed(history, best=None, data=PLENTY, task=Task.MULTICLASS) -> list[Advice]:
    return diagnose(task, CLASSES, history, best or len(history), data)


def kinds(*args, **options) -> list[Diagnosis]:
    return [advice.kind for advice in diagnosed(*args, **options)]


GOOD = curve(falling(1.1, 0.05), falling(0.33, 0.99), falling(1.1, 0.1), falling(0.33, 0.97))


def test_good_curves_are_well():
    [advice] = diagnosed(GOOD)
    assert advice.kind is Diagnosis.OK
    assert "98 % of the training windows right, and 97 %" in str(advice.what)


def test_no_epoch_no_advice():
    assert diagnose(Task.MULTICLASS, CLASSES, [], 0, PLENTY) == []


def test_a_network_that_cannot_learn_its_own_windows_underfits():
    flat = curve(
        falling(1.1, 0.9, pace=2), falling(0.33, 0.6, pace=2),
        falling(1.1, 0.92, pace=2), falling(0.33, 0.58, pace=2),
    )  # fmt: skip
    [advice] = diagnosed(flat)
    assert advice.kind is Diagnosis.UNDERFITTING
    assert "only 60 % of its own training windows" in str(advice.what)
    assert "larger network" in str(advice.try_next)


def test_a_network_stopped_while_it_learnt_should_train_on():
    short = curve(
        falling(1.1, 0.1, epochs=10, pace=20), falling(0.33, 0.95, epochs=10, pace=20),
        falling(1.1, 0.1, epochs=10, pace=20), falling(0.33, 0.95, epochs=10, pace=20),
    )  # fmt: skip
    [advice] = diagnosed(short)
    assert advice.kind is Diagnosis.UNDERFITTING
    assert "more epochs" in str(advice.try_next)


def test_a_gap_between_training_and_validation_is_overfitting():
    gap = curve(falling(1.1, 0.01), falling(0.33, 1.0), falling(1.1, 0.6), falling(0.33, 0.8))
    [advice] = diagnosed(gap)
    assert advice.kind is Diagnosis.OVERFITTING
    assert "99 % of the training windows right, but only 80 %" in str(advice.what)


def test_a_validation_loss_that_rises_after_an_early_best_is_overfitting_and_not_underfitting():
    val_loss = [1.1, 0.9, 0.8, 0.75, 0.8, 0.9, 1.0, 1.1]
    history = curve(
        falling(1.1, 0.05, epochs=8, pace=3),
        [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97, 1.0],
        val_loss,
        [0.4, 0.5, 0.6, 0.68, 0.68, 0.67, 0.67, 0.66],
    )
    [advice] = diagnosed(history, best=4)
    assert advice.kind is Diagnosis.OVERFITTING
    assert "After epoch 4" in str(advice.what)


def test_a_rising_loss_does_not_matter_where_nearly_all_is_right():
    history = curve(
        [0.5, 0.1, 0.05, 0.01],
        [0.9, 0.99, 1.0, 1.0],
        [0.4, 0.1, 0.12, 0.14],
        [0.9, 0.97, 0.97, 0.97],
    )
    assert kinds(history, best=2) == [Diagnosis.OK]


def test_few_windows_of_a_class_are_too_few():
    data = DatasetSummary(12, (60, 60, 19), (20, 20, 5), (20, 20, 5))
    [advice] = diagnosed(GOOD, data=data)
    assert advice.kind is Diagnosis.TOO_LITTLE_DATA
    assert "fewer than 20 windows of tap" in str(advice.what)


def test_a_tiny_validation_part_is_too_little():
    data = DatasetSummary(12, (60, 60, 60), (6, 6, 7), (6, 6, 7))
    [advice] = diagnosed(GOOD, data=data)
    assert advice.kind is Diagnosis.TOO_LITTLE_DATA
    assert "Only 19 windows are held back" in str(advice.what)


def test_a_drowned_class_is_named():
    data = DatasetSummary(60, (400, 90, 80), (30, 30, 30), (30, 30, 30))
    [advice] = diagnosed(GOOD, data=data)
    assert advice.kind is Diagnosis.UNBALANCED
    assert "400 windows of idle and 80 of tap" in str(advice.what)


def test_a_perceptron_on_xor_underfits_on_too_little_data():
    history = curve([0.7] * 30, [0.5] * 30)
    data = DatasetSummary(1, (2, 2), (0, 0), (2, 2))
    found = diagnose(Task.BINARY, ("0", "1"), history, 30, data)
    assert [advice.kind for advice in found] == [
        Diagnosis.UNDERFITTING,
        Diagnosis.TOO_LITTLE_DATA,
    ]


NUMBERS = DatasetSummary(60, (100,), (30,), (30,))


@pytest.mark.parametrize(
    ("loss", "val_loss", "kind"),
    [
        (falling(10, 0.5), falling(10, 0.6), Diagnosis.OK),
        (falling(10, 0.5), falling(10, 2.0), Diagnosis.OVERFITTING),
        (falling(10, 8.0), falling(10, 8.5), Diagnosis.UNDERFITTING),
    ],
)
def test_regression_is_judged_by_its_losses(loss, val_loss, kind):
    history = curve(loss, loss, val_loss, val_loss)
    found = diagnose(Task.REGRESSION, (), history, len(history), NUMBERS)
    assert [advice.kind for advice in found] == [kind]


def test_regression_on_few_windows_counts_them():
    data = DatasetSummary(3, (12,), (0,), (12,))
    history = curve(falling(10, 0.5), falling(10, 0.5))
    [advice] = diagnose(Task.REGRESSION, (), history, len(history), data)
    assert "Training has only 12 windows" in str(advice.what)
