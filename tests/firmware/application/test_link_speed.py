# SPDX-License-Identifier: GPL-3.0-or-later
"""LINK_SPEED as the shared firmware takes it, at a pty whose speed the board looks at."""

from __future__ import annotations

import sys
import time

import pytest

from app.capture.client import FAST_BAUD, BoardClient, SampleBlock
from app.capture.link import DEFAULT_BAUD, Link
from app.capture.messages import LinkSpeed, LinkSpeedAnswer, Status
from tests.firmware.application.common import THREE_PINS, refusal_of
from tests.helpers.ports import wait_until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")


def grant(board, baud: int) -> int:
    return LinkSpeedAnswer.decode(board.ask(0x05, LinkSpeed(baud).encode()).payload).baud


def test_it_streams_at_the_speed_that_is_granted(board):
    board.client.write_settings(THREE_PINS)
    promised = board.client.start_stream(1000.0, [0, 1, 2], lambda _: None)
    board.client.stop_stream()
    board.client.connect()
    assert board.link.speed == FAST_BAUD
    blocks: list[SampleBlock] = []
    assert board.client.start_stream(1000.0, [0, 1, 2], blocks.append) == 1000.0 > promised
    wait_until(lambda: len(blocks) >= 10)
    board.client.lower_speed()
    assert board.client.identify().board == "host"
    assert board.client.damaged == 0


@pytest.mark.parametrize(
    ("asked", "granted"), [(1, 115_200), (300_000, 300_000), (4_000_000_000, 2_000_000)]
)
def test_the_nearest_speed_is_granted(board, asked, granted):
    assert grant(board, asked) == granted


def test_a_speed_of_nothing_is_refused(board):
    assert refusal_of(board.ask(0x05, bytes(4))).status == Status.BAD_PAYLOAD
    assert board.client.identify().board == "host"


def test_a_host_that_does_not_follow_finds_it_again(board):
    assert grant(board, FAST_BAUD) == FAST_BAUD
    asked_s = time.monotonic()
    assert board.client.identify(4.0).board == "host"
    assert time.monotonic() - asked_s > 0.5  # it was away


def test_a_board_left_fast_and_streaming_hears_the_next_host(board):
    board.client.write_settings(THREE_PINS)
    board.client.connect()
    board.client.start_stream(500.0, [0, 1, 2], lambda _: None)
    board.link.close()  # as if it were killed
    link = Link(board.url)
    link.open()
    client = BoardClient(link)
    assert client.identify().board == "host"
    assert link.speed == DEFAULT_BAUD
    client.stop_stream()
    link.close()
