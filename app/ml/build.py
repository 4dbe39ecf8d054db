# SPDX-License-Identifier: GPL-3.0-or-later
"""Layers as data become a Keras model. One builder a kind of layer, as in ``app.core.layers``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.core.errors import ModelError
from app.core.model_report import LayerReport, analyse, resolve
from app.core.model_spec import ModelSpec, ParameterValue, Shape
from app.core.text import text
from app.core.training import Task
from app.ml.backend import keras

_Values = Mapping[str, ParameterValue]
_Builder = Callable[[_Values, LayerReport], Any]


def build(spec: ModelSpec, input_shape: Shape, task: Task, outputs: int) -> Any:
    """A ``keras.Sequential`` for ``input_shape`` (without the batch), not compiled.

    ``outputs`` as :func:`app.core.model_report.output_count` gives it. First weights follow from
    :func:`seed`. Raise :class:`ModelError` where
    :func:`app.core.model_report.analyse` finds a problem.
    """
    report = analyse(spec, input_shape, task, outputs)
    if report.problem is not None:
        raise ModelError(
            text("This network cannot be built."),
            report.problem,
            text("Mend it on the Design page."),
        )
    layers = [keras.Input(input_shape)]
    for layer, place in zip(resolve(spec, task, outputs).layers, report.layers, strict=True):
        layers.append(_layer(layer.kind, layer.parameters, place))
    return keras.Sequential(layers)


def seed(value: int) -> None:
    """Seed every source of chance that Keras draws from."""
    keras.utils.set_random_seed(value)


def _layer(kind: str, values: _Values, place: LayerReport) -> Any:
    same = _NAMED_AS_IN_KERAS.get(kind)
    return same(**values) if same else _BUILDERS[kind](values, place)


def _conv2d(values: _Values, place: LayerReport) -> Any:
    del place
    names = ("filters", "padding", "dilation_rate", "activation", "use_bias")
    return keras.layers.Conv2D(
        kernel_size=(values["kernel_height"], values["kernel_width"]),
        strides=(values["stride_height"], values["stride_width"]),
        **{name: values[name] for name in names},
    )


def _pool2d(layer: Callable[..., Any]) -> _Builder:
    def make(values: _Values, place: LayerReport) -> Any:
        del place
        pool = (values["pool_height"], values["pool_width"])
        strides = (values["stride_height"] or pool[0], values["stride_width"] or pool[1])
        return layer(pool_size=pool, strides=strides, padding=values["padding"])

    return make


def _global_pool(layer_1d: Callable[..., Any], layer_2d: Callable[..., Any]) -> _Builder:
    def make(values: _Values, place: LayerReport) -> Any:
        del values
        assert place.input_shape is not None  # noqa: S101 - the report has no problem
        return layer_1d() if len(place.input_shape) == 2 else layer_2d()

    return make


def _reshape(values: _Values, place: LayerReport) -> Any:
    del values
    return keras.layers.Reshape(place.output_shape)


_NAMED_AS_IN_KERAS: dict[str, Callable[..., Any]] = {
    "dense": keras.layers.Dense,
    "conv1d": keras.layers.Conv1D,
    "separable_conv1d": keras.layers.SeparableConv1D,
    "max_pool1d": keras.layers.MaxPooling1D,
    "average_pool1d": keras.layers.AveragePooling1D,
    "flatten": keras.layers.Flatten,
    "dropout": keras.layers.Dropout,
    "batch_norm": keras.layers.BatchNormalization,
    "activation": keras.layers.Activation,
}
_BUILDERS: dict[str, _Builder] = {
    "conv2d": _conv2d,
    "max_pool2d": _pool2d(keras.layers.MaxPooling2D),
    "average_pool2d": _pool2d(keras.layers.AveragePooling2D),
    "global_average_pool": _global_pool(
        keras.layers.GlobalAveragePooling1D, keras.layers.GlobalAveragePooling2D
    ),
    "global_max_pool": _global_pool(
        keras.layers.GlobalMaxPooling1D, keras.layers.GlobalMaxPooling2D
    ),
    "reshape": _reshape,
}
