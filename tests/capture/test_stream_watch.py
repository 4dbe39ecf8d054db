# SPDX-License-Identifier: GPL-3.0-or-later
"""Silence is noticed once, and only where samples are expected."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from app.capture.stream_watch import SAMPLES_MISSED, StreamWatch

SILENT_S = 0.05
TIMEOUT_S = 20.0


class Listener:
    """Counts how often a watch called."""

    def __init__(self) -> None:
        self.count = 0
        self.called = threading.Event()
        self.watch = StreamWatch(self._call, SILENT_S)

    def _call(self) -> None:
        self.count += 1
        self.called.set()


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.watch.close()
    assert "session-watch" not in [thread.name for thread in threading.enumerate()]


def test_silence_is_told_once(listener: Listener) -> None:
    began = time.monotonic()
    listener.watch.expect(100.0)
    assert listener.called.wait(TIMEOUT_S)
    assert time.monotonic() - began >= SILENT_S
    listener.called.clear()
    assert not listener.called.wait(3 * SILENT_S)


def test_it_is_told_again_when_samples_are_expected_again(listener: Listener) -> None:
    for count in (1, 2):
        listener.called.clear()
        listener.watch.expect(None)
        assert listener.called.wait(TIMEOUT_S)
        assert listener.count == count


def test_a_slow_stream_is_given_time(listener: Listener) -> None:
    began = time.monotonic()
    listener.watch.expect(10.0)
    assert listener.called.wait(TIMEOUT_S)
    assert time.monotonic() - began >= SAMPLES_MISSED / 10.0


def test_nothing_is_told_where_nothing_is_expected(listener: Listener) -> None:
    listener.watch.expect(100.0)
    listener.watch.rest()
    assert not listener.called.wait(3 * SILENT_S)
