# SPDX-License-Identifier: GPL-3.0-or-later
"""The command ``infer``: a board program run on this computer, with the bytes a board gives."""

from __future__ import annotations

import argparse
import io
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.cli.arguments import Commands
from app.cli.output import Output, Result
from app.core.errors import DataError
from app.core.storage import write_atomically
from app.core.text import Text, text
from app.deploy.engine import Engine
from app.deploy.program import BoardProgram
from app.deploy.program_sections import ProgramInput


def add_commands(commands: Commands) -> None:
    """Add ``infer``."""
    infer = commands.add("infer", "run a board program on windows in a .npy file", run_infer)
    infer.add_argument("program", metavar="P", type=Path, help="the board program")
    infer.add_argument(
        "--input",
        metavar="X.npy",
        type=Path,
        required=True,
        help="windows along the first axis: int8 as the network takes them, or floats in the "
        "channels' units",
    )
    infer.add_argument(
        "--output",
        metavar="Y.npy",
        type=Path,
        required=True,
        help="answers to write, one a row: int8, or floats where the input was floats",
    )


def run_infer(options: argparse.Namespace, _output: Output) -> Result:
    """Run every window; int8 in gives int8 out, floats in give real numbers out."""
    program = BoardProgram.parse(options.program.read_bytes())
    windows = _read_windows(options.input, program.input)
    engine = Engine(program)
    if windows.dtype == np.int8:
        answers = engine.run_all_quantised(windows)
    else:
        answers = program.output.real(engine.run_all(windows))
    written = io.BytesIO()
    np.save(written, answers)
    write_atomically(options.output, written.getvalue())
    return Result(
        {
            "output": str(options.output),
            "windows": len(answers),
            "outputs": engine.outputs,
            "type": answers.dtype.name,
        },
        [f"{len(answers)} answers of {engine.outputs} {answers.dtype.name}: {options.output}"],
    )


def _read_windows(path: Path, source: ProgramInput) -> NDArray[Any]:
    """int8 or float32 windows, shape ``(n, window, channels)``."""
    try:
        with path.open("rb") as file:
            array: NDArray[Any] = np.lib.format.read_array(file, allow_pickle=False)
    except ValueError as error:
        raise _unusable(path, text("It is not an array of numbers as NumPy writes it.")) from error
    values = array[0].size if array.ndim and len(array) else 0
    if array.ndim == 0 or (len(array) and values != source.values):
        raise _unusable(
            path,
            text(
                "Its shape is {shape}; the program takes any number of windows of {window} samples "
                "and {channels} channels, {values} values each.",
                shape=str(array.shape),
                window=source.window,
                channels=len(source.channels),
                values=source.values,
            ),
        )
    shaped = array.reshape(len(array), source.window, len(source.channels))
    if array.dtype == np.int8:
        return shaped
    if array.dtype.kind != "f":
        raise _unusable(
            path,
            text("It holds {type}; int8 or floats are wanted.", type=array.dtype.name),
        )
    with np.errstate(over="ignore"):  # what a float32 cannot hold saturates, as any large value
        return shaped.astype(np.float32)


def _unusable(path: Path, why: Text) -> DataError:
    return DataError(text("{file} cannot be used as input.", file=path.name), why)
