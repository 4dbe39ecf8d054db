# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings record, both ways, and what no board can keep."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.board_settings import Action, ActionKind, BoardSettings
from app.core.errors import DataError

SETTINGS = BoardSettings(
    (34,),
    (4,),
    21,
    22,
    (
        Action(1, ActionKind.PULSE, 2, 500, threshold=204, windows=3),
        Action(0, ActionKind.PRINT, text="flex", threshold=128, windows=1),
    ),
    hidden_parts=("LSM6DS3",),
    rate_hz=62.5,
    runs_by_itself=True,
)
RECORD = bytes.fromhex(
    "02 01 24f40000 01 07 4c534d36445333 01 22 01 04 15 16"
    "02 01cc030202f40100 0080010400000004 666c6578"
)
"""Worked out by hand from docs/protocol.md, and in tests/data/protocol/golden.json."""

pins = st.lists(st.integers(0, 254), unique=True, max_size=8).map(tuple)
actions = st.builds(
    Action,
    st.integers(0, 255),
    st.sampled_from(ActionKind),
    st.integers(0, 254),
    st.integers(0, 1000),
    st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=10),
    st.integers(0, 255),
    st.integers(1, 255),
)


def test_the_record_is_these_bytes() -> None:
    assert SETTINGS.to_bytes() == RECORD
    assert BoardSettings.from_bytes(RECORD) == SETTINGS


def test_nothing_set_is_the_firmwares_default() -> None:
    assert BoardSettings().to_bytes() == bytes((2, *bytes(8), 255, 255, 0))


parts = st.lists(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=9))
rates = st.none() | st.integers(1, 2**32 - 1).map(lambda mhz: mhz / 1000)


@given(
    pins,
    st.lists(actions, max_size=16),
    parts.map(lambda names: tuple(dict.fromkeys(names[:8]))),
    rates,
    st.booleans(),
    st.booleans(),
)
def test_settings_come_back(measured, acts, hidden, rate_hz, runs, prints) -> None:
    free = tuple(act for act in acts if act.pin not in measured)
    settings = BoardSettings(
        measured[:3], measured[3:], None, None, free, hidden, rate_hz, runs, prints
    )
    assert BoardSettings.from_bytes(settings.to_bytes()) == settings


@given(st.binary(max_size=40).map(lambda rest: b"\2\0" + rest))
def test_hostile_bytes_are_read_exactly_or_refused(record) -> None:
    try:
        settings = BoardSettings.from_bytes(record)
    except DataError:
        return
    if not any("\N{REPLACEMENT CHARACTER}" in action.text for action in settings.actions):
        assert settings.to_bytes() == record


@pytest.mark.parametrize(
    "record",
    [*(RECORD[:size] for size in range(len(RECORD))), RECORD + b"\0", b"\1" + RECORD[1:]],
)
def test_any_other_length_or_version_is_refused(record: bytes) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        BoardSettings.from_bytes(record)


def test_what_a_newer_firmware_asks_for_is_refused() -> None:
    for at, value in ((1, 4), (8, 0xFF)):  # a flag, and a name that is no text
        record = bytearray(RECORD)
        record[at] = value
        with pytest.raises(DataError, match="cannot be read"):
            BoardSettings.from_bytes(bytes(record))


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"analogue_pins": (3, 3)}, "named twice"),
        ({"touch_pins": tuple(range(9))}, "At most 8"),
        ({"touch_pins": (255,)}, "no pin 255"),
        ({"i2c_sda": 21}, "both of its pins"),
        ({"i2c_sda": 21, "i2c_scl": 21}, "two different"),
        ({"analogue_pins": (4,), "touch_pins": (4,)}, "Pin 4 has two uses"),
        ({"touch_pins": (21,), "i2c_sda": 21, "i2c_scl": 22}, "Pin 21 has two uses"),
        ({"touch_pins": (4,), "actions": (Action(0, ActionKind.SET, 4),)}, "Pin 4 has two"),
        ({"hidden_parts": tuple("abcdefghi")}, "At most 8 sensors"),
        ({"hidden_parts": ("M", "M")}, "named twice"),
        ({"hidden_parts": ("",)}, "1 to 255"),
        ({"hidden_parts": ("é" * 128,)}, "1 to 255"),
        ({"hidden_parts": ("\ud800",)}, "none"),
        ({"rate_hz": 0.0}, "at 0.0 Hz"),
        ({"rate_hz": float("nan")}, "at nan Hz"),
        ({"rate_hz": 4_294_968.0}, "at 4294968.0 Hz"),
        ({"actions": (Action(0, ActionKind.SET),) * 17}, "keeps 16"),
        ({"actions": (Action(0, ActionKind.PRINT, text="x" * 255),) * 4}, "too long together"),
    ],
)
def test_what_no_board_can_keep_is_said(wrong, why) -> None:
    with pytest.raises(DataError, match=why):
        BoardSettings(**wrong)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"class_index": 256}, "no class 256"),
        ({"pin": 255}, "no pin 255"),
        ({"windows": 0}, "1 to 255"),
        ({"threshold": 256}, "0 and 100"),
        ({"kind": ActionKind.PWM, "value": 1001}, "more than 1000"),
        ({"value": 65536}, "more than 65535"),
        ({"text": "é" * 128}, "255 bytes"),
        ({"text": "one\ntwo"}, "one line"),
        ({"text": "\0"}, "one line"),
    ],
)
def test_an_action_that_cannot_take_place_is_said(wrong, why) -> None:
    with pytest.raises(DataError, match=why):
        Action(**({"class_index": 0, "kind": ActionKind.SET} | wrong))
