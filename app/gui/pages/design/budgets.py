# SPDX-License-Identifier: GPL-3.0-or-later
"""What the network as designed will take of each board: flash, memory and time, as it is edited."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.core.board import ESP32, NANO33BLE, Board
from app.core.errors import TinywrightError
from app.deploy.compiler.report import CostReport, Memory
from app.gui import theme
from app.gui.figures import milliseconds, size_of
from app.gui.i18n import tr
from app.gui.theme import Theme
from app.gui.widgets.budget_bar import TIGHT, BudgetBar
from app.gui.widgets.card import label, line

PERCENT_WIDTH = 48
BUDGET_BOARDS = (ESP32, NANO33BLE)
"""A simulated board takes what it needs of the computer."""


class Budgets(QWidget):
    """A budget for each of ``boards``. Hidden while nothing is known."""

    def __init__(self, look: Theme, boards: Sequence[Board]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.GRID, 0, 0)
        column.setSpacing(theme.GRID * 2)
        column.addWidget(line())
        self.rows = {board.id: BudgetRow(look, board) for board in boards}
        for row in self.rows.values():
            column.addWidget(row)
        self.problem = label("", "error", wrap=True)
        column.addWidget(self.problem)
        self.hide()

    def show_reports(self, reports: Sequence[CostReport]) -> None:
        """Show one report a board; none hides the budgets."""
        for report in reports:
            self.rows[report.board.id].show_report(report)
        self._show_rows(True)
        self.setVisible(bool(reports))

    def show_problem(self, error: TinywrightError) -> None:
        """Show why no board can run the network."""
        self.problem.setText(
            tr("{what} {why} {action}", what=error.what, why=error.why, action=error.action)
        )
        self._show_rows(False)
        self.show()

    def _show_rows(self, known: bool) -> None:
        for row in self.rows.values():
            row.setVisible(known)
        self.problem.setVisible(not known)


class BudgetRow(QWidget):
    """One board: time for a window, flash and memory as bars, and in words whether it fits."""

    def __init__(self, look: Theme, board: Board) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID // 2)
        column.addWidget(label(tr(board.name), "strong"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GRID)
        grid.setVerticalSpacing(theme.GRID // 2)
        grid.setColumnStretch(1, 1)
        self.flash = _Memory(
            grid,
            look,
            tr("Flash"),
            tr("Keeps the network: weights, and what the board must know to use them."),
        )
        self.ram = _Memory(
            grid,
            look,
            tr("RAM"),
            tr("The network computes in it: its input, and what goes from layer to layer."),
        )
        tip = tr(
            "How long the board will compute for one window: predicted from what each layer has "
            "to do, and measured once the network is on the board."
        )
        self.time_name, self.time = label(tr("Time"), "muted"), label("")
        self.time.setFont(theme.font())
        for widget in (self.time_name, self.time):
            widget.setToolTip(tip)
        row = grid.rowCount()
        grid.addWidget(self.time_name, row, 0)
        grid.addWidget(self.time, row, 1, 1, 2)
        column.addLayout(grid)
        self.words = label("", "caption", wrap=True)
        column.addWidget(self.words)

    def show_report(self, report: CostReport) -> None:
        board = report.board
        self.flash.show_use(report.program_bytes, board.program_bytes)
        self.ram.show_use(report.arena_bytes, board.arena_bytes)
        micros = report.micros
        self.time.setText(
            "–" if micros is None else tr("≈ {ms} ms a window", ms=milliseconds(micros))
        )
        words, role = _verdict(report)
        self.words.setText(words)
        if self.words.property("role") != role:
            self.words.setProperty("role", role)
            self.words.style().polish(self.words)
        self.setAccessibleName(
            tr(
                "{board}: {percent:.0f} % of flash, {memory:.0f} % of RAM",
                board=board.name,
                percent=100 * self.flash.bar.share,
                memory=100 * self.ram.bar.share,
            )
        )
        self.setAccessibleDescription(words)


class _Memory:
    """A line of the grid: name, bar, percent."""

    def __init__(self, grid: QGridLayout, look: Theme, name: str, tip: str) -> None:
        row = grid.rowCount()
        self.name, self.bar, self.percent = label(name, "muted"), BudgetBar(look), label("")
        self.percent.setFont(theme.font())
        self.percent.setMinimumWidth(PERCENT_WIDTH)
        self.percent.setAlignment(Qt.AlignmentFlag.AlignRight)
        for column, widget in enumerate((self.name, self.bar, self.percent)):
            widget.setToolTip(tip)
            grid.addWidget(widget, row, column)

    def show_use(self, used: int, budget: int) -> None:
        self.bar.show_share(used / budget)
        self.percent.setText(tr("{percent:.0f} %", percent=100 * used / budget))


def _verdict(report: CostReport) -> tuple[str, str]:
    """Whether it fits, in words, and the style of these words."""
    board = report.board
    flash = size_of(report.program_bytes, board.program_bytes)
    ram = size_of(report.arena_bytes, board.arena_bytes)
    if report.shortfalls:
        shortfall = report.shortfalls[0]
        what = (
            tr("{use} of flash", use=flash)
            if shortfall.memory is Memory.FLASH
            else tr("{use} of RAM", use=ram)
        )
        return (
            tr("Does not fit: {what}. {advice}", what=what, advice=shortfall.advice),
            "error",
        )
    fullest = max(
        report.program_bytes / board.program_bytes, report.arena_bytes / board.arena_bytes
    )
    if fullest >= TIGHT:
        return tr("Tight: {flash} of flash,\n{ram} of RAM", flash=flash, ram=ram), "warn"
    return tr("Fits: {flash} of flash,\n{ram} of RAM", flash=flash, ram=ram), "caption"
