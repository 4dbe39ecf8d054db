# SPDX-License-Identifier: GPL-3.0-or-later
"""How work tells how far it is, and hears that it should stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from app.deploy import flashing
from app.jobs.messages import Event, Stage, Step

Report = Callable[[Event], None]

REPORT_EVERY_S = 0.1
"""A progress bar shows no more than that."""


class StoppedError(Exception):
    """The user asked to stop, and there is nothing to keep."""


class CancelToken(threading.Event):
    """Set when the user asks to stop; long work looks at it often."""

    def check(self) -> None:
        """Raise :class:`StoppedError` once the user has asked to stop."""
        if self.is_set():
            raise StoppedError


class Progress:
    """Reports one step of the work, at a rate that eyes can follow."""

    def __init__(self, report: Report, cancel: CancelToken, step: Step) -> None:
        self._report = report
        self._cancel = cancel
        self._step = step
        self._began = self._told = time.monotonic()
        self._part: flashing.Stage | None = None
        cancel.check()
        report(Stage(step))

    def begin(self, part: flashing.Stage) -> None:
        """From now on it is ``part`` of the step whose progress is told."""
        if part is not self._part:
            self._part = part
            self._began = self._told = time.monotonic()
            self._report(Stage(self._step, part=part))

    def tell(self, fraction: float, seconds_left: float | None = None) -> None:
        """``fraction`` (0 to 1) is done; the time left follows from the time taken, unless the
        caller knows better."""
        now = time.monotonic()
        if now - self._told < REPORT_EVERY_S and fraction < 1:
            return
        self._told = now
        if seconds_left is None and fraction > 0:
            seconds_left = (now - self._began) * (1 - fraction) / fraction
        self._report(Stage(self._step, fraction, seconds_left, self._part))

    def keep_on(self, fraction: float) -> None:
        """As :meth:`tell`, but raise :class:`StoppedError` once the user has asked to stop."""
        self._cancel.check()
        self.tell(fraction)
