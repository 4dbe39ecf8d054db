# SPDX-License-Identifier: GPL-3.0-or-later
"""From any ESP32 to one that runs the model: firmware where it is missing or old, then the model.

The board is asked first. Where it has this studio's firmware only the model is sent, which takes
seconds; else the firmware is installed through the boot loader, and the model follows.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from app.capture.client import BoardClient
from app.capture.link import Link
from app.capture.messages import Flag, Identity
from app.core.board import ESP32
from app.core.errors import (
    DeployError,
    FlashError,
    FlashProblem,
    PortError,
    PortProblem,
    ProtocolError,
)
from app.core.text import text
from app.deploy.flash_problems import flash_error, of_port_error
from app.deploy.flashing import FlashOutcome, FlashProgress, FlashResult, Stage
from app.deploy.images import IMAGES, read_image, read_manifest
from app.deploy.protocol_flasher import ProtocolFlasher

IMAGE_OFFSET = 0x1000
"""Where the ROM looks for what it starts."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a board may take: to tell who it is, and to come back with new firmware."""

    ask_s: float = 2.0
    restart_s: float = 8.0


ASK_EVERY_S = 0.4
AT_A_DEVICE = Patience()
OVER_A_NETWORK = Patience(restart_s=30.0)
"""Somebody may have to restart the board there by hand."""


class Esp32Flasher:
    """For the ESP32 behind ``port``; the port must be free. ``images`` is the folder that holds the
    firmware and its manifest."""

    def __init__(self, port: str, images: Path = IMAGES, patience: Patience | None = None) -> None:
        self._port = port
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
            if self._needs_firmware() and not self._install(progress, cancelled):
                seconds = time.monotonic() - start_s
                return FlashOutcome(FlashResult.CANCELLED, seconds, None, None)
            outcome = ProtocolFlasher(ESP32, self._port).flash(
                program, _without_connecting(progress), cancelled
            )
        except PortError as error:
            raise of_port_error(error) from error
        return replace(outcome, seconds=time.monotonic() - start_s)

    def _needs_firmware(self) -> bool:
        """Whether the board speaks no protocol, or that of other firmware. A board of another kind
        needs none: its model's flasher says that it is the wrong one."""
        try:
            found = self._identify(self._patience.ask_s)
        except ProtocolError:
            return True
        except PortError as error:
            if error.problem is not PortProblem.SILENT:
                raise
            return True
        return found.board == ESP32.id and not self._has_firmware(found)

    def _has_firmware(self, found: Identity) -> bool:
        simulated = bool(found.flags & Flag.SIMULATED)
        return simulated or found.firmware == read_manifest(self._images).version

    def _identify(self, patience_s: float) -> Identity:
        link = Link(self._port)
        link.open()
        try:
            return BoardClient(link).identify(patience_s)
        finally:
            link.close()

    def _install(
        self, progress: Callable[[FlashProgress], None], cancelled: Callable[[], bool]
    ) -> bool:
        """Install the firmware and wait for it; ``False`` when cancelled."""
        from app.deploy import esp32_loader  # esptool, which a model alone does not need

        try:
            image = read_image(ESP32.image, self._images)
        except DeployError as error:
            raise flash_error(FlashProblem.IMAGE_DAMAGED, error.why) from error
        if not esp32_loader.install(self._port, image, IMAGE_OFFSET, progress, cancelled):
            return False
        progress(FlashProgress(Stage.RESTARTING, 0, len(image)))
        return self._await_firmware(cancelled)

    def _await_firmware(self, cancelled: Callable[[], bool]) -> bool:
        """Ask until the new firmware answers; ``False`` when cancelled."""
        end = time.monotonic() + self._patience.restart_s
        trouble: FlashError = flash_error(FlashProblem.SILENT)
        while time.monotonic() < end:
            if cancelled():
                return False
            asked_s = time.monotonic()
            try:
                found = self._identify(ASK_EVERY_S)
            except (PortError, ProtocolError) as error:
                trouble.__cause__ = error  # it may still be starting, or its port coming back
            else:
                if self._has_firmware(found):
                    return True
                why = text("Firmware {version} answers.", version=found.firmware)
                trouble = flash_error(FlashProblem.SILENT, why)
            time.sleep(max(0.0, min(asked_s + ASK_EVERY_S, end) - time.monotonic()))
        raise trouble


def _without_connecting(
    progress: Callable[[FlashProgress], None],
) -> Callable[[FlashProgress], None]:
    """That stage has been told already."""

    def tell(step: FlashProgress) -> None:
        if step.stage is not Stage.CONNECTING:
            progress(step)

    return tell
