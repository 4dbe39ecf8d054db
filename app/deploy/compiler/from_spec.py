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

import numpy as np

from app.core.model_report import LayerReport, analyse, resolve
from app.core.model_spec import ModelSpec, ParameterValue, Shape
from app.core.training import Task
from app.deploy.compiler.graph import (
    Activation,
    Graph,
    Operator,
    Options,
    Padding,
    Quantisation,
    Tensor,
)

_Values = Mapping[str, ParameterValue]

_PLAIN = Options()
_LINEAR = {"FULLY_CONNECTED", "CONV_2D", "DEPTHWISE_CONV_2D"}
_FUSES_RELU = _LINEAR | {"ADD", "MUL", "MAX_POOL_2D", "AVERAGE_POOL_2D"}
_FUNCTIONS = {"sigmoid": "LOGISTIC", "tanh": "TANH", "softmax": "SOFTMAX", "relu": "RELU"}
_FIXED_OUTPUT = {
    "LOGISTIC": Quantisation((1 / 256,), (-128,)),
    "SOFTMAX": Quantisation((1 / 256,), (-128,)),
    "TANH": Quantisation((1 / 128,), (0,)),
}
"""What the converter prescribes, whatever the data."""


def graph_of(spec: ModelSpec, input_shape: Shape, task: Task, outputs: int) -> Graph:
    """The graph of ``spec`` for windows of ``input_shape``.

    The network must be valid (:func:`app.core.model_report.analyse`); raises :class:`ValueError`
    where it is not.
    """
    report = analyse(spec, input_shape, task, outputs)
    if report.problem is not None:
        raise ValueError(str(report.problem))
    resolved = resolve(spec, task, outputs).layers
    builder = _Builder(input_shape)
    kept = [
        (layer.kind, layer.parameters, place)
        for layer, place in zip(resolved, report.layers, strict=True)
        if layer.kind != "dropout"
    ]
    for at, (kind, values, place) in enumerate(kept):
        following = kept[at + 1][0] if at + 1 < len(kept) else ""
        if kind == "batch_norm" and (builder.ends_linear or following == "dense"):
            continue
        _LAYERS[kind](builder, values, place)
    return builder.graph()


class _Builder:
    """Appends operators to a row; ``at`` is the tensor that the next one reads."""

    def __init__(self, input_shape: Shape) -> None:
        self._tensors = [Tensor("input", (1, *input_shape), "int8", Quantisation((0.05,), (0,)))]
        self._operators: list[Operator] = []
        self.at = 0

    @property
    def shape(self) -> tuple[int, ...]:
        return self._tensors[self.at].shape

    @property
    def ends_linear(self) -> bool:
        """Whether what was computed last is a product that nothing was done to yet."""
        last = self._last
        return (
            last is not None and last.kind in _LINEAR and last.options.activation is Activation.NONE
        )

    @property
    def _last(self) -> Operator | None:
        """The operator that computed what the row holds; a new shape computes nothing."""
        return next((op for op in reversed(self._operators) if op.kind != "RESHAPE"), None)

    def graph(self) -> Graph:
        return Graph(tuple(self._tensors), tuple(self._operators), (0,), (self.at,))

    def constant(self, name: str, shape: tuple[int, ...], axis: int | None = None) -> int:
        """Made-up int8 values, no two constants alike; quantised along ``axis``, if given."""
        seed = len(self._tensors)
        count = int(np.prod(shape))
        data = ((np.arange(count, dtype=np.int32) * 7 + seed) % 253 - 126).astype(np.int8)
        scales = (0.01,) if axis is None else (0.01,) * shape[axis]
        quantisation = Quantisation(scales, (0,) * len(scales), axis or 0)
        return self._add(Tensor(name, shape, "int8", quantisation, data.reshape(shape)))

    def bias(self, channels: int) -> int:
        data = np.full(channels, len(self._tensors), np.int32)
        quantisation = Quantisation((0.0005,) * channels, (0,) * channels)
        return self._add(Tensor("bias", (channels,), "int32", quantisation, data))

    def numbers(self, values: tuple[int, ...]) -> int:
        return self._add(
            Tensor("numbers", (len(values),), "int32", None, np.array(values, np.int32))
        )

    def apply(
        self,
        kind: str,
        constants: tuple[int, ...],
        shape: tuple[int, ...],
        options: Options = _PLAIN,
        *,
        same_scale: bool = False,
    ) -> None:
        """Put an operator behind the row that answers with ``shape``, batch included."""
        scale = 0.05 + 0.001 * len(self._tensors)  # as different as real ones are
        quantisation = _FIXED_OUTPUT.get(kind, Quantisation((scale,), (-10,)))
        if same_scale:
            quantisation = self._tensors[self.at].quantisation
        output = self._add(
            Tensor(f"{kind.lower()}_{len(self._operators)}", shape, "int8", quantisation)
        )
        self._operators.append(Operator(kind, (self.at, *constants), (output,), options))
        self.at = output

    def reshape(self, shape: tuple[int, ...]) -> None:
        if shape != self.shape:
            self.apply("RESHAPE", (self.numbers(shape),), shape, same_scale=True)

    def function(self, name: str) -> None:
        """Apply an activation function: ReLU within the operator before it, if that can do it."""
        if name == "linear":
            return
        last = self._last
        if name == "relu" and last is not None and last.kind in _FUSES_RELU:
            if last.options.activation is Activation.NONE:
                fused = replace(last, options=replace(last.options, activation=Activation.RELU))
                self._operators[self._operators.index(last)] = fused
            return
        self.apply(_FUNCTIONS[name], (), self.shape)

    def _add(self, tensor: Tensor) -> int:
        self._tensors.append(tensor)
        return len(self._tensors) - 1


