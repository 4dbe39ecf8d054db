# SPDX-License-Identifier: GPL-3.0-or-later
"""Python's garbage collection, in the window's thread alone.

Left to itself, Python collects in whichever thread allocates next. What it finds of a window that
was thrown away then dies in a reader's or a worker's thread, and two threads wait for each other
forever: there Qt holds a lock of the dying object's connections and asks for the interpreter, here
the window holds the interpreter and asks for that lock.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 100


class GarbageCollector(QObject):
    """Collects in the thread it lives in from :meth:`start` to :meth:`stop`, no other does."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_automatic = False
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        self._was_automatic = gc.isenabled()
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Leave collecting to Python, if it was before :meth:`start`."""
        self._timer.stop()
        if self._was_automatic:
            gc.enable()

    def collect(self) -> None:
        """Collect the oldest generation that is due by Python's own thresholds, if any is."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        if counts[0] > thresholds[0]:
            gc.collect(max(age for age in range(3) if counts[age] > thresholds[age]))
