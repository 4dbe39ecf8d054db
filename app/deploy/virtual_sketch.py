# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulated board with an ordinary Arduino sketch: it prints lines and knows no protocol.

It understands one line, as a sketch with ``Serial.readStringUntil`` might: ``act circle``, with an
optional seed and holding (``act circle 7 2``), tells the hand what to do.
"""

from __future__ import annotations

from app.core.board import Board
from app.core.errors import DataError
from app.core.recording import Samples
from app.deploy.simulated_hand import CHANNELS
from app.deploy.virtual_measuring import TICK_S, Send
from app.deploy.virtual_sensors import VirtualSensors

RATE_MHZ = 100_000
MAX_LINE_BYTES = 128
BOOT_LINES = {
    "esp32": (
        "ets Jun  8 2016 00:22:57",
        "",
        "rst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)",
    ),
}
"""What the boot loader prints before the sketch runs, by board."""
# The sensor's steps are 0.00012 g and 0.061 deg/s: more digits would say nothing.
_FORMAT = ",".join(f"{channel.name}:%.{4 if channel.unit == 'g' else 2}f" for channel in CHANNELS)


class VirtualSketch:
    """Prints ``ax:…,ay:…,az:…,gx:…,gy:…,gz:…`` a hundred times a second of its own clock."""

    def __init__(self, board: Board, sensors: VirtualSensors, send: Send) -> None:
        self._sensors = sensors
        self._send = send
        self._boot = (*BOOT_LINES.get(board.id, ()), f"Motion sensor ready on {board.name}")
        self._line = bytearray()

    def connected(self) -> None:
        """The host opened the port: the sketch starts."""
        for line in self._boot:
            self._print(line)
        self._sensors.start(RATE_MHZ)

    def disconnected(self) -> None:
        """The host closed the port."""
        self._line.clear()
        self._sensors.stop()

    def receive(self, data: bytes) -> None:
        """Bytes from the host; a line that is too long loses its beginning."""
        for byte in data:
            if byte in b"\r\n":
                self._obey(self._line.decode(errors="replace"))
                self._line.clear()
            else:
                self._line.append(byte)
                del self._line[:-MAX_LINE_BYTES]

    def tick(self) -> float | None:
        """Print what is due; the seconds until the next tick, ``None`` while nobody listens."""
        if not self._sensors.rate_mhz:
            return None
        _, samples = self._sensors.take()
        self._print_samples(samples)
        return TICK_S

    def _print_samples(self, samples: Samples) -> None:
        for row in samples[:, : len(CHANNELS)].tolist():
            self._print(_FORMAT % tuple(row))

    def _obey(self, line: str) -> None:
        command, *words = line.split() or [""]
        if command != "act" or not words:
            return
        gesture, *numbers = words
        try:
            seed, holding = [*map(int, numbers), None, None][:2]
            self._sensors.act(gesture, seed, holding)
        except (DataError, ValueError) as error:
            self._print(f"act: {error}")

    def _print(self, line: str) -> None:
        self._send(line.encode() + b"\r\n")
