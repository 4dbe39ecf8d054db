# SPDX-License-Identifier: GPL-3.0-or-later
"""How a page lies: cards in rows and columns with the grid's gap between them, and what scrolls."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.gui import theme


def row_in(widget: QWidget) -> QHBoxLayout:
    """Cards from left to right, as wide as ``widget``."""
    made = QHBoxLayout(widget)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(theme.GRID * 2)
    return made


def column_in(widget: QWidget, *, right_px: int = 0) -> QVBoxLayout:
    """Cards from top to bottom, with ``right_px`` beside them, for a scroll bar."""
    made = QVBoxLayout(widget)
    made.setContentsMargins(0, 0, right_px, 0)
    made.setSpacing(theme.GRID * 2)
    return made


def scrolled(content: QWidget) -> QScrollArea:
    """``content``, which scrolls up and down where there is no room for it."""
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
