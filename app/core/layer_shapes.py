# SPDX-License-Identifier: GPL-3.0-or-later
"""What a layer makes of its input: shape, parameters and arithmetic, counted as Keras counts.

Each function takes a layer's parameters and the shape that reaches it (without the batch) and
returns an :class:`Effect`, or raises :class:`ModelError` whose sentence says why the layer cannot
stand there and what to use instead.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.core.errors import ModelError
from app.core.layer_parameters import Values, parse_shape
from app.core.model_spec import Shape
from app.core.text import Text, text


@dataclass(frozen=True, slots=True)
class Effect:
    """``macs`` are multiplications with a weight, each with its addition, for one window.
    ``formula`` shows how the parameters add up, empty where there are none."""

    output_shape: Shape
    trainable: int = 0
    non_trainable: int = 0
    formula: str = ""
    macs: int = 0
    hints: tuple[Text, ...] = ()


def show_shape(shape: Shape) -> str:
    """``(30, 6)`` as people write it: ``30 × 6``."""
    return " × ".join(str(size) for size in shape)


def dense(values: Values, shape: Shape, outputs: int) -> Effect:
    units = values.integer_or("units", outputs)
    inputs = shape[-1]
    weights, formula = _weights_and_bias([inputs, units], units, values)
    hints: tuple[Text, ...] = ()
    if len(shape) > 1:
        hints = (
            text(
                "This layer sees one time step at a time. Put Flatten before it to let it see "
                "the whole window."
            ),
        )
    return Effect(
        output_shape=(*shape[:-1], units),
        trainable=weights,
        formula=formula,
        macs=math.prod(shape) * units,
        hints=hints,
    )


def conv1d(values: Values, shape: Shape, outputs: int) -> Effect:
    del outputs
    length, channels = _signal(shape)
    _refuse_stride_with_dilation(values, "strides")
    kernel, filters = values.integer("kernel_size"), values.integer("filters")
    steps = _slid(length, kernel, values.integer("strides"), values, "dilation_rate")
    weights, formula = _weights_and_bias([kernel, channels, filters], filters, values)
    return Effect(
        output_shape=(steps, filters),
        trainable=weights,
        formula=formula,
        macs=steps * kernel * channels * filters,
        hints=_short_window_hint(length),
    )


def separable_conv1d(values: Values, shape: Shape, outputs: int) -> Effect:
    del outputs
    length, channels = _signal(shape)
    _refuse_stride_with_dilation(values, "strides")
    kernel, filters = values.integer("kernel_size"), values.integer("filters")
    multiplier = values.integer("depth_multiplier")
    steps = _slid(length, kernel, values.integer("strides"), values, "dilation_rate")
    depthwise = [kernel, channels] if multiplier == 1 else [kernel, channels, multiplier]
    pointwise, pointwise_formula = _weights_and_bias(
        [channels * multiplier, filters], filters, values
    )
    return Effect(
        output_shape=(steps, filters),
        trainable=math.prod(depthwise) + pointwise,
        formula=f"{show_shape(tuple(depthwise))} + {pointwise_formula}",
        macs=steps * (math.prod(depthwise) + channels * multiplier * filters),
        hints=_short_window_hint(length),
    )


def conv2d(values: Values, shape: Shape, outputs: int) -> Effect:
    del outputs
    height, width, channels = _image(shape)
    _refuse_stride_with_dilation(values, "stride_height", "stride_width")
    kernel_height, kernel_width = values.integer("kernel_height"), values.integer("kernel_width")
    filters = values.integer("filters")
    rows = _slid(height, kernel_height, values.integer("stride_height"), values, "dilation_rate")
    columns = _slid(width, kernel_width, values.integer("stride_width"), values, "dilation_rate")
    kernel = [kernel_height, kernel_width, channels, filters]
    weights, formula = _weights_and_bias(kernel, filters, values)
    return Effect(
        output_shape=(rows, columns, filters),
        trainable=weights,
        formula=formula,
        macs=rows * columns * math.prod(kernel),
    )


def pool1d(values: Values, shape: Shape, outputs: int) -> Effect:
    del outputs
    length, channels = _signal(shape)
    pool = values.integer("pool_size")
    return Effect((_slid(length, pool, values.integer_or("strides", pool), values), channels))


def pool2d(values: Values, shape: Shape, outputs: int) -> Effect:
    del outputs
    height, width, channels = _image(shape)
    pool_height, pool_width = values.integer("pool_height"), values.integer("pool_width")
    rows = _slid(height, pool_height, values.integer_or("stride_height", pool_height), values)
    columns = _slid(width, pool_width, values.integer_or("stride_width", pool_width), values)
    return Effect((rows, columns, channels))


def global_pool(values: Values, shape: Shape, outputs: int) -> Effect:
    del values, outputs
    if len(shape) not in (2, 3):
        raise ModelError(
            text(
                "There is no time left to pool over: {shape} values arrive. Put this layer before "
                "Flatten, or remove it.",
                shape=show_shape(shape),
            )
        )
    return Effect(shape[-1:])


def reshape(values: Values, shape: Shape, outputs: int) -> Effect:
    del outputs
    target = _target_shape(values, shape)
    if math.prod(target) != math.prod(shape):
        raise ModelError(
            text(
                "{size} values arrive ({shape}), and {target} would hold {target_size}. Choose "
                "sizes whose product is {size}, or write -1 for one of them.",
                size=math.prod(shape),
                shape=show_shape(shape),
                target=show_shape(target),
                target_size=math.prod(target),
            )
        )
    return Effect(target)


def _target_shape(values: Values, shape: Shape) -> Shape:
    """The shape asked for, with its -1 worked out; by default the input as an image."""
    sizes = values.string_or_none("target_shape")
    if sizes is None:
        return (*shape, 1)
    target = parse_shape(sizes)
    assert target is not None  # noqa: S101 - checked against the descriptor
    if -1 not in target:
        return target
    known = -math.prod(target)
    if math.prod(shape) % known:
        raise ModelError(
            text(
                "{size} values arrive ({shape}), which cannot be parted evenly by {known}. Choose "
                "sizes whose product divides {size}.",
                size=math.prod(shape),
                shape=show_shape(shape),
                known=known,
            )
        )
    return tuple(math.prod(shape) // known if size == -1 else size for size in target)


def flatten(values: Values, shape: Shape, outputs: int) -> Effect:
    del values, outputs
    return Effect((math.prod(shape),))


def unchanged(values: Values, shape: Shape, outputs: int) -> Effect:
    del values, outputs
    return Effect(shape)


def batch_norm(values: Values, shape: Shape, outputs: int) -> Effect:
    """One multiplication a value, although conversion folds it into a linear layer before it."""
    del values, outputs
    channels = shape[-1]
    return Effect(
        output_shape=shape,
        trainable=2 * channels,
        non_trainable=2 * channels,
        formula=f"2 × {channels} + 2 × {channels}",
        macs=math.prod(shape),
    )


def _signal(shape: Shape) -> tuple[int, int]:
    if len(shape) == 2:
        return shape[0], shape[1]
    if len(shape) == 3:
        raise ModelError(
            text(
                "This layer slides along time and needs time × channels, but {shape} arrives. Use "
                "its 2D sibling, or Reshape first.",
                shape=show_shape(shape),
            )
        )
    raise ModelError(
        text(
            "This layer slides along time, but {shape} flat values arrive. Put it before Flatten, "
            "or use Dense.",
            shape=show_shape(shape),
        )
    )


def _image(shape: Shape) -> tuple[int, int, int]:
    if len(shape) == 3:
        return shape[0], shape[1], shape[2]
    raise ModelError(
        text(
            "This layer needs an image of rows × columns × channels, but {shape} arrives. Put "
            "Reshape before it, or use its 1D sibling.",
            shape=show_shape(shape),
        )
    )


def _refuse_stride_with_dilation(values: Values, *strides: str) -> None:
    if values.integer("dilation_rate") > 1 and any(values.integer(name) > 1 for name in strides):
        raise ModelError(
            text(
                "Stride and dilation cannot both be more than 1: set one of them to 1, and pool "
                "afterwards to shorten the signal."
            )
        )


def _slid(length: int, kernel: int, stride: int, values: Values, dilation: str = "") -> int:
    """How many places a kernel takes along ``length``.

    Keras: ``ceil(length / stride)`` for "same", ``floor((length - reach) / stride) + 1`` for
    "valid", where the reach of a dilated kernel is ``(kernel - 1) * dilation + 1``.
    """
    if values.string_or_none("padding") == "same":
        return -(-length // stride)
    reach = (kernel - 1) * (values.integer(dilation) if dilation else 1) + 1
    if reach > length:
        raise ModelError(
            text(
                "It spans {reach} values, and only {length} are left here. Make it smaller, choose "
                'padding "same", use longer windows, or remove a pooling layer before it.',
                reach=reach,
                length=length,
            )
        )
    return (length - reach) // stride + 1


def _weights_and_bias(kernel: list[int], outputs: int, values: Values) -> tuple[int, str]:
    formula = show_shape(tuple(kernel))
    if not values.switch("use_bias"):
        return math.prod(kernel), formula
    return math.prod(kernel) + outputs, f"{formula} + {outputs}"


def _short_window_hint(length: int) -> tuple[Text, ...]:
    if length > 1:
        return ()
    return (
        text("Only one time step arrives: there is nothing to slide along. Dense does the same."),
    )
