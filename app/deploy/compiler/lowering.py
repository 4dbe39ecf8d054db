# SPDX-License-Identifier: GPL-3.0-or-later
"""What lowering a graph is made of: pieces of arena, steps, and the constants they refer to.

The operators' own functions are in the modules ``lower_*``; :mod:`app.deploy.compiler.operators`
lists them and walks the graph.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.core.errors import ModelError
from app.core.text import NOTHING, Text, text
from app.deploy.compiler.graph import LEFT_OUT, Activation, Graph, Operator, Options, Tensor
from app.deploy.compiler.quantised_math import INT8_MAX, INT8_MIN, Scale, round_half_away
from app.deploy.compiler.records import Kind
from app.deploy.compiler.targets import Packing, Target
from app.deploy.compiler.weights import Weights

MAX_TENSOR_BYTES = 1 << 24
"""Of a tensor in the arena: beyond any board."""
MAX_DIMENSION = 1 << 20
"""The engine's limit for a dimension, stride, dilation or padding."""

WEIGHTS_ALIGNMENT = 16
TABLE_ALIGNMENT = 4

_LIMITS: Mapping[Activation, tuple[float, float]] = {
    Activation.NONE: (-math.inf, math.inf),
    Activation.RELU: (0.0, math.inf),
    Activation.RELU6: (0.0, 6.0),
    Activation.RELU_N1_TO_1: (-1.0, 1.0),
}


@dataclass(frozen=True, slots=True, eq=False)
class Buffer:
    """A piece of the arena of ``size`` bytes, placed when all steps are known."""

    size: int


@dataclass(frozen=True, slots=True)
class Place:
    """Byte ``offset`` of a buffer."""

    buffer: Buffer
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """A record whose arena offsets are not known yet.

    ``reads``, ``writes`` and ``scratch`` say where fields of these names shall point; ``fields``
    holds all others. The output may lie over the inputs named in ``over``; ``slack`` bytes behind
    each input must be arena. ``layer`` is the operator's place in the graph.
    """

    layer: int
    kind: Kind
    fields: Mapping[str, int]
    reads: Mapping[str, Place]
    writes: Mapping[str, Place]
    scratch: Mapping[str, Place] = field(default_factory=dict[str, Place])
    over: tuple[str, ...] = ()
    slack: int = 0
    packing: Packing = Packing.ROWS

    @property
    def places(self) -> dict[str, Place]:
        """All fields that point into the arena."""
        return {**self.reads, **self.writes, **self.scratch}


@dataclass
class Costs:
    """What the steps of one operator add to the program, bytes, and its multiply-accumulates."""

    weights: int = 0
    tables: int = 0
    macs: int = 0


