# SPDX-License-Identifier: GPL-3.0-or-later
"""The board the studio talks to: ports found, the capture session, the simulated board.

Opening a port and starting a process take their time, so both happen in the background; what the
session itself notices arrives here through the event loop.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.board import VIRTUAL, Board
from app.core.errors import TinywrightError
from app.gui.bridge import Background, GuiThread

if TYPE_CHECKING:
    from app.capture.discovery import DiscoveredPort
    from app.capture.session import CaptureSession
    from app.deploy.simulator import Simulator
    from app.deploy.virtual_process import SimulateOptions

SIMULATED = "simulated"
"""Stands for the simulated board where a port is chosen; its real port is known once it runs."""
LOOK_MS = 1500


class BoardConnection(QObject):
    """At most one board at a time. ``session`` lives until another is connected."""

    ports_changed = Signal()
    changed = Signal()
    """Another session, another state of its link, or a connection under way."""

    def __init__(
        self, gui: GuiThread, background: Background, report: Callable[[TinywrightError], None]
    ) -> None:
        super().__init__(gui)
        self._gui = gui
        self._background = background
        self._report = report
        self._simulator: Simulator | None = None
        self.simulation: SimulateOptions | None = None
        """How the simulated board is made when it is next started; ``None``: as usual."""
        self._attempt = 0
        self._looking = False
        self.ports: tuple[DiscoveredPort, ...] = ()
        self._seen: dict[str, DiscoveredPort] = {}
        """The last that was known of each port, also of those that are gone."""
        self.ports_known = False
        self.session: CaptureSession | None = None
        self.choice = ""
        """The port as it was chosen: a URL, ``SIMULATED``, or empty for none."""
        self.connecting = False
        self._unclaimed: set[CaptureSession] = set()
        """Opened, and not yet delivered to the window's thread, which may be closing."""
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    # --- ports -------------------------------------------------------------------------------

    def watch_ports(self, watch: bool) -> None:
        """Look for ports about once a second, or no more."""
        if watch:
            self.look()
            self._timer.start()
        else:
            self._timer.stop()

    def look(self) -> None:
        """Look once, in the background; ``ports_changed`` follows where something changed."""
        if self._looking:
            return
        self._looking = True

        def found(ports: tuple[DiscoveredPort, ...]) -> None:
            self._looking = False
            known, self.ports_known = self.ports_known, True
            if ports != self.ports or not known:
                self._know(ports)

        self._background.run(_list_ports, found, owner=self)

    def _know(self, ports: tuple[DiscoveredPort, ...]) -> None:
        self.ports = ports
        self._seen |= {port.url: port for port in ports}
        self.ports_changed.emit()

    # --- the session -------------------------------------------------------------------------

    @property
    def simulated(self) -> bool:
        """Whether the board that was chosen is the simulated one."""
        return self.choice == SIMULATED

    @property
    def url(self) -> str:
        """The port in use, as every place that takes a port wants it; empty for none."""
        return "" if self.session is None else self.session.link.url

    @property
    def boot_loader(self) -> str:
        """The port of the board in use while that is in its boot loader, which has a port of its
        own; empty otherwise."""
        from app.deploy.nano33ble_ports import find_board_in_loader

        known = self._seen.get(self.url)
        found = None if known is None else find_board_in_loader(self.ports, known.serial_number)
        return "" if found is None else found.url

    @property
    def board(self) -> Board | None:
        """The kind of board at the other end, as far as its port or its own word tells."""
        if self.session is None:
            return None
        if self.simulated:
            return VIRTUAL
        from app.core.board import BOARDS

        identity = self.session.snapshot().identity
        if identity is not None and identity.board in BOARDS:
            return BOARDS[identity.board]
        at = (self.choice, self.boot_loader)
        return next((port.board for port in self.ports if port.url in at), None)

    def connect_to(self, choice: str, baud: int) -> None:
        """Open the port ``choice`` (or the simulated board) in place of the present one."""
        self.disconnect_board()
        self._attempt += 1
        attempt = self._attempt
        self.choice, self.connecting = choice, True
        self.changed.emit()

        def done(session: CaptureSession) -> None:
            self._unclaimed.discard(session)
            if attempt != self._attempt:
                self._background.run(session.close)
                return
            self.connecting = False
            self.session = session
            session.link.watch(lambda _: self._gui.post(self.changed.emit))
            self.changed.emit()

        def failed(error: TinywrightError) -> None:
            if attempt == self._attempt:
                self.connecting, self.choice = False, ""
                self.changed.emit()
            self._report(error)

        self._background.run(lambda: self._opened(choice, baud), done, failed, owner=self)

    def connect_default(self, last_port: str, baud: int) -> None:
        """Connect what a user most likely wants: the port used last if it is there, else a board
        that is plugged in, else the simulated board. Nothing while a board is connected."""
        if self.session is not None or self.connecting:
            return

        def choose(ports: tuple[DiscoveredPort, ...]) -> None:
            self.ports_known = True
            self._know(ports)
            if self.session is None and not self.connecting:
                urls = [port.url for port in ports]
                boards = [port.url for port in ports if port.board is not None]
                wanted = [last_port] if last_port in urls else boards
                self.connect_to(wanted[0] if wanted else SIMULATED, baud)

        self._background.run(_list_ports, choose, owner=self)

    def disconnect_board(self) -> None:
        """Let go of the port."""
        self._attempt += 1
        session, self.session = self.session, None
        self.choice, self.connecting = "", False
        if session is not None:
            self._background.run(session.close)
            self.changed.emit()

    def act(self, gesture: str, seed: int, holding: int = 0) -> None:
        """Let the simulated hand do ``gesture``; ``seed`` is the take."""
        session = self.session
        if session is not None:
            self._background.run(lambda: session.client.act(gesture, seed, holding), owner=self)

    def _opened(self, choice: str, baud: int) -> CaptureSession:
        """In a worker thread."""
        from app.capture.session import CaptureSession

        url = self._simulated_url() if choice == SIMULATED else choice
        session = CaptureSession(url, baud)
        try:
            session.open()
        except TinywrightError:
            session.close()
            raise
        self._unclaimed.add(session)
        return session

    def _simulated_url(self) -> str:
        from app.deploy.simulator import Simulator

        if self._simulator is not None and not self._simulator.running:
            self._simulator.stop()  # it died: its pipes are still open
            self._simulator = None
        if self._simulator is None:
            self._simulator = Simulator(self.simulation)
        return self._simulator.start()

    def close(self) -> None:
        """Close the port and end the simulated board; waits for both. Nothing may connect after."""
        self._timer.stop()
        self._attempt += 1
        if self.session is not None:
            self.session.close()
            self.session = None
        for session in self._unclaimed:
            session.close()
        if self._simulator is not None:
            self._simulator.stop()


def _list_ports() -> tuple[DiscoveredPort, ...]:
    from app.capture.discovery import list_ports

    return tuple(list_ports())
