# SPDX-License-Identifier: GPL-3.0-or-later
"""Who a board says it is, what settings make of it, and how it tests itself."""

from __future__ import annotations

import re
import struct
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from app.capture.messages import (
    REQUESTS,
    Flag,
    Status,
)
from app.core.board_settings import Action, ActionKind, BoardSettings
from app.deploy import selftest
from app.deploy.images import read_manifest
from app.deploy.program_file import program_crc
from tests.firmware.application.common import (
    FLASH_BYTES,
    ON_THE_BUS,
    OWN_PROGRAM,
    PAGE_BYTES,
    PROGRAM,
    THREE_PINS,
    refusal_of,
    refused,
)
from tests.helpers.golden_programs import golden_program, golden_vectors

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")


def stored_page(record: bytes, number: int = 0) -> bytes:
    """A page of flash as ``firmware/application/storing.c`` writes it."""
    covered = struct.pack("<2I", len(record), number) + record
    return (struct.pack("<I", zlib.crc32(covered)) + covered).ljust(PAGE_BYTES, b"\xff")


ERASED_PAGE = b"\xff" * PAGE_BYTES


def write_pages(flash: Path, *pages: bytes) -> None:
    with flash.open("r+b") as file:
        file.seek(FLASH_BYTES)
        file.write(b"".join(pages))


def test_it_says_who_it_is(board):
    identity = board.client.identify()
    assert (identity.protocol, identity.board) == (1, "host")
    assert identity.flags == Flag.SETTINGS | Flag.SELFTEST | Flag.LINK_SPEED
    assert identity.program_capacity == FLASH_BYTES
    assert identity.firmware == read_manifest().version
    assert identity.program_crc == 0


def test_what_it_does_not_know_it_refuses(board):
    for payload in (b"", b"\1"):
        refusal = refusal_of(board.ask(0x55, payload))
        assert (refusal.status, refusal.request) == (Status.UNKNOWN_REQUEST, 0x55)


@pytest.mark.parametrize("type_", [type_ for type_ in REQUESTS if type_ < 0x70], ids=hex)
def test_a_payload_that_is_too_long_is_refused(board, type_):
    status = refusal_of(board.ask(type_, b"\1" * 2044)).status
    open_ended = {0x11: Status.NOT_BEGUN, 0x21: Status.NOT_BEGUN, 0x51: Status.NO_ROOM}
    assert status == open_ended.get(type_, Status.BAD_PAYLOAD)


def test_pins_that_are_set_become_channels(board):
    assert board.client.sensors() == ()
    board.client.write_settings(BoardSettings(analogue_pins=(2, 0), touch_pins=(3,)))
    listed = [(c.name, c.unit, c.sensor) for c in board.client.sensors()]
    assert listed == [("adc2", "V", "adc"), ("adc0", "V", "adc"), ("touch3", "", "touch")]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (BoardSettings(analogue_pins=(9,)), "analogue"),
        (BoardSettings(touch_pins=(9,)), "touch"),
        (BoardSettings(actions=(Action(0, ActionKind.SET, pin=9),)), "must not be driven"),
        (BoardSettings(i2c_sda=8, i2c_scl=9), "bus"),
    ],
)
def test_settings_it_cannot_follow_change_nothing(board, wrong, why):
    board.client.write_settings(THREE_PINS)
    with refused(Status.BAD_PAYLOAD, why):
        board.client.write_settings(wrong)
    assert board.client.settings() == THREE_PINS


def test_a_hidden_part_is_not_listed(board):
    board.client.write_settings(ON_THE_BUS)
    shown = [channel.sensor for channel in board.client.sensors()]
    assert shown == ["ADXL345", "ADXL345", "ADXL345", "adc"]
    board.client.write_settings(replace(ON_THE_BUS, hidden_parts=("LSM6DSO", "ADXL345")))
    assert [channel.name for channel in board.client.sensors()] == ["adc0"]
    assert board.client.start_stream(100.0, [0], lambda _: None) == 100.0
    board.client.stop_stream()
    board.client.write_settings(replace(ON_THE_BUS, hidden_parts=("ADXL", "ADXL3456", "adxl345")))
    assert len(board.client.sensors()) == 4  # none of them is its name


