# SPDX-License-Identifier: GPL-3.0-or-later
"""The Live page on a real simulated board that runs a trained network."""

from __future__ import annotations

import os
import shutil
import signal

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.project import Project
from app.deploy.compiler.targets import GENERIC
from app.gui.board import SIMULATED
from app.gui.pages.live import LivePage
from app.gui.pages.live.board_model import Answer
from app.gui.pages.live.live_run import LiveState
from app.jobs.run_data import RunFiles
from tests.helpers.trained_projects import RUN_ID

pytestmark = pytest.mark.usefixtures("heartbeat")

LEFT = Qt.MouseButton.LeftButton
WAIT_MS = 30_000


@pytest.fixture
def project(converted, tmp_path):
    return Project.open(shutil.copytree(converted, tmp_path / "project"))


@pytest.fixture
def page(qtbot, studio, project):
    """In front, with the simulated board connected; it has no program yet."""
    studio.take_project(project)
    studio.connect_board(SIMULATED, 115_200)
    made = LivePage(studio)
    qtbot.addWidget(made)
    made.resize(1180, 720)
    made.show()
    made.entered()
    qtbot.waitUntil(lambda: made.run.state is LiveState.NOT_READY, timeout=WAIT_MS)
    yield made
    made.left()


def flash(page):
    """Put the project's program on the board, as the Deploy page does, and look again."""
    files = RunFiles.of(page.studio.project.folder, RUN_ID)
    session = page.studio.board.session
    session.stop_stream().result()
    session.client.send_program(files.program(GENERIC).read_bytes())
    session.start_stream()
    page.left()
    page.entered()


def started(qtbot, page):
    flash(page)
    qtbot.waitUntil(page.start.isEnabled, timeout=WAIT_MS)
    QTest.mouseClick(page.start, LEFT)
    qtbot.waitUntil(lambda: len(page.run.answers) > 0, timeout=WAIT_MS)
    return page


def test_a_board_without_a_network_leads_to_deploy(qtbot, page):
    assert page.notice.isVisible()
    assert "No model is on the board" in page.notice.what.text()
    assert not page.start.isEnabled()
    asked = []
    page.studio.page_requested.connect(asked.append)
    QTest.mouseClick(page.notice.deploy, LEFT)
    assert asked == ["deploy"]


@pytest.mark.parametrize("gesture", ["shake", "circle"])
def test_the_board_names_the_gesture_that_is_acted(qtbot, page, gesture):
    started(qtbot, page)
    assert not page.notice.isVisible()
    QTest.mouseClick(page.hand.buttons[gesture], LEFT)
    qtbot.waitUntil(lambda: page.answer.word.text == gesture, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: page.strip.spans[-1].name == gesture, timeout=WAIT_MS)
    assert page.latency.text().endswith(" ms")
    assert page.history.rowCount() > 0
    assert len({span.style.color.name() for span in page.strip.spans}) >= 1
    qtbot.waitUntil(lambda: page.rate.text() not in ("–", ""), timeout=WAIT_MS)
    assert 2 < float(page.rate.text()) < 12


def test_stop_ends_the_answers_and_the_signal_goes_on(qtbot, page):
    started(qtbot, page)
    assert page.start.text() == "Stop"
    session = page.studio.board.session
    segment = session.snapshot().segment  # the stream may be back before "Start" is seen
    QTest.mouseClick(page.start, LEFT)
    qtbot.waitUntil(lambda: page.start.text() == "Start", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: session.snapshot().segment > segment, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: session.snapshot().samples > 20, timeout=WAIT_MS)
    count = len(page.run.answers)
    samples = session.snapshot().samples
    qtbot.waitUntil(lambda: session.snapshot().samples > samples + 60, timeout=WAIT_MS)
    assert len(page.run.answers) == count


def test_the_time_shown_is_the_median(page):
    for micros in (100, 110, 120, 130, 9000):
        page._on_answer(Answer(1.0, micros, 0, np.float32([0.2, 0.5, 0.3]), 1, None))
    assert page.latency.text() == "0.12 ms"


def test_answers_below_the_threshold_are_unsure(qtbot, page):
    started(qtbot, page)
    page.threshold.setValue(0)
    qtbot.waitUntil(lambda: page.answer.word.text not in ("–", "unsure"), timeout=WAIT_MS)
    sure = page.run.answers[-1]
    page.threshold.setValue(99)
    threshold = 0.99
    qtbot.waitUntil(
        lambda: (
            (page.answer.word.text == "unsure") == (page.run.answers[-1].confidence < threshold)
        ),
        timeout=WAIT_MS,
    )
    page.answer.show_answer(sure, sure.confidence + 0.001)
    assert page.answer.word.text == "unsure"
    page.answer.show_answer(sure, sure.confidence)
    assert page.answer.word.text == page.answer.bars.names[sure.top]


def test_a_board_that_dies_is_told_and_connected_again(qtbot, page):
    started(qtbot, page)
    os.kill(page.studio.board._simulator.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: page.run.state is LiveState.LOST, timeout=WAIT_MS)
    assert page.notice.isVisible()
    assert "went away" in page.notice.what.text()
    QTest.mouseClick(page.notice.reconnect, LEFT)
    # A new simulated board has no network: the page says so and offers Deploy.
    qtbot.waitUntil(lambda: page.run.state is LiveState.NOT_READY, timeout=WAIT_MS)
    assert page.notice.deploy.isVisible()
    started(qtbot, page)


def test_it_goes_on_by_itself_when_the_board_comes_back(qtbot, page):
    started(qtbot, page)
    session = page.studio.board.session
    session.release()
    qtbot.waitUntil(lambda: page.run.state is LiveState.LOST, timeout=WAIT_MS)
    session.take_back()
    qtbot.waitUntil(lambda: page.run.state is LiveState.RUNNING, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: len(page.run.answers) > 2, timeout=WAIT_MS)


def test_it_goes_on_by_itself_when_the_board_was_reset_behind_its_port(qtbot, page):
    started(qtbot, page)
    session = page.studio.board.session
    session.client.stop_run()  # as a reset does, of which the port tells nothing
    page.run.answers.clear()
    session.start_stream(100.0, range(6)).result()
    with qtbot.waitSignal(page.run.changed, timeout=WAIT_MS):
        page.run.look()
    qtbot.waitUntil(lambda: page.run.state is LiveState.RUNNING, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: len(page.run.answers) > 2, timeout=WAIT_MS)


def test_no_timer_runs_behind_another_page(qtbot, page):
    started(qtbot, page)
    page.left()
    assert not page._timer.isActive()
    assert not page.plot._timer.isActive()
    assert page.run.state is LiveState.NO_BOARD
