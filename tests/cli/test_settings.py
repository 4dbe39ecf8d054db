# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings in a file and in words."""

from __future__ import annotations

import json

import pytest

from app.capture.messages import SensorChannel
from app.cli.settings import read_settings, setting_lines
from app.core.board_settings import Action, ActionKind, BoardSettings
from app.core.codec import encode
from app.core.errors import DataError

EVERYTHING = BoardSettings(
    (34, 35),
    (4,),
    21,
    22,
    (
        Action(0, ActionKind.SET, 2),
        Action(1, ActionKind.CLEAR, 2, windows=1),
        Action(2, ActionKind.PULSE, 5, 40, threshold=128),
        Action(3, ActionKind.PWM, 13, 255, threshold=255),
        Action(4, ActionKind.PRINT, text="flex", threshold=0),
    ),
    ("BMM150",),
    62.5,
    runs_by_itself=True,
    prints_answers=True,
)


@pytest.mark.parametrize("settings", [BoardSettings(), EVERYTHING])
def test_what_is_printed_is_read(settings, tmp_path):
    file = tmp_path / "settings.json"
    file.write_text(json.dumps(encode(settings)), encoding="utf-8")
    assert read_settings(file) == settings


def test_all_is_said_in_words():
    parts = ("LSM9DS1", "LSM9DS1", "adc")
    sensors = tuple(SensorChannel(1, 2, f"c{n}", "", part) for n, part in enumerate(parts))
    assert setting_lines(EVERYTHING, sensors) == [
        "Sensors        LSM9DS1, adc",
        "Left out       BMM150",
        "Rate           62.5 Hz",
        "Analogue pins  34, 35",
        "Touch pins     4",
        "Sensor bus     SDA 21, SCL 22",
        "From power-up  runs its model, acts, and prints its answers",
        "Action 1       class 1 at 80% for 2 windows in a row: pin 2 high",
        "Action 2       class 2 at 80% for 1 window: pin 2 low",
        "Action 3       class 3 at 50% for 2 windows in a row: pin 5 high for 40 ms",
        "Action 4       class 4 at 100% for 2 windows in a row: pin 13 high for 25.5 % of the time",
        "Action 5       class 5 at 0% for 2 windows in a row: print “flex”",
    ]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"rate_hz": "fast"}, "rate_hz"),
        ({"hidden": []}, "hidden"),
        ({"actions": [{}]}, "actions"),
        ({"analogue_pins": [1, 1]}, "named twice"),
        ({"hidden_parts": ["\ud800"]}, "none"),
        ({"rate_hz": 1e400}, "Hz"),
    ],
)
def test_what_makes_no_sense_is_named(change, why, tmp_path):
    file = tmp_path / "settings.json"
    file.write_text(json.dumps(encode(BoardSettings()) | change), encoding="utf-8")
    with pytest.raises(DataError, match=why):
        read_settings(file)


@pytest.mark.parametrize("written", ["", "{", "[]", "\xff", "[" * 100_000, "{}"])
def test_what_is_no_settings_is_said(written, tmp_path):
    file = tmp_path / "settings.json"
    file.write_text(written, encoding="latin-1")
    with pytest.raises(DataError, match="cannot be used"):
        read_settings(file)
