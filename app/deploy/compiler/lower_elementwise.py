# SPDX-License-Identifier: GPL-3.0-or-later
"""Operators on single values: functions of one int8 as tables, ADD and MUL; and SOFTMAX."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from app.core.errors import ModelError
from app.core.text import text
from app.deploy.compiler import lookup_tables
from app.deploy.compiler.graph import Activation, Tensor
from app.deploy.compiler.lowering import Lowering, Place, Step
from app.deploy.compiler.quantised_math import MAX_RAISED, Factor, Scale, quantise_factor
from app.deploy.compiler.records import IN_WEIGHTS, Kind

MAX_SOFTMAX_DEPTH = 511
"""Deeper rows may sum up to more than Q12.19 holds."""
_AXES = 4
_ROOM_BITS = 20
"""By which ADD raises its operands before it scales them."""

_IN_256_STEPS = Scale(1 / 256, -128)
"""From 0 to 1: what the reference wants of LOGISTIC and SOFTMAX."""

Table = NDArray[np.int8]


def logistic(low: Lowering) -> None:
    _require_256_steps(low)
    _table(low, lookup_tables.logistic)


def hyperbolic_tangent(low: Lowering) -> None:
    _table(low, lookup_tables.hyperbolic_tangent)


def requantise(low: Lowering) -> None:
    _table(low, lookup_tables.requantised)


def leaky_relu(low: Lowering) -> None:
    alpha = low.options.alpha
    low.require(math.isfinite(alpha), text("Its slope is out of range."))
    _table(low, lambda source, target: lookup_tables.leaky_rectified(source, target, alpha))


def rectifier(activation: Activation) -> Callable[[Lowering], None]:
    """The operator that is only this activation."""

    def lower(low: Lowering) -> None:
        ends = low.limits(activation, low.scale(low.output()))
        _table(low, lambda s, t: lookup_tables.rectified(s, t, ends["low"], ends["high"]))

    return lower


def _table(low: Lowering, function: Callable[[Scale, Scale], Table]) -> None:
    source, output = low.input(), low.output()
    low.require(source.size == output.size, text("Its output has another size than its input."))
    try:
        table = function(low.scale(source), low.scale(output))
    except ValueError as error:
        raise _too_fine(low) from error
    low.steps.append(
        Step(
            layer=low.layer,
            kind=Kind.TABLE,
            fields={"count": source.size, "table": low.add_table(table.tobytes())},
            reads={"in": low.read()},
            writes={"out": low.write()},
            over=("in",),
        )
    )


def _require_256_steps(low: Lowering) -> None:
    low.require(
        low.scale(low.output()) == _IN_256_STEPS,
        text("Its output is not quantised in 256 steps from 0 to 1."),
        text("Convert the network with full int8 quantisation."),
    )


def softmax(low: Lowering) -> None:
    """Over the last axis, into steps of 1/256."""
    source, output = low.input(), low.output()
    depth = source.shape[-1] if source.shape else 1
    low.require(
        depth <= MAX_SOFTMAX_DEPTH, text("It has more than {n} classes.", n=MAX_SOFTMAX_DEPTH)
    )
    low.require(source.size == output.size, text("Its output has another size than its input."))
    _require_256_steps(low)
    try:
        exponentials = lookup_tables.softmax_exponentials(low.scale(source).scale, low.options.beta)
    except ValueError as error:
        raise low.refused(text("The quantisation of its input is out of range.")) from error
    low.steps.append(
        Step(
            layer=low.layer,
            kind=Kind.SOFTMAX,
            fields={
                "rows": source.size // depth,
                "depth": depth,
                "table": low.add_table(exponentials.astype("<i4").tobytes()),
                "entries": len(exponentials),
            },
            reads={"in": low.read()},
            writes={"out": low.write()},
            over=("in",),
        )
    )


def add(low: Lowering) -> None:
    """Operands are brought to twice the larger of their scales, all in double precision."""
    a, b, out = (low.scale(t) for t in (low.input(0), low.input(1), low.output()))
    twice_larger = 2 * max(a.scale, b.scale)
    out_factor = twice_larger / ((1 << _ROOM_BITS) * out.scale)
    if out_factor >= 1:
        raise _too_fine(low)
    factors = {
        "a": quantise_factor(a.scale / twice_larger),
        "b": quantise_factor(b.scale / twice_larger),
        "out": quantise_factor(out_factor),
    }
    _binary(low, Kind.ADD, factors)


def multiply(low: Lowering) -> None:
    """The factor's scales are multiplied and divided in single precision."""
    a, b, out = (np.float32(low.scale(t).scale) for t in (low.input(0), low.input(1), low.output()))
    try:
        with np.errstate(over="ignore"):
            factor = quantise_factor(float(a * b / out))
    except ValueError as error:
        raise _too_fine(low) from error
    if 255 * 255 << factor.left >= MAX_RAISED:
        raise _too_fine(low)
    none = Factor(0, 0, 0)
    _binary(low, Kind.MUL, {"a": none, "b": none, "out": factor})


