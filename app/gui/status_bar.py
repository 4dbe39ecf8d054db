# SPDX-License-Identifier: GPL-3.0-or-later
"""The bar at the bottom: board, port, rate and work under way, the same on every page."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QLabel, QStatusBar

from app.capture.link import LinkState
from app.core.text import NOTHING, Text, text
from app.gui import theme
from app.gui.i18n import tr
from app.gui.icons import pixmap
from app.gui.studio import Studio
from app.gui.widgets.card import label
from app.jobs.messages import STEP_TITLES

REFRESH_MS = 500

_LINK_WORDS: dict[LinkState, Text] = {
    LinkState.CLOSED: text("closed"),
    LinkState.OPENING: text("opening…"),
    LinkState.OPEN: NOTHING,
    LinkState.LOST: text("lost, waiting for it"),
    LinkState.RELEASED: text("lent for a moment"),
}


class StudioStatusBar(QStatusBar):
    """What the board and the worker are doing, in a line."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._mark_now: tuple[str, str] | None = None
        self.setSizeGripEnabled(False)
        self.setContentsMargins(theme.GRID * 2, 0, theme.GRID * 2, 0)
        self._mark = QLabel()
        self._mark.setFixedSize(QSize(16, 16))
        self.board = label("")
        self.work = label("")
        self.addWidget(self._mark)
        self.addWidget(self.board, 1)
        self.addPermanentWidget(self.work)
        studio.board.changed.connect(self.show_board)
        studio.jobs.started.connect(self.show_work)
        studio.jobs.happened.connect(self.show_work)
        studio.jobs.ended.connect(self.show_work)
        timer = QTimer(self, interval=REFRESH_MS)
        timer.timeout.connect(self.show_board)
        timer.start()
        self.show_board()
        self.show_work()

    def show_board(self) -> None:
        """Board, port, rate and state of the link, as they are now."""
        connection, look = self._studio.board, self._studio.theme
        session = connection.session
        if session is None:
            connecting = connection.connecting
            self._say(tr("Connecting…") if connecting else tr("No board connected"))
            self._show_mark("unplug", look.muted)
            return
        snapshot = session.snapshot()
        board = connection.board
        rate = snapshot.rate_hz
        parts = (
            tr("Simulated board")
            if connection.simulated
            else (tr(board.name) if board is not None else tr("Board")),
            session.link.url,
            tr(_LINK_WORDS[snapshot.link]),
            "" if rate is None else tr("{hz:.4g} Hz", hz=rate),
        )
        self._say("   ·   ".join(part for part in parts if part))
        is_open = snapshot.link is LinkState.OPEN
        self._show_mark("plug", look.accent if is_open else look.warn)

    def show_work(self) -> None:
        """What runs in the worker child; empty while nothing does."""
        jobs = self._studio.jobs
        if not jobs.busy:
            self.work.setText("")
            return
        stage = jobs.stage
        words = tr("Working…") if stage is None else tr(STEP_TITLES[stage.step])
        if stage is not None and stage.fraction is not None:
            words = tr("{step}: {percent:.0f} %", step=words, percent=stage.fraction * 100)
        self.work.setText(words)

    def _say(self, words: str) -> None:
        if self.board.text() != words:
            self.board.setText(words)
            self.board.setAccessibleName(words)

    def _show_mark(self, name: str, color: str) -> None:
        if self._mark_now != (name, color):
            self._mark_now = (name, color)
            self._mark.setPixmap(pixmap(name, color, 16, self.devicePixelRatioF()))
