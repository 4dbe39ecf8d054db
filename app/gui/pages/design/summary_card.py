# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole network in figures, as ``model.summary()`` gives them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel

from app.core.model_report import ModelReport
from app.core.text import Text
from app.gui import theme
from app.gui.i18n import tr
from app.gui.icons import pixmap
from app.gui.pages.design.budgets import BUDGET_BOARDS, Budgets
from app.gui.pages.design.layer_card import MACS_TIP, PARAMETERS_TIP
from app.gui.theme import Theme
from app.gui.widgets.card import Card, figure_row, label


class SummaryCard(Card):
    """Totals of a :class:`ModelReport`, and below them what it takes of each board."""

    def __init__(self, look: Theme) -> None:
        super().__init__(tr("This network"))
        self._look = look
        self.parameters = label("", "number")
        self.parameters.setFont(theme.font(theme.NUMBER_PX))
        self.parameters.setToolTip(tr(PARAMETERS_TIP))
        unit = label(tr("parameters"), "muted")
        unit.setToolTip(tr(PARAMETERS_TIP))
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.parameters)
        row.addWidget(unit)
        row.addStretch(1)
        self.content.addLayout(row)
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        self.trainable = figure_row(
            grid, tr("Trainable"), tr("Learned from the data, by following the loss downhill.")
        )
        self.non_trainable = figure_row(
            grid,
            tr("Non-trainable"),
            tr("Measured while training, not learned: the means and variances of normalisation."),
        )
        self.macs = figure_row(grid, tr("MACs a window"), tr(MACS_TIP))
        self.content.addLayout(grid)
        self._state_icon, self.state = QLabel(), label("", wrap=True)
        state = QHBoxLayout()
        state.setSpacing(theme.GRID)
        state.addWidget(self._state_icon, 0, Qt.AlignmentFlag.AlignTop)
        state.addWidget(self.state, 1)
        self.content.addLayout(state)
        self.budgets = Budgets(look, BUDGET_BOARDS)
        self.content.addWidget(self.budgets)

    def show_report(self, report: ModelReport, data_problem: Text | None) -> None:
        """Show the totals of ``report``. A network that does not hold together has none.
        ``data_problem`` says why there is nothing to train it on yet."""
        whole = report.output_shape is not None
        for figure, count in (
            (self.parameters, report.parameters),
            (self.trainable, report.trainable),
            (self.non_trainable, report.non_trainable),
            (self.macs, report.macs),
        ):
            figure.setText(f"{count:,}" if whole else "–")
        self._show_state(report, data_problem)

    def _show_state(self, report: ModelReport, data_problem: Text | None) -> None:
        wrong = [at for at, layer in enumerate(report.layers, start=1) if layer.problem]
        if wrong:
            name, color = "warning", self._look.error
            sentence = tr("Layer {number} says what to change.", number=wrong[0])
        elif report.problem is not None:
            name, color, sentence = "warning", self._look.error, tr(report.problem)
        elif data_problem is not None:
            name, color, sentence = "info", self._look.warn, tr(data_problem)
        else:
            name, color, sentence = "check", self._look.accent, tr("Ready to train")
        self._state_icon.setPixmap(pixmap(name, color, 16, self.devicePixelRatioF()))
        self.state.setText(sentence)
