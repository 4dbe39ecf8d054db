# SPDX-License-Identifier: GPL-3.0-or-later
"""What the simulated hand does: shown while the simulated board is connected."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from app.core.text import Text, text
from app.deploy.gestures import GESTURES
from app.gui import theme
from app.gui.i18n import tr
from app.gui.icons import pixmap
from app.gui.studio import Studio
from app.gui.widgets.card import label

_WORDS: dict[str, Text] = {
    "idle": text("idle"),
    "circle": text("circle"),
    "shake": text("shake"),
    "tap": text("tap"),
    "wave": text("wave"),
}


class HandStrip(QWidget):
    """One button a gesture. Each press is a new take of it, a little different from the last."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._take = 0
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID // 2)
        mark = label("")
        mark.setPixmap(pixmap("hand", studio.theme.muted, 18, self.devicePixelRatioF()))
        row.addWidget(mark)
        words = label(tr("Simulated hand"), "muted")
        words.setToolTip(tr("There is no hardware: a small physical model moves a motion sensor."))
        row.addWidget(words)
        row.addSpacing(theme.GRID)
        group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        for gesture in GESTURES:
            button = QPushButton(tr(_WORDS[gesture]) if gesture in _WORDS else gesture)
            button.setCheckable(True)
            button.setChecked(gesture == "idle")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setToolTip(tr("Let the hand do this until you choose something else"))
            button.clicked.connect(partial(self._act, gesture))
            group.addButton(button)
            self.buttons[gesture] = button
            row.addWidget(button)
        row.addStretch(1)

    def _act(self, gesture: str, _checked: bool = False) -> None:
        self._take += 1
        self._studio.board.act(gesture, self._take)
