# SPDX-License-Identifier: GPL-3.0-or-later
"""The project's recordings as rows, newest first, and how a row is painted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.core.document import Document
from app.core.recording import RecordingInfo
from app.gui import theme
from app.gui.i18n import tr
from app.gui.theme import ClassStyle, Theme
from app.gui.widgets import thumbnail
from app.gui.widgets.class_chip import paint_dot
from app.gui.widgets.signal_lanes import time_text
from app.gui.widgets.thumbnail import Thumbnails

_Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole
ROW_HEIGHT = 56


@dataclass(frozen=True, slots=True)
class Row:
    """A recording and the classes in it, as they first occur."""

    info: RecordingInfo
    labels: tuple[str, ...]

    @property
    def length(self) -> str:
        return time_text(self.info.duration_s, 0.1)

    @property
    def caption(self) -> str:
        return ", ".join(self.labels) if self.labels else tr("no label yet")


def rows_of(document: Document) -> tuple[Row, ...]:
    """A row for each recording, the one added last on top."""
    labels: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for span in document.spans:
        name = span.label if span.value is None else f"{span.value:g}"
        labels[span.recording_id].setdefault(name)
    return tuple(Row(info, tuple(labels[info.id])) for info in reversed(document.recordings))


class RecordingModel(QAbstractListModel):
    """Rows that can be renamed in place: ``rename(recording_id, name)`` does it."""

    def __init__(self, rename: Callable[[str, str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._rename = rename
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show ``rows``. Those added on top are inserted, so that selection and scroll stay."""
        old = [row.info.id for row in self.rows]
        new = [row.info.id for row in rows]
        added = len(new) - len(old)
        if added > 0 and new[added:] == old:
            self.beginInsertRows(QModelIndex(), 0, added - 1)
            self.rows = rows
            self.endInsertRows()
        elif new == old:
            self.rows = rows
        else:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
            return
        if rows:
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def row_of(self, recording_id: str) -> int | None:
        """Where a recording stands."""
        return next((i for i, row in enumerate(self.rows) if row.info.id == recording_id), None)

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return row.info.name
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return tr(
                    "{name}, {labels}, {length}, {count} samples at {rate:g} Hz",
                    name=row.info.name,
                    labels=row.caption,
                    length=row.length,
                    count=row.info.length,
                    rate=row.info.rate_hz,
                )
            case _ if role == ROW_ROLE:
                return row
            case _:
                return None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        name = str(value).strip()
        info = self.rows[index.row()].info
        if not name or name == info.name:
            return False
        self._rename(info.id, name)
        return True


class RowPainter(QStyledItemDelegate):
    """Thumbnail, name, class and length; nothing is made for rows nobody sees."""

    def __init__(self, look: Theme, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._thumbnails = thumbnails
        self.styles: dict[str, ClassStyle] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        return QSize(200, ROW_HEIGHT)

    def updateEditorGeometry(
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        index: _Index,  # noqa: ARG002
    ) -> None:
        area = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        editor.setGeometry(area.adjusted(thumbnail.WIDTH + 12, 10, -8, -10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row = cast("Row", index.data(ROW_ROLE))
        area = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        look = self._look
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(look.raised))
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), QColor(look.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            hovered = QColor(look.raised)
            hovered.setAlphaF(0.5)
            painter.fillRect(area, hovered)
        picture = self._thumbnails.picture(row.info.id)
        left = area.left() + theme.GRID
        if picture is not None and not picture.isNull():
            top = area.top() + (area.height() - thumbnail.HEIGHT) // 2
            painter.drawPixmap(left, top, picture)
        words = area.adjusted(thumbnail.WIDTH + 2 * theme.GRID, 8, -12, -8)
        self._paint_words(painter, row, words)
        painter.restore()

    def _paint_words(self, painter: QPainter, row: Row, area: QRect) -> None:
        look = self._look
        top, bottom = QRect(area), QRect(area)
        top.setHeight(area.height() // 2)
        bottom.setTop(top.bottom() + 1)
        caption = theme.font(theme.CAPTION_PX)
        painter.setPen(QColor(look.muted))
        painter.setFont(caption)
        side = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(bottom, side | Qt.AlignmentFlag.AlignRight, row.length)
        bottom.setRight(bottom.right() - painter.fontMetrics().horizontalAdvance(row.length) - 8)
        style = self.styles.get(row.labels[0]) if row.labels else None
        if style is not None:
            dot = QRectF(bottom.left(), bottom.center().y() - 4, 9, 9)
            paint_dot(painter, dot, style)
            bottom.setLeft(bottom.left() + 15)
        painter.drawText(bottom, side, _elided(painter, row.caption, bottom.width()))
        painter.setPen(QColor(look.text))
        painter.setFont(theme.font(theme.TEXT_PX))
        painter.drawText(top, side, _elided(painter, row.info.name, top.width()))


def _elided(painter: QPainter, words: str, width: int) -> str:
    return painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(width, 0))
