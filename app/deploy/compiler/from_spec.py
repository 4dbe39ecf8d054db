# SPDX-License-Identifier: GPL-3.0-or-later
"""A network as it is designed becomes the graph that the converter would make of it.

Weights and scales are made up, shapes and operators are not: compiled, it tells what the network
will cost before it is trained. As the converter does, batch normalisation is folded into the layer
before it (or, behind a function, into a dense layer after it), ReLU is fused, Conv1D is a CONV_2D
of one row, and what only matters in training is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.core.model_report import LayerReport, analyse, resolve
from app.core.model_spec import ModelSpec, ParameterValue, Shape
from app.core.training import Task
from app.deploy.compiler.graph import Graph, Options, Padding
from app.deploy.compiler.graph_row import PLAIN, RowBuilder

_Values = Mapping[str, ParameterValue]


def graph_of(spec: ModelSpec, input_shape: Shape, task: Task, outputs: int) -> Graph:
    """The graph of ``spec`` for windows of ``input_shape``. What a layer computes bears the layer's
    number in the stack, from 1.

    The network must be valid (:func:`app.core.model_report.analyse`); raises :class:`ValueError`
    where it is not.
    """
    report = analyse(spec, input_shape, task, outputs)
    if report.problem is not None:
        raise ValueError(str(report.problem))
    resolved = resolve(spec, task, outputs).layers
    builder = RowBuilder(input_shape)
    kept = [
        (number, layer.kind, layer.parameters, place)
        for number, (layer, place) in enumerate(zip(resolved, report.layers, strict=True), start=1)
        if layer.kind != "dropout"
    ]
    for at, (number, kind, values, place) in enumerate(kept):
        following = kept[at + 1][1] if at + 1 < len(kept) else ""
        builder.number = number
        if kind == "batch_norm" and (builder.ends_linear or following == "dense"):
            continue
        _LAYERS[kind](builder, values, place)
    return builder.graph()


# --- layers: what each kind of the layer table becomes ------------------------------------------


def _dense(builder: RowBuilder, values: _Values, place: LayerReport) -> None:
    inputs, units = builder.shape[-1], _out(place)[-1]
    weights = builder.constant("weights", (units, inputs), 0 if units > 1 else None)
    builder.apply("FULLY_CONNECTED", (weights, builder.bias(units)), (1, *_out(place)))
    builder.function(str(values["activation"]))


def _conv1d(builder: RowBuilder, values: _Values, place: LayerReport) -> None:
    kernel, stride = (1, _int(values["kernel_size"])), (1, _int(values["strides"]))
    dilation = (1, _int(values["dilation_rate"]))
    _as_image(builder)
    _conv(builder, kernel, _image(_out(place)), _options(values, stride, dilation))
    builder.function(str(values["activation"]))
    builder.reshape((1, *_out(place)))


def _separable(builder: RowBuilder, values: _Values, place: LayerReport) -> None:
    _as_image(builder)
    length, filters = _out(place)
    channels = builder.shape[-1] * _int(values["depth_multiplier"])
    stride = _int(values["strides"])
    weights = builder.constant("weights", (1, 1, _int(values["kernel_size"]), channels), 3)
    builder.apply(
        "DEPTHWISE_CONV_2D",
        (weights, builder.bias(channels)),
        (1, 1, length, channels),
        _options(values, (1, stride), (1, _int(values["dilation_rate"]))),
    )
    _conv(builder, (1, 1), (1, 1, length, filters), PLAIN)
    builder.function(str(values["activation"]))
    builder.reshape((1, *_out(place)))


def _conv2d(builder: RowBuilder, values: _Values, place: LayerReport) -> None:
    kernel = (_int(values["kernel_height"]), _int(values["kernel_width"]))
    stride = (_int(values["stride_height"]), _int(values["stride_width"]))
    gap = _int(values["dilation_rate"])
    _conv(builder, kernel, (1, *_out(place)), _options(values, stride, (gap, gap)))
    builder.function(str(values["activation"]))


def _pool1d(kind: str) -> Callable[[RowBuilder, _Values, LayerReport], None]:
    def make(builder: RowBuilder, values: _Values, place: LayerReport) -> None:
        pool = _int(values["pool_size"])
        _as_image(builder)
        options = _options(values, (1, _int(values["strides"] or pool)))
        options = replace(options, window=(1, pool))
        builder.apply(kind, (), _image(_out(place)), options, same_scale=True)
        builder.reshape((1, *_out(place)))

    return make


def _pool2d(kind: str) -> Callable[[RowBuilder, _Values, LayerReport], None]:
    def make(builder: RowBuilder, values: _Values, place: LayerReport) -> None:
        window = (_int(values["pool_height"]), _int(values["pool_width"]))
        stride = (
            _int(values["stride_height"] or window[0]),
            _int(values["stride_width"] or window[1]),
        )
        options = replace(_options(values, stride), window=window)
        builder.apply(kind, (), (1, *_out(place)), options, same_scale=True)

    return make


def _global_pool(kind: str) -> Callable[[RowBuilder, _Values, LayerReport], None]:
    def make(builder: RowBuilder, values: _Values, place: LayerReport) -> None:
        del values
        builder.reshape((1, *_in(place)))
        axes = builder.numbers(tuple(range(1, len(builder.shape) - 1)))
        builder.apply(kind, (axes,), (1, *_out(place)), same_scale=kind == "REDUCE_MAX")

    return make


def _reshape(builder: RowBuilder, values: _Values, place: LayerReport) -> None:
    del values
    builder.reshape((1, *_out(place)))


def _batch_norm(builder: RowBuilder, values: _Values, place: LayerReport) -> None:
    """Not foldable here: a factor and a summand for each channel."""
    del values
    channels = _out(place)[-1:]
    builder.apply("MUL", (builder.constant("factor", channels),), builder.shape)
    builder.apply("ADD", (builder.constant("summand", channels),), builder.shape)


def _activation(builder: RowBuilder, values: _Values, place: LayerReport) -> None:
    del place
    builder.function(str(values["activation"]))


_LAYERS: Mapping[str, Callable[[RowBuilder, _Values, LayerReport], None]] = {
    "dense": _dense,
    "conv1d": _conv1d,
    "separable_conv1d": _separable,
    "conv2d": _conv2d,
    "max_pool1d": _pool1d("MAX_POOL_2D"),
    "average_pool1d": _pool1d("AVERAGE_POOL_2D"),
    "max_pool2d": _pool2d("MAX_POOL_2D"),
    "average_pool2d": _pool2d("AVERAGE_POOL_2D"),
    "global_average_pool": _global_pool("MEAN"),
    "global_max_pool": _global_pool("REDUCE_MAX"),
    "reshape": _reshape,
    "flatten": _reshape,
    "batch_norm": _batch_norm,
    "activation": _activation,
}


def _conv(
    builder: RowBuilder, kernel: tuple[int, int], shape: tuple[int, ...], options: Options
) -> None:
    filters = shape[-1]
    weights = builder.constant("weights", (filters, *kernel, builder.shape[-1]), 0)
    builder.apply("CONV_2D", (weights, builder.bias(filters)), shape, options)


def _as_image(builder: RowBuilder) -> None:
    """A signal of time and channels as an image of one row."""
    builder.reshape(_image(builder.shape[1:]))


def _image(shape: Shape) -> tuple[int, ...]:
    return (1, 1, *shape)


def _options(
    values: _Values, stride: tuple[int, int], dilation: tuple[int, int] = (1, 1)
) -> Options:
    padding = Padding.SAME if values["padding"] == "same" else Padding.VALID
    return Options(padding=padding, stride=stride, dilation=dilation)


def _int(value: ParameterValue) -> int:
    assert isinstance(value, int)  # noqa: S101 - checked against the layer table
    return value


def _out(place: LayerReport) -> Shape:
    assert place.output_shape is not None  # noqa: S101 - the report has no problem
    return place.output_shape


def _in(place: LayerReport) -> Shape:
    assert place.input_shape is not None  # noqa: S101 - the report has no problem
    return place.input_shape
