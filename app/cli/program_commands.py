# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands for networks made elsewhere: ``compile``."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.arguments import Commands
from app.cli.output import JsonValue, Output, Result
from app.core.board import BOARDS, VIRTUAL
from app.core.errors import ModelError
from app.core.layer_shapes import show_shape
from app.core.storage import write_atomically
from app.core.text import text
from app.deploy.compiler.compile import compile_network
from app.deploy.compiler.report import CostReport, LayerCost, report
from app.deploy.compiler.targets import TARGETS
from app.deploy.foreign import foreign_program


def add_commands(commands: Commands) -> None:
    """Add ``compile``."""
    compiled = commands.add(
        "compile", "make a board program of an int8 .tflite and say what it costs", run_compile
    )
    compiled.add_argument("model", metavar="MODEL.tflite", type=Path, help="a full-int8 network")
    compiled.add_argument(
        "-o", "--output", metavar="P", type=Path, required=True, help="the board program to write"
    )
    compiled.add_argument(
        "--board", choices=sorted(BOARDS), default=VIRTUAL.id, help="what it is to run on"
    )


def run_compile(options: argparse.Namespace, output: Output) -> Result:
    """Compile a network for a board. One that does not fit the board is written all the same; the
    command then fails."""
    board = BOARDS[options.board]
    network = compile_network(_read(options.model), TARGETS[board.target])
    program = foreign_program(network).to_bytes()
    write_atomically(options.output, program)
    costs = report(network, board, len(program))
    missing = [
        f"It does not fit the {board.name}: {each.needed} bytes of {each.memory.value}, where "
        f"{each.offered} are kept. {each.advice}"
        for each in costs.shortfalls
    ]
    for sentence in missing:
        output.line(sentence)
    data: dict[str, JsonValue] = {
        "program": str(options.output),
        "board": board.id,
        "target": network.target.name,
        "program_bytes": costs.program_bytes,
        "arena_bytes": costs.arena_bytes,
        "macs": costs.macs,
        "predicted_us": costs.micros,
        "fits": not missing,
        "layers": [_layer_data(each) for each in costs.layers],
    }
    lines = [*_table(costs), f"Board program: {options.output}"]
    return Result(data, lines, ok=not missing)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(
            text("{file} cannot be read.", file=path),
            text("The system says: {reason}.", reason=error.strerror or str(error)),
            text("Give the path of a .tflite file."),
        ) from error


def _layer_data(cost: LayerCost) -> dict[str, JsonValue]:
    layer = cost.layer
    return {
        "operator": layer.operator,
        "name": layer.name,
        "output_shape": list(layer.output_shape),
        "flash_bytes": layer.flash_bytes,
        "arena_bytes": layer.arena_bytes,
        "macs": layer.macs,
        "predicted_us": cost.micros,
    }


def _table(costs: CostReport) -> list[str]:
    """The report as lines of columns, totals last."""
    rows = [
        ("layer", "output", "flash bytes", "RAM bytes", "MACs", "predicted µs"),
        *(
            (
                str(cost.title),
                show_shape(cost.shape),
                str(cost.layer.flash_bytes),
                str(cost.layer.arena_bytes),
                str(cost.layer.macs),
                _micros(cost.micros),
            )
            for cost in costs.layers
        ),
        ("sensors, labels", "", str(costs.other_bytes), "", "", ""),
        (
            "total",
            "",
            str(costs.program_bytes),
            str(costs.arena_bytes),
            str(costs.macs),
            _micros(costs.micros),
        ),
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            [
                *(cell.ljust(width) for cell, width in zip(row[:2], widths[:2], strict=True)),
                *(cell.rjust(width) for cell, width in zip(row[2:], widths[2:], strict=True)),
            ]
        ).rstrip()
        for row in rows
    ]


def _micros(micros: float | None) -> str:
    return "-" if micros is None else f"{micros:.0f}"
