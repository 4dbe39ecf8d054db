# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of recordings: name, length, and a ribbon of its labels; filtered by class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.core.document import Document
from app.core.recording import LabelSpan, RecordingInfo
from app.gui import theme
from app.gui.i18n import tr
from app.gui.theme import ClassStyle, Theme
from app.gui.widgets.card import label
from app.gui.widgets.class_chip import class_icon
from app.gui.widgets.signal_lanes import time_text

_Index = QModelIndex | QPersistentModelIndex
_ROW_ROLE = Qt.ItemDataRole.UserRole
_ROW_HEIGHT = 58


@dataclass(frozen=True, slots=True)
class RecordingRow:
    """A recording and its spans, by start."""

    info: RecordingInfo
    spans: tuple[LabelSpan, ...]

    @property
    def caption(self) -> str:
        """Length and number of labels, in words."""
        length = time_text(self.info.duration_s, 0.1)
        if not self.spans:
            return tr("{length} · not labelled", length=length)
        if len(self.spans) == 1:
            return tr("{length} · 1 label", length=length)
        return tr("{length} · {count} labels", length=length, count=len(self.spans))


class RecordingModel(QAbstractListModel):
    """The rows that pass the filter."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[RecordingRow, ...] = ()

    def show_rows(self, rows: tuple[RecordingRow, ...]) -> None:
        """Show ``rows``; where they are the same recordings as before, the selection stays."""
        ids = [row.info.id for row in rows]
        if ids == [row.info.id for row in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.info.name
            case Qt.ItemDataRole.ToolTipRole:
                return f"{row.info.name}\n{row.caption}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.info.name}, {row.caption}"
            case _ if role == _ROW_ROLE:
                return row
            case _:
                return None


class _RowPainter(QStyledItemDelegate):
    def __init__(self, look: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.styles: Mapping[str, ClassStyle] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        return QSize(120, _ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row = cast("RecordingRow", index.data(_ROW_ROLE))
        look = self._look
        area = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(look.raised))
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), QColor(look.accent))
        room = area.adjusted(12, 7, -10, -7)
        painter.setFont(theme.font())
        painter.setPen(QColor(look.text))
        name = painter.fontMetrics().elidedText(
            row.info.name, Qt.TextElideMode.ElideMiddle, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignTop, name)
        painter.setFont(theme.font(theme.CAPTION_PX))
        painter.setPen(QColor(look.muted if row.spans else look.warn))
        below = room.adjusted(0, 20, 0, 0)
        painter.drawText(below, Qt.AlignmentFlag.AlignTop, row.caption)
        self._paint_ribbon(painter, QRectF(room.left(), room.bottom() - 4, room.width(), 5), row)
        painter.restore()

    def _paint_ribbon(self, painter: QPainter, area: QRectF, row: RecordingRow) -> None:
        painter.fillRect(area, QColor(self._look.border))
        a_sample = area.width() / row.info.length
        drawn_to = area.left()
        for span in row.spans:  # spans narrower than a pixel share it, thousands of them or not
            left = area.left() + span.start * a_sample
            right = area.left() + span.stop * a_sample
            if right - drawn_to < 0.5:
                continue
            style = self.styles.get(span.label, self._look.class_style(7))
            painter.fillRect(QRectF(left, area.top(), max(right - left, 1.0), 5), style.color)
            drawn_to = right


class RecordingList(QWidget):
    """``current_changed(str)``: the id of the recording to show, empty for none."""

    current_changed = Signal(str)
    selection_changed = Signal()

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self._look = look
        self._rows: tuple[RecordingRow, ...] = ()
        self._classes: tuple[object, ...] = ()
        self._current = ""
        self.filter = QComboBox()
        self.filter.setAccessibleName(tr("Show"))
        self.filter.setToolTip(tr("Which recordings the list shows"))
        self.filter.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.filter.currentIndexChanged.connect(self._filter_rows)
        self.model = RecordingModel()
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setUniformItemSizes(True)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setAccessibleName(tr("Recordings"))
        self._painter = _RowPainter(look, self.view)
        self.view.setItemDelegate(self._painter)
        selection = self.view.selectionModel()
        selection.currentChanged.connect(self._on_current)
        selection.selectionChanged.connect(self._on_selected)
        self._empty = label("", "caption", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(self.filter)
        column.addWidget(self.view, 1)
        column.addWidget(self._empty)

    @property
    def current(self) -> str:
        """The id of the recording to show, empty for none."""
        return self._current

    @property
    def selected(self) -> tuple[str, ...]:
        """The ids of all selected recordings, in the order of the list."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        return tuple(self.model.rows[row].info.id for row in rows)

    def show_document(self, document: Document, styles: Mapping[str, ClassStyle]) -> None:
        """Show the recordings of ``document`` that pass the filter."""
        spans: dict[str, list[LabelSpan]] = {}
        for span in document.spans:
            spans.setdefault(span.recording_id, []).append(span)
        self._rows = tuple(
            RecordingRow(info, tuple(spans.get(info.id, ()))) for info in document.recordings
        )
        self._painter.styles = styles
        self._show_filters(document, styles)
        self._show_rows(keep=self._current)

    def show_recording(self, recording_id: str) -> None:
        """Make a recording the current one, whatever the filter."""
        if all(row.info.id != recording_id for row in self.model.rows):
            self.filter.setCurrentIndex(0)
        for place, row in enumerate(self.model.rows):
            if row.info.id == recording_id:
                self.view.setCurrentIndex(self.model.index(place))

    def _show_filters(self, document: Document, styles: Mapping[str, ClassStyle]) -> None:
        with_label: dict[str, int] = {label.name: 0 for label in document.classes}
        for row in self._rows:
            for name in {span.label for span in row.spans if span.label}:
                with_label[name] = with_label.get(name, 0) + 1
        unlabelled = sum(not row.spans for row in self._rows)
        blocker = QSignalBlocker(self.filter)
        chosen = self.filter.currentData()
        self.filter.clear()
        self.filter.addItem(tr("All recordings ({count})", count=len(self._rows)), "")
        self.filter.addItem(tr("Not labelled ({count})", count=unlabelled), None)
        for name, count in with_label.items():
            title = tr("{label} ({count})", label=name, count=count)
            self.filter.addItem(class_icon(styles[name]), title, name)
        places = [at for at in range(self.filter.count()) if self.filter.itemData(at) == chosen]
        self.filter.setCurrentIndex(places[0] if places and self._classes else 0)
        self._classes = (*document.classes, "shown")
        blocker.unblock()

    def _filter_rows(self) -> None:
        self._show_rows()

    def _show_rows(self, keep: str = "") -> None:
        """Show what passes the filter, and the recording ``keep``: one that is being labelled must
        not slip away under the hand because it is no longer unlabelled."""
        wanted = cast("str | None", self.filter.currentData())
        rows = tuple(
            row
            for row in self._rows
            if wanted == ""
            or row.info.id == keep
            or (wanted is None and not row.spans)
            or any(span.label == wanted for span in row.spans)
        )
        before = self._current
        blocker = QSignalBlocker(self.view.selectionModel())
        selected = self.selected
        self.model.show_rows(rows)
        self._select(selected)
        blocker.unblock()
        self._empty.setVisible(not rows)
        self._empty.setText(
            tr("Every recording is labelled.") if wanted is None else tr("No recording shows this.")
        )
        ids = [row.info.id for row in rows]
        if before in ids:
            self._make_current(ids.index(before), before)
        elif rows:
            self._make_current(0, rows[0].info.id)
        else:
            self._make_current(-1, "")
        self.selection_changed.emit()

    def _select(self, recording_ids: tuple[str, ...]) -> None:
        selection = self.view.selectionModel()
        for place, row in enumerate(self.model.rows):
            if row.info.id in recording_ids:
                selection.select(self.model.index(place), QItemSelectionModel.SelectionFlag.Select)

    def _make_current(self, place: int, recording_id: str) -> None:
        selection = self.view.selectionModel()
        if place >= 0 and selection.currentIndex().row() != place:
            keep = bool(self.selected)
            blocker = QSignalBlocker(selection)
            flags = QItemSelectionModel.SelectionFlag
            selection.setCurrentIndex(
                self.model.index(place), flags.NoUpdate if keep else flags.ClearAndSelect
            )
            blocker.unblock()
            self.view.viewport().update()
        if recording_id != self._current:
            self._current = recording_id
            self.current_changed.emit(recording_id)

    def _on_selected(self) -> None:
        self.selection_changed.emit()

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        recording_id = self.model.rows[current.row()].info.id if current.isValid() else ""
        if recording_id and recording_id != self._current:
            self._current = recording_id
            self.current_changed.emit(recording_id)
