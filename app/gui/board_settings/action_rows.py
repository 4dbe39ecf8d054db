# SPDX-License-Identifier: GPL-3.0-or-later
"""A board's actions as a small table in a card: one row says when, and what then happens."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from app.core.board_settings import FULL_PWM, FULL_SCORE, MAX_ACTIONS, Action, ActionKind
from app.core.text import Text, text
from app.gui import theme
from app.gui.i18n import tr
from app.gui.icons import icon
from app.gui.theme import Theme
from app.gui.widgets.card import Card, label
from app.gui.widgets.fields import prepare_field

KINDS: dict[ActionKind, Text] = {
    ActionKind.SET: text("Set a pin high"),
    ActionKind.CLEAR: text("Set a pin low"),
    ActionKind.PULSE: text("Pulse a pin"),
    ActionKind.PWM: text("Dim a pin (PWM)"),
    ActionKind.PRINT: text("Print a text"),
}
_TIMED = (ActionKind.PULSE, ActionKind.PWM)
_DEFAULT_PIN = 2
_CLASS, _PIN, _VALUE = 0, 4, 5
"""Columns."""
_CLASS_LETTERS = 14


class ActionsCard(Card):
    """The table, a button for one more, and what holds for all of them."""

    def __init__(self, look: Theme, classes: Sequence[str], actions: Sequence[Action]) -> None:
        super().__init__(tr("When its network recognises something"))
        self.rows = ActionRows(look, classes)
        self.rows.changed.connect(self._show_count)
        self.none = label(
            tr("Nothing happens yet. An action drives a pin or prints a text, without any code."),
            "muted",
            wrap=True,
        )
        self.add = QPushButton(tr("Add an action"))
        self.add.setIcon(icon("plus", look))
        self.add.clicked.connect(self.rows.add_default)
        self.rule = label(
            tr(
                "An action takes place once its class has had the score in so many windows in a "
                "row, and again only after it was gone. All these pins are low until then, and "
                "when the network stops."
            ),
            "caption",
            wrap=True,
        )
        self.content.addWidget(self.none)
        self.content.addWidget(self.rows)
        self.content.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.content.addWidget(self.rule)
        for action in actions:
            self.rows.add(action)
        self._show_count()

    def _show_count(self) -> None:
        count = len(self.rows.rows)
        self.none.setVisible(count == 0)
        self.rows.setVisible(count > 0)
        self.rule.setVisible(count > 0)
        full = count == MAX_ACTIONS
        self.add.setEnabled(not full)
        self.add.setToolTip(tr("A board keeps {n} actions.", n=MAX_ACTIONS) if full else "")


class ActionRows(QWidget):
    """Edit with the buttons; read with :meth:`chosen`."""

    changed = Signal()
    """There is one more row, or one less."""

    def __init__(self, look: Theme, classes: Sequence[str]) -> None:
        super().__init__()
        self._look = look
        self._classes = tuple(classes)
        self.rows: list[ActionRow] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.GRID)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(_CLASS, 3)
        self._grid.setColumnStretch(_VALUE, 2)
        heads = (tr("Class"), tr("At least"), tr("Windows"), tr("What"), tr("Pin"), tr("Value"))
        for column, head in enumerate(heads):
            self._grid.addWidget(label(head, "caption"), 0, column)
        self._next_line = 1

    def add(self, action: Action) -> None:
        """One more row; nothing where the board keeps no more."""
        if len(self.rows) == MAX_ACTIONS:
            return
        row = ActionRow(self._look, self._classes, action)
        for column, field in enumerate(row.fields):
            self._grid.addWidget(field, self._next_line, column)
        self._grid.addWidget(row.text, self._next_line, _PIN, 1, _VALUE - _PIN + 1)
        self._next_line += 1
        row.removed.connect(partial(self._remove, row))
        self.rows.append(row)
        self.changed.emit()

    def add_default(self) -> None:
        """A row to be changed: the first class sets a pin."""
        self.add(Action(0, ActionKind.SET, pin=_DEFAULT_PIN))
        self.rows[-1].wanted.setFocus()

    def chosen(self) -> tuple[Action, ...]:
        """As the rows stand. Raises ``DataError`` for what no board can keep."""
        return tuple(row.action() for row in self.rows)

    def _remove(self, row: ActionRow) -> None:
        self.rows.remove(row)
        for field in (*row.fields, row.text):
            self._grid.removeWidget(field)
            field.deleteLater()
        row.deleteLater()
        self.changed.emit()


class ActionRow(QObject):
    """The fields of one action; ``removed`` when its user wants it gone."""

    removed = Signal()

    def __init__(self, look: Theme, classes: Sequence[str], action: Action) -> None:
        super().__init__()
        self.wanted = QComboBox()
        count = max(len(classes), action.class_index + 1)
        for index in range(count):
            known = index < len(classes)
            self.wanted.addItem(classes[index] if known else tr("Class {n}", n=index + 1))
        self.wanted.currentTextChanged.connect(self.wanted.setToolTip)
        self.wanted.setCurrentIndex(action.class_index)
        self.wanted.setToolTip(self.wanted.currentText())
        self.wanted.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.wanted.setMinimumContentsLength(_CLASS_LETTERS)
        self.threshold = _spin(0, 100, round(action.threshold * 100 / FULL_SCORE), " %")
        self._threshold = (self.threshold.value(), action.threshold)
        self.windows = _spin(1, 255, action.windows)
        self.windows.setToolTip(tr("So many windows in a row must say so."))
        self.kind = QComboBox()
        for kind, name in KINDS.items():
            self.kind.addItem(tr(name), kind)
        self.kind.setCurrentIndex(self.kind.findData(action.kind))
        self.pin = _spin(0, 254, action.pin)
        self.value = _spin(0, 65535, action.value)
        self.text = QLineEdit(action.text)
        self.text.setMaxLength(255)
        self.text.setCursorPosition(0)
        self.remove = QPushButton()
        self.remove.setProperty("role", "quiet")
        self.remove.setIcon(icon("trash", look))
        self.remove.clicked.connect(self.removed)
        self.fields: tuple[QWidget, ...] = (
            self.wanted,
            self.threshold,
            self.windows,
            self.kind,
            self.pin,
            self.value,
            self.remove,
        )
        """In the table's columns; ``text`` stands in for pin and value."""
        named = {
            self.wanted: tr("Class"),
            self.threshold: tr("At least"),
            self.windows: tr("Windows in a row"),
            self.kind: tr("What"),
            self.pin: tr("Pin"),
            self.value: tr("Value"),
            self.text: tr("Text"),
            self.remove: tr("Remove this action"),
        }
        for field, name in named.items():
            field.setAccessibleName(name)
        self.remove.setToolTip(tr("Remove this action"))
        for field in (self.wanted, self.kind):
            prepare_field(field)
        self.kind.currentIndexChanged.connect(self._show_kind)
        self._show_kind()

    def action(self) -> Action:
        """Raises ``DataError`` for what no board can keep."""
        kind = self._kind()
        return Action(
            class_index=self.wanted.currentIndex(),
            kind=kind,
            pin=0 if kind is ActionKind.PRINT else self.pin.value(),
            value=self.value.value() if kind in _TIMED else 0,
            text=self.text.text() if kind is ActionKind.PRINT else "",
            threshold=self._threshold_of_255(),
            windows=self.windows.value(),
        )

    def _threshold_of_255(self) -> int:
        """What the board has, where nobody has touched it: a percentage is coarser."""
        shown, exact = self._threshold
        percent = self.threshold.value()
        return exact if percent == shown else round(percent * FULL_SCORE / 100)

    def _kind(self) -> ActionKind:
        return self.kind.currentData()

    def _show_kind(self) -> None:
        kind = self._kind()
        prints = kind is ActionKind.PRINT
        self.text.setVisible(prints)
        self.pin.setVisible(not prints)
        self.value.setVisible(not prints)
        self.value.setEnabled(kind in _TIMED)
        self.value.setMaximum(FULL_PWM if kind is ActionKind.PWM else 65535)
        self.value.setSuffix({ActionKind.PULSE: " ms", ActionKind.PWM: " ‰"}.get(kind, ""))


def _spin(least: int, most: int, value: int, suffix: str = "") -> QSpinBox:
    made = QSpinBox()
    made.setRange(least, most)
    made.setValue(value)
    made.setSuffix(suffix)
    prepare_field(made)
    return made
