# SPDX-License-Identifier: GPL-3.0-or-later
"""Installing firmware with the real esptool: chips, flash that fails, resets, bauds, cancelling."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from app.core.board import ESP32
from app.core.errors import FlashError, FlashProblem
from app.deploy.esp32_loader import (
    AT_A_DEVICE,
    AT_A_SERVED_DEVICE,
    IMAGE_OFFSET,
    MARK,
    MARK_AT,
    OVER_BYTES_ALONE,
    Approach,
    approach_for,
    install,
)
from app.deploy.flashing import FlashProgress, Stage
from app.deploy.images import read_image
from app.deploy.loader_port import LoaderPort
from tests.helpers.fake_rom import (
    IMAGE,
    SKETCH,
    Chip,
    FakeRom,
    Request,
    RomAtPty,
    RomAtTcp,
    Wire,
    honest,
)
from tests.helpers.ports import old_names, wait_until
from tests.helpers.rom_faults import STAGES, Fault
from tests.helpers.served_rom import RomAtRfc2217

pytestmark = pytest.mark.usefixtures("no_pauses")

needs_pty = pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")

PLAIN = Approach(resets=False, stub=False, bauds=(115_200,), attempts=3)


def never() -> bool:
    return False


def tried(
    rom: FakeRom,
    approach: Approach = PLAIN,
    progress: Callable[[FlashProgress], None] = lambda _step: None,
    cancelled: Callable[[], bool] = never,
    may_replace: bool = False,
) -> bool:
    with RomAtTcp(rom) as board:
        return install(board.url, IMAGE, may_replace, progress, cancelled, approach)


def refused(rom: FakeRom) -> FlashError:
    """The error of an installation that must write nothing."""
    before = bytes(rom.flash)
    with pytest.raises(FlashError) as error:
        tried(rom)
    assert bytes(rom.flash) == before
    return error.value


def written(rom: FakeRom) -> bytes:
    return bytes(rom.flash[IMAGE_OFFSET : IMAGE_OFFSET + len(IMAGE)])


# --- chips ------------------------------------------------------------------------------------

OTHER_CHIPS = {
    "ESP8266": Chip(magic=0xFFF0C101),
    "ESP32-S2": Chip(magic=0x000007C6),
    "ESP32-C3": Chip(chip_id=5),
    "ESP32-S3": Chip(chip_id=9),
    "ESP32-C2": Chip(chip_id=12),
    "ESP32-C6": Chip(chip_id=13),
    "ESP32-H2": Chip(chip_id=16),
    "ESP32-P4": Chip(chip_id=18),
    "ESP32-C5": Chip(chip_id=23),
}


@pytest.mark.parametrize("name", OTHER_CHIPS)
def test_another_chip_is_named_before_anything_is_written(name: str) -> None:
    error = refused(FakeRom(OTHER_CHIPS[name]))
    assert error.reason is FlashProblem.WRONG_CHIP
    assert str(error.why) == f"It is an {name}."


@pytest.mark.parametrize("chip", [Chip(magic=0x12345678), Chip(chip_id=200)])
def test_a_chip_that_nobody_knows_is_not_written_to(chip: Chip) -> None:
    assert refused(FakeRom(chip)).reason is FlashProblem.WRONG_CHIP


@pytest.mark.parametrize("bits", [0b1, 0b111, 0b1000000])
def test_encrypted_flash_is_not_written_to(bits: int) -> None:
    error = refused(FakeRom(Chip(fuses={0: bits << 20})))
    assert error.reason is FlashProblem.ENCRYPTED_FLASH


def test_signed_firmware_is_not_replaced() -> None:
    first, second = Chip(fuses={6: 1 << 4}), Chip(fuses={6: 1 << 5}, revision_3=True)
    for chip in (first, second):
        assert refused(FakeRom(chip)).reason is FlashProblem.SECURE_BOOT


@pytest.mark.parametrize(
    "chip",
    [Chip(fuses={0: 0b11 << 20}), Chip(fuses={6: 1 << 5}), Chip(revision_3=True)],
    ids=["decrypted again", "a bit that means nothing yet", "revision 3"],
)
def test_fuses_that_forbid_nothing_are_no_obstacle(chip: Chip) -> None:
    rom = FakeRom(chip)
    assert tried(rom)
    assert written(rom) == IMAGE


@pytest.mark.parametrize("flash_id", [0x000000, 0xFFFFFF])
def test_a_flash_that_does_not_answer_is_told(flash_id: int) -> None:
    assert refused(FakeRom(Chip(flash_id=flash_id))).reason is FlashProblem.NO_FLASH


def test_a_flash_of_unknown_size_is_written() -> None:
    rom = FakeRom(Chip(flash_id=0x4240EF))
    assert tried(rom)
    assert written(rom) == IMAGE


# --- flash that fails -------------------------------------------------------------------------

BAD_FLASH: dict[str, Callable[[FakeRom], object]] = {
    "a bit that does not clear": lambda rom: setattr(rom, "stick", IMAGE_OFFSET + 0x100),
    "write protection": lambda rom: setattr(rom, "protected", True),
    "an erase that does nothing": lambda rom: setattr(rom, "keeps_old", True),
    "a block that goes astray": lambda rom: setattr(rom, "lost_block", 2),
    "another check sum": lambda rom: setattr(rom, "md5_as", lambda _: b"0" * 32),
    "no check sum": lambda rom: setattr(rom, "md5_as", lambda _: b"\xff" * 32),
}


@pytest.mark.parametrize("damage", BAD_FLASH)
def test_what_is_in_the_flash_is_compared(damage: str) -> None:
    rom = FakeRom()
    rom.flash[IMAGE_OFFSET : IMAGE_OFFSET + 0x2000] = b"\x5a" * 0x2000
    BAD_FLASH[damage](rom)
    with pytest.raises(FlashError) as error:
        tried(rom, may_replace=True)
    assert error.value.reason is FlashProblem.VERIFY_FAILED
    healthy = FakeRom(flash=rom.flash)
    assert tried(healthy, may_replace=True)
    assert written(healthy) == IMAGE


def test_a_check_sum_in_capitals_is_the_same() -> None:
    assert tried(FakeRom(md5_as=lambda found: found.upper().encode()))


# --- loaders, bauds, resets -------------------------------------------------------------------


def test_how_a_boot_loader_is_spoken_to_follows_from_its_port() -> None:
    assert approach_for("/dev/ttyUSB0") is approach_for("COM3") is AT_A_DEVICE
    assert approach_for("socket://127.0.0.1:5555") is OVER_BYTES_ALONE
    assert approach_for("rfc2217://10.0.0.2:2217") is AT_A_SERVED_DEVICE
    assert not OVER_BYTES_ALONE.resets
    assert not OVER_BYTES_ALONE.stub


@needs_pty
def test_a_device_gets_the_faster_loader_and_a_higher_baud_rate() -> None:
    rom = FakeRom()
    with RomAtPty(rom) as board:
        assert install(board.url, IMAGE, False, lambda _: None, never, AT_A_DEVICE)
    assert (rom.stub, rom.baud) == (True, 921_600)
    assert written(rom) == IMAGE


def test_over_a_network_the_rom_itself_starts_what_it_has_written() -> None:
    rom = FakeRom()
    assert tried(rom, OVER_BYTES_ALONE)
    assert (rom.stub, rom.baud, rom.started) == (False, 0, True)


@needs_pty
@pytest.mark.parametrize("stage", ["stub", "baud", "erase", "check"])
def test_trouble_at_a_high_baud_rate_is_mended_by_a_lower_one(stage: str) -> None:
    rom = FakeRom()
    troubled: list[int] = []

    def only_slowly(request: Request, at: FakeRom, answer: Callable[[], list[bytes]]) -> Wire:
        if STAGES["sync"](request):
            at.power_cycle()  # what the reset lines do, which a pty has not
        if STAGES[stage](request) and (at.baud == 921_600 or not troubled):
            troubled.append(at.baud)
            return [b"\xff" * 8]
        return honest(request, at, answer)

    approach = replace(AT_A_DEVICE, bauds=(921_600, 460_800), patience=0.3)
    with RomAtPty(rom, only_slowly) as board:
        assert install(board.url, IMAGE, False, lambda _: None, never, approach)
    assert set(troubled) == {921_600 if stage in ("erase", "check") else 0}
    assert written(rom) == IMAGE
    assert rom.baud == 460_800


def test_over_a_network_a_broken_write_is_begun_again() -> None:
    rom = FakeRom()
    with RomAtTcp(rom, Fault("erase", "half a frame, once")) as board:
        approach = replace(OVER_BYTES_ALONE, patience=0.1)
        assert install(board.url, IMAGE, False, lambda _: None, never, approach)
    assert written(rom) == IMAGE


@old_names
@pytest.mark.parametrize("max_baud", [921_600, 460_800])
def test_lines_bring_the_board_into_its_boot_loader_and_out(max_baud: int) -> None:
    with RomAtRfc2217(FakeRom(), max_baud=max_baud) as board:
        assert install(board.url, IMAGE, False, lambda _: None, never)
        assert board.starts[-1] is False
        assert True in board.starts
    assert written(board.rom) == IMAGE


@old_names
def test_a_board_that_starts_its_program_instead_is_in_the_wrong_mode() -> None:
    approach = replace(PLAIN, resets=True, patience=0.02, attempts=2)
    with RomAtRfc2217(FakeRom(), broken=True) as board, pytest.raises(FlashError) as error:
        install(board.url, IMAGE, False, lambda _: None, never, approach)
    assert error.value.reason is FlashProblem.BOOT_MODE
    assert "Wrong boot mode detected (0x13)" in str(error.value.why)


# --- what was on the board --------------------------------------------------------------------


def with_sketch() -> FakeRom:
    rom = FakeRom()
    rom.flash[IMAGE_OFFSET : IMAGE_OFFSET + len(SKETCH)] = SKETCH
    return rom


def test_a_sketch_is_replaced_only_where_it_may_be() -> None:
    rom = with_sketch()
    assert refused(rom).reason is FlashProblem.SKETCH
    rom.power_cycle()
    assert tried(rom, may_replace=True)
    assert written(rom) == IMAGE


@old_names
@pytest.mark.parametrize("fuses", [{}, {0: 1 << 20}], ids=["sketch", "encrypted"])
def test_a_board_that_is_refused_goes_on_with_what_it_did(fuses: dict[int, int]) -> None:
    rom = with_sketch()
    rom.chip = Chip(fuses=fuses)
    with RomAtRfc2217(rom) as board:
        with pytest.raises(FlashError):
            install(board.url, IMAGE, False, lambda _: None, never)
        wait_until(lambda: board.starts == [True, False])
    assert rom.flash[IMAGE_OFFSET : IMAGE_OFFSET + len(SKETCH)] == SKETCH


def test_own_firmware_is_replaced_without_a_question() -> None:
    """That of another version, which does not answer, or what broke off while it was installed."""
    for there in (IMAGE[:-1] + b"\0", IMAGE[:1024], b""):
        rom = FakeRom()
        rom.flash[IMAGE_OFFSET : IMAGE_OFFSET + len(there)] = there
        assert tried(rom)
        assert written(rom) == IMAGE


def test_the_image_has_the_mark_of_the_studio() -> None:
    assert read_image(ESP32.image)[MARK_AT:].startswith(MARK)


# --- progress and cancelling ------------------------------------------------------------------


def test_progress_is_told_by_bytes_and_in_order() -> None:
    steps: list[FlashProgress] = []
    assert tried(FakeRom(), progress=steps.append)
    order = list(Stage)
    stages = [order.index(step.stage) for step in steps]
    assert stages == sorted(stages)
    installing = [step.done_bytes for step in steps if step.stage is Stage.INSTALLING]
    assert installing == [0, 1024, 2048, 3072, 4096]
    assert {step.total_bytes for step in steps} == {len(IMAGE)}


@pytest.mark.parametrize("stage", sorted(STAGES.keys() - {"stub", "baud"}))
def test_it_can_be_cancelled_at_any_stage_and_then_done(stage: str) -> None:
    rom = FakeRom()
    reached: list[bool] = []

    def watch(request: Request, at: FakeRom, answer: Callable[[], list[bytes]]) -> Wire:
        if STAGES[stage](request):
            reached.append(True)
            return []  # nobody waits for this answer until it is too late
        return honest(request, at, answer)

    with RomAtTcp(rom, watch) as board:
        done = install(board.url, IMAGE, False, lambda _: None, lambda: bool(reached), PLAIN)
    assert not done
    rom.power_cycle()
    assert tried(rom)
    assert written(rom) == IMAGE


def test_nothing_is_said_on_standard_output(capfd: pytest.CaptureFixture[str]) -> None:
    assert tried(FakeRom())
    with pytest.raises(FlashError):
        tried(FakeRom(OTHER_CHIPS["ESP8266"]))
    assert capfd.readouterr() == ("", "")


# --- ports ------------------------------------------------------------------------------------


def test_a_port_that_is_not_there_is_told() -> None:
    with pytest.raises(FlashError) as error:
        install("/dev/none-such", IMAGE, False, lambda _: None, never)
    assert error.value.reason is FlashProblem.NO_PORT


@needs_pty
def test_who_holds_a_busy_port_is_told() -> None:
    with RomAtPty(FakeRom()) as board:
        holder = LoaderPort(board.url, 115_200, never)
        try:
            with pytest.raises(FlashError) as error:
                install(board.url, IMAGE, False, lambda _: None, never)
        finally:
            holder.close()
    assert error.value.reason is FlashProblem.BUSY_PORT
    if sys.platform == "linux":
        assert "It is in use by" in str(error.value.why)
