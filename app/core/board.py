# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of boards. A new board is one row here, one firmware folder and one flasher."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.text import Text, text


@dataclass(frozen=True, slots=True)
class UsbId:
    """A USB vendor and product id."""

    vendor: int
    product: int


@dataclass(frozen=True, slots=True)
class Board:
    """What the studio knows of a kind of board before one is plugged in.

    ``program_bytes`` is the flash kept for a model, ``arena_bytes`` the RAM it may compute in,
    ``target`` what models are compiled for, a name in ``app.deploy.compiler.targets``.
    ``usb_ids`` are exact ids of the board; ``bridge_ids`` are USB-to-serial chips it often uses,
    which only suggest it. ``image`` is the firmware that the studio can install on it, a file in
    ``resources/firmware``; empty where it cannot.
    """

    id: str
    name: Text
    chip: str
    clock_hz: int
    flash_bytes: int
    ram_bytes: int
    program_bytes: int
    arena_bytes: int
    target: str
    usb_ids: tuple[UsbId, ...] = ()
    bridge_ids: tuple[UsbId, ...] = ()
    image: str = ""


VIRTUAL = Board(
    id="virtual",
    name=text("Simulated board"),
    chip="this computer",
    clock_hz=64_000_000,
    flash_bytes=1_048_576,
    ram_bytes=262_144,
    program_bytes=524_288,
    arena_bytes=131_072,
    target="generic",
)

ESP32 = Board(
    id="esp32",
    name=text("ESP32"),
    chip="ESP32 (Xtensa LX6)",
    clock_hz=240_000_000,
    flash_bytes=4_194_304,
    ram_bytes=327_680,
    program_bytes=126_976,  # of RAM: a model is copied there, since flash is read without a cache
    arena_bytes=131_072,
    target="esp32",
    bridge_ids=(
        UsbId(0x10C4, 0xEA60),  # Silicon Labs CP210x
        UsbId(0x1A86, 0x7523),  # WCH CH340
        UsbId(0x1A86, 0x55D4),  # WCH CH9102F
        UsbId(0x0403, 0x6001),  # FTDI FT232R
        UsbId(0x0403, 0x6015),  # FTDI FT231X
    ),
    image="esp32.bin",
)

NANO33BLE = Board(
    id="nano33ble",
    name=text("Arduino Nano 33 BLE Sense"),
    chip="nRF52840 (Cortex-M4F)",
    clock_hz=64_000_000,
    flash_bytes=1_048_576,
    ram_bytes=262_144,
    program_bytes=712_704,
    arena_bytes=131_072,
    target="cortex-m4f",
    usb_ids=(
        UsbId(0x2341, 0x805A),  # running a sketch
        UsbId(0x2341, 0x005A),  # in its boot loader
    ),
    image="nano33ble.bin",
)

BOARDS: dict[str, Board] = {board.id: board for board in (VIRTUAL, ESP32, NANO33BLE)}
