# SPDX-License-Identifier: GPL-3.0-or-later
"""FULLY_CONNECTED, CONV_2D and DEPTHWISE_CONV_2D: sums of products, each output with its scale."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from app.core.errors import ModelError
from app.core.text import text
from app.deploy.compiler.arena import PRODUCT_SLACK
from app.deploy.compiler.geometry import (
    Axis,
    lies_in_one_piece,
    rows_lie_in_one_piece,
    slide,
)
from app.deploy.compiler.graph import Tensor
from app.deploy.compiler.lowering import MAX_DIMENSION, Buffer, Lowering, Place, Step, is_scale
from app.deploy.compiler.packing import pack_depthwise, pack_products
from app.deploy.compiler.quantised_math import (
    INT8_MAX,
    INT8_MIN,
    INT32_MAX,
    INT32_MIN,
    MAX_RAISED,
    Factor,
    Int64,
    nearest_factor,
    quantise_factor,
)
from app.deploy.compiler.records import NONE, Kind
from app.deploy.compiler.targets import Packing

MAX_SUM = 1 << 24
"""The most products that the engine sums up."""

_SCALE = np.dtype([("bias", "<i4"), ("multiplier", "<i4"), ("shift", "<u4")])


def fully_connected(low: Lowering) -> None:
    """``rows`` vectors of ``inputs`` values each; what the input's shape is does not matter."""
    source, output = low.input(0), low.output()
    weights = _weights(low, axis=0)
    low.require(weights.ndim == 2, text("Its weights have not two axes."))
    outputs, inputs = weights.shape
    rows, rest = divmod(source.size, inputs)
    low.require(
        rest == 0 and rows * outputs == output.size,
        text("Its weights do not fit its input and output."),
    )
    _check_size(low, rows, outputs, inputs)
    packing, packed = pack_products(weights[:, None], low.target.products)
    low.costs[low.layer].macs = rows * inputs * outputs
    low.steps.append(
        Step(
            layer=low.layer,
            kind=Kind.DENSE,
            fields={
                "rows": rows,
                "inputs": inputs,
                "outputs": outputs,
                "weights": low.add_weights(packed),
                "scales": _scales(low, weights, nearest_factor),
                "out_zero": low.scale(output).zero_point,
                **low.limits(low.options.activation, low.scale(output)),
            },
            reads={"in": low.read()},
            writes={"out": low.write()},
            slack=PRODUCT_SLACK,
            packing=packing,
        )
    )


def convolution(low: Lowering) -> None:
    weights = _weights(low, axis=0)
    low.require(weights.ndim == 4, text("Its weights have not four axes."))
    _convolution(low, weights)


def _convolution(low: Lowering, weights: NDArray[np.int8]) -> None:
    """``weights`` in the order output, height, width, input channel."""
    outputs, height, width, in_channels = weights.shape
    low.require(
        in_channels == low.image(low.input())[2],
        text("It is a grouped convolution."),
        text("Use a convolution over all channels, or a depthwise one."),
    )
    rows, columns = _slide(low, height, width, outputs)
    flat = weights.reshape(outputs, -1)
    _check_size(low, rows.out * columns.out, outputs, flat.shape[1])
    packing, packed = pack_products(weights.reshape(outputs, height, -1), low.target.products)
    low.costs[low.layer].macs = rows.out * columns.out * flat.size
    in_place = lies_in_one_piece(rows, columns) or (
        packing is not Packing.ROWS and rows_lie_in_one_piece(columns)
    )
    gathers = rows.leaves_image or columns.leaves_image or not in_place
    fields = _window_fields(low, rows, columns)
    fields["weights"] = low.add_weights(packed)
    fields["scales"] = _scales(low, flat, _twice_factor)
    low.steps.append(
        Step(
            layer=low.layer,
            kind=Kind.CONV,
            fields=fields,
            reads={"in": low.read()},
            writes={"out": low.write()},
            scratch=_scratch(fields, flat.shape[1] if gathers else 0),
            slack=PRODUCT_SLACK,
            packing=packing,
        )
    )


def depthwise_convolution(low: Lowering) -> None:
    """One input channel makes it a plain convolution."""
    weights = _weights(low, axis=3)
    low.require(
        weights.ndim == 4 and weights.shape[0] == 1, text("Its weights have not four axes.")
    )
    _, height, width, outputs = weights.shape
    in_channels = low.image(low.input())[2]
    low.require(outputs % in_channels == 0, text("Its weights do not fit its input and output."))
    if in_channels == 1:
        _convolution(low, np.ascontiguousarray(weights.transpose(3, 1, 2, 0)))
        return
    rows, columns = _slide(low, height, width, outputs)
    _check_size(low, rows.out * columns.out, outputs, height * width)
    packing, packed = pack_depthwise(weights[0], in_channels, low.target.depthwise)
    low.costs[low.layer].macs = rows.out * columns.out * weights.size
    gathers = rows.leaves_image or columns.leaves_image
    fields = _window_fields(low, rows, columns)
    fields["weights"] = low.add_weights(packed)
    fields["scales"] = _scales(low, weights.reshape(-1, outputs).T, _twice_factor)
    low.steps.append(
        Step(
            layer=low.layer,
            kind=Kind.DEPTHWISE,
            fields=fields,
            reads={"in": low.read()},
            writes={"out": low.write()},
            scratch=_scratch(fields, height * width * in_channels if gathers else 0),
            slack=PRODUCT_SLACK,
            packing=packing,
        )
    )


