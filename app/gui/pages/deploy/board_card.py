# SPDX-License-Identifier: GPL-3.0-or-later
"""Which board: every kind the studio knows, the connected one chosen, the others with the reason
why they cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from app.capture.link import LinkState
from app.capture.session_state import Snapshot, Speaks
from app.core.board import BOARDS, VIRTUAL, Board
from app.gui import theme
from app.gui.board import SIMULATED, BoardConnection
from app.gui.figures import memory_of
from app.gui.i18n import tr
from app.gui.widgets.card import Card, label

_INDENT = 24


@dataclass(frozen=True, slots=True)
class BoardState:
    """What can be said of a kind of board now. ``ready``: it takes a model at once; ``port`` is
    where choosing it would connect, empty where that is not possible."""

    words: str
    role: str = "caption"
    ready: bool = False
    port: str = ""


def board_state(connection: BoardConnection, board: Board, snapshot: Snapshot | None) -> BoardState:
    """How ``board`` stands, by the port it is on and by its own word."""
    connected = connection.board
    if snapshot is not None and connected is not None and connected.id == board.id:
        return _connected_state(connection, board, snapshot)
    if board.id == VIRTUAL.id:
        if connection.connecting and connection.simulated:
            return BoardState(tr("Starting…"))
        return BoardState(tr("Needs no hardware"), port=SIMULATED)
    port = next((port.url for port in connection.ports if port.board is board), "")
    if port:
        return BoardState(tr("Plugged in at {port}", port=port), port=port)
    return BoardState(tr("Not plugged in") if board.image else _without_firmware())


def _connected_state(connection: BoardConnection, board: Board, snapshot: Snapshot) -> BoardState:
    if snapshot.link is LinkState.RELEASED:
        return BoardState(tr("Busy at {port}", port=connection.url))
    if snapshot.link is LinkState.LOST:
        return BoardState(tr("It went away; waiting for it to come back"), "warn")
    identity = snapshot.identity
    if snapshot.speaks is Speaks.PROTOCOL and identity is not None and identity.board == board.id:
        words = tr(
            "Connected at {port}, firmware {version}",
            port=connection.url,
            version=identity.firmware,
        )
        return BoardState(words, ready=True)
    if snapshot.speaks is Speaks.LINES and board.image:
        words = tr(
            "At {port}, without the studio's firmware: it is installed first, in place of what "
            "runs there now.",
            port=connection.url,
        )
        return BoardState(words, "warn", ready=True)
    if snapshot.speaks is Speaks.LINES:
        return BoardState(tr("It runs a sketch of its own. ") + _without_firmware(), "warn")
    return BoardState(tr("Asking who it is…"))


def _without_firmware() -> str:
    return tr("Not in this version yet: the studio cannot install its firmware on it.")


class BoardCard(Card):
    """``port_chosen(str)``: connect this port, for the user chose the board behind it."""

    port_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(tr("Board"))
        self._group = QButtonGroup(self)
        self._states: dict[str, BoardState] = {}
        self.rows = {board.id: _Row(board) for board in BOARDS.values()}
        for board_id, row in self.rows.items():
            self._group.addButton(row.button)
            row.button.clicked.connect(partial(self._choose, board_id))
            self.content.addWidget(row)

    def show_boards(
        self, connection: BoardConnection, snapshot: Snapshot | None, *, locked: bool
    ) -> BoardState | None:
        """Show how every board stands; returns how the connected one does. ``locked``: no other
        can be chosen while work is under way."""
        connected = connection.board
        chosen = None if connected is None else connected.id
        if connection.connecting and connection.simulated:
            chosen = VIRTUAL.id
        for board in BOARDS.values():
            state = board_state(connection, board, snapshot)
            self._states[board.id] = state
            usable = board.id == chosen or bool(state.port)
            self.rows[board.id].show_state(state, board.id == chosen, usable and not locked)
        if chosen is None:
            self._group.setExclusive(False)
            for row in self.rows.values():
                row.button.setChecked(False)
            self._group.setExclusive(True)
        return self._states.get(chosen) if chosen is not None else None

    def _choose(self, board_id: str, _checked: bool = False) -> None:
        port = self._states[board_id].port
        if port:
            self.port_chosen.emit(port)


class _Row(QWidget):
    def __init__(self, board: Board) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.GRID // 2)
        column.setSpacing(2)
        self.button = QRadioButton(tr(board.name))
        self.button.setToolTip(f"{board.chip}\n{memory_of(board)}")
        self.state = label("", "caption", wrap=True)
        self.state.setContentsMargins(_INDENT, 0, 0, 0)
        self.state.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.button)
        column.addWidget(self.state)

    def show_state(self, state: BoardState, chosen: bool, usable: bool) -> None:
        if chosen:
            self.button.setChecked(True)
        self.button.setEnabled(usable)
        if self.state.text() == state.words:
            return
        self.state.setText(state.words)
        self.state.setProperty("role", state.role)
        self.state.style().polish(self.state)
