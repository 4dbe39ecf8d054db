# SPDX-License-Identifier: GPL-3.0-or-later
"""What a capture session shows of itself: plain values for a view or a command to read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.capture.dialects import Dialect, Reason
from app.capture.line_inspector import LineCounts
from app.capture.link import LinkState
from app.capture.live_take import TakeProgress
from app.capture.messages import Identity, SensorChannel
from app.core.errors import TinywrightError
from app.core.recording import Channel


class Speaks(Enum):
    """How the board at the other end talks."""

    UNKNOWN = "unknown"
    """It has not answered yet; lines it prints are read meanwhile."""
    LINES = "lines"
    """It does not answer to the board protocol: it prints lines, or nothing."""
    PROTOCOL = "protocol"


@dataclass(frozen=True, slots=True)
class ConsoleLine:
    """A line that the board printed and that gave no values."""

    reason: Reason
    line: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The newest state of a session.

    ``channels`` are those of the present ``segment``; another segment means another ring.
    ``samples`` and ``lost`` count since it began. ``rate_hz`` is what the board states, else what
    was measured; ``None`` until then. ``problem`` is why the link or the last request failed;
    ``remarks`` counts what a board that speaks the protocol has said in words.
    """

    link: LinkState
    problem: TinywrightError | None
    speaks: Speaks
    identity: Identity | None
    sensors: tuple[SensorChannel, ...]
    streaming: bool
    paused: bool
    segment: int
    channels: tuple[Channel, ...]
    rate_hz: float | None
    samples: int
    lost: int
    dialect: Dialect | None
    lines: LineCounts
    remarks: int
    take: TakeProgress | None
