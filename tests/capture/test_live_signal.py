# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import pytest

from app.capture.live_signal import LiveSignal
from app.capture.take import TimeBase
from app.core.recording import Channel

RATE_HZ = 100.0


@pytest.fixture
def signal():
    """A board that has sent a hundred samples a second, ten at a time, for a second."""
    made = LiveSignal(0, (Channel("ax", "g"),), TimeBase.COUNTED, 0.0, RATE_HZ)
    for block in range(1, 11):
        add(made, 10, block / 10)
    return made


def add(signal, rows, now_s):
    return signal.add(np.zeros((rows, 1), np.float32), now_s)


def test_samples_that_arrive_in_time_are_a_period_apart(signal):
    np.testing.assert_allclose(add(signal, 10, 1.1), 1 + np.arange(1, 11) / RATE_HZ)


def test_samples_that_arrive_late_in_a_heap_are_a_period_apart(signal):
    """As after a busy moment of the computer: three blocks are read at once."""
    heap = np.concatenate([add(signal, 10, 1.3) for _ in range(3)])
    np.testing.assert_allclose(np.diff(heap), 1 / RATE_HZ, rtol=0.15)
    assert heap[-1] <= 1.3 + 1e-9


def test_samples_after_a_silence_stand_where_they_arrived(signal):
    times = add(signal, 10, 3.0)
    assert times[0] > 2.7
    assert times[-1] == pytest.approx(3.0)


def test_a_delay_is_made_good(signal):
    """The board's clock is slower than it says: what is drawn does not fall ever further behind."""
    now_s = 1.0
    for _ in range(500):
        now_s += 0.1005
        times = add(signal, 10, now_s)
    assert now_s - times[-1] < 0.02


def test_a_board_that_is_faster_than_it_says_is_not_drawn_ahead_of_time(signal):
    now_s = 1.0
    for _ in range(500):
        now_s += 0.0995
        times = add(signal, 10, now_s)
        assert np.all(np.diff(times) > 0)
    assert times[-1] == pytest.approx(now_s)
