# SPDX-License-Identifier: GPL-3.0-or-later
"""Long work as a list of stages: waiting, under way with a bar and time left, done, failed."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.i18n import tr
from app.gui.icons import pixmap
from app.gui.theme import Theme
from app.gui.widgets.card import label


class StageState(Enum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class _Stage(QWidget):
    def __init__(self, look: Theme, title: str) -> None:
        super().__init__()
        self._look = look
        self._title = title
        row = QVBoxLayout(self)
        row.setContentsMargins(0, theme.GRID // 2, 0, theme.GRID // 2)
        row.setSpacing(theme.GRID // 2)
        top = QHBoxLayout()
        top.setSpacing(theme.GRID)
        self._mark = QLabel()
        self._mark.setFixedSize(16, 16)
        self._text = label(title)
        self._note = label("", "caption")
        top.addWidget(self._mark)
        top.addWidget(self._text)
        top.addStretch(1)
        top.addWidget(self._note)
        row.addLayout(top)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
        row.addWidget(self._bar)
        self.show_state(StageState.WAITING, None, "")

    def show_state(self, state: StageState, share: float | None, note: str) -> None:
        marks = {
            StageState.WAITING: ("minus", self._look.muted),
            StageState.RUNNING: ("chevron-right", self._look.accent),
            StageState.DONE: ("check", self._look.accent),
            StageState.FAILED: ("close", self._look.error),
        }
        words = {
            StageState.WAITING: tr("waiting"),
            StageState.RUNNING: tr("under way"),
            StageState.DONE: tr("done"),
            StageState.FAILED: tr("failed"),
        }
        name, color = marks[state]
        self._mark.setPixmap(pixmap(name, color, 16, self.devicePixelRatioF()))
        self._text.setProperty("role", "muted" if state is StageState.WAITING else "")
        self._text.style().polish(self._text)
        self._bar.setVisible(state is StageState.RUNNING)
        # A range of zero makes Qt draw "busy": for work whose share is not known.
        self._bar.setRange(0, 0 if share is None else 1000)
        if share is not None:
            self._bar.setValue(round(share * 1000))
        self._note.setText(note)
        self.setAccessibleName(f"{self._title}: {words[state]} {note}".strip())


class StageList(QWidget):
    """Stages by name. ``share`` is 0 to 1, ``None`` where nobody knows."""

    def __init__(self, look: Theme, stages: Sequence[tuple[str, str]]) -> None:
        """``stages``: ``(id, title)`` in the order they run."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._stages = {stage: _Stage(look, title) for stage, title in stages}
        for row in self._stages.values():
            column.addWidget(row)

    def show_stage(
        self, stage: str, state: StageState, share: float | None = None, note: str = ""
    ) -> None:
        """Show how far ``stage`` is; ``note`` is time left or an outcome, translated."""
        self._stages[stage].show_state(state, share, note)

    def reset(self) -> None:
        """All stages wait again."""
        for row in self._stages.values():
            row.show_state(StageState.WAITING, None, "")
