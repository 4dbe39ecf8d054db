# SPDX-License-Identifier: GPL-3.0-or-later
"""From an ESP32 in its boot loader to one that runs the model: the fake ROM starts a simulated
board, which stands for the firmware."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.capture.messages import Identity
from app.core.board import ESP32, NANO33BLE
from app.core.errors import DeployError, FlashError, FlashProblem
from app.deploy.esp32 import Esp32Flasher, Patience
from app.deploy.esp32_loader import IMAGE_OFFSET
from app.deploy.flasher import flasher_for
from app.deploy.flashing import FlashOutcome, FlashProgress, FlashResult, Stage
from app.deploy.program_file import program_crc
from app.deploy.simulator import Simulator
from app.deploy.virtual_process import SimulateOptions
from tests.helpers.fake_rom import IMAGE, SKETCH, Chip, FakeRom, RomAtTcp
from tests.helpers.ports import old_names
from tests.helpers.served_rom import RomAtRfc2217
from tests.helpers.simulated import Bench, motion_program

PROGRAM = motion_program()
QUICKLY = Patience(ask_s=0.4, restart_s=3.0)


@pytest.fixture
def images(tmp_path: Path) -> Path:
    """Firmware 1.2.3 and its manifest."""
    (tmp_path / ESP32.image).write_bytes(IMAGE)
    entry = {"bytes": len(IMAGE), "sha256": hashlib.sha256(IMAGE).hexdigest()}
    manifest = {"version": "1.2.3", "images": {ESP32.image: entry}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    return tmp_path


@pytest.fixture
def firmware() -> Iterator[Bench]:
    with Bench(ESP32) as bench:
        bench.speed = None  # a socket carries bytes at any
        yield bench


def flash(
    url: str,
    images: Path,
    progress: Callable[[FlashProgress], None] = lambda _step: None,
    cancelled: Callable[[], bool] = lambda: False,
    may_replace: bool = False,
) -> FlashOutcome:
    return Esp32Flasher(url, may_replace, images, QUICKLY).flash(PROGRAM, progress, cancelled)


@pytest.mark.usefixtures("no_pauses")
def test_a_board_in_its_boot_loader_gets_the_firmware_and_the_model(
    images: Path, firmware: Bench
) -> None:
    steps: list[FlashProgress] = []
    with RomAtTcp(FakeRom(), firmware=firmware.say) as board:
        outcome = flash(board.url, images, steps.append)
        again = flash(board.url, images)
    assert (outcome.result, again.result) == (FlashResult.SENT, FlashResult.ALREADY_THERE)
    assert outcome.program is not None
    assert outcome.program.program_crc == program_crc(PROGRAM)
    assert board.rom.flash[0x1000 : 0x1000 + len(IMAGE)] == IMAGE
    told = [step.stage for step in steps]
    assert sorted(told, key=list(Stage).index) == told
    assert set(told) == set(Stage)


@pytest.mark.usefixtures("no_pauses")
def test_old_firmware_is_replaced_and_the_same_is_left_alone(
    images: Path, firmware: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[bool] = []
    versions = ["1.2.2", "1.2.2", "1.2.3", "1.2.3"]

    def install(*_: object) -> bool:
        installed.append(True)
        return True

    def identify(_url: str, _patience_s: float) -> Identity:
        return Identity(1, 256, 0, 0, 0, 0, 0, ESP32.id, versions.pop(0), "", "")

    monkeypatch.setattr("app.deploy.esp32_loader.install", install)
    monkeypatch.setattr("app.deploy.own_firmware.identify", identify)
    rom = FakeRom()
    rom.started = True
    with RomAtTcp(rom, firmware=firmware.say) as board:
        first = flash(board.url, images)
        assert (len(installed), versions) == (1, ["1.2.3"])
        second = flash(board.url, images)
    assert (first.result, second.result) == (FlashResult.SENT, FlashResult.ALREADY_THERE)
    assert len(installed) == 1


@pytest.mark.usefixtures("no_pauses")
def test_firmware_that_does_not_answer_afterwards_is_told(images: Path) -> None:
    with (
        RomAtTcp(FakeRom(), firmware=lambda _data: b"") as board,
        pytest.raises(FlashError, match="installed, but the board does not answer") as error,
    ):
        flash(board.url, images)
    assert error.value.reason is FlashProblem.SILENT


@pytest.mark.usefixtures("no_pauses")
def test_firmware_that_stays_the_old_one_is_told(
    images: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def identify(_url: str, _patience_s: float) -> Identity:
        return Identity(1, 256, 0, 0, 0, 0, 0, ESP32.id, "0.9", "", "")

    monkeypatch.setattr("app.deploy.esp32_loader.install", lambda *_: True)
    monkeypatch.setattr("app.deploy.own_firmware.identify", identify)
    flasher = Esp32Flasher("socket://nobody:1", False, images, Patience(0.1, 0.1))
    with pytest.raises(FlashError, match=r"Firmware 0\.9 answers") as error:
        flasher.flash(PROGRAM, lambda _: None, lambda: False)
    assert error.value.reason is FlashProblem.SILENT


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.INSTALLING, Stage.RESTARTING])
def test_it_can_be_cancelled_while_the_firmware_is_installed(
    images: Path, firmware: Bench, stage: Stage
) -> None:
    steps: list[FlashProgress] = []
    with RomAtTcp(FakeRom(), firmware=firmware.say) as board:
        outcome = flash(board.url, images, steps.append, lambda: steps[-1].stage is stage)
        assert (outcome.result, outcome.board) == (FlashResult.CANCELLED, None)
        assert flash(board.url, images).result is FlashResult.SENT


@pytest.mark.usefixtures("no_pauses")
@old_names
def test_a_board_behind_a_serial_server_goes_the_whole_way(images: Path, firmware: Bench) -> None:
    """Its sketch prints nothing that anybody understands; then the studio's firmware answers."""
    rom = FakeRom()
    rom.flash[IMAGE_OFFSET : IMAGE_OFFSET + len(SKETCH)] = SKETCH
    with RomAtRfc2217(rom, firmware.say) as board:
        with pytest.raises(FlashError) as error:
            flash(board.url, images)
        assert error.value.reason is FlashProblem.SKETCH
        sent = flash(board.url, images, may_replace=True)
        again = flash(board.url, images)
    assert (sent.result, again.result) == (FlashResult.SENT, FlashResult.ALREADY_THERE)


