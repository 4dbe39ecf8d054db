# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
import pytest

from app.capture.signal_quality import RateMeter, measure_channels, measure_clock, settle_rate
from app.core.recording import Channel

NAN = np.nan


def test_the_rate_is_known_after_a_second_of_bursts() -> None:
    meter = RateMeter()
    for step in range(1, 10):
        meter.add(10, step * 0.1)
    assert meter.rate_hz is None
    for step in range(10, 200):
        meter.add(10, step * 0.1)
    assert meter.rate_hz == pytest.approx(100)


def test_a_slow_board_has_a_rate_too() -> None:
    meter = RateMeter()
    for step in range(30):
        meter.add(1, step * 1.0)
    assert meter.rate_hz == pytest.approx(1)
    assert meter.silences == 0


def test_a_silence_does_not_dilute_the_rate() -> None:
    meter = RateMeter()
    for start in (0.0, 60.0):
        for step in range(30):
            meter.add(10, start + step * 0.1)
    assert meter.rate_hz == pytest.approx(100)
    assert meter.silences == 1


def test_takes_of_one_session_share_their_rate() -> None:
    assert settle_rate(99.72, None) == 99.7
    assert settle_rate(100.9, 99.7) == 99.7
    assert settle_rate(119.1, 99.7) == 119.0


def test_a_clock_tells_jitter_and_losses() -> None:
    times = np.delete(np.arange(100) / 100, [50, 51, 52, 53, 54])
    clock = measure_clock(times)
    assert clock is not None
    assert (clock.rate_hz, clock.lost) == (pytest.approx(100), 5)
    assert measure_clock(np.zeros(5)) is None


def test_each_channel_is_judged() -> None:
    time = np.arange(1000) / 100
    sine = np.sin(time * 7) * 3
    values = np.stack(
        [
            sine,
            np.clip(sine, -2, 2),
            np.full(1000, 1.5),
            np.where(time % 1 < 0.1, NAN, sine),
            np.sign(sine),
            np.full(1000, NAN),
        ],
        axis=1,
    ).astype(np.float32)
    names = ("good", "clipped", "stuck", "gaps", "switch", "absent")
    channels = measure_channels(values, tuple(Channel(name) for name in names))
    assert [c.channel.name for c in channels if c.clipping] == ["clipped"]
    assert [c.channel.name for c in channels if c.stuck] == ["stuck"]
    assert [c.gaps for c in channels] == pytest.approx([0, 0, 0, 0.1, 0, 1], abs=0.02)
    assert (channels[1].minimum, channels[1].maximum) == (-2, 2)


def test_no_samples_no_judgement() -> None:
    assert measure_channels(np.zeros((0, 1), np.float32), (Channel("x"),)) == ()
