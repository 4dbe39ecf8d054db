# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import threading
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.capture.ring import SMALLEST_ROWS, Ring, rows_for


def signal(rows: int, channels: int = 2, seed: int = 0) -> NDArray[np.float32]:
    values = np.random.default_rng(seed).normal(size=(rows, channels)).astype(np.float32)
    values[::97] = np.nan
    return values


def fill(ring: Ring, values: NDArray[np.float32], sizes: list[int], rate_hz: float = 100) -> None:
    at = 0
    while at < len(values):
        for size in sizes:
            stop = min(at + size, len(values))
            ring.append(values[at:stop], np.arange(at, stop) / rate_hz)
            at = stop


@settings(max_examples=25, deadline=None)
@given(
    rows=st.sampled_from([0, 1, 100, 5000, SMALLEST_ROWS, SMALLEST_ROWS + 1, 150_000]),
    sizes=st.lists(st.integers(1, 40_000), min_size=1, max_size=5),
    window=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    pixels=st.integers(1, 2000),
)
def test_the_envelope_is_the_truth(
    rows: int, sizes: list[int], window: tuple[float, float], pixels: int
) -> None:
    """Against a plain reduction of all the rows: nothing invented, no peak lost."""
    values = signal(rows)
    ring = Ring(2, SMALLEST_ROWS)
    fill(ring, values, [max(size, rows // 50) for size in sizes])
    assert ring.total == rows
    assert ring.first == max(0, rows - SMALLEST_ROWS)
    kept = ring.total - ring.first
    start, stop = sorted(ring.first + int(part * kept) for part in window)
    envelope = ring.envelope(start / 100, stop / 100, pixels)
    assert len(envelope.time_s) == len(envelope.values) <= 2 * pixels + 2
    assert (np.diff(envelope.time_s) >= 0).all()
    if not len(envelope.values):
        assert rows == 0
        return
    first = round(envelope.time_s[0] * 100)
    assert ring.first <= first <= max(ring.first, start)
    last = min(ring.total, stop + 1)
    rows_at = np.round(envelope.time_s * 100).astype(int)
    if len(np.unique(rows_at)) == len(rows_at):  # few rows come back as they are
        np.testing.assert_array_equal(envelope.values, values[rows_at])
        assert rows_at[-1] >= last - 1
        return
    begins, low, high = rows_at[::2], envelope.values[0::2], envelope.values[1::2]
    for pixel, (begin, end) in enumerate(pairwise(begins)):
        np.testing.assert_array_equal(low[pixel], np.fmin.reduce(values[begin:end]))
        np.testing.assert_array_equal(high[pixel], np.fmax.reduce(values[begin:end]))
    # The newest pixel holds all that is shown, and no more than is there of it.
    shown, there = values[begins[-1] : last], values[begins[-1] : ring.total]
    np.testing.assert_array_equal(np.fmin(low[-1], np.fmin.reduce(shown)), low[-1])
    np.testing.assert_array_equal(np.fmax(high[-1], np.fmax.reduce(shown)), high[-1])
    np.testing.assert_array_equal(np.fmin(low[-1], np.fmin.reduce(there)), np.fmin.reduce(there))
    np.testing.assert_array_equal(np.fmax(high[-1], np.fmax.reduce(there)), np.fmax.reduce(there))


def test_few_samples_come_back_as_they_are() -> None:
    ring = Ring(2)
    values = signal(50)
    fill(ring, values, [7])
    envelope = ring.envelope(0, 1, 100)
    np.testing.assert_array_equal(envelope.values, values)


def test_pixels_stand_still_while_the_curve_scrolls() -> None:
    ring = Ring(1, SMALLEST_ROWS)
    values = signal(30_000, 1)
    fill(ring, values, [1000])
    one = ring.envelope(50, 250, 500)
    two = ring.envelope(51, 251, 500)
    shared = np.intersect1d(one.time_s, two.time_s)
    assert len(shared) > 400
    np.testing.assert_array_equal(
        one.values[np.isin(one.time_s, shared)], two.values[np.isin(two.time_s, shared)]
    )


def test_the_latest_rows_and_the_times() -> None:
    ring = Ring(2, SMALLEST_ROWS)
    assert ring.time_range() is None
    values = signal(SMALLEST_ROWS + 10)
    fill(ring, values, [3000])
    rows, times = ring.latest(20)
    np.testing.assert_array_equal(rows, values[-20:])
    assert times[-1] == pytest.approx((len(values) - 1) / 100)
    assert ring.time_range() == pytest.approx((0.1, (len(values) - 1) / 100))


def test_ten_hours_of_six_channels_fit() -> None:
    assert rows_for(6) >= 10 * 3600 * 100
    assert rows_for(6) * 6 * 4 <= 100 << 20


def test_a_reader_beside_the_writer_sees_whole_rows() -> None:
    ring = Ring(2, SMALLEST_ROWS)
    done = threading.Event()

    def write() -> None:
        for at in range(0, 300_000, 500):
            rows = np.arange(at, at + 500, dtype=np.float32)
            ring.append(np.stack([rows, -rows], axis=1), np.arange(at, at + 500) / 100)
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    while not done.is_set():
        rows, times = ring.latest(1000)
        np.testing.assert_array_equal(rows[:, 0], -rows[:, 1])
        assert (np.diff(times) >= 0).all()
        ring.envelope(0, 3000, 300)
    writer.join()
    assert ring.total == 300_000
