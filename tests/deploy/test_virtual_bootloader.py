# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulated boot loader of a Nano 33 BLE: byte for byte what Arduino's own answers, and proof
that Arduino's own tool can flash it (where ``TINYWRIGHT_BOSSAC`` names that)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.core.errors import DataError
from app.deploy import virtual_process
from app.deploy.samba import APPLICATION_BEGIN, APPLICATION_END, PAGE_BYTES
from app.deploy.simulator import Simulator
from app.deploy.virtual_bootloader import Layout, VirtualBootloader, new_flash, starts
from app.deploy.virtual_process import SimulateOptions

BOSSAC = "TINYWRIGHT_BOSSAC"
PAGE = bytes(range(256)) * 16


class Desk:
    """A boot loader and all that it said."""

    def __init__(self, layout: Layout = Layout.LOADER_FIRST, application: bytes = b"") -> None:
        self.flash = new_flash(layout, application)
        self.said = b""
        self.restarts = 0
        self.loader = VirtualBootloader(self.flash, self._hear, self._restart, layout)

    def _hear(self, data: bytes) -> None:
        self.said += data

    def _restart(self) -> None:
        self.restarts += 1

    def ask(self, *messages: bytes) -> bytes:
        self.said = b""
        for message in messages:
            self.loader.receive(message)
        return self.said

    def write(self, offset: int, page: bytes = PAGE) -> bytes:
        return self.ask(b"S00000000,00001000#", page, b"Y00000000,0#", b"Y%08X,00001000#" % offset)


def test_it_says_what_arduinos_says() -> None:
    desk = Desk()
    assert desk.ask(b"N#") == b"\n\r"
    version = b"Arduino Bootloader (SAM-BA extended) 2.0 [Arduino:IKXYZ]\n\r"
    assert desk.ask(b"V#").startswith(version)
    assert desk.ask(b"I#").startswith(b"nRF52840-QIAA\n\r")
    assert desk.ask(b"X00000000#") == b"X\n\r"
    assert desk.ask(b"K#") == b""
    assert desk.restarts == 1


@pytest.mark.parametrize("command", [b"W00000030,00000400#", b"w00000000,4#", b"G00000000#", b"#"])
def test_other_commands_of_samba_are_ignored(command: bytes) -> None:
    desk = Desk()
    assert desk.ask(command) == b""
    assert desk.ask(b"N#") == b"\n\r"


def test_erasing_everything_erases_nothing() -> None:
    desk = Desk(application=PAGE)
    before = bytes(desk.flash)
    desk.ask(b"X00000000#")
    assert desk.flash == before


def test_a_page_is_written_relative_to_the_application() -> None:
    desk = Desk()
    assert desk.write(0x2000) == b"Y\n\rY\n\r"
    begin = APPLICATION_BEGIN + 0x2000
    assert desk.flash[begin : begin + PAGE_BYTES] == PAGE


def test_the_check_sum_is_that_of_xmodem() -> None:
    desk = Desk(application=b"123456789")
    assert desk.ask(b"Z00000000,00000009#") == b"Z000031C3#\n\r"


def test_commands_and_data_may_come_in_any_pieces() -> None:
    desk = Desk()
    messages = b"S00000000,00001000#" + PAGE + b"Y00000000,0#Y00000000,00001000#"
    answer = desk.ask(*(messages[at : at + 61] for at in range(0, len(messages), 61)))
    assert answer == b"Y\n\rY\n\r"
    assert desk.flash[APPLICATION_BEGIN : APPLICATION_BEGIN + PAGE_BYTES] == PAGE


def test_a_write_off_the_page_does_not_erase_and_answers_all_the_same() -> None:
    desk = Desk(application=b"\x0f" * PAGE_BYTES)
    assert desk.write(0x10, b"\xf0" * PAGE_BYTES).endswith(b"Y\n\r")
    assert desk.flash[APPLICATION_BEGIN + 0x10] == 0


@pytest.mark.parametrize("layout", Layout)
def test_what_the_layouts_do_behind_the_applications_end(layout: Layout) -> None:
    desk = Desk(layout)
    before = bytes(desk.flash)
    desk.write(APPLICATION_END - APPLICATION_BEGIN)
    if layout is Layout.LOADER_LAST:
        assert desk.flash == before
        assert desk.ask(b"N#") == b""
    else:
        assert desk.flash[APPLICATION_END : APPLICATION_END + PAGE_BYTES] == PAGE


@pytest.mark.parametrize(
    "message",
    [
        b"S00000000,00002001#",
        b"Z00000000,00001001#",
        b"YFFFF0000,00001000#",
        b"N" * 64,
    ],
)
def test_what_would_overwrite_the_loader_halts_it(message: bytes) -> None:
    desk = Desk()
    before = bytes(desk.flash)
    assert desk.ask(message) == b""
    assert desk.loader.halted
    assert desk.ask(b"N#") == b""
    assert desk.flash == before


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        (b"\0\0\4\x20\1\0\1\0", True, True),
        (b"\xff\xff\xff\xff\1\0\1\0", False, False),
        (b"\0\0\4\x20\xff\xff\xff\xff", False, True),
        (b"\0\0\xff\xff\xff\xff\0\0", True, False),
    ],
)
def test_each_layout_knows_an_application_in_its_own_way(
    words: bytes, first: bool, last: bool
) -> None:
    assert starts(new_flash(Layout.LOADER_FIRST, words), Layout.LOADER_FIRST) is first
    assert starts(new_flash(Layout.LOADER_LAST, words), Layout.LOADER_LAST) is last


def test_other_boards_have_no_emulated_boot_loader() -> None:
    with pytest.raises(DataError, match="no emulated boot loader"):
        virtual_process.run(SimulateOptions(board="esp32", bootloader=True))


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is needed")
def test_arduinos_own_tool_identifies_writes_and_verifies(tmp_path: Path) -> None:
    tool = os.environ.get(BOSSAC)
    if not tool:
        pytest.skip(f"needs Arduino's bossac (of its branch nrf): {BOSSAC} names no binary")
    image = tmp_path / "image.bin"
    image.write_bytes(bytes(range(1, 250)) * 100)
    with Simulator(SimulateOptions(board="nano33ble", bootloader=True)) as simulator:
        done = subprocess.run(
            [tool, "-d", f"--port={simulator.url}", "-U", "-i", "-e", "-w", "-v", str(image), "-R"],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nRF52840-QIAA" in done.stdout
    assert "[Arduino:IKXYZ]" in done.stdout
    assert "Verify successful" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is needed")
def test_arduinos_own_tool_sees_what_is_wrong(tmp_path: Path) -> None:
    tool = os.environ.get(BOSSAC)
    if not tool:
        pytest.skip(f"needs Arduino's bossac (of its branch nrf): {BOSSAC} names no binary")
    image = tmp_path / "image.bin"
    image.write_bytes(PAGE)
    with Simulator(SimulateOptions(board="nano33ble", bootloader=True)) as simulator:
        done = subprocess.run(
            [tool, f"--port={simulator.url}", "-U", "-v", str(image)],
            capture_output=True,
            timeout=60,
            check=False,
        )
    assert done.returncode != 0
