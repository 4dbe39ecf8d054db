# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts the Design page together and keeps it showing what the document says."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core import edits
from app.core.document import Document
from app.core.model_report import analyse
from app.core.model_spec import ModelSpec
from app.core.presets import PRESETS, build_preset, default_preset
from app.core.text import Text, text
from app.core.training import DataConfig, Task
from app.gui import theme
from app.gui.i18n import tr
from app.gui.icons import icon
from app.gui.page import Page
from app.gui.pages.design.budgets import BUDGET_BOARDS
from app.gui.pages.design.data_card import DataCard
from app.gui.pages.design.forecasts import Design, Forecasts
from app.gui.pages.design.input_facts import InputFacts, input_facts, output_labels
from app.gui.pages.design.layer_card import (
    MACS_TIP,
    MACS_WIDTH,
    PARAMETERS_TIP,
    PARAMETERS_WIDTH,
    SHAPE_TIP,
    SHAPE_WIDTH,
)
from app.gui.pages.design.layer_menu import layer_menu
from app.gui.pages.design.layer_stack import LayerStack
from app.gui.pages.design.output_card import OutputCard
from app.gui.pages.design.preset_card import PresetCard
from app.gui.pages.design.summary_card import SummaryCard
from app.gui.studio import Studio
from app.gui.widgets.card import label
from app.gui.widgets.empty_state import EmptyState
from app.gui.widgets.layouts import column_in, row_in, scrolled

_SIDE_WIDTH = 272


