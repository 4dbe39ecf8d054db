# SPDX-License-Identifier: GPL-3.0-or-later
"""The link's speed: raised, proven, given up, and found again, at a simulated board's pty."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.capture.client import FAST_BAUD, BoardClient, SampleBlock, board_at
from app.capture.link import DEFAULT_BAUD, Link, LinkState
from app.capture.messages import LinkSpeed, LinkSpeedAnswer, Status
from app.capture.session import CaptureSession
from app.capture.session_state import Speaks
from app.core.board import NANO33BLE
from app.deploy.simulator import Simulator
from app.deploy.virtual_faults import NO_FAULTS
from app.deploy.virtual_link import PROOF_S, VirtualLink
from app.deploy.virtual_process import SimulateOptions
from tests.helpers.ports import wait_until
from tests.helpers.simulated import Bench
from tests.helpers.virtual_board import refused

needs_pty = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")


@pytest.fixture
def board() -> Iterator[str]:
    with Simulator() as simulator:
        yield simulator.url


@needs_pty
def test_the_link_goes_fast_and_slow_again_for_the_next_host(board: str) -> None:
    for _ in range(2):
        link = Link(board)
        link.open()
        client = BoardClient(link)
        client.connect()
        assert link.speed == FAST_BAUD
        assert len(client.sensors()) > 0
        client.lower_speed()
        assert (link.speed, link.baud) == (DEFAULT_BAUD, DEFAULT_BAUD)
        assert len(client.sensors()) > 0
        link.close()


@needs_pty
def test_whoever_opens_the_port_after_us_finds_a_slow_board(board: str) -> None:
    with board_at(board) as client:
        client.connect()
    with board_at(board) as client:
        client.identify(patience_s=0.4)


@needs_pty
@pytest.mark.parametrize("fault", ["garble-fast", "keep-speed"])
def test_a_speed_that_does_not_hold_is_given_up(fault: str) -> None:
    with Simulator(SimulateOptions(faults=(fault,))) as simulator:
        link = Link(simulator.url)
        link.open()
        client = BoardClient(link)
        client.connect()
        assert link.speed == DEFAULT_BAUD
        assert len(client.sensors()) > 0
        client.connect()  # not tried again
        assert link.speed == DEFAULT_BAUD
        link.close()


@needs_pty
def test_a_board_left_fast_and_streaming_hears_the_next_host(board: str) -> None:
    killed = Link(board)
    killed.open()
    client = BoardClient(killed)
    client.connect()
    client.start_stream(100.0, [0], lambda _: None)
    killed.close()
    link = Link(board)
    link.open()
    BoardClient(link).identify()  # within its two seconds
    link.close()


@needs_pty
def test_a_board_that_has_gone_back_by_itself_is_found(board: str) -> None:
    """As after its reset button."""
    link = Link(board)
    link.open()
    client = BoardClient(link)
    client.connect()
    link.set_speed(DEFAULT_BAUD)
    client.identify()  # garbled until it believes it
    link.set_speed(FAST_BAUD)  # and the studio knows nothing of that
    assert len(client.sensors()) > 0
    assert link.speed == FAST_BAUD
    link.close()


@needs_pty
def test_a_session_streams_fast_and_lends_a_slow_port(board: str) -> None:
    session = CaptureSession(board)
    session.open()
    wait_until(lambda: session.snapshot().samples > 0)
    assert session.link.speed == FAST_BAUD
    assert session.snapshot().speaks is Speaks.PROTOCOL
    session.release()
    with board_at(board) as client:
        client.identify(patience_s=0.4)
    session.take_back()
    wait_until(lambda: session.link.speed == FAST_BAUD)
    session.close()


@needs_pty
def test_a_board_that_is_plugged_in_again_is_raised_again(tmp_path: Path) -> None:
    place = tmp_path / "ttyBOARD"
    with Simulator() as simulator:
        place.symlink_to(simulator.url)
        session = CaptureSession(str(place))
        session.open()
        wait_until(lambda: session.snapshot().samples > 0)
    place.unlink()
    wait_until(lambda: session.link.state is LinkState.LOST)
    with Simulator() as simulator:
        place.symlink_to(simulator.url)
        wait_until(lambda: session.snapshot().streaming and session.link.speed == FAST_BAUD)
        session.close()


def test_over_tcp_it_costs_nothing() -> None:
    with Simulator(SimulateOptions(tcp_port=0)) as simulator, board_at(simulator.url) as client:
        client.connect()
        blocks: list[SampleBlock] = []
        client.start_stream(100.0, [0], blocks.append)
        wait_until(lambda: len(blocks) > 3)
        assert sum(block.lost for block in blocks) == 0


@pytest.mark.parametrize(
    ("asked", "granted"),
    [(1, 115_200), (115_200, 115_200), (1_500_000, 1_500_000), (1 << 31, 2_000_000)],
)
def test_the_nearest_speed_is_granted(asked: int, granted: int) -> None:
    with Bench() as bench:
        answer = bench.client._ask(LinkSpeed(asked), LinkSpeedAnswer)
    assert (answer.baud, bench.line.baud) == (granted, granted)


def test_a_board_at_the_usb_has_no_speed() -> None:
    with Bench(NANO33BLE) as bench, refused(Status.UNKNOWN_REQUEST, "speed"):
        bench.client._ask(LinkSpeed(FAST_BAUD), LinkSpeedAnswer)


class Line:
    """A link with time and the host's speed in the test's hand."""

    def __init__(self) -> None:
        self.host = FAST_BAUD
        self.now_s = 100.0
        self.link = VirtualLink(lambda: self.host, NO_FAULTS, lambda: self.now_s)
        self.link.change(FAST_BAUD)

    def after(self, seconds: float) -> int:
        self.now_s += seconds
        self.link.tick()
        return self.link.baud


def test_a_host_that_does_not_follow_is_waited_for_only_so_long() -> None:
    line = Line()
    assert line.after(PROOF_S - 0.1) == FAST_BAUD
    assert line.after(0.2) == DEFAULT_BAUD


def test_a_host_that_has_followed_may_be_silent() -> None:
    line = Line()
    line.link.heard()
    assert line.after(1000.0) == FAST_BAUD


@pytest.mark.parametrize(
    ("apart_s", "baud"), [(0.01, FAST_BAUD), (0.4, DEFAULT_BAUD), (5.0, FAST_BAUD)]
)
def test_garbled_bytes_again_and_again_are_a_slow_host(apart_s: float, baud: int) -> None:
    """Not one burst of them, and not one now and then."""
    line = Line()
    line.link.heard()
    line.host = DEFAULT_BAUD
    for _ in range(3):
        assert line.link.came(b"\0\1") == b"\x80\x80"
        line.after(apart_s)
    assert line.link.baud == baud


def test_what_is_understood_in_between_makes_good() -> None:
    line = Line()
    for host in (DEFAULT_BAUD, DEFAULT_BAUD, FAST_BAUD, DEFAULT_BAUD, DEFAULT_BAUD):
        line.host = host
        if line.link.came(b"x") == b"x":
            line.link.heard()
        line.after(0.4)
    assert line.link.baud == FAST_BAUD
