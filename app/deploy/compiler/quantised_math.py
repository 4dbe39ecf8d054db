# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole-number arithmetic of quantised networks, as TensorFlow Lite's reference kernels do it.

A real factor is a multiplier in [2³⁰, 2³¹) and a shift. Fixed-point numbers Qm.n are int32 with n
fractional bits, kept in int64 arrays here; their elementary operations are those of gemmlowp's
``fixedpoint.h``. ``tests/deploy/compiler`` compares all of it with the reference interpreter.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Int64 = NDArray[np.int64]

INT8_MIN, INT8_MAX = -128, 127
INT32_MIN, INT32_MAX = -(1 << 31), (1 << 31) - 1
MAX_LEFT, MAX_RIGHT = 30, 31
MAX_RAISED = 1 << 30
"""What stays below this, shifted to the left, can be scaled without overflow."""


class Scale(NamedTuple):
    """What int8 means: ``real = scale · (q − zero_point)``."""

    scale: float
    zero_point: int


@dataclass(frozen=True, slots=True)
class Factor:
    """``multiplier · 2^(left − right − 31)``; ``left`` or ``right`` is zero."""

    multiplier: int
    left: int
    right: int

    @property
    def shift(self) -> int:
        """As the program's records have it: right in the low byte, left in the next."""
        return self.right | self.left << 8


def quantise_factor(factor: float) -> Factor:
    """``factor`` to 31 bits (TensorFlow Lite's ``QuantizeMultiplier``): rounded half away from
    zero; one below about 2⁻³² is nought. The multiplier has the factor's sign.

    Raises :class:`ValueError` for one that no shift can express.
    """
    if not math.isfinite(factor):
        raise ValueError(f"{factor} is no factor")
    fraction, exponent = math.frexp(abs(factor))
    multiplier = math.floor(fraction * (1 << 31) + 0.5)
    if multiplier == 1 << 31:
        multiplier, exponent = multiplier >> 1, exponent + 1
    if factor == 0 or exponent < -MAX_RIGHT:
        return Factor(0, 0, 0)
    if exponent > MAX_LEFT:
        raise ValueError(f"{factor} is too large a factor")
    return Factor(int(math.copysign(multiplier, factor)), max(exponent, 0), max(-exponent, 0))


def scale_once(values: Int64, factor: Factor) -> Int64:
    """``values · factor`` rounded once, half up."""
    shift = 31 + factor.right
    product = (values << factor.left) * factor.multiplier
    return (product + (1 << (shift - 1))) >> shift


def scale_twice(values: Int64, factor: Factor) -> Int64:
    """``values · factor``: a doubling high product, then a division that rounds half away from
    zero."""
    return half_away(high_product(values << factor.left, factor.multiplier), factor.right)


def high_product(a: Int64, b: Int64 | int) -> Int64:
    """``a · b / 2³¹`` rounded half up; the one overflow, (−1)² as Q0.31, saturates."""
    return np.minimum((a * b + (1 << 30)) >> 31, INT32_MAX)


def half_away(values: Int64, shift: int) -> Int64:
    """``values / 2^shift``, rounded half away from zero."""
    if shift == 0:
        return values
    return (values + (1 << (shift - 1)) - (values < 0)) >> shift


def saturating_left(values: Int64, shift: int) -> Int64:
    return np.clip(values << shift, INT32_MIN, INT32_MAX)


def input_radius(integer_bits: int, left: int) -> int:
    """The largest difference that, shifted to the left, still fits Q``integer_bits``."""
    return ((1 << integer_bits) - 1 << 31 - integer_bits) >> left


# e^(−2^exponent) as Q0.31, by exponent.
_EXP_OF_POWERS = (
    (-2, 1672461947),
    (-1, 1302514674),
    (0, 790015084),
    (1, 290630308),
    (2, 39332535),
    (3, 720401),
    (4, 242),
)
_EXP_OF_MINUS_EIGHTH = 1895147668
_THIRD = 715827883


def exp_on_negatives(values: Int64, integer_bits: int) -> Int64:
    """e^x as Q0.31 of x ≤ 0 in Q``integer_bits``, at most 5.

    x is a multiple of ¼ plus a rest in [−¼, 0): a Taylor polynomial about −⅛ for the rest, times
    the known powers for each bit of the multiple.
    """
    fraction_bits = 31 - integer_bits
    quarter = 1 << (fraction_bits - 2)
    rest = (values & (quarter - 1)) - quarter
    result = _exp_near_zero(saturating_left(rest, integer_bits))
    multiple = rest - values
    for exponent, power in _EXP_OF_POWERS:
        if exponent < integer_bits:
            is_set = (multiple >> (fraction_bits + exponent)) & 1
            result = np.where(is_set, high_product(result, power), result)
    return np.where(values == 0, INT32_MAX, result)


def _exp_near_zero(values: Int64) -> Int64:
    """e^x of x in [−¼, 0), both Q0.31."""
    x = values + (1 << 28)
    x2 = high_product(x, x)
    x3, x4 = high_product(x2, x), high_product(x2, x2)
    tail = half_away(high_product(half_away(x4, 2) + x3, _THIRD) + x2, 1)
    return _EXP_OF_MINUS_EIGHTH + high_product(x + tail, _EXP_OF_MINUS_EIGHTH)


def round_half_away(values: NDArray[np.floating]) -> NDArray[np.floating]:
    return np.copysign(np.floor(np.abs(values) + 0.5), values)


def nearest_factor(scale: float, bound: int) -> Factor:
    """The factor by which :func:`scale_once` rounds each whole ``a`` with ``|a| ≤ bound`` to the
    int8 range as ``a · scale`` in double precision is, half away from zero: TensorFlow Lite's
    reference dense layer. ``scale`` is not negative.

    A result of k or more begins at some ``a``; each such beginning bounds the multiplier from both
    sides. Where no multiplier of 31 bits keeps to all bounds, as with a contrived scale whose
    double products fall on both sides of a half, the usual one is taken.
    """
    factor = quantise_factor(scale)
    if factor.multiplier == 0:
        return factor
    results = np.arange(2 * INT8_MIN, 2 * INT8_MAX + 2)
    firsts = _first_of(results, scale)
    reached = (firsts > -bound) & (firsts <= bound)
    results, firsts = results[reached], firsts[reached]
    wrong = (scale_once(firsts, factor) < results) | (scale_once(firsts - 1, factor) >= results)
    if not wrong.any():
        return factor
    low, high = 1 << 30, INT32_MAX
    for result, first in zip(results.tolist(), firsts.tolist(), strict=True):
        # a · 2^left · multiplier ≥ level says that `a` gives `result` or more.
        level = (2 * result - 1) << (30 + factor.right)
        for raised, reaches in ((first << factor.left, True), (first - 1 << factor.left, False)):
            if raised > 0 and reaches:
                low = max(low, -(-level // raised))
            elif raised > 0:
                high = min(high, -(-level // raised) - 1)
            elif raised < 0 and reaches:
                high = min(high, level // raised)
            elif raised < 0:
                low = max(low, level // raised + 1)
    if low > high:
        return factor
    return Factor(min(max(factor.multiplier, low), high), factor.left, factor.right)


def _first_of(results: Int64, scale: float) -> Int64:
    """For each result the least whole ``a`` of which ``a · scale`` rounds to it or more."""
    guesses = np.clip(np.floor((results - 0.5) / scale), INT32_MIN, INT32_MAX)
    around = guesses.astype(np.int64)[:, None] + np.arange(-2, 4)
    reaches = round_half_away(around * scale) >= results[:, None]
    return around[np.arange(len(results)), reaches.argmax(axis=1)]
