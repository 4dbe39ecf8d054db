# SPDX-License-Identifier: GPL-3.0-or-later
"""From a click to a Nano 33 BLE that has the model, over ports that come and go."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from app.capture.discovery import DiscoveredPort
from app.core.errors import FlashError, FlashProblem
from app.deploy import samba
from app.deploy.flashing import FlashOutcome, FlashProgress, FlashResult, Stage
from app.deploy.images import MANIFEST
from app.deploy.nano33ble import Nano33BleFlasher, Patience
from app.deploy.nano33ble_ports import APPLICATION_ID, LOADER_ID, find_board, same_board
from app.deploy.program_file import program_crc
from app.deploy.virtual_bootloader import Layout
from tests.helpers.simulated import motion_program

if sys.platform != "linux":
    pytest.skip("the ports are pseudo-terminals that tell of hosts", allow_module_level=True)

from tests.helpers.nano_at_usb import NUMBER, SKETCH, NanoAtUsb

PROGRAM = motion_program()
IMAGE = b"\0\0\4\x20\x41\1\1\0" + bytes(range(1, 251)) * 64
VERSION = "9.8.7"
HURRY = Patience(
    ask_s=0.4, appear_s=1.0, open_s=0.5, restart_s=2.0, loader=samba.Patience(answer_s=0.3)
)


@pytest.fixture
def images(tmp_path: Path) -> Path:
    """A folder with firmware of version 9.8.7."""
    folder = tmp_path / "images"
    folder.mkdir()
    (folder / "nano33ble.bin").write_bytes(IMAGE)
    entry = {"bytes": len(IMAGE), "sha256": sha256(IMAGE).hexdigest()}
    manifest = {"version": VERSION, "images": {"nano33ble.bin": entry}}
    (folder / MANIFEST).write_text(json.dumps(manifest))
    return folder


def flash(
    nano: NanoAtUsb,
    images: Path,
    may_replace: bool = False,
    tell: Callable[[FlashProgress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> FlashOutcome:
    flasher = Nano33BleFlasher(nano.url, may_replace, images, HURRY, nano.ports)
    return flasher.flash(PROGRAM, tell, cancelled)


def fail(nano: NanoAtUsb, images: Path, may_replace: bool = True) -> FlashProblem:
    with pytest.raises(FlashError) as failed:
        flash(nano, images, may_replace)
    return failed.value.reason


def installed(nano: NanoAtUsb) -> bytes:
    return bytes(nano.flash[0x10000 : 0x10000 + len(IMAGE)])


@pytest.mark.parametrize("layout", Layout)
def test_a_sketch_is_replaced_after_a_question(tmp_path, images, layout):
    with NanoAtUsb(tmp_path, VERSION, layout=layout) as nano:
        before = bytes(nano.flash)
        assert fail(nano, images, may_replace=False) is FlashProblem.SKETCH
        assert (nano.restarts, nano.flash) == (0, before)
        stages: list[Stage] = []
        outcome = flash(nano, images, True, lambda step: stages.append(step.stage))
        assert outcome.result is FlashResult.SENT
        assert outcome.program is not None
        assert outcome.program.program_crc == program_crc(PROGRAM)
        assert outcome.port == nano.url == str(tmp_path / "ttyACM2")
        assert list(dict.fromkeys(stages)) == list(Stage)
        assert installed(nano) == IMAGE
        assert nano.flash[:0x10000] == before[:0x10000]
        assert nano.flash[0xE0000:] == before[0xE0000:]


def test_old_firmware_of_the_studio_is_replaced_without_one(tmp_path, images):
    with NanoAtUsb(tmp_path, VERSION, starts_as="0.0.1") as nano:
        assert flash(nano, images).result is FlashResult.SENT
        assert installed(nano) == IMAGE


def test_a_board_with_the_firmware_takes_the_model_alone(tmp_path, images):
    with NanoAtUsb(tmp_path, VERSION, starts_as=VERSION) as nano:
        assert flash(nano, images).result is FlashResult.SENT
        assert flash(nano, images).result is FlashResult.ALREADY_THERE
        assert nano.restarts == 0
        assert installed(nano).startswith(SKETCH[:8])


def test_a_touch_that_nobody_feels_is_helped_by_a_double_tap(tmp_path, images):
    with NanoAtUsb(tmp_path, VERSION) as nano:
        nano.hears_touch = False
        assert fail(nano, images) is FlashProblem.BOOT_MODE
        nano.double_tap()
        assert fail(nano, images, may_replace=False) is FlashProblem.SKETCH
        assert flash(nano, images, True).result is FlashResult.SENT
        assert installed(nano) == IMAGE


def test_another_boards_boot_loader_is_left_alone(tmp_path, images):
    with NanoAtUsb(tmp_path, VERSION) as nano, NanoAtUsb(other_folder(tmp_path), VERSION) as other:
        other.loader_number = "0" * 16 + "F" * 16
        other.double_tap()
        nano.others = other.ports()
        assert flash(nano, images, True).result is FlashResult.SENT
        assert installed(nano) == IMAGE
        assert installed(other).startswith(SKETCH[:8])


def test_a_loader_without_a_number_is_the_one_that_appears(tmp_path, images):
    with NanoAtUsb(tmp_path, VERSION) as nano:
        nano.loader_number = ""
        assert flash(nano, images, True).result is FlashResult.SENT


def test_a_cancelled_installation_is_taken_up_again(tmp_path, images):
    with NanoAtUsb(tmp_path, VERSION) as nano:
        seen: list[FlashProgress] = []
        outcome = flash(
            nano, images, True, seen.append, lambda: bool(seen) and seen[-1].done_bytes >= 8192
        )
        assert outcome.result is FlashResult.CANCELLED
        assert nano.ports()[0].usb == LOADER_ID
        assert flash(nano, images).result is FlashResult.SENT  # nothing is left to ask about
        assert installed(nano) == IMAGE


def test_a_touch_can_be_cancelled(tmp_path, images):
    with NanoAtUsb(tmp_path, VERSION) as nano:
        nano.hears_touch = False
        seen: list[Stage] = []
        outcome = flash(
            nano,
            images,
            True,
            lambda step: seen.append(step.stage),
            lambda: Stage.PREPARING in seen,
        )
        assert outcome.result is FlashResult.CANCELLED
        assert installed(nano).startswith(SKETCH[:8])


@pytest.mark.parametrize("message", [b"N#", b"I#", b"S", b"Y", b"Z"])
def test_a_board_that_is_pulled_is_flashed_once_it_is_back(tmp_path, images, message):
    with NanoAtUsb(tmp_path, VERSION) as nano:
        nano.unplug_at = lambda data: data.startswith(message)
        assert fail(nano, images) is FlashProblem.PORT_LOST
        nano.unplug_at = lambda _: False
        nano.double_tap()
        assert flash(nano, images, True).result is FlashResult.SENT
        assert installed(nano) == IMAGE


def test_firmware_that_does_not_come_back_is_told(tmp_path, images):
    with NanoAtUsb(tmp_path, VERSION) as nano:
        nano.comes_back = False
        assert fail(nano, images) is FlashProblem.SILENT
        assert installed(nano) == IMAGE
        nano.comes_back = True
        nano.double_tap()
        assert flash(nano, images).result is FlashResult.SENT


def test_firmware_of_another_version_coming_back_is_told(tmp_path, images):
    with NanoAtUsb(tmp_path, "0.0.1") as nano, pytest.raises(FlashError, match=r"0\.0\.1 answers"):
        flash(nano, images, True)


def test_a_port_that_is_not_there_is_told(tmp_path, images):
    flasher = Nano33BleFlasher(str(tmp_path / "ttyACM9"), True, images, HURRY, list)
    with pytest.raises(FlashError) as failed:
        flasher.flash(PROGRAM, lambda _: None, lambda: False)
    assert failed.value.reason is FlashProblem.NO_PORT


def test_a_damaged_installation_is_told_before_the_board_is_touched(tmp_path, images):
    (images / "nano33ble.bin").write_bytes(b"x" * len(IMAGE))
    with NanoAtUsb(tmp_path, VERSION) as nano:
        assert fail(nano, images) is FlashProblem.IMAGE_DAMAGED
        assert nano.restarts == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (NUMBER, "0" * 16 + NUMBER, True),
        (NUMBER.lower(), NUMBER, True),
        (NUMBER, "0" * 16 + NUMBER[::-1], False),
        (NUMBER, "", None),
        ("6&1A2B3C4D&0&2", NUMBER, None),
    ],
)
def test_serial_numbers_tell_whether_it_is_the_same_board(one, other, same):
    assert same_board(one, other) is same
    assert same_board(other, one) is same


def test_of_two_boards_that_appear_without_a_number_none_is_taken():
    new = [DiscoveredPort(f"COM{n}", "", usb=LOADER_ID) for n in (3, 4)]
    assert find_board(new, LOADER_ID, NUMBER, []) is None
    assert find_board(new[:1], LOADER_ID, NUMBER, []) is new[0]
    assert find_board(new, LOADER_ID, NUMBER, new[:1]) is new[1]
    assert find_board(new, APPLICATION_ID, NUMBER, []) is None


def other_folder(folder: Path) -> Path:
    made = folder / "other"
    made.mkdir()
    return made
