# SPDX-License-Identifier: GPL-3.0-or-later
"""The ESP32's firmware as the studio carries it, on Espressif's emulator: the real ROM boots it,
and the studio's own client talks with it. Skipped where no emulator is named."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from app.capture.client import RunResult, SampleBlock
from app.capture.messages import RunFormat, Status
from app.core.board_settings import Action, ActionKind, BoardSettings
from app.core.errors import BoardError
from app.core.recording import Channel
from app.deploy import selftest
from app.deploy.esp32_loader import IMAGE_OFFSET, install
from app.deploy.images import read_image, read_manifest
from app.deploy.program import BoardProgram
from app.deploy.selftest_report import report_lines
from tests.helpers.esp32_emulator import (
    FLASH_BYTES,
    Board,
    emulated,
    emulator_command,
    flash_with,
    listens,
    running,
)
from tests.helpers.golden_programs import (
    BENCH_MODELS,
    bench_program,
    bench_vectors,
    golden_program,
    golden_vectors,
)
from tests.helpers.golden_programs import NAMES as GOLDEN_NAMES
from tests.helpers.ports import wait_until

TOUCH_PINS = (2, 4, 12, 13, 14, 15)
RATE_HZ = 100.0
STREAMED_S = 4.0
ANSWER_LIMIT_S = 0.05
TRIES = 3
"""Of what a busy computer can keep the emulator from doing in time; the best counts."""

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module", autouse=True)
def _emulator():
    emulator_command()


@pytest.fixture
def flash(tmp_path) -> Path:
    path = tmp_path / "flash.bin"
    path.write_bytes(flash_with(read_image("esp32.bin")))
    return path


@pytest.fixture
def board(flash) -> Iterator[Board]:
    with running(flash) as board:
        yield board


def real_windows(program: BoardProgram, inputs: np.ndarray) -> np.ndarray:
    """Windows whose int8 input is ``inputs``."""
    source = program.input
    real = (inputs.astype(np.float32) - source.zero_point) * np.float32(source.scale)
    return real.reshape(len(inputs), source.window, len(source.channels))


def answers(board: Board, program: BoardProgram, windows: np.ndarray) -> np.ndarray:
    channels = program.input.channels
    rate_hz = program.input.rate_hz
    return np.array([board.client.run_window(w, channels, rate_hz).output for w in windows])


def refusal(ask: Callable[[], object]) -> Status:
    with pytest.raises(BoardError) as error:
        ask()
    return error.value.status


# ---- flashing and booting


@pytest.mark.timeout(600)
def test_esptool_writes_the_image_over_tcp_and_it_boots(flash):
    image = read_image("esp32.bin")
    flash.write_bytes(b"\xff" * FLASH_BYTES)
    with emulated(flash, download=True) as emulator:
        wait_until(lambda: listens(emulator.url))
        assert install(emulator.url, image, False, lambda _: None, lambda: False)
    assert flash.read_bytes()[IMAGE_OFFSET:].startswith(image)
    with running(flash) as board:
        assert board.identity.board == "esp32"


def test_the_board_says_who_it_is(board):
    manifest = read_manifest()
    assert board.identity.board == "esp32"
    assert board.identity.firmware == manifest.version
    assert len(board.identity.build) == 8
    assert board.identity.program_crc == 0
    assert len(board.identity.serial) == 12


def test_a_clock_that_does_not_prove_itself_is_not_used(board):
    """The emulator's PLL makes nothing faster, as a chip's whose PLL does not lock. Its ROM takes
    the crystal for one of 26 MHz, of which the measurement knows better."""
    assert board.identity.clock_hz == 40_000_000
    clock = next(answer for answer in board.client.selftest() if answer.name == "clock")
    assert clock.passed == 0
    assert "at 40 MHz, crystal 40 MHz" in clock.text


EMULATED = {"link", "calibration", "sampling", "sensors", "flash", "engine", "model"}
"""What passes here; the emulator knows no PLL, no converter, and no levels of pins."""


def test_the_studio_checks_it(board):
    """A busy computer lets the emulator lose bytes of the link: the best of some checks counts."""
    own = {str(selftest.OWN_ITEMS[name]) for name in EMULATED}
    for _ in range(TRIES):
        report = selftest.selftest(board.client)
        checks = {str(check.name): check for check in report.checks}
        passed = {name for name, check in checks.items() if check.passed}
        if passed >= own | {"Link", "Speed"}:
            break
    assert passed >= own | {"Link", "Speed"}, report_lines(report)
    assert "erased again" in str(checks["Flash"].found)
    assert "on 8 windows" in str(checks["Engine"].found)
    assert "Held low: 4 13 14 18 19 23 25 26 27 32 33." in str(checks["Pins"].found)


# ---- the board program


@pytest.mark.parametrize("name", GOLDEN_NAMES)
def test_golden_windows_give_their_bytes(board, name):
    program, vectors = golden_program(name, "esp32"), golden_vectors(name)
    info = board.client.send_program(program.to_bytes())
    assert info is not None
    assert info.window == program.input.window
    np.testing.assert_array_equal(answers(board, program, vectors.windows), vectors.outputs)


@pytest.mark.parametrize("name", BENCH_MODELS)
def test_bench_models_give_the_reference_bytes(board, name):
    program = bench_program(name, "esp32")
    inputs, outputs = bench_vectors(name)
    board.client.send_program(program.to_bytes())
    chosen = slice(0, 50, 5)
    given = answers(board, program, real_windows(program, inputs[chosen]))
    np.testing.assert_array_equal(given, outputs[chosen])


def test_a_program_outlasts_a_restart(flash):
    program, vectors = golden_program("network", "esp32"), golden_vectors("network")
    with running(flash) as board:
        board.client.send_program(program.to_bytes())
    with running(flash) as board:
        assert board.identity.program_crc == int.from_bytes(program.to_bytes()[-4:], "little")
        given = answers(board, program, vectors.windows[:3])
    np.testing.assert_array_equal(given, vectors.outputs[:3])


@pytest.mark.parametrize("place", [0, 9, 40, 200, -2])
def test_a_damaged_program_is_no_program(flash, place):
    stored = bytearray(golden_program("network", "esp32").to_bytes())
    stored[place] ^= 0x10
    flash.write_bytes(flash_with(read_image("esp32.bin"), bytes(stored)))
    with running(flash) as board:
        client = board.client
        assert board.identity.program_crc == 0
        assert refusal(client.program_info) == Status.NO_PROGRAM
        assert refusal(lambda: client.start_run(1)) == Status.NO_PROGRAM
        assert client.sensors() == ()
        assert client.send_program(golden_program("gate", "esp32").to_bytes()) is not None


def test_a_program_in_pieces_that_broke_off_is_no_program(flash):
    program = bench_program("M3", "esp32").to_bytes()
    with running(flash) as board:
        board.client.send_program(program)
        assert board.client.send_program(program, cancelled=lambda: True) is None
    with running(flash) as board:
        assert board.identity.program_crc == 0
        assert board.client.send_program(program) is not None


# ---- settings, streams and runs


def test_settings_outlast_a_restart_and_a_new_program(flash):
    wanted = BoardSettings(
        analogue_pins=(32, 39),
        touch_pins=(4,),
        actions=(Action(1, ActionKind.PULSE, pin=5, value=200),),
    )
    with running(flash) as board:
        board.client.write_settings(wanted)
        board.client.send_program(golden_program("gate", "esp32").to_bytes())
    with running(flash) as board:
        kept = board.client.settings()
        names = [channel.name for channel in board.client.sensors()]
    assert kept.to_bytes() == wanted.to_bytes()
    assert names == ["adc32", "adc39", "touch4"]


@pytest.mark.parametrize("pin", [6, 11, 1, 3, 34, 39, 20, 40])
def test_pins_that_must_not_be_driven_are_refused(board, pin):
    wanted = BoardSettings(actions=(Action(0, ActionKind.SET, pin=pin),))
    assert refusal(lambda: board.client.write_settings(wanted)) == Status.BAD_PAYLOAD


def test_analogue_pins_stream_at_a_steady_rate(board):
    board.client.write_settings(BoardSettings(analogue_pins=(32, 33, 34, 35)))
    blocks: list[SampleBlock] = []
    assert board.client.start_stream(RATE_HZ, (0, 1, 2, 3), blocks.append) == RATE_HZ
    wait_until(lambda: sum(len(block.samples) for block in blocks) >= 100)
    board.client.stop_stream()
    assert all(block.samples.shape[1] == 4 for block in blocks)
    first, last = blocks[0], blocks[-1]
    passed_us = last.time_us - first.time_us
    assert passed_us == pytest.approx((last.sequence - first.sequence) * 1e6 / RATE_HZ, rel=0.1)


def test_no_stream_is_promised_that_the_link_cannot_carry(board):
    """115,200 baud are 11,520 bytes a second, answers among them."""
    board.client.write_settings(BoardSettings(touch_pins=TOUCH_PINS))
    blocks: list[SampleBlock] = []
    assert board.client.start_stream(1000.0, (0,), blocks.append) == 1000.0
    rate_hz = board.client.start_stream(1000.0, range(len(TOUCH_PINS)), blocks.append)
    board.client.stop_stream()
    assert 0.6 * 11520 < rate_hz * 4 * len(TOUCH_PINS) < 0.8 * 11520


def test_a_fast_link_carries_six_channels_at_their_full_rate(board):
    """The emulator has no bit times: what is shown is that both sides agree on the speed."""
    board.client.write_settings(BoardSettings(touch_pins=TOUCH_PINS))
    board.client.connect()
    blocks: list[SampleBlock] = []
    assert board.client.start_stream(1000.0, range(len(TOUCH_PINS)), blocks.append) == 1000.0
    wait_until(lambda: sum(len(block.samples) for block in blocks) >= 500)
    board.client.stop_stream()
    board.client.lower_speed()
    assert board.client.start_stream(1000.0, range(len(TOUCH_PINS)), lambda _: None) < 400.0


@dataclass
class Streamed:
    """What came while a model ran. Times in seconds; ``slowest`` is that of an answer."""

    samples: int = 0
    lost_samples: int = 0
    lost_windows: int = 0
    slowest: float = 0.0
    kept_waiting: float = 0.0

    def take(self, block: SampleBlock) -> None:
        self.samples += len(block.samples)
        self.lost_samples += block.lost

    def take_result(self, result: RunResult) -> None:
        self.lost_windows += result.lost


def stream_beside_a_run(board: Board, channels: int, rate_hz: float) -> Streamed:
    """Stream and run for a while, asking all the time."""
    streamed = Streamed()
    waited = board.emulator.kept_waiting_s()
    board.client.start_stream(rate_hz, range(channels), streamed.take)
    board.client.start_run(round(rate_hz / 10), streamed.take_result)
    until = time.monotonic() + STREAMED_S
    while time.monotonic() < until:
        asked = time.monotonic()
        board.client.identify()
        streamed.slowest = max(streamed.slowest, time.monotonic() - asked)
        threading.Event().wait(0.02)
    board.client.stop_run()
    board.client.stop_stream()
    streamed.kept_waiting = board.emulator.kept_waiting_s() - waited
    return streamed


def test_nothing_is_lost_while_a_model_runs(board):
    """M3, ten windows a second, beside the fastest stream of its six channels. A computer that does
    not let the emulator run takes samples away that a chip would not lose: so many are allowed."""
    board.client.write_settings(BoardSettings(touch_pins=TOUCH_PINS))
    channels = tuple(Channel(f"touch{pin}") for pin in TOUCH_PINS)
    rate_hz = board.client.start_stream(1000.0, range(len(channels)), lambda _: None)
    board.client.stop_stream()
    board.client.send_program(bench_program("M3", "esp32", channels, rate_hz).to_bytes())
    tries = [stream_beside_a_run(board, len(channels), rate_hz) for _ in range(TRIES)]
    best = min(tries, key=lambda streamed: (streamed.lost_samples, streamed.slowest))
    assert best.samples + best.lost_samples >= 0.9 * STREAMED_S * rate_hz
    assert best.lost_samples <= best.kept_waiting * rate_hz, best
    assert best.lost_windows == 0, best
    assert min(streamed.slowest for streamed in tries) < ANSWER_LIMIT_S
    assert all(answer.passed for answer in board.client.selftest() if answer.name == "link")


def test_a_run_answers_as_a_sent_window_does(board):
    """Untouched pins read as zero here: every window is the same."""
    board.client.write_settings(BoardSettings(touch_pins=TOUCH_PINS))
    channels = tuple(Channel(f"touch{pin}") for pin in TOUCH_PINS)
    program = bench_program("M3", "esp32", channels, RATE_HZ)
    board.client.send_program(program.to_bytes())
    still = np.zeros((program.input.window, len(channels)), np.float32)
    expected = board.client.run_window(still, channels, RATE_HZ)
    results: list[RunResult] = []
    assert board.client.start_run(20, results.append) == RATE_HZ
    wait_until(lambda: len(results) >= 3)
    board.client.stop_run()
    assert {result.top for result in results} == {expected.top}
    for result in results:
        np.testing.assert_array_equal(result.output, expected.output)


def test_results_come_as_text_lines_when_asked(board):
    board.client.write_settings(BoardSettings(touch_pins=TOUCH_PINS))
    channels = tuple(Channel(f"touch{pin}") for pin in TOUCH_PINS)
    program = bench_program("M3", "esp32", channels, RATE_HZ)
    board.client.send_program(program.to_bytes())
    still = np.zeros((program.input.window, len(channels)), np.float32)
    output = board.client.run_window(still, channels, RATE_HZ).output
    del board.printed[:]
    board.client.start_run(20, run_format=RunFormat.TEXT)
    wait_until(lambda: board.printed.count(b"\r\n") >= 2)
    board.client.stop_run()
    line = bytes(board.printed).split(b"\r\n")[0].decode()
    printed = dict(pair.split(":") for pair in line.split(","))
    source = program.output
    real = (output.astype(float) - source.zero_point) * source.scale
    assert list(printed) == [label.replace(" ", "_") for label in source.labels]
    assert [float(value) for value in printed.values()] == pytest.approx(real, abs=1e-4)


def test_it_runs_by_itself_from_power_up(flash):
    channels = tuple(Channel(f"touch{pin}") for pin in TOUCH_PINS)
    alone = BoardSettings(touch_pins=TOUCH_PINS, runs_by_itself=True, prints_answers=True)
    with running(flash) as board:
        board.client.write_settings(alone)
        board.client.send_program(bench_program("M3", "esp32", channels, RATE_HZ).to_bytes())
    with running(flash) as board:
        wait_until(lambda: board.printed.count(b"class_0:") >= 3)
        assert board.client.settings() == alone
        assert board.client.start_stream(2 * RATE_HZ, (0,), lambda _: None) == 2 * RATE_HZ
        printed = bytes(board.printed)
        assert board.client.program_info().channels == len(channels)
        assert bytes(board.printed) == printed
