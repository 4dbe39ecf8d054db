# SPDX-License-Identifier: GPL-3.0-or-later
"""What the network takes of the board, layer by layer, before anything is flashed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.core.layer_shapes import show_shape
from app.core.text import Text, text
from app.deploy.compiler.report import CostReport, LayerCost
from app.gui import theme
from app.gui.figures import milliseconds, size, size_of
from app.gui.i18n import tr
from app.gui.widgets.card import Card, label, line

_COLUMNS = (
    (text("Layer"), text("What the board computes, in this order.")),
    (text("Output"), text("The sizes of what the layer hands on.")),
    (text("Flash"), text("Weights, biases, scales and tables of the layer.")),
    (text("RAM"), text("What is in use while the layer is at work.")),
    (text("MACs"), text("Multiplications with a weight, each with its addition.")),
    (text("Time"), text("Predicted, in milliseconds; the check on the board measures the whole.")),
)


class CostCard(Card):
    """Hidden until a report is there."""

    def __init__(self) -> None:
        super().__init__(tr("What it takes, layer by layer"))
        self.where = label("", "caption")
        self.heading.addWidget(self.where)
        self._table = QWidget()
        self.content.addWidget(self._table)
        self.hide()

    def show_report(self, report: CostReport | None) -> None:
        """Show ``report``; ``None`` hides the card."""
        self.setVisible(report is not None)
        if report is None:
            return
        self.where.setText(tr("on the {board}", board=report.board.name))
        table = QWidget()
        _fill(QGridLayout(table), report)
        self.content.replaceWidget(self._table, table)
        self._table.hide()
        self._table.deleteLater()
        self._table = table

    @property
    def rows(self) -> list[list[str]]:
        """The table's words, row by row, as they are shown."""
        grid = self._table.layout()
        if not isinstance(grid, QGridLayout):
            return []
        rows: list[list[str]] = []
        for row in range(grid.rowCount()):
            items = (grid.itemAtPosition(row, column) for column in range(grid.columnCount()))
            cells = [item.widget() for item in items if item is not None]
            rows.append([cell.text() for cell in cells if isinstance(cell, QLabel)])
        return [row for row in rows if row]


def _fill(grid: QGridLayout, report: CostReport) -> None:
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.GRID * 2)
    grid.setVerticalSpacing(theme.GRID // 2)
    grid.setColumnStretch(0, 1)
    timed = report.micros is not None
    for column, (title, tip) in enumerate(_COLUMNS[: 6 if timed else 5]):
        _put(grid, 0, column, label(tr(title), "caption"), tip)
    rows = [_layer(cost) for cost in report.layers]
    rows.append([tr("Sensors and labels"), "", size(report.other_bytes)])
    for row, cells in enumerate(rows, start=1):
        for column, cell in enumerate(cells):
            _put(grid, row, column, label(cell, "muted" if column == 1 else ""))
    last = len(rows) + 1
    grid.addWidget(line(), last, 0, 1, grid.columnCount())
    board = report.board
    totals = [
        tr("Together"),
        "",
        size_of(report.program_bytes, board.program_bytes),
        size_of(report.arena_bytes, board.arena_bytes),
        f"{report.macs:,}",
        "" if report.micros is None else tr("≈ {ms} ms", ms=milliseconds(report.micros)),
    ]
    for column, cell in enumerate(totals[: 6 if timed else 5]):
        _put(grid, last + 1, column, label(cell, "strong"))


def _layer(cost: LayerCost) -> list[str]:
    layer = cost.layer
    cells = [
        tr(cost.title),
        show_shape(cost.shape),
        size(layer.flash_bytes),
        size(layer.arena_bytes),
        f"{layer.macs:,}" if layer.macs else "–",
    ]
    return cells if cost.micros is None else [*cells, milliseconds(cost.micros)]


def _put(grid: QGridLayout, row: int, column: int, cell: QLabel, tip: Text | None = None) -> None:
    if cell.property("role") != "caption":
        cell.setFont(theme.font())
    if column:
        cell.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    if tip is not None:
        cell.setToolTip(tr(tip))
    grid.addWidget(cell, row, column)
