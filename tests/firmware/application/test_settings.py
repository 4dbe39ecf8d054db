# SPDX-License-Identifier: GPL-3.0-or-later
"""Who a board says it is, what settings make of it, and how it tests itself."""

from __future__ import annotations

import sys

import pytest

from app.capture.messages import (
    REQUESTS,
    Flag,
    Status,
)
from app.core.board_settings import Action, ActionKind, BoardSettings
from app.deploy import selftest
from app.deploy.images import read_manifest
from tests.firmware.application.common import (
    FLASH_BYTES,
    THREE_PINS,
    refusal_of,
    refused,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")


def test_it_says_who_it_is(board):
    identity = board.client.identify()
    assert (identity.protocol, identity.board) == (1, "host")
    assert identity.flags == Flag.SETTINGS | Flag.SELFTEST
    assert identity.program_capacity == FLASH_BYTES
    assert identity.firmware == read_manifest().version
    assert identity.program_crc == 0


def test_what_it_does_not_know_it_refuses(board):
    for payload in (b"", b"\1"):
        refusal = refusal_of(board.ask(0x55, payload))
        assert (refusal.status, refusal.request) == (Status.UNKNOWN_REQUEST, 0x55)


@pytest.mark.parametrize("type_", [type_ for type_ in REQUESTS if type_ < 0x70], ids=hex)
def test_a_payload_that_is_too_long_is_refused(board, type_):
    status = refusal_of(board.ask(type_, b"\1" * 2000)).status
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


def test_it_tests_itself(board):
    items = list(board.client.selftest())
    assert [item.item for item in items] == [0, 1, 2, 3]
    assert all(item.passed and item.text for item in items)


def test_the_studio_checks_it(board, monkeypatch):
    monkeypatch.setattr(selftest, "STREAM_S", 0.3)
    board.client.write_settings(THREE_PINS)
    report = selftest.selftest(board.client)
    assert [check.passed for check in report.checks[:2]] == [True, True]
    assert len(report.checks) == 2 + 4
    assert "samples" in str(report.checks[3].found)  # how late they were, by the board's word
