# SPDX-License-Identifier: GPL-3.0-or-later
"""A board that is reset while the studio draws its signal: its port stays, so nobody tells."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from app.capture import stream_watch
from app.capture.client import FAST_BAUD
from app.capture.messages import Identity
from app.capture.session import CaptureSession
from app.core.errors import PortError, PortProblem
from app.core.text import text
from tests.firmware.application.common import THREE_PINS
from tests.helpers.host_board import HostBoard
from tests.helpers.ports import wait_until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")


@pytest.fixture
def session(board: HostBoard, monkeypatch: pytest.MonkeyPatch) -> Iterator[CaptureSession]:
    board.client.write_settings(THREE_PINS)
    board.link.close()
    monkeypatch.setattr(stream_watch.StreamWatch.__init__, "__defaults__", (0.3,))
    made = CaptureSession(board.url)
    made.open()
    yield made
    made.close()


def streams(session: CaptureSession, segment: int) -> bool:
    snapshot = session.snapshot()
    return snapshot.segment > segment and snapshot.streaming and snapshot.samples > 20


def test_it_is_found_again_and_streams(board: HostBoard, session: CaptureSession) -> None:
    wait_until(lambda: streams(session, 0))
    for _ in range(2):
        assert session.link.speed == FAST_BAUD  # a board that was reset does not hear that
        segment = session.snapshot().segment
        board.restart()
        wait_until(lambda segment=segment: streams(session, segment))
        assert session.snapshot().problem is None


def test_it_is_looked_for_until_it_comes_back(
    board: HostBoard, session: CaptureSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    find = session.client.find_again

    def find_at_the_second_look() -> Identity:
        looked.append(1)
        if len(looked) == 1:
            raise PortError(PortProblem.SILENT, board.url, text("It does not answer."))
        return find()

    monkeypatch.setattr(session.client, "find_again", find_at_the_second_look)
    wait_until(lambda: streams(session, 0))
    segment = session.snapshot().segment
    board.restart()
    wait_until(lambda: session.snapshot().problem is not None)
    assert not session.snapshot().streaming
    wait_until(lambda: streams(session, segment))
    assert session.snapshot().problem is None
    assert len(looked) == 2
