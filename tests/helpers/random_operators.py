# SPDX-License-Identifier: GPL-3.0-or-later
"""Random operators, written directly: any shape, stride, padding, activation, scale and zero point
that the schema allows and a board can hold. :mod:`tests.helpers.random_networks` joins them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.deploy.compiler.geometry import Axis, slide
from app.deploy.compiler.graph import (
    LEFT_OUT,
    Activation,
    Graph,
    Operator,
    Options,
    Padding,
    Tensor,
)
from tests.helpers.tflite_writer import constant, int8

ACTIVATIONS = (Activation.NONE, Activation.RELU, Activation.RELU6, Activation.RELU_N1_TO_1)
FIXED_OUTPUTS = {"LOGISTIC": (1 / 256, -128), "SOFTMAX": (1 / 256, -128)}


@dataclass
class Drawn:
    """An operator on tensor 0, the source, with the tensors that come with it."""

    tensors: list[Tensor]
    operator: Operator


class Chance:
    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)

    def __call__(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return int(self.rng.integers(low, high + 1))

    def one_in(self, count: int) -> bool:
        return self(1, count) == 1

    def of(self, values):
        return values[self(0, len(values) - 1)]

    def between(self, low: float, high: float) -> float:
        return float(np.float32(np.exp(self.rng.uniform(np.log(low), np.log(high)))))

    def scale(self, low: float = 0.005, high: float = 0.3) -> float:
        """Now and then a power of two, where halves are met exactly."""
        return 2.0 ** self(-7, -2) if self.one_in(4) else self.between(low, high)

    def zero(self) -> int:
        return self(-128, 127)

    def activation(self) -> Activation:
        return self.of(ACTIVATIONS)

    def image(self) -> Tensor:
        shape = (1, self(1, 9), self(1, 9), self(1, 6) if self.one_in(2) else self(1, 20))
        return int8("x", shape, self.scale(), self.zero())

    def values(self) -> Tensor:
        """Of two to four axes."""
        shape = (1, *(self(1, 6) for _ in range(self(1, 3))))
        return int8("x", shape, self.scale(0.002, 0.5), self.zero())

    def weights(self, shape: tuple[int, ...]):
        """Now and then with -128, which TensorFlow's converter never writes."""
        drawn = self.rng.integers(-127, 128, shape).astype(np.int8)
        if self.one_in(4):
            drawn.flat[self(0, drawn.size - 1)] = -128
        return drawn

    def weight_scales(self, outputs: int) -> tuple[float, ...]:
        """For the whole tensor, or one an output."""
        return tuple(self.scale(0.001, 0.02) for _ in range(self.of((1, outputs))))

    def biases(self, source: Tensor, outputs: int, scales: tuple[float, ...]) -> Tensor:
        values = self.rng.integers(-3000, 3000, outputs).astype(np.int32)
        return constant("bias", values, tuple(_scale(source) * scale for scale in scales))

    def products(self, source: Tensor, scales: tuple[float, ...], count: int) -> tuple[float, int]:
        """A scale by which sums of ``count`` products fill some of int8, or saturate."""
        typical = _scale(source) * max(scales) * 64 * count**0.5
        return typical * self.between(0.4, 8), self.zero()


def random_graph(kind: str, seed: int) -> Graph:
    """A graph whose only operator is ``kind``."""
    chance = Chance(seed)
    source = chance.image() if kind in ON_IMAGES else chance.values()
    drawn = GENERATORS[kind](chance, kind, source)
    return Graph(tuple(drawn.tensors), (drawn.operator,), (0,), drawn.operator.outputs)


def random_inputs(graph: Graph, count: int, seed: int):
    """int8 inputs, the extremes among them, of shape ``(count, …)`` without the batch."""
    shape = graph.tensors[graph.inputs[0]].shape[1:]
    values = np.random.default_rng(seed).integers(-128, 128, (count, *shape)).astype(np.int8)
    values[0], values[1] = -128, 127
    return values


def _scale(tensor: Tensor) -> float:
    assert tensor.quantisation is not None
    return tensor.quantisation.scales[0]


