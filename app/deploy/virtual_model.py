# SPDX-License-Identifier: GPL-3.0-or-later
"""A model on a simulated board, and what it may be fed with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.capture.messages import NO_TOP, ProgramInfo, Status
from app.core.recording import Channel, Samples

RATE_TOLERANCE = 0.01


class Refused(Exception):  # noqa: N818 (an answer of the protocol, not a failure)
    """The board cannot do it; ``reason`` goes to the host as the refusal's text."""

    def __init__(self, status: Status, reason: str) -> None:
        super().__init__(status, reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """The network's int8 output, the place of its greatest value (``None`` for a regression), and
    how long it took from sensor units to output."""

    output: NDArray[np.int8]
    top: int | None
    micros: int

    @property
    def top_byte(self) -> int:
        """``top`` as messages have it."""
        return NO_TOP if self.top is None else self.top


class VirtualModel(Protocol):
    """A board program that is ready to run."""

    @property
    def info(self) -> ProgramInfo: ...

    @property
    def channels(self) -> tuple[Channel, ...]: ...

    def answer(self, samples: Samples) -> Answer:
        """Answer a window, shape ``(info.window, channels)``, in sensor units."""
        ...

    def scores(self, output: NDArray[np.int8]) -> tuple[tuple[str, float], ...]:
        """Every label with its real value."""
        ...


def match_channels(needed: Sequence[Channel], offered: Sequence[Channel]) -> list[int]:
    """The places in ``offered`` of the ``needed`` channels; the first of equal names counts. ASCII
    letters match without regard to case, an empty unit matches any. Raises ``Refused`` with the
    channel's name."""
    by_name = {_key(channel): place for place, channel in reversed([*enumerate(offered)])}
    places: list[int] = []
    for channel in needed:
        place = by_name.get(_key(channel))
        if place is None:
            names = ", ".join(other.name for other in offered)
            raise Refused(
                Status.CHANNEL_MISMATCH, f"Channel {channel.name} is missing; there are: {names}."
            )
        unit = offered[place].unit
        if unit and channel.unit and unit != channel.unit:
            raise Refused(
                Status.UNIT_MISMATCH,
                f"Channel {channel.name} is in {unit}; the model needs {channel.unit}.",
            )
        places.append(place)
    return places


def _key(channel: Channel) -> bytes:
    return channel.name.encode().lower()


def check_rate(needed_mhz: int, offered_mhz: int) -> None:
    """Raise ``Refused`` when the rates differ by more than one in a hundred."""
    if abs(offered_mhz - needed_mhz) > RATE_TOLERANCE * needed_mhz:
        raise Refused(
            Status.RATE_MISMATCH,
            f"The model needs {needed_mhz / 1000:g} Hz, offered are {offered_mhz / 1000:g} Hz.",
        )
