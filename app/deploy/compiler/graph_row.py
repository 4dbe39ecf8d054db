# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds a graph whose operators stand in a row, with weights and scales that are made up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.core.model_spec import Shape
from app.deploy.compiler.graph import (
    Activation,
    Graph,
    Operator,
    Options,
    Quantisation,
    Tensor,
)

PLAIN = Options()
_LINEAR = {"FULLY_CONNECTED", "CONV_2D", "DEPTHWISE_CONV_2D"}
_POOLS = {"MAX_POOL_2D", "AVERAGE_POOL_2D"}
_FUSES_RELU = _LINEAR | _POOLS | {"ADD", "MUL"}
_FUNCTIONS = {"sigmoid": "LOGISTIC", "tanh": "TANH", "softmax": "SOFTMAX", "relu": "RELU"}
_FIXED_OUTPUT = {
    "LOGISTIC": Quantisation((1 / 256,), (-128,)),
    "SOFTMAX": Quantisation((1 / 256,), (-128,)),
    "TANH": Quantisation((1 / 128,), (0,)),
}
"""What the converter prescribes, whatever the data."""


class RowBuilder:
    """Appends operators to a row: ``at`` is the tensor that the next one reads, ``number`` the name
    of what they compute."""

    def __init__(self, input_shape: Shape) -> None:
        self._tensors = [Tensor("input", (1, *input_shape), "int8", Quantisation((0.05,), (0,)))]
        self._operators: list[Operator] = []
        self.at = 0
        self.number = 0

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
        options: Options = PLAIN,
        *,
        same_scale: bool = False,
    ) -> None:
        """Put an operator behind the row that answers with ``shape``, batch included."""
        scale = 0.05 + 0.001 * len(self._tensors)  # as different as real ones are
        quantisation = _FIXED_OUTPUT.get(kind, Quantisation((scale,), (-10,)))
        if same_scale:
            quantisation = self._tensors[self.at].quantisation
        output = self._add(Tensor(str(self.number), shape, "int8", quantisation))
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
                self._fuse_relu(self._operators.index(last))
            return
        self.apply(_FUNCTIONS[name], (), self.shape)

    def _fuse_relu(self, at: int) -> None:
        """Fuse ReLU into the operator at ``at``, behind which there are only new shapes. Zero is
        then the least of its int8 answers; a pool keeps the scale of its input."""
        operator = self._operators[at]
        options = replace(operator.options, activation=Activation.RELU)
        self._operators[at] = replace(operator, options=options)
        if operator.kind in _POOLS:
            return
        for later in self._operators[at:]:
            (place,) = later.outputs
            tensor = self._tensors[place]
            assert tensor.quantisation is not None  # noqa: S101 - all that is computed has one
            positive = replace(tensor.quantisation, zero_points=(-128,))
            self._tensors[place] = replace(tensor, quantisation=positive)

    def _add(self, tensor: Tensor) -> int:
        self._tensors.append(tensor)
        return len(self._tensors) - 1