def _like(source: Tensor, shape: tuple[int, ...]) -> Tensor:
    """An output quantised as its source is."""
    return Tensor("y", shape, "int8", source.quantisation)


def _fully_connected(chance: Chance, kind: str, source: Tensor) -> Drawn:
    """On the last axis, or on all values at once."""
    rows = source.shape[1:-1] if len(source.shape) == 3 and chance.one_in(2) else ()
    inputs = source.shape[-1] if rows else source.size
    outputs = chance(1, 12)
    scales = chance.weight_scales(outputs)
    tensors = [
        source,
        constant("weights", chance.weights((outputs, inputs)), scales),
        int8("y", (1, *rows, outputs), *chance.products(source, scales, inputs)),
    ]
    bias = LEFT_OUT
    if not chance.one_in(4):
        tensors.append(chance.biases(source, outputs, scales))
        bias = 3
    options = Options(chance.activation())
    return Drawn(tensors, Operator(kind, (0, 1, bias), (2,), options))


def _windows(chance: Chance, source: Tensor, *, dilated: bool) -> tuple[Axis, Axis, Padding]:
    """Windows of which at least one fits."""
    while True:
        padding = chance.of(tuple(Padding))
        rows, columns = (
            slide(
                size,
                chance(1, 4),
                chance(1, 3),
                chance(1, 2) if dilated and chance.one_in(3) else 1,
                padding,
            )
            for size in source.shape[1:3]
        )
        if rows.out > 0 and columns.out > 0:
            return rows, columns, padding


