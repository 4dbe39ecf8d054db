# SPDX-License-Identifier: GPL-3.0-or-later
"""One layer as a card: what it is, what it makes of its input, what it costs, what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.core.errors import ModelError
from app.core.layer_parameters import Parameter
from app.core.layer_shapes import show_shape
from app.core.layers import LAYERS, LayerType
from app.core.model_report import LayerReport
from app.core.model_spec import LayerSpec, ParameterValue
from app.core.text import text
from app.gui import theme
from app.gui.i18n import tr
from app.gui.icons import pixmap
from app.gui.pages.design.layer_editor import LayerEditor
from app.gui.pages.design.parameter_field import shown_value
from app.gui.theme import Theme
from app.gui.widgets.card import label
from app.gui.widgets.elided_label import ElidedLabel

SHAPE_WIDTH = 88
PARAMETERS_WIDTH = 120
MACS_WIDTH = 80
HANDLE_WIDTH = 24


class LayerCard(QWidget):
    """A layer in the stack. Selected, it opens its parameters; the stack handles keys and drags.

    ``parameter_changed(name, value)`` and ``action_chosen(LayerAction)`` come from the open card.
    """

    parameter_changed = Signal(str, object)
    action_chosen = Signal(object)

    def __init__(self, look: Theme, layer: LayerSpec) -> None:
        super().__init__()
        self._look = look
        self.layer = layer
        self._report: LayerReport | None = None
        self._selected = False
        self._editor: LayerEditor | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(theme.GRID, 10, theme.CARD_PADDING, 10)
        self._outer.setSpacing(theme.GRID)
        self._outer.addLayout(self._header())
        self._note_icon, self._note = QLabel(), label("", wrap=True)
        self._note_row = QWidget()
        row = QHBoxLayout(self._note_row)
        row.setContentsMargins(HANDLE_WIDTH + theme.GRID, 0, 0, 0)
        row.setSpacing(theme.GRID)
        row.addWidget(self._note_icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._note, 1)
        self._outer.addWidget(self._note_row)
        self._note_row.hide()

    @property
    def editor(self) -> LayerEditor | None:
        """The open parameters, ``None`` while the card is closed."""
        return self._editor

    def show_layer(self, number: int, layer: LayerSpec, report: LayerReport) -> None:
        """Show ``layer``, the ``number``-th of the stack (from 1), and what it amounts to."""
        self.layer, self._report = layer, report
        kind = LAYERS.get(layer.kind)
        title = tr(kind.title) if kind else layer.kind
        self._title.setText(f"{number}  {title}")
        self._title.setToolTip(tr(kind.help) if kind else "")
        self._summary.setText(_summary(kind, layer))
        self._shape.setText(show_shape(report.output_shape) if report.output_shape else "–")
        self._parameters.setText(f"{report.parameters:,}" if report.output_shape else "–")
        self._formula.setText(report.formula)
        self._formula.setToolTip(tr("Weights + biases: {formula}", formula=report.formula))
        self._macs.setText(f"{report.macs:,}" if report.output_shape else "–")
        self._show_note(report)
        self.setAccessibleName(
            tr("Layer {number}: {title}. {summary}", number=number, title=title,
               summary=self._summary.text())
        )  # fmt: skip
        self.setAccessibleDescription(
            tr(report.problem)
            if report.problem
            else tr(
                "Output {shape}, {parameters} parameters",
                shape=self._shape.text(),
                parameters=self._parameters.text(),
            )
        )
        if self._editor is not None:
            self._editor.show_layer(layer)
        self.update()

    def set_selected(self, selected: bool) -> None:
        """Open the card for editing, or close it."""
        if selected == self._selected:
            return
        self._selected = selected
        if selected:
            self._editor = LayerEditor(self._look, self.layer)
            self._editor.changed.connect(self.parameter_changed)
            self._editor.action_chosen.connect(self.action_chosen)
            self._outer.addWidget(self._editor)
        elif self._editor is not None:
            self._outer.removeWidget(self._editor)
            self._editor.hide()
            self._editor.deleteLater()
            self._editor = None
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        wrong = self._report is not None and self._report.problem is not None
        marked = self._selected or self.hasFocus()
        edge = look.error if wrong else look.accent if marked else look.border
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(look.surface))
        inset = 1.0 if self.hasFocus() else 0.5
        area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(area, theme.RADIUS, theme.RADIUS)
        painter.end()

    def _header(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GRID)
        grid.setVerticalSpacing(0)
        handle = QLabel()
        handle.setPixmap(pixmap("drag", self._look.muted, 20, self.devicePixelRatioF()))
        handle.setToolTip(tr("Drag to move the layer, or press Alt+Up and Alt+Down."))
        handle.setCursor(Qt.CursorShape.OpenHandCursor)
        handle.setFixedWidth(HANDLE_WIDTH)
        grid.addWidget(handle, 0, 0, 2, 1)
        self._title, self._summary = label("", "strong"), ElidedLabel("caption")
        self._title.setMinimumWidth(0)
        grid.addWidget(self._title, 0, 1)
        grid.addWidget(self._summary, 1, 1)
        self._shape = _figure(SHAPE_WIDTH, tr(SHAPE_TIP))
        self._parameters = _figure(PARAMETERS_WIDTH, tr(PARAMETERS_TIP))
        self._formula = label("", "caption")
        self._formula.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._macs = _figure(MACS_WIDTH, tr(MACS_TIP))
        grid.addWidget(self._shape, 0, 2)
        grid.addWidget(self._parameters, 0, 3)
        grid.addWidget(self._formula, 1, 2, 1, 2)
        grid.addWidget(self._macs, 0, 4)
        grid.setColumnStretch(1, 1)
        return grid

    def _show_note(self, report: LayerReport) -> None:
        if report.problem:
            self._set_note("warning", self._look.error, "error",
                           tr("Not possible: {why}", why=report.problem))  # fmt: skip
        elif report.hints:
            self._set_note("info", self._look.muted, "caption",
                           " ".join(tr(hint) for hint in report.hints))  # fmt: skip
        self._note_row.setVisible(bool(report.problem or report.hints))

    def _set_note(self, icon_name: str, color: str, role: str, sentence: str) -> None:
        self._note_icon.setPixmap(pixmap(icon_name, color, 16, self.devicePixelRatioF()))
        self._note.setText(sentence)
        if self._note.property("role") != role:
            self._note.setProperty("role", role)
            self._note.style().unpolish(self._note)
            self._note.style().polish(self._note)


SHAPE_TIP = text(
    "The sizes of what the layer hands on for one window, such as time steps × channels."
)
PARAMETERS_TIP = text(
    "The numbers the layer has learned and the board must store: weights, which multiply, and "
    "biases, which are added. In int8 each weight takes one byte."
)
MACS_TIP = text(
    "Multiply-accumulate operations for one window: a weight times a value, added to a sum. The "
    "board's time for an answer grows with them."
)


def _figure(width: int, tip: str) -> QLabel:
    made = label("")
    made.setFont(theme.font())
    made.setAlignment(Qt.AlignmentFlag.AlignRight)
    made.setMinimumWidth(width)
    made.setToolTip(tip)
    return made


def _summary(kind: LayerType | None, layer: LayerSpec) -> str:
    """The parameters worth a glance: the first two, the activation, and what was changed."""
    if kind is None:
        return ""
    try:
        values = kind.values(layer).all
    except ModelError:  # the report says so on the card
        values = {p.name: layer.parameters.get(p.name, p.default) for p in kind.parameters}
    shown = (
        shown_value(parameter, values[parameter.name])
        for place, parameter in enumerate(kind.parameters)
        if _worth_a_glance(parameter, place, values[parameter.name])
    )
    return " · ".join(shown)


def _worth_a_glance(parameter: Parameter, place: int, value: ParameterValue) -> bool:
    if value == parameter.default:
        return value is not None and (place < 2 or parameter.name == "activation")
    return True
