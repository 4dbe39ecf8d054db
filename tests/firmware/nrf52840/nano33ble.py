# SPDX-License-Identifier: GPL-3.0-or-later
"""An Arduino Nano 33 BLE Sense, or its Rev2: the chip, what is soldered to it, and a computer at
its plug that the studio's client can speak through."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.capture.client import BoardClient
from app.capture.frames import Demultiplexer, Frame, encode_frame
from app.capture.messages import EVENTS
from tests.firmware.nrf52840.boot_loader import LOADER_FIRST, BootLoader
from tests.firmware.nrf52840.chip import FLASH_BYTES, Nrf52840
from tests.firmware.nrf52840.parts import Part, Registers, sense
from tests.firmware.nrf52840.peripheral import Chip
from tests.firmware.nrf52840.usb_host import UsbHost

IMAGE = (Path(__file__).parents[3] / "resources" / "firmware" / "nano33ble.bin").read_bytes()
"""Byte for byte what the studio flashes."""
ANSWER_LIMIT_MS = 10_000
MAX_PAYLOAD = 2048
SENSOR_POWER_PAD = 22


class Nano33Ble:
    """One board. It is a ``Transport``: what is written goes over USB, and time passes until the
    answer has come."""

    url = "usb://emulated"
    baud = speed = 115_200  # which its link does not have

    def __init__(
        self,
        loader: BootLoader = LOADER_FIRST,
        flash: bytes | None = None,
        parts: Callable[[Chip], dict[int, Part]] = sense,
    ) -> None:
        self.loader = loader
        self.chip = Nrf52840(IMAGE, loader, flash)
        self.parts = parts(self.chip)
        self.chip.twim.parts = self.parts
        self.chip.gpio.watched[SENSOR_POWER_PAD] = self.chip.twim.supply
        self.host = UsbHost(self.chip)
        self.log: list[str] = []
        self.text = b""
        self._receivers: list[Callable[[bytes], None]] = []
        self._told = 0
        self.answers: list[Frame] = []
        self._frames = Demultiplexer(MAX_PAYLOAD)
        self.chip.start()

    @property
    def motion(self) -> Registers:
        """Acceleration and rotation of the first revision."""
        return self.registers(0x6B)

    @property
    def field(self) -> Registers:
        """The first revision's magnetometer."""
        return self.registers(0x1E)

    def registers(self, address: int) -> Registers:
        """The part there."""
        part = self.parts[address]
        assert isinstance(part, Registers)
        return part

    def connect(self) -> BoardClient:
        """Plugged in, enumerated, opened, identified."""
        self.host.plug_in()
        self.host.enumerate()
        self.host.open_port()
        client = BoardClient(self, self._hear_text, self.log.append)
        client.identify()
        return client

    def _hear_text(self, text: bytes) -> None:
        self.text += text

    def power_cycle(self) -> Nano33Ble:
        """Another start with what is in flash."""
        return Nano33Ble(self.loader, self.chip.load(0, FLASH_BYTES))

    # --- as a transport -----------------------------------------------------------------------

    def subscribe(self, receive: Callable[[bytes], None]) -> Callable[[], None]:
        self._receivers.append(receive)
        return lambda: self._receivers.remove(receive)

    def set_speed(self, baud: int) -> bool:
        return baud == self.baud

    def write(self, data: bytes) -> None:
        answered = len(self.answers)
        self.host.send(data)
        self.run_until(lambda: len(self.answers) > answered, ANSWER_LIMIT_MS, "an answer")

    def run_until(self, done: Callable[[], bool], limit_ms: float, what: str) -> None:
        def heard_and_done() -> bool:
            self._tell()
            return done()

        self.host.run_until(heard_and_done, limit_ms, what)

    def run_ms(self, ms: float) -> None:
        self.host.run_ms(ms)
        self._tell()

    def _tell(self) -> None:
        new = bytes(self.host.heard[self._told :])
        if not new:
            return
        self._told += len(new)
        frames = self._frames.feed(new).frames
        self.answers += [frame for frame in frames if frame.type not in EVENTS]
        for receive in list(self._receivers):
            receive(new)

    def ask(self, type_: int, payload: bytes = b"", tag: int = 9) -> Frame:
        """The answer to one request, without the client."""
        self.write(self.encoded(type_, payload, tag))
        return self.answers[-1]

    @staticmethod
    def encoded(type_: int, payload: bytes = b"", tag: int = 9) -> bytes:
        """A request on the wire."""
        return encode_frame(Frame(type_, tag, payload))