@pytest.mark.parametrize(
    ("own_hz", "real_hz"), [(None, 100.0), (62.5, 62.5), (0.001, 0.1), (4000.0, 1000.0)]
)
def test_a_stream_that_names_no_rate_has_the_boards_own(board, own_hz, real_hz):
    board.client.write_settings(replace(THREE_PINS, rate_hz=own_hz))
    assert board.client.start_stream(None, [0], lambda _: None) == real_hz
    assert board.client.start_stream(25.0, [0], lambda _: None) == 25.0


EVERYTHING = BoardSettings(
    (0, 1, 2),
    (3,),
    actions=(Action(1, ActionKind.PULSE, 5, 30), Action(0, ActionKind.PRINT, text="flex")),
    hidden_parts=("ADXL345",),
    rate_hz=50.0,
    prints_answers=True,
)


def test_settings_outlive_new_programs_and_restarts(board):
    board.client.write_settings(EVERYTHING)
    for program in (OWN_PROGRAM, PROGRAM):
        board.client.send_program(program)
        assert board.client.settings() == EVERYTHING
        board.restart()
        assert board.client.identify().program_crc == program_crc(program)
        assert board.client.settings() == EVERYTHING
    board.client.erase_program()
    board.restart()
    board.client.identify()
    assert board.client.settings() == EVERYTHING
    assert board.log == []


@pytest.mark.parametrize(
    ("at", "damage", "why"),
    [
        (0, b"\0", "damaged"),  # the check sum
        (4, b"\0\0\0\1", "damaged"),  # the length
        (12, b"\7", "damaged"),  # the record
        (0, bytes(64), "damaged"),
        (0, stored_page(b""), "version"),
        (0, stored_page(b"\1\0\0\0\xff\xff\0"), "version"),
        (0, stored_page(BoardSettings((9,)).to_bytes()), "analogue"),
    ],
    ids=["check sum", "length", "record", "zeros", "empty", "version", "pin"],
)
def test_stored_settings_that_are_no_use_are_told(board, tmp_path, at, damage, why):
    board.client.write_settings(THREE_PINS)
    board.client.send_program(OWN_PROGRAM)
    with (tmp_path / "flash").open("r+b") as flash:
        flash.seek(FLASH_BYTES + at)
        flash.write(damage)
    board.restart()
    assert board.client.identify().program_crc == program_crc(OWN_PROGRAM)
    assert board.log
    assert "settings cannot be used" in board.log[0]
    assert why in board.log[0]
    assert board.client.settings() == BoardSettings()
    board.client.write_settings(THREE_PINS)
    board.log.clear()
    board.restart()
    board.client.identify()
    assert board.log == []
    assert board.client.settings() == THREE_PINS


NEW = BoardSettings((1,), rate_hz=25.0)


@pytest.mark.parametrize("written", [0, 3, 11, 12, 20, len(NEW.to_bytes()) + 11])
def test_a_power_cut_while_settings_are_stored_leaves_those_in_force(board, tmp_path, written):
    new = stored_page(NEW.to_bytes(), number=1)[:written].ljust(PAGE_BYTES, b"\xff")
    board.client.write_settings(THREE_PINS)
    write_pages(tmp_path / "flash", stored_page(THREE_PINS.to_bytes()), new)
    board.restart()
    assert board.client.settings() == THREE_PINS
    board.client.write_settings(NEW)
    board.restart()
    board.client.identify()
    assert board.client.settings() == NEW
    assert board.log == []


