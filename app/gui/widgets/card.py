# SPDX-License-Identifier: GPL-3.0-or-later
"""A quiet surface with a hairline border: the only box there is. Never put one in another."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.gui import theme


class Card(QFrame):
    """A card with an optional caption above its content. Add to ``self.content``."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(
            theme.CARD_PADDING, theme.CARD_PADDING, theme.CARD_PADDING, theme.CARD_PADDING
        )
        outer.setSpacing(theme.GRID)
        self.heading = QHBoxLayout()
        self.heading.setSpacing(theme.GRID)
        if title:
            label = QLabel(title)
            label.setProperty("role", "strong")
            self.heading.addWidget(label)
            self.heading.addStretch(1)
            outer.addLayout(self.heading)
            self.setAccessibleName(title)
        self.content = QVBoxLayout()
        self.content.setSpacing(theme.GRID)
        outer.addLayout(self.content, 1)


def line(parent: QWidget | None = None) -> QFrame:
    """A horizontal hairline."""
    made = QFrame(parent)
    made.setProperty("role", "line")
    made.setFixedHeight(1)
    return made


def label(text: str, role: str = "", *, wrap: bool = False) -> QLabel:
    """A text in one of the style sheet's roles."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made


def figure_row(grid: QGridLayout, name: str, tip: str) -> QLabel:
    """Add a line to ``grid``: what a figure is called, and the figure at the right, empty yet."""
    row = grid.rowCount()
    caption, figure = label(name, "muted"), label("–")
    figure.setFont(theme.font())
    figure.setAlignment(Qt.AlignmentFlag.AlignRight)
    figure.setAccessibleName(name)
    for made in (caption, figure):
        made.setToolTip(tip)
    grid.addWidget(caption, row, 0)
    grid.addWidget(figure, row, 1)
    return figure
