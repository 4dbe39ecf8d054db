# SPDX-License-Identifier: GPL-3.0-or-later
"""Which of the boards that are plugged in: the way in from the welcome page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.capture.discovery import DiscoveredPort
from app.core.errors import FlashProblem
from app.gui import theme
from app.gui.board import BoardConnection
from app.gui.help import HelpDialog
from app.gui.help.pages import page_for
from app.gui.i18n import tr
from app.gui.icons import icon
from app.gui.port_words import port_words
from app.gui.theme import Theme
from app.gui.widgets.card import label
from app.gui.widgets.empty_state import EmptyState

WIDTH = 560
LIST_HEIGHT = 216
"""About six ports; more are scrolled."""


class ConnectDialog(QDialog):
    """The ports of this computer as boards come and go; once accepted ``chosen`` is one's URL."""

    def __init__(self, parent: QWidget, look: Theme, board: BoardConnection) -> None:
        super().__init__(parent)
        self._look = look
        self._board = board
        self.chosen = ""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Connect a board"))
        self.setMinimumWidth(WIDTH)
        self.words = label("", "muted", wrap=True)
        self.ports = QListWidget()
        self.ports.setAccessibleName(tr("Boards and ports"))
        self.ports.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.ports.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.ports.itemActivated.connect(self.accept)
        self.ports.itemSelectionChanged.connect(self._allow)
        self.nothing = EmptyState(
            look,
            "plug",
            tr("No board yet"),
            tr("Plug one in with a USB cable that carries data. It appears here by itself."),
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.nothing)
        self.stack.addWidget(self.ports)
        self.stack.setFixedHeight(LIST_HEIGHT)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.connect_button = buttons.addButton(
            tr("Connect"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.connect_button.setProperty("role", "primary")
        self.connect_button.setDefault(True)
        self.help = QPushButton(tr("My board is not here"))
        self.help.setProperty("role", "quiet")
        self.help.clicked.connect(self._help)
        below = QHBoxLayout()
        below.addWidget(self.help)
        below.addStretch(1)
        below.addWidget(buttons)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(theme.GRID * 2)
        column.addWidget(self.words)
        column.addWidget(self.stack)
        column.addLayout(below)
        board.ports_changed.connect(self._show_ports)
        self.finished.connect(lambda: board.watch_ports(False))
        self._show_ports()
        board.watch_ports(True)

    def _show_ports(self) -> None:
        before = self._current()
        ports = self._board.ports
        self.ports.clear()
        for port in ports:
            name = "plug" if port.board is None else "board"
            item = QListWidgetItem(icon(name, self._look), port_words(port))
            item.setData(Qt.ItemDataRole.UserRole, port.url)
            item.setToolTip(item.text())
            self.ports.addItem(item)
        self.stack.setCurrentWidget(self.ports if ports else self.nothing)
        strangers = bool(ports) and all(port.board is None for port in ports)
        self.words.setText(
            tr("None of these is known as a board. Plug one in, or choose the port it is on.")
            if strangers
            else tr("The studio makes a project and shows what the board's sensors say.")
        )
        self.ports.setCurrentRow(_row_of(ports, before))
        self._allow()

    def _current(self) -> str:
        chosen = self.ports.selectedItems()
        return str(chosen[0].data(Qt.ItemDataRole.UserRole)) if chosen else ""

    def _allow(self) -> None:
        self.connect_button.setEnabled(bool(self._current()))

    def _help(self) -> None:
        HelpDialog(self, self._look, page_for(FlashProblem.NO_PORT)).open()

    def accept(self) -> None:
        self.chosen = self._current()
        if self.chosen:
            super().accept()


def _row_of(ports: tuple[DiscoveredPort, ...], url: str) -> int:
    """The port that was chosen; else the first, where a board is probably behind it; else none."""
    for row, port in enumerate(ports):
        if port.url == url:
            return row
    return 0 if ports and ports[0].board is not None else -1