def _too_fine(low: Lowering) -> ModelError:
    return low.refused(
        text("Its output is quantised far finer than its inputs."),
        text("Convert the network again with data that is typical."),
    )


def _binary(low: Lowering, kind: Kind, factors: Mapping[str, Factor]) -> None:
    output = low.output()
    operands = {"a": low.input(0), "b": low.input(1)}
    low.require(
        any(tensor.data is None for tensor in operands.values()),
        text("Both of its inputs are constants."),
    )
    shape, strides = _broadcast(low, operands, output)
    fields = {f"shape_{axis}": size for axis, size in enumerate(shape)}
    reads: dict[str, Place] = {}
    for place, (name, tensor) in enumerate(operands.items()):
        fields |= {f"{name}_strides_{axis}": s for axis, s in enumerate(strides[name])}
        fields[f"{name}_zero"] = low.scale(tensor).zero_point
        if tensor.data is None:
            reads[name] = low.read(place)
        else:
            data = low.constant(tensor)
            low.require(data.dtype == np.int8, text("Its constant is not int8."))
            fields[name] = IN_WEIGHTS | low.add_table(data.tobytes())
    for name, factor in factors.items():
        fields[f"{name}_multiplier"] = factor.multiplier
        fields[f"{name}_shift"] = factor.shift
    fields["out_zero"] = low.scale(output).zero_point
    low.steps.append(
        Step(
            layer=low.layer,
            kind=kind,
            fields=fields | low.limits(low.options.activation, low.scale(output)),
            reads=reads,
            writes={"out": low.write()},
            over=tuple(name for name in reads if operands[name].size == output.size),
        )
    )


def _broadcast(
    low: Lowering, operands: Mapping[str, Tensor], output: Tensor
) -> tuple[list[int], dict[str, list[int]]]:
    """The output's shape in four axes, and each operand's strides along them, 0 where it is
    repeated. Neighbouring axes that every operand walks alike become one."""
    rank = max(len(output.shape), *(len(tensor.shape) for tensor in operands.values()))
    target = _aligned(output.shape, rank)
    sources = {name: _aligned(tensor.shape, rank) for name, tensor in operands.items()}
    for axis, size in enumerate(target):
        sizes = {source[axis] for source in sources.values()}
        low.require(
            max(sizes) == size and sizes <= {1, size}, text("The shapes of its inputs do not fit.")
        )
    shape: list[int] = []
    repeats: list[tuple[bool, ...]] = []
    for axis, size in enumerate(target):
        repeated = tuple(source[axis] == 1 for source in sources.values())
        if size == 1:
            continue
        if repeats and repeats[-1] == repeated:
            shape[-1] *= size
        else:
            shape.append(size)
            repeats.append(repeated)
    low.require(
        len(shape) <= _AXES,
        text("It repeats its inputs along too many axes."),
        text("Use inputs of one shape."),
    )
    missing = _AXES - len(shape)
    strides = {
        name: [0] * missing
        + _strides(
            [1 if repeated[place] else s for s, repeated in zip(shape, repeats, strict=True)]
        )
        for place, name in enumerate(sources)
    }
    return [1] * missing + shape, strides


def _aligned(shape: tuple[int, ...], rank: int) -> tuple[int, ...]:
    return (1,) * (rank - len(shape)) + shape


def _strides(shape: list[int]) -> list[int]:
    """Of a tensor without gaps; 0 along axes of one place."""
    steps = list(accumulate(reversed(shape), lambda a, b: a * b, initial=1))[:-1]
    return [0 if size == 1 else step for size, step in zip(shape, reversed(steps), strict=True)]
