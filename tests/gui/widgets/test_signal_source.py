# SPDX-License-Identifier: GPL-3.0-or-later
"""Reducing a signal to what a screen can show never hides a peak."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.recording import Channel
from app.gui.widgets.signal_lanes import time_text
from app.gui.widgets.signal_source import CHUNK, ArraySource, bin_size, reduce_samples

CHANNELS = (Channel("a"), Channel("b"))


def noise(samples):
    return np.random.default_rng(samples).normal(size=(samples, 2)).astype(np.float32)


@settings(max_examples=60, deadline=None)
@given(
    samples=st.integers(1, 5000),
    start=st.integers(0, 5000),
    length=st.integers(1, 5000),
    columns=st.integers(1, 300),
)
def test_least_and_greatest_are_kept_and_points_are_few(samples, start, length, columns):
    values = noise(samples)
    start = min(start, samples - 1)
    stop = min(start + length, samples)
    found = ArraySource(CHANNELS, 100.0, values).envelope(start, stop, columns)
    size = bin_size(start, stop, columns)
    assert len(found.at) == len(found.values) <= 2 * columns + 4
    assert np.all(np.diff(found.at) >= 0)
    part = values[start:stop]
    if size < CHUNK:  # coarse bins may reach a little over the ends
        assert found.values.min(axis=0) == pytest.approx(part.min(axis=0))
        assert found.values.max(axis=0) == pytest.approx(part.max(axis=0))
    else:
        assert np.all(found.values.min(axis=0) <= part.min(axis=0))
        assert np.all(found.values.max(axis=0) >= part.max(axis=0))


def test_a_single_peak_in_hours_is_seen():
    values = np.zeros((3_600_000, 2), np.float32)
    values[1_234_567, 1] = 9
    found = ArraySource(CHANNELS, 100.0, values).envelope(0, len(values), 800)
    assert len(found.at) <= 1602
    peak = int(found.values[:, 1].argmax())
    assert found.values[peak, 1] == 9
    assert abs(found.at[peak] - 1_234_567) <= bin_size(0, len(values), 800)


def test_bins_stand_still_while_the_signal_slides():
    values = noise(4096)
    first = reduce_samples(values[100:1100], 100, 8)
    later = reduce_samples(values[108:1108], 108, 8)
    shared = np.isin(first.at[2:-2], later.at)
    assert shared.all()


def test_few_samples_are_drawn_as_they_are():
    values = noise(50)
    found = ArraySource(CHANNELS, 100.0, values).envelope(10, 40, 100)
    assert np.array_equal(found.values, values[10:40])
    assert found.at.tolist() == list(range(10, 40))


@pytest.mark.parametrize(
    ("seconds", "resolution", "words"),
    [
        (4.25, 0.1, "4.2 s"),
        (0, 1, "0 s"),
        (59.96, 1, "60 s"),
        (60, 1, "1:00"),
        (125.5, 0.1, "2:05.5"),
        (3725, 1, "1:02:05"),
        (-75, 1, "-1:15"),
        (119.99, 1, "2:00"),
    ],
)
def test_moments_as_people_read_them(seconds, resolution, words):
    assert time_text(seconds, resolution) == words
