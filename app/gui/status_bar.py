# SPDX-License-Identifier: GPL-3.0-or-later
"""The bar at the bottom: board, port and rate, the same on every page."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QStatusBar

from app.gui import theme
from app.gui.i18n import tr
from app.gui.icons import pixmap
from app.gui.studio import Studio
from app.gui.widgets.card import label

REFRESH_MS = 500


class StudioStatusBar(QStatusBar):
    """What the board is doing, in a line."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self.setSizeGripEnabled(False)
        self.setContentsMargins(theme.GRID * 2, 0, theme.GRID * 2, 0)
        self._mark = QLabel()
        self._mark.setFixedSize(QSize(16, 16))
        self._board = label("")
        self._detail = label("")
        for part in (self._mark, self._board, self._detail):
            self.addWidget(part)
        self._show_board()

    def _show_board(self) -> None:
        self._mark.setPixmap(
            pixmap("unplug", self._studio.theme.muted, 16, self.devicePixelRatioF())
        )
        self._board.setText(tr("No board connected"))
