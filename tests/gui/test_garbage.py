# SPDX-License-Identifier: GPL-3.0-or-later
"""Qt objects die in the window's thread, whichever thread makes Python collect."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject, Signal

from app.gui.garbage import GarbageCollector


class Speaker(QObject):
    """Notes in which threads Qt lets its connections go, with its lock held."""

    said = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lost_in: list[str] = []

    def disconnectNotify(self, _signal) -> None:
        self.lost_in.append(threading.current_thread().name)


class Listener(QObject):
    """Part of a cycle, as widgets are that hold callables of their own."""

    def __init__(self, speaker: Speaker) -> None:
        super().__init__()
        self.itself = self
        speaker.said.connect(self.hear)

    def hear(self) -> None:
        pass


@pytest.fixture
def automatic():
    """Python collects by itself, and often, as it does where nobody forbids it."""
    thresholds = gc.get_threshold()
    gc.collect()
    gc.enable()
    gc.set_threshold(50, 2, 2)
    yield
    gc.set_threshold(*thresholds)
    gc.enable()


def allocate_in_a_thread():
    reader = threading.Thread(target=lambda: [[] for _ in range(5000)], name="reader")
    reader.start()
    reader.join()


def test_left_to_itself_python_lets_qt_objects_die_in_a_reader(qapp, automatic):
    """What the collector is there for; where this fails, it may go."""
    speaker = Speaker()
    Listener(speaker)
    allocate_in_a_thread()
    assert speaker.lost_in == ["reader"]


def test_a_reader_never_collects_and_the_window_soon_does(qtbot, automatic):
    collector = GarbageCollector()
    collector.start()
    speaker = Speaker()
    gone = weakref.ref(Listener(speaker))
    allocate_in_a_thread()
    assert gone() is not None
    qtbot.waitUntil(lambda: gone() is None)
    assert speaker.lost_in == [threading.main_thread().name]
    collector.stop()


def test_everything_is_as_it_was_when_the_last_collector_ends(qapp, automatic):
    outer, inner = GarbageCollector(), GarbageCollector()
    for each in (outer, inner):
        each.start()
    inner.stop()
    assert not gc.isenabled()
    outer.stop()
    assert gc.isenabled()
