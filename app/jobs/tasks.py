# SPDX-License-Identifier: GPL-3.0-or-later
"""What each request does, one function a request. Runs in the worker child.

TensorFlow takes seconds to import, so ``app.ml`` is imported by the functions that need it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from app.jobs.messages import Event, Request, Result, Stage, Step, WarmUpRequest, WarmUpResult

Report = Callable[[Event], None]


class StoppedError(Exception):
    """The user asked to stop, and there is nothing to keep."""


class CancelToken(threading.Event):
    """Set when the user asks to stop; long work looks at it often."""

    def check(self) -> None:
        """Raise :class:`StoppedError` once the user has asked to stop."""
        if self.is_set():
            raise StoppedError


def run(request: Request, report: Report, cancel: CancelToken) -> Result:
    """Do ``request``. Raises :class:`StoppedError`, or a ``TinywrightError`` that says why not."""
    match request:
        case WarmUpRequest():
            return _warm_up(report)
        case _:
            cancel.check()
            raise NotImplementedError(type(request).__name__)


def _warm_up(report: Report) -> WarmUpResult:
    report(Stage(Step.LOADING))
    import app.ml  # noqa: F401

    return WarmUpResult()
