# SPDX-License-Identifier: GPL-3.0-or-later
"""The fields of the training form: they send what the user settles on, not what is being typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.core.text import Text
from app.gui.i18n import tr
from app.gui.widgets.card import label
from app.gui.widgets.fields import prepare_field


class WholeNumber(QSpinBox):
    def show_number(self, value: int) -> None:
        """Show ``value`` without sending it."""
        blocker = QSignalBlocker(self)
        self.setValue(value)
        blocker.unblock()


class SmallNumber(QDoubleSpinBox):
    """Shows as many digits as the number has: 0.003, not 0.003000."""

    def textFromValue(self, v: float) -> str:
        return self.locale().toString(v, "g", 6)

    def show_number(self, value: float) -> None:
        """Show ``value`` without sending it."""
        blocker = QSignalBlocker(self)
        self.setValue(value)
        blocker.unblock()


def whole_number(low: int, high: int) -> WholeNumber:
    made = WholeNumber()
    made.setRange(low, high)
    _prepare(made)
    return made


def small_number(low: float, high: float) -> SmallNumber:
    made = SmallNumber()
    made.setDecimals(6)
    made.setRange(low, high)
    made.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)
    _prepare(made)
    return made


def choice() -> QComboBox:
    """Empty; :func:`show_choices` fills it."""
    made = QComboBox()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(6)
    prepare_field(made)
    return made


def show_choices(combo: QComboBox, choices: Sequence[tuple[Text, Text]]) -> None:
    """Offer ``(title, tooltip)`` of each choice; nothing moves where they are there already."""
    titles = [tr(title) for title, _ in choices]
    if titles == [combo.itemText(at) for at in range(combo.count())]:
        return
    combo.clear()
    combo.addItems(titles)
    for at, (_, tip) in enumerate(choices):
        combo.setItemData(at, tr(tip), Qt.ItemDataRole.ToolTipRole)


def captioned(field: QWidget, name: str, tip: str, unit: str = "") -> QWidget:
    """``field`` below its name; both explain themselves."""
    field.setAccessibleName(name)
    field.setAccessibleDescription(tip)
    field.setToolTip(tip)
    if unit and isinstance(field, QSpinBox | QDoubleSpinBox):
        field.setSuffix(f" {unit}")
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    caption = label(name, "caption")
    caption.setToolTip(tip)
    caption.setBuddy(field)
    column.addWidget(caption)
    column.addWidget(field)
    return whole


def _prepare(field: QAbstractSpinBox) -> None:
    field.setKeyboardTracking(False)
    field.setMinimumWidth(64)
    prepare_field(field)
