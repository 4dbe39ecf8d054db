# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the studio speaks up: a bar above the page, never a dialog but for its own defects."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
)

from app.gui import theme
from app.gui.i18n import tr
from app.gui.icons import icon, pixmap
from app.gui.notifications import Notification, Severity
from app.gui.theme import Theme
from app.gui.widgets.card import label

_KEPT = 50


class NotificationBar(QFrame):
    """Shows the newest notification: what, why and what to do, with details on request.

    Errors and warnings stay until they are closed; a sentence gives way to the next one.
    """

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self._look = look
        self._waiting: deque[Notification] = deque(maxlen=_KEPT)
        self.shown: Notification | None = None
        self.setObjectName("notification")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.MARGIN, theme.GRID, theme.GRID * 2, theme.GRID)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID + 4)
        self._mark = QLabel()
        self._mark.setFixedSize(20, 20)
        words = QVBoxLayout()
        words.setSpacing(2)
        self._what = label("", "strong", wrap=True)
        self._why = label("", "muted", wrap=True)
        for part in (self._what, self._why):
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(part)
        self._details_button = QPushButton(tr("Details"))
        self._details_button.setProperty("role", "quiet")
        self._details_button.setCheckable(True)
        self._more = label("", "caption")
        self._close = QToolButton()
        self._close.setProperty("role", "quiet")
        self._close.setIcon(icon("close", look))
        self._close.setToolTip(tr("Close this message"))
        self._close.setAccessibleName(tr("Close this message"))
        self._close.clicked.connect(self.dismiss)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._details_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(row)
        self._details = QPlainTextEdit()
        self._details.setReadOnly(True)
        self._details.setFont(theme.mono_font())
        self._details.setFixedHeight(96)
        self._details.hide()
        self._details_button.toggled.connect(self._details.setVisible)
        outer.addWidget(self._details)
        self.hide()

    def post(self, notification: Notification) -> None:
        """Show ``notification`` now; what it covers comes back when it is closed."""
        if notification == self.shown:
            return
        if self.shown is not None and self.shown.severity is not Severity.INFO:
            self._waiting.append(self.shown)
        self._show(notification)

    @property
    def everything(self) -> tuple[Notification, ...]:
        """What waits and what is shown, oldest first."""
        return (*self._waiting, *((self.shown,) if self.shown is not None else ()))

    def dismiss(self) -> None:
        """Close what is shown; the one before it comes back."""
        if self._waiting:
            self._show(self._waiting.pop())
            return
        self.shown = None
        self.hide()

    def _show(self, notification: Notification) -> None:
        self.shown = notification
        colors = {
            Severity.INFO: ("info", self._look.accent),
            Severity.WARNING: ("warning", self._look.warn),
            Severity.ERROR: ("error", self._look.error),
        }
        name, color = colors[notification.severity]
        self._mark.setPixmap(pixmap(name, color, 20, self.devicePixelRatioF()))
        self._what.setText(tr(notification.what))
        self._why.setText(
            " ".join(p for p in map(tr, (notification.why, notification.action)) if p)
        )
        self._why.setVisible(bool(self._why.text()))
        self._details.setPlainText(notification.details)
        self._details_button.setVisible(bool(notification.details))
        self._details_button.setChecked(False)
        waiting = len(self._waiting)
        self._more.setText(tr("{count} more", count=waiting) if waiting else "")
        self.setStyleSheet(
            f"#notification {{ background: {self._look.surface}; border: none;"
            f" border-left: 4px solid {color}; border-bottom: 1px solid {self._look.border}; }}"
        )
        # A screen reader speaks a widget's name when it appears.
        self.setAccessibleName(f"{self._what.text()} {self._why.text()}")
        self.show()
