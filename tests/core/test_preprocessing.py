# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.dataset import Dataset, build_dataset
from app.core.errors import DataError
from app.core.preprocessing import (
    CHUNK_SAMPLES,
    FixedPointScaling,
    Normaliser,
    fit_normaliser,
    fixed_point,
)
from app.core.recording import Part
from app.core.training import DataConfig, Normalisation, WindowConfig
from tests.helpers.memory_source import MemorySource

# --- floating point ----------------------------------------------------------------------------


def dataset(
    windowing: WindowConfig | None = None, length: int = 100, scale: float = 1.0
) -> Dataset:
    source = MemorySource()
    random = np.random.default_rng(5)
    for label in "ab" * 10:
        samples = random.normal((3.0, -200.0, 9.81), (2.0, 50.0, 0.0), (length, 3)) * scale
        source.add(label, samples)
    return build_dataset(source, DataConfig(windowing=windowing or WindowConfig(length, length)))


def training_rows(data: Dataset) -> np.ndarray:
    return data.gather(data.indices[Part.TRAINING]).reshape(-1, 3).astype(np.float64)


def test_mean_and_deviation_come_from_the_training_part_alone():
    data = dataset()
    normaliser = fit_normaliser(data, Normalisation.MEAN_STD)
    rows = training_rows(data)
    np.testing.assert_allclose(normaliser.offset, rows.mean(axis=0), rtol=1e-12)
    np.testing.assert_allclose(normaliser.deviation[:2], rows.std(axis=0)[:2], rtol=1e-12)
    np.testing.assert_allclose(normaliser.largest, np.abs(rows).max(axis=0))
    everything = np.concatenate(data.samples).astype(np.float64)
    assert abs(normaliser.offset[0] - everything.mean(axis=0)[0]) > 1e-6
    normalised = normaliser.apply(data.gather(data.indices[Part.TRAINING]))
    assert normalised.dtype == np.float32
    np.testing.assert_allclose(normalised.mean(axis=(0, 1))[:2], 0, atol=1e-5)
    np.testing.assert_allclose(normalised.std(axis=(0, 1))[:2], 1, atol=1e-5)


def test_a_channel_that_never_varies_is_not_blown_up():
    data = dataset()
    for kind in Normalisation:
        assert fit_normaliser(data, kind).deviation[2] == 1.0
    window = fit_normaliser(data, Normalisation.MEAN_STD).apply(data.gather(np.array([0])))
    np.testing.assert_allclose(window[..., 2], 0, atol=1e-6)


def test_min_max_brings_the_training_part_to_0_and_1():
    data = dataset()
    normalised = fit_normaliser(data, Normalisation.MIN_MAX).apply(
        data.gather(data.indices[Part.TRAINING])
    )
    np.testing.assert_allclose(normalised.min(axis=(0, 1))[:2], 0, atol=1e-6)
    np.testing.assert_allclose(normalised.max(axis=(0, 1))[:2], 1, atol=1e-6)


def test_none_leaves_the_units():
    data = dataset()
    window = data.gather(np.array([3]))
    np.testing.assert_array_equal(fit_normaliser(data, Normalisation.NONE).apply(window), window)


def test_overlapping_windows_count_each_sample_once():
    overlapping = fit_normaliser(dataset(WindowConfig(50, 10)), Normalisation.MEAN_STD)
    apart = fit_normaliser(dataset(WindowConfig(50, 50)), Normalisation.MEAN_STD)
    np.testing.assert_allclose(overlapping.offset, apart.offset, rtol=1e-12)
    np.testing.assert_allclose(overlapping.deviation, apart.deviation, rtol=1e-12)


