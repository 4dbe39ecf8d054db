# SPDX-License-Identifier: GPL-3.0-or-later
"""Which board: port, speed, and how its lines are read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from app.capture.dialects import Dialect
from app.capture.link import LinkState
from app.capture.messages import Flag
from app.capture.session_state import Snapshot, Speaks
from app.core.board import BOARDS
from app.core.text import Text, text
from app.gui import theme
from app.gui.board import SIMULATED
from app.gui.board_settings import SettingsButton
from app.gui.i18n import tr
from app.gui.icons import icon
from app.gui.port_words import port_words
from app.gui.studio import Studio
from app.gui.takes import TakeState
from app.gui.widgets.card import label
from app.gui.widgets.fields import prepare_field

BAUD_RATES = (9_600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600, 1_000_000)

_DIALECTS: dict[Dialect, Text] = {
    Dialect.COLUMNS: text("values by position"),
    Dialect.LABELS: text("label:value pairs"),
    Dialect.TELEPLOT: text("Teleplot"),
    Dialect.PATTERN: text("numbers between words"),
}


class PortBar(QWidget):
    """Shows and changes the studio's board."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        self.port = QComboBox()
        self.port.setMinimumWidth(280)
        self.port.setAccessibleName(tr("Port"))
        self.port.setToolTip(
            tr("The port is the cable to a board. Boards that are recognised have their name.")
        )
        self.baud = QComboBox()
        self.baud.setEditable(True)
        self.baud.setFixedWidth(112)
        self.baud.setAccessibleName(tr("Baud rate"))
        self.baud.setToolTip(
            tr("Bits a second on the wire. Must be what the sketch says in Serial.begin().")
        )
        self.baud.addItems([str(rate) for rate in BAUD_RATES])
        self.baud.setCurrentText(str(studio.settings.baud))
        self.dialect = QComboBox()
        self.dialect.setAccessibleName(tr("How lines are read"))
        self.dialect.setToolTip(
            tr("How a line of text becomes values. Found out by itself; choose one to insist.")
        )
        self.dialect.addItem(tr("Lines: found out"), None)
        for dialect, words in _DIALECTS.items():
            self.dialect.addItem(tr("Lines: {dialect}", dialect=words), dialect)
        self.connect_button = QPushButton()
        self.connect_button.setMinimumWidth(112)
        self.state = label("", "muted")
        self.state.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for field in (self.port, self.baud, self.dialect):
            prepare_field(field)
            row.addWidget(field)
        row.addWidget(self.connect_button)
        row.addSpacing(theme.GRID)
        row.addWidget(self.state, 1)
        self.settings = SettingsButton(studio)
        self.settings.setProperty("role", "quiet")
        self.settings.setIcon(icon("settings", studio.theme))
        self.settings.hide()
        row.addWidget(self.settings)
        self.port.activated.connect(self._connect)
        self.baud.activated.connect(self._connect)
        self.dialect.activated.connect(self._choose_dialect)
        self.connect_button.clicked.connect(self._toggle)
        studio.board.ports_changed.connect(self.show_ports)
        studio.board.changed.connect(self.show_ports)
        self.show_ports()

    def show_ports(self) -> None:
        """Fill the list anew, keeping the choice: the simulated board first where nothing else is
        plugged in, after the boards otherwise."""
        board = self._studio.board
        chosen = board.choice or self.port.currentData()
        look = self._studio.theme
        self.port.clear()
        boards = [port for port in board.ports if port.board is not None]
        others = [port for port in board.ports if port.board is None]
        for port in boards:
            self.port.addItem(icon("board", look), port_words(port), port.url)
        self.port.addItem(icon("hand", look), tr("Simulated board"), SIMULATED)
        for port in others:
            self.port.addItem(icon("plug", look, look.muted), port_words(port), port.url)
        index = self.port.findData(chosen)
        if index < 0 and board.choice:
            self.port.addItem(icon("plug", look), board.choice, board.choice)
            index = self.port.count() - 1
        self.port.setCurrentIndex(max(index, 0))
        connected = board.session is not None or board.connecting
        self.connect_button.setText(tr("Disconnect") if connected else tr("Connect"))
        self.connect_button.setIcon(icon("unplug" if connected else "plug", look))
        self._show_fields(None)

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Say how the board talks, or what is wrong."""
        self._show_fields(snapshot)
        self._show_settings(snapshot)
        words, role = _state_words(self._studio, snapshot)
        if self.state.text() != words:
            self.state.setText(words)
            self.state.setProperty("role", role)
            self.state.style().polish(self.state)
            self.state.setToolTip(words)

    def _show_fields(self, snapshot: Snapshot | None) -> None:
        simulated = self.port.currentData() == SIMULATED
        self.baud.setVisible(not simulated)
        lines = snapshot is not None and snapshot.speaks is Speaks.LINES
        self.dialect.setVisible(lines and not simulated)
        if lines and snapshot is not None and snapshot.dialect is not None:
            found = tr("Lines: {dialect} (found out)", dialect=_DIALECTS[snapshot.dialect])
            if self.dialect.itemText(0) != found:
                self.dialect.setItemText(0, found)

    def _show_settings(self, snapshot: Snapshot | None) -> None:
        """Where the board keeps settings; not while it records."""
        identity = None if snapshot is None else snapshot.identity
        speaks = snapshot is not None and snapshot.speaks is Speaks.PROTOCOL
        self.settings.setVisible(identity is not None and bool(identity.flags & Flag.SETTINGS))
        there = self._studio.project is not None  # else the page is about to go
        classes = self._studio.document.classes if there else ()
        idle = self._studio.takes.state is TakeState.IDLE
        self.settings.show_board(identity, [each.name for each in classes], ready=speaks and idle)

    def _chosen_baud(self) -> int:
        words = self.baud.currentText()
        return int(words) if words.isdecimal() and int(words) > 0 else self._studio.settings.baud

    def _connect(self) -> None:
        self._studio.connect_board(str(self.port.currentData()), self._chosen_baud())

    def _toggle(self) -> None:
        board = self._studio.board
        if board.session is not None or board.connecting:
            board.disconnect_board()
        else:
            self._connect()

    def _choose_dialect(self) -> None:
        session = self._studio.board.session
        if session is not None:
            session.set_dialect(self.dialect.currentData())


def _state_words(studio: Studio, snapshot: Snapshot | None) -> tuple[str, str]:
    """What to say of the connection, and in which role of the style sheet."""
    if studio.board.connecting:
        return tr("Connecting…"), "muted"
    if snapshot is None:
        return tr("No board connected"), "muted"
    if snapshot.problem is not None:
        return tr(snapshot.problem.what), "error"
    if snapshot.link is LinkState.LOST:
        return tr("The board went away. Waiting for it to come back…"), "warn"
    if snapshot.link is LinkState.RELEASED:
        return tr("The port is lent for a moment."), "muted"
    if studio.board.simulated and snapshot.samples:
        return "", "muted"  # all there is to say stands in the list of ports
    if snapshot.identity is not None and snapshot.speaks is Speaks.PROTOCOL:
        board = snapshot.identity.board
        return tr(
            "{board}, firmware {version}",
            board=tr(BOARDS[board].name) if board in BOARDS else board,
            version=snapshot.identity.firmware,
        ), "muted"
    if not snapshot.samples:
        return tr("Listening…"), "muted"
    return "", "muted"
