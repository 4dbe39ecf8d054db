# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.metrics import (
    ClassificationMetrics,
    NearestMean,
    classification_metrics,
    regression_metrics,
)


def test_a_worked_example():
    metrics = classification_metrics(
        np.array([0, 0, 0, 0, 1, 1, 1, 2, 2, 2]), np.array([0, 0, 0, 1, 1, 1, 2, 2, 2, 0]), 3
    )
    assert metrics.confusion == ((3, 1, 0), (0, 2, 1), (1, 0, 2))
    assert metrics.windows == 10
    assert metrics.accuracy == pytest.approx(0.7)
    first, second, third = metrics.classes
    assert (first.precision, first.recall, first.windows) == (0.75, 0.75, 4)
    assert (second.precision, second.recall) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert third.f1 == pytest.approx(2 / 3)
    assert metrics.macro_f1 == pytest.approx((0.75 + 2 / 3 + 2 / 3) / 3)


def test_a_class_that_is_neither_shown_nor_answered_does_not_count():
    metrics = ClassificationMetrics(((5, 0, 0), (0, 5, 0), (0, 0, 0)))
    assert metrics.macro_f1 == 1.0
    assert metrics.classes[2].f1 == 0.0


def test_a_class_never_answered_right_counts_as_zero():
    metrics = ClassificationMetrics(((5, 0), (5, 0)))
    assert metrics.classes[1].precision == 0.0
    assert metrics.macro_f1 == pytest.approx((2 / 3) / 2)


def test_no_windows_no_score():
    metrics = classification_metrics(np.array([], np.int64), np.array([], np.int64), 2)
    assert metrics.confusion == ((0, 0), (0, 0))
    assert math.isnan(metrics.accuracy)
    assert math.isnan(metrics.macro_f1)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40))
def test_scores_agree_with_counting_one_by_one(pairs):
    truth, answers = (np.array(column) for column in zip(*pairs, strict=True))
    metrics = classification_metrics(truth, answers, 4)
    assert metrics.accuracy == pytest.approx(np.mean(truth == answers))
    scores = []
    for index, each in enumerate(metrics.classes):
        right = sum(pair == (index, index) for pair in pairs)
        found = sum(pair[0] == index for pair in pairs)
        named = sum(pair[1] == index for pair in pairs)
        assert each.windows == found
        assert each.precision == (right / named if named else 0)
        assert each.recall == (right / found if found else 0)
        if found or named:
            scores.append(2 * right / (found + named))
    assert metrics.macro_f1 == pytest.approx(np.mean(scores))


def test_regression_errors():
    metrics = regression_metrics(np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 2.0, 3.0, 6.0]))
    assert (metrics.windows, metrics.mae, metrics.rmse) == (4, 0.5, 1.0)
    assert metrics.r2 == pytest.approx(1 - 4 / 5)


def test_answering_the_mean_explains_nothing_and_a_constant_target_cannot_be_explained():
    truth = np.array([1.0, 2.0, 3.0])
    assert regression_metrics(truth, np.full(3, 2.0)).r2 == 0.0
    assert math.isnan(regression_metrics(np.ones(3), np.ones(3)).r2)
    assert math.isnan(regression_metrics(np.array([]), np.array([])).mae)


def test_the_nearest_mean_answers_with_the_nearest_class():
    windows = np.array([[[0.0], [0.0]], [[2.0], [0.0]], [[9.0], [9.0]]], np.float32)
    learnt = NearestMean.fit([(windows[:2], np.array([0, 0])), (windows[2:], np.array([2]))], 3)
    np.testing.assert_array_equal(learnt.means[[0, 2]], [[1, 0], [9, 9]])
    asked = np.array([[[1.0], [1.0]], [[8.0], [7.0]], [[4.0], [4.0]]], np.float32)
    assert learnt.predict(asked).tolist() == [0, 2, 0]
    with pytest.raises(ValueError, match="nothing to take the mean of"):
        NearestMean.fit([], 3)
