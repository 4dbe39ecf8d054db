# SPDX-License-Identifier: GPL-3.0-or-later
"""What every step's page has: a title, one primary action in the top right corner, a body."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.studio import Studio


class Page(QWidget):
    """Base of the six pages. Put content into ``self.body``.

    The window calls :meth:`entered` when the page comes to the front and :meth:`left` when it
    goes; timers run only in between. A page may be destroyed at any time and built anew over the
    same studio: keep state that matters in the studio or the project, parent every timer to the
    page.
    """

    def __init__(self, studio: Studio, title: str, hint: str = "") -> None:
        super().__init__()
        self.studio = studio
        self.theme = studio.theme
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.MARGIN, theme.GRID * 2, theme.MARGIN, theme.MARGIN)
        outer.setSpacing(theme.GRID * 2)
        self.header = QHBoxLayout()
        self.header.setSpacing(theme.GRID)
        outer.addLayout(self.header)
        heading = QLabel(title)
        heading.setProperty("role", "title")
        self.header.addWidget(heading, 0, Qt.AlignmentFlag.AlignBaseline)
        if hint:
            caption = QLabel(hint)
            caption.setProperty("role", "muted")
            self.header.addWidget(caption, 0, Qt.AlignmentFlag.AlignBaseline)
        self.header.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.GRID * 2)
        outer.addLayout(self.body, 1)

    def set_primary_action(self, button: QPushButton) -> None:
        """Place the page's one primary action, in the accent colour, in the top right corner."""
        button.setProperty("role", "primary")
        button.setMinimumHeight(theme.GRID * 5)
        button.setAutoDefault(True)  # Enter does what Space does
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves no ring behind
        self.header.addWidget(button)

    def entered(self) -> None:
        """The page came to the front: start drawing."""

    def left(self) -> None:
        """The page went to the back: stop drawing."""
