# SPDX-License-Identifier: GPL-3.0-or-later
"""The image, byte for byte as it is flashed, on an emulated chip that fails a test misusing it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.capture.client import BoardClient
from tests.firmware.nrf52840.nano33ble import Nano33Ble


@pytest.fixture
def bare() -> Nano33Ble:
    """Started, not plugged in."""
    return Nano33Ble()


@pytest.fixture(scope="module")
def shared() -> tuple[Nano33Ble, BoardClient]:
    board = Nano33Ble()
    return board, board.connect()


@pytest.fixture
def plugged(shared) -> Iterator[Nano33Ble]:
    """Enumerated and opened; for tests that leave it so."""
    board, _ = shared
    yield board
    assert board.chip.usbd.attached


@pytest.fixture
def board() -> Nano33Ble:
    return Nano33Ble()
