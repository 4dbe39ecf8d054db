# SPDX-License-Identifier: GPL-3.0-or-later
"""How much of a budget is used: a thin bar, told apart by form as well as by colour."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.gui.theme import Theme

HEIGHT = 8
TIGHT = 0.8
"""From this share on a budget is nearly used up."""


class BudgetBar(QWidget):
    """Filled to the share that is used. Nearly full it is in the colour of warnings; more than
    full it is hatched, in the colour of errors."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self._look = look
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def share(self) -> float:
        return self._share

    def show_share(self, share: float) -> None:
        """Show that ``share`` of the budget is used; 1 is all of it."""
        self._share = share
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(80, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        area = QRectF(self.rect())
        whole = QPainterPath()
        whole.addRoundedRect(area, area.height() / 2, area.height() / 2)
        painter.setClipPath(whole)
        painter.fillRect(area, QColor(look.border))
        over = self._share > 1
        color = look.error if over else look.warn if self._share >= TIGHT else look.accent
        used = QRectF(area)
        # What is used is seen, however little it is.
        used.setWidth(max(area.width() * min(self._share, 1.0), 2.0 if self._share else 0.0))
        painter.fillRect(used, QColor(color))
        if over:
            painter.fillRect(used, QBrush(QColor(look.surface), Qt.BrushStyle.BDiagPattern))
        painter.end()
