# SPDX-License-Identifier: GPL-3.0-or-later
"""Streams a take to the disk while it is recorded, so that a crash loses less than a second."""

from __future__ import annotations

import threading
import time
import uuid
from contextlib import closing, suppress
from pathlib import Path
from queue import Empty, SimpleQueue

import numpy as np
from numpy.typing import NDArray

from app.capture.take import (
    TIMES_FILE,
    VALUES_FILE,
    FinishedTake,
    TakePlan,
    finish_take,
    remove_take,
    write_plan,
)
from app.core.errors import ProjectError
from app.core.recording import Samples
from app.core.storage import SampleWriter
from app.core.text import text

FLUSH_S = 0.25

_Rows = tuple[Samples, NDArray[np.float64]]


class Recorder:
    """One take. A thread of its own writes, so that a slow disk never holds the port up."""

    def __init__(self, project_folder: Path, plan: TakePlan) -> None:
        """Begin the take ``plan`` in the project. Raises :class:`ProjectError`."""
        self.plan = plan
        self.folder = project_folder / "recordings" / f"{uuid.uuid4().hex[:12]}.partial"
        self._rows = 0
        self._error: OSError | None = None
        self._queue: SimpleQueue[_Rows | None] = SimpleQueue()
        try:
            self.folder.mkdir(parents=True)
            write_plan(self.folder, plan)
            self._values = SampleWriter(self.folder / VALUES_FILE, len(plan.channels))
            self._times = (self.folder / TIMES_FILE).open("xb")
        except OSError as error:
            raise self._disk_problem(error) from error
        self._thread = threading.Thread(target=self._write, name="recorder", daemon=True)
        self._thread.start()

    @property
    def rows(self) -> int:
        """Rows taken so far."""
        return self._rows

    @property
    def error(self) -> ProjectError | None:
        """Why the disk takes no more; ``None`` while it does."""
        return None if self._error is None else self._disk_problem(self._error)

    def append(self, values: Samples, time_s: NDArray[np.float64]) -> None:
        """Add rows of shape ``(n, channels)`` (NaN for gaps) with times that never decrease.

        Returns at once. The arrays must not change afterwards. Nothing is added once the disk has
        refused: nobody would ever write it.
        """
        if self._error is not None:
            return
        self._rows += len(values)
        self._queue.put((values, time_s))

    def finish(self, rate_hz: float | None = None) -> FinishedTake:
        """End the take and bring it on its uniform grid, at ``rate_hz`` where that is known.

        May take a while for hours of data; any thread may do it. Raises :class:`ProjectError` where
        the disk refused (what it holds is recovered when the project is opened again) and
        :class:`DataError` where nothing was recorded.
        """
        self._end()
        if self._error is not None:
            raise self._disk_problem(self._error)
        try:
            return finish_take(self.folder, rate_hz)
        except OSError as error:
            raise self._disk_problem(error) from error

    def discard(self) -> None:
        """End the take and forget it."""
        self._end()
        remove_take(self.folder)

    def _end(self) -> None:
        self._queue.put(None)
        self._thread.join()

    def _write(self) -> None:
        try:
            with self._times, closing(self._values):
                self._write_until_end()
        except OSError as error:
            self._error = error

    def _write_until_end(self) -> None:
        flushed = time.monotonic()
        while True:
            with suppress(Empty):
                rows = self._queue.get(timeout=FLUSH_S)
                if rows is None:
                    return
                self._values.append(rows[0])
                self._times.write(np.ascontiguousarray(rows[1], "<f8").tobytes())
            if time.monotonic() - flushed >= FLUSH_S:
                self._times.flush()
                self._values.flush()
                flushed = time.monotonic()

    def _disk_problem(self, error: OSError) -> ProjectError:
        return ProjectError(
            text("The recording cannot be written to {folder}.", folder=self.folder.parent),
            text("The system says: {reason}.", reason=error.strerror or str(error)),
            text("Free some space or choose another folder; what was written is kept."),
        )