def test_long_recordings_are_measured_in_blocks():
    source = MemorySource()
    random = np.random.default_rng(0)
    for label in "ab" * 5:
        source.add(label, random.normal(1e4, 1.0, (CHUNK_SAMPLES // 4 * 5, 1)), names=("p",))
    data = build_dataset(source, DataConfig(windowing=WindowConfig(100, 100)))
    rows = data.gather(data.indices[Part.TRAINING]).astype(np.float64)
    normaliser = fit_normaliser(data, Normalisation.MEAN_STD)
    np.testing.assert_allclose(normaliser.offset[0], rows.mean(), rtol=1e-12)
    np.testing.assert_allclose(normaliser.deviation[0], rows.std(), rtol=1e-9)


# --- whole numbers -----------------------------------------------------------------------------


def reference(scaling: FixedPointScaling, channel: int, x: float, zero_point: int) -> int:
    """The formulas of docs/board-program.md, digit by digit in exact arithmetic."""

    def round_half_away(y: Fraction) -> int:
        return (1 if y >= 0 else -1) * math.floor(abs(y) + Fraction(1, 2))

    limit = (1 << 30) - 1
    if math.isnan(x):
        v = 0
    elif math.isinf(x):
        v = int(math.copysign(limit, x))
    else:
        scaled = Fraction(x) * Fraction(2) ** scaling.fraction_bits[channel]
        v = max(-limit, min(limit, round_half_away(scaled)))
    d = (v - scaling.offset[channel]) * scaling.multiplier[channel]
    shift = scaling.shift[channel]
    if shift:
        d = (1 if d >= 0 else -1) * ((abs(d) + (1 << (shift - 1))) >> shift)
    return max(-128, min(127, zero_point + d))


def quantised(scaling: FixedPointScaling, values: list[float], zero_point: int) -> list[int]:
    """One channel's values as int8."""
    column = np.array(values, np.float32)[:, None]
    return scaling.quantise(column, zero_point)[:, 0].tolist()


scalings = st.builds(
    lambda offset, multiplier, bits, shift: FixedPointScaling(
        (offset,), (multiplier,), (bits,), (shift,)
    ),
    st.integers(-(1 << 30), 1 << 30),
    st.integers(1 << 30, (1 << 31) - 1),
    st.integers(-8, 60),
    st.integers(0, 62),
)
zero_points = st.integers(-128, 127)


@settings(max_examples=200, deadline=None)
@given(
    scaling=scalings,
    zero_point=zero_points,
    values=st.lists(st.floats(width=32), min_size=1, max_size=20),
)
def test_any_scaling_of_any_float_equals_the_written_format(scaling, zero_point, values):
    expected = [reference(scaling, 0, value, zero_point) for value in values]
    assert quantised(scaling, values, zero_point) == expected


@settings(max_examples=200, deadline=None)
@given(
    largest=st.floats(1e-6, 1e9),
    mean=st.floats(-1, 1),
    spread=st.floats(1e-5, 1),
    input_scale=st.floats(1e-3, 10),
    zero_point=zero_points,
    places=st.lists(st.floats(-4, 4), min_size=1, max_size=20),
)
def test_whole_numbers_stay_within_one_step_of_the_float_path(
    largest, mean, spread, input_scale, zero_point, places
):
    normaliser = Normaliser((mean * largest,), (spread * largest,), (largest,))
    scaling = fixed_point(normaliser, input_scale)
    values = np.array([place * largest for place in places], np.float32)
    exact = (values.astype(np.float64) - mean * largest) / (spread * largest) / input_scale
    expected = np.clip(zero_point + exact, -128, 127)
    got = np.array(quantised(scaling, values.tolist(), zero_point))
    # Value and offset are each rounded to a whole number of 2^-fraction_bits units.
    rounding = 2.0 ** -scaling.fraction_bits[0] / (spread * largest * input_scale)
    assert np.abs(got - expected).max() <= 0.5 + 0.01 + rounding
    assert got.tolist() == [reference(scaling, 0, float(value), zero_point) for value in values]


def test_halves_round_away_from_zero():
    # One fraction bit, a step of exactly one unit.
    scaling = FixedPointScaling((0,), (1 << 30,), (1,), (31,))
    values = [0.5, -0.5, 1.5, -1.5, 2.5, -2.5, 0.25, -0.25, 0.2]
    # 0.25 is half of the smallest unit: it becomes 0.5, which becomes 1.
    assert quantised(scaling, values, 0) == [1, -1, 2, -2, 3, -3, 1, -1, 0]


def test_what_is_too_large_saturates_and_nan_counts_as_zero():
    scaling = fixed_point(Normaliser((1.0,), (1.0,), (4.0,)), 0.05)
    values = [math.inf, -math.inf, 3.4e38, -3.4e38, 1e3, -1e3, math.nan, 0.0]
    assert quantised(scaling, values, 7) == [127, -128, 127, -128, 127, -128, -13, -13]


def test_channels_are_scaled_each_in_its_own_way():
    normaliser = Normaliser((0.0, 100.0, -5.0), (1.0, 50.0, 0.001), (4.0, 400.0, 5.1))
    samples = np.array([[[1.0, 150.0, -5.0], [-1.0, 0.0, -4.999]]], np.float32)
    got = fixed_point(normaliser, 0.1).quantise(samples, -3)
    assert got.dtype == np.int8
    assert got.shape == (1, 2, 3)
    assert got.tolist() == [[[7, 7, -3], [-13, -23, 7]]]


def test_scaling_keeps_four_times_the_largest_value_below_2_to_the_30():
    for largest in (1e-9, 0.9, 1.0, 3.99, 4.0, 250.0, 101_325.0):
        scaling = fixed_point(Normaliser((0.0,), (largest / 3,), (largest,)), 0.03)
        [bits] = scaling.fraction_bits
        assert 4 * largest * 2.0**bits < 2**30
        assert bits == 60 or 4 * largest * 2.0 ** (bits + 1) >= 2**30


def test_a_tiny_channel_beside_a_huge_one_stays_in_range():
    """Without normalisation, the largest channel sets the step of all."""
    normaliser = Normaliser((0.0, 0.0), (1.0, 1.0), (100_000.0, 1e-4))
    scaling = fixed_point(normaliser, 800.0)
    assert scaling.quantise(np.array([[80_000.0, 1e-4]], np.float32), 0).tolist() == [[100, 0]]


def test_values_beyond_a_board_are_refused():
    with pytest.raises(DataError, match=r"cannot hold values as large as 1e\+12"):
        fixed_point(Normaliser((0.0,), (1e11,), (1e12,)), 0.05)


@pytest.mark.parametrize(
    "columns",
    [
        ((1 << 31,), (1 << 30,), (0,), (0,)),
        ((0,), (1 << 29,), (0,), (0,)),
        ((0,), (1 << 31,), (0,), (0,)),
        ((0,), (1 << 30,), (61,), (0,)),
        ((0,), (1 << 30,), (-9,), (0,)),
        ((0,), (1 << 30,), (0,), (63,)),
        ((0,), (1 << 30,), (0,), (-1,)),
        ((0, 0), (1 << 30,), (0,), (0,)),
    ],
)
def test_a_scaling_outside_the_written_ranges_is_refused(columns):
    with pytest.raises(ValueError, match=r"leaves|normalised|out of range|every channel"):
        FixedPointScaling(*columns)


@pytest.mark.parametrize("largest", [1e-30, 1e-44])
def test_values_too_small_for_a_board_are_told(largest):
    with pytest.raises(DataError, match="smaller unit"):
        fixed_point(Normaliser((0.0,), (largest / 3,), (largest,)), 0.03)


@pytest.mark.parametrize(
    ("offset", "deviation", "largest"),
    [(2, 1, 1), (0, 0, 1), (0, -1, 1), (0, 1, -1), (np.nan, 1, 1), (0, np.inf, 1), (0, 1, np.nan)],
)
def test_a_normaliser_that_no_data_give_is_refused(offset, deviation, largest):
    with pytest.raises(ValueError, match="channel"):
        Normaliser((offset,), (deviation,), (largest,))
