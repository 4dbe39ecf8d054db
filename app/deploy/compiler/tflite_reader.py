# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a ``.tflite`` into a :class:`Graph`.

Nothing in the file is trusted: every index is checked, sizes are limited, and damage gives one
plain refusal. The schema's classes (package ``tflite``) are imported on first use.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterator
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from app.core.errors import ModelError
from app.core.text import NOTHING, Text, text
from app.deploy.compiler.graph import (
    LEFT_OUT,
    Activation,
    Graph,
    Operator,
    Options,
    Padding,
    Quantisation,
    Tensor,
)

IDENTIFIER = b"TFL3"
IDENTIFIER_OFFSET = 4
SCHEMA_VERSION = 3
MAX_NETWORK_BYTES = 64 << 20
MAX_TENSOR_BYTES = 64 << 20
MAX_ENTRIES = 10_000
MAX_AXES = 8

_TYPES = {
    0: "float32",
    1: "float16",
    2: "int32",
    3: "uint8",
    4: "int64",
    6: "bool",
    7: "int16",
    9: "int8",
    10: "float64",
    12: "uint64",
    15: "uint32",
    16: "uint16",
}
"""NumPy's names of the schema's ``TensorType``; the others no board can compute with."""
_ACTIVATIONS = (
    Activation.NONE,
    Activation.RELU,
    Activation.RELU_N1_TO_1,
    Activation.RELU6,
    Activation.TANH,
    Activation.SIGN_BIT,
)
_PADDINGS = (Padding.SAME, Padding.VALID)
_VALID = 1

T = TypeVar("T")


def read_graph(tflite: bytes) -> Graph:
    """The only graph of a ``.tflite``. Raises :class:`ModelError` for what is none."""
    if len(tflite) > MAX_NETWORK_BYTES:
        raise _unusable(text("It has {size} bytes, far too many.", size=len(tflite)))
    if tflite[IDENTIFIER_OFFSET : IDENTIFIER_OFFSET + len(IDENTIFIER)] != IDENTIFIER:
        raise _unusable(text("It is not a .tflite file."))
    try:
        return _Reader(tflite).graph()
    except (struct.error, IndexError, ValueError, TypeError, OverflowError) as error:
        # What the flatbuffer reader raises when an offset leads out of the file or to nothing.
        raise _damaged("it refers to a place outside of itself") from error


class _Reader:
    def __init__(self, tflite: bytes) -> None:
        import tflite as schema  # pyright: ignore[reportMissingTypeStubs]

        self._schema = cast(Any, schema)
        model = self._schema.Model.GetRootAs(tflite, 0)
        if model.Version() != SCHEMA_VERSION or model.SubgraphsLength() != 1:
            raise _unusable(text("It must hold exactly one graph, of schema version 3."))
        self._graph = model.Subgraphs(0)
        self._buffers = list(_each(model.BuffersLength(), model.Buffers))
        self._kinds: list[str] = [
            self._kind(code) for code in _each(model.OperatorCodesLength(), model.OperatorCodes)
        ]

    def graph(self) -> Graph:
        graph = self._graph
        tensors = tuple(map(self._tensor, _each(graph.TensorsLength(), graph.Tensors)))
        operators = tuple(
            self._operator(operator, len(tensors))
            for operator in _each(graph.OperatorsLength(), graph.Operators)
        )
        return Graph(
            tensors,
            operators,
            _places(graph.InputsAsNumpy(), len(tensors)),
            _places(graph.OutputsAsNumpy(), len(tensors)),
        )

    def _kind(self, code: Any) -> str:
        """The schema's name; the number was one byte in old files."""
        number = max(int(code.DeprecatedBuiltinCode()), int(code.BuiltinCode()))
        names = self._schema.utils.BUILTIN_OPCODE2NAME
        return str(names.get(number, f"OPERATOR_{number}"))

    def _tensor(self, tensor: Any) -> Tensor:
        number = int(tensor.Type())
        dtype = _TYPES.get(number)
        shape = _ints(tensor.ShapeAsNumpy())
        if dtype is None or len(shape) > MAX_AXES or min(shape, default=1) < 1:
            raise _unusable(text("One of its tensors has a type or size no board can hold."))
        if math.prod(shape) * np.dtype(dtype).itemsize > MAX_TENSOR_BYTES:
            raise _unusable(text("One of its tensors has a type or size no board can hold."))
        if not 0 <= tensor.Buffer() < len(self._buffers):
            raise _damaged("a buffer is missing")
        raw = self._buffers[tensor.Buffer()].DataAsNumpy()
        name = cast(bytes | None, tensor.Name()) or b""
        return Tensor(
            name=name.decode(errors="replace"),
            shape=shape,
            dtype=dtype,
            quantisation=_quantisation(tensor.Quantization()),
            data=None if isinstance(raw, int) or raw.size == 0 else _constant(raw, dtype, shape),
        )

    def _operator(self, operator: Any, tensors: int) -> Operator:
        code = int(operator.OpcodeIndex())
        if code >= len(self._kinds):
            raise _damaged("an operator is missing")
        kind = self._kinds[code]
        outputs = _places(operator.OutputsAsNumpy(), tensors)
        if not outputs:
            raise _damaged("an operator has no output")
        return Operator(
            kind=kind,
            inputs=_places(operator.InputsAsNumpy(), tensors, optional=True),
            outputs=outputs,
            options=self._options(kind, operator),
        )

    def _options(self, kind: str, operator: Any) -> Options:
        """The options of a kind that has any which matter."""
        name = _OPTIONS.get(kind)
        table = operator.BuiltinOptions()
        if name is None or table is None:
            return Options()
        if operator.BuiltinOptionsType() != getattr(self._schema.BuiltinOptions, name):
            raise _damaged("an operator has another's options")
        options = getattr(self._schema, name)()
        options.Init(table.Bytes, table.Pos)

        def number(field: str, default: int = 0) -> int:
            return int(getattr(options, field)()) if hasattr(options, field) else default

        activation, padding = number("FusedActivationFunction"), number("Padding", _VALID)
        if not (0 <= activation < len(_ACTIVATIONS) and 0 <= padding < len(_PADDINGS)):
            raise _damaged("an option is out of range")
        return Options(
            activation=_ACTIVATIONS[activation],
            padding=_PADDINGS[padding],
            stride=(number("StrideH", 1), number("StrideW", 1)),
            dilation=(number("DilationHFactor", 1), number("DilationWFactor", 1)),
            window=(number("FilterHeight", 1), number("FilterWidth", 1)),
            axis=number("Axis"),
            keep_dims=bool(number("KeepDims")),
            beta=float(options.Beta()) if hasattr(options, "Beta") else 1.0,
            alpha=float(options.Alpha()) if hasattr(options, "Alpha") else 0.0,
        )