@pytest.mark.parametrize(
    ("first", "second", "newer"),
    [(0, 1, 1), (8, 7, 0), (2**32 - 1, 0, 1), (0, 2**32 - 1, 0), (5, None, 0), (None, 5, 1)],
)
def test_the_settings_stored_last_are_in_force(board, tmp_path, first, second, newer):
    board.client.identify()
    pages = [
        ERASED_PAGE if number is None else stored_page(settings.to_bytes(), number)
        for settings, number in ((THREE_PINS, first), (NEW, second))
    ]
    write_pages(tmp_path / "flash", *pages)
    for _ in range(3):  # each write goes where the settings in force are not
        board.restart()
        board.client.identify()
        in_force = board.client.settings()
        assert in_force == (THREE_PINS, NEW)[newer]
        board.client.write_settings(NEW if in_force == THREE_PINS else THREE_PINS)
        newer = 1 - newer
    assert board.log == []


ITEMS = ["clock", "sampling", "sensors", "pins", "analogue", "flash", "engine", "model"]


def test_it_tests_itself(board):
    items = list(board.client.selftest())
    assert [item.item for item in items] == list(range(len(ITEMS)))
    assert [item.name for item in items] == ITEMS
    assert all(item.passed and item.text for item in items)
    found = {item.name: item.text for item in items}
    assert found["pins"] == "Pulled, not driven. Pins that follow: 4 5 6 7."
    assert found["analogue"].startswith("Pin 0: ")
    assert "erased again" in found["flash"]
    assert found["engine"].startswith("2 networks give the bytes that they must on 8 windows")
    assert found["model"] == "No model is stored."
    assert board.told == []  # no pin was driven


def test_pins_are_driven_where_that_is_allowed_and_no_setting_uses_them(board):
    act = Action(0, ActionKind.SET, pin=5)
    board.client.write_settings(BoardSettings(analogue_pins=(0, 1, 2, 3), actions=(act,)))
    found = {item.name: item.text for item in board.client.selftest(drive_pins=True)}
    assert found["pins"] == "Pulled and driven. Pins that follow: 4 6 7."
    assert found["analogue"] == "No analogue pin is free."
    assert board.told == [f"pin {pin} {level}" for pin in (4, 6, 7) for level in (1000, 0)]


def test_it_tests_itself_with_a_stored_model_and_keeps_it(board):
    program, vectors = golden_program("network"), golden_vectors("network")
    board.client.send_program(program.to_bytes())
    items = {item.name: item for item in board.client.selftest()}
    assert items["model"].passed
    assert re.fullmatch(r"One window takes \d+ us\.", items["model"].text)
    assert items["engine"].passed  # beside the model, in the same memory
    assert refusal_of(board.ask(0x22)).status == Status.NOT_BEGUN  # a sent window is gone
    answer = board.client.run_window(
        vectors.windows[0], program.input.channels, program.input.rate_hz
    )
    assert answer.output.tolist() == vectors.outputs[0].tolist()


def test_a_test_of_flash_leaves_program_and_settings_alone(board):
    info = board.client.send_program(PROGRAM)
    board.client.write_settings(THREE_PINS)
    assert all(item.passed for item in board.client.selftest())
    board.restart()
    assert board.client.program_info() == info
    assert board.client.settings() == THREE_PINS


def test_an_echo_brings_back_what_was_sent_with_a_time_that_goes_on(board):
    longest = bytes(n % 256 for n in range(board.client.most_echoed))
    times_us = [board.client.echo(data) for data in (b"", b"abc", longest)]
    assert times_us == sorted(times_us)
    refusal = refusal_of(board.ask(0x06, longest + b"x"))
    assert refusal.status == Status.BAD_PAYLOAD


def test_the_studio_checks_it(board, monkeypatch):
    """But for its clock, which stands still while the computer does other things."""
    monkeypatch.setattr(selftest, "STREAM_S", 0.3)
    board.client.write_settings(THREE_PINS)
    report = selftest.selftest(board.client)
    checks = {str(check.name): check for check in report.checks}
    own = [str(selftest.OWN_ITEMS[name]) for name in ITEMS]
    assert list(checks) == ["Link", "Speed", "Clock", "Stream", *own]
    assert all(check.passed for name, check in checks.items() if name != "Clock")
    assert "samples" in str(checks["Sampling"].found)  # how late they were, by the board's word
