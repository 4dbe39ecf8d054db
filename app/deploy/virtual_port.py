# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated board's end of its port: a pseudo-terminal, or a TCP server on this computer.

As on real hardware nobody waits for the host: what it does not read in time is lost. Output is kept
up to a limit; a message beyond it is refused whole, so that no message is ever cut.
"""

from __future__ import annotations

import os
import select
import socket
import sys
from abc import ABC, abstractmethod
from typing import Protocol

READ_BYTES = 65_536
KEEP_BYTES = 65_536
"""Output that waits for the host at most."""
HOST_POLL_S = 0.02
"""How often a pseudo-terminal that nobody has open is looked at."""


class Waker:
    """Ends a wait of the port, from any thread."""

    def __init__(self) -> None:
        self.socket, self._other = socket.socketpair()
        self.socket.setblocking(False)
        self._other.setblocking(False)

    def wake(self) -> None:
        try:
            self._other.send(b"\0")
        except BlockingIOError:
            return  # so many unread calls that one more makes no difference

    def clear(self) -> None:
        try:
            while self.socket.recv(4096):
                pass
        except BlockingIOError:
            return

    def close(self) -> None:
        self.socket.close()
        self._other.close()


class _End(Protocol):
    """Something select() understands."""

    def fileno(self) -> int: ...


class VirtualPort(ABC):
    """One host at a time, or none."""

    def __init__(self, url: str, waker: Waker) -> None:
        self.url = url
        self.connected = False
        self._waker = waker
        self._pending = bytearray()

    @abstractmethod
    def poll(self) -> None:
        """Bring ``connected`` up to date."""

    @abstractmethod
    def read(self) -> bytes:
        """What has come, without waiting; empty when nothing has, or the host left."""

    def host_baud(self) -> int | None:
        """The speed that the host has set at its end; ``None`` where a port has none."""
        return None

    @abstractmethod
    def _ends(self) -> list[_End]:
        """What to wait on for bytes or for a host; empty when that must be polled."""

    @abstractmethod
    def _write_some(self, data: bytes) -> int:
        """Write without waiting; how much was taken. Raises OSError when the host left."""

    @abstractmethod
    def close(self) -> None: ...

    def write(self, data: bytes) -> bool:
        """Send ``data`` whole, now or later; ``False`` when it was lost instead."""
        if not self.connected or len(self._pending) + len(data) > KEEP_BYTES:
            return False
        self._pending += data
        self.flush()
        return True

    def flush(self) -> None:
        """Send what is kept, as far as the host takes it."""
        if not self._pending:
            return
        try:
            taken = self._write_some(bytes(self._pending))
        except BlockingIOError:
            return
        except OSError:
            self._left()
        else:
            del self._pending[:taken]

    def wait(self, timeout_s: float) -> None:
        """Wait for bytes, a host, room for what is kept, a waker, or ``timeout_s``."""
        ends = self._ends()
        if not ends:
            timeout_s = min(timeout_s, HOST_POLL_S)
        writing = ends if self._pending and self.connected else []
        select.select([self._waker.socket, *ends], writing, [], max(0.0, timeout_s))
        self._waker.clear()

    def _left(self) -> None:
        self.connected = False
        self._pending.clear()


class TcpPort(VirtualPort):
    """``socket://127.0.0.1:…``: works everywhere. A second host waits until the first has left."""

    def __init__(self, waker: Waker, port: int = 0) -> None:
        self._server = socket.create_server(("127.0.0.1", port))
        self._server.setblocking(False)
        self._host: socket.socket | None = None
        super().__init__(f"socket://127.0.0.1:{self._server.getsockname()[1]}", waker)

    def poll(self) -> None:
        if self.connected:
            return
        try:
            host, _ = self._server.accept()
        except BlockingIOError:
            return
        host.setblocking(False)
        host.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._host = host
        self.connected = True

    def read(self) -> bytes:
        if self._host is None:
            return b""
        try:
            data = self._host.recv(READ_BYTES)
        except BlockingIOError:
            return b""
        except OSError:
            data = b""
        if not data:
            self._left()
        return data

    def _ends(self) -> list[_End]:
        return [self._server if self._host is None else self._host]

    def _write_some(self, data: bytes) -> int:
        return 0 if self._host is None else self._host.send(data)

    def _left(self) -> None:
        super()._left()
        if self._host is not None:
            self._host.close()
            self._host = None

    def close(self) -> None:
        self._left()
        self._server.close()


if sys.platform != "win32":
    import termios
    import tty

    _SPEEDS: dict[int, int] = {
        code: int(name[1:])
        for name, code in vars(termios).items()
        if name[0] == "B" and name[1:].isdecimal()
    }

    class PtyPort(VirtualPort):
        """A pseudo-terminal in raw mode. Linux tells when the host opens and closes it, and the
        speed it sets; elsewhere the host counts as always there, and is understood."""

        def __init__(self, waker: Waker) -> None:
            self._master, slave = os.openpty()
            tty.setraw(slave)
            os.set_blocking(self._master, False)
            super().__init__(os.ttyname(slave), waker)
            # Keeping the slave open would hide that the host closed it.
            self._tells = sys.platform == "linux"
            self._slave = -1 if self._tells else slave
            if self._tells:
                os.close(slave)

        def poll(self) -> None:
            if not self._tells:
                self.connected = True
                return
            hang_up = select.poll()
            hang_up.register(self._master, 0)
            connected = not hang_up.poll(0)
            if self.connected and not connected:
                self._left()
            self.connected = connected

        def read(self) -> bytes:
            if not self.connected:
                return b""
            try:
                return os.read(self._master, READ_BYTES)
            except BlockingIOError:
                return b""
            except OSError:
                self._left()
                return b""

        def host_baud(self) -> int | None:
            return _SPEEDS.get(termios.tcgetattr(self._master)[5], 0) if self._tells else None

        def _ends(self) -> list[_End]:
            return [_Descriptor(self._master)] if self.connected else []

        def _write_some(self, data: bytes) -> int:
            return os.write(self._master, data)

        def close(self) -> None:
            os.close(self._master)
            if self._slave >= 0:
                os.close(self._slave)


class _Descriptor:
    """A file descriptor that select() understands."""

    def __init__(self, number: int) -> None:
        self._number = number

    def fileno(self) -> int:
        return self._number


def open_virtual_port(waker: Waker, tcp_port: int | None) -> VirtualPort:
    """A pseudo-terminal where there is one; TCP otherwise, or when a port is given (0: any)."""
    if tcp_port is None and sys.platform != "win32":
        return PtyPort(waker)
    return TcpPort(waker, tcp_port or 0)
