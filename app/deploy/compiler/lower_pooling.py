# SPDX-License-Identifier: GPL-3.0-or-later
"""MAX_POOL_2D, AVERAGE_POOL_2D, MEAN and REDUCE_MAX."""

from __future__ import annotations

import math

from app.core.errors import ModelError
from app.core.text import text
from app.deploy.compiler.geometry import slide
from app.deploy.compiler.lowering import MAX_DIMENSION, Lowering, Step
from app.deploy.compiler.quantised_math import (
    INT8_MAX,
    INT8_MIN,
    MAX_RAISED,
    MAX_RIGHT,
    Factor,
    quantise_factor,
)
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
    outer, reduced, inner = _reduction(low)
    scale, out_scale = low.scale(low.input()), low.scale(low.output())
    try:
        factor = _mean_factor(scale.scale / out_scale.scale, reduced)
    except ValueError as error:
        raise _too_fine(low) from error
    if 255 * reduced << factor.left >= MAX_RAISED:
        raise _too_fine(low)
    low.steps.append(
        Step(
            layer=low.layer,
            kind=Kind.MEAN,
            fields={
                "outer": outer,
                "reduced": reduced,
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


def reduce_max(low: Lowering) -> None:
    """A pool as large as what is reduced: ``outer`` rows of an image."""
    low.same_scale(low.input(), low.output())
    outer, reduced, inner = _reduction(low)
    low.steps.append(
        Step(
            layer=low.layer,
            kind=Kind.MAX_POOL,
            fields={
                "in_h": outer,
                "in_w": reduced,
                "channels": inner,
                "out_h": outer,
                "out_w": 1,
                "kernel_h": 1,
                "kernel_w": reduced,
                "stride_h": 1,
                "stride_w": reduced,
                "pad_top": 0,
                "pad_left": 0,
                "low": INT8_MIN,
                "high": INT8_MAX,
            },
            reads={"in": low.read()},
            writes={"out": low.write()},
            over=("in",),
        )
    )


def _reduction(low: Lowering) -> tuple[int, int, int]:
    """What lies before, along and behind the axes that are reduced, which lie side by side."""
    source, output = low.input(), low.output()
    shape = source.shape
    axes = {axis % len(shape) for axis in low.integers(1) if -len(shape) <= axis < len(shape)}
    # An axis of one place is reduced or not as it suits.
    longer = [axis for axis, size in enumerate(shape) if size > 1]
    reduced = [axis for axis in longer if axis in axes]
    first, last = min(reduced, default=0), max(reduced, default=-1)
    low.require(
        all(axis in axes for axis in longer if first <= axis <= last),
        text("It reduces axes that do not lie side by side."),
        text("Use global pooling over all positions."),
    )
    outer = math.prod(shape[:first])
    count = math.prod(shape[axis] for axis in reduced)
    inner = source.size // (outer * count)
    low.require(
        outer * inner == output.size and max(outer, count, inner) <= MAX_DIMENSION,
        text("Its axes do not fit its input and output."),
    )
    return outer, count, inner


def _mean_factor(ratio: float, count: int) -> Factor:
    """``ratio / count`` as TensorFlow Lite's reference mean has it: the count divides the ratio's
    multiplier, which is raised before as far as it can be and cut off after."""
    factor = quantise_factor(ratio)
    exponent = factor.left - factor.right
    raised = min(count.bit_length() - 1, MAX_RIGHT + exponent)
    exponent -= raised
    multiplier = (factor.multiplier << raised) // count
    return Factor(multiplier, max(exponent, 0), max(-exponent, 0))


def _too_fine(low: Lowering) -> ModelError:
    return low.refused(
        text("Its output is quantised far finer than its input."),
        text("Convert the network again with data that is typical."),
    )
