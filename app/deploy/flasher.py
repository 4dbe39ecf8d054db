# SPDX-License-Identifier: GPL-3.0-or-later
"""Which flasher serves which board. A new kind of board is one row in ``FLASHERS``."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.core.board import BOARDS, ESP32, NANO33BLE, VIRTUAL
from app.core.errors import DeployError
from app.core.text import text
from app.deploy.esp32 import Esp32Flasher
from app.deploy.flashing import Flasher
from app.deploy.nano33ble import Nano33BleFlasher
from app.deploy.protocol_flasher import ProtocolFlasher

FLASHERS: Mapping[str, Callable[[str, bool], Flasher]] = {
    VIRTUAL.id: lambda port, _: ProtocolFlasher(VIRTUAL, port),
    ESP32.id: Esp32Flasher,
    NANO33BLE.id: Nano33BleFlasher,
}
"""Board id → flasher for the board behind a port, which is told whether it may replace a sketch of
the user's."""


def flasher_for(board_id: str, port: str, may_replace: bool = False) -> Flasher:
    """The flasher for ``board_id`` at ``port``. Raises ``DeployError`` for an unknown board."""
    if board_id not in FLASHERS:
        raise DeployError(
            text("There is no board “{board}”.", board=board_id),
            action=text("Choose one of: {boards}.", boards=", ".join(BOARDS)),
        )
    return FLASHERS[board_id](port, may_replace)
