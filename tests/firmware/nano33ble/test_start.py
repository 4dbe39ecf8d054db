# SPDX-License-Identifier: GPL-3.0-or-later
"""The firmware takes over from its boot loader, keeps time, and gives way to the loader again."""

from __future__ import annotations

import struct

import numpy as np

from app.capture.client import RunResult, SampleBlock
from app.core.training import Task
from app.deploy.compiler.targets import TARGETS
from app.deploy.program import compile_program
from tests.firmware.nano33ble.common import (
    ACCELERATION,
    MEASURED_MS,
    UNSCALED,
    encode,
)
from tests.firmware.nrf52840.chip import WRITABLE
from tests.firmware.nrf52840.nano33ble import IMAGE, Nano33Ble
from tests.helpers.golden_programs import bench_vectors
from tests.helpers.shared_data import shared_path


def test_the_image_leaves_the_boot_loaders_alone():
    stack, entry = struct.unpack_from("<II", IMAGE)
    assert 0x2000_0400 < stack <= 0x2004_0000
    assert 0x1_0000 < entry < 0x1_0000 + len(IMAGE)
    assert entry & 1
    assert len(IMAGE) <= WRITABLE.start - 0x1_0000


def test_without_a_crystal_it_stays_off_the_bus(bare):
    bare.chip.power.crystal_works = False
    bare.chip.power.supplied = True
    bare.run_ms(150)
    assert not bare.chip.usbd.attached


HARD_FAULT = 3


def test_after_a_fault_it_restarts_and_tells():
    board = Nano33Ble()
    board.run_ms(20)
    board.chip.start(HARD_FAULT)
    board.run_ms(1)
    assert board.chip.restarted
    assert board.chip.power.gpregret == 0, "not into the boot loader"
    again = board.power_cycle()
    again.chip.power.values[0x520] = board.chip.power.values[0x520]  # outlasts a restart
    passed = {item.name: bool(item.passed) for item in again.connect().selftest()}
    assert not passed["restart"]


def test_the_touch_of_1200_baud_restarts_into_the_boot_loader(board):
    board.connect()
    board.host.set_line_coding(1200)
    board.host.set_lines(ready=True)
    board.run_ms(100)
    assert not board.chip.restarted
    board.host.close_port()
    board.run_ms(100)
    assert board.chip.restarted
    assert board.chip.power.gpregret == 0xB0
    assert not board.chip.usbd.attached


def test_a_port_that_closes_otherwise_does_not(plugged):
    plugged.host.close_port()
    plugged.run_ms(100)
    plugged.host.set_line_coding(1200)
    plugged.host.set_line_coding(115_200)
    plugged.run_ms(100)
    plugged.host.open_port()
    assert plugged.ask(0x01).type == 0x81
    assert not plugged.chip.restarted


def test_200_bytes_a_frame_reach_the_host_while_it_infers(board):
    """A network that takes longer than the time between two windows, on 500 samples a second."""
    network = shared_path("bench", "models", "M3.tflite").read_bytes()
    labels = tuple(f"class {place}" for place in range(bench_vectors("M3")[1].shape[1]))
    program = compile_program(
        network, ACCELERATION, 500.0, 200, UNSCALED, Task.MULTICLASS, labels, TARGETS["cortex-m4f"]
    )
    client = board.connect()
    client.send_program(program.to_bytes())
    results: list[RunResult] = []
    assert client.start_run(1, results.append) == 500.0
    board.run_until(lambda: len(results) >= 2, 1000, "results")
    began, at_us, had = len(board.host.heard), board.chip.now_us, len(results)
    slowest_us = 0.0
    while board.chip.now_us < at_us + MEASURED_MS * 1000:
        board.host.send(encode(0x01, b"", 7) * 3)
        board.run_ms(1)
        asked_us = board.chip.now_us
        board.host.descriptor(1, length=18)
        slowest_us = max(slowest_us, board.chip.now_us - asked_us)
    assert slowest_us < 5000, "control requests are answered in time"
    assert sum(result.lost for result in results[had:]) > 0, "it infers all the time"
    assert (len(board.host.heard) - began) / MEASURED_MS >= 200
    assert max(result.micros for result in results) > 2000


def test_its_clock_goes_on_when_the_timer_wraps(board):
    client = board.connect()
    board.chip.timer.ahead_us = (1 << 32) - int(board.chip.now_us) - 200_000
    blocks: list[SampleBlock] = []
    client.start_stream(100.0, [0], blocks.append)
    board.run_ms(200)
    times = np.array([block.time_us for block in blocks])
    assert times[0] < 1 << 32 < times[-1]
    assert (np.diff(times) > 0).all()
