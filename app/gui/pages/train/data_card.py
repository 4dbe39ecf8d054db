# SPDX-License-Identifier: GPL-3.0-or-later
"""What the network will learn from: windows of each class in each part, and warnings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.core.document import Document
from app.core.errors import TinywrightError
from app.core.text import Text, text
from app.core.training import DataConfig, Normalisation, Task
from app.gui import theme
from app.gui.i18n import tr
from app.gui.icons import pixmap
from app.gui.pages.train.training_data import TrainingData
from app.gui.theme import Theme
from app.gui.widgets.card import Card, label
from app.gui.widgets.class_chip import ClassChip

_NUMBER_WIDTH = 44


class DataCard(Card):
    """``page_wanted(str)``: the step that mends what is wrong."""

    page_wanted = Signal(str)

    def __init__(self, look: Theme) -> None:
        super().__init__(tr("Data"))
        self._look = look
        self.total = label("", "muted")
        self.total.setFont(theme.font())
        self.heading.addWidget(self.total)
        self._table = QWidget()
        self._warnings = QWidget()
        self.facts = label("", "caption", wrap=True)
        self.content.addWidget(self._table)
        self.content.addWidget(self.facts)
        self.content.addWidget(self._warnings)

    def show_waiting(self) -> None:
        """Nobody knows yet: the samples are being read."""
        if not self.total.text():
            self.facts.setText(tr("Counting windows …"))

    def show_data(self, data: TrainingData, document: Document, model_problem: Text | None) -> None:
        """Show the windows that ``document`` yields, and what speaks against training on them."""
        summary = data.summary
        parts = (summary.training, summary.validation, summary.test)
        total = sum(sum(part) for part in parts)
        self.total.setText(tr("{count} windows", count=f"{total:,}"))
        self._set_table(_table(data, document, self._look, parts))
        self.facts.setText(_facts(data, document.data))
        self.facts.show()
        self._show_notes(data.warnings, model_problem, "design", tr("Go to Design"))

    def show_problem(self, error: TinywrightError) -> None:
        """There is nothing to train on, and this is why."""
        self.total.setText("")
        self._table.hide()
        self.facts.hide()
        problem = text("{what} {why} {action}", what=error.what, why=error.why, action=error.action)
        self._show_notes((), problem, "label", tr("Go to Label"))

    def _show_notes(
        self, warnings: Sequence[Text], problem: Text | None, page: str, words: str
    ) -> None:
        """Warnings, and below a problem the button ``words`` to the ``page`` that mends it."""
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        if problem is not None:
            column.addWidget(_note(" ".join(tr(problem).split()), self._look.error))
            go = QPushButton(words)
            go.clicked.connect(lambda: self.page_wanted.emit(page))
            column.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
        for warning in warnings:
            column.addWidget(_note(tr(warning), self._look.warn))
        self.content.replaceWidget(self._warnings, made)
        _discard(self._warnings)
        self._warnings = made
        made.setVisible(column.count() > 0)

    def _set_table(self, table: QWidget) -> None:
        self.content.replaceWidget(self._table, table)
        _discard(self._table)
        self._table = table
        table.show()


def _discard(widget: QWidget) -> None:
    widget.hide()
    widget.deleteLater()


def _note(sentence: str, color: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.GRID)
    mark = QLabel()
    mark.setPixmap(pixmap("warning", color, 16, made.devicePixelRatioF()))
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(sentence, wrap=True), 1)
    return made


def _table(
    data: TrainingData, document: Document, look: Theme, parts: Sequence[tuple[int, ...]]
) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.GRID)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 1)
    titles = (
        (tr("train"), tr("Training: the windows the network learns from.")),
        (
            tr("valid."),
            tr("Validation: judges each epoch, so that the best is kept. Never learnt from."),
        ),
        (tr("test"), tr("Test: looked at once, in the end. It tells what to expect in use.")),
    )
    for column, (title, tip) in enumerate(titles, start=1):
        head = _figure(title)
        head.setProperty("role", "caption")
        head.setToolTip(tip)
        grid.addWidget(head, 0, column)
    if data.task is Task.REGRESSION:
        grid.addWidget(label(tr("windows")), 1, 0)
    colors = {each.name: each.color for each in document.classes}
    for row, name in enumerate(data.classes, start=1):
        chip = ClassChip(name, look.class_style(colors.get(name, row - 1)))
        grid.addWidget(chip, row, 0)
    for column, part in enumerate(parts, start=1):
        for row, count in enumerate(part, start=1):
            grid.addWidget(_figure(f"{count:,}"), row, column)
    return made


def _figure(words: str) -> QLabel:
    made = label(words)
    made.setFont(theme.font())
    made.setMinimumWidth(_NUMBER_WIDTH)
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made


def _facts(data: TrainingData, config: DataConfig) -> str:
    normalisation = {
        Normalisation.MEAN_STD: tr("channels brought to mean 0, deviation 1"),
        Normalisation.MIN_MAX: tr("channels brought to 0…1"),
        Normalisation.NONE: tr("values as they are"),
    }
    length, channels = data.input_shape
    summary = data.summary
    parts = [sum(part) for part in (summary.training, summary.validation, summary.test)]
    sentence = tr(
        "Windows of {length} × {channels} at {rate} Hz from {recordings} recordings; split "
        "{split} by recording; {normalisation}.",
        length=length,
        channels=channels,
        rate=f"{data.rate_hz:g}",
        recordings=data.summary.recordings,
        split="/".join(f"{100 * count / max(sum(parts), 1):.0f}" for count in parts),
        normalisation=normalisation[config.normalisation],
    )
    if data.left_out:
        left_out = f"{data.left_out:,}"
        sentence += " " + tr("Left out for lack of a label: {count} windows.", count=left_out)
    return sentence
