# SPDX-License-Identifier: GPL-3.0-or-later
"""The firmware takes over from its boot loader, keeps time, and gives way to the loader again."""

from __future__ import annotations

import struct
import sys

import numpy as np

from app.capture.client import SampleBlock
from benchmarks.nano33ble import under_load
from tests.firmware.nrf52840.chip import WRITABLE
from tests.firmware.nrf52840.nano33ble import IMAGE, Nano33Ble


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


FRAMES_FOR_CONTROL = 3


def test_200_bytes_a_frame_reach_the_host_while_it_infers(board, capsys):
    """64,000 instructions a frame; requests without a pause, a network that never rests."""
    load = under_load(board, board.connect())
    with capsys.disabled():
        sys.stdout.write(
            f"\n{load.bytes_a_frame:.0f} bytes a frame beside inference, "
            f"control requests answered within {load.slowest_control_ms:.1f} ms\n"
        )
    assert load.bytes_a_frame >= 200
    assert load.slowest_control_ms <= FRAMES_FOR_CONTROL
    assert load.windows > 0


def test_its_clock_goes_on_when_the_timer_wraps(board):
    client = board.connect()
    board.chip.timer.ahead_us = (1 << 32) - int(board.chip.now_us) - 200_000
    blocks: list[SampleBlock] = []
    client.start_stream(100.0, [0], blocks.append)
    board.run_ms(200)
    times = np.array([block.time_us for block in blocks])
    assert times[0] < 1 << 32 < times[-1]
    assert (np.diff(times) > 0).all()
