# SPDX-License-Identifier: GPL-3.0-or-later
"""The runner against real worker processes that play-act every way a job can go."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.core.errors import JobError
from app.core.text import NOTHING, text
from app.core.training import StopReason
from app.jobs.messages import (
    Cancelled,
    EpochEnd,
    Event,
    Failed,
    Finished,
    Killed,
    Log,
    Outcome,
    Stage,
    Step,
    TrainRequest,
    TrainResult,
)
from app.jobs.runner import JobRunner
from tests.helpers import fake_worker

LONG_S = 60.0


@contextmanager
def no_thread_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) <= before


@pytest.fixture
def runner() -> Iterator[JobRunner]:
    with no_thread_left(), JobRunner(fake_worker.COMMAND) as runner:
        yield runner


class Watcher:
    """Collects events and lets a test wait for the first."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.begun = threading.Event()

    def __call__(self, event: Event) -> None:
        self.events.append(event)
        self.begun.set()


def play(runner: JobRunner, part: str, watcher: Watcher | None = None) -> Outcome:
    outcome = runner.start(TrainRequest("p", part), watcher or Watcher()).wait(LONG_S)
    assert outcome is not None
    return outcome


def result(part: str) -> TrainResult:
    return TrainResult(part, StopReason.FINISHED, 1, None)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_events_come_in_order_and_the_outcome_last(runner: JobRunner) -> None:
    told: list[object] = []
    ended = threading.Event()

    def on_outcome(outcome: Outcome) -> None:
        told.append(outcome)
        ended.set()

    job = runner.start(TrainRequest("p", "well"), told.append, on_outcome)
    assert ended.wait(LONG_S)
    assert told == [
        Stage(Step.TRAINING, 0.5, 2.0),
        EpochEnd(fake_worker.EPOCH, best=True),
        Finished(result("well")),
    ]
    assert job.outcome == told[-1]
    assert not runner.busy


def test_the_worker_stays_warm_between_jobs(runner: JobRunner) -> None:
    first, second = Watcher(), Watcher()
    play(runner, "pid", first)
    pid = runner.worker_pid
    play(runner, "pid", second)
    assert first.events == second.events == [Log(str(pid))]


def test_warming_up_is_no_job(runner: JobRunner) -> None:
    runner.warm_up()
    pid = runner.worker_pid
    assert pid is not None
    assert not runner.busy
    assert play(runner, "well") == Finished(result("well"))
    assert runner.worker_pid == pid
    assert runner.log == ("warm",)


def test_one_job_at_a_time(runner: JobRunner) -> None:
    watcher = Watcher()
    job = runner.start(TrainRequest("p", "listen"), watcher)
    with pytest.raises(JobError, match="Other work is still running"):
        runner.start(TrainRequest("p", "well"))
    runner.cancel()
    assert job.wait(LONG_S) is not None


def test_the_next_job_may_start_from_the_outcome(runner: JobRunner) -> None:
    outcomes: list[Outcome] = []
    ended = threading.Event()

    def on_second(outcome: Outcome) -> None:
        outcomes.append(outcome)
        ended.set()

    def on_first(outcome: Outcome) -> None:
        outcomes.append(outcome)
        runner.start(TrainRequest("p", "pid"), on_outcome=on_second)

    runner.start(TrainRequest("p", "well"), on_outcome=on_first)
    assert ended.wait(LONG_S)
    assert outcomes == [Finished(result("well")), Finished(result("pid"))]


def test_a_refusal_arrives_with_its_three_sentences(runner: JobRunner) -> None:
    outcome = play(runner, "refuse")
    assert outcome == Failed(
        text("It cannot be."), text("{n} is too many.", n=3), text("Take {n}.", n=2)
    )
    assert str(outcome.error()) == "It cannot be. 3 is too many. Take 2."
    assert isinstance(play(runner, "well"), Finished)


def test_what_the_worker_prints_is_kept_and_never_read_as_a_message(runner: JobRunner) -> None:
    assert isinstance(play(runner, "print"), Finished)
    runner.close()
    assert runner.log == ("on stdout", "on stderr")


def test_a_defect_is_a_killed_worker_with_its_traceback(runner: JobRunner) -> None:
    outcome = play(runner, "defect")
    assert isinstance(outcome, Killed)
    assert outcome.exit_code == 1
    assert outcome.log[-1] == "ZeroDivisionError: a defect"
    assert isinstance(play(runner, "well"), Finished)


def test_a_crash_is_told_and_the_next_job_gets_a_new_worker(runner: JobRunner) -> None:
    assert play(runner, "crash") == Killed(7, ())
    assert isinstance(play(runner, "well"), Finished)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals")
def test_a_killed_worker_is_told(runner: JobRunner) -> None:
    watcher = Watcher()
    job = runner.start(TrainRequest("p", "deaf"), watcher)
    assert watcher.begun.wait(LONG_S)
    assert runner.worker_pid is not None
    os.kill(runner.worker_pid, signal.SIGKILL)
    outcome = job.wait(LONG_S)
    assert outcome == Killed(-signal.SIGKILL, ())
    assert "signal 9" in str(outcome.error())


