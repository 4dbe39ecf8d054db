# SPDX-License-Identifier: GPL-3.0-or-later
"""One parameter of a layer as a field, built from its descriptor in the layer table."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.core.layer_parameters import Parameter, ParameterType
from app.core.model_spec import ParameterValue
from app.gui.i18n import tr
from app.gui.widgets.card import label
from app.gui.widgets.fields import prepare_field

_LARGEST_INT = 2**31 - 1


class ParameterField(QWidget):
    """A caption over an editor. :attr:`changed` carries the new value once the user has settled on
    it: while digits are typed nothing is sent, so that one change is one step to undo."""

    changed = Signal(object)

    def __init__(self, parameter: Parameter) -> None:
        super().__init__()
        self.parameter = parameter
        title, tip = tr(parameter.title), tr(parameter.help)
        self.editor = _editor(parameter)
        self.editor.setAccessibleName(title)
        self.editor.setAccessibleDescription(tip)
        self.editor.setToolTip(tip)
        prepare_field(self.editor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        if not isinstance(self.editor, QCheckBox):
            caption = label(title, "caption")
            caption.setToolTip(tip)
            caption.setBuddy(self.editor)
            layout.addWidget(caption)
        else:
            layout.addStretch(1)
        layout.addWidget(self.editor)
        self._connect()

    def value(self) -> ParameterValue:
        """What the field says now."""
        match self.editor:
            case QSpinBox() as spin:
                automatic = self.parameter.none_title and spin.value() == spin.minimum()
                return None if automatic else spin.value()
            case QDoubleSpinBox() as spin:
                return spin.value()
            case QComboBox() as combo:
                return self.parameter.choices[combo.currentIndex()].value
            case QCheckBox() as box:
                return box.isChecked()
            case QLineEdit() as line:
                return line.text().strip() or None
            case _:
                raise TypeError(type(self.editor))

    def show_value(self, value: ParameterValue) -> None:
        """Show ``value`` without sending it. One that the field cannot hold is shown as the
        nearest it can; the layer's card says what is wrong with it."""
        blocker = QSignalBlocker(self.editor)
        match self.editor:
            case QSpinBox() as spin:
                spin.setValue(int(value) if isinstance(value, int) else spin.minimum())
            case QDoubleSpinBox() as spin:
                spin.setValue(value if isinstance(value, int | float) else spin.minimum())
            case QComboBox() as combo:
                values = [choice.value for choice in self.parameter.choices]
                combo.setCurrentIndex(values.index(value) if value in values else -1)
            case QCheckBox() as box:
                box.setChecked(value is True)
            case QLineEdit() as line:
                line.setText("" if value is None else str(value))
            case _:
                raise TypeError(type(self.editor))
        blocker.unblock()

    def _connect(self) -> None:
        match self.editor:
            case QSpinBox() as spin:
                spin.valueChanged.connect(self._send)
            case QDoubleSpinBox() as spin:
                spin.valueChanged.connect(self._send)
            case QComboBox() as combo:
                combo.activated.connect(self._send)
            case QCheckBox() as box:
                box.toggled.connect(self._send)
            case QLineEdit() as line:
                line.editingFinished.connect(self._send)
            case _:
                raise TypeError(type(self.editor))

    def _send(self) -> None:
        self.changed.emit(self.value())


def _editor(parameter: Parameter) -> QWidget:
    match parameter.type:
        case ParameterType.INTEGER:
            spin = QSpinBox()
            spin.setMinimumWidth(64)
            low = int(parameter.minimum if parameter.minimum is not None else -_LARGEST_INT)
            high = int(parameter.maximum if parameter.maximum is not None else _LARGEST_INT)
            if parameter.none_title:  # one below the lowest means "none"
                spin.setSpecialValueText(tr(parameter.none_title))
                low -= 1
            spin.setRange(low, high)
            spin.setKeyboardTracking(False)
            return spin
        case ParameterType.NUMBER:
            number = QDoubleSpinBox()
            number.setDecimals(3)
            number.setSingleStep(0.05)
            number.setRange(
                parameter.minimum if parameter.minimum is not None else -1e9,
                parameter.maximum if parameter.maximum is not None else 1e9,
            )
            number.setKeyboardTracking(False)
            return number
        case ParameterType.CHOICE:
            combo = QComboBox()
            combo.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            combo.setMinimumContentsLength(6)
            combo.addItems([tr(choice.title) for choice in parameter.choices])
            return combo
        case ParameterType.SWITCH:
            return QCheckBox(tr(parameter.title))
        case ParameterType.SHAPE:
            line = QLineEdit()
            line.setPlaceholderText(tr(parameter.none_title))
            line.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
            return line


def shown_value(parameter: Parameter, value: ParameterValue) -> str:
    """A parameter and its value in a few words, for the line under a layer's name."""
    title = tr(parameter.title)
    if parameter.type is ParameterType.SWITCH:
        return title if value is True else tr("no {setting}", setting=title)
    if parameter.type is ParameterType.CHOICE:
        found = next((choice for choice in parameter.choices if choice.value == value), None)
        shown = tr(found.title) if found else str(value)
    elif value is None:
        shown = tr(parameter.none_title)
    else:
        shown = str(value)
    return f"{title} {shown}"
