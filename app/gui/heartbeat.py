# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures how long the window's event loop was held up, and by what.

A timer beats in the GUI thread. The time the kernel let the studio's threads wait for a processor
is not counted, the GUI thread's nor that of others, for which it may have waited with Python's
lock held: what is left of a gap is the studio's own doing, however busy the machine is. On a quiet
machine nothing is taken off. A watching thread looks at the stack while a gap lasts, so that a
report names the culprit.

The watcher never holds a frame: one that returns meanwhile would die in the watcher's thread, and
with it what only its variables held. Qt objects that die outside their thread deadlock the window
(see :mod:`app.gui.garbage`).
"""

from __future__ import annotations

import faulthandler
import os
import re
import tempfile
import threading
import time
import traceback
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 10
LIMIT_MS = 100.0
_LOOK_S = 0.02
_SUSPECT_S = 0.06
_SHOWN_FRAMES = 12
_THREAD = re.compile(r"(?:Current thread|Thread) 0x([0-9a-f]+)")
_FRAME = re.compile(r'  File "(.*)", line (\d+) in (.*)')


@dataclass(frozen=True, slots=True)
class Gap:
    """The loop stood still for ``own_ms``, without the ``waited_ms`` for a processor. ``stack`` is
    what the GUI thread did then, outermost first; empty where nobody could look."""

    own_ms: float
    waited_ms: float
    stack: tuple[traceback.FrameSummary, ...]

    def __str__(self) -> str:
        where = (
            "".join(traceback.format_list(list(self.stack[-_SHOWN_FRAMES:])))
            or "  (nobody saw where)\n"
        )
        return f"{self.own_ms:.0f} ms (and {self.waited_ms:.0f} ms without a processor) in\n{where}"


class Heartbeat(QObject):
    """Beats in the thread that makes it, between :meth:`start` and :meth:`stop`."""

    def __init__(self, limit_ms: float = LIMIT_MS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.gaps: list[Gap] = []
        self._limit_ms = limit_ms
        self._gui_thread = threading.get_ident()
        self._last_s = 0.0
        self._last_delay_s = 0.0
        self._stack: tuple[traceback.FrameSummary, ...] = ()
        self._ended = threading.Event()
        self._watcher: threading.Thread | None = None
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.beat)

    def start(self) -> None:
        self._forget()
        self._ended.clear()
        self._watcher = threading.Thread(target=self._watch, name="heartbeat", daemon=True)
        self._watcher.start()
        self._timer.start()

    def stop(self) -> None:
        """End, counting the gap that lasts until now."""
        self.beat()
        self._timer.stop()
        self._ended.set()
        if self._watcher is not None:
            self._watcher.join()

    def beat(self) -> None:
        """The loop runs: judge the time since it last did."""
        now_s, delay_s = time.monotonic(), run_delay_s()
        waited_ms = max(0.0, delay_s - self._last_delay_s) * 1000
        own_ms = (now_s - self._last_s) * 1000 - waited_ms
        if own_ms > self._limit_ms:
            self.gaps.append(Gap(own_ms, waited_ms, self._stack))
        self._forget()

    @contextmanager
    def excused(self) -> Generator[None]:
        """What happens inside does not count: the construction of the very first window."""
        self.beat()
        try:
            yield
        finally:
            self._forget()

    def _forget(self) -> None:
        self._last_s, self._last_delay_s = time.monotonic(), run_delay_s()
        self._stack = ()

    def _watch(self) -> None:
        while not self._ended.wait(_LOOK_S):
            last_s = self._last_s
            if self._stack or time.monotonic() - last_s < _SUSPECT_S:
                continue
            stack = stack_of(self._gui_thread)
            if last_s == self._last_s:
                self._stack = stack


def stack_of(thread: int) -> tuple[traceback.FrameSummary, ...]:
    """What the thread with this identifier does now, outermost first, as far as its last hundred
    calls; from any thread. Makes and holds no frame object."""
    with tempfile.TemporaryFile() as file:
        faulthandler.dump_traceback(file)
        file.seek(0)
        lines = file.read().decode(errors="replace").splitlines()
    found: list[traceback.FrameSummary] = []
    wanted = False
    for line in lines:
        if head := _THREAD.match(line):
            wanted = int(head[1], 16) == thread
        elif wanted and (call := _FRAME.fullmatch(line)):
            found.append(traceback.FrameSummary(call[1], int(call[2]), call[3]))
    return tuple(reversed(found))


def run_delay_s() -> float:
    """Seconds this process's threads have been ready to run and had no processor, in sum since
    they began; 0 where the system does not tell (only Linux does)."""
    delay_ns = 0
    try:
        for task in os.listdir("/proc/self/task"):  # noqa: PTH208  # a hundred times a second
            delay_ns += _delay_ns(f"/proc/self/task/{task}/schedstat")
    except FileNotFoundError:
        return 0.0
    return delay_ns / 1e9


def _delay_ns(schedstat: str) -> int:
    try:
        with open(schedstat, "rb") as file:  # noqa: PTH123
            return int(file.read().split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0  # a thread that has just ended, and its delay with it
