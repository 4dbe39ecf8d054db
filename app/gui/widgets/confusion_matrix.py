# SPDX-License-Identifier: GPL-3.0-or-later
"""A confusion matrix: rows are what it was, columns what the network said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.gui import theme
from app.gui.i18n import tr
from app.gui.theme import GRID, ClassStyle, Theme
from app.gui.widgets.class_chip import paint_dot

_MIN_CELL = 28
_MAX_CELL = 64
_DOT = 10


class ConfusionMatrixView(QWidget):
    """Counts as squares, the share of the row as depth of colour; the diagonal is right."""

    def __init__(self, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._classes: tuple[str, ...] = ()
        self._counts: NDArray[np.int64] = np.zeros((0, 0), np.int64)
        self._styles: Mapping[str, ClassStyle] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Confusion matrix"))

    def show_matrix(
        self,
        classes: Sequence[str],
        counts: NDArray[np.int64],
        styles: Mapping[str, ClassStyle] | None = None,
    ) -> None:
        """Show ``counts`` of shape ``(classes, classes)``: truth along rows, answers along
        columns. ``styles`` put a class's dot beside its name. Raises ``ValueError`` for another
        shape."""
        if counts.shape != (len(classes), len(classes)):
            raise ValueError(f"{counts.shape} counts for {len(classes)} classes")
        self._classes = tuple(classes)
        self._counts = counts
        self._styles = styles or {}
        total, right = int(counts.sum()), int(np.trace(counts))
        self.setAccessibleDescription(
            tr("{right} of {total} windows right", right=right, total=total)
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        side = len(self._classes) * 44
        return QSize(self._name_width() + side + GRID, side + 3 * GRID + 24)

    def minimumSizeHint(self) -> QSize:
        side = len(self._classes) * _MIN_CELL
        return QSize(self._name_width() + side + GRID, side + 3 * GRID + 24)

    def _name_width(self) -> int:
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(name) for name in self._classes), default=0)
        dot = _DOT + GRID if self._styles else 0
        return min(widest + 2, 140) + GRID + dot  # a text as wide as its room would be elided

    def _cell(self) -> QSizeF:
        """Wide for the names of the columns, even where there is little height."""
        count = max(len(self._classes), 1)
        width = (self.width() - self._name_width() - GRID) / count
        height = (self.height() - 3 * GRID - 24) / count
        return QSizeF(*(min(max(side, _MIN_CELL), _MAX_CELL) for side in (width, height)))

    def _cell_rect(self, row: int, column: int) -> QRectF:
        cell = self._cell()
        left, top = self._name_width() + column * cell.width(), 24 + row * cell.height()
        return QRectF(QPointF(left, top), cell)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self.fontMetrics()
        for index, name in enumerate(self._classes):
            left = QRectF(
                0, self._cell_rect(index, 0).top(), self._name_width() - GRID, self._cell().height()
            )
            style = self._styles.get(name)
            if style is not None:
                left.setRight(left.right() - _DOT - GRID)
                top = left.center().y() - _DOT / 2
                paint_dot(painter, QRectF(left.right() + GRID, top, _DOT, _DOT), style)
            painter.setPen(QColor(self._look.text))
            painter.drawText(
                left,
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
                metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(left.width())),
            )
            painter.setPen(QColor(self._look.muted))
            above = self._cell_rect(0, index)
            painter.drawText(
                QRectF(above.left(), 0, above.width(), 22),
                Qt.AlignmentFlag.AlignCenter,
                metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(above.width()) - 2),
            )
        for row in range(len(self._classes)):
            total = max(int(self._counts[row].sum()), 1)
            for column in range(len(self._classes)):
                self._paint_cell(painter, row, column, int(self._counts[row, column]), total)
        painter.end()

    def _paint_cell(self, painter: QPainter, row: int, column: int, count: int, total: int) -> None:
        area = self._cell_rect(row, column).adjusted(1, 1, -1, -1)
        color = QColor(self._look.accent if row == column else self._look.error)
        share = count / total
        color.setAlphaF(0.75 * share)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._look.raised))
        painter.drawRoundedRect(area, 4, 4)
        painter.setBrush(color)
        painter.drawRoundedRect(area, 4, 4)
        painter.setFont(theme.font(theme.TEXT_PX))
        strong = share > 0.6 and not self._look.dark
        painter.setPen(QColor(self._look.on_accent if strong else self._look.text))
        if count == 0:
            painter.setPen(QColor(self._look.muted))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(count))

    def _cell_at(self, point: QPointF) -> tuple[int, int] | None:
        cell = self._cell()
        column = int((point.x() - self._name_width()) // cell.width())
        row = int((point.y() - 24) // cell.height())
        count = len(self._classes)
        return (row, column) if 0 <= row < count and 0 <= column < count else None

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            cell = self._cell_at(QPointF(event.pos()))
            if cell is not None:
                QToolTip.showText(event.globalPos(), self._explain(*cell), self)
                return True
        return super().event(event)

    def _explain(self, row: int, column: int) -> str:
        total = int(self._counts[row].sum())
        count = int(self._counts[row, column])
        values = {"truth": self._classes[row], "answer": self._classes[column]}
        if row == column:
            return tr(
                "{count} of {total} windows of “{truth}” were recognised.",
                count=count,
                total=total,
                truth=values["truth"],
            )
        return tr(
            "{count} of {total} windows of “{truth}” were taken for “{answer}”.",
            count=count,
            total=total,
            **values,
        )
