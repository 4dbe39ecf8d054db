# SPDX-License-Identifier: GPL-3.0-or-later
"""Work in other threads, and its way back into the event loop."""

import threading

import pytest
from PySide6.QtCore import QObject

from app.core.errors import DataError
from app.core.text import text
from app.gui.bridge import Background, GuiThread

pytestmark = pytest.mark.usefixtures("heartbeat")


@pytest.fixture
def reported():
    return []


@pytest.fixture
def gui(qapp):
    return GuiThread()


@pytest.fixture
def background(gui, reported):
    made = Background(gui, reported.append)
    yield made
    made.close()


def test_a_result_arrives_in_the_gui_thread(qtbot, background):
    found = []
    background.run(
        threading.get_ident, lambda result: found.append((result, threading.get_ident()))
    )
    qtbot.waitUntil(lambda: bool(found))
    worker, receiver = found[0]
    assert worker != receiver == threading.get_ident()


def fail():
    raise DataError(text("It failed."))


def test_an_error_is_reported_where_nobody_takes_it(qtbot, background, reported):
    background.run(fail)
    qtbot.waitUntil(lambda: bool(reported))
    assert str(reported[0]) == "It failed."


def test_an_error_goes_to_who_takes_it(qtbot, background, reported):
    taken = []
    background.run(fail, None, taken.append)
    qtbot.waitUntil(lambda: bool(taken))
    assert not reported


def test_a_defect_is_raised_in_the_loop(qtbot, background, reported):
    with qtbot.captureExceptions() as raised:
        background.run(lambda: 1 / 0)
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ZeroDivisionError
    assert not reported


def test_nothing_reaches_an_owner_that_is_gone(qtbot, background):
    owner, begun, called, other = QObject(), threading.Event(), [], []
    background.run(lambda: begun.wait(10), called.append, owner=owner)
    owner.deleteLater()
    qtbot.wait(20)
    begun.set()
    background.run(lambda: None, other.append)
    qtbot.waitUntil(lambda: bool(other))
    qtbot.wait(20)
    assert not called


def test_posts_keep_their_order_and_a_dead_bridge_drops_them(qtbot, gui):
    order = []
    for number in range(5):
        gui.post(lambda number=number: order.append(number))
    assert not order
    qtbot.waitUntil(lambda: len(order) == 5)
    assert order == [0, 1, 2, 3, 4]
    gui.deleteLater()
    qtbot.wait(20)
    gui.post(lambda: order.append(99))
    qtbot.wait(20)
    assert 99 not in order


class Mortal:
    """Tells in which thread it dies."""

    def __init__(self, died_in: list[int]) -> None:
        self._died_in = died_in

    def take(self, _result: None) -> None:
        pass

    def __del__(self) -> None:
        self._died_in.append(threading.get_ident())


def test_what_callbacks_hold_dies_in_the_gui_thread(qtbot, background):
    """A worker that let a widget's last reference go would destroy it there."""
    died_in: list[int] = []
    times = 200
    for _ in range(times):
        background.run(lambda: None, Mortal(died_in).take)
    qtbot.waitUntil(lambda: len(died_in) == times)
    assert set(died_in) == {threading.get_ident()}
