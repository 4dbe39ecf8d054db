# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated board keeps settings, acts them out in words, and tests itself."""

from __future__ import annotations

import pytest

from app.capture.client import BoardClient
from app.capture.messages import Status
from app.core.board_settings import Action, ActionKind, BoardSettings
from app.deploy.virtual_actions import VirtualActions
from app.deploy.virtual_faults import Faults
from tests.helpers.simulated import Bench, motion_program
from tests.helpers.virtual_board import refused

ALWAYS = BoardSettings(
    actions=tuple(Action(n, ActionKind.SET, pin=n, threshold=0, windows=2) for n in range(3))
)


def test_settings_outlive_the_connection(bench: Bench) -> None:
    assert bench.client.settings() == BoardSettings()
    bench.client.write_settings(ALWAYS)
    bench.board.disconnected()
    assert bench.client.settings() == ALWAYS


def test_refused_settings_change_nothing(bench: Bench) -> None:
    bench.client.write_settings(ALWAYS)
    with refused(Status.BAD_PAYLOAD, "no pins to measure"):
        bench.client.write_settings(BoardSettings(analogue_pins=(1,)))
    assert bench.client.settings() == ALWAYS


def test_they_are_left_alone_while_it_measures(bench: Bench) -> None:
    bench.client.start_stream(100.0, [0], lambda _: None)
    with refused(Status.BUSY):
        bench.client.write_settings(ALWAYS)
    with refused(Status.BUSY):
        list(bench.client.selftest())
    assert bench.client.settings() == BoardSettings()


def test_actions_are_told_once_while_their_class_lasts(bench: Bench) -> None:
    told: list[str] = []
    client = BoardClient(bench, on_log=told.append)
    client.identify()
    client.write_settings(ALWAYS)
    client.send_program(motion_program())
    client.start_run(16)
    bench.pass_time(0.2, steps=10)
    assert told == []  # one window so far
    bench.pass_time(1.0, steps=50)
    assert told == ["pin 0 high", "pin 1 high", "pin 2 high"]


def test_every_kind_of_action_is_told() -> None:
    told: list[str] = []
    actions = (
        Action(0, ActionKind.SET, 1, threshold=128, windows=1),
        Action(0, ActionKind.CLEAR, 2, threshold=128, windows=1),
        Action(0, ActionKind.PULSE, 3, 500, threshold=128, windows=1),
        Action(0, ActionKind.PWM, 4, 250, threshold=128, windows=1),
        Action(0, ActionKind.PRINT, text="flex", threshold=128, windows=1),
        Action(1, ActionKind.SET, 6, threshold=128, windows=1),
        Action(2, ActionKind.SET, 7, threshold=0, windows=1),
    )
    acting = VirtualActions(BoardSettings(actions=actions), told.append)
    acting.answer([0.502, 0.5])  # 128 and 127.5 of 255, which rounds up
    assert told == [
        "pin 1 high",
        "pin 2 low",
        "pin 3 high for 500 ms",
        "pin 4 at 250 thousandths",
        "flex",
        "pin 6 high",
    ]


def test_a_row_begins_anew_below_the_threshold() -> None:
    told: list[str] = []
    action = Action(0, ActionKind.PRINT, text="now", threshold=255, windows=3)
    acting = VirtualActions(BoardSettings(actions=(action,)), told.append)
    for score in (1.0, 1.0, 0.99, 1.0, 1.0):
        acting.answer([score])
    assert told == []
    for score in (1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0):
        acting.answer([score])
    assert told == ["now", "now"]


@pytest.mark.parametrize("failed", [0.0, 1.0])
def test_it_tests_itself(failed: float) -> None:
    with Bench(faults=Faults(sensor_failed=failed)) as bench:
        items = list(bench.client.selftest())
    assert [item.item for item in items] == [0, 1]
    assert [bool(item.passed) for item in items] == [not failed, True]
