# SPDX-License-Identifier: GPL-3.0-or-later
"""Time-stamped values onto a uniform grid."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import DataError
from app.core.resample import (
    Resampler,
    bins,
    estimate_rate,
    fill_forward,
    resample,
    resample_uniform,
)

NAN = np.nan


def by_hand(times: np.ndarray, values: np.ndarray, rate_hz: float) -> np.ndarray:
    """The rule of the module, written out slowly."""
    first = next(i for i in range(len(times)) if (~np.isnan(values[: i + 1])).any(axis=0).all())
    last = [
        next(v for v in values[first::-1, c] if not np.isnan(v)) for c in range(values.shape[1])
    ]
    point = [int(np.floor((t - times[first]) * rate_hz + 0.5)) for t in times]
    rows = []
    for k in range(point[-1] + 1):
        for channel in range(values.shape[1]):
            inside = [
                values[i, channel]
                for i in range(first, len(times))
                if point[i] == k and not np.isnan(values[i, channel])
            ]
            if inside:
                last[channel] = sum(inside) / len(inside)
        rows.append(list(last))
    return np.array(rows)


@st.composite
def streams(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    count = draw(st.integers(1, 40))
    steps = draw(st.lists(st.integers(0, 40), min_size=count, max_size=count))
    value = st.integers(-1000, 1000).map(float) | st.just(NAN)
    values = draw(st.lists(st.tuples(value, value), min_size=count, max_size=count))
    array = np.array(values)
    array[0] = np.nan_to_num(array[0])
    return np.cumsum(steps) / 1000.0, array


@settings(max_examples=80, deadline=None)
@given(streams(), st.sampled_from([20.0, 100.0, 119.0, 333.3]))
def test_it_is_the_mean_per_bin_and_the_last_value_elsewhere(
    stream: tuple[np.ndarray, np.ndarray], rate_hz: float
) -> None:
    times, values = stream
    np.testing.assert_allclose(
        resample(times, values, rate_hz), by_hand(times, values, rate_hz), rtol=1e-6
    )


@settings(max_examples=60, deadline=None)
@given(streams(), st.lists(st.integers(1, 9), max_size=12))
def test_how_it_is_cut_makes_no_difference(
    stream: tuple[np.ndarray, np.ndarray], cuts: list[int]
) -> None:
    times, values = stream
    values = values / 3.0
    whole = resample(times, values, 119.0)
    resampler = Resampler(119.0, 2)
    pieces, at = [], 0
    for cut in [*cuts, len(times)]:
        pieces.append(resampler.feed(times[at : at + cut], values[at : at + cut]))
        at += cut
    pieces.append(resampler.finish())
    assert np.concatenate(pieces).tobytes() == whole.tobytes()


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 60), st.floats(0, 0.49), st.integers(0, 99))
def test_jitter_below_half_a_period_moves_nothing(count: int, jitter: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(count, 3)).astype(np.float32)
    times = (np.arange(count) + rng.uniform(0, jitter, count)) / 100.0
    times[0] = 0.0
    np.testing.assert_array_equal(resample(times, values.astype(np.float64), 100.0), values)


def test_rows_before_every_channel_has_spoken_are_no_samples() -> None:
    times = np.array([0.0, 0.01, 0.02, 0.03])
    values = np.array([[1, NAN], [2, NAN], [NAN, 7], [4, NAN]])
    resampler = Resampler(100.0, 2)
    first = resampler.feed(times[:2], values[:2])
    assert first.shape == (0, 2)
    assert resampler.start_s is None
    rest = np.concatenate([resampler.feed(times[2:], values[2:]), resampler.finish()])
    assert resampler.start_s == 0.02
    assert rest.tolist() == [[2, 7], [4, 7]]


def test_nothing_gives_nothing() -> None:
    resampler = Resampler(100.0, 2)
    assert resampler.feed(np.zeros(0), np.zeros((0, 2))).shape == (0, 2)
    assert resampler.finish().shape == (0, 2)


def test_time_runs_forwards_and_does_not_stand_still_for_long() -> None:
    values = np.zeros((2, 1))
    with pytest.raises(DataError, match="forwards"):
        resample(np.array([1.0, 0.5]), values, 10.0)
    resampler = Resampler(10.0, 1)
    resampler.feed(np.array([5.0]), values[:1])
    with pytest.raises(DataError, match="forwards"):
        resampler.feed(np.array([4.0]), values[:1])
    with pytest.raises(DataError, match="1000 s"):
        resample(np.array([0.0, 1000.0]), values, 10.0)
    assert len(resample(np.array([0.0, 59.0]), values, 10.0)) == 591


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 80), st.integers(1, 50), st.integers(1, 50))
def test_another_grid(count: int, from_hz: int, to_hz: int) -> None:
    samples = np.arange(count, dtype=np.float32)[:, None]
    out = resample_uniform(samples, float(from_hz), float(to_hz))
    assert len(out) == max(1, count * to_hz // from_hz)
    points = [i * to_hz // from_hz for i in range(count)]
    expected, last = [], 0.0
    for k in range(len(out)):
        inside = [float(i) for i in range(count) if points[i] == k]
        last = sum(inside) / len(inside) if inside else last
        expected.append(last)
    np.testing.assert_allclose(out[:, 0], expected, rtol=1e-6)


def test_the_same_grid_is_the_same_array() -> None:
    samples = np.ones((3, 1), np.float32)
    assert resample_uniform(samples, 50.0, 50.0) is samples


def test_the_rate_of_whole_milliseconds_is_not_their_median() -> None:
    times = np.floor(np.arange(1190) * 1000 / 119) / 1000
    estimate = estimate_rate(times)
    assert estimate.rate_hz == pytest.approx(119, rel=1e-3)
    assert 0.3 < estimate.jitter_ms < 0.6
    assert estimate.gaps == ()


def test_the_rate_of_bursts_counts_all_lines() -> None:
    assert estimate_rate(np.repeat(np.arange(20) * 0.1, 10)).rate_hz == pytest.approx(100, rel=0.06)


def test_gaps_are_counted_and_do_not_slow_the_rate() -> None:
    times = np.delete(np.arange(200) / 100.0, range(50, 60))
    estimate = estimate_rate(times)
    assert estimate.rate_hz == pytest.approx(100)
    assert estimate.gaps == (50,)
    assert estimate.lost == 10


@pytest.mark.parametrize("times", [[1.0], [2.0, 2.0], [1.0, 0.0], [0.0, NAN]])
def test_times_that_tell_no_rate(times: list[float]) -> None:
    with pytest.raises(DataError):
        estimate_rate(np.array(times))


def test_filling_forward() -> None:
    values = np.array([[NAN, 1], [2, NAN], [NAN, NAN], [3, 4]])
    np.testing.assert_array_equal(fill_forward(values), [[NAN, 1], [2, 1], [2, 1], [3, 4]])


def test_bins_reach_half_a_period_to_either_side() -> None:
    assert bins(np.array([0.0, 0.49, 0.5, 1.49, 2.0]), 0.0, 1.0).tolist() == [0, 0, 1, 1, 2]
