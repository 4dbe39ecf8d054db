# SPDX-License-Identifier: GPL-3.0-or-later
"""What the compiler makes of a network: the sections PLAN and WEIGHTS, and each layer's costs."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.deploy.compiler.targets import Target


@dataclass(frozen=True, slots=True)
class Interface:
    """The int8 input or output of a network: its shape without the batch of one, and
    ``real = scale · (q − zero_point)``."""

    shape: tuple[int, ...]
    scale: float
    zero_point: int

    @property
    def size(self) -> int:
        """Number of values, which are bytes."""
        return math.prod(self.shape)


@dataclass(frozen=True, slots=True)
class Layer:
    """What one operator of the file came to. Bytes of constants shared by several layers count
    where they are used first. An operator that only renames memory has no records and costs
    nothing."""

    operator: str
    """The schema's name, "CONV_2D"."""
    name: str
    """Of its output tensor."""
    place: int
    """Among the file's operators, from 0."""
    output_shape: tuple[int, ...]
    """Without the batch of one."""
    weight_bytes: int
    """Packed weights."""
    table_bytes: int
    """Biases, scales and look-up tables."""
    record_bytes: int
    macs: int
    arena_bytes: int
    """What is alive while it runs, scratch included."""
    kinds: tuple[str, ...]
    """The plan's operators that do its work ("CONV", "COPY", …), a name a record."""

    @property
    def flash_bytes(self) -> int:
        return self.weight_bytes + self.table_bytes + self.record_bytes

    @property
    def output_bytes(self) -> int:
        return math.prod(self.output_shape)


@dataclass(frozen=True, slots=True)
class Network:
    """A compiled network: the content of PLAN and WEIGHTS, and the arena it computes in."""

    target: Target
    plan: bytes
    weights: bytes
    arena_bytes: int
    input: Interface
    output: Interface
    layers: tuple[Layer, ...]

    @property
    def macs(self) -> int:
        return sum(layer.macs for layer in self.layers)
