# SPDX-License-Identifier: GPL-3.0-or-later
"""Bringing a run onto the board: the session's port is lent to the worker and taken back.

Lives longer than the page that shows it: a language switch in the midst of flashing loses nothing,
and the port comes back however the work ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from app.core.errors import FlashProblem
from app.jobs.messages import (
    Cancelled,
    DeployRequest,
    DeployResult,
    Event,
    Failed,
    Finished,
    FlashResult,
    Killed,
    Outcome,
    Request,
    Stage,
    Step,
)

if TYPE_CHECKING:
    from app.capture.session import CaptureSession
    from app.gui.studio import Studio

STEPS = (Step.LOADING, Step.CONVERTING, Step.EVALUATING, Step.FLASHING, Step.CHECKING)
"""What a deployment consists of, in this order."""


class Deployment(QObject):
    """At most one at a time, by the studio's jobs onto the studio's board."""

    changed = Signal()
    """Another step, or the end."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self._studio = studio
        self._session: CaptureSession | None = None
        self._clock = QElapsedTimer()
        self._given_up = False
        self.request: DeployRequest | None = None
        """What runs, or ran last."""
        self.stage: Stage | None = None
        """Where it is, or where it ended."""
        self.outcome: Outcome | None = None
        """How it ended; ``None`` before the first and while one runs."""
        self.seconds = 0.0
        """How long the last one took."""
        studio.jobs.happened.connect(self._on_event)
        studio.jobs.ended.connect(self._on_ended)
        studio.project_closed.connect(self._forget)
        studio.board.ports_changed.connect(self._go_on_in_boot_loader)

    @property
    def busy(self) -> bool:
        """Whether the port is lent and the worker at it."""
        return self._session is not None

    @property
    def cancelling(self) -> bool:
        return self.busy and self._given_up

    def start(self, run_id: str, board_id: str, may_replace: bool = False) -> None:
        """Save the project, then convert ``run_id``, flash it to the connected board, which is a
        ``board_id``, and check it there. Nothing without a board, or while a job runs.

        ``may_replace``: the user has said that a sketch there may be replaced."""
        self._studio.save(lambda: self._lend(run_id, board_id, may_replace))

    def cancel(self) -> None:
        """Stop; the outcome follows within a second."""
        if self.busy:
            self._given_up = True
            self._studio.jobs.cancel()
            self.changed.emit()

    def _lend(self, run_id: str, board_id: str, may_replace: bool) -> None:
        project, session = self._studio.project, self._studio.board.session
        if project is None or session is None or self.busy or self._studio.jobs.busy:
            return
        self._session = session
        self._given_up = False
        self._clock.start()
        self.stage, self.outcome = None, None
        self.request = DeployRequest(
            str(project.folder),
            run_id,
            board_id,
            self._studio.board.boot_loader or session.link.url,
            may_replace=may_replace,
        )
        self.changed.emit()
        # Letting go of a port waits for its reader thread.
        self._studio.background.run(session.release, lambda _: self._begin(), owner=self)

    def _begin(self) -> None:
        request = self.request
        if request is None or self._given_up or self._studio.jobs.busy:
            self._end(Cancelled())
        else:
            self._studio.jobs.start(request)

    def _on_event(self, event: Event) -> None:
        if self.busy and self._studio.jobs.request is self.request and isinstance(event, Stage):
            self.stage = event
            if self._given_up and not self._studio.jobs.cancelling:
                self._studio.jobs.cancel()  # asked for before there was a worker to hear it
            self.changed.emit()

    def _on_ended(self, request: Request, outcome: Outcome) -> None:
        if self.busy and request is self.request:
            self._end(outcome)

    def _end(self, outcome: Outcome) -> None:
        session, self._session = self._session, None
        self.outcome = outcome
        self.seconds = self._clock.elapsed() / 1000
        if session is not None:
            session.take_back(_new_port(outcome))
        self.changed.emit()

    def _go_on_in_boot_loader(self) -> None:
        """After a restart that the board did not follow, and the user has brought about."""
        request, failure = self.request, self.failure
        if request is None or not isinstance(failure, Failed) or not self._studio.board.boot_loader:
            return
        if failure.problem is FlashProblem.BOOT_MODE:
            self.start(request.run_id, request.board_id, request.may_replace)

    def _forget(self) -> None:
        """Another project's outcome is none of the next one's."""
        if not self.busy:
            self.request, self.stage, self.outcome = None, None, None

    @property
    def failure(self) -> Failed | Killed | None:
        """Why the last one did not succeed; ``None`` for success, a cancel, or none yet."""
        return self.outcome if isinstance(self.outcome, Failed | Killed) else None

    @property
    def finished(self) -> bool:
        return isinstance(self.outcome, Finished)


def _new_port(outcome: Outcome) -> str | None:
    """Where the board is now, if that is known: restarting may have given it another name."""
    match outcome:
        case Finished(DeployResult(flashed=FlashResult(port=port))):
            return port
        case _:
            return None
