# SPDX-License-Identifier: GPL-3.0-or-later
"""What came of it: the same held-out windows in float, in int8 and on the board, side by side."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.core.board import BOARDS, Board
from app.core.runs import BoardCheck, Evaluation, Sizes, TrainingRun
from app.gui import theme
from app.gui.figures import milliseconds, size, size_of
from app.gui.i18n import tr
from app.gui.icons import pixmap
from app.gui.theme import Theme
from app.gui.widgets.card import Card, figure_row, label
from app.gui.widgets.confusion_matrix import ConfusionMatrixView
from app.gui.widgets.metric_tile import MetricTile


class Outcome(QWidget):
    """Shows what a run's record knows; an en dash for what is not known yet."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID * 2)
        self._mark = QLabel()
        self.headline = label("", "strong", wrap=True)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(theme.GRID)
        head.addWidget(self._mark)
        head.addWidget(self.headline, 1)
        column.addWidget(self._head)
        self.tiles = _tiles()
        row = QHBoxLayout()
        row.setSpacing(theme.GRID * 2)
        for tile in self.tiles.values():
            row.addWidget(tile, 1)
        column.addLayout(row)
        self.details = QWidget()
        below = QHBoxLayout(self.details)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(theme.GRID * 2)
        self.figures = _Figures()
        below.addWidget(self.figures, 1, Qt.AlignmentFlag.AlignTop)
        self._matrix_card = Card(tr("Answers of the board"))
        self._matrix_card.heading.addWidget(label(tr("rows: truth · columns: answer"), "caption"))
        self.matrix = ConfusionMatrixView(look)
        self._matrix_card.content.addWidget(self.matrix, 1)
        below.addWidget(self._matrix_card, 1)
        column.addWidget(self.details, 1)

    def show_run(self, run: TrainingRun, *, settled: bool) -> None:
        """Show ``run``. ``settled``: no work is under way and none has failed, so that the words
        on the board's answers hold."""
        check = run.board_check
        found = {
            "float": run.float_test,
            "int8": run.int8_test,
            "board": None if check is None else check.evaluation,
        }
        for key, tile in self.tiles.items():
            _show_score(tile, found[key])
        self._head.setVisible(settled and check is not None)
        self.details.setVisible(settled and (check is not None or run.sizes is not None))
        self.figures.show_run(check, run.sizes)
        if check is not None:
            self._show_headline(check)
        counts = None if check is None else check.evaluation.classification
        self._matrix_card.setVisible(counts is not None)
        if counts is not None:
            self.matrix.show_matrix(run.classes, np.array(counts.confusion, np.int64))

    def _show_headline(self, check: BoardCheck) -> None:
        windows, same = check.evaluation.windows, check.agreement == 1.0
        name, color = ("check", self._look.accent) if same else ("warning", self._look.warn)
        self._mark.setPixmap(pixmap(name, color, 20, self.devicePixelRatioF()))
        board = _name(check.board_id)
        if same:
            words = tr(
                "The network is on the {board} and answers there as on this computer, byte for "
                "byte, on all {windows} held-out windows.",
                board=board,
                windows=windows,
            )
        else:
            words = tr(
                "The network is on the {board}, but answers otherwise than on this computer on "
                "{count} of {windows} held-out windows.",
                board=board,
                count=round((1 - check.agreement) * windows),
                windows=windows,
            )
        self.headline.setText(words)


class _Figures(Card):
    def __init__(self) -> None:
        super().__init__(tr("On the board"))
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.GRID)
        grid.setColumnStretch(1, 1)
        self.agreement = figure_row(
            grid,
            tr("Same bytes"),
            tr(
                "On how many held-out windows the board's answer equals int8 on this computer in "
                "every byte. Anything below 100 % means that the board computes something else."
            ),
        )
        self.latency = figure_row(
            grid,
            tr("Median time a window"),
            tr(
                "Measured by the board itself, from sensor values to the answer: half of the "
                "windows took less, half more."
            ),
        )
        self.program = figure_row(
            grid,
            tr("Program"),
            tr("What the board stores: the network, its scaling and its labels."),
        )
        self.arena = figure_row(
            grid,
            tr("Arena"),
            tr("The working memory in which the network computes its layers."),
        )
        self.tflite = figure_row(
            grid,
            tr("Network file"),
            tr("The .tflite alone: weights and biases as 8-bit numbers."),
        )
        self.content.addLayout(grid)

    def show_run(self, check: BoardCheck | None, sizes: Sizes | None) -> None:
        board = _board(check)
        for figure in (self.agreement, self.latency, self.program, self.arena, self.tflite):
            figure.setText("–")
        if check is not None:
            windows = check.evaluation.windows
            self.agreement.setText(
                tr(
                    "{percent:.4g} % of {windows} windows",
                    percent=100 * check.agreement,
                    windows=windows,
                )
            )
            self.latency.setText(tr("{ms} ms", ms=milliseconds(check.median_us)))
        if sizes is not None:
            self.tflite.setText(size(sizes.tflite_bytes))
            if board is None:
                self.program.setText(size(sizes.program_bytes))
                self.arena.setText(size(sizes.arena_bytes))
            else:
                self.program.setText(size_of(sizes.program_bytes, board.program_bytes))
                self.arena.setText(size_of(sizes.arena_bytes, board.arena_bytes))


def _tiles() -> dict[str, MetricTile]:
    return {
        "float": MetricTile(
            tr("Float, on this computer"),
            tr("The network as it was trained, in 32-bit floating point, by Keras."),
        ),
        "int8": MetricTile(
            tr("int8, on this computer"),
            tr(
                "After conversion: every weight and value is one of 256 whole numbers. The "
                "reference kernels compute it, as the board should."
            ),
        ),
        "board": MetricTile(
            tr("int8, on the board"),
            tr("The same held-out windows, sent to the board in sensor units, answered by it."),
        ),
    }


def _show_score(tile: MetricTile, found: Evaluation | None) -> None:
    if found is not None and found.classification is not None:
        tile.show_value(
            f"{100 * found.classification.accuracy:.1f}",
            "%",
            tr("right, of {windows} windows", windows=found.windows),
        )
    elif found is not None and found.regression is not None:
        tile.show_value(
            f"{found.regression.mae:.3g}",
            tr("MAE"),
            tr("over {windows} windows", windows=found.windows),
        )
    else:
        tile.show_value("–", "", tr("not known yet"))


def _board(check: BoardCheck | None) -> Board | None:
    return None if check is None else BOARDS.get(check.board_id)


def _name(board_id: str) -> str:
    return tr(BOARDS[board_id].name) if board_id in BOARDS else board_id
