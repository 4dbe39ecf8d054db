# SPDX-License-Identifier: GPL-3.0-or-later
"""What a ``.tflite`` says of itself: shapes, quantisation, and the memory it computes in.

Reads the flatbuffer; :mod:`app.deploy.engine` runs it. The library behind both, LiteRT, is imported
here alone and on first use (0.2 s).
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from app.core.errors import ModelError
from app.core.text import NOTHING, Text, text

IDENTIFIER = b"TFL3"
IDENTIFIER_OFFSET = 4
MAX_NETWORK_BYTES = 64 << 20
MAX_TENSOR_BYTES = 64 << 20
MAX_ENTRIES = 10_000
ARENA_ALIGNMENT = 16


@dataclass(frozen=True, slots=True)
class Quantisation:
    """``real = scale · (q − zero_point)`` of a whole int8 tensor."""

    scale: float
    zero_point: int


@dataclass(frozen=True, slots=True)
class Network:
    """A full-int8 network with one input and one output, both without the batch of one.

    ``arena_bytes`` is what its activations need when tensors that never live at the same time
    share memory.
    """

    input_shape: tuple[int, ...]
    input: Quantisation
    output_shape: tuple[int, ...]
    output: Quantisation
    arena_bytes: int

    @property
    def outputs(self) -> int:
        return math.prod(self.output_shape)


def open_interpreter(tflite: bytes) -> Any:
    """An interpreter for ``tflite`` on TensorFlow's reference kernels, no tensors allocated yet.

    Opening it runs the library's own verifier, which lets some damage through that crashes it:
    :func:`read_network` must have accepted the bytes before. Raises :class:`ModelError`.
    """
    from ai_edge_litert import interpreter  # pyright: ignore[reportMissingTypeStubs]

    try:
        return interpreter.Interpreter(
            model_content=tflite,
            num_threads=1,
            experimental_op_resolver_type=interpreter.OpResolverType.BUILTIN_REF,
        )
    except (ValueError, RuntimeError) as error:
        raise _damaged(_first_line(error)) from error


def read_network(tflite: bytes) -> Network:
    """Describe a full-int8 ``.tflite``. Raises :class:`ModelError` with the reason it cannot be
    put on a board."""
    if len(tflite) > MAX_NETWORK_BYTES:
        raise _unusable(text("It has {size} bytes, far too many.", size=len(tflite)))
    if tflite[IDENTIFIER_OFFSET : IDENTIFIER_OFFSET + len(IDENTIFIER)] != IDENTIFIER:
        raise _unusable(text("It is not a .tflite file."))
    try:
        return _Graph(tflite).describe()
    except (struct.error, IndexError, ValueError, TypeError, OverflowError) as error:
        # What the flatbuffer reader raises when an offset leads out of the file or to nothing.
        raise _damaged("it refers to a place outside of itself") from error


@dataclass(frozen=True, slots=True)
class Lifetime:
    """A tensor of ``size`` bytes, needed from operator ``first`` to ``last``, both included."""

    size: int
    first: int
    last: int


def plan_arena(lifetimes: Iterable[Lifetime]) -> int:
    """Bytes of an arena that holds every tensor while it lives: the largest are placed first, each
    at the lowest offset free throughout its life (the greedy planner of TensorFlow Lite Micro)."""
    placed: list[tuple[int, Lifetime]] = []
    for tensor in sorted(lifetimes, key=lambda t: (-t.size, t.first)):
        offset = 0
        for start, other in sorted(placed, key=lambda entry: entry[0]):
            apart = other.last < tensor.first or tensor.last < other.first
            if not apart and offset < start + other.size and start < offset + tensor.size:
                offset = _aligned(start + other.size)
        placed.append((offset, tensor))
    return max((_aligned(offset + tensor.size) for offset, tensor in placed), default=0)


class _Graph:
    """The only graph of a ``.tflite``. Every index that an interpreter follows is checked."""

    _ITEM_BYTES = (4, 2, 4, 1, 8, None, 1, 2, 8, 1, 8)
    """Bytes of a value by the schema's ``TensorType``: float32, float16, int32, uint8, int64,
    string, bool, int16, complex64, int8, float64."""
    _INT8 = 9
    _SCHEMA_VERSION = 3
    _LEFT_OUT = -1

    def __init__(self, tflite: bytes) -> None:
        from ai_edge_litert import (  # pyright: ignore[reportMissingTypeStubs]
            schema_py_generated as schema,
        )

        model = cast(Any, schema).Model.GetRootAs(tflite, 0)
        if model.Version() != self._SCHEMA_VERSION or model.SubgraphsLength() != 1:
            raise _unusable(text("It must hold exactly one graph, of schema version 3."))
        graph = model.Subgraphs(0)
        self._tensors = [graph.Tensors(i) for i in range(_count(graph.TensorsLength()))]
        self._operators = [graph.Operators(i) for i in range(_count(graph.OperatorsLength()))]
        self._buffers: int = model.BuffersLength()
        self._codes: int = model.OperatorCodesLength()
        self._inputs = self._indices(graph.InputsAsNumpy())
        self._outputs = self._indices(graph.OutputsAsNumpy())

    def describe(self) -> Network:
        if len(self._inputs) != 1 or len(self._outputs) != 1:
            raise _unusable(text("It must have one input and one output."))
        for tensor in self._tensors:
            if tensor.Buffer() >= self._buffers:
                raise _damaged("a buffer is missing")
        for operator in self._operators:
            if operator.OpcodeIndex() >= self._codes:
                raise _damaged("an operator is missing")
        return Network(
            input_shape=self._shape(self._inputs[0])[1:],
            input=self._quantisation(self._inputs[0]),
            output_shape=self._shape(self._outputs[0])[1:],
            output=self._quantisation(self._outputs[0]),
            arena_bytes=plan_arena(self._lifetimes()),
        )

    def _shape(self, tensor: int) -> tuple[int, ...]:
        """The shape of an input or output, batch included."""
        shape = tuple(_ints(self._tensors[tensor].ShapeAsNumpy()))
        if len(shape) < 2 or shape[0] != 1 or min(shape) < 1:
            raise _unusable(text("Its shapes must be fixed, with a batch of one."))
        return shape

    def _quantisation(self, tensor: int) -> Quantisation:
        """The scale and zero point of an int8 tensor as a whole."""
        q = self._tensors[tensor].Quantization()
        if self._tensors[tensor].Type() != self._INT8 or q is None or q.ScaleLength() != 1:
            raise _unusable(
                text("Its input and output are not int8."),
                text("Convert it with full int8 quantisation."),
            )
        scale = float(q.Scale(0))
        zero_point = int(q.ZeroPoint(0)) if q.ZeroPointLength() == 1 else 0
        if not (math.isfinite(scale) and scale > 0 and -128 <= zero_point <= 127):
            raise _unusable(text("Its quantisation is out of range."))
        return Quantisation(scale, zero_point)

    def _lifetimes(self) -> list[Lifetime]:
        """The life of every tensor that is computed, in bytes and operator numbers."""
        first = dict.fromkeys(self._inputs, 0)
        last = dict.fromkeys(self._inputs, 0)
        for step, operator in enumerate(self._operators):
            for tensor in self._indices(operator.OutputsAsNumpy()):
                first.setdefault(tensor, step)
                last[tensor] = step
            for tensor in self._indices(operator.InputsAsNumpy()):
                if tensor in first:  # a constant is not computed
                    last[tensor] = step
        last.update(dict.fromkeys(self._outputs, max(len(self._operators) - 1, 0)))
        return [Lifetime(self._bytes(tensor), first[tensor], last[tensor]) for tensor in first]

    def _bytes(self, tensor: int) -> int:
        kind = int(self._tensors[tensor].Type())
        item = self._ITEM_BYTES[kind] if 0 <= kind < len(self._ITEM_BYTES) else None
        shape = _ints(self._tensors[tensor].ShapeAsNumpy())
        size = None if item is None or min(shape, default=1) < 0 else item * math.prod(shape)
        if size is None or size > MAX_TENSOR_BYTES:
            raise _unusable(text("One of its tensors has a type or size no board can hold."))
        return size

    def _indices(self, vector: Any) -> list[int]:
        """The tensors that a vector names; an optional one that is left out is passed over."""
        named = [index for index in _ints(vector) if index != self._LEFT_OUT]
        if any(not 0 <= index < len(self._tensors) for index in named):
            raise _damaged("a tensor is missing")
        return named


def _count(entries: int) -> int:
    if entries > MAX_ENTRIES:
        raise _damaged("it names far too many tensors")
    return entries


def _ints(values: Any) -> list[int]:
    """A flatbuffer vector as whole numbers; the reader gives 0 for one that is absent."""
    return [] if isinstance(values, int) else [int(v) for v in cast(Any, np.asarray(values))]


def _aligned(size: int) -> int:
    return -(-size // ARENA_ALIGNMENT) * ARENA_ALIGNMENT


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".")


def _damaged(reason: str) -> ModelError:
    return _unusable(text("It is damaged: {reason}.", reason=reason))


def _unusable(why: Text, action: Text = NOTHING) -> ModelError:
    return ModelError(text("This network cannot be put on a board."), why, action)
