# SPDX-License-Identifier: GPL-3.0-or-later
"""Why the board does not answer, and the button that helps."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from app.core.text import NOTHING, Text, text
from app.gui import theme
from app.gui.i18n import tr
from app.gui.icons import pixmap
from app.gui.pages.live.live_run import LiveRun, LiveState
from app.gui.theme import Theme
from app.gui.widgets.card import Card, label


class Notice(Card):
    """``deploy_wanted`` and ``reconnect_wanted`` are its buttons."""

    deploy_wanted = Signal()
    reconnect_wanted = Signal()

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self._look = look
        self._mark = label("")
        self.what = label("", "strong", wrap=True)
        self.why = label("", "muted", wrap=True)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self.what)
        column.addWidget(self.why)
        self.deploy = QPushButton(tr("Go to Deploy"))
        self.deploy.clicked.connect(self.deploy_wanted)
        self.reconnect = QPushButton(tr("Connect again"))
        self.reconnect.clicked.connect(self.reconnect_wanted)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        row.addWidget(self._mark)
        row.addLayout(column, 1)
        row.addWidget(self.deploy)
        row.addWidget(self.reconnect)
        self.content.addLayout(row)
        self.hide()

    def show_run(self, run: LiveRun, *, connecting: bool) -> None:
        """Say what stands between the user and answers; hidden while nothing does."""
        problem = run.problem
        if run.state is LiveState.LOST:
            self._show(
                "warning",
                self._look.warn,
                text("The board went away."),
                text("It goes on by itself when it comes back."),
            )
        elif run.state is LiveState.NOT_READY and problem is not None:
            why = text("{why} {action}", why=problem.why, action=problem.action)
            self._show("info", self._look.warn, problem.what, why)
        elif run.state is LiveState.NO_BOARD and not connecting:
            self._show("unplug", self._look.muted, text("No board answers."), NOTHING)
        else:
            self.hide()
            return
        self.deploy.setVisible(run.state is LiveState.NOT_READY)
        self.reconnect.setVisible(run.state is not LiveState.NOT_READY)
        self.show()

    def _show(self, mark: str, color: str, what: Text, why: Text) -> None:
        self._mark.setPixmap(pixmap(mark, color, 20, self.devicePixelRatioF()))
        self.what.setText(tr(what))
        self.why.setText(tr(why).strip())
        self.why.setVisible(bool(self.why.text()))
