# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine built by this computer's own compiler: as a library, and with sanitizers."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

FIRMWARE = Path(__file__).parents[2] / "firmware"
REFUSED = 16
"""What ``run`` adds to the status of a program that it refuses."""
ENGINE_BYTES = 128
"""More than a ``tw_engine`` needs."""


def make(build: Path, target: str) -> None:
    """Make one of ``firmware/Makefile``'s targets in ``build``; skips without a C compiler."""
    if shutil.which("gcc") is None or shutil.which("make") is None:
        pytest.skip("needs gcc and make")
    command = ["make", "-s", "-j2", "-C", str(FIRMWARE), f"BUILD={build}", target]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=150)
    assert done.returncode == 0, done.stdout + done.stderr


@dataclass(frozen=True)
class SanitisedEngine:
    """``firmware/boards/host/run.c`` in a folder of its own."""

    runner: Path
    folder: Path

    def status(self, program: bytes, inputs: bytes = b"", work: int = 0) -> int:
        """What the engine says of a program, after having run it on ``inputs`` if it may."""
        (self.folder / "program").write_bytes(program)
        (self.folder / "inputs").write_bytes(inputs)
        command = [self.runner, "program", "inputs", "answers", str(work)]
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, check=False, timeout=60
        )
        assert not done.stderr, done.stderr
        assert done.returncode == 0 or done.returncode > REFUSED, done.returncode
        return max(0, done.returncode - REFUSED)

    def run(self, program: bytes, inputs: np.ndarray, work: int = 0) -> np.ndarray:
        """The answers to int8 inputs of shape ``(n, …)``; with ``work`` in steps of so much."""
        assert self.status(program, inputs.tobytes(), work) == 0
        answers = np.frombuffer((self.folder / "answers").read_bytes(), np.int8)
        return answers.reshape(len(inputs), -1)


class _Text(ctypes.Structure):
    _fields_ = (("text", ctypes.c_void_p), ("bytes", ctypes.c_uint8))

    def __str__(self) -> str:
        return ctypes.string_at(self.text, self.bytes).decode()


class _Channel(ctypes.Structure):
    _fields_ = (
        ("offset", ctypes.c_int32),
        ("multiplier", ctypes.c_int32),
        ("fraction_bits", ctypes.c_int8),
        ("shift", ctypes.c_uint8),
        ("zero_point", ctypes.c_int8),
        ("name", _Text),
        ("unit", _Text),
    )


class NativeEngine:
    """A program in the library, by the functions of ``firmware/engine/tinywright.h``. It lies
    ``place`` bytes behind a multiple of 16."""

    def __init__(self, library: Path, program: bytes, place: int = 0) -> None:
        self.library = ctypes.CDLL(str(library))
        self.library.tw_program_arena.restype = ctypes.c_uint32
        for name in ("tw_input", "tw_output"):
            getattr(self.library, name).restype = ctypes.POINTER(ctypes.c_int8)
        self.library.tw_step.restype = ctypes.c_bool
        self.library.tw_channel_at.restype = _Channel
        self.library.tw_label_at.restype = _Text
        self._engine = ctypes.create_string_buffer(ENGINE_BYTES)
        self._program = aligned(np.frombuffer(bytes(place) + program, np.uint8))[place:]
        size = ctypes.c_size_t(len(program))
        arena_bytes = self.library.tw_program_arena(self._program.ctypes, size)
        self._arena = aligned(np.zeros(arena_bytes, np.uint8))
        self.status = self.library.tw_load(
            self._engine,
            self._program.ctypes,
            size,
            self._arena.ctypes,
            ctypes.c_size_t(arena_bytes),
        )

    def call(self, name: str, *arguments: object) -> Any:
        return getattr(self.library, name)(self._engine, *arguments)

    def step(self, work: int) -> bool:
        """Whether more is to be done."""
        return bool(self.call("tw_step", ctypes.c_uint32(work)))

    def channels(self) -> list[tuple[str, str, int, int, int, int]]:
        """Name, unit, offset, multiplier, fraction bits and shift of each."""
        found = [self.call("tw_channel_at", place) for place in range(self.call("tw_channels"))]
        return [
            (str(c.name), str(c.unit), c.offset, c.multiplier, c.fraction_bits, c.shift)
            for c in found
        ]

    def labels(self) -> list[str]:
        count = self.call("tw_labels")
        return [str(self.call("tw_label_at", place)) for place in range(count)]

    def start(self, values: np.ndarray) -> None:
        """Put in the int8 input and begin."""
        size = self.call("tw_input_bytes")
        np.ctypeslib.as_array(self.call("tw_input"), (size,))[:] = values.reshape(-1)
        self.call("tw_start")

    def output(self) -> np.ndarray:
        return np.ctypeslib.as_array(self.call("tw_output"), (self.call("tw_output_bytes"),)).copy()


def aligned(values: np.ndarray, alignment: int = 16) -> np.ndarray:
    """A copy that begins at a multiple of ``alignment``."""
    memory = np.empty(values.nbytes + alignment, np.uint8)
    start = -memory.ctypes.data % alignment
    place = memory[start : start + values.nbytes]
    place[:] = values.view(np.uint8).reshape(-1)
    return place
