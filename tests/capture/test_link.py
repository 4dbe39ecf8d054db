# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import serial
import serial.rfc2217

from app.capture import port_errors
from app.capture.link import Link, LinkState
from app.core.errors import PortError, PortProblem
from tests.helpers.ports import TIMEOUT_S, PtyBoard, TcpBoard, old_names, wait_until

needs_pty = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    yield
    assert [t.name for t in threading.enumerate() if t.name.startswith("link ")] == []


class Received:
    """Collects what a link delivers."""

    def __init__(self, link: Link) -> None:
        self.data = bytearray()
        self.states: list[LinkState] = []
        link.subscribe(self.data.extend)
        link.watch(self.states.append)

    def wait_for(self, data: bytes) -> None:
        wait_until(lambda: len(self.data) >= len(data))
        assert bytes(self.data) == data


@needs_pty
def test_bytes_go_both_ways_over_a_pty() -> None:
    with PtyBoard() as board:
        link = Link(board.url)
        received = Received(link)
        link.open()
        board.send(b"hello\n")
        received.wait_for(b"hello\n")
        link.write(b"ping")
        assert board.receive(4) == b"ping"
        link.close()
        assert received.states == [LinkState.OPENING, LinkState.OPEN, LinkState.CLOSED]


def test_bytes_go_both_ways_over_tcp_and_nothing_sent_first_is_lost() -> None:
    with TcpBoard() as board:
        link = Link(board.url)
        received = Received(link)
        link.open()
        board.accept()
        payload = bytes(range(256)) * 1000
        board.send(payload)
        received.wait_for(payload)
        link.write(b"pong")
        assert board.receive(4) == b"pong"
        link.close()


def test_open_soon_reports_through_the_state() -> None:
    with TcpBoard() as board:
        link = Link(board.url)
        link.open_soon()
        board.accept()
        assert link.wait_open(TIMEOUT_S)
        link.close()


def test_open_soon_that_fails_ends_closed_with_the_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    link = Link(f"socket://127.0.0.1:{port}")
    received = Received(link)
    link.open_soon()
    wait_until(lambda: received.states[-1:] == [LinkState.CLOSED])
    assert link.error is not None
    assert link.error.problem is PortProblem.NOT_FOUND


@needs_pty
def test_a_pulled_cable_is_lost_and_reconnects_when_it_comes_back(tmp_path: Path) -> None:
    with PtyBoard(tmp_path / "ttyBOARD") as board:
        link = Link(board.url)
        received = Received(link)
        link.open()
        board.send(b"one")
        received.wait_for(b"one")
        board.pull()
        wait_until(lambda: link.state is LinkState.LOST)
        assert link.error is not None
        assert link.error.problem is PortProblem.LOST
        with pytest.raises(PortError) as lost:
            link.write(b"x")
        assert lost.value.problem is PortProblem.LOST
        board.plug_in()
        assert link.wait_open(TIMEOUT_S)
        assert link.error is None
        board.send(b"two")
        received.wait_for(b"onetwo")
        link.close()
        assert received.states == [
            LinkState.OPENING,
            LinkState.OPEN,
            LinkState.LOST,
            LinkState.OPEN,
            LinkState.CLOSED,
        ]


def test_a_tcp_board_that_hangs_up_is_connected_again() -> None:
    with TcpBoard() as board:
        link = Link(board.url)
        link.open()
        board.accept()
        board.hang_up()
        board.accept()
        assert link.wait_open(TIMEOUT_S)
        link.write(b"again")
        assert board.receive(5) == b"again"
        link.close()


@needs_pty
def test_closing_while_lost_ends_the_attempts(tmp_path: Path) -> None:
    with PtyBoard(tmp_path / "ttyBOARD") as board:
        link = Link(board.url)
        link.open()
        board.pull()
        wait_until(lambda: link.state is LinkState.LOST)
        link.close()
        assert link.state is LinkState.CLOSED


@needs_pty
def test_a_flasher_gets_the_port_and_gives_it_back(tmp_path: Path) -> None:
    with PtyBoard() as board, PtyBoard() as renumbered:
        link = Link(board.url)
        received = Received(link)
        link.open()
        link.release()
        assert link.state is LinkState.RELEASED
        flasher = Link(board.url)
        flasher.open()
        flasher.close()
        link.take_back(renumbered.url)
        assert link.wait_open(TIMEOUT_S)
        renumbered.send(b"back")
        received.wait_for(b"back")
        link.close()


@needs_pty
def test_a_busy_port_says_who_holds_it() -> None:
    with PtyBoard() as board:
        first, second = Link(board.url), Link(board.url)
        first.open()
        with pytest.raises(PortError) as refused:
            second.open()
        assert refused.value.problem is PortProblem.BUSY
        if sys.platform == "linux":
            assert f"({os.getpid()})" in str(refused.value)
        assert second.state is LinkState.CLOSED
        first.close()


@needs_pty
def test_a_missing_device_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(PortError) as missing:
        Link(str(tmp_path / "ttyNONE")).open()
    assert missing.value.problem is PortProblem.NOT_FOUND
    assert missing.value.port.endswith("ttyNONE")