class Lowering:
    """A graph on its way to ``steps`` and ``weights``, ``costs`` by operator. The functions of the
    operators work on the one at ``layer``."""

    def __init__(self, graph: Graph, target: Target) -> None:
        self.graph = graph
        self.target = target
        self.weights = Weights()
        self.steps: list[Step] = []
        self.costs = [Costs() for _ in graph.operators]
        self.layer = 0
        self._buffers: dict[int, Buffer] = {}

    # --- the operator at work --------------------------------------------------------------------

    @property
    def operator(self) -> Operator:
        return self.graph.operators[self.layer]

    @property
    def options(self) -> Options:
        return self.operator.options

    def has_input(self, place: int) -> bool:
        inputs = self.operator.inputs
        return place < len(inputs) and inputs[place] != LEFT_OUT

    def input(self, place: int = 0) -> Tensor:
        if not self.has_input(place):
            raise self.refused(text("One of its inputs is missing."))
        return self.graph.tensors[self.operator.inputs[place]]

    def output(self) -> Tensor:
        if len(self.operator.outputs) != 1:
            raise self.refused(text("It has more than one output."))
        return self.graph.tensors[self.operator.outputs[0]]

    def refused(self, why: Text, action: Text = NOTHING) -> ModelError:
        """The error that says why the operator at work cannot be compiled."""
        name = self.graph.tensors[self.operator.outputs[0]].name if self.operator.outputs else ""
        return ModelError(
            text(
                "The layer “{name}” ({operator}) cannot run on a board.",
                name=name or self.layer,
                operator=self.operator.kind,
            ),
            why,
            action,
        )

    def require(self, truth: bool, why: Text, action: Text = NOTHING) -> None:
        if not truth:
            raise self.refused(why, action)

    # --- what tensors mean -----------------------------------------------------------------------

    def scale(self, tensor: Tensor) -> Scale:
        """Of an int8 tensor as a whole."""
        q = tensor.quantisation
        if tensor.dtype != "int8" or q is None or not q.scales:
            raise self.refused(
                text(
                    "“{tensor}” is {type}, not quantised int8.",
                    tensor=tensor.name,
                    type=tensor.dtype,
                ),
                text("Convert the network with full int8 quantisation."),
            )
        scale, zero_point = float(np.float32(q.scales[0])), q.zero_points[0]
        self.require(
            len(q.scales) == 1 and is_scale(scale) and INT8_MIN <= zero_point <= INT8_MAX,
            text("The quantisation of “{tensor}” is out of range.", tensor=tensor.name),
        )
        return Scale(scale, zero_point)

    def limits(self, activation: Activation, output: Scale) -> dict[str, int]:
        """The fields ``low`` and ``high``: a fused activation's range as int8, its ends divided in
        single precision and rounded half away from zero."""
        if activation not in _LIMITS:
            raise self.refused(
                text("The activation {name} cannot be fused.", name=activation.value),
                text("Use ReLU or ReLU6, or an activation layer of its own."),
            )
        low, high = (
            output.zero_point + _quantised_limit(limit, output.scale)
            for limit in _LIMITS[activation]
        )
        return {
            "low": min(max(low, INT8_MIN), INT8_MAX),
            "high": min(max(high, INT8_MIN), INT8_MAX),
        }

    def same_scale(self, source: Tensor, output: Tensor) -> None:
        self.require(
            self.scale(source) == self.scale(output),
            text("Its input and output are not quantised alike."),
            text("Convert the network again."),
        )

    def constant(self, tensor: Tensor) -> NDArray[np.generic]:
        if tensor.data is None:
            raise self.refused(
                text("“{tensor}” must be a constant.", tensor=tensor.name),
                text("Convert the network with fixed shapes and weights."),
            )
        return tensor.data

    def integers(self, place: int) -> list[int]:
        """A constant input of whole numbers, such as axes."""
        values = self.constant(self.input(place))
        self.require(values.dtype.kind == "i", text("Its arguments are not whole numbers."))
        return [int(value) for value in values.reshape(-1)]

    def image(self, tensor: Tensor) -> tuple[int, int, int]:
        """Height, width and channels of a tensor of four axes."""
        self.require(
            len(tensor.shape) == 4 and tensor.shape[0] == 1,
            text("“{tensor}” is no image of four axes and a batch of one.", tensor=tensor.name),
            text("Convert the network with a batch of one."),
        )
        return tensor.shape[1], tensor.shape[2], tensor.shape[3]

    # --- where they lie --------------------------------------------------------------------------

    def read(self, place: int = 0) -> Place:
        """The arena of an int8 input of the operator at work."""
        self.scale(self.input(place))
        return Place(self._computed(place))

    def write(self) -> Place:
        """New arena for the only output, which is int8."""
        output = self.output()
        self.scale(output)
        return Place(self.allot(self.operator.outputs[0]))

    def allot(self, tensor: int) -> Buffer:
        """New arena for a tensor."""
        size = self.graph.tensors[tensor].size
        self.require(
            tensor not in self._buffers and 0 < size <= MAX_TENSOR_BYTES,
            text(
                "“{tensor}” is too large or computed twice.", tensor=self.graph.tensors[tensor].name
            ),
        )
        self._buffers[tensor] = Buffer(size)
        return self._buffers[tensor]

    def alias(self) -> None:
        """Let the only output lie where the first input lies."""
        source, output = self.input(), self.output()
        self.require(
            source.size == output.size and self.operator.outputs[0] not in self._buffers,
            text("Its output has another size than its input."),
            text("Convert the network with a batch of one."),
        )
        self._buffers[self.operator.outputs[0]] = self._computed(0)

    def _computed(self, place: int) -> Buffer:
        buffer = self._buffers.get(self.operator.inputs[place])
        if buffer is None:
            name = self.input(place).name
            raise self.refused(
                text("“{tensor}” is a constant or not computed before.", tensor=name)
            )
        return buffer

    def buffer_of(self, tensor: int) -> Buffer | None:
        """Where an int8 tensor lies, once it was computed."""
        return self._buffers.get(tensor)

    def add_weights(self, data: bytes) -> int:
        """The offset of packed weights in WEIGHTS."""
        before = len(self.weights)
        offset = self.weights.add(data, WEIGHTS_ALIGNMENT)
        self.costs[self.layer].weights += len(self.weights) - before
        return offset

    def add_table(self, data: bytes) -> int:
        """The offset of scales, or of a table or an operand, in WEIGHTS."""
        before = len(self.weights)
        offset = self.weights.add(data, TABLE_ALIGNMENT)
        self.costs[self.layer].tables += len(self.weights) - before
        return offset


def is_scale(value: float) -> bool:
    return math.isfinite(value) and value > 0


def _quantised_limit(limit: float, scale: float) -> int:
    """A limit in steps of ``scale``, cut to what is beyond int8 from any zero point."""
    with np.errstate(over="ignore"):
        steps = float(np.float32(limit) / np.float32(scale))
    return int(round_half_away(np.array([min(max(steps, -1000.0), 1000.0)]))[0])
