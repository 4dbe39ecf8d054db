# SPDX-License-Identifier: GPL-3.0-or-later
"""The selected label in fields: its class, number and ends, to the millisecond; cut and delete."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.document import Document
from app.core.recording import LabelSpan
from app.core.training import Task
from app.gui import theme
from app.gui.i18n import tr
from app.gui.icons import icon
from app.gui.theme import Theme
from app.gui.widgets.card import label
from app.gui.widgets.class_chip import class_icon
from app.gui.widgets.fields import prepare_field
from app.gui.widgets.flow_layout import FlowLayout
from app.gui.widgets.span_editor import NewLabel, SpanEditor

_LARGEST = 1e12
_HEIGHT = 36


class SelectionBar(QWidget):
    """Shows and changes what ``editor`` has selected; with nothing selected, says what to do."""

    def __init__(self, look: Theme, editor: SpanEditor) -> None:
        super().__init__()
        self._look = look
        self._editor = editor
        self.hint = label(
            tr(
                "Drag over the signal to label it · drag an end or the middle to change it · "
                "double-click or S cuts · Del deletes · 1–9 name it"
            ),
            "caption",
            wrap=True,
        )
        self.hint.setToolTip(
            tr(
                "With the keyboard: A adds a label, Page Down and Page Up choose one, Shift+arrows "
                "move it, Alt+arrows its beginning, Ctrl+arrows its end."
            )
        )
        self.label = QComboBox()
        self.label.setAccessibleName(tr("Class of the label"))
        self.label.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.label.setMinimumContentsLength(8)
        self.label.activated.connect(self._relabel)
        self.value = NumberField(
            tr("Number to learn"), tr("What the network should answer here, in your own unit.")
        )
        self.value.setSpecialValueText(tr("no number"))
        self.value.valueChanged.connect(self._set_value)
        self.start = _seconds_field(tr("Begins at"), tr("from"))
        self.stop = _seconds_field(tr("Ends at"), tr("to"))
        self.start.valueChanged.connect(self._resize)
        self.stop.valueChanged.connect(self._resize)
        self.split = _button(look, "scissors", tr("Cut"), tr("Cut the label in two (S)"))
        self.split.clicked.connect(self._split)
        self.delete = _button(look, "trash", tr("Delete"), tr("Delete the label (Del)"))
        self.delete.clicked.connect(editor.delete)
        self._fields = QWidget()
        flow = FlowLayout(self._fields, theme.GRID)
        for widget in (self.label, self.value, self.start, self.stop, self.split, self.delete):
            flow.addWidget(widget)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.hint)
        outer.addWidget(self._fields)
        self.setMinimumHeight(_HEIGHT)
        for field in (self.label, self.start, self.stop):
            prepare_field(field)

    def show_selection(self, document: Document) -> None:
        """Show the editor's selected label, of ``document``."""
        span, info = self._editor.selected, self._editor.info
        self.hint.setVisible(span is None)
        self._fields.setVisible(span is not None)
        if span is None or info is None:
            return
        blockers = [
            QSignalBlocker(each) for each in (self.label, self.value, self.start, self.stop)
        ]
        regression = document.task is Task.REGRESSION
        self._show_classes(document, span, regression)
        self.value.setVisible(regression)
        if regression:
            self.value.setValue(self.value.minimum() if span.value is None else span.value)
        for field, samples in ((self.start, span.start), (self.stop, span.stop)):
            field.setRange(0.0, info.duration_s)
            field.setSingleStep(1 / info.rate_hz)
            field.setValue(samples / info.rate_hz)
        for blocker in blockers:
            blocker.unblock()

    def _show_classes(self, document: Document, span: LabelSpan, regression: bool) -> None:
        self.label.clear()
        if regression:
            self.label.addItem(tr("(no class)"), "")
        for each in document.classes:
            style = self._look.class_style(each.color)
            self.label.addItem(class_icon(style), each.name, each.name)
        self.label.setCurrentIndex(self.label.findData(span.label))
        self.label.setVisible(self.label.count() > int(regression))

    def _relabel(self) -> None:
        span = self._editor.selected
        name = str(self.label.currentData() or "")
        if span is not None and name != span.label:
            self._editor.relabel(NewLabel(name, span.value))

    def _set_value(self, number: float) -> None:
        span = self._editor.selected
        if span is not None and number != span.value and number != self.value.minimum():
            self._editor.relabel(NewLabel(span.label, number))

    def _split(self) -> None:
        self._editor.split()

    def _resize(self) -> None:
        self._editor.resize(self.start.value(), self.stop.value())


class NumberField(QDoubleSpinBox):
    """A field for a number of any size, shown with no more digits than it has."""

    def __init__(self, name: str, tip: str) -> None:
        super().__init__()
        self.setDecimals(6)
        self.setRange(-_LARGEST, _LARGEST)
        self.setKeyboardTracking(False)
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.setFixedWidth(100)
        prepare_field(self)

    def textFromValue(self, val: float) -> str:
        return f"{val:.10g}"


def _seconds_field(name: str, prefix: str) -> QDoubleSpinBox:
    made = QDoubleSpinBox()
    made.setPrefix(prefix + " ")
    made.setDecimals(3)
    made.setSuffix(" s")
    made.setKeyboardTracking(False)
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setFixedWidth(112)
    return made


def _button(look: Theme, icon_name: str, words: str, tip: str) -> QPushButton:
    made = QPushButton(words)
    made.setProperty("role", "quiet")
    made.setIcon(icon(icon_name, look))
    made.setToolTip(tip)
    return made