def _slide(low: Lowering, height: int, width: int, outputs: int) -> tuple[Axis, Axis]:
    """The axes of the window, which must give the output that the graph says."""
    options = low.options
    low.require(
        all(0 < value <= MAX_DIMENSION for value in (*options.stride, *options.dilation)),
        text("Its stride or dilation is out of range."),
    )
    in_h, in_w, _ = low.image(low.input())
    rows = slide(in_h, height, options.stride[0], options.dilation[0], options.padding)
    columns = slide(in_w, width, options.stride[1], options.dilation[1], options.padding)
    low.require(
        (rows.out, columns.out, outputs) == low.image(low.output()),
        text("Its window does not fit its input and output."),
    )
    return rows, columns


def _window_fields(low: Lowering, rows: Axis, columns: Axis) -> dict[str, int]:
    output = low.scale(low.output())
    return {
        "in_h": rows.size,
        "in_w": columns.size,
        "in_c": low.image(low.input())[2],
        "out_h": rows.out,
        "out_w": columns.out,
        "out_c": low.image(low.output())[2],
        "kernel_h": rows.kernel,
        "kernel_w": columns.kernel,
        "stride_h": rows.stride,
        "stride_w": columns.stride,
        "dilation_h": rows.dilation,
        "dilation_w": columns.dilation,
        "pad_top": rows.pad,
        "pad_left": columns.pad,
        "in_zero": low.scale(low.input()).zero_point,
        "out_zero": output.zero_point,
        **low.limits(low.options.activation, output),
    }


def _scratch(fields: dict[str, int], window_bytes: int) -> dict[str, Place]:
    """Room to gather a window, and the bytes behind it that are written too."""
    if not window_bytes:
        fields["scratch"] = NONE
        return {}
    return {"scratch": Place(Buffer(window_bytes + PRODUCT_SLACK))}


def _check_size(low: Lowering, rows: int, outputs: int, products: int) -> None:
    low.require(
        max(rows, outputs) <= MAX_DIMENSION and products <= MAX_SUM,
        text("It is too large for any board."),
        text("Make the layer smaller."),
    )


def _weights(low: Lowering, axis: int) -> NDArray[np.int8]:
    tensor = low.input(1)
    data = low.constant(tensor)
    q = tensor.quantisation
    if data.dtype != np.int8 or q is None:
        raise low.refused(
            text("Its weights are {type}, not quantised int8.", type=tensor.dtype),
            text("Convert the network with full int8 quantisation."),
        )
    low.require(
        not any(q.zero_points), text("Its weights have a zero point."), text("Convert it again.")
    )
    low.require(
        all(map(is_scale, q.scales))
        and (len(q.scales) == 1 or (q.axis == axis and len(q.scales) == data.shape[axis])),
        text("The quantisation of “{tensor}” is out of range.", tensor=tensor.name),
    )
    return data.astype(np.int8)


def _bias(low: Lowering, outputs: int) -> Int64:
    if not low.has_input(2):
        return np.zeros(outputs, np.int64)
    tensor: Tensor = low.input(2)
    bias = low.constant(tensor)
    low.require(
        bias.dtype == np.int32 and bias.shape == (outputs,),
        text("Its biases are not one int32 for each output."),
        text("Convert the network with full int8 quantisation."),
    )
    return bias.astype(np.int64)


def _scales(
    low: Lowering, weights: NDArray[np.int8], factor_of: Callable[[float, int], Factor]
) -> int:
    """The offset of the outputs' biases and scales for ``weights`` of shape ``(outputs, K)``.

    The input's zero point is folded into the bias, and the largest accumulator that any input can
    bring about is checked: TensorFlow Lite's result for larger ones would be undefined.
    """
    source, output = low.scale(low.input()), low.scale(low.output())
    q = low.input(1).quantisation
    outputs = len(weights)
    wide = weights.astype(np.int64)
    bias = _bias(low, outputs) - source.zero_point * wide.sum(axis=1)
    positive, negative = wide.clip(min=0).sum(axis=1), wide.clip(max=0).sum(axis=1)
    most = bias + INT8_MAX * positive + INT8_MIN * negative
    least = bias + INT8_MIN * positive + INT8_MAX * negative
    bounds = np.maximum(abs(most), abs(least)).tolist()
    weight_scales = q.scales if q else ()
    entries = np.zeros(outputs, _SCALE)
    for place, bound in enumerate(bounds):
        scale = weight_scales[place if len(weight_scales) > 1 else 0]
        try:
            factor = factor_of(source.scale * scale / output.scale, bound)
        except ValueError as error:
            raise _too_large(low) from error
        if bound << factor.left >= MAX_RAISED or not INT32_MIN <= bias[place] <= INT32_MAX:
            raise _too_large(low)
        entries[place] = (bias[place], factor.multiplier, factor.shift)
    return low.add_table(entries.tobytes())


def _too_large(low: Lowering) -> ModelError:
    return low.refused(
        text("Some input makes its sums larger than 32 bits hold."),
        text("Train it again with smaller weights, or with data on a common scale."),
    )


def _twice_factor(scale: float, _bound: int) -> Factor:
    return quantise_factor(scale)
