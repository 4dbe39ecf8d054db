# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a board will take: instructions of each operator, predicted from what it has to do.

    instructions = mac · macs + output · outputs + row · rows + gathered · gathered bytes + start

The constants belong to one build of the engine for one target; ``benchmarks/calibrate_cost.py``
fits them to measured counts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from app.core.board import Board
from app.deploy.compiler.records import Kind, Record
from app.deploy.compiler.targets import CORTEX_M4F, ESP32, Packing


@dataclass(frozen=True, slots=True)
class Work:
    """What one record asks for. ``macs`` are multiply-accumulates, those with padding included, or
    values looked at where nothing is multiplied; ``rows`` are the pieces of
    ``docs/board-program.md``; ``gathered`` bytes are copied together before they are worked on."""

    macs: int
    outputs: int
    rows: int
    gathered: int = 0


@dataclass(frozen=True, slots=True)
class Cost:
    """Instructions for one of each."""

    mac: float
    output: float
    row: float
    start: float
    gathered: float = 0.0

    def instructions(self, work: Work) -> float:
        return (
            self.mac * work.macs
            + self.output * work.outputs
            + self.row * work.rows
            + self.gathered * work.gathered
            + self.start
        )


def work_of(record: Record) -> Work:
    """What ``record`` asks for."""
    f = record.fields

    def padded(count: int) -> int:
        multiple = _PADDED_TO[record.packing]
        return -(-count // multiple) * multiple

    match record.kind:
        case Kind.DENSE:
            macs = f["rows"] * padded(f["inputs"]) * padded(f["outputs"])
            return Work(macs, f["rows"] * f["outputs"], f["rows"] * -(-f["outputs"] // 4))
        case Kind.CONV:
            places, window = f["out_h"] * f["out_w"], f["kernel_h"] * f["kernel_w"] * f["in_c"]
            macs = places * f["kernel_h"] * padded(f["kernel_w"] * f["in_c"]) * padded(f["out_c"])
            gathered = (places - _read_in_place(record)) * window
            return Work(macs, places * f["out_c"], places, gathered)
        case Kind.DEPTHWISE:
            places, taps = f["out_h"] * f["out_w"], f["kernel_h"] * f["kernel_w"]
            gathered = (places - _windows_inside(record)) * taps * f["in_c"]
            return Work(places * taps * padded(f["out_c"]), places * f["out_c"], places, gathered)
        case Kind.MAX_POOL | Kind.AVERAGE_POOL:
            places, taps = f["out_h"] * f["out_w"], f["kernel_h"] * f["kernel_w"]
            return Work(places * taps * f["channels"], places * f["channels"], places)
        case Kind.MEAN:
            outputs = f["outer"] * f["inner"]
            return Work(outputs * f["reduced"], outputs, f["outer"])
        case Kind.TABLE:
            return Work(0, f["count"], -(-f["count"] // 64))
        case Kind.SOFTMAX:
            return Work(0, f["rows"] * f["depth"], f["rows"])
        case Kind.ADD | Kind.MUL:
            rows = math.prod(f[f"shape_{axis}"] for axis in range(3))
            return Work(0, rows * f["shape_3"], rows)
        case Kind.COPY:
            runs = math.prod(f[f"counts_{axis}"] for axis in range(3))
            return Work(0, runs * f["run"], runs)
        case Kind.FILL:
            return Work(0, f["bytes"], 1)


_PADDED_TO: Mapping[Packing, int] = {Packing.ROWS: 1, Packing.PAIRS: 4, Packing.QUADS: 2}
"""A multiple of which outputs, and inputs of a row, are padded to."""


def _windows_inside(record: Record) -> int:
    """How many windows of CONV or DEPTHWISE lie inside the image."""
    f = record.fields

    def along(axis: str, pad: int) -> int:
        stride = f[f"stride_{axis}"]
        extent = (f[f"kernel_{axis}"] - 1) * f[f"dilation_{axis}"] + 1
        first, last = -(-pad // stride), (f[f"in_{axis}"] + pad - extent) // stride
        return max(min(last, f[f"out_{axis}"] - 1) - first + 1, 0)

    return along("h", f["pad_top"]) * along("w", f["pad_left"])


def _read_in_place(record: Record) -> int:
    """How many windows of CONV are not gathered."""
    f = record.fields
    rows_whole = f["kernel_w"] == 1 or f["dilation_w"] == 1
    rows_joined = f["kernel_h"] == 1 or (f["kernel_w"] == f["in_w"] and f["dilation_h"] == 1)
    if rows_whole and (rows_joined or record.packing is not Packing.ROWS):
        return _windows_inside(record)
    return 0


CLOCKS_AN_INSTRUCTION: Mapping[str, float] = {CORTEX_M4F.name: 1.3, ESP32.name: 1.5}
"""By target: an estimate from the processors' manuals (loads, branches, waits for flash)."""

COSTS: Mapping[str, Mapping[tuple[Kind, Packing], Cost]] = {
    CORTEX_M4F.name: {
        (Kind.DENSE, Packing.PAIRS): Cost(1.1, 20, 20, 60),
        (Kind.DENSE, Packing.ROWS): Cost(5, 25, 10, 60),
        (Kind.CONV, Packing.PAIRS): Cost(1.1, 20, 60, 100, 2),
        (Kind.CONV, Packing.ROWS): Cost(5, 25, 60, 100, 2),
        (Kind.DEPTHWISE, Packing.PAIRS): Cost(2.5, 20, 60, 100),
        (Kind.DEPTHWISE, Packing.ROWS): Cost(7, 25, 60, 100),
        (Kind.MAX_POOL, Packing.ROWS): Cost(1, 3, 60, 80),
        (Kind.AVERAGE_POOL, Packing.ROWS): Cost(1.5, 15, 60, 80),
        (Kind.MEAN, Packing.ROWS): Cost(1, 40, 60, 80),
        (Kind.TABLE, Packing.ROWS): Cost(0, 4, 30, 40),
        (Kind.SOFTMAX, Packing.ROWS): Cost(0, 30, 250, 60),
        (Kind.ADD, Packing.ROWS): Cost(0, 45, 40, 80),
        (Kind.MUL, Packing.ROWS): Cost(0, 25, 40, 80),
        (Kind.COPY, Packing.ROWS): Cost(0, 1, 40, 60),
        (Kind.FILL, Packing.ROWS): Cost(0, 0.5, 10, 30),
    },
    ESP32.name: {
        (Kind.DENSE, Packing.QUADS): Cost(4, 40, 20, 80),
        (Kind.DENSE, Packing.ROWS): Cost(11, 45, 10, 80),
        (Kind.CONV, Packing.QUADS): Cost(4, 40, 80, 120, 3),
        (Kind.CONV, Packing.ROWS): Cost(11, 45, 80, 120, 3),
        (Kind.DEPTHWISE, Packing.ROWS): Cost(12, 45, 80, 120),
        (Kind.MAX_POOL, Packing.ROWS): Cost(7, 8, 70, 100),
        (Kind.AVERAGE_POOL, Packing.ROWS): Cost(6, 40, 70, 100),
        (Kind.MEAN, Packing.ROWS): Cost(6, 80, 70, 100),
        (Kind.TABLE, Packing.ROWS): Cost(0, 6, 40, 50),
        (Kind.SOFTMAX, Packing.ROWS): Cost(0, 90, 800, 80),
        (Kind.ADD, Packing.ROWS): Cost(0, 150, 50, 100),
        (Kind.MUL, Packing.ROWS): Cost(0, 70, 50, 100),
        (Kind.COPY, Packing.ROWS): Cost(0, 2, 50, 80),
        (Kind.FILL, Packing.ROWS): Cost(0, 1, 15, 40),
    },
}
"""By target, then by kind and packing."""


def instructions(record: Record, target: str) -> float | None:
    """The predicted count for one record, ``None`` for a target whose builds are not counted."""
    costs = COSTS.get(target)
    if costs is None:
        return None
    return costs[record.kind, record.packing].instructions(work_of(record))


def seconds(count: float, board: Board) -> float | None:
    """How long a board takes for ``count`` instructions of its target's build."""
    clocks = CLOCKS_AN_INSTRUCTION.get(board.target)
    return None if clocks is None else count * clocks / board.clock_hz
