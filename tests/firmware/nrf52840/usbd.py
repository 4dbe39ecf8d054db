# SPDX-License-Identifier: GPL-3.0-or-later
"""The USB controller: registers on the firmware's side, transactions on the host's."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from tests.firmware.nrf52840.peripheral import Chip, Peripheral, require, require_ram
from tests.firmware.nrf52840.system import ClockAndPower, ErrataRegisters

PACKET = 64
ENDPOINTS = 8
TO_HOST = 0x80


class Handshake(Enum):
    ACK = "ACK"
    NAK = "NAK"
    STALL = "STALL"
    NOTHING = "nothing"  # nobody is there


class Usbd(Peripheral):
    """ "USBD". A DMA takes ``DMA_US``; meanwhile no other may start and no task may be given, and
    by erratum 199 its register has to say that it is at work."""

    name = "USBD"
    READY_US, DMA_US = 300, 4
    USBRESET, STARTED, EP0DATADONE, SOF, USBEVENT, EP0SETUP, EPDATA = (
        0x100, 0x104, 0x128, 0x154, 0x158, 0x15C, 0x160,
    )  # fmt: skip
    SUSPEND, RESUME, AWAKE, READY = 1 << 8, 1 << 9, 1 << 10, 1 << 11
    WAKE_US = 50
    ERRATUM_199, AT_WORK = 0xC1C, 0x82
    LOWPOWER = 0x52C
    ANY_TIME = (0x200, 0x304, 0x308, 0x400, 0x500, 0x504)

    def __init__(self, chip: Chip, power: ClockAndPower, errata: ErrataRegisters) -> None:
        super().__init__(chip)
        self._power, self._errata = power, errata
        self._off()
        self.dma_hangs = False

    # --- switching on and off -----------------------------------------------------------------

    def _off(self) -> None:
        self.values = dict.fromkeys((0x200, 0x500, 0x504, 0x510, 0x514, self.ERRATUM_199), 0)
        self.values[self.LOWPOWER] = 0
        for n in range(ENDPOINTS):
            for register in (0x600, 0x604, 0x700, 0x704):
                self.values[register + 20 * n] = 0
        self.events = dict.fromkeys(range(self.USBRESET, self.EPDATA + 4, 4), 0)
        self.tasks = {0x4C: self._allow_data, 0x50: self._allow_status, 0x54: self._stall_control}
        for n in range(ENDPOINTS):
            self.tasks[0x04 + 4 * n] = self._sending(n)
            self.tasks[0x28 + 4 * n] = self._receiving(n)
        self.cause = 0
        self.data_status = 0
        self.ready = False
        self.suspended = False
        self.low_power = False
        self._interrupts = 0
        self.frame = 0
        self._dma = ""
        self._clear_endpoints()

    def _clear_endpoints(self) -> None:
        self.address = 0
        self.setup = bytes(8)
        self.to_send: list[bytes | None] = [None] * ENDPOINTS
        self.came: list[bytes | None] = [None] * ENDPOINTS
        self.sizes = [0] * ENDPOINTS
        self.takes = [False] * ENDPOINTS
        self.halted: set[int] = set()
        self.toggles: dict[int, int] = {}
        self._selected: int | None = None
        self._status_allowed = self._control_stalled = False

    @property
    def attached(self) -> bool:
        return self.values[0x504] == 1

    def _enable(self) -> None:
        require(self._power.supplied, "USBD: enabled without a supply")
        if self._errata.power_forced:
            self.chip.after(self.READY_US, self._become_ready)

    def _become_ready(self) -> None:
        if self.values[0x500] == 1:
            self.ready = True
            self.cause |= self.READY
            self.events[self.USBEVENT] = 1

    # --- registers ----------------------------------------------------------------------------

    def _check_access(self, offset: int) -> None:
        if self.low_power:
            known = offset in self.ANY_TIME or offset in self.events or offset == self.LOWPOWER
            require(known, f"USBD: {offset:#x} in low power")
        if self.ready:
            return
        on = self.values[0x500] == 1
        require(offset in self.ANY_TIME or on, f"USBD: {offset:#x} while it is off")
        require(offset in self.ANY_TIME or self.ready, f"USBD: {offset:#x} before it is ready")

    def read(self, offset: int) -> int:
        self._check_access(offset)
        if offset in self.events:
            return self.events[offset]
        if offset == 0x46C:
            return self.data_status
        if offset == 0x400:
            return self.cause
        if offset == 0x520:
            return self.frame
        if 0x480 <= offset < 0x4A0:
            return self.setup[(offset - 0x480) // 4]
        if 0x4A0 <= offset < 0x4C0:
            return self.sizes[(offset - 0x4A0) // 4]
        if 0x420 <= offset < 0x440:
            return int(TO_HOST | (offset - 0x420) // 4 in self.halted)
        if 0x444 <= offset < 0x464:
            return int((offset - 0x444) // 4 in self.halted)
        return super().read(offset)

    def write(self, offset: int, value: int) -> None:
        self._check_access(offset)
        if offset == 0x400:
            self.cause &= ~value
        elif offset == 0x304:
            self._interrupts |= value
        elif offset == 0x308:
            self._interrupts &= ~value
        elif offset == self.LOWPOWER:
            self._sleep(value)
        elif offset == 0x46C:
            self.data_status &= ~value
        elif offset == 0x50C:
            self._set_toggle(value)
        elif offset == 0x518:
            self._set_halted(value)
        elif 0x4A4 <= offset < 0x4C0:
            require(value == 0, "USBD: SIZE.EPOUT takes 0 only")
            self.takes[(offset - 0x4A0) // 4] = True
        else:
            self._write_plain(offset, value)

    def _write_plain(self, offset: int, value: int) -> None:
        if offset == self.ERRATUM_199:
            require(value in (0, self.AT_WORK), "USBD: erratum 199 knows no such value")
            require(value != 0 or not self._dma, "USBD: erratum 199's register cleared during DMA")
        elif 0x600 <= offset < 0x800:
            require(not self._dma, "USBD: a DMA is set up while one is at work")
        elif offset == 0x504 and value == 1:
            require(self.ready, "USBD: pull-up before it is ready")
            require(self._power.crystal_runs, "USBD: pull-up without the crystal")
            require(self._errata.at_rest, "USBD: pull-up with the errata's registers still set")
            self._power.usb_needs_crystal = True
        elif offset == 0x500:
            if value == 0:
                self._power.usb_needs_crystal = False
                self._off()
            elif self.values[0x500] == 0:
                self._enable()
        super().write(offset, value)

    # --- low power ----------------------------------------------------------------------------

    def _sleep(self, value: int) -> None:
        if value == self.values[self.LOWPOWER]:
            return
        self.values[self.LOWPOWER] = value
        if value == 1:
            require(self.suspended, "USBD: low power while the bus is not suspended")
            require(not self._dma, "USBD: low power during DMA")
            self.low_power = True
            self._power.usb_needs_crystal = False
            return
        require(self._power.crystal_runs, "USBD: woken without the crystal")
        if self._errata.e171_forced:
            self.chip.after(self.WAKE_US, self._awake)

    def _awake(self) -> None:
        if self.values[self.LOWPOWER] == 0 and self.low_power:
            self.low_power = False
            self._power.usb_needs_crystal = True
            self.cause |= self.AWAKE
            self.events[self.USBEVENT] = 1

    def requests_interrupt(self) -> bool:
        """Whether an event has happened of which an interrupt has been asked for."""
        return any(
            event and self._interrupts >> (offset - self.USBRESET) // 4 & 1
            for offset, event in self.events.items()
        )

    def _set_toggle(self, value: int) -> None:
        endpoint = value & 0x87
        if value >> 8 == 0:
            self._selected = endpoint
            return
        require(self._selected == endpoint, "USBD: DTOGGLE wants the endpoint chosen first")
        self.toggles[endpoint] = (value >> 8) - 1

    def _set_halted(self, value: int) -> None:
        endpoint = value & 0x87
        require(endpoint & 7 != 0, "USBD: EPSTALL does not know endpoint 0")
        if value & 1 << 8:
            self.halted.add(endpoint)
        else:
            self.halted.discard(endpoint)

    # --- DMA and tasks ------------------------------------------------------------------------

    def _begin_dma(self, what: str) -> None:
        require(not self._dma, f"USBD: DMA of {what} during that of {self._dma}")
        require(self.values[self.ERRATUM_199] == self.AT_WORK, "USBD: erratum 199 is not heeded")
        self._dma = what

    def _sending(self, n: int) -> Callable[[], None]:
        def start() -> None:
            self._begin_dma(f"IN {n}")
            require(bool(self.values[0x510] >> n & 1), f"USBD: IN {n} is not enabled")
            require(n == 0 or self.to_send[n] is None, f"USBD: IN {n} holds a packet already")
            pointer, count = self.values[0x600 + 20 * n], self.values[0x604 + 20 * n]
            require(count <= PACKET, f"USBD: a packet of {count} bytes")
            require_ram("USBD", pointer, count)

            def end() -> None:
                if self._dma != f"IN {n}":
                    return
                self._dma = ""
                self.to_send[n] = self.chip.load(pointer, count)
                self.events[0x108 + 4 * n] = 1

            self.events[self.STARTED] = 1
            self.chip.after(self.DMA_US, end)

        return start

    def _receiving(self, n: int) -> Callable[[], None]:
        def start() -> None:
            self._begin_dma(f"OUT {n}")
            require(bool(self.values[0x514] >> n & 1), f"USBD: OUT {n} is not enabled")
            pointer, count = self.values[0x700 + 20 * n], self.values[0x704 + 20 * n]
            packet = self.came[n]
            require(packet is not None, f"USBD: nothing has come to OUT {n}")
            assert packet is not None
            require(count == len(packet), f"USBD: {len(packet)} bytes came, {count} are taken")
            require_ram("USBD", pointer, count)

            def end() -> None:
                if self._dma != f"OUT {n}":
                    return
                self._dma = ""
                self.chip.store(pointer, packet)
                self.came[n] = None
                self.takes[n] = n != 0
                self.events[0x130 + 4 * n] = 1

            self.events[self.STARTED] = 1
            self.chip.after(self.DMA_US, end)

        return start

    def _allow_data(self) -> None:
        require(not self._dma, "USBD: EP0RCVOUT during DMA")
        self.takes[0] = True

    def _allow_status(self) -> None:
        require(not self._dma, "USBD: EP0STATUS during DMA")
        self._status_allowed = True

    def _stall_control(self) -> None:
        require(not self._dma, "USBD: EP0STALL during DMA")
        self._control_stalled = True

    # --- the host's side ----------------------------------------------------------------------

    def bus_reset(self) -> None:
        self.suspended = False
        self._clear_endpoints()
        self._dma = ""
        self.events[self.USBRESET] = 1

    def start_frame(self) -> None:
        self.frame = (self.frame + 1) % 2048
        self.events[self.SOF] = 1

    def suspend(self) -> None:
        """The bus has been quiet for 3 ms."""
        self.suspended = True
        self.cause |= self.SUSPEND
        self.events[self.USBEVENT] = 1

    def resume(self) -> None:
        """The host gives the signal of resuming."""
        self.suspended = False
        self.cause |= self.RESUME
        self.events[self.USBEVENT] = 1

    def unplug(self) -> None:
        """The supply is gone; the controller keeps its registers until the firmware notices."""
        self._clear_endpoints()

    def take_setup(self, setup: bytes) -> None:
        self.setup = setup
        self.to_send[0] = self.came[0] = None
        self.takes[0] = False
        self._status_allowed = self._control_stalled = False
        self.toggles[0] = self.toggles[TO_HOST] = 1
        if setup[:2] == b"\x00\x05":  # SET_ADDRESS: the controller's own affair
            self._status_allowed = True
        self.events[self.EP0SETUP] = 1

    def take_status_out(self) -> Handshake:
        if self._control_stalled:
            return Handshake.STALL
        return Handshake.ACK if self._status_allowed else Handshake.NAK

    def give_status_in(self) -> Handshake:
        answer = self.take_status_out()
        if answer is Handshake.ACK and self.setup[:2] == b"\x00\x05":
            self.address = self.setup[2]
        return answer

    def give(self, n: int) -> tuple[Handshake, bytes, int]:
        """An IN token: the answer, and with ACK the packet and its toggle."""
        if TO_HOST | n in self.halted or (n == 0 and self._control_stalled):
            return Handshake.STALL, b"", 0
        packet = self.to_send[n]
        if packet is None:
            return Handshake.NAK, b"", 0
        toggle = self.toggles.get(TO_HOST | n, 0)
        self.toggles[TO_HOST | n] = toggle ^ 1
        self.to_send[n] = None
        self._moved(n, 1 << n)
        return Handshake.ACK, packet, toggle

    def take(self, n: int, packet: bytes, toggle: int) -> Handshake:
        """An OUT token with its packet."""
        if n in self.halted or (n == 0 and self._control_stalled):
            return Handshake.STALL
        if not self.takes[n]:
            return Handshake.NAK
        if toggle != self.toggles.get(n, 0):
            return Handshake.ACK  # sent again by a host that missed the answer
        self.toggles[n] = toggle ^ 1
        self.takes[n] = False
        self.came[n] = packet
        self.sizes[n] = len(packet)
        self._moved(n, 1 << 16 + n)
        return Handshake.ACK

    def _moved(self, n: int, status: int) -> None:
        if n == 0:
            self.events[self.EP0DATADONE] = 1
        else:
            self.data_status |= status
            self.events[self.EPDATA] = 1
