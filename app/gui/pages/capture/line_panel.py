# SPDX-License-Identifier: GPL-3.0-or-later
"""The line inspector and the console: how each kind of line was read, and what was not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.capture.line_inspector import LineKind
from app.capture.session import CaptureSession
from app.gui import theme
from app.gui.i18n import tr
from app.gui.theme import Theme

CONSOLE_LINES = 500


class LinePanel(QWidget):
    """Two tabs; :meth:`refresh` reads what is new."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self._look = look
        self._seen = 0
        self._kinds: tuple[LineKind, ...] = ()
        self._session: CaptureSession | None = None
        self.table = QTableWidget(0, 3)
        self.table.setHorizontalHeaderLabels(
            [tr("Lines"), tr("How they were read"), tr("Last one")]
        )
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.table.setAccessibleName(tr("Line inspector"))
        self.console = QPlainTextEdit()
        self.console.setReadOnly(True)
        self.console.setMaximumBlockCount(CONSOLE_LINES)
        self.console.setFont(theme.mono_font())
        self.console.setPlaceholderText(tr("What the board prints besides values appears here."))
        self.console.setAccessibleName(tr("Console"))
        self.tabs = QTabWidget()
        self.tabs.addTab(self.table, tr("Line inspector"))
        self.tabs.addTab(self.console, tr("Console"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)

    def refresh(self, session: CaptureSession | None) -> None:
        """Show what ``session`` has heard since the last time."""
        if session is not self._session:
            self._session = session
            self._seen = 0
            self.console.clear()
            self._show_kinds(())
        if session is None:
            return
        self._seen, lines = session.console(self._seen)
        if lines:
            self.console.appendPlainText("\n".join(each.line for each in lines[-CONSOLE_LINES:]))
        kinds = session.line_kinds()
        if kinds != self._kinds:
            self._show_kinds(kinds)

    def _show_kinds(self, kinds: tuple[LineKind, ...]) -> None:
        self._kinds = kinds
        self.table.setRowCount(len(kinds))
        for row, kind in enumerate(kinds):
            cells = (str(kind.count), tr(kind.how), kind.example)
            for column, words in enumerate(cells):
                item = QTableWidgetItem(words)
                if not kind.read:
                    item.setForeground(QColor(self._look.warn))
                if column == 0:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                if column == 2:
                    item.setFont(theme.mono_font())
                self.table.setItem(row, column, item)
