# SPDX-License-Identifier: GPL-3.0-or-later
"""The studio's own client talks to the board."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from app.capture.client import RunResult, SampleBlock
from app.capture.messages import Flag
from app.core.board import NANO33BLE
from app.core.board_settings import Action, ActionKind, BoardSettings
from app.core.errors import BoardError
from app.core.training import Task
from app.deploy import selftest
from app.deploy.compiler.targets import TARGETS
from app.deploy.engine import Engine
from app.deploy.program import BoardProgram, compile_program
from app.deploy.program_file import program_crc
from tests.firmware.nano33ble.common import (
    ACCELERATION,
    BLUE,
    BLUE_PAD,
    ITEMS,
    LABELS,
    PROGRAM,
    RED,
    RED_PAD,
    SERIAL,
    UNSCALED,
    lay_flat,
)
from tests.firmware.nrf52840.chip import WRITABLE
from tests.firmware.nrf52840.nano33ble import Nano33Ble
from tests.helpers.golden_programs import golden_vectors
from tests.helpers.simulated import NETWORK


def test_it_says_who_it_is(shared):
    board, client = shared
    damaged_by_resets, said = client.damaged, board.text
    identity = client.identify()
    assert (identity.board, identity.serial) == (NANO33BLE.id, SERIAL)
    assert identity.flags == Flag.SETTINGS | Flag.SELFTEST
    assert identity.clock_hz == NANO33BLE.clock_hz
    assert identity.program_capacity == NANO33BLE.program_bytes
    assert identity.arena_capacity >= NANO33BLE.arena_bytes
    assert client.damaged == damaged_by_resets
    assert board.text == said


def test_a_stream_brings_what_the_parts_measure_without_a_gap(shared):
    board, client = shared
    board.motion.put_words(0x28, (8192, -8192, 100))
    board.motion.put_words(0x18, (1000, -1000, 1))
    blocks: list[SampleBlock] = []
    assert client.start_stream(100.0, [0, 1, 2, 3, 4, 5], blocks.append) == 100.0
    assert (0x20, 3 << 5 | 2 << 3) in board.motion.written, "119 Hz, 4 g"
    assert (0x10, 3 << 5 | 3 << 3) in board.motion.written, "119 Hz, 2000 deg/s"
    board.run_ms(300)
    client.stop_stream()
    samples = np.concatenate([block.samples for block in blocks])
    assert len(samples) >= 28
    expected = (0.999424, -0.999424, 0.0122, 70.0, -70.0, 0.07)
    assert np.allclose(samples, expected, rtol=1e-5)
    assert sum(block.lost for block in blocks) == 0
    times = np.array([block.time_us for block in blocks])
    sequences = np.array([block.sequence for block in blocks])
    assert np.allclose(np.diff(times), np.diff(sequences) * 10_000, atol=500)


def test_a_bus_that_hangs_is_told_and_usb_goes_on():
    board = Nano33Ble()
    client = board.connect()
    client.start_stream(50.0, [0], lambda _: None)
    board.run_ms(50)
    board.chip.twim.stuck = True
    board.run_until(lambda: bool(board.log), 500, "it tells")
    assert board.log[0].startswith("The LSM9DS1 does not answer")
    assert board.host.descriptor(1, length=18)
    board.chip.twim.stuck = False
    blocks: list[SampleBlock] = []
    client.start_stream(50.0, [0], blocks.append)
    board.run_until(lambda: len(blocks) > 2, 500, "samples come again")


def test_windows_are_answered_as_on_the_pc(shared):
    board, client = shared
    info = client.send_program(PROGRAM)
    assert info is not None
    assert info.program_crc == program_crc(PROGRAM)
    assert board.chip.load(0x3_2000, len(PROGRAM)) == PROGRAM
    assert client.identify().program_crc == info.program_crc
    source = BoardProgram.parse(PROGRAM).input
    vectors = golden_vectors("network")
    for window, output in zip(vectors.windows[:8], vectors.outputs, strict=False):
        answer = client.run_window(window, source.channels, source.rate_mhz / 1000)
        assert answer.output.tobytes() == output.tobytes()
        assert answer.micros > 0


def test_program_and_settings_outlive_a_power_cut():
    board = Nano33Ble()
    client = board.connect()
    settings = BoardSettings(analogue_pins=(14,))
    client.send_program(PROGRAM)
    client.write_settings(settings)
    assert all(page in WRITABLE for page in board.chip.nvmc.erased)
    again = board.power_cycle()
    client = again.connect()
    assert client.identify().program_crc == program_crc(PROGRAM)
    assert client.settings() == settings


def test_flash_that_is_worn_out_is_told(board):
    client = board.connect()
    board.chip.nvmc.worn_out = True
    client.send_program(PROGRAM)  # over pages that were never written
    with pytest.raises(BoardError):
        client.send_program(PROGRAM[:-8] + b"another!")


def own_program(target: str) -> BoardProgram:
    """Of what the board measures itself."""
    return compile_program(
        NETWORK, ACCELERATION, 100.0, 16, UNSCALED, Task.MULTICLASS, LABELS, TARGETS[target]
    )


def test_it_runs_on_its_own_sensor_and_acts(board):
    client = board.connect()
    client.send_program(own_program("cortex-m4f").to_bytes())
    board.motion.put_words(0x28, (1000, -2000, 8000))
    window = np.tile(np.array((1000, -2000, 8000), np.float32) * np.float32(0.000122), (16, 1))
    wanted = client.run_window(window, ACCELERATION, 100.0)
    assert wanted.top is not None
    on_pc = Engine(own_program("generic")).run(window)
    assert on_pc.tobytes() == wanted.output.tobytes()
    client.write_settings(
        BoardSettings(
            actions=(
                Action(wanted.top, ActionKind.SET, pin=RED, threshold=0, windows=2),
                Action(wanted.top, ActionKind.PWM, pin=BLUE, value=250, threshold=0, windows=1),
                Action(wanted.top, ActionKind.SET, pin=2, threshold=0, windows=1),
                Action(wanted.top, ActionKind.PRINT, text="seen", threshold=0, windows=1),
            )
        )
    )
    results: list[RunResult] = []
    assert client.start_run(8, results.append) == 100.0
    board.run_until(lambda: len(results) == 1, 400, "a result")
    board.run_ms(2)
    assert board.chip.gpio.level(RED_PAD) == 1, "dark after one window"
    assert board.chip.gpio.level(43) == 1, "D2"
    assert board.chip.pwm.duty == {BLUE_PAD: pytest.approx(0.75)}, "lit a quarter of the time"
    assert board.text == b"seen\r\n"
    board.run_until(lambda: len(results) == 3, 400, "more results")
    assert board.chip.gpio.level(RED_PAD) == 0, "lit after two"
    assert [result.output.tobytes() for result in results] == [wanted.output.tobytes()] * 3
    client.stop_run()
    assert [board.chip.gpio.level(pad) for pad in (RED_PAD, BLUE_PAD, 43)] == [1, 1, 0], "all off"
    assert board.chip.pwm.duty == {}


def test_it_runs_by_itself_without_a_computer():
    board = Nano33Ble()
    client = board.connect()
    client.send_program(own_program("cortex-m4f").to_bytes())
    acts = tuple(Action(n, ActionKind.SET, pin=2, threshold=0, windows=2) for n in range(3))
    client.write_settings(BoardSettings(actions=acts, runs_by_itself=True))
    again = board.power_cycle()
    again.run_until(lambda: again.chip.gpio.level(43) == 1, 1000, "an action")
    client = again.connect()
    assert client.settings().actions == acts
    assert again.chip.gpio.level(43) == 1
    client.erase_program()
    assert again.chip.gpio.level(43) == 0


def test_analogue_pins_measure_volts(board):
    client = board.connect()
    client.write_settings(BoardSettings(analogue_pins=(14, 18)))
    board.chip.saadc.volts[2], board.chip.saadc.volts[7] = 1.5, 3.3
    names = [channel.name for channel in client.sensors()]
    places = [names.index("adc14"), names.index("adc18")]
    blocks: list[SampleBlock] = []
    client.start_stream(200.0, places, blocks.append)
    board.run_until(lambda: len(blocks) > 3, 500, "samples")
    assert np.allclose(blocks[-1].samples, (1.5, 3.3), atol=0.001)


def test_pins_it_does_not_have_are_refused(shared):
    _, client = shared
    for settings in (
        BoardSettings(analogue_pins=(3,)),
        BoardSettings(touch_pins=(3,)),
        BoardSettings(actions=(Action(0, ActionKind.SET, pin=30),)),
    ):
        with pytest.raises(BoardError):
            client.write_settings(settings)


FREE_PINS = [*range(13), 14, 15, 16, 17, 20, 21]
D7, D8, A0 = 23, 21, 4


def test_it_tests_itself(board):
    client = board.connect()
    lay_flat(board)
    before = dict(board.chip.gpio.settings)
    items = list(client.selftest())
    assert [item.name for item in items] == ITEMS
    assert [item.text for item in items if not item.passed] == []
    found = {item.name: item.text for item in items}
    assert "50 frames" in found["clock"]
    assert "LSM9DS1 1.00 g" in found["sensors"]
    pins = " ".join(map(str, FREE_PINS))
    assert found["pins"] == f"Pulled, not driven. Pins that follow: {pins}."
    assert found["engine"].startswith("2 networks give the bytes that they must on 8 windows")
    assert found["model"] == "No model is stored."
    after = board.chip.gpio.settings
    analogue = {pad for pad in before if after[pad] != before[pad]}
    assert analogue == set()  # they were at rest before, and are now


def test_what_is_broken_fails_its_own_item(board):
    client = board.connect()
    board.motion.put_words(0x28, (0, 0, 8197))  # without noise: it hangs
    board.chip.gpio.wired = {D7: 1, A0: 0}
    board.chip.saadc.hangs = True
    board.chip.nvmc.worn_out = True
    failed = {item.name: item.text for item in client.selftest(True) if not item.passed}
    assert list(failed) == ["sensors", "pins", "analogue", "flash"]
    assert "always the same" in failed["sensors"]
    assert "Held low: 14. Held high: 7." in failed["pins"]


def test_free_pins_are_driven_where_that_is_allowed(board):
    client = board.connect()
    client.write_settings(BoardSettings(actions=(Action(0, ActionKind.SET, pin=8),)))
    board.chip.gpio.driven.clear()
    (pins,) = [item for item in client.selftest(True) if item.name == "pins"]
    tried = [pin for pin in FREE_PINS if pin != 8]
    assert pins.text == f"Pulled and driven. Pins that follow: {' '.join(map(str, tried))}."
    assert [level for _, level in board.chip.gpio.driven] == [1, 0] * len(tried)
    assert D7 in dict(board.chip.gpio.driven)
    assert D8 not in dict(board.chip.gpio.driven)


def test_the_studio_checks_it(board, monkeypatch):
    """On the chip's time, which is the computer's here: both clocks agree."""
    client = board.connect()
    lay_flat(board)
    clock = SimpleNamespace(
        perf_counter=lambda: board.chip.now_us / 1e6, sleep=lambda s: board.run_ms(1e3 * s)
    )
    monkeypatch.setattr(selftest, "time", clock)
    monkeypatch.setattr(selftest, "STREAM_S", 0.5)
    monkeypatch.setattr(selftest, "ECHOES", 10)
    report = selftest.selftest(client)
    assert [str(check.found) for check in report.checks if not check.passed] == []
    assert len(report.checks) == 4 + len(ITEMS)
    assert abs(report.figures.clock_ppm) < 1000
    assert report.figures.bytes_per_s is not None
    assert report.figures.bytes_per_s > 150_000
