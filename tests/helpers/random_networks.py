# SPDX-License-Identifier: GPL-3.0-or-later
"""Random small networks: operators one after another, with branches that meet again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.deploy.compiler.graph import Graph, Operator, Options, Tensor
from tests.helpers.random_operators import (
    GENERATORS,
    ON_IMAGES,
    Chance,
    binary_output,
)
from tests.helpers.tflite_writer import constant

MAX_VALUES = 3000
"""Of any tensor: TensorFlow's reference kernels are slow."""
MAX_CLASSES = 511
"""Of a softmax: TensorFlow's own ends the process where a sum leaves its fixed point."""
RENAMING = ("RESHAPE", "EXPAND_DIMS", "SQUEEZE")
KINDS = (*GENERATORS, *RENAMING)
"""Every operator there is, but for DEQUANTIZE: that ends a network (:func:`with_float_ends`)."""


def random_network(seed: int, kinds: tuple[str, ...] = ()) -> Graph:
    """A network of two to eight operators, each of ``kinds`` among them at least once."""
    builder = _Builder(Chance(seed))
    wanted = list(kinds)
    builder.chance.rng.shuffle(wanted)
    while len(builder.operators) < 2 or wanted or not builder.chance.one_in(6):
        if wanted and builder.append(wanted[-1]):
            wanted.pop()
        elif not wanted and not builder.meet():
            builder.append(builder.chance.of(KINDS))
        if len(builder.operators) > 8:
            break
    return builder.graph()


def with_float_ends(graph: Graph) -> Graph:
    """The same network between a QUANTIZE and a DEQUANTIZE, as converters leave it by default."""
    (entry,), (exit_,) = graph.inputs, graph.outputs
    first, last = len(graph.tensors), len(graph.tensors) + 1
    ends = (
        Tensor("float_input", graph.tensors[entry].shape, "float32"),
        Tensor("float_output", graph.tensors[exit_].shape, "float32"),
    )
    operators = (
        Operator("QUANTIZE", (first,), (entry,)),
        *graph.operators,
        Operator("DEQUANTIZE", (exit_,), (last,)),
    )
    return Graph((*graph.tensors, *ends), operators, (first,), (last,))


class _Builder:
    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.tensors: list[Tensor] = [chance.image()]
        self.operators: list[Operator] = []
        self.computed = [0]
        """Places of tensors that an operator may read, the newest last."""

    def append(self, kind: str) -> bool:
        """One more operator on what was computed last or, now and then, before. Whether it could
        be."""
        source = self.computed[-1] if not self.chance.one_in(5) else self.chance.of(self.computed)
        tensor = self.tensors[source]
        if kind in RENAMING:
            self._rename(kind, source)
            return True
        if kind in ON_IMAGES and len(tensor.shape) != 4:
            source = self._reshaped(source)
            tensor = self.tensors[source]
        if kind == "SOFTMAX" and tensor.shape[-1] > MAX_CLASSES:
            return False
        drawn = GENERATORS[kind](self.chance, kind, tensor)
        if max(new.size for new in drawn.tensors[1:] if new.data is None) > MAX_VALUES:
            return False
        places = {0: source, -1: -1}
        for place, new in enumerate(drawn.tensors[1:], 1):
            if new is tensor:  # both operands of ADD or MUL
                places[place] = source
                continue
            places[place] = len(self.tensors)
            self.tensors.append(replace(new, name=f"{new.name}_{len(self.tensors)}"))
        self._add(
            replace(
                drawn.operator,
                inputs=tuple(places[place] for place in drawn.operator.inputs),
                outputs=tuple(places[place] for place in drawn.operator.outputs),
            )
        )
        return True

    def meet(self) -> bool:
        """Now and then ADD, MUL or CONCATENATION of two tensors that fit. Whether it was done."""
        a, b = self.computed[-1], self.chance.of(self.computed)
        first, second = self.tensors[a], self.tensors[b]
        if a == b or self.chance.one_in(3) or first.shape != second.shape:
            return False
        kind = self.chance.of(("ADD", "MUL", "CONCATENATION"))
        options = Options(activation=self.chance.activation())
        target = binary_output(self.chance, kind, first, second, first.shape)
        if kind == "CONCATENATION":
            if first.quantisation != second.quantisation:
                return False
            shape = (*first.shape[:-1], 2 * first.shape[-1])
            options = Options(axis=len(shape) - 1)
            target = replace(first, shape=shape)
        self.tensors.append(replace(target, name=f"met_{len(self.tensors)}"))
        self._add(Operator(kind, (a, b), (len(self.tensors) - 1,), options))
        return True

    def graph(self) -> Graph:
        return Graph(tuple(self.tensors), tuple(self.operators), (0,), (self.computed[-1],))

    def _rename(self, kind: str, source: int) -> None:
        """The same values in another shape."""
        shape = self.tensors[source].shape
        if kind == "SQUEEZE":
            if 1 not in shape[1:] or len(shape) == 2:
                source = self._reshaped(source)
                shape = self.tensors[source].shape
            self._renamed(kind, (source,), (1, *([size for size in shape[1:] if size > 1] or [1])))
        elif kind == "EXPAND_DIMS":
            if len(shape) == 4:
                shape = (1, shape[1] * shape[2], shape[3])
                source = self._renamed("RESHAPE", (source,), shape)
            axis = self.chance(1, len(shape))
            named = axis - len(shape) - 1 if self.chance.one_in(2) else axis
            place = self._constant("axis", np.array(named, np.int32))
            self._renamed(kind, (source, place), (*shape[:axis], 1, *shape[axis:]))
        else:
            size = self.tensors[source].size
            divisor = self.chance.of([d for d in range(1, size + 1) if size % d == 0])
            shape = self.chance.of(((1, size), (1, divisor, size // divisor)))
            place = self._constant("shape", np.array(shape, np.int32))
            self._renamed(kind, (source, place), shape)

    def _reshaped(self, source: int) -> int:
        """The same values as an image of one row."""
        tensor = self.tensors[source]
        shape = (1, 1, tensor.size // tensor.shape[-1], tensor.shape[-1])
        return self._renamed("RESHAPE", (source,), shape)

    def _renamed(self, kind: str, inputs: tuple[int, ...], shape: tuple[int, ...]) -> int:
        place = len(self.tensors)
        source = self.tensors[inputs[0]]
        self.tensors.append(replace(source, name=f"renamed_{place}", shape=shape))
        self._add(Operator(kind, inputs, (place,)))
        return place

    def _constant(self, name: str, data: np.ndarray) -> int:
        self.tensors.append(constant(f"{name}_{len(self.tensors)}", data))
        return len(self.tensors) - 1

    def _add(self, operator: Operator) -> None:
        self.operators.append(operator)
        self.computed += operator.outputs
