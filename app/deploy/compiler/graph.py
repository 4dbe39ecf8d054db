# SPDX-License-Identifier: GPL-3.0-or-later
"""An int8 network as the compiler sees it: tensors, and operators in the order they are run.

:mod:`app.deploy.compiler.tflite_reader` makes one of a file; it can as well be built in code.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Quantisation:
    """``real = scale · (q − zero_point)``: one of both for the whole tensor, or as many as
    places along ``axis``."""

    scales: tuple[float, ...]
    zero_points: tuple[int, ...]
    axis: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Tensor:
    """``shape`` includes the batch of one; ``dtype`` is a NumPy name ("int8", "int32", "float32",
    …). ``data`` is there for constants only, of that shape and type."""

    name: str
    shape: tuple[int, ...]
    dtype: str
    quantisation: Quantisation | None = None
    data: NDArray[np.generic] | None = None

    @property
    def size(self) -> int:
        """Number of values."""
        return math.prod(self.shape)


class Padding(Enum):
    """SAME pads so that the output is the input divided by the stride, rounded up."""

    SAME = "SAME"
    VALID = "VALID"


class Activation(Enum):
    """The function fused into an operator, by its name in the schema."""

    NONE = "NONE"
    RELU = "RELU"
    RELU_N1_TO_1 = "RELU_N1_TO_1"
    RELU6 = "RELU6"
    TANH = "TANH"
    SIGN_BIT = "SIGN_BIT"


@dataclass(frozen=True, slots=True)
class Options:
    """What an operator is told, for all kinds of operators; each heeds its own fields.

    Heights come first. What a file gives as a constant input, such as the axes of MEAN, is not
    here.
    """

    activation: Activation = Activation.NONE
    padding: Padding = Padding.VALID
    stride: tuple[int, int] = (1, 1)
    dilation: tuple[int, int] = (1, 1)
    window: tuple[int, int] = (1, 1)
    """Of a pool."""
    axis: int = 0
    """Of CONCATENATION."""
    keep_dims: bool = False
    """Of MEAN."""
    beta: float = 1.0
    """Of SOFTMAX."""
    alpha: float = 0.0
    """Of LEAKY_RELU."""


LEFT_OUT = -1
"""In the inputs of an operator: an optional tensor that is not given."""


@dataclass(frozen=True, slots=True)
class Operator:
    """``kind`` is the schema's name ("CONV_2D"); ``inputs`` and ``outputs`` are places in the
    graph's tensors, an input perhaps :data:`LEFT_OUT`."""

    kind: str
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    options: Options = Options()


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """``inputs`` and ``outputs`` are places in ``tensors``."""

    tensors: tuple[Tensor, ...]
    operators: tuple[Operator, ...]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
