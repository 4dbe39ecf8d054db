# SPDX-License-Identifier: GPL-3.0-or-later
"""Every part that either revision carries is found, set up and measured, by its registers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from app.capture.client import SampleBlock
from tests.firmware.nrf52840.nano33ble import IMAGE, Nano33Ble
from tests.firmware.nrf52840.parts import Bmi270, Hs3003, sense, sense_rev2

MOTION = [(name, "g") for name in ("ax", "ay", "az")] + [
    (name, "deg/s") for name in ("gx", "gy", "gz")
]
FIELD = [(name, "uT") for name in ("mx", "my", "mz")]
AROUND = [
    ("humidity", "%"), ("temperature", "C"), ("pressure", "hPa"),
    ("light", ""), ("red", ""), ("green", ""), ("blue", ""), ("proximity", ""),
]  # fmt: skip
RATE_HZ = 50.0


def feel_the_same_air(board: Nano33Ble) -> None:
    """1013.25 hPa and light; what both revisions measure by the same parts."""
    board.registers(0x5C).put(0x28, bytes.fromhex("00543f c409"))
    board.registers(0x39).put(0x94, bytes.fromhex("0410 0100 0200 0300 c8"))


def first_revision(board: Nano33Ble) -> list[float]:
    """What is measured from now on."""
    board.registers(0x6B).put_words(0x28, (8192, -8192, 100))
    board.registers(0x6B).put_words(0x18, (1000, -1000, 1))
    board.registers(0x1E).put_words(0x28, (1000, -2000, 3000))
    board.registers(0x5F).put_words(0x28, (500, 250))
    feel_the_same_air(board)
    motion = [0.999424, -0.999424, 0.0122, 70.0, -70.0, 0.07]
    return [*motion, 14.0, -28.0, 42.0, 50.0, 25.0, 1013.25, 4100, 1, 2, 3, 200]


def second_revision(board: Nano33Ble) -> list[float]:
    board.registers(0x68).put_words(0x0C, (8192, -4096, 2048, 16384, 8192, -16384))
    board.registers(0x10).put(0x42, bytes.fromhex("8000 80ff c800 a00f"))
    hygrometer = board.parts[0x44]
    assert isinstance(hygrometer, Hs3003)
    hygrometer.sample = bytes((0x1F, 0xFF, 0x66, 0x00))
    feel_the_same_air(board)
    turned = [0.5, -1.0, 0.25, -500.0, -1000.0, -1000.0]  # x and y change places and signs
    return [*turned, 5.0, -5.0, 102.4, 50.0, 25.74, 1013.25, 4100, 1, 2, 3, 200]


@pytest.mark.parametrize(
    ("parts", "expose"),
    [(sense, first_revision), (sense_rev2, second_revision)],
    ids=["sense", "sense-rev2"],
)
def test_all_that_a_board_carries_is_streamed(parts, expose: Callable[[Nano33Ble], list[float]]):
    board = Nano33Ble(parts=parts)
    client = board.connect()
    listed = client.sensors()
    assert [(c.name, c.unit) for c in listed] == MOTION + FIELD + AROUND
    expected = expose(board)
    blocks: list[SampleBlock] = []
    assert client.start_stream(RATE_HZ, list(range(len(listed))), blocks.append) == RATE_HZ
    board.run_ms(200)
    client.stop_stream()
    assert sum(block.lost for block in blocks) == 0
    last = blocks[-1].samples[-1]
    assert np.allclose(last, expected, rtol=1e-4, atol=0.01), dict(
        zip([c.name for c in listed], last, strict=True)
    )


def test_rev2s_motion_sensor_gets_its_makers_configuration():
    board = Nano33Ble(parts=sense_rev2)
    client = board.connect()
    motion = board.parts[0x68]
    assert isinstance(motion, Bmi270)
    assert motion.loaded() == b"", "looking for parts sets none up"
    client.start_stream(RATE_HZ, [0], lambda _: None)
    assert len(motion.loaded()) == motion.CONFIGURATION_BYTES
    assert motion.loaded() in IMAGE
    client.start_stream(RATE_HZ, [3], lambda _: None)
    assert [number for number, _ in motion.written].count(motion.INIT_CTRL) == 2, "once is enough"


def test_a_part_that_fails_leaves_the_others(board):
    client = board.connect()
    feel_the_same_air(board)
    names = [channel.name for channel in client.sensors()]
    blocks: list[SampleBlock] = []
    client.start_stream(RATE_HZ, [names.index("pressure"), names.index("light")], blocks.append)
    board.run_ms(100)
    del board.parts[0x5C]
    feel = board.registers(0x39)
    feel.put(0x94, bytes.fromhex("0500"))
    board.run_until(lambda: bool(board.log), 500, "it tells")
    board.run_ms(100)
    assert board.log[0].startswith("The LPS22HB does not answer")
    assert np.allclose(blocks[-1].samples[-1], (1013.25, 5.0)), "the last value, and a new one"


def test_a_board_without_its_parts_still_answers():
    board = Nano33Ble(parts=lambda _chip: {})
    assert board.connect().sensors() == ()
