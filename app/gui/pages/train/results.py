# SPDX-License-Identifier: GPL-3.0-or-later
"""What came of a run: the number that matters, what it mixes up, what that means."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.core.diagnosis import Diagnosis, diagnose
from app.core.document import ClassLabel
from app.core.metrics import ClassificationMetrics, RegressionMetrics
from app.core.runs import Evaluation, TrainingRun
from app.gui import theme
from app.gui.i18n import tr
from app.gui.icons import pixmap
from app.gui.pages.train.run_words import percent
from app.gui.theme import Theme
from app.gui.widgets.card import Card, label
from app.gui.widgets.confusion_matrix import ConfusionMatrixView
from app.gui.widgets.metric_tile import MetricTile


class Results(QWidget):
    """Tiles and the diagnosis at the left, the confusion matrix at the right."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self._look = look
        self.tiles = (MetricTile(""), MetricTile(""), MetricTile(""))
        self._advice = Card(tr("What this means"))
        self._advice_rows = QWidget()
        self._advice.content.addWidget(self._advice_rows)
        self._advice.content.addStretch(1)
        self.matrix = ConfusionMatrixView(look)
        # Small where the page is: its runs are to be seen as well.
        self.matrix.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._matrix_card = Card(tr("Confusion matrix"))
        caption = label(tr("rows: truth · columns: answer"), "caption")
        caption.setToolTip(
            tr("Windows of the test part. Each row is what it was, each column what was answered.")
        )
        self._matrix_card.heading.addWidget(caption)
        self._matrix_card.content.addWidget(self.matrix, 1)
        tiles = QHBoxLayout()
        tiles.setSpacing(theme.GRID * 2)
        for tile in self.tiles:
            tiles.addWidget(tile, 1)
        left = QVBoxLayout()
        left.setSpacing(theme.GRID * 2)
        left.addLayout(tiles)
        left.addWidget(self._advice, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID * 2)
        row.addLayout(left, 3)
        row.addWidget(self._matrix_card, 2)

    def show_run(self, run: TrainingRun, classes: tuple[ClassLabel, ...]) -> None:
        """Show what ``run`` scored so far; ``classes`` lend their colours."""
        metrics = None if run.float_test is None else run.float_test.classification
        if run.float_test is not None and run.float_test.regression is not None:
            self._show_regression(run.float_test.regression)
        else:
            self._show_classification(metrics, run.int8_test)
        self._matrix_card.setVisible(metrics is not None)
        if metrics is not None:
            colors = {each.name: self._look.class_style(each.color) for each in classes}
            self.matrix.show_matrix(run.classes, np.array(metrics.confusion, np.int64), colors)
            self.matrix.setMinimumHeight(self.matrix.minimumSizeHint().height())
        self._show_advice(run)

    def _show_classification(
        self, metrics: ClassificationMetrics | None, in_int8: Evaluation | None
    ) -> None:
        accuracy, int8, f1 = self.tiles
        accuracy.show_name(
            tr("Test accuracy"),
            tr("How many windows of the test part, never seen in training, it gets right."),
        )
        int8.show_name(
            tr("Test accuracy, int8"),
            tr("The same in 8-bit numbers, as the board computes."),
        )
        f1.show_name(
            tr("Macro F1"),
            tr(
                "Precision and recall in one figure, the mean over the classes: a rare class "
                "weighs as much as a common one. 1 is perfect."
            ),
        )
        _show_accuracy(accuracy, metrics, tr("not scored yet"))
        in_bytes = None if in_int8 is None else in_int8.classification
        _show_accuracy(int8, in_bytes, tr("not converted yet"))
        known = metrics is not None and not math.isnan(metrics.macro_f1)
        f1.show_value(
            f"{metrics.macro_f1:.3f}" if metrics is not None and known else "–",
            note=tr("mean of {count} classes", count=len(metrics.classes))
            if metrics is not None
            else tr("not scored yet"),
        )

    def _show_regression(self, metrics: RegressionMetrics) -> None:
        windows = tr("of {count} test windows", count=f"{metrics.windows:,}")
        shown = (
            (
                metrics.mae,
                tr("MAE"),
                tr("Mean absolute error: by how much an answer is off, in the target's unit."),
            ),
            (
                metrics.rmse,
                tr("RMSE"),
                tr("Root of the mean squared error: as MAE, but large errors weigh more."),
            ),
            (
                metrics.r2,
                tr("R²"),
                tr(
                    "The share of the target's variation that it explains. 1 is perfect, 0 is no "
                    "better than always answering the mean."
                ),
            ),
        )
        for tile, (value, name, tip) in zip(self.tiles, shown, strict=True):
            tile.show_name(name, tip)
            tile.show_value("–" if math.isnan(value) else f"{value:.3g}", note=windows)

    def _show_advice(self, run: TrainingRun) -> None:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        found = diagnose(run.task, run.classes, run.history, run.best_epoch, run.dataset)
        for advice in found:
            fine = advice.kind is Diagnosis.OK
            mark = QLabel()
            name, color = ("check", self._look.accent) if fine else ("warning", self._look.warn)
            mark.setPixmap(pixmap(name, color, 16, self.devicePixelRatioF()))
            words = QVBoxLayout()
            words.setSpacing(2)
            words.addWidget(label(tr(advice.what), wrap=True))
            words.addWidget(label(tr(advice.try_next), "muted", wrap=True))
            row = QHBoxLayout()
            row.setSpacing(theme.GRID)
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            row.addLayout(words, 1)
            column.addLayout(row)
        self._advice.content.replaceWidget(self._advice_rows, made)
        self._advice_rows.hide()
        self._advice_rows.deleteLater()
        self._advice_rows = made
        self._advice.setVisible(bool(found))


def _show_accuracy(tile: MetricTile, metrics: ClassificationMetrics | None, absent: str) -> None:
    if metrics is None or not metrics.windows:
        tile.show_value("–", note=absent)
        return
    windows = tr("of {count} windows", count=f"{metrics.windows:,}")
    tile.show_value(percent(metrics.accuracy), "%", windows)
