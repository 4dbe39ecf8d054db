# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated sketch prints what an Arduino would, and obeys one line."""

from __future__ import annotations

import numpy as np
import pytest

from app.core.board import ESP32, VIRTUAL
from app.deploy.simulated_hand import CHANNELS, SimulatedHand
from app.deploy.virtual_sensors import DeviceClock, VirtualSensors
from app.deploy.virtual_sketch import VirtualSketch


class Sketch:
    """A sketch, its clock and what it printed."""

    def __init__(self, board=VIRTUAL) -> None:
        self.wall_s = 0.0
        self.printed = b""
        sensors = VirtualSensors(DeviceClock(1.0, lambda: self.wall_s), SimulatedHand(4))
        self.sketch = VirtualSketch(board, sensors, self._print)
        self.sketch.connected()
        self.boot, self.printed = self.printed, b""

    def _print(self, data: bytes) -> bool:
        self.printed += data
        return True

    def lines(self, seconds: float) -> list[str]:
        """What it prints in the next seconds."""
        self.printed = b""
        self.wall_s += seconds
        self.sketch.tick()
        return self.printed.decode().split("\r\n")[:-1]


def test_it_prints_named_values_a_hundred_times_a_second() -> None:
    lines = Sketch().lines(1.0)
    assert len(lines) == 101
    pairs = [[pair.split(":") for pair in line.split(",")] for line in lines]
    assert all([name for name, _ in line] == [c.name for c in CHANNELS] for line in pairs)
    values = np.array([[float(value) for _, value in line] for line in pairs])
    expected = SimulatedHand(4).samples(101, 100.0)
    np.testing.assert_allclose(values[:, :3], expected[:, :3], atol=0.51e-4)
    np.testing.assert_allclose(values[:, 3:], expected[:, 3:], atol=0.51e-2)


def test_an_esp32_boots_as_one_does() -> None:
    assert b"rst:0x1 (POWERON_RESET)" in Sketch(ESP32).boot
    assert Sketch().boot == b"Motion sensor ready on Simulated board\r\n"


@pytest.mark.parametrize(
    "line", [b"act shake 3 2\n", b"  act shake 3 2\r\n", b"x\nact shake 3 2\n"]
)
def test_it_obeys_a_line_however_it_is_cut(line: bytes) -> None:
    sketch = Sketch()
    for byte in line:
        sketch.sketch.receive(bytes([byte]))
    hand = SimulatedHand(4)
    hand.act("shake", 3, 2)
    az = [float(text.split(",")[2].removeprefix("az:")) for text in sketch.lines(2.0)]
    np.testing.assert_allclose(az, hand.samples(201, 100.0)[:, 2], atol=0.51e-4)


@pytest.mark.parametrize("line", ["act fly", "act circle one", "act circle -1"])
def test_it_says_what_it_cannot(line: str) -> None:
    sketch = Sketch()
    sketch.sketch.receive(line.encode() + b"\n")
    assert sketch.printed.startswith(b"act: ")
    assert sketch.printed.endswith(b"\r\n")


@pytest.mark.parametrize("data", [b"hello\n", b"\n\r\n", b"act\n", b"x" * 10_000, b"\0\x01\0"])
def test_all_else_is_nothing_to_it(data: bytes) -> None:
    sketch = Sketch()
    sketch.sketch.receive(data)
    assert sketch.printed == b""


def test_it_is_silent_while_nobody_listens() -> None:
    sketch = Sketch()
    sketch.sketch.disconnected()
    assert sketch.lines(1.0) == []
    assert sketch.sketch.tick() is None
