# SPDX-License-Identifier: GPL-3.0-or-later
"""The board's run as the Live page sees it: what the board has, whether it runs, what it answers.

Answers arrive on the port's reader thread and wait until :meth:`LiveRun.look` takes them, at the
rate at which the page draws.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import CancelledError
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from app.capture.client import RunResult
from app.capture.link import LinkState
from app.capture.session import CaptureSession
from app.capture.session_state import Snapshot, Speaks
from app.core.errors import BoardError, DeployError, PortError, TinywrightError
from app.core.text import text
from app.gui.pages.live.board_model import Answer, BoardModel, find_model
from app.gui.studio import Studio

KEPT = 512


class LiveState(Enum):
    NO_BOARD = "no board"
    ASKING = "asking"
    """Finding out which network the board has."""
    NOT_READY = "not ready"
    """It cannot run; :attr:`LiveRun.problem` says why."""
    READY = "ready"
    STARTING = "starting"
    RUNNING = "running"
    LOST = "lost"
    """It went away while it ran; it goes on when it comes back."""


class _Arrived(NamedTuple):
    at_s: float
    result: RunResult


class LiveRun(QObject):
    """Belongs to a page; :meth:`look` is called while the page is in front."""

    changed = Signal()
    """Another state."""
    answered = Signal(object)
    """An :class:`Answer`."""

    def __init__(self, studio: Studio, parent: QObject) -> None:
        super().__init__(parent)
        self._studio = studio
        self._session: CaptureSession | None = None
        self._arrived: deque[_Arrived] = deque(maxlen=KEPT)
        self._number = 0
        self._resume = False
        self._segment = 0
        self.state = LiveState.NO_BOARD
        self.model: BoardModel | None = None
        self.problem: TinywrightError | None = None
        self.answers: deque[Answer] = deque(maxlen=KEPT)
        """Of the present run, newest last."""

    # --- what the user asks for --------------------------------------------------------------

    def start(self) -> None:
        """Let the board answer its own sensor."""
        session, model = self._session, self.model
        if session is None or model is None or self.state is not LiveState.READY:
            return
        self.answers.clear()
        self._arrived.clear()
        self._resume = False
        self._enter(LiveState.STARTING)
        number, arrived = self._number, self._arrived
        self._studio.background.run(
            lambda: _start(session, model, arrived),
            lambda _: self._runs(number, session),
            lambda error: self._failed(number, error),
            owner=self,
        )

    def stop(self) -> None:
        """Let the board only measure again."""
        session, self._resume = self._session, False
        if session is None or self.state not in (
            LiveState.RUNNING,
            LiveState.STARTING,
            LiveState.LOST,
        ):
            return
        if self.state is not LiveState.LOST:
            self._studio.background.run(lambda: _stop(session), None, self._stop_failed)
        self._enter(LiveState.READY if self.state is not LiveState.LOST else LiveState.NO_BOARD)

    def forget(self) -> None:
        """Ask the board anew at the next look: it may have another network by then."""
        self.stop()
        self._drop()

    # --- watching ----------------------------------------------------------------------------

    def look(self) -> None:
        """Take what has arrived, and notice what became of the board."""
        session = self._studio.board.session
        if session is not self._session:
            self._drop()
            self._session = session
        if session is None:
            return
        self._follow(session, session.snapshot())
        model = self.model
        while self._arrived and model is not None:
            arrived = self._arrived.popleft()
            answer = model.answer(arrived.result, arrived.at_s)
            self.answers.append(answer)
            self.answered.emit(answer)

    def _follow(self, session: CaptureSession, snapshot: Snapshot) -> None:
        restarted = self.state is LiveState.RUNNING and snapshot.segment != self._segment
        if restarted or snapshot.link is not LinkState.OPEN:
            if self.state in (LiveState.RUNNING, LiveState.STARTING):
                self._resume = True
                self._number += 1
                self._enter(LiveState.LOST)
            elif self.state not in (LiveState.LOST, LiveState.NO_BOARD):
                self._drop()
                self._session = session
            return
        if self.state not in (LiveState.NO_BOARD, LiveState.LOST):
            return
        if snapshot.speaks is Speaks.LINES:
            self.problem = snapshot.problem or DeployError(
                text("This board cannot run a network."),
                text("It prints lines, as a sketch of its own does."),
                text("Connect a board with the studio's firmware, or the simulated board."),
            )
            self._enter(LiveState.NOT_READY)
        elif snapshot.speaks is Speaks.PROTOCOL and (snapshot.streaming or snapshot.problem):
            self._ask(session)

    def _ask(self, session: CaptureSession) -> None:
        project = self._studio.project
        if project is None:
            return
        self._enter(LiveState.ASKING)
        number, folder = self._number, project.folder
        self._studio.background.run(
            lambda: _stored_model(session, folder),
            lambda model: self._found(number, model),
            lambda error: self._failed(number, error),
            owner=self,
        )

    def _found(self, number: int, model: BoardModel) -> None:
        if number == self._number:
            self.model, self.problem = model, None
            self._enter(LiveState.READY)
            if self._resume:
                self.start()

    def _failed(self, number: int, error: TinywrightError) -> None:
        if number != self._number:
            return
        session = self._session
        lost = session is not None and session.link.state is not LinkState.OPEN
        if isinstance(error, PortError) and lost:
            self._enter(LiveState.NO_BOARD if not self._resume else LiveState.LOST)
            return
        self.problem = error
        self._enter(LiveState.NOT_READY)

    def _stop_failed(self, error: TinywrightError) -> None:
        """A board that is gone has stopped by itself."""
        if not isinstance(error, PortError):
            self._studio.notify(error)

    def _drop(self) -> None:
        self._number += 1
        self._session = None
        self._resume = False
        self.model = self.problem = None
        self._enter(LiveState.NO_BOARD)

    def _runs(self, number: int, session: CaptureSession) -> None:
        if number == self._number and self.state is LiveState.STARTING:
            # Another segment tells that the board was reset, streams anew, and runs no more.
            self._segment = session.snapshot().segment
            self._enter(LiveState.RUNNING)

    def _enter(self, state: LiveState) -> None:
        if state is not self.state:
            self.state = state
            self.changed.emit()


# --- in a worker thread ---------------------------------------------------------------------------


def _stored_model(session: CaptureSession, project: Path) -> BoardModel:
    try:
        info = session.client.program_info()
    except BoardError as error:
        raise DeployError(error.what, error.why, text("Deploy a network first.")) from error
    return find_model(project, info.program_crc)


def _start(session: CaptureSession, model: BoardModel, arrived: deque[_Arrived]) -> None:
    """A board measures at one rate: what it streams must be at the network's own."""

    def take(result: RunResult) -> None:
        arrived.append(_Arrived(session.now_s, result))

    session.client.stop_run()
    wanted = {channel.name.lower() for channel in model.program.input.channels}
    sensors = session.snapshot().sensors
    places = [at for at, sensor in enumerate(sensors) if sensor.name.lower() in wanted]
    try:
        session.start_stream(model.program.input.rate_hz, places or None).result()
    except CancelledError as error:
        raise DeployError(text("The board was disconnected.")) from error
    session.client.start_run(model.stride, take)


def _stop(session: CaptureSession) -> None:
    session.client.stop_run()
    session.start_stream()
