# SPDX-License-Identifier: GPL-3.0-or-later
"""Sends a model to a board that already speaks the board protocol."""

from __future__ import annotations

import time
from collections.abc import Callable

from app.capture.client import BoardClient, board_at
from app.capture.link import DEFAULT_BAUD
from app.capture.messages import Identity
from app.core.board import BOARDS, Board
from app.core.errors import DeployError
from app.core.text import text
from app.deploy.flashing import FlashOutcome, FlashProgress, FlashResult, Stage
from app.deploy.program_file import program_crc


class ProtocolFlasher:
    """For ``board`` behind ``port``; the port must be free."""

    def __init__(self, board: Board, port: str, baud: int = DEFAULT_BAUD) -> None:
        self._board = board
        self._port = port
        self._baud = baud

    def flash(
        self,
        program: bytes,
        progress: Callable[[FlashProgress], None],
        cancelled: Callable[[], bool],
    ) -> FlashOutcome:
        """See :class:`app.deploy.flashing.Flasher`. A board that has the program keeps it."""
        start_s = time.monotonic()
        progress(FlashProgress(Stage.CONNECTING, 0, len(program)))
        with board_at(self._port, self._baud) as client:
            result, identity = self._bring(client, program, progress, cancelled)
            if result is FlashResult.CANCELLED:
                return FlashOutcome(result, time.monotonic() - start_s, identity, None)
            progress(FlashProgress(Stage.VERIFYING, len(program), len(program)))
            stored = client.program_info()
            if stored.program_crc != program_crc(program):
                raise DeployError(
                    text("The board has stored something else than the model that was sent."),
                    text("Its check sum is wrong."),
                    text("Flash it again; if that does not help, the board's flash is worn out."),
                )
            return FlashOutcome(result, time.monotonic() - start_s, identity, stored)

    def _bring(
        self,
        client: BoardClient,
        program: bytes,
        progress: Callable[[FlashProgress], None],
        cancelled: Callable[[], bool],
    ) -> tuple[FlashResult, Identity]:
        identity = client.connect()
        self._check_board(identity)
        if cancelled():
            return FlashResult.CANCELLED, identity
        if identity.program_crc == program_crc(program):
            return FlashResult.ALREADY_THERE, identity
        # A board that does not restart when its port is opened goes on with what it did.
        client.stop_run()
        client.stop_stream()

        def sent(done: int, total: int) -> None:
            progress(FlashProgress(Stage.SENDING, done, total))

        sent(0, len(program))
        stored = client.send_program(program, sent, cancelled)
        return FlashResult.CANCELLED if stored is None else FlashResult.SENT, identity

    def _check_board(self, identity: Identity) -> None:
        if identity.board == self._board.id:
            return
        found = BOARDS.get(identity.board)
        raise DeployError(
            text("This is not the board that was chosen."),
            text(
                "At {port} answers “{found}”, chosen is “{chosen}”.",
                port=self._port,
                found=found.name if found else identity.board,
                chosen=self._board.name,
            ),
            text("Choose the other board or another port."),
        )
