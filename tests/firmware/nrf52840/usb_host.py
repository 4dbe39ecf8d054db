# SPDX-License-Identifier: GPL-3.0-or-later
"""A USB host with one device on its bus: it enumerates as an operating system does, and opens the
serial port."""

from __future__ import annotations

import struct
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.firmware.nrf52840.chip import Nrf52840
from tests.firmware.nrf52840.usbd import PACKET, TO_HOST, Handshake

CONTROL_LIMIT_MS = 500
TRANSACTION_US = 50
"""Between two transactions of bulk data: a packet of 64 bytes takes so long at 12 Mbit/s."""
SUSPENDED_MS, RESUME_SIGNAL_MS, RECOVERY_MS = 3, 20, 10
DATA = 2


class StalledError(Exception):
    """The device refuses a request, or an endpoint is halted."""


@dataclass
class UsbHost:
    """Drives the chip: time passes only in its methods. ``heard`` is what the port has brought."""

    chip: Nrf52840
    heard: bytearray = field(default_factory=bytearray)
    packets: list[int] = field(default_factory=list)
    control_packets: list[int] = field(default_factory=list)
    listens: bool = False
    to_send: deque[bytes] = field(default_factory=deque)
    refused_packets: int = 0

    def __post_init__(self) -> None:
        self._next_frame_us = 0.0
        self._next_transaction_us = 0.0
        self._in_toggle = self._out_toggle = 0
        self.halted_in = self.halted_out = False
        self._quiet = False

    # --- time ---------------------------------------------------------------------------------

    def run_slice(self) -> None:
        self.chip.run_slice()
        if self._quiet or not self.chip.usbd.attached:
            return
        if self.chip.now_us >= self._next_frame_us:
            self.chip.usbd.start_frame()
            self._next_frame_us = max(self._next_frame_us + 1000, self.chip.now_us - 1000)
        if self.chip.now_us >= self._next_transaction_us:
            self._next_transaction_us = self.chip.now_us + TRANSACTION_US
            self._move_data()

    def run_ms(self, ms: float) -> None:
        until = self.chip.now_us + 1000 * ms
        while self.chip.now_us < until and not self.chip.restarted:
            self.run_slice()

    def run_until(self, done: Callable[[], bool], limit_ms: float, what: str) -> None:
        until = self.chip.now_us + 1000 * limit_ms
        while not done():
            assert self.chip.now_us < until, f"not within {limit_ms} ms: {what}"
            self.run_slice()

    # --- data ---------------------------------------------------------------------------------

    def _move_data(self) -> None:
        if self.listens:
            answer, packet, toggle = self.chip.usbd.give(DATA)
            self.halted_in = answer is Handshake.STALL
            if answer is Handshake.ACK and toggle == self._in_toggle:
                self._in_toggle ^= 1
                self.heard += packet
                self.packets.append(len(packet))
        if self.to_send:
            answer = self.chip.usbd.take(DATA, self.to_send[0], self._out_toggle)
            self.halted_out = answer is Handshake.STALL
            self.refused_packets += answer is Handshake.NAK
            if answer is Handshake.ACK:
                self.to_send.popleft()
                self._out_toggle ^= 1

    def send(self, data: bytes) -> None:
        """Queues bytes for the port as a driver does: full packets, then the rest."""
        for at in range(0, len(data), PACKET):
            self.to_send.append(data[at : at + PACKET])

    # --- control requests ---------------------------------------------------------------------

    def _transact(self, token: Callable[[], Handshake], what: str) -> None:
        answers: list[Handshake] = []

        def accepted() -> bool:
            answers.append(token())
            return answers[-1] is not Handshake.NAK

        self.run_until(accepted, CONTROL_LIMIT_MS, what)
        if answers[-1] is Handshake.STALL:
            raise StalledError(what)

    def read(self, kind: int, request: int, value: int, index: int, length: int) -> bytes:
        """A control request with data to the host, of up to ``length`` bytes."""
        usbd = self.chip.usbd
        setup = struct.pack("<BBHHH", kind | TO_HOST, request, value, index, length)
        what = f"request {setup.hex()}"
        usbd.take_setup(setup)
        answer = b""
        expected_toggle = 1
        while True:
            packets: list[tuple[bytes, int]] = []

            def give() -> Handshake:
                handshake, packet, toggle = usbd.give(0)
                if handshake is Handshake.ACK:
                    packets.append((packet, toggle))  # noqa: B023 - called at once
                return handshake

            self._transact(give, what)
            ((packet, toggle),) = packets
            assert toggle == expected_toggle, f"{what}: a packet twice or lost"
            expected_toggle ^= 1
            answer += packet
            self.control_packets.append(len(packet))
            assert len(answer) <= length, f"{what}: more than asked for"
            if len(packet) < PACKET or len(answer) == length:
                break
        self._transact(usbd.take_status_out, what)
        return answer

    def write(self, kind: int, request: int, value: int, index: int, data: bytes = b"") -> None:
        """A control request with data from the host, or none."""
        usbd = self.chip.usbd
        setup = struct.pack("<BBHHH", kind, request, value, index, len(data))
        what = f"request {setup.hex()}"
        usbd.take_setup(setup)
        for number, at in enumerate(range(0, len(data), PACKET)):
            packet, toggle = data[at : at + PACKET], 1 - number % 2
            self._transact(lambda p=packet, t=toggle: usbd.take(0, p, t), what)
        self._transact(usbd.give_status_in, what)

    # --- as an operating system does ----------------------------------------------------------

    def plug_in(self) -> None:
        self._quiet = False
        self.chip.power.supplied = True
        self.run_until(lambda: self.chip.usbd.attached, 500, "the device attaches")
        self.run_ms(20)

    def suspend(self) -> None:
        """Nothing is sent any more; a device sees that after 3 ms."""
        self._quiet = True
        self.run_ms(SUSPENDED_MS)
        self.chip.usbd.suspend()

    def resume(self) -> None:
        """The signal for 20 ms, then frames; a device has 10 ms more until it is spoken to."""
        self.chip.usbd.resume()
        self.run_ms(RESUME_SIGNAL_MS)
        self._quiet, listens = False, self.listens
        self.listens = False
        self.run_ms(RECOVERY_MS)
        self.listens = listens

    def unplug(self) -> None:
        self.chip.power.supplied = False
        self.chip.usbd.unplug()
        self.run_until(lambda: not self.chip.usbd.attached, 50, "the device lets go")

    def reset(self) -> None:
        self._quiet = False
        self.listens = False
        self.to_send.clear()
        self._in_toggle = self._out_toggle = 0
        self.chip.usbd.bus_reset()
        self.run_ms(20)

    def descriptor(self, kind: int, index: int = 0, length: int = 255, language: int = 0) -> bytes:
        return self.read(0, 6, kind << 8 | index, language, length)

    def enumerate(self, address: int = 7) -> tuple[bytes, bytes]:
        """Device and configuration descriptor; the device is configured then."""
        self.reset()
        self.descriptor(1, length=64)  # to learn the size of its packets
        self.reset()
        self.write(0, 5, address, 0)
        self.run_ms(2)
        assert self.chip.usbd.address == address
        device = self.descriptor(1, length=18)
        head = self.descriptor(2, length=9)
        configuration = self.descriptor(2, length=int.from_bytes(head[2:4], "little"))
        self.configure()
        return device, configuration

    def configure(self, number: int = 1) -> None:
        self.write(0, 9, number, 0)
        self._in_toggle = self._out_toggle = 0
        self.run_ms(1)

    def set_line_coding(self, baud: int) -> None:
        self.write(0x21, 0x20, 0, 0, struct.pack("<IBBB", baud, 0, 0, 8))

    def set_lines(self, ready: bool) -> None:
        self.write(0x21, 0x22, 3 if ready else 0, 0)

    def open_port(self, baud: int = 115200) -> None:
        self.listens = True
        self.set_line_coding(baud)
        self.set_lines(ready=True)

    def close_port(self) -> None:
        self.set_lines(ready=False)
        self.listens = False

    def clear_halt(self, endpoint: int) -> None:
        self.write(2, 1, 0, endpoint)
        if endpoint & TO_HOST:
            self._in_toggle = 0
        else:
            self._out_toggle = 0
