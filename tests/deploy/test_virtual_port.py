# SPDX-License-Identifier: GPL-3.0-or-later
"""The board's end of its port, against real pseudo-terminals and sockets."""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator

import pytest

from app.capture.port import Port, open_port
from app.deploy.virtual_port import KEEP_BYTES, VirtualPort, Waker, open_virtual_port
from tests.helpers.ports import wait_until

KINDS = ["tcp"] if sys.platform == "win32" else ["pty", "tcp"]


@pytest.fixture
def waker() -> Iterator[Waker]:
    made = Waker()
    yield made
    made.close()


@pytest.fixture(params=KINDS)
def port(request: pytest.FixtureRequest, waker: Waker) -> Iterator[VirtualPort]:
    made = open_virtual_port(waker, None if request.param == "pty" else 0)
    yield made
    made.close()


def settle(port: VirtualPort, true: Callable[[], bool]) -> None:
    """Let the board's loop turn until something is so."""

    def turn() -> bool:
        port.poll()
        port.flush()
        return true()

    wait_until(turn)


def connect(port: VirtualPort) -> Port:
    host = open_port(port.url, 115_200)
    settle(port, lambda: port.connected)
    return host


def read_all(host: Port, count: int, port: VirtualPort) -> bytes:
    data = b""
    while len(data) < count:
        data += host.read()
        port.flush()
    return data


def test_bytes_go_both_ways_unchanged(port: VirtualPort) -> None:
    everything = bytes(range(256))
    host = connect(port)
    assert port.write(everything)
    assert read_all(host, 256, port) == everything
    host.write(everything)
    heard = bytearray()
    settle(port, lambda: (heard.extend(port.read()), len(heard) == 256)[1])
    assert heard == everything
    host.close()


def test_it_notices_the_host_come_and_leave_and_come_again(port: VirtualPort) -> None:
    port.poll()
    assert not port.connected
    assert not port.write(b"nobody hears this")
    for _ in range(2):
        host = connect(port)
        assert port.write(b"hello")
        assert read_all(host, 5, port) == b"hello"
        host.close()
        settle(port, lambda: port.read() == b"" and not port.connected)


def test_a_host_that_does_not_read_costs_whole_messages_and_bounded_memory(
    port: VirtualPort,
) -> None:
    host = connect(port)
    sent = []
    # More than any kernel keeps for a socket, and then some.
    for number in range(20_000):
        message = b"%07d" % number * 146
        if port.write(message):
            sent.append(message)
        assert len(port._pending) <= KEEP_BYTES
    assert len(sent) < 20_000
    expected = b"".join(sent)
    assert read_all(host, len(expected), port) == expected
    host.close()


def test_waiting_ends_when_bytes_come(port: VirtualPort, waker: Waker) -> None:
    host = connect(port)
    writer = threading.Timer(0.05, host.write, [b"x"])
    writer.start()
    heard = bytearray()

    def turn() -> bool:
        port.wait(20)
        heard.extend(port.read())
        return heard == b"x"

    wait_until(turn)
    writer.join()
    host.close()


def test_waiting_ends_when_another_thread_says_so(port: VirtualPort, waker: Waker) -> None:
    host = connect(port)
    thread = threading.Thread(target=waker.wake)
    thread.start()
    port.wait(60)  # longer than the test may take
    thread.join()
    for _ in range(100_000):
        waker.wake()  # never waits, however often
    port.wait(60)
    host.close()


def test_a_second_tcp_host_waits_for_the_first_to_leave(waker: Waker) -> None:
    port = open_virtual_port(waker, 0)
    first = connect(port)
    second = open_port(port.url, 115_200)
    port.poll()
    port.write(b"for the first")
    assert read_all(first, 13, port) == b"for the first"
    first.close()
    settle(port, lambda: port.read() == b"" and not port.connected)
    settle(port, lambda: port.connected)
    port.write(b"for the second")
    assert read_all(second, 14, port) == b"for the second"
    second.close()
    port.close()


def test_a_chosen_tcp_port_is_taken(waker: Waker) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = free.getsockname()[1]
    port = open_virtual_port(waker, number)
    assert port.url == f"socket://127.0.0.1:{number}"
    port.close()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal")
def test_a_pseudo_terminal_does_not_echo(waker: Waker) -> None:
    port = open_virtual_port(waker, None)
    # Opened without any setting, as `cat` would.
    host = os.open(port.url, os.O_RDWR | os.O_NOCTTY)
    settle(port, lambda: port.connected)
    port.write(b"line\r\n\x03\x04")
    assert os.read(host, 100) == b"line\r\n\x03\x04"
    assert port.read() == b""
    os.close(host)
    port.close()
