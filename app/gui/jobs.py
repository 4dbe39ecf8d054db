# SPDX-License-Identifier: GPL-3.0-or-later
"""Work in the child process, as the pages see it: what runs, how far it is, how it ended."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.core.errors import TinywrightError
from app.gui.bridge import Background, GuiThread
from app.jobs.messages import EpochEnd, Event, Failed, Killed, Outcome, Request, Stage
from app.jobs.runner import JobRunner


class Jobs(QObject):
    """One job at a time. Its state outlives the pages, which may come and go while it runs."""

    started = Signal(object)
    """The Request that begins."""
    happened = Signal(object)
    """An Event: Stage, EpochEnd, Log."""
    ended = Signal(object, object)
    """``(request, outcome)``. Failed and Killed are also shown as notifications."""

    def __init__(
        self, gui: GuiThread, background: Background, report: Callable[[TinywrightError], None]
    ) -> None:
        super().__init__(gui)
        self._gui = gui
        self._background = background
        self._report = report
        self._runner: JobRunner | None = None
        self.request: Request | None = None
        """What runs; ``None`` while nothing does."""
        self.stage: Stage | None = None
        """Where it is."""
        self.epochs: list[EpochEnd] = []
        """The epochs of the training that runs, or ran last."""
        self.outcome: Outcome | None = None
        """How the last job ended; ``None`` while one runs."""
        self.cancelling = False

    @property
    def busy(self) -> bool:
        return self.request is not None

    def warm_up(self) -> None:
        """Let the worker import TensorFlow now, so that training begins at once."""
        self._background.run(self._warm_up, owner=self)

    def start(self, request: Request) -> None:
        """Begin ``request``; nothing while a job runs. Save the project before it reads it:
        :meth:`Studio.start_job` does both."""
        if self.busy:
            return
        self.request, self.stage, self.outcome, self.cancelling = request, None, None, False
        self.epochs = []
        self.started.emit(request)

        def failed(error: TinywrightError) -> None:
            self._on_outcome(request, Failed.of(error))

        self._background.run(lambda: self._begin(request), None, failed, owner=self)

    def cancel(self) -> None:
        """Stop the job; its outcome follows within a second."""
        if self.busy and self._runner is not None:
            self.cancelling = True
            self._runner.cancel()

    def close(self) -> None:
        """Stop the job and end the worker; waits for both."""
        if self._runner is not None:
            self._runner.close()

    def _started_runner(self) -> JobRunner:
        if self._runner is None:
            self._runner = JobRunner()
        return self._runner

    def _warm_up(self) -> None:
        self._started_runner().warm_up()

    def _begin(self, request: Request) -> None:
        """In a worker thread: starting a process takes its time."""
        self._started_runner().start(
            request,
            lambda event: self._gui.post(lambda: self._on_event(event)),
            lambda outcome: self._gui.post(lambda: self._on_outcome(request, outcome)),
        )

    def _on_event(self, event: Event) -> None:
        if isinstance(event, Stage):
            self.stage = event
        elif isinstance(event, EpochEnd):
            self.epochs.append(event)
        self.happened.emit(event)

    def _on_outcome(self, request: Request, outcome: Outcome) -> None:
        self.request, self.stage, self.outcome = None, None, outcome
        self.ended.emit(request, outcome)
        if isinstance(outcome, Failed | Killed):
            self._report(outcome.error())
