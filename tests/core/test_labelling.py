# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import DataError
from app.core.labelling import Target, label_windows, targets_of
from app.core.training import Task, WindowConfig
from app.core.windows import window_count
from tests.helpers.memory_source import MemorySource

NONE = float("nan")


def labels(samples, length, stride, targets, min_overlap=0.5):
    result = label_windows(
        samples, WindowConfig(length, stride), [Target(*each) for each in targets], min_overlap
    )
    return result.values.tolist(), result.ambiguous.tolist()


def test_a_window_takes_the_label_that_covers_half_of_it():
    values, ambiguous = labels(100, 20, 10, [(0, 50, 1.0)])
    np.testing.assert_array_equal(values, [1, 1, 1, 1, 1, NONE, NONE, NONE, NONE])
    assert not any(ambiguous)


def test_the_share_asked_for_decides():
    values, _ = labels(100, 20, 10, [(0, 50, 1.0)], min_overlap=1.0)
    np.testing.assert_array_equal(values, [1, 1, 1, 1, NONE, NONE, NONE, NONE, NONE])


def test_an_event_shorter_than_a_window_labels_the_windows_that_hold_half_of_it():
    values, _ = labels(100, 40, 10, [(44, 50, 2.0)])
    np.testing.assert_array_equal(values, [NONE, 2, 2, 2, 2, NONE, NONE])


def test_two_labels_in_one_window_leave_it_out():
    values, ambiguous = labels(60, 20, 10, [(0, 30, 0.0), (30, 60, 1.0)])
    np.testing.assert_array_equal(values, [0, 0, NONE, 1, 1])
    assert ambiguous == [False, False, True, False, False]


def test_the_same_label_twice_is_not_ambiguous():
    values, ambiguous = labels(60, 20, 10, [(0, 30, 1.0), (30, 60, 1.0)])
    assert values == [1, 1, 1, 1, 1]
    assert not any(ambiguous)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_labels_agree_with_counting_shared_samples_one_by_one(data):
    length = data.draw(st.integers(1, 12))
    stride = data.draw(st.integers(1, 8))
    samples = data.draw(st.integers(0, 60))
    min_overlap = data.draw(st.sampled_from([0.1, 0.5, 0.8, 1.0]))
    cuts = sorted(data.draw(st.sets(st.integers(0, 60), min_size=2, max_size=6)))
    targets = [
        Target(start, stop, float(data.draw(st.integers(0, 2)))) for start, stop in pairwise(cuts)
    ]
    windowing = WindowConfig(length, stride)
    result = label_windows(samples, windowing, targets, min_overlap)
    assert len(result.values) == window_count(samples, windowing)
    for index, value in enumerate(result.values):
        window = set(range(index * stride, index * stride + length))
        claims = {
            target.value
            for target in targets
            if (shared := len(window & set(range(target.start, target.stop))))
            and shared >= min_overlap * min(length, target.stop - target.start) - 1e-9
        }
        expected = claims.pop() if len(claims) == 1 else NONE
        np.testing.assert_equal(value, expected)
        assert bool(result.ambiguous[index]) == (len(claims) > 1)


def test_a_label_follows_its_recording_to_another_rate():
    assert Target(100, 200, 1.0).at_rate(0.5) == Target(50, 100, 1.0)
    assert Target(0, 1, 1.0).at_rate(0.1) == Target(0, 1, 1.0)


def test_regression_learns_the_number_and_skips_labels_without_one():
    source = MemorySource().task(Task.REGRESSION)
    source.add("level", 10, value=2.5)
    source.add("level", 10)
    assert targets_of(source.document, ()) == {"r0": [Target(0, 10, 2.5)]}


@pytest.mark.parametrize(
    ("task", "classes", "reason"),
    [
        (Task.MULTICLASS, ["a"], "at least two classes"),
        (Task.MULTICLASS, [], "at least two classes"),
        (Task.BINARY, ["a", "b", "c"], "needs two classes; labelled: 3"),
        (Task.REGRESSION, ["a", "b"], "No label carries a number"),
    ],
)
def test_labels_that_make_no_task_are_refused(task, classes, reason):
    source = MemorySource().task(task)
    for name in classes:
        source.add(name, 10)
    with pytest.raises(DataError, match=reason):
        targets_of(source.document, classes)
