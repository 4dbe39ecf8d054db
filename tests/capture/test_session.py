# SPDX-License-Identifier: GPL-3.0-or-later
"""A session over real ports: boards that print, and the simulated one that answers."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from app.capture import session as session_module
from app.capture.client import BoardClient, SampleBlock
from app.capture.dialects import Dialect, Reason
from app.capture.link import Link, LinkState
from app.capture.live_take import TakeEnd
from app.capture.session import CaptureSession
from app.capture.session_state import Speaks
from app.core.board_settings import BoardSettings
from app.core.errors import DataError, PortError
from app.core.project import Project
from app.core.recording import Channel
from app.deploy.simulator import Simulator
from app.deploy.virtual_process import SimulateOptions
from tests.helpers.ports import TIMEOUT_S, PtyBoard, TcpBoard, wait_until

needs_pty = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.create(tmp_path / "project", "test")


@contextmanager
def listening(url: str, **options: object) -> Iterator[CaptureSession]:
    session = CaptureSession(url, **options)  # type: ignore[arg-type]
    session.open()
    try:
        yield session
    finally:
        session.close()
        names = [t.name for t in threading.enumerate()]
        assert [n for n in names if n.startswith(("link", "session", "recorder"))] == []


@pytest.fixture
def printing() -> Iterator[tuple[TcpBoard, CaptureSession]]:
    """A board that prints and a session that listens to it, past the first fragment."""
    with TcpBoard() as board, listening(board.url) as session:
        board.accept()
        board.send(b"fragment\n")
        yield board, session


def samples(session: CaptureSession) -> int:
    return session.snapshot().samples


def test_a_board_that_prints_is_drawn_and_counted(
    printing: tuple[TcpBoard, CaptureSession],
) -> None:
    board, session = printing
    board.send(b"hello\nax,ay\n" + b"1,2\n" * 50)
    wait_until(lambda: samples(session) == 50)
    state = session.snapshot()
    assert state.link is LinkState.OPEN
    assert [c.name for c in state.channels] == ["ax", "ay"]
    assert state.dialect is Dialect.COLUMNS
    assert state.lines.values == 50
    assert state.lines.fragments == 1
    rows, times = session.ring.latest(50)
    assert rows.tolist() == [[1, 2]] * 50
    assert (np.diff(times) >= 0).all()
    assert 0 <= times[0] <= times[-1] <= session.now_s
    at, lines = session.console()
    assert [(line.reason, line.line) for line in lines] == [(Reason.LOG, "hello")]
    assert session.console(at) == (at, ())
    assert {str(kind.how): kind.count for kind in session.line_kinds()}[
        "2 values by position"
    ] == 50
    assert [c.stuck for c in session.quality().channels] == [True, True]


def test_a_board_that_does_not_answer_is_one_that_prints(
    printing: tuple[TcpBoard, CaptureSession],
) -> None:
    board, session = printing
    wait_until(lambda: session.snapshot().speaks is Speaks.LINES)
    assert session.snapshot().problem is None
    assert board.receive(3)[0:1] == b"\0", "IDENTIFY was asked"


def test_other_columns_are_another_segment_with_a_ring_of_its_own(
    printing: tuple[TcpBoard, CaptureSession],
) -> None:
    board, session = printing
    board.send(b"1,2\n" * 10)
    wait_until(lambda: samples(session) == 10)
    before = session.snapshot().segment
    board.send(b"1,2,3\n" * 7)
    wait_until(lambda: samples(session) == 7)
    assert session.snapshot().segment == before + 1
    assert session.ring.channels == 3


def test_labels_in_turn_are_drawn_without_holes(printing: tuple[TcpBoard, CaptureSession]) -> None:
    board, session = printing
    board.send(b"Temp: 1\nHum: 2\n" * 10)
    wait_until(lambda: samples(session) == 20)
    rows, _ = session.ring.latest(19)
    assert rows.tolist() == [[1, 2]] * 19


def test_every_line_of_a_take_is_stored(
    printing: tuple[TcpBoard, CaptureSession], project: Project
) -> None:
    board, session = printing
    with pytest.raises(DataError, match="no samples yet"):
        session.start_take(project.folder, "one")
    board.send(b"0,0\n" * 8)
    wait_until(lambda: samples(session) == 8)
    session.start_take(project.folder, "one", "wave")
    with pytest.raises(DataError, match="Another one"):
        session.start_take(project.folder, "two")
    expected = []
    for n in range(40):
        board.send(b"".join(b"%d,%d\n" % (n * 25 + k, -k) for k in range(25)))
        expected += [[n * 25 + k, -k] for k in range(25)]
        threading.Event().wait(0.03)  # a rate can only be measured in time
    wait_until(lambda: (take := session.snapshot().take) is not None and take.samples == 1000)
    info = session.finish_take().add_to(project)
    assert project.recording(info.id).samples.tolist() == expected
    assert (info.length, info.name, info.source) == (1000, "one", board.url)
    assert info.rate_hz > 0
    assert project.document.spans[0].label == "wave"
    assert session.snapshot().take is None


def test_a_take_of_fixed_length_ends_by_itself(
    printing: tuple[TcpBoard, CaptureSession], project: Project
) -> None:
    board, session = printing
    clock = iter(range(0, 10_000_000, 10))
    send = lambda count: board.send(  # noqa: E731
        b"".join(b"%d,%d\n" % (next(clock), k) for k in range(count))
    )
    board.send(b"ms,x\n")
    send(20)
    wait_until(lambda: samples(session) == 20)
    session.start_take(project.folder, "one", seconds=2.0)
    send(300)
    wait_until(lambda: (take := session.snapshot().take) is not None and take.end is not None)
    take = session.snapshot().take
    assert take is not None
    assert (take.end, take.of_s, take.seconds) == (TakeEnd.COMPLETE, 2.0, pytest.approx(2.0))
    info = session.finish_take().add_to(project)
    assert info.rate_hz == pytest.approx(100)
    assert info.length == 201
    assert session.quality().jitter_ms == pytest.approx(0, abs=1e-9)


def test_a_label_met_in_the_midst_of_a_take_does_not_end_it(
    printing: tuple[TcpBoard, CaptureSession], project: Project
) -> None:
    board, session = printing
    board.send(b"a:0,b:0\n" * 8)
    wait_until(lambda: samples(session) == 8)
    session.start_take(project.folder, "one")
    line = b"a:1,b:2\n"
    board.send(line * 3 + b"Heap: 5\n" + line * 2 + b"Heap: 6\n" + line * 3)
    wait_until(lambda: len(session.snapshot().channels) == 3 and samples(session) == 4)
    take = session.snapshot().take
    assert take is not None
    assert (take.samples, take.end) == (8, None)
    session.discard_take()


@pytest.mark.parametrize(
    ("meanwhile", "end"), [(b"1,2,3\n" * 9, TakeEnd.CHANGED), (None, TakeEnd.LOST)]
)
def test_a_take_ends_when_it_cannot_go_on(
    printing: tuple[TcpBoard, CaptureSession], project: Project, meanwhile: bytes, end: TakeEnd
) -> None:
    board, session = printing
    board.send(b"1,2\n" * 8)
    wait_until(lambda: samples(session) == 8)
    session.start_take(project.folder, "one")
    board.send(b"3,4\n" * 8)
    wait_until(lambda: samples(session) == 16)
    if meanwhile is None:
        board.hang_up()
    else:
        board.send(meanwhile)
    wait_until(lambda: (take := session.snapshot().take) is not None and take.end is end)
    session.discard_take()
    assert list((project.folder / "recordings").iterdir()) == []
    with pytest.raises(DataError, match="No recording"):
        session.finish_take()


def test_a_pause_takes_nothing_in(printing: tuple[TcpBoard, CaptureSession]) -> None:
    board, session = printing
    board.send(b"1,2\n" * 8)
    wait_until(lambda: samples(session) == 8)
    session.pause()
    seen = bytearray()
    session.link.subscribe(seen.extend)
    board.send(b"3,4\n" * 8)
    wait_until(lambda: len(seen) == 32)
    session.resume()
    assert not session.snapshot().paused
    board.send(b"5,6\n" * 3)
    wait_until(lambda: samples(session) == 10)
    assert session.snapshot().lines.fragments == 2


def test_a_dialect_can_be_forced(printing: tuple[TcpBoard, CaptureSession]) -> None:
    board, session = printing
    session.set_dialect(Dialect.PATTERN)
    board.send(b"fragment\nRH 30 Temp 20\n")
    wait_until(lambda: samples(session) == 1)
    assert [c.name for c in session.snapshot().channels] == ["RH", "Temp"]


def test_a_port_that_does_not_open_is_told() -> None:
    with TcpBoard() as board:
        url = board.url
    session = CaptureSession(url)
    with pytest.raises(PortError):
        session.open()
    assert isinstance(session.snapshot().problem, PortError)
    session.close()


@needs_pty
def test_a_fast_board_loses_nothing(project: Project) -> None:
    """100 KB/s of six channels for some seconds; the benchmark runs a minute through the window."""
    with PtyBoard() as board, listening(board.url) as session:
        board.send(b"x\n" + b"0,0,0,0,0,0\n" * 10)
        wait_until(lambda: samples(session) == 10)
        session.start_take(project.folder, "fast")
        lines = [b"%d,%.3f,%.3f,%.3f,%.3f,%.3f\n" % (n, *[n / 7] * 5) for n in range(6000)]
        began = time.monotonic()
        for start in range(0, len(lines), 50):
            board.send(b"".join(lines[start : start + 50]))
            ahead_s = start * 44 / 100_000 - (time.monotonic() - began)
            threading.Event().wait(max(ahead_s, 0.0))
        wait_until(lambda: samples(session) == 6010)
        info = session.finish_take().add_to(project)
        stored = project.recording(info.id).samples
        assert stored[:, 0].tolist() == list(range(6000))
        assert session.snapshot().lines.unread_total == 0


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with Simulator() as running:
        yield running


def test_a_board_that_speaks_the_protocol_streams_by_itself(
    simulator: Simulator, project: Project
) -> None:
    with listening(simulator.url) as session:
        wait_until(lambda: samples(session) > 50)
        state = session.snapshot()
        assert state.speaks is Speaks.PROTOCOL
        assert state.identity is not None
        assert state.streaming
        assert state.rate_hz == 100
        assert (state.channels[0].name, state.channels[0].unit) == ("ax", "g")
        assert len(state.channels) == 6
        session.start_take(project.folder, "one", "idle", seconds=0.5)
        wait_until(lambda: (take := session.snapshot().take) is not None and take.end is not None)
        info = session.finish_take().add_to(project)
        assert (info.length, info.rate_hz) == (50, 100)
        session.start_stream(50, [2, 0]).result(TIMEOUT_S)
        wait_until(lambda: samples(session) > 5)
        state = session.snapshot()
        assert ([c.name for c in state.channels], state.rate_hz) == (["az", "ax"], 50)
        session.stop_stream().result(TIMEOUT_S)
        assert not session.snapshot().streaming
        with pytest.raises(DataError, match="cannot measure"):
            session.start_stream(50, [99]).result(TIMEOUT_S)
        assert isinstance(session.snapshot().problem, DataError)


def test_a_board_waits_to_be_asked_without_autostart(simulator: Simulator) -> None:
    with listening(simulator.url, autostart=False) as session:
        wait_until(lambda: session.snapshot().speaks is Speaks.PROTOCOL)
        assert not session.snapshot().streaming
        session.start_stream().result(TIMEOUT_S)
        wait_until(lambda: samples(session) > 5)


@pytest.fixture
def at_tcp() -> Iterator[Simulator]:
    """A board that notices each host that goes and comes, however soon."""
    with Simulator(SimulateOptions(tcp_port=0)) as running:
        yield running


def test_a_board_streams_at_its_own_rate_and_its_remarks_are_kept(at_tcp: Simulator) -> None:
    with listening(at_tcp.url, autostart=False) as session:
        wait_until(lambda: session.snapshot().speaks is Speaks.PROTOCOL)
        session.client.write_settings(
            BoardSettings(hidden_parts=("motion",), rate_hz=62.5, runs_by_itself=True)
        )
    with listening(at_tcp.url) as session:
        wait_until(lambda: samples(session) > 5)
        state = session.snapshot()
        assert ([channel.name for channel in state.channels], state.rate_hz) == (["A", "B"], 62.5)
        session.start_stream(25).result(TIMEOUT_S)
        session.start_stream().result(TIMEOUT_S)
        wait_until(lambda: session.snapshot().rate_hz == 62.5)
        _, lines = session.console()
        assert [line.line for line in lines if "by itself and cannot" in line.line]


def test_a_lent_port_comes_back_streaming(simulator: Simulator) -> None:
    with listening(simulator.url) as session:
        wait_until(lambda: samples(session) > 5)
        session.release()
        assert session.snapshot().link is LinkState.RELEASED
        flasher = Link(simulator.url)
        flasher.open()
        BoardClient(flasher).identify()
        flasher.close()
        before = session.snapshot().segment
        session.take_back()
        wait_until(lambda: session.snapshot().segment > before and samples(session) > 5)


def test_lost_samples_are_counted_and_filled(printing: tuple[TcpBoard, CaptureSession]) -> None:
    _, session = printing
    stream = session_module._Stream(100.0, (Channel("x"),))
    session._take_samples(stream, SampleBlock(np.ones((2, 1), np.float32), 0, 0, 0))
    session._take_samples(stream, SampleBlock(np.ones((1, 1), np.float32), 5, 0, 3))
    state = session.snapshot()
    assert (state.samples, state.lost, state.rate_hz) == (6, 3, 100)
    assert np.isnan(session.ring.latest(4)[0][:3]).all()


def test_values_that_are_no_numbers_are_gaps_in_a_take(
    printing: tuple[TcpBoard, CaptureSession], project: Project
) -> None:
    _, session = printing
    stream = session_module._Stream(100.0, (Channel("x"),))
    session._take_samples(stream, SampleBlock(np.ones((1, 1), np.float32), 0, 0, 0))
    session.start_take(project.folder, "odd", "lab")
    values = np.array([[1], [np.inf], [-np.inf], [np.nan], [2]], np.float32)
    session._take_samples(stream, SampleBlock(values, 1, 0, 0))
    info = session.finish_take().add_to(project)
    assert project.recording(info.id).samples.ravel().tolist() == [1, 1, 1, 1, 2]
