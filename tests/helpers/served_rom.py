# SPDX-License-Identifier: GPL-3.0-or-later
"""A fake ROM at a device that an RFC 2217 server shares: control lines and baud rates cross the
network, so the board's reset circuit works."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable

import serial
import serial.rfc2217

from app.deploy.esp32_loader import IMAGE_OFFSET, ROM_BAUD
from tests.helpers.fake_rom import IMAGE, FakeRom, RomAtTcp, SlipReader
from tests.helpers.rom_faults import BOOT_LOG

DOWNLOAD_LOG = b"boot:0x3 (DOWNLOAD_BOOT)\r\nwaiting for download\r\n"


class RomAtRfc2217(RomAtTcp):
    """EN follows RTS, GPIO 0 follows DTR (``broken``: it does not). The device knows no rate above
    ``max_baud``. ``firmware`` answers where the chip has started the studio's own."""

    def __init__(
        self,
        rom: FakeRom,
        firmware: Callable[[bytes], bytes] = lambda _data: b"",
        *,
        broken: bool = False,
        max_baud: int = 921_600,
    ) -> None:
        super().__init__(rom, firmware=firmware)
        self.url = self.url.replace("socket", "rfc2217")
        self.downloading = False
        self.starts: list[bool] = []
        """Of each start whether it was into the boot loader."""
        self._broken = broken
        self._device = _Device(self, max_baud)

    def start(self, *, low: bool) -> None:
        """Power up with GPIO 0 at that level."""
        self.downloading = low and not self._broken
        self.starts.append(self.downloading)
        self.rom.power_cycle()
        self._say(DOWNLOAD_LOG if self.downloading else BOOT_LOG)

    def _serve(self) -> None:
        while True:
            client, _ = self._server.accept()
            with client:
                if self._ending:
                    return
                client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                with contextlib.suppress(OSError):  # the client has gone with answers still to come
                    self._talk(client)

    def _talk(self, client: socket.socket) -> None:
        class Connection:
            write = staticmethod(client.sendall)

        self._client = client
        self._manager = serial.rfc2217.PortManager(self._device, Connection())
        reader = SlipReader()
        while received := client.recv(65_536):
            data = b"".join(self._manager.filter(received))
            if not data:
                continue
            if not self.downloading:
                self._say(self._firmware(data) if self._runs_ours() else b"")
            elif self._device.baudrate == (self.rom.baud or ROM_BAUD):
                self._hear(reader, data, self._say)

    def _runs_ours(self) -> bool:
        return self.rom.flash[IMAGE_OFFSET:].startswith(IMAGE)

    def _say(self, words: bytes) -> None:
        self._client.sendall(b"".join(self._manager.escape(words)))


class _Device:
    """What the server has open."""

    cts = dsr = ri = cd = xonxoff = rtscts = break_condition = False
    bytesize, parity, stopbits = 8, serial.PARITY_NONE, serial.STOPBITS_ONE

    def __init__(self, board: RomAtRfc2217, max_baud: int) -> None:
        self._board = board
        self._max_baud = max_baud
        self._baud = ROM_BAUD
        self._rts = False
        self.dtr = False

    @property
    def rts(self) -> bool:
        return self._rts

    @rts.setter
    def rts(self, asserted: bool) -> None:
        released = self._rts and not asserted
        self._rts = asserted
        if released:
            self._board.start(low=self.dtr)

    @property
    def baudrate(self) -> int:
        return self._baud

    @baudrate.setter
    def baudrate(self, baud: int) -> None:
        if baud > self._max_baud:
            raise ValueError(baud)
        self._baud = baud

    def reset_input_buffer(self) -> None:
        """Nothing waits here."""

    reset_output_buffer = reset_input_buffer
