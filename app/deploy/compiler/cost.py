# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a board will take: instructions of each operator, predicted from what it has to do.

A record's :class:`Work` is counted, and each of its quantities costs so many instructions
(:class:`Cost`). The constants belong to one build of the engine for one target;
``benchmarks/calibrate_cost.py`` fits them to measured counts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from app.core.board import Board
from app.deploy.compiler.cost_table import CLOCKS_AN_INSTRUCTION, COSTS, Cost
from app.deploy.compiler.records import Kind, Record
from app.deploy.compiler.targets import Packing


@dataclass(frozen=True, slots=True)
class Work:
    """What one record asks for."""

    macs: int = 0
    """Multiply-accumulates, those with padding included; values looked at, where nothing is
    multiplied."""
    outputs: int = 0
    rows: int = 0
    """The pieces of ``docs/board-program.md``."""
    inputs: int = 0
    """Of a dense layer: values that each row of outputs reads."""
    taps: int = 0
    """Of a pool: places looked at for all positions."""
    lines: int = 0
    """Of a pool, rows of all windows; of a convolution, of all windows that begin a row of the
    output."""
    gathers: int = 0
    """Windows that are copied together before they are worked on."""
    gathered: int = 0
    """Bytes of these."""


def work_of(record: Record) -> Work:
    """What ``record`` asks for."""
    f = record.fields

    def padded(count: int) -> int:
        multiple = _PADDED_TO[record.packing]
        return -(-count // multiple) * multiple

    match record.kind:
        case Kind.DENSE:
            rows, inputs, outputs = f["rows"], f["inputs"], f["outputs"]
            macs = rows * padded(inputs) * padded(outputs)
            return Work(macs, rows * outputs, rows * -(-outputs // 4), rows * inputs)
        case Kind.CONV:
            places, window = f["out_h"] * f["out_w"], f["kernel_h"] * f["kernel_w"] * f["in_c"]
            macs = places * f["kernel_h"] * padded(f["kernel_w"] * f["in_c"]) * padded(f["out_c"])
            gathers = places - _read_in_place(record)
            return Work(
                macs,
                places * f["out_c"],
                places,
                lines=f["out_h"] * f["kernel_h"],
                gathers=gathers,
                gathered=gathers * window,
            )
        case Kind.DEPTHWISE:
            places, taps = f["out_h"] * f["out_w"], f["kernel_h"] * f["kernel_w"]
            gathers = places - _windows_inside(record)
            return Work(
                places * taps * padded(f["out_c"]),
                places * f["out_c"],
                places,
                lines=f["out_h"] * f["kernel_h"],
                gathers=gathers,
                gathered=gathers * taps * f["in_c"],
            )
        case Kind.MAX_POOL | Kind.AVERAGE_POOL:
            places, channels = f["out_h"] * f["out_w"], f["channels"]
            taps = places * f["kernel_h"] * f["kernel_w"]
            lines = places * f["kernel_h"]
            return Work(taps * channels, places * channels, places, taps=taps, lines=lines)
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


def predicted(work: Work, cost: Cost) -> float:
    """Instructions for ``work`` at ``cost``."""
    return (
        cost.start
        + cost.mac * work.macs
        + cost.output * work.outputs
        + cost.row * work.rows
        + cost.input * work.inputs
        + cost.tap * work.taps
        + cost.line * work.lines
        + cost.gather * work.gathers
        + cost.gathered * work.gathered
    )


def instructions(record: Record, target: str) -> float | None:
    """The predicted count for one record, ``None`` for a target whose builds are not counted."""
    costs = COSTS.get(target)
    if costs is None:
        return None
    return predicted(work_of(record), costs[record.kind, record.packing])


def seconds(count: float, board: Board) -> float | None:
    """How long a board takes for ``count`` instructions of its target's build."""
    clocks = CLOCKS_AN_INSTRUCTION.get(board.target)
    return None if clocks is None else count * clocks / board.clock_hz
