# SPDX-License-Identifier: GPL-3.0-or-later
"""From a blank ESP32 to one that runs the model, by esptool against the chip's real ROM."""

from __future__ import annotations

from pathlib import Path

from app.core.board import ESP32
from app.deploy.esp32 import Esp32Flasher
from app.deploy.esp32_loader import IMAGE_OFFSET
from app.deploy.flashing import FlashProgress, FlashResult, Stage
from app.deploy.images import read_image
from app.deploy.program_file import program_crc
from tests.helpers.esp32_emulator import FLASH_BYTES, PROGRAM_AT, emulated, listens
from tests.helpers.ports import wait_until
from tests.helpers.simulated import motion_program

PROGRAM = motion_program()


def test_a_blank_chip_gets_the_firmware_and_the_model_then_the_model_alone(tmp_path: Path) -> None:
    chip = tmp_path / "flash.bin"
    chip.write_bytes(b"\xff" * FLASH_BYTES)
    first: list[FlashProgress] = []
    again: list[FlashProgress] = []
    with emulated(chip, download=True) as emulator:
        wait_until(lambda: listens(emulator.url))
        flasher = Esp32Flasher(emulator.url)
        sent = flasher.flash(PROGRAM, first.append, lambda: False)
        found = flasher.flash(PROGRAM, again.append, lambda: False)
    assert sent.result is FlashResult.SENT
    assert found.result is FlashResult.ALREADY_THERE
    for outcome in (sent, found):
        assert outcome.board is not None
        assert outcome.board.board == ESP32.id
        assert outcome.program is not None
        assert outcome.program.program_crc == program_crc(PROGRAM)
    assert [stage for stage in Stage if stage in {step.stage for step in first}] == list(Stage)
    assert {step.stage for step in again} == {Stage.CONNECTING, Stage.VERIFYING}
    stored = chip.read_bytes()
    image = read_image(ESP32.image)
    assert stored[IMAGE_OFFSET : IMAGE_OFFSET + len(image)] == image
    assert stored[PROGRAM_AT : PROGRAM_AT + len(PROGRAM)] == PROGRAM
