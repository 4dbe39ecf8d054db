# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine in WebAssembly: refusals in words, programs of any size, a quiet end."""

from __future__ import annotations

import struct
import subprocess
import sys

import numpy as np
import pytest

from app.core.errors import ModelError
from app.core.preprocessing import FixedPointScaling
from app.core.recording import Channel
from app.core.training import Task
from app.deploy.compiler.records import Kind, Plan, Record
from app.deploy.compiler.targets import GENERIC
from app.deploy.program import BoardProgram
from app.deploy.program_sections import ProgramInput, ProgramOutput
from app.deploy.wasm_board import BUFFER_BYTES, WasmBoard
from tests.helpers.golden_programs import GOLDEN, golden_vectors, sealed

FILE = (GOLDEN / "network-generic.bin").read_bytes()


def changed(place: int, new: bytes) -> bytes:
    return sealed(FILE[:place] + new + FILE[place + len(new) :])


def section(kind: int) -> int:
    """Where in the file a section begins."""
    entries = struct.iter_unpack("<4I", FILE[32 : 32 + 16 * 4])
    return next(offset for found, offset, _, _ in entries if found == kind)


RECORD = section(4) + 20
"""The plan's first operator."""


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        (b"", "not a board program"),
        (b"TWBP", "not a board program"),
        (b"PBWT" + FILE[4:], "not a board program"),
        (changed(4, b"\3"), "format version"),
        (FILE + b"\0", "not as long as it says"),
        (FILE[:-1], "not as long as it says"),
        (FILE[:200] + b"?" + FILE[201:], "damaged"),
        (changed(6, b"\x11\0"), "missing, misplaced or malformed"),
        (changed(32, struct.pack("<I", 7)), "missing, misplaced or malformed"),
        (changed(32 + 4, struct.pack("<I", section(4))), "missing, misplaced or malformed"),
        (changed(section(1), bytes(4)), "missing, misplaced or malformed"),
        (changed(section(2), b"\1"), "missing, misplaced or malformed"),
        (changed(section(4) + 4, b"\x2f"), "missing, misplaced or malformed"),
        (changed(section(4) + 16, b"\xff"), "missing, misplaced or malformed"),
        (changed(RECORD, b"\x63"), "operator or a packing"),
        (changed(RECORD + 1, b"\x63"), "operator or a packing"),
        (changed(20, b"\x09"), "operator or a packing"),
        (changed(RECORD + 2, b"\x01"), "argument that is out of range"),
        (changed(RECORD + 4, b"\0\1\0\0"), "leave its memory"),
        (changed(16, struct.pack("<I", 16)), "leave its memory"),
        (changed(RECORD + 20, FILE[RECORD + 4 : RECORD + 8]), "overwrite what it still reads"),
        (changed(RECORD + 4, b"\2"), "not aligned"),
        (changed(16, struct.pack("<I", 0xFFFFFFF0)), "more memory than there is"),
    ],
)
def test_a_refusal_says_why(program, reason):
    with pytest.raises(ModelError, match=reason):
        WasmBoard(program)


def test_a_window_larger_than_the_buffer_is_run():
    values = 1 << 20
    copied = Record(
        Kind.COPY,
        {
            "in": 0,
            "out": 2 * values,
            **{f"counts_{axis}": 1 for axis in range(3)},
            **{f"{end}_strides_{axis}": 0 for end in ("in", "out") for axis in range(3)},
            "run": values,
        },
    )
    scaling = FixedPointScaling((0,), (1 << 30,), (0,), (30,))
    program = BoardProgram(
        ProgramInput((Channel("x"),), 1.0, values, scaling, 1.0, 0),
        ProgramOutput(Task.REGRESSION, (), 1.0, 0),
        Plan(0, values, 2 * values, values, (copied,)).encode(),
        b"",
        3 * values,
        GENERIC,
    )
    board = WasmBoard(program.to_bytes())
    assert board.input_bytes > BUFFER_BYTES
    rng = np.random.default_rng(3)
    inputs = rng.integers(-128, 128, (2, values), np.int8)
    np.testing.assert_array_equal(board.run(inputs), inputs)
    windows = rng.uniform(-128, 127, (2, values, 1)).astype(np.float32)
    expected = np.sign(windows) * np.floor(np.abs(windows) + 0.5)
    np.testing.assert_array_equal(board.quantise(windows), expected)


def test_a_process_that_ran_networks_ends_quietly():
    code = (
        "import sys, pathlib; from app.deploy.wasm_board import WasmBoard;"
        "WasmBoard(pathlib.Path(sys.argv[1]).read_bytes())"
    )
    command = [sys.executable, "-c", code, str(GOLDEN / "network-generic.bin")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_batches_of_any_size_give_the_same():
    vectors = golden_vectors("network")
    inputs = vectors.inputs.reshape(len(vectors.inputs), -1)
    board = WasmBoard(FILE)
    for count in (0, 1, 2, len(inputs)):
        np.testing.assert_array_equal(board.run(inputs[:count]), vectors.outputs[:count])
