# SPDX-License-Identifier: GPL-3.0-or-later
"""From any ESP32 to one that runs the model: firmware where it is missing or old, then the model.

The board is asked first. Where it has this studio's firmware only the model is sent, which takes
seconds; else the firmware is installed through the boot loader, and the model follows. A program of
the user's is replaced only where ``may_replace`` says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from app.capture.messages import Identity
from app.core.board import ESP32
from app.core.errors import DeployError, FlashProblem, PortError
from app.deploy import own_firmware
from app.deploy.flash_problems import flash_error, of_port_error
from app.deploy.flashing import FlashOutcome, FlashProgress, FlashResult, Stage
from app.deploy.images import IMAGES, read_image
from app.deploy.protocol_flasher import ProtocolFlasher


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a board may take: to tell who it is, and to come back with new firmware."""

    ask_s: float = 2.0
    restart_s: float = 8.0


AT_A_DEVICE = Patience()
OVER_A_NETWORK = Patience(restart_s=30.0)
"""Somebody may have to restart the board there by hand."""


class Esp32Flasher:
    """For the ESP32 behind ``port``; the port must be free. ``images`` is the folder that holds the
    firmware and its manifest."""

    def __init__(
        self,
        port: str,
        may_replace: bool = False,
        images: Path = IMAGES,
        patience: Patience | None = None,
    ) -> None:
        self._port = port
        self._may_replace = may_replace
        self._images = images
        network = port.startswith(("socket://", "rfc2217://"))
        self._patience = patience or (OVER_A_NETWORK if network else AT_A_DEVICE)

    def flash(
        self,
        program: bytes,
        progress: Callable[[FlashProgress], None],
        cancelled: Callable[[], bool],
    ) -> FlashOutcome:
        """See :class:`app.deploy.flashing.Flasher`; also raises ``FlashError``, whose ``reason``
        has a page of help."""
        start_s = time.monotonic()
        progress(FlashProgress(Stage.CONNECTING, 0, len(program)))
        try:
            found = own_firmware.identify_if_it_speaks(self._port, self._patience.ask_s)
            if self._needs_firmware(found):
                may_replace = self._may_replace or found is not None
                if not self._install(may_replace, progress, cancelled):
                    seconds = time.monotonic() - start_s
                    return FlashOutcome(FlashResult.CANCELLED, seconds, None, None)
            outcome = ProtocolFlasher(ESP32, self._port).flash(
                program, own_firmware.without_connecting(progress), cancelled
            )
        except PortError as error:
            raise of_port_error(error) from error
        return replace(outcome, seconds=time.monotonic() - start_s)

    def _needs_firmware(self, found: Identity | None) -> bool:
        """Whether the board speaks no protocol, or that of other firmware. A board of another kind
        needs none: its model's flasher says that it is the wrong one."""
        if found is None:
            return True
        return found.board == ESP32.id and not own_firmware.is_own(found, self._images)

    def _install(
        self,
        may_replace: bool,
        progress: Callable[[FlashProgress], None],
        cancelled: Callable[[], bool],
    ) -> bool:
        """Install the firmware and wait for it; ``False`` when cancelled."""
        from app.deploy import esp32_loader  # esptool, which a model alone does not need

        try:
            image = read_image(ESP32.image, self._images)
        except DeployError as error:
            raise flash_error(FlashProblem.IMAGE_DAMAGED, error.why) from error
        if not esp32_loader.install(self._port, image, may_replace, progress, cancelled):
            return False
        progress(FlashProgress(Stage.RESTARTING, 0, len(image)))
        found_at = own_firmware.await_own(
            lambda: self._port,
            self._images,
            self._patience.restart_s,
            cancelled,
            lambda why: flash_error(FlashProblem.SILENT, why),
        )
        return found_at is not None
