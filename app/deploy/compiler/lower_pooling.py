# SPDX-License-Identifier: GPL-3.0-or-later
"""MAX_POOL_2D, AVERAGE_POOL_2D and MEAN."""

from __future__ import annotations

import math

from app.core.text import text
from app.deploy.compiler.geometry import slide
from app.deploy.compiler.lowering import MAX_DIMENSION, Lowering, Step
from app.deploy.compiler.quantised_math import MAX_RIGHT, Factor, quantise_factor
from app.deploy.compiler.records import Kind


def max_pool(low: Lowering) -> None:
    _pool(low, Kind.MAX_POOL)


def average_pool(low: Lowering) -> None:
    _pool(low, Kind.AVERAGE_POOL)


def _pool(low: Lowering, kind: Kind) -> None:
    source, output, options = low.input(), low.output(), low.options
    low.same_scale(source, output)
    low.require(
        all(0 < value <= MAX_DIMENSION for value in (*options.stride, *options.window)),
        text("Its window or stride is out of range."),
    )
    in_h, in_w, channels = low.image(source)
    rows = slide(in_h, options.window[0], options.stride[0], 1, options.padding)
    columns = slide(in_w, options.window[1], options.stride[1], 1, options.padding)
    low.require(
        (rows.out, columns.out, channels) == low.image(output),
        text("Its window does not fit its input and output."),
    )
    low.steps.append(
        Step(
            layer=low.layer,
            kind=kind,
            fields={
                "in_h": in_h,
                "in_w": in_w,
                "channels": channels,
                "out_h": rows.out,
                "out_w": columns.out,
                "kernel_h": rows.kernel,
                "kernel_w": columns.kernel,
                "stride_h": rows.stride,
                "stride_w": columns.stride,
                "pad_top": rows.pad,
                "pad_left": columns.pad,
                **low.limits(options.activation, low.scale(output)),
            },
            reads={"in": low.read()},
            writes={"out": low.write()},
            over=() if rows.pad or columns.pad else ("in",),
        )
    )


def mean(low: Lowering) -> None:
    """Over axes that lie side by side: outer · reduced · inner."""
    source, output = low.input(), low.output()
    shape = source.shape
    axes = {axis % len(shape) for axis in low.integers(1) if -len(shape) <= axis < len(shape)}
    # An axis of one place is reduced or not as it suits.
    real = [axis for axis, size in enumerate(shape) if size > 1]
    reduced = [axis for axis in real if axis in axes]
    first, last = min(reduced, default=0), max(reduced, default=-1)
    low.require(
        all(axis in axes for axis in real if first <= axis <= last),
        text("It takes the mean over axes that do not lie side by side."),
        text("Use global pooling over all positions."),
    )
    outer = math.prod(shape[:first])
    count = math.prod(shape[axis] for axis in reduced)
    inner = source.size // (outer * count)
    low.require(
        outer * inner == output.size and max(outer, count, inner) <= MAX_DIMENSION,
        text("Its axes do not fit its input and output."),
    )
    scale, out_scale = low.scale(source), low.scale(output)
    factor = _mean_factor(scale.scale / out_scale.scale, count)
    low.steps.append(
        Step(
            layer=low.layer,
            kind=Kind.MEAN,
            fields={
                "outer": outer,
                "reduced": count,
                "inner": inner,
                "in_zero": scale.zero_point,
                "out_zero": out_scale.zero_point,
                "multiplier": factor.multiplier,
                "shift": factor.shift,
            },
            reads={"in": low.read()},
            writes={"out": low.write()},
        )
    )


def _mean_factor(ratio: float, count: int) -> Factor:
    """``ratio / count`` as TensorFlow Lite's reference mean has it: the count divides the ratio's
    multiplier, which is raised before as far as it can be and cut off after."""
    factor = quantise_factor(ratio)
    exponent = factor.left - factor.right
    raised = min(count.bit_length() - 1, MAX_RIGHT + exponent)
    exponent -= raised
    multiplier = (factor.multiplier << raised) // count
    return Factor(multiplier, max(exponent, 0), max(-exponent, 0))
