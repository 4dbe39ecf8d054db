# SPDX-License-Identifier: GPL-3.0-or-later
"""Random small networks: operators one after another, with branches that meet again."""

from __future__ import annotations

from dataclasses import replace

from app.deploy.compiler.graph import Graph, Operator, Options, Tensor
from tests.helpers.random_operators import (
    GENERATORS,
    ON_IMAGES,
    Chance,
    binary_output,
)

MAX_VALUES = 3000
"""Of any tensor: TensorFlow's reference kernels are slow."""


def random_network(seed: int, kinds: tuple[str, ...] = ()) -> Graph:
    """A network of two to eight operators, each of ``kinds`` among them at least once."""
    builder = _Builder(Chance(seed))
    wanted = list(kinds)
    builder.chance.rng.shuffle(wanted)
    while len(builder.operators) < 2 or wanted or not builder.chance.one_in(6):
        if wanted and builder.append(wanted[-1]):
            wanted.pop()
        elif not wanted and not builder.meet():
            builder.append(builder.chance.of(tuple(GENERATORS)))
        if len(builder.operators) > 8:
            break
    return builder.graph()


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
        if kind in ON_IMAGES and len(tensor.shape) != 4:
            source = self._reshaped(source)
            tensor = self.tensors[source]
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

    def _reshaped(self, source: int) -> int:
        """The same values as an image of one row."""
        tensor = self.tensors[source]
        shape = (1, 1, tensor.size // tensor.shape[-1], tensor.shape[-1])
        self.tensors.append(replace(tensor, name=f"image_{len(self.tensors)}", shape=shape))
        self._add(Operator("RESHAPE", (source,), (len(self.tensors) - 1,)))
        return self.computed[-1]

    def _add(self, operator: Operator) -> None:
        self.operators.append(operator)
        self.computed += operator.outputs
