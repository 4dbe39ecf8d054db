# SPDX-License-Identifier: GPL-3.0-or-later
"""The firmware takes the chip over from either of Arduino's boot loaders, and leaves both alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.capture.frames import Frame
from app.capture.messages import ERROR_TYPE
from app.core.board import NANO33BLE
from app.core.board_settings import BoardSettings
from app.deploy.program_file import program_crc
from tests.firmware.nano33ble.common import (
    BLUE_PAD,
    GREEN_PAD,
    PROGRAM,
    RED_PAD,
    SERIAL,
    lay_flat,
)
from tests.firmware.nrf52840.boot_loader import BOOT_LOADERS
from tests.firmware.nrf52840.chip import FLASH_BYTES, WRITABLE
from tests.firmware.nrf52840.nano33ble import Nano33Ble
from tests.firmware.nrf52840.peripheral import RAM

KEPT_RAM_BYTES = 0x400
"""What lies at 0 in the second layout keeps words there."""
PROGRAM_BEGIN = 0x10
ALL = 0xFFFF_FFFF
LOADERS_PADS = (13, 35, 41)
"""Its LED, the line that its serial port sends on, and the light beside the plug."""


@pytest.fixture(params=BOOT_LOADERS, ids=lambda loader: loader.layout.value)
def board(request: pytest.FixtureRequest) -> Iterator[Nano33Ble]:
    """Just started. Whatever a test does, nothing of the boot loader's has changed after it."""
    board = Nano33Ble(request.param)
    kept = [(at, board.chip.load(*at)) for at in kept_of(board)]
    yield board
    for at, data in kept:
        assert board.chip.load(*at) == data, f"{at[0]:#x}"
    assert all(page in WRITABLE for page in board.chip.nvmc.erased)


def kept_of(board: Nano33Ble) -> list[tuple[int, int]]:
    """Places and lengths. A write to UICR stops the chip (the model's ``Uicr``)."""
    return [
        (0, WRITABLE.start),
        (WRITABLE.stop, FLASH_BYTES - WRITABLE.stop),
        (RAM.start, KEPT_RAM_BYTES),
    ]


def is_at_rest(board: Nano33Ble) -> bool:
    """Whether nothing that a boot loader has switched on goes on."""
    chip = board.chip
    return (
        chip.system.values[0xD94] == 0  # memory protection
        and chip.system.values[0xD08] == 0x1_0000  # the vectors are its own
        and chip.system.values[0x010] == 0  # no tick
        and not any(chip.system.enabled + chip.system.pending)
        and (chip.rtc.runs, chip.rtc.interrupts, chip.rtc.routed) == (False, 0, 0)
        and chip.uarte.values[0x500] == 0
        and all(pwm.values[0x500] == 0 for pwm in (chip.pwm, *chip.other_pwms))
    )


def test_it_takes_over_what_the_loader_left(board):
    chip = board.chip
    for pad in LOADERS_PADS:
        chip.gpio.drive(pad)
    board.run_ms(20)
    assert is_at_rest(board)
    assert chip.power.crystal_runs
    assert chip.gpio.level(22) == 1, "the sensors have their supply"
    assert chip.gpio.is_strong(22), "which one of them wants strong"
    assert chip.gpio.level(32) == 1, "and their bus its pull-ups"
    assert chip.system.values[0xDFC] == 0, "on a pin that tracing does not use"
    assert [chip.gpio.level(pad) for pad in (RED_PAD, GREEN_PAD, BLUE_PAD)] == [1, 1, 1], "dark"
    assert [chip.gpio.level(pad) for pad in LOADERS_PADS] == [None, None, 1]


def test_it_takes_over_from_a_chip_that_is_busier_than_that(board):
    """As after another program that jumps to this one without a restart."""
    chip = board.chip
    chip.system.values[0x010] = 7
    chip.system.enabled = [ALL, ALL]
    chip.system.pending = [ALL, ALL]
    chip.power.supplied = True
    chip.usbd.values[0x500] = chip.usbd.values[0x504] = 1
    chip.usbd.ready = True
    board.host.run_until(lambda: not chip.usbd.attached, 50, "USB lets go")
    left_us = chip.now_us
    board.host.run_until(lambda: chip.usbd.attached, 100, "it comes back")
    assert chip.now_us - left_us >= 20_000, "a computer notices"
    assert is_at_rest(board)
    assert board.connect().identify().serial == SERIAL


def test_a_whole_life_behind_it(board):
    """Everything that writes flash: model, settings, self-test; then back into the boot loader."""
    client = board.connect()
    assert client.identify().serial == SERIAL
    info = client.send_program(PROGRAM)
    assert info is not None
    assert info.program_crc == program_crc(PROGRAM)
    settings = BoardSettings(analogue_pins=(14,))
    client.write_settings(settings)
    lay_flat(board)
    assert [item.text for item in client.selftest() if not item.passed] == []
    again = board.power_cycle()
    client = again.connect()
    assert client.identify().program_crc == program_crc(PROGRAM)
    assert client.settings() == settings
    again.host.set_line_coding(1200)
    again.host.close_port()
    again.run_ms(100)
    assert again.chip.restarted
    assert again.chip.power.gpregret == 0xB0
    for place in kept_of(board)[:2]:
        assert again.chip.load(*place) == board.chip.load(*place)


@pytest.mark.parametrize("beyond", [1, 4096, 0x2_0000, 0xFFFF_FFFF - NANO33BLE.program_bytes])
def test_a_model_that_would_reach_the_loader_is_refused(board, beyond):
    """To the last byte below it is the firmware's."""
    client = board.connect()
    assert client.identify().program_capacity == NANO33BLE.program_bytes
    assert 0x3_2000 + NANO33BLE.program_bytes == WRITABLE.stop

    def begin(length: int) -> Frame:
        return board.ask(PROGRAM_BEGIN, length.to_bytes(4, "little") + bytes(4))

    assert begin(NANO33BLE.program_bytes).type != ERROR_TYPE
    assert begin(NANO33BLE.program_bytes + beyond).type == ERROR_TYPE
