# SPDX-License-Identifier: GPL-3.0-or-later
"""The rail of steps at the window's left: icon and word, Ctrl+1 to Ctrl+6, arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.i18n import tr
from app.gui.icons import icon
from app.gui.steps import STEPS
from app.gui.theme import Theme

WIDTH = 88


class Rail(QWidget):
    """``chosen`` carries a step's id."""

    chosen = Signal(str)

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.setProperty("role", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(tr("Steps"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.GRID, 0, theme.GRID)
        column.setSpacing(0)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        for number, step in enumerate(STEPS, 1):
            button = QToolButton()
            button.setProperty("role", "step")
            button.setCheckable(True)
            button.setText(tr(step.word))
            button.setIcon(icon(step.id, look, ""))
            button.setIconSize(QSize(24, 24))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setFixedSize(WIDTH - 1, 68)
            shortcut = QKeySequence(f"Ctrl+{number}")
            button.setShortcut(shortcut)
            keys = shortcut.toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(f"{tr(step.tip)}  ({keys})")
            button.setAccessibleName(tr(step.word))
            button.setAccessibleDescription(tr(step.tip))
            button.clicked.connect(lambda _checked=False, id_=step.id: self.chosen.emit(id_))
            self._group.addButton(button)
            self._buttons[step.id] = button
            column.addWidget(button)
        column.addStretch(1)

    def show_step(self, step: str) -> None:
        """Mark ``step`` as the one on screen."""
        self._buttons[step].setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        move = moves.get(Qt.Key(event.key()))
        buttons = list(self._buttons.values())
        focused = next((i for i, button in enumerate(buttons) if button.hasFocus()), None)
        if move is None or focused is None:
            super().keyPressEvent(event)
            return
        buttons[(focused + move) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
