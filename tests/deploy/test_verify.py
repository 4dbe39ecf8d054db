# SPDX-License-Identifier: GPL-3.0-or-later
"""The truth test against boards that agree, differ, refuse and die."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.capture.client import BoardClient, WindowResult
from app.capture.messages import ProgramInfo, Status
from app.core.errors import (
    BoardError,
    ModelError,
    PortError,
    PortProblem,
    ProtocolError,
    TinywrightError,
    VerificationError,
)
from app.core.text import text
from app.core.training import Task
from app.deploy.engine import Engine
from app.deploy.program import BoardProgram
from app.deploy.program_file import program_crc
from app.deploy.verify import WindowRunner, choose_windows, verify
from tests.helpers.simulated import Bench

FILE = (Path(__file__).parents[1] / "data" / "program" / "network-generic.bin").read_bytes()
LOST = PortError(PortProblem.LOST, "pty", text("The board is gone."))
REFUSED = BoardError(Status.CHANNEL_MISMATCH, text("Channel p is missing."))


@dataclass
class Board:
    """Runs the program as a board would; ``fails[n]`` happens at the n-th window, ``lies[n]``
    changes its first byte. Takes 100 µs for the first window, one more for each that follows."""

    fails: dict[int, TinywrightError] = field(default_factory=dict)
    lies: dict[int, int] = field(default_factory=dict)
    crc: int = program_crc(FILE)
    engine: Engine = field(default_factory=lambda: Engine(BoardProgram.parse(FILE)))
    asked: list[tuple] = field(default_factory=list)

    def program_info(self) -> ProgramInfo:
        return ProgramInfo(self.crc, 16, 62_500, 3, 3, 96)

    def run_window(self, samples, channels, rate_hz) -> WindowResult:
        place = len(self.asked)
        self.asked.append((channels, rate_hz))
        if place in self.fails:
            raise self.fails[place]
        output = self.engine.run(samples)
        output[0] ^= self.lies.get(place, 0)
        return WindowResult(output, int(output.argmax()), 100 + place)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(BoardProgram.parse(FILE))


@pytest.fixture(scope="module")
def windows() -> np.ndarray:
    rng = np.random.default_rng(1)
    return rng.normal((0, 20, 101_000), (1, 6, 1500), (30, 16, 3)).astype(np.float32)


@pytest.fixture(scope="module")
def targets(engine, windows) -> np.ndarray:
    """What the network answers, but for the first three windows, which it gets wrong."""
    answers = engine.program.output.decide(engine.run_all(windows))
    answers[:3] = (answers[:3] + 1) % 3
    return answers


def test_a_board_client_is_a_window_runner():
    def takes(runner: WindowRunner) -> None: ...

    takes(BoardClient.__new__(BoardClient))


def test_a_board_that_agrees(engine, windows, targets):
    board = Board()
    told = []
    report = verify(board, engine, windows, targets, lambda done, total: told.append((done, total)))
    assert (report.windows, report.total, report.cancelled) == (30, 30, False)
    assert report.agreement == 1.0
    assert report.first_mismatch is None
    np.testing.assert_array_equal(report.board, engine.run_all(windows))
    np.testing.assert_array_equal(report.pc, report.board)
    assert report.board_accuracy == report.pc_accuracy == pytest.approx(0.9)
    assert report.micros_median == pytest.approx(114.5)
    assert report.micros_p95 == pytest.approx(127.55)
    assert told == [(n + 1, 30) for n in range(30)]
    assert board.asked == [(engine.program.input.channels, 62.5)] * 30


def test_the_simulated_board_gives_the_same_bytes_through_the_protocol(engine, windows, targets):
    wild = windows.copy()
    wild[0, :3] = [[np.nan, np.inf, -np.inf], [3e38, -3e38, 1e-45], [-0.0, 1e9, -1e9]]
    with Bench() as bench:
        bench.client.identify()
        with pytest.raises(BoardError) as caught:
            verify(bench.client, engine, wild, targets)
        assert caught.value.status == Status.NO_PROGRAM
        bench.client.send_program(FILE)
        report = verify(bench.client, engine, wild, targets)
    assert (report.windows, report.agreement) == (30, 1.0)
    assert report.board_accuracy == report.pc_accuracy
    assert report.micros_median > 0


def test_scores_of_each_class_add_up(engine, windows, targets):
    report = verify(Board(lies={5: 1}), engine, windows, targets)
    assert sum(score.windows for score in report.per_class) == 30
    assert {score.label for score in report.per_class} <= set(engine.program.output.labels)
    for name, whole in (("agreement", report.agreement), ("board_accuracy", report.board_accuracy)):
        parts = sum(getattr(score, name) * score.windows for score in report.per_class)
        assert parts / 30 == pytest.approx(whole)


def test_one_changed_bit_is_found_and_shown(engine, windows, targets):
    report = verify(Board(lies={7: 1, 9: 2}), engine, windows, targets)
    assert report.agreement == pytest.approx(28 / 30)
    mismatch = report.first_mismatch
    assert mismatch is not None
    assert mismatch.window == 7
    np.testing.assert_array_equal(mismatch.pc, engine.run(windows[7]))
    assert (mismatch.board ^ mismatch.pc).tolist() == [1, 0, 0]


@pytest.mark.parametrize("error", [LOST, REFUSED, ProtocolError(text("Nonsense."))])
def test_a_board_that_dies_half_way_says_how_far_it_came(engine, windows, targets, error):
    with pytest.raises(VerificationError, match="after 4 of 30 windows") as caught:
        verify(Board(fails={4: error}), engine, windows, targets)
    assert (caught.value.done, caught.value.total) == (4, 30)
    assert caught.value.__cause__ is error
    assert str(error.what) in str(caught.value)


@pytest.mark.parametrize("error", [LOST, REFUSED])
def test_a_refusal_of_the_first_window_stands_as_it_is(engine, windows, targets, error):
    with pytest.raises(type(error)) as caught:
        verify(Board(fails={0: error}), engine, windows, targets)
    assert caught.value is error


def test_an_answer_of_another_length_breaks_the_protocol(engine, windows, targets):
    board = Board()
    answer = board.run_window
    board.run_window = lambda *window: dataclasses.replace(
        answer(*window), output=np.zeros(2, np.int8)
    )
    with pytest.raises(ProtocolError, match="2 numbers for a window"):
        verify(board, engine, windows, targets)


def test_another_program_is_not_checked(engine, windows, targets):
    board = Board(crc=1)
    with pytest.raises(ModelError, match="another network"):
        verify(board, engine, windows, targets)
    assert not board.asked


def test_cancelling_keeps_what_was_done(engine, windows, targets):
    board = Board()
    report = verify(board, engine, windows, targets, cancelled=lambda: len(board.asked) == 6)
    assert (report.windows, report.total, report.cancelled) == (6, 30, True)
    assert report.agreement == 1.0
    nothing = verify(Board(), engine, windows, targets, cancelled=lambda: True)
    assert nothing.cancelled
    assert nothing.board.shape == (0, 3)
    assert np.isnan(nothing.agreement)
    assert nothing.board_accuracy is None


def test_regression_reports_an_error_in_place_of_accuracy(windows):
    program = BoardProgram.parse(FILE)
    output = dataclasses.replace(program.output, task=Task.REGRESSION, labels=())
    engine = Engine(dataclasses.replace(program, output=output))
    board = Board(crc=program_crc(engine.program.to_bytes()))
    answers = output.real(engine.run_all(windows))[:, 0]
    report = verify(board, engine, windows, answers + 0.25)
    assert report.board_mae == pytest.approx(0.25)
    assert report.board_accuracy is None
    assert report.per_class == ()


def test_nothing_to_verify_is_a_mistake(engine, windows):
    with pytest.raises(ValueError, match="cannot be verified"):
        verify(Board(), engine, windows[:0], np.empty(0, np.int64))


@given(st.lists(st.integers(0, 4), max_size=60), st.integers(0, 60))
@settings(max_examples=100)
def test_chosen_windows_are_even_over_the_classes(classes, limit):
    labels = np.array(classes, np.int64)
    chosen = choose_windows(labels, limit)
    assert len(chosen) == min(limit, len(labels))
    assert (np.diff(chosen) > 0).all()
    taken = np.bincount(labels[chosen], minlength=5)
    there = np.bincount(labels, minlength=5)
    for place in range(5):
        # A class with fewer than another is one that has no more to give.
        assert taken[place] == there[place] or taken[place] >= taken.max() - 1


def test_chosen_windows_of_a_class_are_spread_out():
    assert choose_windows(np.zeros(100, np.int64), 4).tolist() == [12, 37, 62, 87]
