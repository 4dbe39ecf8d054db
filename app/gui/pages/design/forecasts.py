# SPDX-License-Identifier: GPL-3.0-or-later
"""Works out, beside the event loop, what the network as designed will cost on each board."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.core.board import Board
from app.core.model_spec import ModelSpec
from app.core.training import Task
from app.deploy.compiler.report import CostReport
from app.deploy.forecast import forecast
from app.gui.bridge import Background
from app.gui.pages.design.input_facts import InputFacts


@dataclass(frozen=True, slots=True)
class Design:
    """A network that holds together, and the data it is drawn for."""

    model: ModelSpec
    facts: InputFacts
    task: Task
    labels: tuple[str, ...]


class Forecasts(QObject):
    """One forecast at a time, of the newest design: while one is worked out, only the last of what
    is asked for meanwhile is remembered."""

    told = Signal(object)
    """A tuple of :class:`CostReport`, one a board; none for a design that is not whole."""
    refused = Signal(object)
    """The :class:`TinywrightError` that says why no board can run the design."""

    def __init__(self, background: Background, boards: Sequence[Board], parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._boards = tuple(boards)
        self._wanted: Design | None = None
        self._working = False

    def ask(self, design: Design | None) -> None:
        """Tell of ``design`` next; ``None`` where there is no whole network."""
        if design == self._wanted:
            return
        self._wanted = design
        if design is None:
            self.told.emit(())
        elif not self._working:
            self._work(design)

    def _work(self, design: Design) -> None:
        self._working = True
        self._background.run(
            lambda: _forecasts(design, self._boards),
            lambda reports: self._done(design, lambda: self.told.emit(reports)),
            lambda error: self._done(design, lambda: self.refused.emit(error)),
            owner=self,
        )

    def _done(self, design: Design, tell: Callable[[], object]) -> None:
        self._working = False
        if self._wanted is design:
            tell()
        elif self._wanted is not None:
            self._work(self._wanted)


def _forecasts(design: Design, boards: tuple[Board, ...]) -> tuple[CostReport, ...]:
    facts = design.facts
    return tuple(
        forecast(
            design.model,
            facts.windowing.length,
            facts.channels,
            design.task,
            facts.outputs,
            design.labels,
            board,
        )
        for board in boards
    )
