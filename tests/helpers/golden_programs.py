# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs with windows and the answers they must give: the golden files, and the bench models."""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.core.preprocessing import Normaliser
from app.core.recording import Channel
from app.core.training import Task
from app.deploy.compiler.targets import TARGETS
from app.deploy.program import BoardProgram, compile_program
from tests.helpers.shared_data import shared_path

GOLDEN = Path(__file__).parents[1] / "data" / "program"
NAMES = ("network", "gate")
BENCH_MODELS = ("M1", "M2", "M3", "M4", "M5", "M6")
_HEADER, _ENTRY = 32, 16


@dataclass(frozen=True)
class Vectors:
    """Windows in sensor units ``(n, window, channels)``, their int8 inputs, and the answers."""

    windows: np.ndarray
    inputs: np.ndarray
    outputs: np.ndarray


def golden_program(name: str, target: str = "generic") -> BoardProgram:
    return BoardProgram.parse((GOLDEN / f"{name}-{target}.bin").read_bytes())


def golden_vectors(name: str) -> Vectors:
    source = golden_program(name).input
    shape = (-1, source.window, len(source.channels))
    entries = json.loads((GOLDEN / f"{name}.json").read_text())
    bits = np.array([[int(word, 16) for word in entry["window"]] for entry in entries], np.uint32)
    return Vectors(
        bits.view(np.float32).reshape(shape),
        np.array([entry["input"] for entry in entries], np.int8).reshape(shape),
        np.array([entry["output"] for entry in entries], np.int8),
    )


def bench_program(
    name: str,
    target: str = "generic",
    channels: tuple[Channel, ...] = (Channel("x"),),
    rate_hz: float = 1.0,
) -> BoardProgram:
    """One of the bench models, with windows of these channels, whose values are the network's real
    input; skips where the shared data are not there."""
    network = shared_path("bench", "models", f"{name}.tflite").read_bytes()
    inputs, outputs = bench_vectors(name)
    labels = tuple(f"class {place}" for place in range(outputs.shape[1]))
    count = len(channels)
    unscaled = Normaliser((0.0,) * count, (1.0,) * count, (8.0,) * count)
    window, task = inputs.shape[1] // count, Task.MULTICLASS
    return compile_program(
        network, channels, rate_hz, window, unscaled, task, labels, TARGETS[target]
    )


def bench_vectors(name: str) -> tuple[np.ndarray, np.ndarray]:
    """50 int8 inputs and the outputs that TensorFlow's reference kernels give."""
    with np.load(shared_path("bench", "models", f"{name}_check.npz")) as check:
        return check["x"].reshape(50, -1), check["y_ref"].reshape(50, -1)


def sealed(program: bytes) -> bytes:
    """``program`` with every check sum put right, so that what lies behind them is tested."""
    data = bytearray(program)
    (count,) = struct.unpack_from("<H", data, 6)
    contents: dict[int, bytes] = {}
    for place in range(_HEADER, min(_HEADER + count * _ENTRY, len(data) - _ENTRY), _ENTRY):
        kind, offset, length, _ = struct.unpack_from("<4I", data, place)
        if offset + length <= len(data) - 4:
            contents[kind] = bytes(data[offset : offset + length])
            struct.pack_into("<I", data, place + 12, zlib.crc32(contents[kind]))
    struct.pack_into("<I", data, 12, zlib.crc32(contents.get(4, b"") + contents.get(5, b"")))
    struct.pack_into("<I", data, len(data) - 4, zlib.crc32(data[:-4]))
    return bytes(data)
