# SPDX-License-Identifier: GPL-3.0-or-later
"""A port as esptool wants one: pyserial's names over one of our own ports.

So esptool gets what the rest of the studio has: ports of any kind, opened for us alone, errors that
say who holds them, and waits that end as soon as the user has had enough.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from app.capture.port import Port, SerialPort, open_port

SHORTEST_WAIT_S = 0.05
"""A board's boot loader answers in less, a busy computer behind a network may not."""


class LoaderStoppedError(Exception):
    """The user asked to stop. Not one of esptool's own, so that it does not try again."""


class LoaderPort:
    """The port ``url``, open. ``cancelled`` is asked before each read and write and ten times a
    second in between: where it says so they raise :class:`LoaderStoppedError`.

    ``patience`` is what esptool's time-outs are multiplied with. Raises ``PortError`` where the
    port cannot be opened; later on, ``OSError`` where it is gone, ``TimeoutError`` where nobody
    takes what is written.
    """

    def __init__(
        self, url: str, baud: int, cancelled: Callable[[], bool], patience: float = 1.0
    ) -> None:
        self.name = self.port = url
        self.timeout = 0.0
        self._baud = baud
        self._cancelled = cancelled
        self._patience = patience
        self._received = b""
        self._open: Port | None = None
        self.open()

    # ---- opening

    def open(self) -> None:
        self._received = b""
        self._open = open_port(self.port, self._baud)

    def close(self) -> None:
        """Does nothing to a port that is closed."""
        port, self._open = self._open, None
        if port is not None:
            port.close()

    def isOpen(self) -> bool:
        return self._open is not None

    # ---- bytes

    def read(self, size: int = 1) -> bytes:
        """``size`` bytes, fewer when they do not come within ``timeout``."""
        end = time.monotonic() + max(self.timeout * self._patience, SHORTEST_WAIT_S)
        while len(self._received) < size and time.monotonic() < end:
            self._receive()
        data, self._received = self._received[:size], self._received[size:]
        return data

    def inWaiting(self) -> int:
        """How many bytes can be read without waiting; waits a moment for the first ones, which
        whoever asks is about to read."""
        if not self._received:
            self._receive()
        return len(self._received)

    def write(self, data: bytes) -> None:
        self._opened().write(data)

    def reset_input_buffer(self) -> None:
        """Drop what has come so far."""
        self._opened().drop_input()
        self._received = b""

    flushInput = reset_input_buffer  # noqa: N815

    def flushOutput(self) -> None:
        """Nothing waits here to be sent."""

    def _receive(self) -> None:
        self._received += self._opened().read()

    def _opened(self) -> Port:
        if self._cancelled():
            raise LoaderStoppedError
        if self._open is None:
            raise OSError("the port is closed")
        return self._open

    # ---- baud rate and control lines, which only devices have

    @property
    def baudrate(self) -> int:
        return self._baud

    @baudrate.setter
    def baudrate(self, baud: int) -> None:
        if isinstance(self._open, SerialPort):
            try:
                self._open.set_baud(baud)
            except ValueError as error:  # pyserial's word for a rate that the driver has not
                raise OSError(str(error)) from error
        self._baud = baud

    @property
    def dtr(self) -> bool:
        return isinstance(self._open, SerialPort) and self._open.dtr

    def setDTR(self, state: bool) -> None:
        if isinstance(self._open, SerialPort):
            self._open.set_dtr(state)

    def setRTS(self, state: bool) -> None:
        if isinstance(self._open, SerialPort):
            self._open.set_rts(state)

    def fileno(self) -> int:
        """For setting both control lines at once, where the system can."""
        if not isinstance(self._open, SerialPort):
            raise OSError("this port has no file")
        return self._open.fileno()