# --- layers: what each kind of the layer table becomes ------------------------------------------


def _dense(builder: _Builder, values: _Values, place: LayerReport) -> None:
    inputs, units = builder.shape[-1], _out(place)[-1]
    weights = builder.constant("weights", (units, inputs), 0 if units > 1 else None)
    builder.apply("FULLY_CONNECTED", (weights, builder.bias(units)), (1, *_out(place)))
    builder.function(str(values["activation"]))


def _conv1d(builder: _Builder, values: _Values, place: LayerReport) -> None:
    kernel, stride = (1, _int(values["kernel_size"])), (1, _int(values["strides"]))
    dilation = (1, _int(values["dilation_rate"]))
    _as_image(builder)
    _conv(builder, kernel, _image(_out(place)), _options(values, stride, dilation))
    builder.function(str(values["activation"]))
    builder.reshape((1, *_out(place)))


def _separable(builder: _Builder, values: _Values, place: LayerReport) -> None:
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
    _conv(builder, (1, 1), (1, 1, length, filters), _PLAIN)
    builder.function(str(values["activation"]))
    builder.reshape((1, *_out(place)))


def _conv2d(builder: _Builder, values: _Values, place: LayerReport) -> None:
    kernel = (_int(values["kernel_height"]), _int(values["kernel_width"]))
    stride = (_int(values["stride_height"]), _int(values["stride_width"]))
    gap = _int(values["dilation_rate"])
    _conv(builder, kernel, (1, *_out(place)), _options(values, stride, (gap, gap)))
    builder.function(str(values["activation"]))


def _pool1d(kind: str) -> Callable[[_Builder, _Values, LayerReport], None]:
    def make(builder: _Builder, values: _Values, place: LayerReport) -> None:
        pool = _int(values["pool_size"])
        _as_image(builder)
        options = _options(values, (1, _int(values["strides"] or pool)))
        options = replace(options, window=(1, pool))
        builder.apply(kind, (), _image(_out(place)), options, same_scale=True)
        builder.reshape((1, *_out(place)))

    return make


def _pool2d(kind: str) -> Callable[[_Builder, _Values, LayerReport], None]:
    def make(builder: _Builder, values: _Values, place: LayerReport) -> None:
        window = (_int(values["pool_height"]), _int(values["pool_width"]))
        stride = (
            _int(values["stride_height"] or window[0]),
            _int(values["stride_width"] or window[1]),
        )
        options = replace(_options(values, stride), window=window)
        builder.apply(kind, (), (1, *_out(place)), options, same_scale=True)

    return make


def _global_pool(kind: str) -> Callable[[_Builder, _Values, LayerReport], None]:
    def make(builder: _Builder, values: _Values, place: LayerReport) -> None:
        del values
        builder.reshape((1, *_in(place)))
        axes = builder.numbers(tuple(range(1, len(builder.shape) - 1)))
        builder.apply(kind, (axes,), (1, *_out(place)), same_scale=kind == "REDUCE_MAX")

    return make


def _reshape(builder: _Builder, values: _Values, place: LayerReport) -> None:
    del values
    builder.reshape((1, *_out(place)))


def _batch_norm(builder: _Builder, values: _Values, place: LayerReport) -> None:
    """Not foldable here: a factor and a summand for each channel."""
    del values
    channels = _out(place)[-1:]
    builder.apply("MUL", (builder.constant("factor", channels),), builder.shape)
    builder.apply("ADD", (builder.constant("summand", channels),), builder.shape)


def _activation(builder: _Builder, values: _Values, place: LayerReport) -> None:
    del place
    builder.function(str(values["activation"]))


_LAYERS: Mapping[str, Callable[[_Builder, _Values, LayerReport], None]] = {
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
    builder: _Builder, kernel: tuple[int, int], shape: tuple[int, ...], options: Options
) -> None:
    filters = shape[-1]
    weights = builder.constant("weights", (filters, *kernel, builder.shape[-1]), 0)
    builder.apply("CONV_2D", (weights, builder.bias(filters)), shape, options)


def _as_image(builder: _Builder) -> None:
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
