# SPDX-License-Identifier: GPL-3.0-or-later
"""Operators that compute nothing: other names for the same memory, copies, and the way from and to
floating point."""

from __future__ import annotations

import math

import numpy as np

from app.core.text import text
from app.deploy.compiler.graph import Activation, Tensor
from app.deploy.compiler.lower_elementwise import requantise
from app.deploy.compiler.lowering import Lowering, Place, Step
from app.deploy.compiler.records import Kind

_COPY_AXES = 3


def reshape(low: Lowering) -> None:
    """Only a new name: tensors have no gaps. What the new shape is, the output says."""
    low.scale(low.output())
    low.scale(low.input())
    low.alias()


def quantise(low: Lowering) -> None:
    """From floating point only as the network's first operator, where it is left to who fills the
    input."""
    if low.input().dtype == "int8":
        requantise(low)
        return
    low.require(
        low.input().dtype == "float32" and low.operator.inputs[0] in low.graph.inputs,
        text("It turns {type} into int8 within the network.", type=low.input().dtype),
        text("Convert the network with full int8 quantisation."),
    )
    low.require(
        sum(op.inputs.count(low.operator.inputs[0]) for op in low.graph.operators) == 1,
        text("The network's input is quantised twice."),
        text("Convert the network with int8 input."),
    )
    low.scale(low.output())
    low.allot(low.operator.outputs[0])


def dequantise(low: Lowering) -> None:
    """Into floating point only at the network's end, where it is left to who reads the output."""
    low.require(
        low.operator.outputs[0] in low.graph.outputs
        and not any(low.operator.outputs[0] in op.inputs for op in low.graph.operators),
        text("It turns int8 into floating point within the network."),
        text("Convert the network with full int8 quantisation."),
    )
    low.scale(low.input())
    low.alias()


def concatenation(low: Lowering) -> None:
    output = low.output()
    rank = len(output.shape)
    axis = low.options.axis + rank if low.options.axis < 0 else low.options.axis
    low.require(0 <= axis < rank, text("Its axis is out of range."))
    low.require(
        low.options.activation is Activation.NONE,
        text("An activation is fused into it."),
        text("Use an activation layer of its own."),
    )
    outer = math.prod(output.shape[:axis])
    row = output.size // outer
    target = low.write()
    at = 0
    for place in range(len(low.operator.inputs)):
        source = low.input(place)
        low.same_scale(source, output)
        low.require(
            len(source.shape) == rank
            and source.shape[:axis] + source.shape[axis + 1 :]
            == output.shape[:axis] + output.shape[axis + 1 :],
            text("The shapes of its inputs do not fit."),
        )
        run = source.size // outer
        _copy(low, low.read(place), Place(target.buffer, at), [(outer, run, row)], run)
        at += run
    low.require(at == row, text("The shapes of its inputs do not fit."))


def pad(low: Lowering) -> None:
    """The whole output is filled, then the input copied into its midst."""
    source, output = low.input(), low.output()
    low.same_scale(source, output)
    amounts = low.integers(1)
    low.require(
        len(amounts) == 2 * len(source.shape) and min(amounts, default=0) >= 0,
        text("Its padding is out of range."),
    )
    before, after = amounts[0::2], amounts[1::2]
    padded = tuple(b + n + a for b, n, a in zip(before, source.shape, after, strict=True))
    low.require(padded == output.shape, text("Its padding does not fit its input and output."))
    # Axes from the last on that are not padded move as one run, with the first that is.
    run, in_row, out_row = 1, 1, 1
    runs: list[tuple[int, int, int]] = []
    offset = 0
    joined = True
    for b, n, total in reversed(list(zip(before, source.shape, padded, strict=True))):
        offset += b * out_row
        if joined:
            run *= n
            joined = total == n
        elif n > 1:
            runs.insert(0, (n, in_row, out_row))
        in_row, out_row = in_row * n, out_row * total
    low.require(
        len(runs) <= _COPY_AXES,
        text("It pads along too many axes."),
        text("Pad along height and width only."),
    )
    target = low.write()
    low.steps.append(
        Step(
            layer=low.layer,
            kind=Kind.FILL,
            fields={"bytes": output.size, "value": _padding_value(low, output)},
            reads={},
            writes={"out": target},
        )
    )
    _copy(low, low.read(), Place(target.buffer, offset), runs, run)


def _padding_value(low: Lowering, output: Tensor) -> int:
    """PADV2's third input in the output's int8; PAD's is nought."""
    if not low.has_input(2):
        return low.scale(output).zero_point
    low.same_scale(low.input(2), output)
    value = low.constant(low.input(2))
    low.require(
        value.dtype == np.int8 and value.size == 1, text("Its padding value is not one int8.")
    )
    return int(value.reshape(-1)[0])


def _copy(
    low: Lowering, source: Place, target: Place, runs: list[tuple[int, int, int]], run: int
) -> None:
    """``runs``: count, stride of the input and of the output along each axis, the outermost
    first."""
    axes = [(1, 0, 0)] * (_COPY_AXES - len(runs)) + runs
    fields = {"run": run}
    for axis, (count, in_stride, out_stride) in enumerate(axes):
        fields[f"counts_{axis}"] = count
        fields[f"in_strides_{axis}"] = in_stride if count > 1 else 0
        fields[f"out_strides_{axis}"] = out_stride if count > 1 else 0
    low.steps.append(
        Step(
            layer=low.layer,
            kind=Kind.COPY,
            fields=fields,
            reads={"in": source},
            writes={"out": target},
        )
    )
