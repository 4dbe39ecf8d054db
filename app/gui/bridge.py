# SPDX-License-Identifier: GPL-3.0-or-later
"""From other threads to the window's: queued calls, and work in the background.

Everything slower than about ten milliseconds runs through :class:`Background`; readers and job
runners call back from threads of their own, and :class:`GuiThread` brings that to the event loop.
"""

from __future__ import annotations

import itertools
import logging
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar, cast

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from app.core.errors import TinywrightError

T = TypeVar("T")

HAND_OVER_S = 0.0005
"""How long a worker thread that computes may keep the interpreter while the window wants it. One
repaint takes and gives it back dozens of times, and Python's own 5 ms would add up each time."""


class GuiThread(QObject):
    """Runs callables in the thread this object lives in."""

    _called = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._called.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, call: Callable[[], object]) -> None:
        """Run ``call`` in the event loop's next round; from any thread. Dropped once this object
        is gone, so a late callback never reaches a closed window."""
        if isValid(self):
            self._called.emit(call)

    @Slot(object)
    def _run(self, call: object) -> None:
        cast("Callable[[], object]", call)()


class Background:
    """A few worker threads for what must not hold the window up."""

    def __init__(
        self, gui: GuiThread, report: Callable[[TinywrightError], None], threads: int = 4
    ) -> None:
        self._gui = gui
        self._report = report
        sys.setswitchinterval(HAND_OVER_S)
        self._closed = False
        self._deliveries: dict[int, Callable[[], None]] = {}
        self._numbers = itertools.count()
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="background")

    def run(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], object] | None = None,
        on_error: Callable[[TinywrightError], object] | None = None,
        *,
        owner: QObject | None = None,
    ) -> Future[T]:
        """Run ``work`` in a worker thread, then one of the callbacks in the GUI thread, from which
        this is called.

        A :class:`TinywrightError` goes to ``on_error``, or to the studio's notifications when there
        is none; any other exception is a defect and is raised in the GUI thread. Nothing is called
        when ``owner`` has been destroyed meanwhile. ``work`` should hold no widget; what the
        callbacks hold never reaches the worker thread, where it must not die.
        """
        future = self._pool.submit(work)
        number = next(self._numbers)

        def deliver() -> None:
            if self._closed:
                _log_failure(future)
                return
            if future.cancelled() or (owner is not None and not isValid(owner)):
                return
            error = future.exception()
            if error is None:
                if on_done is not None:
                    on_done(future.result())
            elif isinstance(error, TinywrightError):
                (on_error or self._report)(error)
            else:
                raise error

        self._deliveries[number] = deliver
        future.add_done_callback(lambda _: self._gui.post(lambda: self._deliver(number)))
        return future

    def _deliver(self, number: int) -> None:
        self._deliveries.pop(number)()

    def close(self) -> None:
        """Wait for everything that was asked for; settings and projects are written this way. What
        comes of it reaches nobody any more."""
        self._closed = True
        self._pool.shutdown(wait=True)


def _log_failure(future: Future[Any]) -> None:
    error = None if future.cancelled() else future.exception()
    if error is not None:
        logging.getLogger(__name__).error("failed while the studio closed", exc_info=error)
