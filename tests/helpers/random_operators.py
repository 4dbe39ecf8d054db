# SPDX-License-Identifier: GPL-3.0-or-later
"""Random graphs of one operator, written directly: any shape, stride, padding, activation, scale
and zero point that the schema allows and a board can hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.deploy.compiler.geometry import slide
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
FIXED_OUTPUTS = {"LOGISTIC": (1 / 256, -128), "SOFTMAX": (1 / 256, -128), "TANH": (1 / 128, 0)}


def random_graph(kind: str, seed: int) -> Graph:
    """A graph whose only operator is ``kind``, from tensor 0 to its output."""
    tensors, operator = GENERATORS[kind](_Chance(seed), kind)
    return Graph(tuple(tensors), (operator,), (0,), operator.outputs)


def random_inputs(graph: Graph, count: int, seed: int):
    """int8 inputs, the extremes among them, of shape ``(count, …)`` without the batch."""
    shape = graph.tensors[graph.inputs[0]].shape[1:]
    values = np.random.default_rng(seed).integers(-128, 128, (count, *shape)).astype(np.int8)
    values[0], values[1] = -128, 127
    return values


_Drawn = tuple[list[Tensor], Operator]


@dataclass
class _Chance:
    seed: int

    def __post_init__(self) -> None:
        self.rng = np.random.default_rng(self.seed)

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

    def weights(self, shape: tuple[int, ...]):
        lowest = -128 if self.one_in(4) else -127
        return self.rng.integers(lowest, 128, shape).astype(np.int8)

    def weight_scales(self, outputs: int) -> tuple[float, ...]:
        return tuple(self.scale(0.001, 0.02) for _ in range(self.of((1, outputs))))

    def biases(self, outputs: int, scales: tuple[float, ...]) -> Tensor:
        values = self.rng.integers(-3000, 3000, outputs).astype(np.int32)
        return constant("bias", values, scales)

    def image(self, channels: int) -> tuple[int, int, int, int]:
        return (1, self(1, 9), self(1, 9), self(1, channels))

    def shape(self) -> tuple[int, ...]:
        return (1, *(self(1, 6) for _ in range(self(1, 3))))


def _typical_output(
    chance: _Chance, scale: float, scales: tuple[float, ...], products: int
) -> float:
    """A scale by which the sums of ``products`` products fill some of int8, and saturate."""
    return scale * max(scales) * 64 * products**0.5 * chance.between(0.4, 8)


def _fully_connected(chance: _Chance, kind: str) -> _Drawn:
    inputs, outputs = chance(1, 40), chance(1, 12)
    rows = (chance(1, 3),) if chance.one_in(4) else ()
    scale, scales = chance.scale(), chance.weight_scales(outputs)
    output = _typical_output(chance, scale, scales, inputs)
    tensors = [
        int8("x", (1, *rows, inputs), scale, chance.zero()),
        constant("weights", chance.weights((outputs, inputs)), scales),
        int8("y", (1, *rows, outputs), output, chance.zero()),
    ]
    bias = LEFT_OUT
    if not chance.one_in(4):
        tensors.append(chance.biases(outputs, tuple(scale * s for s in scales)))
        bias = 3
    return tensors, Operator(kind, (0, 1, bias), (2,), Options(activation=chance.of(ACTIVATIONS)))


def _convolution(chance: _Chance, kind: str) -> _Drawn:
    depthwise = kind == "DEPTHWISE_CONV_2D"
    while True:
        source = chance.image(5)
        kernel = (chance(1, 4), chance(1, 4))
        stride = (chance(1, 3), chance(1, 3))
        dilation = (chance(1, 2), chance(1, 2)) if chance.one_in(3) else (1, 1)
        if depthwise:  # whose reference takes one stride for both axes
            stride, dilation = (stride[0],) * 2, (dilation[0],) * 2
        padding = chance.of(tuple(Padding))
        rows = slide(source[1], kernel[0], stride[0], dilation[0], padding)
        columns = slide(source[2], kernel[1], stride[1], dilation[1], padding)
        if rows.out > 0 and columns.out > 0:
            break
    outputs = source[3] * chance(1, 3) if depthwise else chance(1, 9)
    scale, scales = chance.scale(), chance.weight_scales(outputs)
    shape = (1, *kernel, outputs) if depthwise else (outputs, *kernel, source[3])
    weights = constant("weights", chance.weights(shape), scales, axis=3 if depthwise else 0)
    output = _typical_output(chance, scale, scales, weights.size // outputs)
    tensors = [
        int8("x", source, scale, chance.zero()),
        weights,
        int8("y", (1, rows.out, columns.out, outputs), output, chance.zero()),
        chance.biases(outputs, tuple(scale * s for s in scales)),
    ]
    options = Options(chance.of(ACTIVATIONS), padding, stride, dilation)
    return tensors, Operator(kind, (0, 1, 3), (2,), options)


def _pool(chance: _Chance, kind: str) -> _Drawn:
    while True:
        source = chance.image(20)
        window, stride = (chance(1, 4), chance(1, 4)), (chance(1, 3), chance(1, 3))
        padding = chance.of(tuple(Padding))
        rows = slide(source[1], window[0], stride[0], 1, padding)
        columns = slide(source[2], window[1], stride[1], 1, padding)
        if rows.out > 0 and columns.out > 0:
            break
    scale, zero = chance.scale(), chance.zero()
    tensors = [
        int8("x", source, scale, zero),
        int8("y", (1, rows.out, columns.out, source[3]), scale, zero),
    ]
    options = Options(chance.of(ACTIVATIONS), padding, stride, window=window)
    return tensors, Operator(kind, (0,), (1,), options)


def _reduction(chance: _Chance, kind: str) -> _Drawn:
    rank, keep = chance(3, 4), chance.one_in(2)
    source = (1, *(chance(1, 7) for _ in range(rank - 1)))
    first = chance(1, rank - 1)
    reduced = range(first, chance(first, rank - 2 if first == 1 and not keep else rank - 1) + 1)
    target = tuple(
        1 if axis in reduced else size
        for axis, size in enumerate(source)
        if keep or axis not in reduced
    )
    scale, zero = chance.scale(), chance.zero()
    output = (scale, zero)
    if kind == "MEAN" and not chance.one_in(3):
        output = (chance.between(scale / 2, scale * 2), chance.zero())
    named = [axis - rank if chance.one_in(2) else axis for axis in reduced]
    tensors = [
        int8("x", source, scale, zero),
        constant("axes", np.array(named, np.int32)),
        int8("y", target, *output),
    ]
    return tensors, Operator(kind, (0, 1), (2,), Options(keep_dims=keep))


def _function(chance: _Chance, kind: str) -> _Drawn:
    shape, scale = chance.shape(), chance.scale(0.001, 0.5)
    output = FIXED_OUTPUTS.get(kind) or (chance.between(scale / 3, scale * 3), chance.zero())
    tensors = [int8("x", shape, scale, chance.zero()), int8("y", shape, *output)]
    options = Options(
        alpha=float(np.float32(chance.of((0.1, 0.3, 0.01, 1.5, -0.2)))),
        beta=chance.of((1.0, 0.5, 2.0)),
    )
    return tensors, Operator(kind, (0,), (1,), options)


def _binary(chance: _Chance, kind: str) -> _Drawn:
    """Of the input and a constant, either of which may be repeated, or of the input and itself."""
    shape = chance.shape()
    fewer = tuple(size if chance.one_in(2) else 1 for size in shape)
    source, other = chance.of(((shape, shape), (shape, fewer), (fewer, shape), (shape, fewer[1:])))
    scale, other_scale = chance.scale(), chance.scale()
    both = scale * other_scale * 100 if kind == "MUL" else max(scale, other_scale)
    itself = chance.one_in(5)
    tensors = [
        int8("x", source, scale, chance.zero()),
        constant("c", chance.weights(other), (other_scale,), chance.zero()),
        int8("y", source if itself else shape, both * chance.between(0.6, 5), chance.zero()),
    ]
    inputs = (0, 0) if itself else chance.of(((0, 1), (1, 0)))
    return tensors, Operator(kind, inputs, (2,), Options(activation=chance.of(ACTIVATIONS)))


def _concatenation(chance: _Chance, kind: str) -> _Drawn:
    shape, times = chance.shape(), chance(1, 3)
    axis = chance(1, len(shape) - 1)
    target = tuple(size * times if at == axis else size for at, size in enumerate(shape))
    scale, zero = chance.scale(), chance.zero()
    tensors = [int8("x", shape, scale, zero), int8("y", target, scale, zero)]
    named = axis - len(shape) if chance.one_in(2) else axis
    return tensors, Operator(kind, (0,) * times, (1,), Options(axis=named))


def _padding(chance: _Chance, kind: str) -> _Drawn:
    shape, scale, zero = chance.shape(), chance.scale(), chance.zero()
    amounts = np.zeros((len(shape), 2), np.int32)
    for axis in range(1, len(shape)):
        if chance.one_in(2):
            amounts[axis] = chance(0, 2), chance(0, 2)
    target = tuple(int(size) for size in np.array(shape) + amounts.sum(axis=1))
    tensors = [
        int8("x", shape, scale, zero),
        constant("amounts", amounts),
        int8("y", target, scale, zero),
    ]
    if kind == "PADV2":
        tensors.append(constant("value", chance.weights((1,)), (scale,), zero))
    return tensors, Operator(kind, (0, 1, 3) if kind == "PADV2" else (0, 1), (2,))


GENERATORS: dict[str, Callable[[_Chance, str], _Drawn]] = {
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
