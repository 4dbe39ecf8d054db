# SPDX-License-Identifier: GPL-3.0-or-later
"""Streams, and a part on the bus that comes and goes."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from app.capture.client import SampleBlock
from app.capture.frames import Frame, encode_frame
from app.capture.messages import (
    Status,
)
from app.core.board_settings import BoardSettings
from tests.firmware.application.common import (
    ON_THE_BUS,
    THREE_PINS,
    refused,
)
from tests.helpers.ports import wait_until

SAMPLES_HEAD_BYTES = 13

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")


def test_a_stream_has_no_gap_and_a_steady_clock(board):
    board.client.write_settings(BoardSettings(analogue_pins=(0,), touch_pins=(3, 1)))
    blocks: list[SampleBlock] = []
    assert board.client.start_stream(200.0, [1, 0, 2], blocks.append) == 200.0
    wait_until(lambda: sum(len(block.samples) for block in blocks) >= 400)
    board.client.stop_stream()
    samples = np.concatenate([block.samples for block in blocks])
    assert [block.lost for block in blocks] == [0] * len(blocks)
    assert blocks[0].sequence == 0
    assert (samples[:, 0] == 300).all()
    assert (samples[:, 2] == 100).all()
    assert 0 <= samples[:, 1].min() < samples[:, 1].max() <= 3.0
    seconds = (blocks[-1].time_us - blocks[0].time_us) / 1e6
    assert (blocks[-1].sequence - blocks[0].sequence) / seconds == pytest.approx(200, rel=0.05)
    quiet = len(blocks)
    board.client.identify()
    assert len(blocks) == quiet


def test_rates_beyond_what_it_can_do_become_the_nearest(board):
    board.client.write_settings(THREE_PINS)
    assert board.client.start_stream(5000.0, [0], lambda _: None) == 1000.0
    assert board.client.start_stream(0.001, [0], lambda _: None) == 0.1


def test_no_stream_is_promised_that_the_link_cannot_carry(board):
    """Four fifths of the link are for samples, and for fifty events' heads a second."""
    board.client.write_settings(BoardSettings(analogue_pins=(0, 1, 2), touch_pins=(3,)))
    rates = {n: board.client.start_stream(1000.0, range(n), lambda _: None) for n in (3, 4)}
    assert board.client.start_stream(100.0, range(4), lambda _: None) == 100.0
    head_bytes = len(encode_frame(Frame(0x40, 0, bytes(SAMPLES_HEAD_BYTES))))
    samples_bytes = 115_200 // 10 * 4 // 5 - 50 * head_bytes
    assert rates == {n: float(samples_bytes // (4 * n)) for n in rates}


def test_a_stream_of_what_is_not_there_is_refused(board):
    board.client.write_settings(THREE_PINS)
    with refused(Status.BAD_PAYLOAD):
        board.client.start_stream(100.0, [3], lambda _: None)


def test_a_part_on_the_bus_is_found_and_read(board):
    board.client.write_settings(ON_THE_BUS)
    listed = [(c.name, c.unit, c.sensor) for c in board.client.sensors()]
    assert listed == [(name, "g", "ADXL345") for name in ("ax", "ay", "az")] + [
        ("adc0", "V", "adc")
    ]
    blocks: list[SampleBlock] = []
    board.client.start_stream(100.0, [2, 0], blocks.append)
    wait_until(lambda: sum(len(block.samples) for block in blocks) >= 30)
    samples = np.concatenate([block.samples for block in blocks])[:30]
    assert (samples[:, 0] == 1.0).all()
    assert np.allclose(np.diff(samples[:, 1] * 256) % 256, 1)  # each was read once
    board.restart()
    assert len(board.client.sensors()) == 4


def test_a_part_that_is_pulled_is_told_and_the_rest_goes_on(board):
    board.client.write_settings(ON_THE_BUS)
    blocks: list[SampleBlock] = []
    board.client.start_stream(200.0, [0, 3], blocks.append)
    wait_until(lambda: len(blocks) >= 3)
    board.unplug_sensor()
    wait_until(lambda: bool(board.log))
    assert board.log == [
        "The ADXL345 does not answer: its last values are repeated. Check its wires."
    ]
    pulled = len(blocks)
    wait_until(lambda: len(blocks) >= pulled + 5)
    held = np.concatenate([block.samples for block in blocks[pulled + 1 : pulled + 5]])
    assert (held[:, 0] == held[0, 0]).all()
    assert held[:, 1].max() > held[:, 1].min()  # the pin is measured on
    assert board.client.identify().board == "host"
    wait_until(lambda: len(blocks) >= pulled + 30)  # long enough for its supply to be gone
    board.unplug_sensor(False)
    wait_until(lambda: len(np.unique(blocks[-1].samples[:, 0])) > 1)  # set up and measuring anew
    assert sum(block.lost for block in blocks) == 0
    assert len(board.log) == 1


def test_a_part_that_is_not_there_at_the_start_is_refused(board):
    board.client.write_settings(ON_THE_BUS)
    board.unplug_sensor()
    with refused(Status.SENSOR_FAILED):
        board.client.start_stream(100.0, [0], lambda _: None)
    failed = [item for item in board.client.selftest() if not item.passed]
    assert [(item.name, "ADXL345 does not answer" in item.text) for item in failed] == [
        ("sensors", True)
    ]
    assert board.client.start_stream(100.0, [3], lambda _: None) == 100.0
    board.client.stop_stream()
    board.restart()
    assert [channel.name for channel in board.client.sensors()] == ["adc0"]
