# SPDX-License-Identifier: GPL-3.0-or-later
"""The runs of the project, kept and comparable."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.core.runs import TrainingRun
from app.gui import theme
from app.gui.i18n import tr
from app.gui.pages.train.project_runs import ProjectRuns
from app.gui.pages.train.run_table import RunTable
from app.gui.theme import Theme
from app.gui.widgets.card import Card, label


class RunsCard(Card):
    """``chosen()``: the user wants to see other runs, :attr:`shown`."""

    chosen = Signal()

    def __init__(self, look: Theme, runs: ProjectRuns) -> None:
        super().__init__(tr("Runs"))
        self._runs = runs
        self.heading.insertWidget(1, label(tr("Select two or more to compare them."), "caption"))
        self.delete = QPushButton(tr("Delete"))
        self.delete.setProperty("role", "quiet")
        self.delete.setToolTip(tr("Delete the selected runs, with their networks."))
        self.delete.clicked.connect(self._delete)
        self.heading.addWidget(self.delete)
        self.table = RunTable(look)
        self.table.chosen.connect(self._on_chosen)
        QShortcut(QKeySequence.StandardKey.Delete, self.table, self._delete)
        self.content.addWidget(self.table, 1)
        self._undo_row = QWidget()
        row = QHBoxLayout(self._undo_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        self._deleted = label("", "muted")
        self.undo = QPushButton(tr("Bring back"))
        self.undo.clicked.connect(self._bring_back)
        row.addWidget(self._deleted)
        row.addWidget(self.undo)
        row.addStretch(1)
        self.content.addWidget(self._undo_row)
        runs.changed.connect(self._refresh)
        self._refresh()

    @property
    def shown(self) -> tuple[TrainingRun, ...]:
        """The selected runs that can be read."""
        ids = self.table.selected_ids()
        return tuple(
            entry.run
            for entry in self._runs.entries
            if entry.id in ids and isinstance(entry.run, TrainingRun)
        )

    def show_colors(self, colors: dict[str, QColor]) -> None:
        """Mark runs by the colour of their curves."""
        self.table.runs.show_colors(colors)

    def select(self, ids: tuple[str, ...]) -> None:
        """Show the runs ``ids``, without telling."""
        blocker = QSignalBlocker(self.table)
        self.table.select(ids)
        blocker.unblock()
        self.delete.setEnabled(bool(self.table.selected_ids()))

    def _refresh(self) -> None:
        entries = self._runs.entries
        chosen = self.table.selected_ids()
        self.table.show_entries(entries)
        left = tuple(entry.id for entry in entries if entry.id in chosen)
        self.select(left or tuple(entry.id for entry in entries[:1]))
        count = len(self._runs.deleted)
        self._undo_row.setVisible(bool(count))
        self._deleted.setText(
            tr("1 run deleted.") if count == 1 else tr("{count} runs deleted.", count=count)
        )
        self.setVisible(bool(entries or count))

    def _on_chosen(self) -> None:
        self.delete.setEnabled(bool(self.table.selected_ids()))
        self.chosen.emit()

    def _delete(self) -> None:
        ids = self.table.selected_ids()
        if ids:
            self._runs.delete(ids)

    def _bring_back(self) -> None:
        ids = self._runs.deleted
        self._runs.bring_back()
        self.table.select(ids)