_OPTIONS = {
    "FULLY_CONNECTED": "FullyConnectedOptions",
    "CONV_2D": "Conv2DOptions",
    "DEPTHWISE_CONV_2D": "DepthwiseConv2DOptions",
    "MAX_POOL_2D": "Pool2DOptions",
    "AVERAGE_POOL_2D": "Pool2DOptions",
    "MEAN": "ReducerOptions",
    "REDUCE_MAX": "ReducerOptions",
    "SOFTMAX": "SoftmaxOptions",
    "LEAKY_RELU": "LeakyReluOptions",
    "ADD": "AddOptions",
    "MUL": "MulOptions",
    "CONCATENATION": "ConcatenationOptions",
}


def _quantisation(q: Any) -> Quantisation | None:
    if q is None or q.ScaleLength() == 0:
        return None
    scales = tuple(float(scale) for scale in q.ScaleAsNumpy())
    zero_points = _ints(q.ZeroPointAsNumpy())
    if len(zero_points) not in (0, len(scales)):
        raise _damaged("a zero point is missing")
    return Quantisation(scales, zero_points or (0,) * len(scales), int(q.QuantizedDimension()))


def _constant(raw: NDArray[np.uint8], dtype: str, shape: tuple[int, ...]) -> NDArray[np.generic]:
    """A view of the file."""
    kind = np.dtype(dtype).newbyteorder("<")
    if raw.size != math.prod(shape) * kind.itemsize:
        raise _damaged("a constant has another size than its shape")
    return raw.view(kind).reshape(shape)


def _each(count: int, item: Callable[[int], T]) -> Iterator[T]:
    if count > MAX_ENTRIES:
        raise _damaged("it names far too many tensors")
    return (item(place) for place in range(count))


def _places(vector: Any, tensors: int, optional: bool = False) -> tuple[int, ...]:
    """The tensors that a vector names."""
    places = _ints(vector)
    if len(places) > MAX_ENTRIES or not all(
        0 <= place < tensors or (optional and place == LEFT_OUT) for place in places
    ):
        raise _damaged("a tensor is missing")
    return places


def _ints(values: Any) -> tuple[int, ...]:
    """A flatbuffer vector as whole numbers; the reader gives 0 for one that is absent."""
    return () if isinstance(values, int) else tuple(int(v) for v in cast(Any, np.asarray(values)))


def _damaged(reason: str) -> ModelError:
    return _unusable(text("It is damaged: {reason}.", reason=reason))


def _unusable(why: Text, action: Text = NOTHING) -> ModelError:
    return ModelError(text("This network cannot be put on a board."), why, action)
