# SPDX-License-Identifier: GPL-3.0-or-later
"""Real ports for tests: a pty whose far end the test holds, and a TCP server."""

from __future__ import annotations

import os
import select
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

TIMEOUT_S = 20.0

# pyserial's RFC 2217 client still names its thread in the old way.
old_names = pytest.mark.filterwarnings("ignore:set(Daemon|Name):DeprecationWarning")


def wait_until(true: Callable[[], bool], timeout_s: float = TIMEOUT_S) -> None:
    """Wait for a condition that another thread brings about; fail when it does not come."""
    end = time.monotonic() + timeout_s
    while not true():
        assert time.monotonic() < end, "the condition did not come about"
        threading.Event().wait(0.005)


class PtyBoard:
    """A pseudo-terminal: the studio opens ``url``, the test is the board at the other end.

    ``name`` gives it a stable path (a symbolic link), as a udev rule would, so that it can be
    pulled and plugged in again.
    """

    def __init__(self, name: Path | None = None) -> None:
        self._name = name
        self._master = -1
        self.url = ""
        self.plug_in()

    def plug_in(self) -> None:
        import tty

        self._master, slave = os.openpty()
        tty.setraw(slave)
        path = os.ttyname(slave)
        os.close(slave)
        if self._name is not None:
            self._name.unlink(missing_ok=True)
            self._name.symlink_to(path)
        self.url = str(self._name or path)

    @property
    def master(self) -> int:
        """The far end, for select and read."""
        return self._master

    def pull(self) -> None:
        """Take the board away: whoever has the port open loses it."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1
        if self._name is not None:
            self._name.unlink(missing_ok=True)

    def send(self, data: bytes) -> None:
        """Write all of ``data``, waiting while the other side's buffer is full."""
        view = memoryview(data)
        while view:
            _, ready, _ = select.select([], [self._master], [], TIMEOUT_S)
            assert ready, "nobody reads the port"
            view = view[os.write(self._master, view[:1024]) :]

    def receive(self, count: int) -> bytes:
        """Exactly ``count`` bytes that the studio wrote."""
        data = b""
        while len(data) < count:
            ready, _, _ = select.select([self._master], [], [], TIMEOUT_S)
            assert ready, f"only {data!r} came"
            data += os.read(self._master, count - len(data))
        return data

    def __enter__(self) -> PtyBoard:
        return self

    def __exit__(self, *_: object) -> None:
        self.pull()


class TcpBoard:
    """A TCP server with one client at a time."""

    def __init__(self, port: int = 0) -> None:
        self._server = socket.create_server(("127.0.0.1", port))
        self._server.settimeout(TIMEOUT_S)
        self._client: socket.socket | None = None
        self.port: int = self._server.getsockname()[1]
        self.url = f"socket://127.0.0.1:{self.port}"

    def accept(self) -> None:
        self.hang_up()
        self._client, _ = self._server.accept()
        self._client.settimeout(TIMEOUT_S)

    def hang_up(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    def send(self, data: bytes) -> None:
        assert self._client is not None
        self._client.sendall(data)

    def receive(self, count: int) -> bytes:
        assert self._client is not None
        data = b""
        while len(data) < count:
            part = self._client.recv(count - len(data))
            assert part, f"only {data!r} came"
            data += part
        return data

    def __enter__(self) -> TcpBoard:
        return self

    def __exit__(self, *_: object) -> None:
        self.hang_up()
        self._server.close()
