# SPDX-License-Identifier: GPL-3.0-or-later
"""The two ports of a Nano 33 BLE: its boot loader has another USB id than what it starts, and the
system another name for its port. The serial number tells that it is the same board."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from app.capture.discovery import DiscoveredPort
from app.capture.port import SerialPort, open_port
from app.core.board import UsbId

LOADER_ID = UsbId(0x2341, 0x005A)
APPLICATION_ID = UsbId(0x2341, 0x805A)
TOUCH_BAUD = 1200
LOOK_EVERY_S = 0.1
_CHIP_NUMBER = re.compile(r"(?:0{16})?([0-9A-F]{16})", re.IGNORECASE)

ListPorts = Callable[[], Sequence[DiscoveredPort]]


def touch(url: str) -> None:
    """Ask what runs on the board to restart into the boot loader: the port is opened at 1200 baud
    and let go of. Raises ``PortError`` where it cannot be opened."""
    port = open_port(url, TOUCH_BAUD)
    with suppress(OSError):  # the board may be gone by now, as it should
        if isinstance(port, SerialPort):
            port.set_dtr(False)
    with suppress(OSError):
        port.close()


def same_board(one: str, other: str) -> bool | None:
    """Whether two serial numbers are those of one board; ``None`` where they cannot tell.

    A sketch gives the chip's number as 16 hexadecimal digits, the boot loader with 16 zeros before.
    """
    first, second = _CHIP_NUMBER.fullmatch(one), _CHIP_NUMBER.fullmatch(other)
    if first is None or second is None:
        return None
    return first[1].upper() == second[1].upper()


def find_board(
    ports: Sequence[DiscoveredPort],
    usb: UsbId,
    serial_number: str,
    before: Sequence[DiscoveredPort],
) -> DiscoveredPort | None:
    """The port with the id ``usb`` of the board with that serial number. Where serial numbers
    cannot tell it is the one such port that was not there ``before``, if it is one only."""
    such = [port for port in ports if port.usb == usb]
    for port in such:
        if same_board(port.serial_number, serial_number):
            return port
    new = [
        port
        for port in such
        if port not in before and same_board(port.serial_number, serial_number) is None
    ]
    return new[0] if len(new) == 1 else None


def find_board_in_loader(
    ports: Sequence[DiscoveredPort], serial_number: str
) -> DiscoveredPort | None:
    """The port of the board with that serial number, where its boot loader runs."""
    return find_board(ports, LOADER_ID, serial_number, before=ports)


def await_board(
    list_ports: ListPorts,
    usb: UsbId,
    board: DiscoveredPort,
    before: Sequence[DiscoveredPort],
    patience_s: float,
    cancelled: Callable[[], bool],
) -> DiscoveredPort | None:
    """Wait for the port of ``board`` that has the id ``usb``; ``None`` when it does not come, or
    when cancelled."""
    end = time.monotonic() + patience_s
    while not cancelled():
        found = find_board(list_ports(), usb, board.serial_number, before)
        if found is not None or time.monotonic() > end:
            return found
        time.sleep(LOOK_EVERY_S)
    return None
