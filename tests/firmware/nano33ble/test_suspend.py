# SPDX-License-Identifier: GPL-3.0-or-later
"""While the computer sleeps the board sleeps too, and goes on where it was."""

from __future__ import annotations

import numpy as np
import pytest

from app.capture.client import BoardClient, RunResult, SampleBlock
from app.core.board_settings import Action, ActionKind, BoardSettings
from app.core.training import Task
from app.deploy.compiler.targets import TARGETS
from app.deploy.program import compile_program
from tests.firmware.nano33ble.common import (
    ACCELERATION,
    BLUE_PAD,
    GREEN,
    GREEN_PAD,
    ITEMS,
    LABELS,
    PROGRAM,
    RED_PAD,
    SERIAL,
    UNSCALED,
    encode,
)
from tests.firmware.nrf52840.nano33ble import SENSOR_POWER_PAD, Nano33Ble
from tests.firmware.nrf52840.parts import sense_rev2
from tests.helpers.simulated import NETWORK

PULL_UPS_PAD, POWER_LED_PAD, SDA_PAD, SCL_PAD = 32, 41, 14, 15
LEDS = (RED_PAD, GREEN_PAD, BLUE_PAD)
ASLEEP_MS = 10
"""From a quiet bus to a board that sleeps: USB wants it by then."""
SELFTEST, FLASH_ITEM = 0x60, ITEMS.index("flash")


def sleeps(board: Nano33Ble) -> bool:
    """Whether nothing is left that draws more than a milliampere."""
    chip = board.chip
    return (
        chip.asleep
        and chip.usbd.low_power
        and not chip.power.crystal_runs
        and chip.twim.values[0x500] == 0
        and not any(chip.gpio.is_open_drain(pad) for pad in (SDA_PAD, SCL_PAD))
        and [chip.gpio.level(pad) for pad in (SENSOR_POWER_PAD, PULL_UPS_PAD)] == [0, 0]
        and chip.gpio.level(POWER_LED_PAD) == 0
        and [chip.gpio.level(pad) for pad in LEDS] == [None, None, None]
        and not chip.pwm.duty
    )


def let_sleep(board: Nano33Ble) -> None:
    board.host.suspend()
    board.run_ms(ASLEEP_MS)
    assert sleeps(board)


def is_well(board: Nano33Ble, client: BoardClient) -> bool:
    return board.host.descriptor(1, length=18)[0] == 18 and client.identify().serial == SERIAL


@pytest.mark.parametrize("asleep_ms", [1, 1000])
def test_a_stream_goes_on_after_it(board, asleep_ms):
    client = board.connect()
    blocks: list[SampleBlock] = []
    client.start_stream(100.0, [0, 1, 2], blocks.append)
    board.motion.put_words(0x28, (8192, -8192, 100))
    board.run_ms(100)
    let_sleep(board)
    board.run_ms(asleep_ms)
    asleep_at, had = board.chip.instructions, len(blocks)
    board.run_ms(5)
    assert board.chip.instructions == asleep_at, "the core stands still"
    assert len(blocks) == had
    board.host.resume()
    assert not board.chip.usbd.low_power
    assert board.chip.power.crystal_runs
    assert board.chip.gpio.level(POWER_LED_PAD) == 1
    board.run_ms(400)
    assert np.allclose(blocks[-1].samples[-1], (0.999424, -0.999424, 0.0122)), "set up again"
    assert sum(block.lost for block in blocks) > 0, "what was not measured is told"
    times = np.array([block.time_us for block in blocks])
    sequences = np.array([block.sequence for block in blocks])
    assert (np.diff(times) > 0).all()
    assert np.allclose(np.diff(times), np.diff(sequences) * 10_000, atol=10_000)
    assert board.log == []
    assert is_well(board, client)


def test_rev2s_parts_are_set_up_again_too():
    board = Nano33Ble(parts=sense_rev2)
    client = board.connect()
    names = [channel.name for channel in client.sensors()]
    blocks: list[SampleBlock] = []
    client.start_stream(50.0, [0, names.index("light")], blocks.append)
    for address, first in ((0x68, 0x0E), (0x39, 0x94)):
        board.parts[address].put_words(first, (-8192,) if address == 0x68 else (77,))
    board.run_ms(60)
    let_sleep(board)
    board.host.resume()
    board.run_ms(600)
    assert np.allclose(blocks[-1].samples[-1], (1.0, 77.0))
    assert client.identify().serial == SERIAL