def test_an_address_where_nothing_listens_is_not_found() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(PortError) as missing:
        Link(f"socket://127.0.0.1:{port}").open()
    assert missing.value.problem is PortProblem.NOT_FOUND


@pytest.mark.parametrize("url", ["socket://nowhere", "socket://host:nan", "spam://x"])
def test_a_malformed_address_is_a_bad_url(url: str) -> None:
    with pytest.raises(PortError) as bad:
        Link(url).open()
    assert bad.value.problem is PortProblem.BAD_URL


def test_a_refused_permission_names_the_fix() -> None:
    error = port_errors.explain_open_error("/dev/null", PermissionError(13, "Permission denied"))
    assert error.problem is PortProblem.NO_PERMISSION
    if sys.platform == "linux":
        assert "udev" in str(error) or "usermod" in str(error) or "log out" in str(error)


@needs_pty
@pytest.mark.parametrize("group", ["dialout", "uucp"])
def test_the_group_that_may_use_a_port_is_named(
    monkeypatch: pytest.MonkeyPatch, group: str
) -> None:
    import grp

    entry = SimpleNamespace(gr_name=group, gr_mem=["somebody"])
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(grp, "getgrgid", lambda _number: entry)
    monkeypatch.setattr(grp, "getgrnam", lambda _name: entry)
    monkeypatch.setenv("USER", "maker")
    assert f"usermod -a -G {group} $USER" in str(port_errors.permission_fix("/dev/null"))
    monkeypatch.setenv("USER", "somebody")
    assert "log out and in again" in str(port_errors.permission_fix("/dev/null"))


@pytest.mark.parametrize(
    ("system", "words"), [("darwin", "Allow the accessory"), ("win32", "administrator")]
)
def test_each_system_has_its_own_way_to_permission(
    monkeypatch: pytest.MonkeyPatch, system: str, words: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert words in str(port_errors.permission_fix("/dev/cu.usbserial"))


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("PermissionError(13, 'Access is denied.', None, 5)", PortProblem.BUSY),
        (
            "FileNotFoundError(2, 'The system cannot find the file.', None, 2)",
            PortProblem.NOT_FOUND,
        ),
    ],
)
def test_windows_hides_the_reason_in_the_words(words: str, problem: PortProblem) -> None:
    error = OSError(f"could not open port 'COM3': {words}")
    assert port_errors.explain_open_error("COM3", error).problem is problem


@needs_pty
def test_a_board_that_takes_no_data_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.capture.port.WRITE_TIMEOUT_S", 0.05)
    with PtyBoard() as board:
        link = Link(board.url)
        link.open()
        with pytest.raises(PortError) as silent:
            link.write(bytes(1_000_000))
        assert silent.value.problem is PortProblem.SILENT
        link.close()


@needs_pty
def test_any_baud_rate_can_be_set() -> None:
    with PtyBoard() as board:
        link = Link(board.url, baud=250_000)
        received = Received(link)
        link.open()
        link.set_baud(74_880)
        board.send(b"ok")
        received.wait_for(b"ok")
        link.close()


@needs_pty
def test_a_subscriber_can_leave() -> None:
    with PtyBoard() as board:
        link = Link(board.url)
        stayed, left = bytearray(), bytearray()
        link.subscribe(stayed.extend)
        leave = link.subscribe(left.extend)
        leave()
        link.open()
        board.send(b"x")
        wait_until(lambda: bytes(stayed) == b"x")
        link.close()
        assert left == b""


def serve_rfc2217(server: socket.socket, stop: threading.Event) -> None:
    """A serial server as in pyserial's example, in front of a port that echoes."""
    echo = serial.serial_for_url("loop://", timeout=0)
    connection, _ = server.accept()
    with connection:
        connection.settimeout(0.02)

        class Connection:
            def write(self, data: bytes) -> None:
                connection.sendall(data)

        manager = serial.rfc2217.PortManager(echo, Connection())
        while not stop.is_set():
            try:
                data = connection.recv(1024)
            except TimeoutError:
                data = None
            if data == b"":
                break
            echo.write(b"".join(manager.filter(data or b"")))
            connection.sendall(b"".join(manager.escape(echo.read(1024))))
    echo.close()


@old_names
def test_a_port_across_the_network_by_rfc2217() -> None:
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve_rfc2217, args=(server, stop))
        thread.start()
        link = Link(f"rfc2217://127.0.0.1:{server.getsockname()[1]}")
        received = Received(link)
        link.open()
        link.write(b"echo \xff of bytes")
        received.wait_for(b"echo \xff of bytes")
        link.close()
        stop.set()
        thread.join()


@old_names
def test_an_rfc2217_server_that_does_not_answer_is_not_found() -> None:
    with TcpBoard() as board:
        with pytest.raises(PortError) as silent:
            Link(f"rfc2217://127.0.0.1:{board.port}?timeout=0.1").open()
        assert silent.value.problem is PortProblem.NOT_FOUND
