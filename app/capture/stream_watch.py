# SPDX-License-Identifier: GPL-3.0-or-later
"""Notices a board that should send and no longer does: one that was reset keeps its port."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

SILENT_S = 2.0
SAMPLES_MISSED = 3
"""A slow stream is given as many samples' time."""


class StreamWatch:
    """Calls ``fell_silent``, on a thread of its own, when nothing was heard for too long while
    something is expected. It then expects nothing more."""

    def __init__(self, fell_silent: Callable[[], None], silent_s: float = SILENT_S) -> None:
        self._fell_silent = fell_silent
        self._silent_s = silent_s
        self._changed = threading.Condition()
        self._patience_s: float | None = None
        self._heard_s = 0.0
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="session-watch", daemon=True)
        self._thread.start()

    def expect(self, rate_hz: float | None) -> None:
        """From now on samples come, ``rate_hz`` a second where that is known."""
        with self._changed:
            self._patience_s = max(self._silent_s, SAMPLES_MISSED / rate_hz if rate_hz else 0.0)
            self._heard_s = time.monotonic()
            self._changed.notify()

    def heard(self) -> None:
        """Samples came."""
        self._heard_s = time.monotonic()

    def rest(self) -> None:
        """Nothing is expected."""
        with self._changed:
            self._patience_s = None

    def close(self) -> None:
        """End the thread; nothing is called after."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        while self._wait_for_silence():
            self._fell_silent()

    def _wait_for_silence(self) -> bool:
        """``False`` once the watch is closed."""
        with self._changed:
            while not self._closed:
                if self._patience_s is None:
                    self._changed.wait()
                    continue
                left_s = self._heard_s + self._patience_s - time.monotonic()
                if left_s <= 0:
                    self._patience_s = None
                    return True
                self._changed.wait(left_s)
        return False
