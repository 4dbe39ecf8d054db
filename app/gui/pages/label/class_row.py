# SPDX-License-Identifier: GPL-3.0-or-later
"""A class as a row: its dot, its name, the digit that gives it, and what its labels amount to."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.core.slicing import ClassTotals
from app.gui import theme
from app.gui.i18n import tr
from app.gui.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_ROW_HEIGHT = 46
KEYS = 9
NAME_ROLE = Qt.ItemDataRole.UserRole
"""The name as the document has it, while the row may be edited."""
CAPTION_ROLE = NAME_ROLE + 1


class ClassRowPainter(QStyledItemDelegate):
    """A dot, the name and the digit that gives it; below, what its labels amount to."""

    def __init__(self, look: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        return QSize(120, _ROW_HEIGHT)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        del index
        editor.setGeometry(_area(option).adjusted(28, 4, -6, -4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look, area = self._look, _area(option)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:  # pyright: ignore[reportAttributeAccessIssue]
            painter.fillRect(area, QColor(look.raised))
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), QColor(look.accent))
        dot = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(dot, QIcon):
            dot.paint(painter, area.left() + 10, area.top() + 7, 16, 16)
        room = area.adjusted(30, 5, -8, -5)
        painter.setFont(theme.font(theme.CAPTION_PX))
        painter.setPen(QColor(look.muted))
        caption = painter.fontMetrics().elidedText(
            str(index.data(CAPTION_ROLE)), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignBottom, caption)
        if index.row() < KEYS:
            painter.drawText(
                room,
                Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight,
                str(index.row() + 1),
            )
        painter.setFont(theme.font())
        painter.setPen(QColor(look.text))
        name = painter.fontMetrics().elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole)),
            Qt.TextElideMode.ElideRight,
            room.width() - 2 * theme.GRID,
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignTop, name)
        painter.restore()


def _area(option: QStyleOptionViewItem) -> QRect:
    return option.rect  # pyright: ignore[reportAttributeAccessIssue]


def totals_text(total: ClassTotals) -> str:
    """What a class's labels amount to, in a line."""
    if not total.spans:
        return tr("no label yet")
    spans, windows = f"{total.spans:,}", f"{total.windows:,}"
    time = duration_text(total.seconds)
    if total.spans == 1:
        return tr("1 label · {windows} windows · {time}", windows=windows, time=time)
    return tr(
        "{spans} labels · {windows} windows · {time}", spans=spans, windows=windows, time=time
    )


def duration_text(seconds: float) -> str:
    """A length of time in its natural unit: ``12.4 s``, ``3.2 min``, ``1.5 h``."""
    if seconds < 60:
        return tr("{number} s", number=f"{seconds:.1f}")
    if seconds < 3600:
        return tr("{number} min", number=f"{seconds / 60:.1f}")
    return tr("{number} h", number=f"{seconds / 3600:.1f}")
