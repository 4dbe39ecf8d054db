# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated board on a bench, and what the golden program answers."""

from __future__ import annotations

import json
import time
from types import SimpleNamespace

import numpy as np
import pytest

from tests.helpers.simulated import GOLDEN, Bench


@pytest.fixture
def bench():
    """A board that has been identified: from then on it sends its longest frames."""
    with Bench() as made:
        made.client.identify()
        yield made


@pytest.fixture(scope="module")
def vectors():
    """Windows ``(n, 16, 3)`` and the int8 outputs ``(n, 3)`` that the golden program gives."""
    entries = json.loads((GOLDEN / "network.json").read_text())
    bits = np.array([[int(word, 16) for word in entry["window"]] for entry in entries], np.uint32)
    outputs = np.array([entry["output"] for entry in entries], np.int8)
    return bits.view(np.float32).reshape(-1, 16, 3), outputs


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """esptool without the pauses that it makes for real chips' sake; ports are read for five
    milliseconds at a time, not for a hundred."""
    clock = SimpleNamespace(time=time.time, sleep=lambda _seconds: None)
    monkeypatch.setattr("esptool.loader.time", clock)
    monkeypatch.setattr("esp_pylib.serial_reset.time", clock)
    monkeypatch.setattr("app.capture.port.POLL_S", 0.005)