def test_a_model_that_runs_goes_on_after_it(board):
    client = board.connect()
    program = compile_program(
        NETWORK, ACCELERATION, 100.0, 16, UNSCALED, Task.MULTICLASS, LABELS, TARGETS["cortex-m4f"]
    )
    client.send_program(program.to_bytes())
    board.motion.put_words(0x28, (1000, -2000, 8000))
    window = np.tile(np.array((1000, -2000, 8000), np.float32) * np.float32(0.000122), (16, 1))
    wanted = client.run_window(window, ACCELERATION, 100.0)
    assert wanted.top is not None
    lights = Action(wanted.top, ActionKind.PWM, pin=GREEN, value=500, threshold=0, windows=1)
    client.write_settings(BoardSettings(actions=(lights,)))
    results: list[RunResult] = []
    client.start_run(1, results.append)
    board.run_until(lambda: len(results) == 3, 600, "results")
    lit = dict(board.chip.pwm.duty)
    assert lit
    let_sleep(board)
    board.host.resume()
    board.run_ms(400)
    assert results[-1].output.tobytes() == wanted.output.tobytes()
    assert results[-1].sequence > results[2].sequence
    assert board.chip.pwm.duty == lit, "it shows again what it has found"
    assert is_well(board, client)


def test_flash_that_is_being_written_is_written_to_its_end(board):
    client = board.connect()
    client.send_program(PROGRAM)
    answered = len(board.answers)
    board.host.send(encode(SELFTEST, bytes((FLASH_ITEM, 0)), 9))
    board.run_ms(20)
    assert len(board.answers) == answered
    let_sleep(board)
    board.host.resume()
    board.run_until(lambda: len(board.answers) > answered, 500, "the answer")
    assert board.answers[-1].payload[:2] == bytes((FLASH_ITEM, 1))
    assert is_well(board, client)


def test_nothing_that_was_under_way_is_lost(board):
    """Bytes in both directions, as many as fit."""
    board.connect()
    board.host.listens = False
    for tag in range(1, 100):
        board.host.send(encode(0x04, b"", tag))
    board.run_ms(5)
    let_sleep(board)
    board.host.resume()
    board.host.listens = True
    board.run_ms(100)
    assert [frame.tag for frame in board.answers if frame.type == 0x84] == list(range(1, 100))


@pytest.mark.parametrize("slices", [0, 1, 2, 3, 5, 8, 20])
def test_a_host_that_comes_back_at_once_is_not_missed(board, slices):
    client = board.connect()
    board.host.suspend()
    for _ in range(slices):
        board.host.run_slice()
    board.host.resume()
    assert is_well(board, client)


def test_frames_without_a_signal_wake_it_too(board):
    client = board.connect()
    let_sleep(board)
    board.chip.usbd.start_frame()
    board.run_ms(2)
    board.host.resume()
    assert is_well(board, client)


def test_a_reset_wakes_it(board):
    client = board.connect()
    let_sleep(board)
    board.host.enumerate()
    board.host.open_port()
    assert is_well(board, client)


def test_unplugged_it_wakes_and_waits_for_another_computer(board):
    client = board.connect()
    let_sleep(board)
    board.host.unplug()
    board.run_ms(20)
    assert not board.chip.asleep
    assert board.chip.gpio.level(POWER_LED_PAD) == 1, "as at another supply"
    board.host.plug_in()
    board.host.enumerate()
    board.host.open_port()
    assert is_well(board, client)


def test_at_a_charger_it_does_not_sleep(board):
    """Which pulls no line and sends nothing; nobody has configured the board."""
    board.host.plug_in()
    board.host.suspend()
    board.run_ms(50)
    assert not board.chip.asleep
    assert board.chip.gpio.level(SENSOR_POWER_PAD) == 1
    assert board.chip.power.crystal_runs


def test_it_sleeps_as_often_as_the_computer_does(board):
    client = board.connect()
    for _ in range(5):
        let_sleep(board)
        board.host.resume()
        assert is_well(board, client)
