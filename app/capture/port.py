# SPDX-License-Identifier: GPL-3.0-or-later
"""One opened port of bytes: a serial device, a pty, a TCP socket, or any other pyserial URL.

Control lines. Opening asserts DTR and RTS together and leaves them so. That is the one state that
suits every board: an ESP32's reset circuit reacts only when the two differ, and a board with its
own USB (the Nano 33 BLE) sends nothing until DTR is asserted. An AVR board with a reset capacitor
on DTR (Uno) restarts when its port is opened, as it does in every terminal.
"""

from __future__ import annotations

import contextlib
import select
import socket
from typing import Any, Protocol, cast
from urllib.parse import urlsplit

import serial

from app.capture.port_errors import explain_open_error
from app.core.errors import PortError, PortProblem
from app.core.text import text

READ_LIMIT_BYTES = 65_536
POLL_S = 0.1
WRITE_TIMEOUT_S = 2.0
CONNECT_TIMEOUT_S = 3.0


class Port(Protocol):
    """An open port. One thread reads; any thread may write or cancel."""

    def read(self) -> bytes:
        """Wait up to ``POLL_S`` for bytes and return all that have come, at most 64 KiB.

        Empty when none came or the wait was cancelled. Raises OSError when the port is gone.
        """
        ...

    def write(self, data: bytes) -> None:
        """Send all of ``data``. Raises TimeoutError when nobody takes it, OSError when gone."""
        ...

    def cancel(self) -> None:
        """End a wait in :meth:`read`, from another thread."""
        ...

    def set_baud(self, baud: int) -> None:
        """Go on at another speed. Raises OSError or ValueError where the driver cannot."""
        ...

    def drop_input(self) -> None:
        """Throw away what has come and was not read."""
        ...

    def close(self) -> None: ...


def open_port(url: str, baud: int) -> Port:
    """Open ``url`` at ``baud``. Raises :class:`PortError` saying what is wrong and what to do."""
    try:
        if url.startswith("socket://"):
            return SocketPort(url)
        return SerialPort(url, baud)
    except OSError as error:
        raise explain_open_error(url, error) from error
    except ValueError as error:
        raise PortError(
            PortProblem.BAD_URL,
            url,
            text("The port {port} cannot be opened at {baud} baud.", port=url, baud=baud),
            text("{reason}.", reason=str(error).rstrip(".")),
            text("Choose a port from the list, or check the address and the baud rate."),
        ) from error


class SerialPort:
    """A device, a pty, or a URL that pyserial understands; opened for us alone where the system
    can do that."""

    def __init__(self, url: str, baud: int) -> None:
        # pyserial ships no types for its ports.
        port: Any = serial.serial_for_url(url, do_not_open=True)
        port.baudrate = baud
        port.timeout = POLL_S
        if not url.startswith("rfc2217://"):  # which refuses one
            port.write_timeout = WRITE_TIMEOUT_S
        port.exclusive = True  # pyserial ignores it where there is nothing to lock
        port.open()
        with contextlib.suppress(AttributeError):  # Windows only; its default is 4 KiB
            port.set_buffer_size(rx_size=READ_LIMIT_BYTES)
        self._port = port

    def read(self) -> bytes:
        data = cast(bytes, self._port.read(1))
        while data and len(data) < READ_LIMIT_BYTES:
            waiting = cast(int, self._port.in_waiting)
            if not waiting:
                break
            data += cast(bytes, self._port.read(waiting))
        return data

    def write(self, data: bytes) -> None:
        try:
            self._port.write(data)
        except serial.SerialTimeoutException as error:
            raise TimeoutError(str(error)) from error

    def cancel(self) -> None:
        with contextlib.suppress(AttributeError):  # rfc2217 has none and ends at its time-out
            self._port.cancel_read()

    def close(self) -> None:
        self._port.close()

    def drop_input(self) -> None:
        self._port.read(self._port.in_waiting)

    def set_baud(self, baud: int) -> None:
        self._port.baudrate = baud

    # What resetting a board into its boot loader takes.

    @property
    def dtr(self) -> bool:
        return cast(bool, self._port.dtr)

    def set_dtr(self, asserted: bool) -> None:
        """Raises OSError where there is no such line, as at a pty."""
        self._port.dtr = asserted

    def set_rts(self, asserted: bool) -> None:
        """Raises OSError where there is no such line, as at a pty."""
        self._port.rts = asserted

    def fileno(self) -> int:
        """The open file, for both lines at once; POSIX only. Raises OSError where there is none."""
        return cast(int, self._port.fileno())


class SocketPort:
    """``socket://host:port`` over a plain TCP socket.

    pyserial's own handler reads byte by byte, sleeps on closing and throws away what the other
    side sent first.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.hostname is None or parts.port is None:
            raise ValueError(f"{url} is not of the form socket://host:port")
        self._socket = socket.create_connection((parts.hostname, parts.port), CONNECT_TIMEOUT_S)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.settimeout(WRITE_TIMEOUT_S)

    def read(self) -> bytes:
        ready, _, _ = select.select([self._socket], [], [], POLL_S)
        if not ready:
            return b""
        data = self._socket.recv(READ_LIMIT_BYTES)
        if not data:
            raise ConnectionResetError("the other side closed the connection")
        return data

    def write(self, data: bytes) -> None:
        self._socket.sendall(data)

    def cancel(self) -> None:
        """Nothing to do: the wait ends within ``POLL_S``."""

    def set_baud(self, baud: int) -> None:
        """Nothing to do: a socket carries bytes at any speed."""

    def drop_input(self) -> None:
        while select.select([self._socket], [], [], 0)[0]:
            if not self._socket.recv(READ_LIMIT_BYTES):
                return  # the next read tells that the other side is gone

    def close(self) -> None:
        with contextlib.suppress(OSError):  # already closed by the other side
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