def test_a_worker_that_dies_before_it_speaks_is_told() -> None:
    command = (sys.executable, "-c", "raise SystemExit('no such module')")
    with no_thread_left(), JobRunner(command) as runner:
        assert play(runner, "well") == Killed(1, ("no such module",))


def test_a_worker_that_cannot_start_is_an_error() -> None:
    with no_thread_left(), JobRunner(("/nowhere/at/all",)) as runner:
        with pytest.raises(JobError, match="did not start"):
            runner.start(TrainRequest("p", "well"))
        assert not runner.busy


@pytest.mark.parametrize(
    ("part", "outcome", "survives"),
    [
        ("listen", Cancelled(result("listen")), True),
        ("listen and give up", Cancelled(), True),
        ("deaf", Cancelled(), False),
        pytest.param(
            "deaf and stubborn",
            Cancelled(),
            False,
            marks=pytest.mark.skipif(sys.platform == "win32", reason="terminate kills there"),
        ),
    ],
)
def test_cancel_climbs_the_ladder(
    runner: JobRunner, part: str, outcome: Outcome, survives: bool
) -> None:
    watcher = Watcher()
    job = runner.start(TrainRequest("p", part), watcher)
    assert watcher.begun.wait(LONG_S)
    pid = runner.worker_pid
    assert pid is not None
    runner.cancel()
    runner.cancel()  # asking twice changes nothing else
    assert job.wait(LONG_S) == outcome
    assert alive(pid) == survives
    assert isinstance(play(runner, "well"), Finished)
    assert (runner.worker_pid == pid) == survives


def test_the_patient_get_what_a_slow_worker_keeps(runner: JobRunner) -> None:
    watcher = Watcher()
    job = runner.start(TrainRequest("p", "listen and keep"), watcher)
    assert watcher.begun.wait(LONG_S)
    runner.cancel(patience_s=LONG_S)
    assert job.wait(LONG_S) == Cancelled(result("listen and keep"))


def test_patience_may_end_sooner(runner: JobRunner) -> None:
    watcher = Watcher()
    job = runner.start(TrainRequest("p", "deaf"), watcher)
    assert watcher.begun.wait(LONG_S)
    runner.cancel(patience_s=10 * LONG_S)
    runner.cancel()
    assert job.wait(LONG_S) == Cancelled()


def test_cancel_without_a_job_does_nothing(runner: JobRunner) -> None:
    runner.cancel()
    assert isinstance(play(runner, "well"), Finished)


def test_closing_ends_the_job_and_the_worker() -> None:
    watcher = Watcher()
    with no_thread_left():
        runner = JobRunner(fake_worker.COMMAND)
        job = runner.start(TrainRequest("p", "deaf"), watcher)
        assert watcher.begun.wait(LONG_S)
        pid = runner.worker_pid
        assert pid is not None
        runner.close()
        runner.close()
    assert job.outcome == Cancelled()
    assert not alive(pid)
    with pytest.raises(JobError):
        runner.start(TrainRequest("p", "well"))


def test_run_waits_for_the_outcome(runner: JobRunner) -> None:
    assert runner.run(TrainRequest("p", "well")) == Finished(result("well"))


def test_the_worker_ends_with_a_studio_that_was_killed() -> None:
    """A studio that dies without a word must not leave a worker behind."""
    script = (
        "import os, threading\n"
        "from app.jobs.messages import TrainRequest\n"
        "from app.jobs.runner import JobRunner\n"
        "from tests.helpers import fake_worker\n"
        "begun = threading.Event()\n"
        "runner = JobRunner(fake_worker.COMMAND)\n"
        "runner.start(TrainRequest('p', 'deaf'), lambda event: begun.set())\n"
        "begun.wait()\n"
        "print(runner.worker_pid, flush=True)\n"
        "os._exit(1)\n"
    )
    studio = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=LONG_S, check=False
    )
    pid = int(studio.stdout)
    give_up = time.monotonic() + LONG_S
    while alive(pid) and time.monotonic() < give_up:
        threading.Event().wait(0.05)  # another process's end: there is nothing to be told by
    assert not alive(pid)


def test_the_key_is_not_left_where_a_grandchild_would_inherit_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from app.jobs.channel import ADDRESS_VARIABLE, KEY_VARIABLE, Door, connect

    door = Door()
    environment = {"PATH": "x", **door.environment()}
    ends: list[object] = []
    accepting = threading.Thread(target=lambda: ends.append(door.accept()))
    accepting.start()
    child = connect(environment)
    accepting.join(LONG_S)
    assert environment == {"PATH": "x"}
    assert {ADDRESS_VARIABLE, KEY_VARIABLE} <= door.environment().keys()
    child.close()
    ends[0].close()  # type: ignore[attr-defined]
    door.close()


def test_text_of_a_failure_may_lack_a_reason() -> None:
    assert str(Failed(text("No."), NOTHING, NOTHING).error()) == "No."


def test_the_studios_process_never_imports_tensorflow() -> None:
    script = (
        "import sys\n"
        "import app.jobs.runner\n"
        "heavy = {'tensorflow', 'keras', 'app.ml', 'app.jobs.tasks', 'tflite'}\n"
        "print(sorted(heavy & sys.modules.keys()))\n"
    )
    studio = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=LONG_S, check=False
    )
    assert studio.stdout.strip() == "[]", studio.stderr
