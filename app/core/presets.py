# SPDX-License-Identifier: GPL-3.0-or-later
"""Networks to start from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.core.model_spec import LayerSpec, ModelSpec, ParameterValue, Shape
from app.core.text import Text, text
from app.core.training import AugmentConfig, TrainingConfig


@dataclass(frozen=True, slots=True)
class Preset:
    """A named network. ``layers(input_shape)`` fits it to windows of that shape; where it cannot
    be made to fit, analysing the result says why."""

    name: str
    title: Text
    help: Text
    layers: Callable[[Shape], tuple[LayerSpec, ...]]


def build_preset(name: str, input_shape: Shape) -> ModelSpec:
    """The preset ``name`` for windows of ``input_shape``, ``(window, channels)``. It ends with as
    many outputs, and the activation, that the task needs.

    Raises :class:`KeyError` for a name that is not in :data:`PRESETS`.
    """
    return ModelSpec(PRESETS[name].layers(input_shape), preset=name)


def _layer(kind: str, **parameters: ParameterValue) -> LayerSpec:
    return LayerSpec(kind, parameters)


def _answer() -> LayerSpec:
    return _layer("dense", units=None, activation=None)


def _flat_first(input_shape: Shape, *layers: LayerSpec) -> tuple[LayerSpec, ...]:
    """A flat input needs no Flatten."""
    return layers if len(input_shape) == 1 else (_layer("flatten"), *layers)


def _perceptron(input_shape: Shape) -> tuple[LayerSpec, ...]:
    return _flat_first(input_shape, _answer())


def _mlp(input_shape: Shape) -> tuple[LayerSpec, ...]:
    return _flat_first(
        input_shape,
        _layer("dense", units=64, activation="relu"),
        _layer("dense", units=32, activation="relu"),
        _answer(),
    )


def _small_cnn(input_shape: Shape) -> tuple[LayerSpec, ...]:
    return (
        *_conv_blocks(input_shape, filters=(16, 32), kernel=9),
        _layer("global_average_pool"),
        _layer("dropout", rate=0.2),
        _answer(),
    )


def _large_cnn(input_shape: Shape) -> tuple[LayerSpec, ...]:
    return (
        *_conv_blocks(input_shape, filters=(24, 48, 64), kernel=5, normalise=True),
        _layer("global_average_pool"),
        _layer("dropout", rate=0.3),
        _layer("dense", units=32, activation="relu"),
        _answer(),
    )


def _conv_blocks(
    input_shape: Shape, filters: tuple[int, ...], kernel: int, *, normalise: bool = False
) -> tuple[LayerSpec, ...]:
    """Convolution and pooling, as often as the window is long enough to be halved.

    The first block is always pooled, so that a window of one sample is refused with the reason.
    """
    length = input_shape[0]
    layers: list[LayerSpec] = []
    for index, count in enumerate(filters):
        size = max(1, min(kernel, length))
        if normalise:
            layers += [
                _layer("conv1d", filters=count, kernel_size=size, activation="linear"),
                _layer("batch_norm"),
                _layer("activation", activation="relu"),
            ]
        else:
            layers.append(_layer("conv1d", filters=count, kernel_size=size))
        if length >= 2 or index == 0:
            layers.append(_layer("max_pool1d", pool_size=2))
            length //= 2
    return tuple(layers)


_TABLE = (
    Preset(
        "perceptron",
        text("Perceptron"),
        text(
            "One layer: a weighted sum of every value. It learns what a straight line can part, "
            "such as AND and OR, but not XOR."
        ),
        _perceptron,
    ),
    Preset(
        "mlp",
        text("Multi-layer perceptron"),
        text(
            "Two hidden Dense layers over the whole window. A good start for short windows and "
            "tables."
        ),
        _mlp,
    ),
    Preset(
        "small_cnn",
        text("Small CNN"),
        text(
            "Two short convolutions along time: finds patterns wherever in the window they "
            "happen, with few parameters. A good start for movement and vibration."
        ),
        _small_cnn,
    ),
    Preset(
        "large_cnn",
        text("Larger CNN"),
        text(
            "Three convolutions with batch normalisation: for more classes or subtler patterns, "
            "at several times the work."
        ),
        _large_cnn,
    ),
)

PRESETS: dict[str, Preset] = {preset.name: preset for preset in _TABLE}
DEFAULT_PRESET = "small_cnn"
DEFAULT_TRAINING = TrainingConfig(
    learning_rate=0.003,
    batch_size=16,
    augment=AugmentConfig(noise=0.05, scale=0.1, shift=0.1, rotate_deg=20.0),
)
"""Chosen with the default preset by cross-validation (``benchmarks/choose_default.py``)."""


def default_preset(input_shape: Shape) -> str:
    """The preset to start from: one without convolutions where there is no time to slide along."""
    return DEFAULT_PRESET if len(input_shape) == 2 and input_shape[0] > 1 else "mlp"
