# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixed-point arithmetic against exact fractions and against what it stands for."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from app.deploy.compiler.quantised_math import (
    INT32_MAX,
    Factor,
    exp_on_negatives,
    half_away,
    high_product,
    input_radius,
    nearest_factor,
    quantise_factor,
    scale_once,
    scale_twice,
)

accumulators = st.integers(-(1 << 30) + 1, (1 << 30) - 1)
multipliers = st.integers(1 << 30, INT32_MAX)
HALF = Fraction(1, 2)


def half_up(x: Fraction) -> int:
    return math.floor(x + HALF)


def away(x: Fraction) -> int:
    return half_up(x) if x >= 0 else -half_up(-x)


def array(*values: int):
    return np.array(values, np.int64)


@given(st.floats(2.0**-31, 2.0**29), st.booleans())
@example(1.0, False)
@example(math.nextafter(1.0, 0), False)
@settings(max_examples=200)
def test_a_factor_is_kept_to_31_bits(value, negative):
    factor = quantise_factor(-value if negative else value)
    assert 1 << 30 <= abs(factor.multiplier) <= INT32_MAX
    assert 0 in (factor.left, factor.right)
    real = Fraction(factor.multiplier, 1 << 31) * Fraction(2) ** (factor.left - factor.right)
    assert abs(abs(real) - Fraction(value)) <= Fraction(value) / (1 << 31)
    assert (real < 0) == negative


def test_a_factor_that_rounds_up_to_one_is_halved_and_shifted():
    assert quantise_factor(math.nextafter(1.0, 0)) == Factor(1 << 30, 1, 0)
    assert quantise_factor(1.0).shift == 1 << 8
    assert quantise_factor(0.25).shift == 1


def test_tiny_factors_are_nought_and_huge_ones_refused():
    assert quantise_factor(0.0) == quantise_factor(2.0**-33) == Factor(0, 0, 0)
    assert quantise_factor(2.0**-32) == Factor(1 << 30, 0, 31)
    for value in (2.0**31, math.inf, math.nan):
        with pytest.raises(ValueError, match="factor"):
            quantise_factor(value)


@given(accumulators, multipliers, st.integers(0, 31))
@settings(max_examples=200)
def test_scaling_rounds_once_half_up_or_twice(value, multiplier, right):
    product = Fraction(value * multiplier, 1 << 31)
    factor = Factor(multiplier, 0, right)
    assert scale_once(array(value), factor) == half_up(product / (1 << right))
    assert scale_twice(array(value), factor) == away(Fraction(half_up(product), 1 << right))


@given(st.integers(-(1 << 20), 1 << 20), multipliers, st.integers(0, 9))
@settings(max_examples=50)
def test_a_shift_to_the_left_comes_first(value, multiplier, left):
    raised, factor = array(value << left), Factor(multiplier, 0, 0)
    assert scale_twice(array(value), Factor(multiplier, left, 0)) == scale_twice(raised, factor)


def test_the_one_product_that_overflows_saturates():
    least = -(1 << 31)
    assert high_product(array(least), least) == INT32_MAX


@given(st.integers(-(1 << 31), INT32_MAX), st.integers(0, 31))
def test_halves_go_away_from_zero(value, shift):
    assert half_away(array(value), shift) == away(Fraction(value, 1 << shift))


def rounded_in_doubles(values, scale: float):
    """Of |a · scale| the nearest whole number, halves away from zero, as C's round() has it."""
    return np.array([away(Fraction(float(value) * scale)) for value in values])


singles = st.floats(2.0**-9, 0.25, width=32)


@given(singles, singles, singles)
@example(0.5, 0.25, 0.25)
@example(0.25, 2.0**-8, 0.25)
@settings(max_examples=80)
def test_a_dense_factor_rounds_as_doubles_do_wherever_it_matters(a, b, c):
    """All sums at which the answer changes, on both sides, and the halves that are met."""
    scale = a * b / c
    assume(scale > 2.0**-16)
    results = np.arange(-256, 257)
    firsts = np.floor((results - 0.5) / scale).astype(np.int64)
    sums = np.unique(firsts[:, None] + np.arange(-1, 3))
    factor = nearest_factor(scale, int(abs(sums).max()))
    found = np.clip(scale_once(sums, factor), -256, 256)
    np.testing.assert_array_equal(found, np.clip(rounded_in_doubles(sums, scale), -256, 256))


def test_halves_that_are_met_need_another_multiplier():
    usual, chosen = quantise_factor(0.5), nearest_factor(0.5, 1000)
    assert scale_once(array(-1, 1), usual).tolist() == [0, 1]
    assert scale_once(array(-1, 1), chosen).tolist() == [-1, 1]
    assert abs(chosen.multiplier - usual.multiplier) == 1


@pytest.mark.parametrize("integer_bits", [4, 5])
def test_exponentials_are_near_the_real_ones(integer_bits):
    steps = -np.arange(0, 1 << 31, (1 << 31) // 5000)
    real = np.exp(steps / 2.0 ** (31 - integer_bits))
    found = exp_on_negatives(steps, integer_bits) / 2.0**31
    assert np.abs(found - real).max() < 3e-7
    assert found[0] == INT32_MAX / 2.0**31


def test_the_input_radius_is_the_last_difference_that_fits():
    for left in range(27):
        radius = input_radius(5, left)
        assert radius << left <= 31 << 26 < (radius + 1) << left
