# SPDX-License-Identifier: GPL-3.0-or-later
"""The heartbeat itself: it must see a held-up loop, and must not blame the window for others."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from app.gui.heartbeat import Heartbeat, run_delay_s, stack_of
from tests.gui.conftest import is_ours

ROOT = Path(__file__).parents[2]


def hold_by_sleeping():
    time.sleep(0.15)


def hold_by_working():
    end = time.thread_time() + 0.3
    while time.thread_time() < end:
        pass


@pytest.fixture
def beating(qapp):
    made = Heartbeat()
    made.start()
    yield made
    made.stop()


def run_in_loop(qtbot, slot):
    done = []
    QTimer.singleShot(30, lambda: (slot(), done.append(True)))
    qtbot.waitUntil(lambda: bool(done))
    qtbot.wait(30)


@pytest.mark.parametrize("slot", [hold_by_sleeping, hold_by_working])
def test_a_held_up_loop_is_seen_and_named(qtbot, beating, slot):
    run_in_loop(qtbot, slot)
    gap = max(beating.gaps, key=lambda gap: gap.own_ms)
    assert gap.own_ms > 120  # other threads wait for a processor meanwhile, and that is taken off
    assert slot.__name__ in {frame.name for frame in gap.stack}
    assert slot.__name__ in str(gap)
    assert is_ours(gap)


def test_what_a_test_does_between_waits_is_not_the_windows(qtbot, beating):
    qtbot.wait(20)
    hold_by_sleeping()
    qtbot.wait(20)
    assert beating.gaps
    assert not any(is_ours(gap) for gap in beating.gaps)


def test_an_excused_gap_does_not_count(qtbot, beating):
    qtbot.wait(20)
    before = len(beating.gaps)
    with beating.excused():
        hold_by_sleeping()
    assert len(beating.gaps) == before


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells the run delay")
def test_time_without_a_processor_is_not_counted(qtbot, beating):
    """Several hungry processes on this thread's processor take its turns; it does little itself."""
    processors = os.sched_getaffinity(0)
    one = min(processors)
    hungry = f"import os; os.sched_setaffinity(0, [{one}])\nwhile True: pass"
    rivals = [subprocess.Popen([sys.executable, "-c", hungry]) for _ in range(6)]
    os.sched_setaffinity(0, {one})
    try:
        began = run_delay_s()
        qtbot.waitUntil(lambda: run_delay_s() - began > 0.5, timeout=30_000)
    finally:
        os.sched_setaffinity(0, processors)
        for rival in rivals:
            rival.kill()
            rival.wait()
    assert not beating.gaps


TWO_TESTS = """
import time
from PySide6.QtCore import QTimer

def test_slow(qtbot, heartbeat):
    QTimer.singleShot(20, lambda: time.sleep(0.15))
    qtbot.wait(300)

def test_quick(qtbot, heartbeat):
    QTimer.singleShot(20, lambda: None)
    qtbot.wait(60)
"""


def test_the_fixture_fails_a_test_that_holds_the_loop_up(tmp_path):
    (tmp_path / "conftest.py").write_text("from tests.gui.conftest import garbage, heartbeat\n")
    (tmp_path / "test_two.py").write_text(TWO_TESTS)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "2 passed, 1 error" in done.stdout
    assert "the event loop was held up" in done.stdout
    assert "ERROR test_two.py::test_slow" in done.stdout


class Mortal:
    """Tells in which thread it dies."""

    def __init__(self, died_in: set[int]) -> None:
        self._died_in = died_in

    def __del__(self) -> None:
        self._died_in.add(threading.get_ident())


def test_what_is_watched_dies_in_its_own_thread():
    """A frame that a watcher held would take its variables into the watcher's thread."""
    here, died_in, ended = threading.get_ident(), set(), threading.Event()
    seen = set()

    def watch():
        while not ended.is_set():
            seen.update(frame.name for frame in stack_of(here))

    def live_and_die():
        mortal = Mortal(died_in)
        return [each for each in range(200) if each is mortal]

    watcher = threading.Thread(target=watch)
    watcher.start()
    end_s = time.monotonic() + 10
    while live_and_die.__name__ not in seen and time.monotonic() < end_s:
        for _ in range(100):
            live_and_die()
    ended.set()
    watcher.join()
    assert live_and_die.__name__ in seen
    assert died_in == {here}
