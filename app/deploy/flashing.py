# SPDX-License-Identifier: GPL-3.0-or-later
"""What bringing a model onto a board consists of: stages, progress, outcome, and the interface of
all flashers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from app.capture.messages import Identity, ProgramInfo
from app.core.text import Text, text


class Stage(Enum):
    """What a flasher is doing, in this order. A board that has the firmware takes the model alone:
    then the stages from ``PREPARING`` to ``RESTARTING`` are left out."""

    CONNECTING = "connecting"
    PREPARING = "preparing"
    INSTALLING = "installing"
    CHECKING_FIRMWARE = "checking_firmware"
    RESTARTING = "restarting"
    SENDING = "sending"
    VERIFYING = "verifying"


STAGE_NAMES: Mapping[Stage, Text] = {
    Stage.CONNECTING: text("Connecting to the board"),
    Stage.PREPARING: text("Waking the boot loader"),
    Stage.INSTALLING: text("Installing the firmware"),
    Stage.CHECKING_FIRMWARE: text("Checking the firmware"),
    Stage.RESTARTING: text("Restarting the board"),
    Stage.SENDING: text("Sending the model"),
    Stage.VERIFYING: text("Checking what the board has stored"),
}


MEASURED = frozenset({Stage.INSTALLING, Stage.SENDING})
"""The stages in which bytes arrive; how long the others take nobody knows."""


@dataclass(frozen=True, slots=True)
class FlashProgress:
    """``done_bytes`` of ``total_bytes`` have arrived: of the firmware while that is installed, of
    the program otherwise."""

    stage: Stage
    done_bytes: int
    total_bytes: int


class FlashResult(Enum):
    """How it ended, if not by an error."""

    SENT = "sent"
    ALREADY_THERE = "already_there"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class FlashOutcome:
    """What came of it: ``program`` is what ``board`` has stored now, ``None`` when cancelled; then
    ``board`` may not have been met either. ``port`` is where the board is now, if the flasher knows
    that better than who chose the port: restarting can give it another name."""

    result: FlashResult
    seconds: float
    board: Identity | None
    program: ProgramInfo | None
    port: str = ""

    @property
    def sentence(self) -> Text:
        """The outcome in words."""
        match self.result:
            case FlashResult.SENT:
                return text("The model is on the board ({seconds:.1f} s).", seconds=self.seconds)
            case FlashResult.ALREADY_THERE:
                return text("The board already had this model.")
            case FlashResult.CANCELLED:
                return text("Stopped by you: flash again before the board is used.")

    def __str__(self) -> str:
        return str(self.sentence)


class Flasher(Protocol):
    """Brings a board program onto the board behind one port, of which it is the only owner."""

    def flash(
        self,
        program: bytes,
        progress: Callable[[FlashProgress], None],
        cancelled: Callable[[], bool],
    ) -> FlashOutcome:
        """Do it, in the calling thread. ``cancelled`` is asked at least once a second.

        Raises ``PortError``, ``BoardError``, ``ProtocolError`` or ``DeployError``.
        """
        ...