def _convolution(chance: Chance, kind: str, source: Tensor) -> Drawn:
    rows, columns, padding = _windows(chance, source, dilated=True)
    kernel, channels = (rows.kernel, columns.kernel), source.shape[3]
    depthwise = kind == "DEPTHWISE_CONV_2D"
    outputs = channels * chance(1, 3) if depthwise else chance(1, 9)
    scales = chance.weight_scales(outputs)
    shape = (1, *kernel, outputs) if depthwise else (outputs, *kernel, channels)
    weights = constant("weights", chance.weights(shape), scales, axis=3 if depthwise else 0)
    quantisation = chance.products(source, scales, weights.size // outputs)
    tensors = [
        source,
        weights,
        int8("y", (1, rows.out, columns.out, outputs), *quantisation),
        chance.biases(source, outputs, scales),
    ]
    options = Options(
        activation=chance.activation(),
        padding=padding,
        stride=(rows.stride, columns.stride),
        dilation=(rows.dilation, columns.dilation),
    )
    return Drawn(tensors, Operator(kind, (0, 1, 3), (2,), options))


def _pool(chance: Chance, kind: str, source: Tensor) -> Drawn:
    rows, columns, padding = _windows(chance, source, dilated=False)
    options = Options(
        activation=chance.activation(),
        padding=padding,
        stride=(rows.stride, columns.stride),
        window=(rows.kernel, columns.kernel),
    )
    target = _like(source, (1, rows.out, columns.out, source.shape[3]))
    return Drawn([source, target], Operator(kind, (0,), (1,), options))


def _reduction(chance: Chance, kind: str, source: Tensor) -> Drawn:
    keep, rank = chance.one_in(2), len(source.shape)
    first = chance(1, rank - 1)
    # Something besides the batch is left.
    last = chance(first, rank - 1 if keep or first > 1 or rank == 2 else rank - 2)
    keep = keep or rank == 2
    reduced = range(first, last + 1)
    target = _like(
        source,
        tuple(
            1 if axis in reduced else size
            for axis, size in enumerate(source.shape)
            if keep or axis not in reduced
        ),
    )
    if kind == "MEAN" and not chance.one_in(3):
        ratio = chance.between(0.4, 2.5)
        target = int8("y", target.shape, _scale(source) * ratio, chance.zero())
    named = [axis - rank if chance.one_in(2) else axis for axis in reduced]
    tensors = [source, constant("axes", np.array(named, np.int32)), target]
    return Drawn(tensors, Operator(kind, (0, 1), (2,), Options(keep_dims=keep)))


def _function(chance: Chance, kind: str, source: Tensor) -> Drawn:
    free = (_scale(source) * chance.between(0.3, 3), chance.zero())
    if kind == "TANH":  # as converters have it, or not
        free = (chance.of((1 / 128, chance.between(0.004, 0.02))), chance.of((0, chance.zero())))
    target = int8("y", source.shape, *FIXED_OUTPUTS.get(kind, free))
    options = Options(
        alpha=float(np.float32(chance.of((0.1, 0.3, 0.01, 1.5, -0.2)))),
        beta=chance.of((1.0, 0.5, 2.0)),
    )
    return Drawn([source, target], Operator(kind, (0,), (1,), options))


def _binary(chance: Chance, kind: str, source: Tensor) -> Drawn:
    """Of the source and a constant, either of which may be repeated, or of the source and
    itself."""
    other, shape = source.shape, source.shape
    if chance.one_in(2):
        other = tuple(size if chance.one_in(2) else 1 for size in source.shape)
        other = other[chance(0, 1) :]
    elif 1 in source.shape[1:]:
        other = (1, *(chance(1, 3) if size == 1 else size for size in source.shape[1:]))
        shape = other
    itself = chance.one_in(5)
    other_scale = chance.scale()
    target_shape = source.shape if itself else shape
    second = (
        source
        if itself
        else constant("constant", chance.weights(other), (other_scale,), chance.zero())
    )
    tensors = [source, second, binary_output(chance, kind, source, second, target_shape)]
    inputs = (0, 0) if itself else chance.of(((0, 1), (1, 0)))
    return Drawn(tensors, Operator(kind, inputs, (2,), Options(chance.activation())))


def binary_output(
    chance: Chance, kind: str, a: Tensor, b: Tensor, shape: tuple[int, ...]
) -> Tensor:
    """Of ADD or MUL on ``a`` and ``b``."""
    both = _scale(a) * _scale(b) * 100 if kind == "MUL" else max(_scale(a), _scale(b))
    return int8("y", shape, both * chance.between(0.6, 5), chance.zero())


def _concatenation(chance: Chance, kind: str, source: Tensor) -> Drawn:
    """Of the source with itself."""
    times, axis = chance(1, 3), chance(1, len(source.shape) - 1)
    shape = tuple(size * times if at == axis else size for at, size in enumerate(source.shape))
    named = axis - len(shape) if chance.one_in(2) else axis
    operator = Operator(kind, (0,) * times, (1,), Options(axis=named))
    return Drawn([source, _like(source, shape)], operator)


def _padding(chance: Chance, kind: str, source: Tensor) -> Drawn:
    amounts = np.zeros((len(source.shape), 2), np.int32)
    for axis in range(1, len(source.shape)):
        if chance.one_in(2):
            amounts[axis] = chance(0, 2), chance(0, 2)
    shape = tuple(int(size) for size in np.array(source.shape) + amounts.sum(axis=1))
    tensors = [source, constant("amounts", amounts), _like(source, shape)]
    inputs = (0, 1)
    if kind == "PADV2":
        value = Tensor("value", (1,), "int8", source.quantisation, chance.weights((1,)))
        tensors.append(value)
        inputs = (0, 1, 3)
    return Drawn(tensors, Operator(kind, inputs, (2,)))


GENERATORS: dict[str, Callable[[Chance, str, Tensor], Drawn]] = {
    "FULLY_CONNECTED": _fully_connected,
    "CONV_2D": _convolution,
    "DEPTHWISE_CONV_2D": _convolution,
    "MAX_POOL_2D": _pool,
    "AVERAGE_POOL_2D": _pool,
    "MEAN": _reduction,
    "REDUCE_MAX": _reduction,
    "SOFTMAX": _function,
    "LOGISTIC": _function,
    "TANH": _function,
    "RELU": _function,
    "RELU6": _function,
    "RELU_N1_TO_1": _function,
    "LEAKY_RELU": _function,
    "QUANTIZE": _function,
    "ADD": _binary,
    "MUL": _binary,
    "CONCATENATION": _concatenation,
    "PAD": _padding,
    "PADV2": _padding,
}
ON_IMAGES = {"CONV_2D", "DEPTHWISE_CONV_2D", "MAX_POOL_2D", "AVERAGE_POOL_2D"}
"""Kinds that need a source of four axes."""
