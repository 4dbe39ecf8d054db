# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways in which a simulated board can be told to fail."""

from __future__ import annotations

import pytest

from app.capture import client as client_module
from app.capture.messages import (
    Status,
)
from app.core.board import ESP32
from app.core.errors import PortError
from app.deploy.program_file import program_crc
from app.deploy.virtual_board import BoardDiedError
from app.deploy.virtual_faults import Faults
from tests.helpers.simulated import Bench, motion_program
from tests.helpers.virtual_board import PARSED, PROGRAM, refused


def test_a_corrupted_output_differs_in_one_value(vectors) -> None:
    windows, outputs = vectors
    with Bench(faults=Faults(corrupt_output=1)) as bench:
        bench.client.send_program(PROGRAM)
        result = bench.client.run_window(windows[0], PARSED.input.channels, 62.5)
    assert (result.output != outputs[0]).tolist() == [True, False, False]


def test_a_failed_sensor_is_said() -> None:
    with Bench(faults=Faults(sensor_failed=1)) as bench:
        with refused(Status.SENSOR_FAILED):
            bench.client.start_stream(100.0, [0], lambda _: None)
        bench.client.send_program(motion_program())
        with refused(Status.SENSOR_FAILED):
            bench.client.start_run(1)


def test_no_program_fits_on_request() -> None:
    with Bench(ESP32, Faults(no_room=1)) as bench, refused(Status.NO_ROOM):
        bench.client.send_program(PROGRAM)


def test_a_mute_board_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "IDENTIFY_EVERY_S", 0.02)
    with Bench(faults=Faults(mute=1)) as bench, pytest.raises(PortError, match="not answer"):
        bench.client.identify(patience_s=0.04)


def test_it_can_die_in_the_middle_of_a_program() -> None:
    with Bench(faults=Faults(die_in_program=1_000)) as bench, pytest.raises(BoardDiedError):
        bench.client.send_program(PROGRAM)


def test_lost_frames_are_made_up_for_by_repeating(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "ANSWER_S", (0.02,) * 20)
    with Bench(faults=Faults(drop_frames=0.2, corrupt_frames=0.2)) as bench:
        assert bench.client.send_program(PROGRAM) is not None
        for _ in range(10):
            assert bench.client.program_info().program_crc == program_crc(PROGRAM)
    assert bench.client.damaged > 0
