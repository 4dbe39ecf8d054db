# SPDX-License-Identifier: GPL-3.0-or-later
"""What a compiled network costs on a board, layer by layer, before anything is flashed.

Bytes and MACs are exact; times are predicted (:mod:`app.deploy.compiler.cost`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from app.core.board import Board
from app.core.text import Text, text
from app.deploy.compiler.cost import instructions, seconds
from app.deploy.compiler.network import Layer, Network
from app.deploy.compiler.records import Plan, Record

OPERATOR_TITLES: dict[str, Text] = {
    "FULLY_CONNECTED": text("Dense"),
    "CONV_2D": text("Convolution"),
    "DEPTHWISE_CONV_2D": text("Depthwise convolution"),
    "MAX_POOL_2D": text("Max pooling"),
    "AVERAGE_POOL_2D": text("Average pooling"),
    "MEAN": text("Global average pooling"),
    "REDUCE_MAX": text("Global max pooling"),
    "SOFTMAX": text("Softmax"),
    "LOGISTIC": text("Sigmoid"),
    "TANH": text("Tanh"),
    "RELU": text("ReLU"),
    "RELU6": text("ReLU6"),
    "LEAKY_RELU": text("Leaky ReLU"),
    "ADD": text("Add"),
    "MUL": text("Multiply"),
    "CONCATENATION": text("Concatenation"),
    "PAD": text("Padding"),
    "QUANTIZE": text("Requantise"),
    "DEQUANTIZE": text("Dequantise"),
}
"""How people call what a file calls an operator; one that is not here keeps its name."""


@dataclass(frozen=True, slots=True)
class LayerCost:
    """A layer that does work, and what it is predicted to take: ``None`` on a board whose time is
    not predicted."""

    layer: Layer
    instructions: float | None
    micros: float | None
    number: int | None = None
    """Of the layer of the design that it belongs to, from 1, where that is known."""

    @property
    def title(self) -> Text:
        """Its operator in words."""
        known = OPERATOR_TITLES.get(self.layer.operator)
        return known or text("{name}", name=self.layer.operator)

    @property
    def shape(self) -> tuple[int, ...]:
        """The sizes of its output, but those that are one."""
        return tuple(size for size in self.layer.output_shape if size > 1) or (1,)

    @property
    def place(self) -> Text:
        """Which layer it is, to be told where to change something."""
        if self.number is None:
            return self.title
        return text("Layer {number} ({title})", number=self.number, title=self.title)


class Memory(Enum):
    """Which memory of a board is too small."""

    FLASH = "flash"
    RAM = "ram"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A board offers fewer bytes of a memory than are needed, and what would help."""

    memory: Memory
    needed: int
    offered: int
    advice: Text


@dataclass(frozen=True, slots=True)
class CostReport:
    """A network on ``board``: ``program_bytes`` of flash (layers, and all that describes sensors
    and answers), ``arena_bytes`` of RAM, and the time of one inference."""

    board: Board
    layers: tuple[LayerCost, ...]
    program_bytes: int
    arena_bytes: int

    @property
    def macs(self) -> int:
        return sum(cost.layer.macs for cost in self.layers)

    @property
    def other_bytes(self) -> int:
        """Flash that is no layer's: header, names, scaling, labels."""
        return self.program_bytes - sum(cost.layer.flash_bytes for cost in self.layers)

    @property
    def micros(self) -> float | None:
        """Predicted time of one inference, ``None`` where it is not predicted."""
        times = [cost.micros for cost in self.layers if cost.micros is not None]
        return sum(times) if len(times) == len(self.layers) and times else None

    @property
    def shortfalls(self) -> tuple[Shortfall, ...]:
        """Why it does not fit the board; empty where it does."""
        found: list[Shortfall] = []
        if self.program_bytes > self.board.program_bytes:
            found.append(
                Shortfall(
                    Memory.FLASH, self.program_bytes, self.board.program_bytes, self._less_flash()
                )
            )
        if self.arena_bytes > self.board.arena_bytes:
            found.append(
                Shortfall(Memory.RAM, self.arena_bytes, self.board.arena_bytes, self._less_ram())
            )
        return tuple(found)

    def _less_flash(self) -> Text:
        most = max(self.layers, key=lambda cost: cost.layer.flash_bytes)
        return text(
            "{place} takes {share:.0f} % of it: give it fewer neurons or filters, or pool before "
            "it.",
            place=most.place,
            share=100 * most.layer.flash_bytes / self.program_bytes,
        )

    def _less_ram(self) -> Text:
        most = max(self.layers, key=lambda cost: cost.layer.arena_bytes)
        return text(
            "{place} needs the most: shorten the window, pool earlier, or give it fewer filters.",
            place=most.place,
        )


def report(network: Network, board: Board, program_bytes: int) -> CostReport:
    """What ``network``, compiled for the target of ``board``, costs there as a program file of
    ``program_bytes``."""
    if network.target.name != board.target:
        raise ValueError(f"compiled for {network.target.name}, not for {board.target}")
    layers = [
        _layer_cost(layer, records, board) for layer, records in _with_records(network) if records
    ]
    return CostReport(board, tuple(layers), program_bytes, network.arena_bytes)


def _with_records(network: Network) -> Iterator[tuple[Layer, list[Record]]]:
    """Each layer with the records of the plan that do its work."""
    records = iter(Plan.decode(network.plan).records)
    for layer in network.layers:
        yield layer, [next(records) for _ in layer.kinds]


def _layer_cost(layer: Layer, records: list[Record], board: Board) -> LayerCost:
    counts = [instructions(record, board.target) for record in records]
    known = [count for count in counts if count is not None]
    total = sum(known) if len(known) == len(counts) else None
    time_s = None if total is None else seconds(total, board)
    return LayerCost(layer, total, None if time_s is None else time_s * 1e6)