def test_an_image_that_is_missing_or_damaged_is_told_before_the_board_is_touched(
    images: Path,
) -> None:
    image = images / ESP32.image
    image.write_bytes(IMAGE[:-1])
    rom = FakeRom()
    before = bytes(rom.flash)
    with RomAtTcp(rom) as board:
        with pytest.raises(FlashError, match="not what the manifest says") as damaged:
            flash(board.url, images)
        image.unlink()
        with pytest.raises(FlashError) as missing:
            flash(board.url, images)
    assert damaged.value.reason is missing.value.reason is FlashProblem.IMAGE_DAMAGED
    assert bytes(rom.flash) == before


@pytest.mark.usefixtures("no_pauses")
def test_what_the_loader_refuses_is_told(images: Path) -> None:
    with RomAtTcp(FakeRom(Chip(chip_id=5))) as board, pytest.raises(FlashError) as error:
        flash(board.url, images)
    assert error.value.reason is FlashProblem.WRONG_CHIP


def test_another_kind_of_board_is_not_overwritten() -> None:
    with (
        Simulator(SimulateOptions(board=NANO33BLE.id)) as simulator,
        pytest.raises(DeployError, match="not the board that was chosen"),
    ):
        flasher_for(ESP32.id, simulator.url).flash(PROGRAM, lambda _: None, lambda: False)


def test_a_port_that_is_not_there_has_its_reason() -> None:
    with pytest.raises(FlashError) as error:
        flasher_for(ESP32.id, "/dev/none-such").flash(PROGRAM, lambda _: None, lambda: False)
    assert error.value.reason is FlashProblem.NO_PORT
