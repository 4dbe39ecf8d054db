# SPDX-License-Identifier: GPL-3.0-or-later
"""Recording without a window: wait for the board's signal, record, wait for the end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from app.capture.live_take import TakeEnd, TakeProgress
from app.capture.session import CaptureSession
from app.capture.session_state import Snapshot, Speaks
from app.core.errors import DataError, PortError, PortProblem, TinywrightError
from app.core.project import Project
from app.core.text import text

LOOK_EVERY_S = 0.01
SIGNAL_S = 10.0
"""How long a board may take until its first samples: some start anew when their port is opened."""
RATE_S = 3.0
"""How long a signal is watched for its rate before a take begins without it."""
STALL_S = 10.0
"""A signal that stands still for so long has ended."""

OnProgress = Callable[[TakeProgress], None]


def _ignore(_: TakeProgress) -> None:
    """For callers that only wait."""


def wait_for_signal(session: CaptureSession, timeout_s: float = SIGNAL_S) -> Snapshot:
    """Wait until an opened session has samples, and knows their rate where it can be known soon.

    Raises :class:`DataError` where none come within ``timeout_s``, or what the board or its port
    failed with.
    """
    began_s = time.monotonic()
    seen_s: float | None = None
    while True:
        snapshot, now_s = session.snapshot(), time.monotonic()
        if snapshot.channels and snapshot.samples and snapshot.speaks is not Speaks.UNKNOWN:
            seen_s = seen_s or now_s
            if snapshot.rate_hz is not None or now_s - seen_s > RATE_S:
                return snapshot
        elif snapshot.problem is not None:
            raise snapshot.problem
        elif now_s - began_s > timeout_s:
            raise _no_signal(session, snapshot, timeout_s)
        _pause()


def wait_for_samples(session: CaptureSession, count: int) -> None:
    """Let ``count`` more samples go by. Raises :class:`PortError` where they stop coming."""
    first = session.snapshot().samples
    stall = _Stall()
    while (samples := session.snapshot().samples) < first + count:
        if stall.noticed(samples):
            raise session.snapshot().problem or PortError(
                PortProblem.SILENT,
                session.link.url,
                text("The board at {port} sends no more samples.", port=session.link.url),
                action=text("Press its reset button, then try again."),
            )
        _pause()


def record(
    session: CaptureSession,
    project: Project,
    name: str,
    label: str,
    seconds: float,
    on_progress: OnProgress = _ignore,
) -> TakeEnd:
    """Record a take of ``seconds`` (of the board's time, where it tells it) into ``project``.

    Returns why it ended; it then waits for ``session.finish_take()``, as it does after Ctrl-C.
    A signal that stops counts as lost. Raises as ``session.start_take`` does.
    """
    session.start_take(project.folder, name, label, seconds)
    stall = _Stall()
    while (take := session.snapshot().take) is not None and take.end is None:
        on_progress(take)
        if stall.noticed(take.samples):
            return TakeEnd.LOST
        _pause()
    return TakeEnd.LOST if take is None or take.end is None else take.end


class _Stall:
    """Notices that a count stands still for too long."""

    def __init__(self) -> None:
        self._count = -1
        self._since_s = 0.0

    def noticed(self, count: int) -> bool:
        now_s = time.monotonic()
        if count != self._count:
            self._count, self._since_s = count, now_s
        return now_s - self._since_s > STALL_S


def _pause() -> None:
    threading.Event().wait(LOOK_EVERY_S)


def _no_signal(session: CaptureSession, snapshot: Snapshot, timeout_s: float) -> TinywrightError:
    lines = snapshot.lines.total
    return DataError(
        text(
            "No samples came from {port} within {seconds:g} seconds.",
            port=session.link.url,
            seconds=timeout_s,
        ),
        text("It sent {lines} lines, none with values.", lines=lines)
        if lines
        else text("It sent nothing."),
        text("Check the port, the baud rate and the sketch that runs on the board."),
    )
