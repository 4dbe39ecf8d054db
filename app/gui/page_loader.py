# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports the pages' modules off the event loop, the one that is wanted first.

One at a time, and never while a page is being built: threads that import hold the interpreter and
each other, and the window with them.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.gui.bridge import Background
from app.gui.steps import STEPS, MakePage, Step

PAUSE_MS = 20
"""Between two imports the window gets a turn to paint what it has built."""


class PageLoader(QObject):
    """Knows how to make the pages whose modules have been imported."""

    loaded = Signal(str)
    """The id of a step whose page can be made now."""

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._makers: dict[str, MakePage] = {}
        self._wanted: list[str] = []
        self._importing = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._import_next)

    def maker(self, step_id: str) -> MakePage | None:
        """What makes the page of ``step_id``; ``None`` until it was imported."""
        return self._makers.get(step_id)

    def want(self, *step_ids: str) -> None:
        """Import these next; :attr:`loaded` follows for each that was not there."""
        self._wanted = [*step_ids, *(known for known in self._wanted if known not in step_ids)]
        self._import_next()

    def _import_next(self) -> None:
        self._wanted = [step_id for step_id in self._wanted if step_id not in self._makers]
        if self._importing or not self._wanted:
            return
        self._importing = True
        step = next(step for step in STEPS if step.id == self._wanted[0])
        self._background.run(step.load, lambda make: self._done(step, make), owner=self)

    def _done(self, step: Step, make: MakePage) -> None:
        self._makers[step.id] = make
        self.loaded.emit(step.id)
        self._importing = False
        self._pause.start()

    def stop(self) -> None:
        """Import no more: the window goes."""
        self._wanted = []
        self._pause.stop()
        self.blockSignals(True)  # an import that is under way comes too late
