# SPDX-License-Identifier: GPL-3.0-or-later
"""A take while it is recorded: how far it is, and when it ends by itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from app.capture.recorder import Recorder
from app.capture.take import FinishedTake, TimeBase
from app.core.recording import Channel, Samples


class TakeEnd(Enum):
    """Why a take goes on no more."""

    COMPLETE = "complete"
    """It has the length that was asked for."""
    LOST = "lost"
    """The board went away."""
    CHANGED = "changed"
    """The board sends other channels, or started anew."""
    DISK = "disk"
    """The disk takes no more."""


@dataclass(frozen=True, slots=True)
class TakeProgress:
    """How far a take is. ``of_s`` is the length asked for; ``None`` when it is free."""

    label: str
    samples: int
    seconds: float
    of_s: float | None
    end: TakeEnd | None


_GOES_ON_AS: dict[TimeBase, tuple[TimeBase, ...]] = {
    TimeBase.EVEN: (TimeBase.ARRIVAL,),
    TimeBase.ARRIVAL: (TimeBase.ARRIVAL,),
    TimeBase.CLOCK: (TimeBase.CLOCK,),
    TimeBase.COUNTED: (),
}
"""When a label or variable is met for the first time in the midst of a take, the lines of its
channels go on as they were."""


class LiveTake:
    """Feeds a :class:`Recorder` until the take has its length or cannot go on."""

    def __init__(self, recorder: Recorder, rate_hz: float | None, of_s: float | None) -> None:
        self._recorder = recorder
        self._rate_hz = rate_hz
        self._of_s = of_s
        counted = recorder.plan.time_base in (TimeBase.EVEN, TimeBase.COUNTED)
        self._of_rows = round(of_s * rate_hz) if of_s and rate_hz and counted else None
        self._first_s: float | None = None
        self._last_s = 0.0
        self._end: TakeEnd | None = None

    @property
    def ended(self) -> bool:
        return self._end is not None

    @property
    def progress(self) -> TakeProgress:
        rows = self._recorder.rows
        if self._of_rows is not None and self._rate_hz:
            seconds = rows / self._rate_hz
        else:
            seconds = 0.0 if self._first_s is None else self._last_s - self._first_s
        end = TakeEnd.DISK if self._recorder.error else self._end
        return TakeProgress(self._recorder.plan.label, rows, seconds, self._of_s, end)

    def fits(self, channels: tuple[Channel, ...], time_base: TimeBase) -> bool:
        """Whether rows of ``channels`` go on with this take: the same ones, or the same with more
        after them, on lines of their own."""
        plan = self._recorder.plan
        if channels == plan.channels:
            return time_base is plan.time_base
        added = channels[: len(plan.channels)] == plan.channels
        return added and time_base in _GOES_ON_AS[plan.time_base]

    def append(self, values: Samples, time_s: NDArray[np.float64]) -> None:
        """Add rows of shape ``(n, at least the take's channels)``; those beyond its end are left
        out."""
        width = len(self._recorder.plan.channels)
        if width < values.shape[1]:
            own = ~np.isnan(values[:, :width]).all(axis=1)
            values, time_s = values[own, :width], time_s[own]
        if self._end is not None or not len(values):
            return
        if self._first_s is None:
            self._first_s = float(time_s[0])
        if time_s[0] < self._last_s and self._recorder.rows:
            self.stop(TakeEnd.CHANGED)
            return
        room = len(values)
        if self._of_rows is not None:
            room = self._of_rows - self._recorder.rows
        elif self._of_s is not None:
            room = int(np.searchsorted(time_s, self._first_s + self._of_s, side="right"))
        room = min(room, len(values))
        if room:
            self._recorder.append(values[:room], time_s[:room])
            self._last_s = float(time_s[room - 1])
        if room < len(values) or self._recorder.rows == self._of_rows:
            self.stop(TakeEnd.COMPLETE)

    def stop(self, end: TakeEnd) -> None:
        """Take no more rows; the first reason stands."""
        self._end = self._end or end

    def finish(self, rate_hz: float | None) -> FinishedTake:
        """See :meth:`Recorder.finish`."""
        return self._recorder.finish(rate_hz)

    def discard(self) -> None:
        """See :meth:`Recorder.discard`."""
        self._recorder.discard()
