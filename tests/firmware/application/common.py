# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the shared firmware say the same way: programs, pins, refusals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.capture.frames import Frame
from app.capture.messages import (
    ERROR_TYPE,
    Refusal,
    Status,
    WindowBegin,
    WindowChannel,
)
from app.core.board_settings import BoardSettings
from app.core.errors import BoardError
from app.core.recording import Channel
from tests.helpers.golden_programs import GOLDEN
from tests.helpers.simulated import motion_program

PROGRAM = (GOLDEN / "network-generic.bin").read_bytes()
THREE_PINS = BoardSettings(analogue_pins=(0, 1, 2))
ON_THE_BUS = BoardSettings(analogue_pins=(0,), i2c_sda=2, i2c_scl=3)
VOLTS = tuple(Channel(f"adc{pin}", "V") for pin in range(3))
OWN_PROGRAM = motion_program(VOLTS)
FLASH_BYTES = 512 * 1024
PAGE_BYTES = 4096


@contextmanager
def refused(status: Status, named: str | None = None) -> Iterator[None]:
    with pytest.raises(BoardError, match=named) as refusal:
        yield
    assert refusal.value.status == status


def refusal_of(frame: Frame) -> Refusal:
    assert frame.type == ERROR_TYPE
    return Refusal.decode(frame.payload)


def window_begin(
    channels: tuple[Channel, ...], rate_mhz: int = 100_000, samples: int = 16
) -> bytes:
    named = tuple(WindowChannel(channel.name, channel.unit) for channel in channels)
    return WindowBegin(rate_mhz, samples, named).encode()
