# SPDX-License-Identifier: GPL-3.0-or-later
"""A class as a dot of its colour and its name; beyond eight classes the dot is a ring."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.gui.theme import GRID, ClassStyle

_DOT = 10


def paint_dot(painter: QPainter, area: QRectF, style: ClassStyle) -> None:
    """Draw the class's dot filling ``area``: solid for the first eight, a dashed ring after."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if style.line == Qt.PenStyle.SolidLine:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.color)
        painter.drawEllipse(area)
    else:
        painter.setPen(QPen(style.color, 2, style.line))
        painter.drawEllipse(area.adjusted(1, 1, -1, -1))
    painter.restore()


def class_icon(style: ClassStyle) -> QIcon:
    """The dot as an icon, for combo boxes and menus."""
    picture = QPixmap(32, 32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_dot(painter, QRectF(6, 6, 20, 20), style)
    painter.end()
    picture.setDevicePixelRatio(2)
    return QIcon(picture)


class ClassChip(QWidget):
    """A dot and a name in one line."""

    def __init__(self, name: str, style: ClassStyle | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._style = style
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_class(self, name: str, style: ClassStyle | None) -> None:
        """Show another class; ``None`` draws no dot."""
        self._name, self._style = name, style
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        text = self.fontMetrics()
        return QSize(_DOT + GRID + text.horizontalAdvance(self._name) + 2, text.height() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(
            _DOT + GRID + self.fontMetrics().averageCharWidth() * 4, self.sizeHint().height()
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        left = 0
        if self._style is not None:
            top = (self.height() - _DOT) / 2
            paint_dot(painter, QRectF(0, top, _DOT, _DOT), self._style)
            left = _DOT + GRID
        room = self.rect().adjusted(left, 0, 0, 0)
        name = self.fontMetrics().elidedText(
            self._name, Qt.TextElideMode.ElideRight, max(room.width(), 0)
        )
        painter.setPen(QColor(self.palette().windowText().color()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.end()
