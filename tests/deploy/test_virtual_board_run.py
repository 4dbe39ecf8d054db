# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated board runs a model on its own sensor."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from app.capture.client import BoardClient, RunResult, SampleBlock
from app.capture.messages import (
    ProgramInfo,
    RunFormat,
    Status,
)
from app.core.recording import Channel, Samples
from app.deploy.engine import Engine
from app.deploy.program import BoardProgram
from app.deploy.simulated_hand import CHANNELS
from app.deploy.virtual_model import Answer, Refused
from tests.helpers.simulated import Bench, motion_program
from tests.helpers.virtual_board import PROGRAM, refused


def test_it_runs_on_its_own_sensor_with_the_engines_bytes(bench: Bench) -> None:
    program = motion_program()
    bench.client.send_program(program)
    results: list[RunResult] = []
    blocks: list[SampleBlock] = []
    assert bench.client.start_run(10, results.append) == 100.0
    bench.client.start_stream(100.0, [0, 1, 2], blocks.append)
    bench.pass_time(1.0, steps=50)
    samples = np.concatenate([block.samples for block in blocks])
    engine = Engine(BoardProgram.parse(program))
    starts = range(0, len(samples) - 15, 10)
    assert [result.sequence for result in results] == [*range(len(starts))]
    for start, result in zip(starts, results, strict=True):
        np.testing.assert_array_equal(result.output, engine.run(samples[start : start + 16]))
        assert result.time_us == (start + 15) * 10_000
        assert result.top == int(result.output.argmax())
        assert result.lost == 0
    bench.client.stop_run()
    bench.pass_time(1.0)
    assert len(results) == len(starts)
    assert len(blocks) > 0


def test_it_prints_scores_as_lines_on_request(bench: Bench) -> None:
    bench.client.send_program(motion_program(labels=("up", "down", "to the: left")))
    bench.client.start_run(16, run_format=RunFormat.TEXT)
    bench.pass_time(1.0, steps=50)
    lines = bench.text.decode().splitlines()
    assert len(lines) == 6
    for line in lines:
        names, scores = zip(*(pair.split(":") for pair in line.split(",")), strict=True)
        assert names == ("up", "down", "to_the__left")
        assert sum(map(float, scores)) == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize(
    ("channels", "rate_hz", "status", "named"),
    [
        ((Channel("ax"), Channel("mx"), Channel("az")), 100.0, Status.CHANNEL_MISMATCH, "mx"),
        ((Channel("ax", "m/s²"), *CHANNELS[1:3]), 100.0, Status.UNIT_MISMATCH, "ax is in g"),
        (CHANNELS[:3], 4_000.0, Status.RATE_MISMATCH, "4000 Hz, offered are 1000 Hz"),
    ],
)
def test_a_model_its_sensors_cannot_feed_is_refused_by_name(
    bench: Bench, channels: tuple[Channel, ...], rate_hz: float, status: Status, named: str
) -> None:
    bench.client.send_program(motion_program(channels, rate_hz))
    with refused(status, named):
        bench.client.start_run(16)
    bench.pass_time(1.0)
    bench.client.erase_program()  # it does not run


def test_it_measures_at_one_rate_only(bench: Bench) -> None:
    bench.client.send_program(motion_program())
    bench.client.start_stream(50.0, [0], lambda _: None)
    with refused(Status.BUSY, "50 Hz"):
        bench.client.start_run(16)
    bench.client.stop_stream()
    bench.client.start_run(16)
    with refused(Status.BUSY, "100 Hz"):
        bench.client.start_stream(50.0, [0], lambda _: None)


def test_it_takes_no_program_or_window_while_it_measures(bench: Bench) -> None:
    bench.client.send_program(motion_program())
    bench.client.start_run(16)
    with refused(Status.BUSY):
        bench.client.send_program(PROGRAM)
    with refused(Status.BUSY):
        bench.client.erase_program()
    with refused(Status.BUSY):
        bench.client.run_window(np.zeros((16, 3), np.float32), CHANNELS[:3], 100.0)
    assert bench.client.program_info().window == 16
    bench.client.stop_run()
    bench.client.erase_program()


class Unable:
    """A model that its engine refuses to run."""

    channels = CHANNELS[:1]
    info = ProgramInfo(1, 4, 100_000, 1, 1, 0)

    def answer(self, _: Samples) -> Answer:
        raise Refused(Status.BAD_PROGRAM, "The kernels refuse.")

    def scores(self, _: NDArray[np.int8]) -> tuple[tuple[str, float], ...]:
        raise AssertionError


def test_a_model_that_cannot_be_run_ends_the_run_and_says_so() -> None:
    with Bench(load=lambda _, __: Unable()) as bench:
        said: list[str] = []
        bench.client.close()
        bench.client = BoardClient(bench, on_log=said.append)
        bench.client.send_program(b"1234")
        with refused(Status.BAD_PROGRAM, "kernels"):
            bench.client.run_window(np.zeros((4, 1), np.float32), CHANNELS[:1], 100.0)
        bench.client.start_run(1)
        bench.pass_time(0.1)
        assert said == ["The kernels refuse."]
        bench.client.erase_program()


def test_a_board_that_cannot_keep_up_skips_windows_and_counts_them(bench: Bench) -> None:
    bench.client.send_program(motion_program())
    results: list[RunResult] = []
    bench.client.start_run(1, results.append)
    bench.pass_time(1.0)  # 86 windows at once
    bench.pass_time(0.01)
    assert 0 < len(results) < 87
    assert results[-1].sequence == 86
    assert sum(result.lost for result in results) + len(results) == 87


def test_when_the_host_leaves_all_but_the_program_ends(bench: Bench) -> None:
    blocks: list[SampleBlock] = []
    bench.client.send_program(motion_program())
    bench.client.start_run(16)
    bench.client.start_stream(100.0, [0], blocks.append)
    bench.board.disconnected()
    bench.pass_time(1.0)
    assert blocks == []
    assert bench.client.program_info().window == 16