class DesignPage(Page):
    """The network: input, layers, output; beside them its totals and the presets."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio, tr("Design"), tr("What the network looks like"))
        self._facts: InputFacts | None = None
        self.forecasts = Forecasts(studio.background, BUDGET_BOARDS, self)
        self.train = QPushButton(tr("Train this network"))
        self.train.clicked.connect(lambda: studio.go_to("train"))
        self.set_primary_action(self.train)
        self._stacked = QStackedWidget()
        self.body.addWidget(self._stacked, 1)
        self._stacked.addWidget(self._empty_state())
        self._stacked.addWidget(designer := QWidget())
        self._lay_out(designer)
        studio.document_changed.connect(self._on_document)
        studio.project_opened.connect(self._refresh)
        studio.project_closed.connect(self._refresh)
        self._refresh()

    # --- building ----------------------------------------------------------------------------

    def _empty_state(self) -> QWidget:
        empty = EmptyState(
            self.theme,
            "design",
            tr("No data to design for yet"),
            tr(
                "A network is built around its input: a window of your recordings. Record "
                "something, or import a file; then choose or build a network here."
            ),
        )
        capture = QPushButton(tr("Go to Capture"))
        capture.clicked.connect(lambda: self.studio.go_to("capture"))
        empty.add_action(capture)
        return empty

    def _lay_out(self, designer: QWidget) -> None:
        """From the outside in: a tree of widgets that moves is styled anew."""
        row = row_in(designer)
        column, side = QWidget(), QWidget()
        row.addWidget(scrolled(column), 1)
        beside = scrolled(side)
        beside.setFixedWidth(_SIDE_WIDTH + 12)
        row.addWidget(beside)
        self._fill_column(column)
        self._fill_side(side)

    def _fill_column(self, column: QWidget) -> None:
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, theme.GRID, 0)
        layout.setSpacing(theme.GRID)
        self.data_card = DataCard()
        self.data_card.task_changed.connect(self._set_task)
        self.data_card.data_changed.connect(self._set_data)
        self.stack = LayerStack(self.theme)
        self.stack.edited.connect(self._set_model)
        self.output_card = OutputCard(self.theme)
        self.add = QPushButton(tr("Add layer"))
        self.add.setIcon(icon("plus", self.theme))
        self.add.setToolTip(
            tr("Puts a layer behind the open one, or before the last where none is open.")
        )
        self.add.setMenu(layer_menu(self.add, self.stack.insert))
        add_row = QHBoxLayout()
        add_row.addWidget(self.add)
        add_row.addStretch(1)
        layout.addWidget(self.data_card)
        layout.addLayout(_column_titles())
        layout.addWidget(self.stack)
        layout.addLayout(add_row)
        layout.addWidget(self.output_card)
        layout.addStretch(1)

    def _fill_side(self, side: QWidget) -> None:
        layout = column_in(side)
        self.summary = SummaryCard(self.theme)
        self.forecasts.told.connect(self.summary.budgets.show_reports)
        self.forecasts.refused.connect(self.summary.budgets.show_problem)
        self.presets = PresetCard()
        self.presets.chosen.connect(self._take_preset)
        layout.addWidget(self.summary)
        layout.addWidget(self.presets)
        layout.addStretch(1)

    # --- showing -----------------------------------------------------------------------------

    def _on_document(self, old: Document, new: Document) -> None:
        same_data = (
            old.recordings is new.recordings and old.spans is new.spans and old.data == new.data
            and old.task is new.task and old.classes is new.classes
        )  # fmt: skip
        if same_data:
            self._show(new)
        else:
            self._refresh()

    def _refresh(self) -> None:
        if self.studio.project is None or not self.studio.document.recordings:
            self._facts = None
            self.train.setEnabled(False)
            self._stacked.setCurrentIndex(0)
            return
        self._facts = input_facts(self.studio.document)
        self._stacked.setCurrentIndex(1)
        self._show(self.studio.document)

    def _show(self, document: Document) -> None:
        if self._facts is None:
            return
        shape = self._facts.shape
        model = self._model(document, self._facts)
        report = analyse(model, shape, document.task, self._facts.outputs)
        self.data_card.show_data(document.task, document.data, self._facts)
        self.stack.show_model(model, report)
        self.output_card.show_output(document, self._facts.outputs)
        self.summary.show_report(report, self._facts.problem)
        whole = report.problem is None
        labels = output_labels(document)
        self.forecasts.ask(Design(model, self._facts, document.task, labels) if whole else None)
        fresh = build_preset(model.preset, shape) if model.preset in PRESETS else None
        self.presets.show_model(model, fresh)
        problem = report.problem or self._facts.problem
        self.train.setEnabled(problem is None)
        self.train.setToolTip(tr(problem) if problem else "")

    @staticmethod
    def _model(document: Document, facts: InputFacts) -> ModelSpec:
        return document.model or build_preset(default_preset(facts.shape), facts.shape)

    # --- editing -----------------------------------------------------------------------------

    def _set_model(self, model: ModelSpec, what: Text) -> None:
        self.studio.edit(edits.replace_model(self.studio.document, model), what)

    def _take_preset(self, name: str) -> None:
        if self._facts is not None:
            self._set_model(
                build_preset(name, self._facts.shape),
                text("Take preset {preset}", preset=PRESETS[name].title),
            )
            self.stack.select(-1)
            self._refresh()  # a button that was clicked again must stay checked

    def _set_task(self, task: Task) -> None:
        self.studio.edit(edits.set_task(self.studio.document, task), text("Change task"))

    def _set_data(self, data: DataConfig, what: Text) -> None:
        self.studio.edit(edits.replace_data(self.studio.document, data), what)


def _column_titles() -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(theme.GRID, theme.GRID, theme.CARD_PADDING, 0)
    grid.setHorizontalSpacing(theme.GRID)
    grid.addWidget(label(tr("Layers"), "strong"), 0, 0)
    grid.setColumnStretch(0, 1)
    titles = (
        (tr("Output shape"), SHAPE_TIP, SHAPE_WIDTH),
        (tr("Parameters"), PARAMETERS_TIP, PARAMETERS_WIDTH),
        (tr("MACs"), MACS_TIP, MACS_WIDTH),
    )
    for column, (title, tip, width) in enumerate(titles, start=1):
        caption = label(title, "caption")
        caption.setAlignment(Qt.AlignmentFlag.AlignRight)
        caption.setMinimumWidth(width)
        caption.setToolTip(tr(tip))
        grid.addWidget(caption, 0, column)
    return grid
