# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the Nano 33 BLE's firmware say the same way."""

from __future__ import annotations

from app.capture.frames import Frame, encode_frame
from app.core.preprocessing import Normaliser
from app.core.recording import Channel
from tests.helpers.simulated import GOLDEN

SERIAL = "0123456789ABCDEF"
PROGRAM = (GOLDEN / "network-cortex-m4f.bin").read_bytes()
UNSCALED = Normaliser((0.0,) * 3, (1.0,) * 3, (4.0,) * 3)
LABELS = ("up", "down", "to the left")
RED, GREEN, BLUE = 22, 23, 24
MEASURED_MS = 60
ITEMS = ["clock", "restart", "sampling", "sensors", "pins", "analogue", "flash", "engine", "model"]
"""Of the self-test."""
RED_PAD, GREEN_PAD, BLUE_PAD = 24, 16, 6
ACCELERATION = tuple(Channel(name, "g") for name in ("ax", "ay", "az"))


def encode(type_: int, payload: bytes, tag: int) -> bytes:
    return encode_frame(Frame(type_, tag, payload))
