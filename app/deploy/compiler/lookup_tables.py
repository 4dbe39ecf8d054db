# SPDX-License-Identifier: GPL-3.0-or-later
"""Functions of one int8 as tables of all their answers, found with the arithmetic of TensorFlow
Lite's reference kernels.

Those compute LOGISTIC and TANH in single precision, and the others in whole numbers with a factor
whose scales some kernels divide in single and some in double precision; each function says which,
and raises :class:`ValueError` for scales so far apart that the reference would overflow.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from app.deploy.compiler.quantised_math import (
    INT8_MAX,
    INT8_MIN,
    INT32_MAX,
    MAX_LEFT,
    MAX_RAISED,
    Factor,
    Int64,
    Scale,
    exp_on_negatives,
    high_product,
    input_radius,
    quantise_factor,
    round_half_away,
    scale_twice,
)

Int8 = NDArray[np.int8]
Floats = NDArray[np.float32]

ALL_INT8: Int64 = np.arange(INT8_MIN, INT8_MAX + 1)
"""The places of a table, in order."""

_EXP_INTEGER_BITS = 5
"""Of the argument of softmax's exponential."""


def requantised(source: Scale, target: Scale) -> Int8:
    """int8 of one scale and zero point as int8 of another: the ratio in double precision."""
    (scale, zero), (out_scale, out_zero) = source, target
    factor = _factor(scale / out_scale)
    return _as_int8(scale_twice(ALL_INT8 - zero, factor) + out_zero)


def rectified(source: Scale, target: Scale, low: int, high: int) -> Int8:
    """RELU and its kin, between ``low`` and ``high`` in the target's int8: the ratio in single
    precision."""
    (scale, zero), (out_scale, out_zero) = source, target
    with np.errstate(over="ignore"):
        factor = _factor(float(np.float32(scale) / np.float32(out_scale)))
    return _as_int8(np.clip(scale_twice(ALL_INT8 - zero, factor) + out_zero, low, high))


def leaky_rectified(source: Scale, target: Scale, alpha: float) -> Int8:
    """LEAKY_RELU: one factor for each side of nought, both in single precision."""
    (scale, zero), (out_scale, out_zero) = source, target
    single, out_single = np.float32(scale), np.float32(out_scale)
    with np.errstate(over="ignore"):
        above = _factor(float(single / out_single))
        below = _factor(float(single * np.float32(alpha) / out_single))
    values = ALL_INT8 - zero
    scaled = np.where(values >= 0, scale_twice(values, above), scale_twice(values, below))
    return _as_int8(scaled + out_zero)


def logistic(source: Scale, target: Scale) -> Int8:
    return _of_reals(_logistic, source, target)


def hyperbolic_tangent(source: Scale, target: Scale) -> Int8:
    return _of_reals(lambda x: np.tanh(x.astype(np.float64)).astype(np.float32), source, target)


def softmax_exponentials(scale: float, beta: float) -> NDArray[np.int32]:
    """e^(−d · beta · scale) as Q0.31 for d = 0, 1, … as far as softmax heeds them, at most 256.

    Raises :class:`ValueError` for a product of ``beta`` and ``scale`` too small for Q5.26.
    """
    real = float(np.float32(beta)) * scale * (1 << 31 - _EXP_INTEGER_BITS)
    if real <= 1:
        raise ValueError(f"softmax cannot tell inputs apart by {scale}")
    if real >= 1 << MAX_LEFT:  # a difference of one is beyond Q5.26: it counts as infinite
        return np.array([INT32_MAX], np.int32)
    factor = quantise_factor(real)
    entries = min(input_radius(_EXP_INTEGER_BITS, factor.left) + 1, len(ALL_INT8))
    differences = high_product(-np.arange(entries) << factor.left, factor.multiplier)
    return exp_on_negatives(differences, _EXP_INTEGER_BITS).astype(np.int32)


def _factor(ratio: float) -> Factor:
    """Raises :class:`ValueError` for one that makes a difference of int8 too large for 32 bits."""
    factor = quantise_factor(ratio)
    if 255 << factor.left >= MAX_RAISED:
        raise ValueError(f"{ratio} is too large a factor")
    return factor


def _logistic(x: Floats) -> Floats:
    exponential = np.exp(-x.astype(np.float64)).astype(np.float32)
    return np.float32(1) / (np.float32(1) + exponential)


def _of_reals(function: Callable[[Floats], Floats], source: Scale, target: Scale) -> Int8:
    (scale, zero), (out_scale, out_zero) = source, target
    with np.errstate(over="ignore"):
        values = function(np.float32(scale) * (ALL_INT8 - zero).astype(np.float32))
    rounded = round_half_away(values * (np.float32(1) / np.float32(out_scale)))
    return _as_int8((rounded + out_zero).astype(np.int64))


def _as_int8(values: Int64) -> Int8:
    return np.clip(values, INT8_MIN, INT8_MAX).astype(np.int8)
