# SPDX-License-Identifier: GPL-3.0-or-later
"""What the Nano 33 BLE's shipped image takes and does, on the model of its chip.

    python -m benchmarks.nano33ble [--json]

The model executes one instruction a cycle, 64,000 in each of USB's frames of a millisecond; its
host takes a packet of 64 bytes every 50 µs at most. From click to answer goes over ports that come
and go, through an emulated boot loader that erases and writes in no time. Linux only.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from app.capture.client import BoardClient, RunResult, board_at
from app.core.preprocessing import Normaliser
from app.core.recording import Channel
from app.core.training import Task
from app.deploy.compiler.compile import compile_network
from app.deploy.compiler.targets import TARGETS
from app.deploy.flashing import FlashProgress
from app.deploy.foreign import RATE_HZ, foreign_program
from app.deploy.images import read_manifest
from app.deploy.nano33ble import Nano33BleFlasher
from app.deploy.program import BoardProgram, compile_program
from tests.firmware.nrf52840.chip import INSTRUCTIONS_PER_US
from tests.firmware.nrf52840.nano33ble import IMAGE, Nano33Ble
from tests.firmware.nrf52840.peripheral import RAM
from tests.helpers.golden_programs import BENCH_MODELS, bench_vectors
from tests.helpers.shared_data import shared_path
from tests.helpers.simulated import motion_program

TARGET = "cortex-m4f"
WINDOWS = 3
"""Of each model."""
MEASURED_MS = 60
QUEUED = 20
"""Requests that the host has ready, so that the board never waits for one."""
SENSORS = 0x02
STRIDE, RATE = 1, 500.0


@dataclass(frozen=True)
class UnderLoad:
    """The link while a network that takes longer than a window's stride infers all the time."""

    bytes_a_frame: float
    slowest_control_ms: float
    windows: int


def busy_program() -> BoardProgram:
    """M3 on the board's own acceleration."""
    network = shared_path("bench", "models", "M3.tflite").read_bytes()
    labels = tuple(f"class {place}" for place in range(bench_vectors("M3")[1].shape[1]))
    channels = tuple(Channel(name, "g") for name in ("ax", "ay", "az"))
    unscaled = Normaliser((0.0,) * 3, (1.0,) * 3, (4.0,) * 3)
    return compile_program(
        network, channels, RATE, 200, unscaled, Task.MULTICLASS, labels, TARGETS[TARGET]
    )


def under_load(board: Nano33Ble, client: BoardClient) -> UnderLoad:
    """Requests without a pause beside it, and control requests between them."""
    client.send_program(busy_program().to_bytes())
    results: list[RunResult] = []
    client.start_run(STRIDE, results.append)
    board.run_until(lambda: len(results) >= 2, 1000, "results")
    host = board.host
    began, at_us, had = len(host.heard), board.chip.now_us, len(results)
    slowest_us = 0.0
    while board.chip.now_us < at_us + MEASURED_MS * 1000:
        while len(host.to_send) < QUEUED:
            host.send(board.encoded(SENSORS))
        board.run_ms(1)
        asked_us = board.chip.now_us
        host.descriptor(2, length=75)
        slowest_us = max(slowest_us, board.chip.now_us - asked_us)
    passed_ms = (board.chip.now_us - at_us) / 1000
    windows = len(results) - had
    host.to_send.clear()
    return UnderLoad((len(host.heard) - began) / passed_ms, slowest_us / 1000, windows)


def instructions(client: BoardClient, name: str) -> int:
    """Of one window: from sensor units to the answer, with the loop that it is part of. Every
    answer is compared."""
    network = compile_network(
        shared_path("bench", "models", f"{name}.tflite").read_bytes(), TARGETS[TARGET]
    )
    program = foreign_program(network)
    client.send_program(program.to_bytes())
    inputs, outputs = bench_vectors(name)
    shape = (program.input.window, len(program.input.channels))
    took: list[int] = []
    for quantised, wanted in zip(inputs[:WINDOWS], outputs, strict=False):
        scale, zero = network.input.scale, network.input.zero_point
        window = ((quantised.astype(np.float32) - zero) * np.float32(scale)).reshape(shape)
        answer = client.run_window(window, program.input.channels, RATE_HZ)
        if answer.output.tobytes() != wanted.tobytes():
            raise RuntimeError(f"{name} answers otherwise than the reference")
        took.append(answer.micros * INSTRUCTIONS_PER_US)
    return max(took)


def click_to_answer_s() -> dict[str, float]:
    """Seconds of each stage, and of the first window after them."""
    from tests.helpers.nano_at_usb import NanoAtUsb  # on Linux

    steps: list[tuple[str, float]] = []

    def tell(step: FlashProgress) -> None:
        if not steps or steps[-1][0] != step.stage.value:
            steps.append((step.stage.value, time.monotonic()))

    program = motion_program()
    source = BoardProgram.parse(program).input
    window = np.zeros((source.window, len(source.channels)), np.float32)
    with (
        tempfile.TemporaryDirectory() as folder,
        NanoAtUsb(Path(folder), read_manifest().version) as nano,
    ):
        flasher = Nano33BleFlasher(nano.url, may_replace=True, ports=nano.ports)
        outcome = flasher.flash(program, tell, lambda: False)
        steps.append(("answer", time.monotonic()))
        with board_at(outcome.port) as client:
            client.identify()
            client.run_window(window, source.channels, source.rate_mhz / 1000)
        steps.append(("", time.monotonic()))
    return {name: round(after - at, 3) for (name, at), (_, after) in pairwise(steps)}


def figures() -> dict[str, object]:
    """All of them."""
    board = Nano33Ble()
    client = board.connect()
    arena_bytes = client.identify().arena_capacity
    return {
        "image_bytes": len(IMAGE),
        "ram_bytes": len(RAM) - arena_bytes,
        "arena_bytes": arena_bytes,
        "instructions": {name: instructions(client, name) for name in BENCH_MODELS},
        "under_load": asdict(under_load(board, client)),
        "click_to_answer_s": click_to_answer_s(),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", action="store_true")
    found = figures()
    if options.parse_args().json:
        print(json.dumps(found))
        return
    for name, value in found.items():
        print(f"{name:20} {value}")


if __name__ == "__main__":
    main()
