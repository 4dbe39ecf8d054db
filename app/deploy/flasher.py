# SPDX-License-Identifier: GPL-3.0-or-later
"""Which flasher serves which board. A new kind of board is one row in ``FLASHERS``."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.core.board import BOARDS, ESP32, NANO33BLE, VIRTUAL, Board
from app.core.errors import DeployError, PortError, PortProblem
from app.core.text import text
from app.deploy import nano33ble
from app.deploy.esp32 import Esp32Flasher
from app.deploy.flashing import Flasher, FlashOutcome, FlashProgress
from app.deploy.images import read_manifest
from app.deploy.protocol_flasher import ProtocolFlasher


class InstalledFirmwareFlasher:
    """For boards on which this version cannot install the studio's firmware: a board that has it
    takes the model, one that has not is told."""

    def __init__(self, board: Board, port: str) -> None:
        self._board = board
        self._flasher = ProtocolFlasher(board, port)

    def flash(
        self,
        program: bytes,
        progress: Callable[[FlashProgress], None],
        cancelled: Callable[[], bool],
    ) -> FlashOutcome:
        """See :class:`app.deploy.flashing.Flasher`."""
        try:
            return self._flasher.flash(program, progress, cancelled)
        except PortError as error:
            if error.problem is not PortProblem.SILENT:
                raise
            raise DeployError(
                text("The {board} does not run the studio's firmware.", board=self._board.name),
                text("This version of the studio cannot install it yet."),
                text("Use a board that has it, or the simulated board."),
            ) from error


def _nano33ble(port: str, may_replace: bool) -> Flasher:
    if nano33ble.IMAGE in read_manifest().images:
        return nano33ble.Nano33BleFlasher(port, may_replace)
    return InstalledFirmwareFlasher(NANO33BLE, port)


FLASHERS: Mapping[str, Callable[[str, bool], Flasher]] = {
    VIRTUAL.id: lambda port, _: ProtocolFlasher(VIRTUAL, port),
    ESP32.id: lambda port, _: Esp32Flasher(port),
    NANO33BLE.id: _nano33ble,
}
"""Board id → flasher for the board behind a port, which is told whether it may replace a sketch of
the user's. An ESP32 tells nobody what it runs, so there the choice of the board has to do."""


def flasher_for(board_id: str, port: str, may_replace: bool = False) -> Flasher:
    """The flasher for ``board_id`` at ``port``. Raises ``DeployError`` for an unknown board."""
    if board_id not in FLASHERS:
        raise DeployError(
            text("There is no board “{board}”.", board=board_id),
            action=text("Choose one of: {boards}.", boards=", ".join(BOARDS)),
        )
    return FLASHERS[board_id](port, may_replace)
