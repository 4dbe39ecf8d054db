# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the Nano 33 BLE's firmware say the same way."""

from __future__ import annotations

from app.capture.frames import Frame, encode_frame
from app.core.preprocessing import Normaliser
from app.core.recording import Channel
from tests.firmware.nrf52840.nano33ble import Nano33Ble
from tests.helpers.simulated import GOLDEN

SERIAL = "0123456789ABCDEF"
PROGRAM = (GOLDEN / "network-cortex-m4f.bin").read_bytes()
UNSCALED = Normaliser((0.0,) * 3, (1.0,) * 3, (4.0,) * 3)
LABELS = ("up", "down", "to the left")
RED, GREEN, BLUE = 22, 23, 24
ITEMS = ["clock", "restart", "sampling", "sensors", "pins", "analogue", "flash", "engine", "model"]
"""Of the self-test."""
RED_PAD, GREEN_PAD, BLUE_PAD = 24, 16, 6
ACCELERATION = tuple(Channel(name, "g") for name in ("ax", "ay", "az"))


def encode(type_: int, payload: bytes, tag: int) -> bytes:
    return encode_frame(Frame(type_, tag, payload))


def lay_flat(board: Nano33Ble) -> None:
    """On a table: gravity along z, with a part's noise, and a room's air."""
    board.motion.put_words(0x28, (0, 0, 8197))
    board.motion.noise_at = 0x28
    board.field.put_words(0x28, (1000, 0, 3000))
    board.registers(0x5F).put_words(0x28, (500, 250))
    board.registers(0x5C).put(0x28, bytes.fromhex("00543f c409"))
