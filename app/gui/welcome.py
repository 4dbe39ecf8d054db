# SPDX-License-Identifier: GPL-3.0-or-later
"""The first thing a newcomer sees: five ways to begin, and what was open lately."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.gui import theme
from app.gui.i18n import tr
from app.gui.icons import icon
from app.gui.theme import Theme
from app.gui.widgets.card import label


class Welcome(QWidget):
    """Shown while no project is open."""

    connect_chosen = Signal()
    simulate_chosen = Signal()
    new_chosen = Signal()
    open_chosen = Signal()
    recent_chosen = Signal(Path)

    def __init__(self, look: Theme, recent: Sequence[Path], samples: QMenu) -> None:
        super().__init__()
        self.setAccessibleName(tr("Welcome"))
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(theme.GRID)
        outer.addLayout(column)
        outer.addStretch(1)
        column.addStretch(2)
        heading = label(tr("Teach a board to recognise what its sensors feel"), "title")
        column.addWidget(heading)
        column.addWidget(
            label(
                tr(
                    "Record a movement, a sound or any other signal, name it, and train a small "
                    "neural network that runs on the board itself. Nothing leaves this computer."
                ),
                "muted",
                wrap=True,
            )
        )
        column.addSpacing(theme.GRID * 2)
        self.simulate = self._way(
            look,
            "board",
            tr("Start with the simulated board"),
            tr("No hardware needed: a pretend hand holds a motion sensor."),
            primary=True,
        )
        self.connect_board = self._way(
            look,
            "plug",
            tr("Connect a board…"),
            tr("An ESP32, an Arduino, or anything that prints numbers."),
        )
        self.sample = self._way(
            look,
            "sample",
            tr("Open a sample project"),
            tr("Recordings and a network to take apart."),
        )
        self.new = self._way(look, "new", tr("New project…"), tr("Empty, for your own files."))
        self.open = self._way(
            look, "folder", tr("Open a project…"), tr("A folder you made before.")
        )
        self.simulate.clicked.connect(self.simulate_chosen)
        self.connect_board.clicked.connect(self.connect_chosen)
        self.sample.setMenu(samples)
        self.new.clicked.connect(self.new_chosen)
        self.open.clicked.connect(self.open_chosen)
        for way in (self.simulate, self.connect_board, self.sample, self.new, self.open):
            column.addWidget(way)
        if recent:
            column.addSpacing(theme.GRID * 2)
            column.addWidget(label(tr("Opened lately"), "caption"))
            grid = QGridLayout()
            grid.setSpacing(theme.GRID)
            column.addLayout(grid)
            for place, folder in enumerate(recent):
                button = QPushButton(folder.name)
                button.setAutoDefault(True)
                button.setProperty("role", "quiet")
                button.setIcon(icon("folder", look, look.muted))
                button.setToolTip(str(folder))
                button.clicked.connect(
                    lambda _checked=False, chosen=folder: self.recent_chosen.emit(chosen)
                )
                button.setStyleSheet("text-align: left;")
                button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
                grid.addWidget(button, place // 2, place % 2)
        column.addStretch(3)
        self.setFocusProxy(self.simulate)

    def _way(
        self, look: Theme, icon_name: str, title: str, sentence: str, *, primary: bool = False
    ) -> QPushButton:
        button = QPushButton()
        button.setAutoDefault(True)  # Enter does what Space does
        button.setAccessibleName(title)
        button.setAccessibleDescription(sentence)
        button.setMinimumSize(QSize(480, 60))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(button)
        row.setContentsMargins(theme.CARD_PADDING, 0, theme.CARD_PADDING, 0)
        row.setSpacing(theme.CARD_PADDING)
        mark = label("")
        mark.setPixmap(icon(icon_name, look, look.accent).pixmap(24, 24))
        row.addWidget(mark)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        heading, caption = label(title, "strong"), label(sentence, "caption")
        words.addWidget(heading)
        words.addWidget(caption)
        words.addStretch(1)
        row.addLayout(words, 1)
        for part in (mark, heading, caption):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if primary:
            button.setStyleSheet(f"QPushButton {{ border-color: {look.accent}; }}")
        button.setProperty("role", "way")
        return button
