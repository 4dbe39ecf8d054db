# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a simulated board keeps its program, and the window that the host is sending."""

from __future__ import annotations

import numpy as np

from app.capture.messages import (
    ProgramBegin,
    ProgramData,
    Status,
    WindowBegin,
    WindowData,
)
from app.core.recording import Channel, Samples
from app.deploy.virtual_model import Refused, VirtualModel, check_rate, match_channels

_NOTHING_BEGUN = (Status.NOT_BEGUN, "No PROGRAM_BEGIN came before.")


class ProgramStore:
    """At most one program of at most ``capacity`` bytes. From ``begin`` on the old one is gone."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.model: VirtualModel | None = None
        self._begun: ProgramBegin | None = None
        self._not_begun = _NOTHING_BEGUN
        self._incoming = bytearray()

    def begin(self, request: ProgramBegin) -> None:
        self.erase()
        if request.length > self.capacity:
            self._not_begun = (
                Status.NO_ROOM,
                f"The program has {request.length} bytes, the board keeps {self.capacity}.",
            )
            raise Refused(*self._not_begun)
        self._begun = request

    def erase(self) -> None:
        self.model = None
        self._begun = None
        self._not_begun = _NOTHING_BEGUN
        self._incoming.clear()

    def take(self, request: ProgramData) -> int:
        """Keep what goes on where the last piece ended, ignore the rest; how much there is."""
        if self._begun is None:
            raise Refused(*self._not_begun)
        if request.offset == len(self._incoming):
            if request.offset + len(request.data) > self._begun.length:
                raise Refused(
                    Status.BAD_PAYLOAD, f"The program was to have {self._begun.length} bytes."
                )
            self._incoming += request.data
        return len(self._incoming)

    def complete(self) -> bytes | None:
        """The whole program that came; ``None`` when it was taken before and is stored."""
        if self._begun is None:
            if self.model is None:
                raise Refused(*self._not_begun)
            return None
        begun, program = self._begun, bytes(self._incoming)
        if len(program) < begun.length:
            raise Refused(Status.BAD_PROGRAM, f"{len(program)} of {begun.length} bytes came.")
        if program[-4:] != begun.crc32.to_bytes(4, "little"):
            raise Refused(Status.BAD_PROGRAM, "It is not the program that was announced.")
        return program

    def keep(self, model: VirtualModel) -> None:
        """Store what :meth:`complete` gave, once it has been found good."""
        self.model = model
        self._begun = None
        self._incoming.clear()

    def stored(self) -> VirtualModel:
        if self.model is None:
            raise Refused(Status.NO_PROGRAM, "")
        return self.model


class IncomingWindow:
    """A window on its way, checked against the model before its first value."""

    def __init__(self, request: WindowBegin, model: VirtualModel) -> None:
        named = [Channel(channel.name, channel.unit) for channel in request.channels]
        self._order = match_channels(model.channels, named)
        check_rate(model.info.rate_mhz, request.rate_mhz)
        if request.samples != model.info.window:
            raise Refused(
                Status.LENGTH_MISMATCH,
                f"The model needs {model.info.window} samples, the window has {request.samples}.",
            )
        self.model = model
        self._columns = len(named)
        self._values = np.empty(request.samples * self._columns, np.float32)
        self._received = 0

    def take(self, request: WindowData) -> int:
        """As :meth:`ProgramStore.take`, in values."""
        values = request.values
        if request.offset == self._received:
            end = self._received + len(values)
            if end > len(self._values):
                raise Refused(Status.BAD_PAYLOAD, f"The window has {len(self._values)} values.")
            self._values[self._received : end] = values
            self._received = end
        return self._received

    def samples(self) -> Samples:
        """The rows, with the model's channels in the model's order."""
        if self._received < len(self._values):
            raise Refused(
                Status.LENGTH_MISMATCH, f"{self._received} of {len(self._values)} values came."
            )
        return self._values.reshape(-1, self._columns)[:, self._order]
