# SPDX-License-Identifier: GPL-3.0-or-later
"""What an empty page shows: the next step in words, and its button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.icons import pixmap
from app.gui.theme import Theme
from app.gui.widgets.card import label


class EmptyState(QWidget):
    """An icon, a title, a sentence, and the buttons given to :meth:`add_action`."""

    def __init__(self, look: Theme, icon_name: str, title: str, sentence: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        outer.setSpacing(theme.GRID)
        outer.addStretch(2)
        picture = QLabel()
        picture.setPixmap(pixmap(icon_name, look.accent, 48, self.devicePixelRatioF()))
        outer.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addSpacing(theme.GRID)
        outer.addWidget(label(title, "title"), 0, Qt.AlignmentFlag.AlignHCenter)
        self.sentence = label(sentence, "muted", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence.setMinimumWidth(320)
        self.sentence.setMaximumWidth(480)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.sentence, 2)
        row.addStretch(1)
        outer.addLayout(row)
        outer.addSpacing(theme.GRID * 2)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(theme.GRID)
        self._actions.addStretch(1)
        self._actions.addStretch(1)
        outer.addLayout(self._actions)
        outer.addStretch(3)

    def add_action(self, button: QPushButton) -> None:
        """Place ``button`` beside the others, in the middle."""
        self._actions.insertWidget(self._actions.count() - 1, button)
