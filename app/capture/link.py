# SPDX-License-Identifier: GPL-3.0-or-later
"""The one owner of a port: reads it on a thread, reconnects, and lends it to a flasher."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from enum import Enum

from app.capture.port import Port, open_port
from app.capture.port_errors import lost_error
from app.core.errors import PortError, PortProblem
from app.core.text import text

DEFAULT_BAUD = 115_200
BATCH_S = 0.01
"""How long bytes are collected before they are handed on: a reader that woke for every line of a
fast board would take the interpreter from the window a thousand times a second."""
HURRY_S = 0.25
"""How long after a write every byte is handed on at once, because an answer is awaited."""
BACK_OFF_S = (0.1, 0.2, 0.4, 0.8, 1.6)
"""Waits between attempts to reconnect; the last one repeats."""


class LinkState(Enum):
    """Where a link stands."""

    CLOSED = "closed"
    OPENING = "opening"
    OPEN = "open"
    LOST = "lost"
    """The port went away; the link tries to open it again until it is closed."""
    RELEASED = "released"
    """Handed over to somebody else, who will give it back."""


Receive = Callable[[bytes], None]
Watch = Callable[[LinkState], None]
Unsubscribe = Callable[[], None]


class Link:
    """A port by its pyserial URL (``/dev/ttyACM0``, ``COM3``, ``socket://host:port``, a pty).

    Subscribers get every chunk of bytes on the reader thread, in order; watchers get every change
    of state on the thread that caused it. Both must return soon. What they raise ends the link.
    """

    def __init__(self, url: str, baud: int = DEFAULT_BAUD) -> None:
        self._url = url
        self._baud = self._speed = baud
        self._state = LinkState.CLOSED
        self._error: PortError | None = None
        self._port: Port | None = None
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._hurry_until = 0.0
        self._write_lock = threading.Lock()
        self._changed = threading.Condition()
        self._subscribers: tuple[Receive, ...] = ()
        self._watchers: tuple[Watch, ...] = ()

    @property
    def url(self) -> str:
        return self._url

    @property
    def baud(self) -> int:
        """What the port is opened at."""
        return self._baud

    @property
    def speed(self) -> int:
        """Baud at present: :attr:`baud` whenever the port is opened, until :meth:`set_speed`."""
        return self._speed

    @property
    def state(self) -> LinkState:
        return self._state

    @property
    def error(self) -> PortError | None:
        """Why the link is lost or did not open; ``None`` while all is well."""
        return self._error

    def subscribe(self, receive: Receive) -> Unsubscribe:
        """Hand every chunk from now on to ``receive``; the result ends that."""
        self._subscribers = (*self._subscribers, receive)

        def unsubscribe() -> None:
            self._subscribers = tuple(s for s in self._subscribers if s is not receive)

        return unsubscribe

    def watch(self, notice: Watch) -> Unsubscribe:
        """Tell ``notice`` every change of state from now on; the result ends that."""
        self._watchers = (*self._watchers, notice)

        def unwatch() -> None:
            self._watchers = tuple(w for w in self._watchers if w is not notice)

        return unwatch

    def open(self) -> None:
        """Open the port and start to read. Raises :class:`PortError`; does nothing when open."""
        if self._thread is not None:
            return
        self._set_state(LinkState.OPENING)
        try:
            self._speed = self._baud
            self._port = open_port(self._url, self._baud)
        except PortError as error:
            self._set_state(LinkState.CLOSED, error)
            raise
        self._set_state(LinkState.OPEN)
        self._start(retry=True)

    def open_soon(self) -> None:
        """As :meth:`open`, but on the reader thread: failure shows in :attr:`state`, ``error``."""
        if self._thread is None:
            self._set_state(LinkState.OPENING)
            self._start(retry=False)

    def close(self) -> None:
        """Stop reading and free the port. Returns when the reader thread has ended."""
        self._end(LinkState.CLOSED)

    def release(self) -> None:
        """Free the port for another owner, such as a flasher, until :meth:`take_back`."""
        self._end(LinkState.RELEASED)

    def take_back(self, url: str | None = None) -> None:
        """Own the port again after :meth:`release`, under a new ``url`` if it was renumbered.

        A board may need a moment to come back, so this returns at once and keeps trying;
        :meth:`wait_open` waits for it.
        """
        if self._state is not LinkState.RELEASED:
            return
        self._url = url or self._url
        self._set_state(LinkState.OPENING)
        self._start(retry=True)

    def wait_open(self, timeout_s: float) -> bool:
        """Wait until the link is open; ``False`` when it is not within ``timeout_s``."""
        with self._changed:
            return self._changed.wait_for(lambda: self._state is LinkState.OPEN, timeout_s)

    def set_baud(self, baud: int) -> None:
        """Change the baud rate; an open port is opened anew."""
        if baud == self._baud:
            return
        self._baud = baud
        if self._thread is not None:
            self.close()
            self.open()

    def set_speed(self, baud: int) -> bool:
        """Let the open port go on at another speed; ``False`` where it cannot, or is gone."""
        with self._write_lock:
            if self._port is None:
                return False
            try:
                self._port.set_baud(baud)
            except (OSError, ValueError):
                return False
            self._speed = baud
            return True

    def write(self, data: bytes) -> None:
        """Send ``data``, whole, from any thread. Raises :class:`PortError`."""
        with self._write_lock:
            port = self._port
            if port is None:
                raise self._error or PortError(
                    PortProblem.LOST,
                    self._url,
                    text("The port {port} is not open.", port=self._url),
                )
            self._hurry_until = time.monotonic() + HURRY_S
            self._wake.set()
            try:
                port.write(data)
            except TimeoutError as error:
                raise PortError(
                    PortProblem.SILENT,
                    self._url,
                    text("The board at {port} takes no data.", port=self._url),
                    text("It is busy, halted, or something else is behind this port."),
                    text("Press its reset button, or choose another port."),
                ) from error
            except OSError as error:
                raise lost_error(self._url, error) from error

    def _start(self, *, retry: bool) -> None:
        self._stop.clear()
        self._thread = threading.Thread(
            target=self._run, args=(retry,), name=f"link {self._url}", daemon=True
        )
        self._thread.start()

    def _end(self, state: LinkState) -> None:
        self._stop.set()
        self._wake.set()
        with self._write_lock:
            if self._port is not None:
                self._port.cancel()
        thread, self._thread = self._thread, None
        if thread is not None and thread is not threading.current_thread():
            thread.join()
        if self._state is not state:
            self._set_state(state)

    def _run(self, retry: bool) -> None:
        try:
            port = self._port or self._reopen(retry)
            while port is not None:
                self._read_until_lost(port)
                port = self._reopen(retry=True)
        finally:
            self._drop_port()
            if not self._stop.is_set():  # failed to open, or a subscriber raised
                self._thread = None
                self._set_state(LinkState.CLOSED, self._error)

    def _read_until_lost(self, port: Port) -> None:
        while not self._stop.is_set():
            try:
                data = port.read()
            except OSError as error:
                self._drop_port()
                self._set_state(LinkState.LOST, lost_error(self._url, error))
                return
            if not data:
                continue
            for receive in self._subscribers:
                receive(data)
            if time.monotonic() > self._hurry_until:
                self._wake.clear()
                self._wake.wait(BATCH_S)

    def _reopen(self, retry: bool) -> Port | None:
        """Open the port, again and again if ``retry``; ``None`` when it failed or is to end."""
        attempt = 0
        while not self._stop.is_set():
            try:
                self._speed = self._baud
                port = open_port(self._url, self._baud)
            except PortError as error:
                if self._state is LinkState.OPENING:
                    self._error = error
                if not retry:
                    return None
                self._stop.wait(BACK_OFF_S[min(attempt, len(BACK_OFF_S) - 1)])
                attempt += 1
            else:
                with self._write_lock:
                    self._port = port
                self._set_state(LinkState.OPEN)
                return port
        return None

    def _drop_port(self) -> None:
        with self._write_lock:
            port, self._port = self._port, None
        if port is not None:
            port.close()

    def _set_state(self, state: LinkState, error: PortError | None = None) -> None:
        with self._changed:
            self._state = state
            self._error = error
            self._changed.notify_all()
        for notice in self._watchers:
            notice(state)
