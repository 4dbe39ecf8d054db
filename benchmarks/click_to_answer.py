# SPDX-License-Identifier: GPL-3.0-or-later
"""How long it takes from the click to an ESP32's first answer, stage by stage.

    TINYWRIGHT_QEMU_ESP32=BINARY python -m benchmarks.click_to_answer [--models FOLDER] [--json]

A chip with empty flash, in its boot loader under Espressif's emulator, gets the firmware and a
model (M3), then another model alone (M4), each by the studio's own flasher over a TCP port; after
each it answers one window, and the bytes are compared. The boot loader is the chip's own. The
emulator knows neither a line's baud rate nor how long a flash takes to erase: beside the figures
stands how long the bytes alone take at 115,200 baud, and for how long a busy computer has kept the
emulator waiting, which then also loses bytes that have to be sent again.

Ends with 1 where an answer differs.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from app.capture.client import BoardClient
from app.capture.link import DEFAULT_BAUD, Link
from app.core.board import ESP32
from app.deploy.compiler.compile import compile_network
from app.deploy.compiler.targets import TARGETS
from app.deploy.esp32 import Esp32Flasher
from app.deploy.flashing import FlashProgress, FlashResult
from app.deploy.foreign import foreign_program
from app.deploy.images import read_image
from benchmarks.engine import MODELS
from tests.helpers.esp32_emulator import BINARY, FLASH_BYTES, Emulator, emulated, listens
from tests.helpers.ports import wait_until

BITS_A_BYTE = 10


@dataclass(frozen=True)
class Click:
    """One click. ``seconds`` by stage; ``line_s`` is what the bytes take at 115,200 baud."""

    what: str
    model: str
    bytes: int
    seconds: dict[str, float]
    line_s: float
    kept_waiting_s: float
    exact: bool


class Stages:
    """The seconds that each stage took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._stage = ""
        self._began = time.perf_counter()

    def enter(self, stage: str) -> None:
        """Another stage, or the same one."""
        now = time.perf_counter()
        if self._stage:
            self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + now - self._began
        self._stage, self._began = stage, now

    def take(self, step: FlashProgress) -> None:
        self.enter(step.stage.value)


def click(emulator: Emulator, models: Path, name: str, firmware_bytes: int) -> Click:
    """Flash a model and let it answer."""
    network = compile_network((models / f"{name}.tflite").read_bytes(), TARGETS[ESP32.target])
    program = foreign_program(network)
    data, waited = program.to_bytes(), emulator.kept_waiting_s()
    stages = flash(emulator.url, data)
    stages.enter("answering")
    with np.load(models / f"{name}_check.npz") as check:
        wanted = check["y_ref"].reshape(50, -1)[0]
        source, values = program.input, check["x"].reshape(50, -1)[0].astype(np.float32)
    window = (values - source.zero_point) * np.float32(source.scale)
    link = Link(emulator.url)
    client = BoardClient(link)
    try:
        link.open()
        shaped = window.reshape(source.window, len(source.channels))
        answer = client.run_window(shaped, source.channels, source.rate_hz)
    finally:
        client.close()
        link.close()
    stages.enter("")
    size = firmware_bytes + len(data)
    return Click(
        what="firmware and model" if firmware_bytes else "model alone",
        model=name,
        bytes=size,
        seconds=stages.seconds,
        line_s=size * BITS_A_BYTE / DEFAULT_BAUD,
        kept_waiting_s=emulator.kept_waiting_s() - waited,
        exact=bool(np.array_equal(answer.output, wanted)),
    )


def flash(url: str, program: bytes) -> Stages:
    stages = Stages()
    outcome = Esp32Flasher(url).flash(program, stages.take, lambda: False)
    assert outcome.result is FlashResult.SENT
    return stages


def measure(models: Path) -> list[Click]:
    firmware = len(read_image(ESP32.image))
    with tempfile.TemporaryDirectory() as folder:
        chip = Path(folder) / "flash.bin"
        chip.write_bytes(b"\xff" * FLASH_BYTES)
        with emulated(chip, download=True) as emulator:
            wait_until(lambda: listens(emulator.url))
            return [click(emulator, models, "M3", firmware), click(emulator, models, "M4", 0)]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--models", type=Path, default=MODELS)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    if not os.environ.get(BINARY):
        sys.exit(f"This needs Espressif's emulator of the ESP32: {BINARY} must name its binary.")
    clicks = measure(chosen.models)
    if chosen.json:
        print(json.dumps([asdict(each) for each in clicks]))
    else:
        for each in clicks:
            in_all = sum(each.seconds.values())
            print(f"{each.what}, {each.bytes:,} bytes, {each.model}: {in_all:.1f} s")
            for stage, seconds in each.seconds.items():
                print(f"  {stage.replace('_', ' '):20}{seconds:6.2f} s")
            print(f"  {'at 115,200 baud':20}{each.line_s:6.2f} s for the bytes alone")
            print(f"  {'kept waiting':20}{each.kept_waiting_s:6.2f} s")
            print("  exact" if each.exact else "  OTHER BYTES")
    sys.exit(not all(each.exact for each in clicks))


if __name__ == "__main__":
    main()
