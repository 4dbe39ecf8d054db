# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from types import SimpleNamespace

from app.capture.discovery import (
    DiscoveredPort,
    PortChange,
    PortWatch,
    board_for,
    describe_ports,
    list_ports,
)
from app.core.board import ESP32, NANO33BLE, UsbId


def info(
    device: str, vid: int | None = None, pid: int | None = None, **more: str
) -> SimpleNamespace:
    known = {"product": None, "description": "n/a", "serial_number": None, **more}
    return SimpleNamespace(device=device, vid=vid, pid=pid, **known)


def test_boards_are_recognised_and_come_first() -> None:
    ports = describe_ports(
        [
            info("/dev/ttyS0"),
            info("/dev/ttyUSB1", 0x1234, 0x5678, product="GPS"),
            info("/dev/ttyUSB0", 0x10C4, 0xEA60, product="CP2102 USB to UART"),
            info("/dev/ttyACM0", 0x2341, 0x805A, product="Nano 33 BLE", serial_number="A1"),
        ]
    )
    assert ports == [
        DiscoveredPort("/dev/ttyACM0", "Nano 33 BLE", NANO33BLE, True, "A1", NANO33BLE.usb_ids[0]),
        DiscoveredPort("/dev/ttyUSB0", "CP2102 USB to UART", ESP32, usb=ESP32.bridge_ids[0]),
        DiscoveredPort("/dev/ttyUSB1", "GPS", usb=UsbId(0x1234, 0x5678)),
        DiscoveredPort("/dev/ttyS0", ""),
    ]


def test_an_unknown_id_is_no_board() -> None:
    assert board_for(UsbId(1, 2)) == (None, False)
    assert board_for(NANO33BLE.usb_ids[1]) == (NANO33BLE, True)


def test_this_computer_can_be_asked() -> None:
    assert all(port.url for port in list_ports())


def test_a_watch_tells_what_came_and_went() -> None:
    one, two = DiscoveredPort("a", ""), DiscoveredPort("b", "")
    looks = iter([[one], [one], [two], []])
    watch = PortWatch(lambda: next(looks))
    assert watch.poll() == PortChange((one,), ())
    assert watch.poll() is None
    assert watch.poll() == PortChange((two,), (one,))
    assert watch.poll() == PortChange((), (two,))
    assert watch.ports == ()
