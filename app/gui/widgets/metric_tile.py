# SPDX-License-Identifier: GPL-3.0-or-later
"""The number that matters, with its unit, its name and what it counts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.gui import theme
from app.gui.widgets.card import Card, label


class MetricTile(Card):
    """``94.2 %`` in big digits over ``of 118 windows``. Set with :meth:`show_value`."""

    def __init__(self, name: str, tip: str = "") -> None:
        super().__init__()
        self._name = name
        self.setToolTip(tip)
        self._value = label("–", "number")
        self._value.setFont(theme.font(theme.NUMBER_PX))
        self._unit = label("", "muted")
        self._note = label("", "caption", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._value)
        row.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(0)
        self._caption = label(name, "caption")
        column.addWidget(self._caption)
        column.addLayout(row)
        column.addWidget(self._note)
        self.content.addLayout(column)
        self.setAccessibleName(name)

    def show_name(self, name: str, tip: str) -> None:
        """Show another figure from now on; its value is not known yet."""
        self._name = name
        self._caption.setText(name)
        self.setToolTip(tip)
        self.show_value("–")

    def show_value(self, value: str, unit: str = "", note: str = "") -> None:
        """Show ``value unit`` and below it ``note``; an en dash for a number not known yet."""
        self._value.setText(value)
        self._unit.setText(unit)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.setAccessibleName(f"{self._name}: {value} {unit} {note}".strip())
