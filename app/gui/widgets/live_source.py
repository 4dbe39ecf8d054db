# SPDX-License-Identifier: GPL-3.0-or-later
"""A capture session as a signal plot draws it."""

from __future__ import annotations

from app.capture.link import LinkState
from app.capture.session import CaptureSession
from app.core.recording import Channel
from app.gui.widgets.signal_source import Envelope

TICKS_HZ = 1000.0


class LiveSource:
    """Samples come when they come, so a clock of a thousand ticks a second numbers them. The right
    edge is now while the port is open, so that a board that falls silent is seen to be silent."""

    rate_hz = TICKS_HZ

    def __init__(self, session: CaptureSession) -> None:
        self._session = session

    @property
    def channels(self) -> tuple[Channel, ...]:
        return self._session.snapshot().channels

    @property
    def first(self) -> int:
        times = self._session.ring.time_range()
        return 0 if times is None else int(times[0] * TICKS_HZ)

    @property
    def stop(self) -> int:
        times = self._session.ring.time_range()
        if times is None:
            return 0
        live = self._session.link.state is LinkState.OPEN
        return int((self._session.now_s if live else times[1]) * TICKS_HZ)

    def envelope(self, start: int, stop: int, columns: int) -> Envelope:
        found = self._session.ring.envelope(start / TICKS_HZ, stop / TICKS_HZ, columns)
        return Envelope(found.time_s * TICKS_HZ, found.values)
