# SPDX-License-Identifier: GPL-3.0-or-later
"""The runs as rows to compare."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.core.runs import DamagedRun, TrainingRun
from app.core.text import Text, text
from app.gui import theme
from app.gui.i18n import tr
from app.gui.pages.train.project_runs import Entry
from app.gui.pages.train.run_words import network, score, validation_score, when
from app.gui.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_ROW_HEIGHT = 30
_SWATCH = 10


@dataclass(frozen=True, slots=True)
class _Column:
    title: Text
    tip: Text
    words: Callable[[TrainingRun, int], str]
    number: bool = True


_COLUMNS = (
    _Column(text("Trained"), text("When it began."), lambda run, _: when(run), number=False),
    _Column(
        text("Network"),
        text("The preset it started from."),
        lambda run, _: network(run),
        number=False,
    ),
    _Column(text("Parameters"), text("The numbers it has learnt."), lambda _, count: f"{count:,}"),
    _Column(
        text("Epochs"),
        text("How often it saw every training window."),
        lambda run, _: str(len(run.history)),
    ),
    _Column(
        text("Validation"),
        text("Accuracy at the epoch that was kept; for numbers the mean absolute error."),
        lambda run, _: validation_score(run),
    ),
    _Column(
        text("Test"),
        text("On windows held back to the end, in float on the PC."),
        lambda run, _: score(run.float_test),
    ),
    _Column(
        text("int8"),
        text("The same windows in 8-bit numbers, as the board computes."),
        lambda run, _: score(run.int8_test),
    ),
)


class RunModel(QAbstractTableModel):
    """A row for each entry; ``colors`` marks by id those that are drawn together."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self._look = look
        self.entries: tuple[Entry, ...] = ()
        self._colors: dict[str, QColor] = {}

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def show_colors(self, colors: dict[str, QColor]) -> None:
        self._colors = colors
        if self.entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.entries) - 1, 0))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = _COLUMNS[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return tr(column.title)
            case Qt.ItemDataRole.ToolTipRole:
                return tr(column.tip)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case _:
                return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry, column = self.entries[index.row()], _COLUMNS[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _words(entry, index.column())
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.DecorationRole if index.column() == 0:
                return self._swatch(entry)
            case Qt.ItemDataRole.ForegroundRole if isinstance(entry.run, DamagedRun):
                return QColor(self._look.error)
            case Qt.ItemDataRole.ToolTipRole:
                return _tip(entry)
            case _:
                return None

    def _swatch(self, entry: Entry) -> QIcon:
        picture = QPixmap(_SWATCH, _SWATCH)
        picture.fill(self._colors.get(entry.id, QColor(Qt.GlobalColor.transparent)))
        made = QIcon(picture)
        made.addPixmap(picture, QIcon.Mode.Selected)  # Qt would tint it, and it names a curve
        return made


class RunTable(QTableView):
    """``chosen()``: the user selected other rows."""

    chosen = Signal()

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.runs = RunModel(look)
        self.runs.setParent(self)
        self.setModel(self.runs)
        self.setAccessibleName(tr("Runs"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setFont(theme.font())
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setStyleSheet("QTableView { border: none; } QTableView::item { padding: 0 8px; }")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setIconSize(QSize(_SWATCH, _SWATCH))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column in range(2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.setMinimumHeight(header.sizeHint().height() + 3 * _ROW_HEIGHT)
        self.selectionModel().selectionChanged.connect(self.chosen)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight() + _ROW_HEIGHT)

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        """Show ``entries``, none of them selected where they are others than before."""
        if entries != self.runs.entries:
            self.runs.show_entries(entries)

    def selected_ids(self) -> tuple[str, ...]:
        """In the order of the rows."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self.runs.entries[row].id for row in rows)

    def select(self, ids: tuple[str, ...]) -> None:
        """Select the rows of ``ids``, those that there are, and nothing else."""
        chosen = QItemSelection()
        for row, entry in enumerate(self.runs.entries):
            if entry.id in ids:
                chosen.select(self.runs.index(row, 0), self.runs.index(row, len(_COLUMNS) - 1))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def _alignment(column: _Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _words(entry: Entry, column: int) -> str:
    if isinstance(entry.run, TrainingRun):
        return _COLUMNS[column].words(entry.run, entry.parameters)
    if column == 0:
        return entry.id
    return tr("cannot be read") if column == 1 else ""


def _tip(entry: Entry) -> str:
    if isinstance(entry.run, DamagedRun):
        error = entry.run.error
        return " ".join(tr(part) for part in (error.what, error.why, error.action))
    config = entry.run.training
    return tr(
        "{optimizer}, learning rate {rate}, batches of {batch}, seed {seed}",
        optimizer=config.optimizer.value,
        rate=f"{config.learning_rate:g}",
        batch=config.batch_size,
        seed=config.seed,
    )
