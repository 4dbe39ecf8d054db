# SPDX-License-Identifier: GPL-3.0-or-later
"""The last answers as a table, newest on top."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.gui.figures import milliseconds
from app.gui.i18n import tr
from app.gui.pages.live.board_model import Answer
from app.gui.theme import ClassStyle, Theme
from app.gui.widgets.class_chip import class_icon
from app.gui.widgets.signal_lanes import time_text

SHOWN = 100
_FIRST_FIGURE = 2
"""The columns from here on are numbers."""
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
_Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractTableModel):
    """The newest :data:`SHOWN` answers."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self._look = look
        self._answers: list[Answer] = []
        self._names: tuple[str, ...] = ()
        self._icons: list[object] = []
        self._threshold = 0.0
        self._titles = (tr("When"), tr("Answer"), tr("Score"), tr("Time"))

    def show_classes(self, names: Sequence[str], styles: Sequence[ClassStyle]) -> None:
        self.beginResetModel()
        self._answers.clear()
        self._names = tuple(names)
        self._icons = [class_icon(style) for style in styles]
        self.endResetModel()

    def set_threshold(self, threshold: float) -> None:
        self._threshold = threshold
        self.layoutChanged.emit()

    def add(self, answer: Answer) -> None:
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._answers.insert(0, answer)
        self.endInsertRows()
        if len(self._answers) > SHOWN:
            self.beginRemoveRows(QModelIndex(), SHOWN, len(self._answers) - 1)
            del self._answers[SHOWN:]
            self.endRemoveRows()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._answers)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._titles)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section >= _FIRST_FIGURE:
            return _RIGHT
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        answer = self._answers[index.row()]
        unsure = answer.confidence < self._threshold
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(answer, unsure)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and (unsure or index.column() != 1):
            return QColor(self._look.muted)
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 1:
            return None if answer.top is None or unsure else self._icons[answer.top]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() >= _FIRST_FIGURE:
            return _RIGHT
        return None

    def _words(self, answer: Answer, unsure: bool) -> tuple[str, str, str, str]:
        when = time_text(answer.at_s, 0.1)
        ms = tr("{ms} ms", ms=milliseconds(answer.micros))
        if answer.top is None:
            return when, f"{answer.number:.4g}", "", ms
        name = tr("unsure") if unsure else self._names[answer.top]
        return when, name, tr("{percent:.0f} %", percent=100 * answer.confidence), ms


class HistoryTable(QTableView):
    def __init__(self, model: HistoryModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(tr("Last answers"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(26)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for column, width in ((0, 64), (2, 60), (3, 76)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, width)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
