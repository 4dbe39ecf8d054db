# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulated Nano 33 BLE from its boot loader on: the loader until it finds an application, then
the studio's firmware, whatever the application's bytes are."""

from __future__ import annotations

import logging

from app.deploy.virtual_board import VirtualBoard
from app.deploy.virtual_bootloader import Layout, Send, VirtualBootloader, new_flash, starts

_log = logging.getLogger(__name__)


class VirtualNano:
    """A device of :mod:`app.deploy.virtual_process`, with an empty flash at first. Its port keeps
    its name when the chip restarts."""

    def __init__(
        self, application: VirtualBoard, send: Send, layout: Layout = Layout.LOADER_FIRST
    ) -> None:
        self._application = application
        self._layout = layout
        self._loader = VirtualBootloader(new_flash(layout), send, self._restart, layout)
        self._runs = False

    def connected(self) -> None:
        """The host opened the port."""
        if self._runs:
            self._application.connected()

    def disconnected(self) -> None:
        """The host closed the port."""
        if self._runs:
            self._application.disconnected()

    def receive(self, data: bytes) -> None:
        """Bytes from the host."""
        if self._runs:
            self._application.receive(data)
            return
        self._loader.receive(data)
        if self._loader.halted:
            _log.warning("the boot loader has halted: %s", self._loader.halted)

    def tick(self) -> float | None:
        """As the application's; a boot loader only answers."""
        return self._application.tick() if self._runs else None

    def _restart(self) -> None:
        self._runs = starts(self._loader.flash, self._layout)
        if self._runs:
            self._application.connected()
