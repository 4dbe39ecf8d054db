# SPDX-License-Identifier: GPL-3.0-or-later
"""From any Nano 33 BLE to one that runs the model: firmware where it is missing or old, then the
model.

The board is asked first. Where it has this studio's firmware only the model is sent; else it is
asked to restart into its boot loader, which comes back as another port, takes the firmware, and
goes away again. A sketch of the user's is replaced only where ``may_replace`` says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.capture.discovery import DiscoveredPort, list_ports
from app.capture.link import DEFAULT_BAUD
from app.core.board import NANO33BLE
from app.core.errors import DeployError, FlashProblem, PortError, PortProblem
from app.core.text import text
from app.deploy import nano33ble_loader, own_firmware, samba
from app.deploy.flash_problems import of_port_error
from app.deploy.flashing import FlashOutcome, FlashProgress, FlashResult, Stage
from app.deploy.images import IMAGES, read_image
from app.deploy.loader_port import LoaderPort, LoaderStoppedError
from app.deploy.nano33ble_ports import (
    APPLICATION_ID,
    LOADER_ID,
    LOOK_EVERY_S,
    ListPorts,
    await_board,
    find_board,
    touch,
)
from app.deploy.nano33ble_problems import nano_error
from app.deploy.protocol_flasher import ProtocolFlasher


@dataclass(frozen=True, slots=True)
class Patience:
    """How long things may take, in seconds: a board to tell who it is; its boot loader's port to
    appear; that port to let itself be opened, which a system allows a moment later, and others may
    try first; the new firmware to answer; the loader itself."""

    ask_s: float = 2.0
    appear_s: float = 8.0
    open_s: float = 3.0
    restart_s: float = 10.0
    loader: samba.Patience = field(default_factory=samba.Patience)


@dataclass(frozen=True, slots=True)
class _Found:
    """Where the boot loader is. ``may_replace``: what it would start may be replaced."""

    url: str
    may_replace: bool


class Nano33BleFlasher:
    """For the Nano 33 BLE behind ``port``, which must be free. ``images`` is the folder that holds
    the firmware and its manifest. A port that ``ports`` does not know (a network's, a simulated
    board's) has one name for everything, and nobody to touch."""

    def __init__(
        self,
        port: str,
        may_replace: bool = False,
        images: Path = IMAGES,
        patience: Patience | None = None,
        ports: ListPorts = list_ports,
    ) -> None:
        self._port = port
        self._may_replace = may_replace
        self._images = images
        self._patience = patience or Patience()
        self._ports = ports

    def flash(
        self,
        program: bytes,
        progress: Callable[[FlashProgress], None],
        cancelled: Callable[[], bool],
    ) -> FlashOutcome:
        """See :class:`app.deploy.flashing.Flasher`; also raises ``FlashError``, whose ``reason``
        has a page of help. The outcome's ``port`` is where the board is now."""
        start_s = time.monotonic()
        progress(FlashProgress(Stage.CONNECTING, 0, len(program)))
        try:
            url = self._make_ready(progress, cancelled)
            if url is None:
                seconds = time.monotonic() - start_s
                return FlashOutcome(FlashResult.CANCELLED, seconds, None, None)
            outcome = ProtocolFlasher(NANO33BLE, url).flash(
                program, own_firmware.without_connecting(progress), cancelled
            )
        except PortError as error:
            raise of_port_error(error) from error
        return replace(outcome, seconds=time.monotonic() - start_s, port=url)

    def _make_ready(
        self, progress: Callable[[FlashProgress], None], cancelled: Callable[[], bool]
    ) -> str | None:
        """Bring the firmware onto the board where it is missing; the URL at which it answers,
        ``None`` when cancelled."""
        before = self._ports()
        here = next((port for port in before if port.url == self._port), None)
        in_loader = here is not None and here.usb == LOADER_ID
        found = (
            None
            if in_loader
            else own_firmware.identify_if_it_speaks(self._port, self._patience.ask_s)
        )
        if found is not None:
            # Another board needs no firmware: its model's flasher says that it is the wrong one.
            if found.board != NANO33BLE.id or own_firmware.is_own(found, self._images):
                return self._port
        elif here is not None and not in_loader and not self._may_replace:
            raise nano_error(FlashProblem.SKETCH)
        image = self._image()
        progress(FlashProgress(Stage.PREPARING, 0, len(image)))
        may_replace = self._may_replace or found is not None
        if here is None or in_loader:
            loader_url: str | None = self._port
        else:
            loader_url = self._enter_loader(here, cancelled)
            may_replace = True
        if loader_url is None:
            return None
        loader = _Found(loader_url, may_replace)
        before = self._ports()
        if not self._install(loader, image, progress, cancelled):
            return None
        return self._await_firmware(here, before, cancelled)

    def _image(self) -> bytes:
        try:
            return read_image(NANO33BLE.image, self._images)
        except DeployError as error:
            raise nano_error(FlashProblem.IMAGE_DAMAGED, error.why) from error

    def _enter_loader(self, here: DiscoveredPort, cancelled: Callable[[], bool]) -> str | None:
        """Restart the board into its boot loader; that one's URL, ``None`` when cancelled."""
        before = self._ports()
        touch(self._port)
        loader = await_board(
            self._ports, LOADER_ID, here, before, self._patience.appear_s, cancelled
        )
        if loader is not None:
            return loader.url
        if cancelled():
            return None
        raise nano_error(FlashProblem.BOOT_MODE)

    def _install(
        self,
        loader: _Found,
        image: bytes,
        progress: Callable[[FlashProgress], None],
        cancelled: Callable[[], bool],
    ) -> bool:
        """``False`` when cancelled."""
        try:
            port = self._open(loader.url, cancelled)
        except LoaderStoppedError:
            return False
        try:
            conversation = samba.Samba(port, self._patience.loader)
            nano33ble_loader.install(conversation, image, loader.may_replace, progress)
        except LoaderStoppedError:
            return False
        finally:
            port.close()
        return True

    def _open(self, url: str, cancelled: Callable[[], bool]) -> LoaderPort:
        end = time.monotonic() + self._patience.open_s
        while True:
            if cancelled():
                raise LoaderStoppedError
            try:
                return LoaderPort(url, DEFAULT_BAUD, cancelled)
            except PortError as error:
                if error.problem is PortProblem.BAD_URL or time.monotonic() > end:
                    raise
            time.sleep(LOOK_EVERY_S)

    def _await_firmware(
        self,
        here: DiscoveredPort | None,
        before: Sequence[DiscoveredPort],
        cancelled: Callable[[], bool],
    ) -> str | None:
        """The URL at which the new firmware answers; ``None`` when cancelled."""

        def where() -> str | None:
            if here is None:
                return self._port
            found = find_board(self._ports(), APPLICATION_ID, here.serial_number, before)
            return None if found is None else found.url

        return own_firmware.await_own(
            where,
            self._images,
            self._patience.restart_s,
            cancelled,
            lambda why: nano_error(FlashProblem.SILENT, why or _NOBODY),
        )


_NOBODY = text("Nobody answers at the board's port.")
