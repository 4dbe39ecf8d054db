# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated board keeps settings, acts them out in words, and tests itself."""

from __future__ import annotations

import numpy as np
import pytest

from app.capture.client import BoardClient, SampleBlock
from app.capture.messages import Status
from app.core.board_settings import Action, ActionKind, BoardSettings
from app.core.recording import Channel
from app.deploy.simulated_hand import CHANNELS
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
    client.start_run(16)  # anew
    low = ["pin 0 low", "pin 1 low", "pin 2 low"]
    assert told[3:] == low
    bench.pass_time(1.0, steps=50)
    client.stop_run()
    client.stop_run()
    assert told[6:] == ["pin 0 high", "pin 1 high", "pin 2 high", *low]


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


def test_no_pin_stays_high_when_the_run_ends() -> None:
    told: list[str] = []
    always = {"threshold": 0, "windows": 1}
    actions = (
        Action(0, ActionKind.SET, 1, **always),
        Action(0, ActionKind.PWM, 2, 250, **always),
        Action(0, ActionKind.SET, 3, **always),
        Action(0, ActionKind.CLEAR, 3, **always),
        Action(0, ActionKind.PULSE, 4, 5, **always),
        Action(0, ActionKind.PRINT, 2, text="pins are nothing to it", **always),
    )
    acting = VirtualActions(BoardSettings(actions=actions), told.append)
    acting.answer([1.0])
    told.clear()
    acting.end()
    acting.end()
    assert told == ["pin 1 low", "pin 2 low"]


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


def test_a_hidden_part_is_not_listed_and_its_place_is_taken(bench: Bench) -> None:
    blocks: list[SampleBlock] = []
    bench.client.write_settings(BoardSettings(hidden_parts=("motion",)))
    assert [channel.name for channel in bench.client.sensors()] == ["A", "B"]
    bench.client.start_stream(1.0, [1, 0], blocks.append)
    bench.pass_time(16.0, steps=16)
    switches = np.concatenate([block.samples for block in blocks])
    assert {tuple(row) for row in switches} == {(0, 0), (1, 0), (0, 1), (1, 1)}
    with refused(Status.BAD_PAYLOAD, "2 channels"):
        bench.client.start_stream(1.0, [2], blocks.append)
    bench.client.stop_stream()
    bench.client.send_program(motion_program())
    with refused(Status.CHANNEL_MISMATCH, "ax"):
        bench.client.start_run(8)


@pytest.mark.parametrize(
    ("own_hz", "real_hz"), [(None, 100.0), (62.5, 62.5), (0.5, 1.0), (5000.0, 1000.0)]
)
def test_a_stream_that_names_no_rate_has_the_boards_own(
    bench: Bench, own_hz: float | None, real_hz: float
) -> None:
    bench.client.write_settings(BoardSettings(rate_hz=own_hz))
    assert bench.client.start_stream(None, [0], lambda _: None) == real_hz
    assert bench.client.start_stream(25.0, [0], lambda _: None) == 25.0


@pytest.fixture
def alone(bench: Bench) -> Bench:
    """A board that was just switched on and runs by itself."""
    bench.client.send_program(motion_program())
    acts = (Action(0, ActionKind.SET, 7, threshold=0, windows=1),)
    bench.client.write_settings(
        BoardSettings(actions=acts, runs_by_itself=True, prints_answers=True)
    )
    bench.board.disconnected()
    bench.text = b""
    bench.board.connected()
    return bench


def test_it_runs_by_itself_from_power_up(alone: Bench) -> None:
    alone.pass_time(1.16, steps=60)
    _greeting, *lines = alone.text.decode().splitlines()
    assert len(lines) == 6  # windows of 16 samples, every 20
    assert all(line.startswith("up:") for line in lines)
    alone.client.identify()
    alone.client.sensors()
    alone.client.settings()
    alone.client.program_info()
    alone.client.start_stream(100.0, [0], lambda _: None)
    alone.pass_time(1.0, steps=50)
    assert len(alone.text.decode().splitlines()) == 12
    with refused(Status.BUSY):
        alone.client.erase_program()
    alone.client.stop_run()
    alone.pass_time(1.0, steps=50)
    assert len(alone.text.decode().splitlines()) == 12


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.erase_program(),
        lambda client: client.write_settings(BoardSettings()),
        lambda client: list(client.selftest()),
        lambda client: client.send_program(motion_program()),
        lambda client: client.start_stream(50.0, [0], lambda _: None),
    ],
    ids=["erase", "settings", "selftest", "program", "stream"],
)
def test_its_own_run_makes_way_for_what_needs_rest(alone: Bench, ask) -> None:
    told: list[str] = []
    client = BoardClient(alone, on_log=told.append)
    alone.pass_time(0.5, steps=25)
    ask(client)
    assert told == ["pin 7 high", "pin 7 low"]
    before = alone.text
    alone.pass_time(1.0, steps=50)
    assert alone.text == before


def test_it_says_nothing_of_its_answers_unless_asked(bench: Bench) -> None:
    bench.client.send_program(motion_program())
    bench.client.write_settings(BoardSettings(runs_by_itself=True))
    bench.board.disconnected()
    bench.board.connected()
    heard = bench.text
    events: list[bytes] = []
    bench.subscribe(events.append)
    bench.pass_time(2.0, steps=100)
    assert bench.text == heard
    assert events == []


def test_where_it_cannot_run_by_itself_it_says_so(bench: Bench) -> None:
    told: list[str] = []
    client = BoardClient(bench, on_log=told.append)
    client.write_settings(BoardSettings(runs_by_itself=True))
    bench.board.disconnected()
    bench.board.connected()
    client.identify()
    client.send_program(motion_program((Channel("x"), *CHANNELS[1:3])))
    bench.board.connected()
    client.identify()
    assert len(told) == 2
    assert "No board program" in told[0]
    assert "Channel x is missing" in told[1]
    client.write_settings(BoardSettings())
    client.identify()
    assert len(told) == 2


@pytest.mark.parametrize("failed", [0.0, 1.0])
def test_it_tests_itself(failed: float) -> None:
    with Bench(faults=Faults(sensor_failed=failed)) as bench:
        items = list(bench.client.selftest())
    assert [(item.item, item.name) for item in items] == [(0, "sensors"), (1, "model")]
    assert [bool(item.passed) for item in items] == [not failed, True]
