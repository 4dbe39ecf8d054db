# SPDX-License-Identifier: GPL-3.0-or-later
"""The Deploy page, with a real worker and a real simulated board behind a real port."""

from __future__ import annotations

import os
import shutil
import signal
from contextlib import contextmanager
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from app.capture.discovery import DiscoveredPort
from app.capture.link import LinkState
from app.capture.session_state import Speaks
from app.core.board import BOARDS, ESP32, VIRTUAL
from app.core.project import Project
from app.core.recording import Channel
from app.core.runs import load_run, save_run
from app.deploy.simulator import Simulator
from app.deploy.virtual_process import SimulateOptions
from app.gui.board import SIMULATED
from app.gui.deployment import Deployment
from app.gui.pages.deploy import DeployPage
from app.gui.pages.deploy.board_card import board_state
from app.gui.pages.deploy.export_menu import EXPORTS
from app.jobs.messages import Cancelled, Failed, Finished, Killed, Step
from app.jobs.run_costs import costs_of
from tests.helpers.trained_projects import RUN_ID, TEST_WINDOWS, gestures_project

pytestmark = pytest.mark.usefixtures("heartbeat")

LEFT = Qt.MouseButton.LeftButton
LONG_MS = 120_000


@pytest.fixture
def project(trained, tmp_path):
    return Project.open(shutil.copytree(trained, tmp_path / "project"))


@contextmanager
def simulator(*faults):
    with Simulator(SimulateOptions(speed=4.0, faults=faults)) as made:
        yield made


def shown(qtbot, studio, project, port=SIMULATED, *, keep=True):
    """The page in front, with the board behind ``port`` connected and known. ``keep=False``: the
    test destroys it itself."""
    studio.take_project(project)
    studio.connect_board(port, 115_200)
    page = DeployPage(studio)
    if keep:
        qtbot.addWidget(page)
    page.resize(1180, 720)
    page.show()
    page.entered()
    qtbot.waitUntil(page.deploy.isEnabled, timeout=30_000)
    return page


def press_deploy(qtbot, page, until):
    QTest.mouseClick(page.deploy, LEFT)
    qtbot.waitUntil(until, timeout=LONG_MS)


def ended(page) -> bool:
    return page.studio.deployment.outcome is not None


def port_is_back(studio) -> bool:
    session = studio.board.session
    return session.link.state is LinkState.OPEN and session.snapshot().streaming


def test_without_a_trained_run_the_page_leads_to_train(qtbot, studio, tmp_path):
    studio.take_project(gestures_project(tmp_path / "project"))
    page = DeployPage(studio)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.train.isVisible)
    assert not page.deploy.isEnabled()
    asked = []
    studio.page_requested.connect(asked.append)
    QTest.mouseClick(page.train, LEFT)
    assert asked == ["train"]


def test_one_button_converts_flashes_checks_and_gives_the_port_back(qtbot, studio, project):
    page = shown(qtbot, studio, project)
    session = studio.board.session
    steps = []
    studio.deployment.changed.connect(
        lambda: steps.append((studio.deployment.stage, session.link.state))
    )
    press_deploy(qtbot, page, lambda: ended(page))
    assert isinstance(studio.deployment.outcome, Finished), studio.deployment.outcome
    lent = {state for stage, state in steps if stage is not None and studio.deployment.request}
    assert LinkState.RELEASED in lent
    assert {stage.step for stage, _ in steps if stage is not None} >= {
        Step.CONVERTING,
        Step.EVALUATING,
        Step.FLASHING,
        Step.CHECKING,
    }
    qtbot.waitUntil(page.outcome.headline.isVisible, timeout=30_000)
    run = load_run(project.folder, RUN_ID)
    assert run.board_check.agreement == 1.0
    assert run.board_check.evaluation.windows == TEST_WINDOWS
    assert run.float_test.windows == run.int8_test.windows == TEST_WINDOWS
    accuracy = f"{100 * run.board_check.evaluation.classification.accuracy:.1f} %"
    board = page.outcome.tiles["board"].accessibleName()
    assert accuracy in board
    assert f"of {TEST_WINDOWS} windows" in board
    assert page.outcome.figures.agreement.text() == f"100 % of {TEST_WINDOWS} windows"
    assert page.outcome.figures.program.text().endswith("KB of 512 KB")
    assert page.outcome.figures.arena.text().endswith("of 128 KB")
    assert page.outcome.matrix.isVisible()
    assert not page.steps.isVisible()
    qtbot.waitUntil(lambda: port_is_back(studio), timeout=30_000)
    qtbot.waitUntil(page.deploy.isEnabled, timeout=30_000)


def test_what_each_layer_takes_is_told_before_anything_is_flashed(qtbot, studio, project):
    page = shown(qtbot, studio, project)
    qtbot.waitUntil(page.costs.isVisible)
    head, first, *_, other, total = page.costs.rows
    assert head == ["Layer", "Output", "Flash", "RAM", "MACs"]
    assert first[0] == "Convolution"
    assert other[0] == "Sensors and labels"
    assert total[0] == "Together"
    assert total[2].endswith("KB of 512 KB")
    run = load_run(project.folder, RUN_ID)
    found = costs_of(project.folder, run, VIRTUAL)
    assert total[4] == f"{found.macs:,}"
    assert page.costs.where.text() == "on the Simulated board"


def test_the_run_selected_on_train_is_deployed(qtbot, studio, project):
    newer = replace(load_run(project.folder, RUN_ID), id="20260102-120000")
    save_run(project.folder, newer)
    page = shown(qtbot, studio, project)
    assert page.run_card.runs.currentData() == newer.id
    studio.run_id = RUN_ID
    page.left()
    page.entered()
    qtbot.waitUntil(lambda: page.run_card.runs.currentData() == RUN_ID)
    qtbot.waitUntil(page.deploy.isEnabled)
    press_deploy(qtbot, page, lambda: studio.deployment.request is not None)
    assert studio.deployment.request.run_id == RUN_ID
    studio.deployment.cancel()
    qtbot.waitUntil(lambda: ended(page), timeout=LONG_MS)


def test_cancel_stops_and_gives_the_port_back(qtbot, studio, project):
    page = shown(qtbot, studio, project)
    QTest.mouseClick(page.deploy, LEFT)
    qtbot.waitUntil(lambda: studio.deployment.stage is not None, timeout=LONG_MS)
    assert not page.deploy.isEnabled()
    QTest.mouseClick(page.steps.cancel, LEFT)
    qtbot.waitUntil(lambda: ended(page), timeout=30_000)
    assert isinstance(studio.deployment.outcome, Cancelled)
    qtbot.waitUntil(page.steps.problem.isVisible)
    assert "Stopped" in page.steps.problem.what.text()
    qtbot.waitUntil(lambda: port_is_back(studio), timeout=30_000)


def test_a_board_that_dies_while_it_is_flashed_is_told_and_tried_again(qtbot, studio, project):
    with simulator("die-in-program=2000") as board:
        page = shown(qtbot, studio, project, board.url)
        press_deploy(qtbot, page, lambda: ended(page))
    assert isinstance(studio.deployment.outcome, Failed)
    assert studio.deployment.stage.step is Step.FLASHING
    problem = page.steps.problem
    qtbot.waitUntil(problem.isVisible)
    assert problem.what.text()
    assert problem.action.text()
    assert not page.outcome.headline.isVisible()
    # Another board in its place: the retry works there.
    studio.connect_board(SIMULATED, 115_200)
    qtbot.waitUntil(problem.retry.isEnabled, timeout=30_000)
    QTest.mouseClick(problem.retry, LEFT)
    qtbot.waitUntil(lambda: studio.deployment.finished, timeout=LONG_MS)


def test_a_board_with_no_room_says_so_and_the_port_comes_back(qtbot, studio, project):
    with simulator("no-room") as board:
        page = shown(qtbot, studio, project, board.url)
        press_deploy(qtbot, page, lambda: ended(page))
        qtbot.waitUntil(page.steps.problem.isVisible)
        assert "too big" in page.steps.problem.what.text()
        qtbot.waitUntil(lambda: port_is_back(studio), timeout=30_000)


def test_a_killed_worker_is_told_and_the_port_comes_back(qtbot, studio, project):
    page = shown(qtbot, studio, project)
    QTest.mouseClick(page.deploy, LEFT)
    qtbot.waitUntil(lambda: studio.deployment.stage is not None, timeout=LONG_MS)
    os.kill(studio.jobs._runner.worker_pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: ended(page), timeout=30_000)
    assert isinstance(studio.deployment.outcome, Killed)
    qtbot.waitUntil(page.steps.problem.isVisible)
    qtbot.waitUntil(lambda: port_is_back(studio), timeout=30_000)


def test_a_board_that_answers_otherwise_is_not_called_right(qtbot, studio, project):
    with simulator("corrupt-output") as board:
        page = shown(qtbot, studio, project, board.url)
        press_deploy(qtbot, page, lambda: ended(page))
        assert studio.deployment.finished
        qtbot.waitUntil(page.outcome.headline.isVisible, timeout=30_000)
    assert f"{TEST_WINDOWS} of {TEST_WINDOWS}" in page.outcome.headline.text()
    assert page.outcome.figures.agreement.text().startswith("0 %")


def test_a_page_built_anew_shows_the_work_that_goes_on(qtbot, studio, project):
    page = shown(qtbot, studio, project, keep=False)
    QTest.mouseClick(page.deploy, LEFT)
    qtbot.waitUntil(lambda: studio.deployment.stage is not None, timeout=LONG_MS)
    page.left()
    page.hide()
    page.deleteLater()
    anew = DeployPage(studio)
    qtbot.addWidget(anew)
    anew.show()
    anew.entered()
    qtbot.waitUntil(anew.steps.cancel.isVisible)
    assert not anew.deploy.isEnabled()
    QTest.mouseClick(anew.steps.cancel, LEFT)
    qtbot.waitUntil(lambda: ended(anew), timeout=30_000)
    qtbot.waitUntil(lambda: port_is_back(studio), timeout=30_000)


def test_boards_without_a_way_to_them_say_why(qtbot, studio, project):
    page = shown(qtbot, studio, project)
    rows = page.board_card.rows
    assert rows["virtual"].button.isChecked()
    for board in BOARDS.values():
        if board is not VIRTUAL:
            assert not rows[board.id].button.isEnabled()
            why = "Not plugged in" if board.image else "Not in this version yet"
            assert why in rows[board.id].state.text()


def test_a_board_without_firmware_can_be_deployed_to_where_it_can_be_installed(qtbot, studio):
    connection = studio.board
    with Simulator(SimulateOptions(text=True)) as other:
        studio.connect_board(other.url, 115_200)
        qtbot.waitUntil(lambda: connection.session is not None, timeout=30_000)
        connection.ports = (DiscoveredPort(other.url, "", ESP32),)
        snapshot = connection.session.snapshot
        qtbot.waitUntil(lambda: snapshot().speaks is Speaks.LINES, timeout=30_000)
        state = board_state(connection, ESP32, snapshot())
    assert state.ready
    assert "it is installed first" in state.words


def test_a_channel_the_board_lacks_is_named(qtbot, studio, project):
    run = load_run(project.folder, RUN_ID)
    channels = (Channel("flex", ""), *run.channels[1:])
    save_run(project.folder, replace(run, channels=channels))
    page = shown(qtbot, studio, project)
    qtbot.waitUntil(page.warning.isVisible)
    assert "Simulated board does not measure flex" in page.warning.text()


def test_exports_say_where_they_are(qtbot, studio, project, tmp_path):
    page = shown(qtbot, studio, project)
    assert not page.exports.entries["tflite"].isEnabled()
    assert page.exports.entries["keras"].isEnabled()
    press_deploy(qtbot, page, lambda: studio.deployment.finished)
    qtbot.waitUntil(page.exports.entries["tflite"].isEnabled, timeout=30_000)
    told = []
    studio.notified.connect(told.append)
    for number, export in enumerate(EXPORTS.values(), start=1):
        target = tmp_path / f"mine{export.suffix}"
        page.exports.write(export, target)
        qtbot.waitUntil(lambda number=number: len(told) == number, timeout=30_000)
        assert target.name in str(told[-1].what)
        assert str(tmp_path) in str(told[-1].why)
        assert target.stat().st_size > 0
    assert (tmp_path / "mine.npz").stat().st_size > 0


def test_the_export_dialog_writes_what_was_chosen(qtbot, studio, project, tmp_path):
    page = shown(qtbot, studio, project)
    page.exports.entries["archive"].trigger()
    dialog = page.export.findChild(QFileDialog)
    assert dialog is not None
    told = []
    studio.notified.connect(told.append)
    dialog.fileSelected.emit(str(tmp_path / "all"))
    dialog.reject()
    qtbot.waitUntil(lambda: bool(told), timeout=30_000)
    assert (tmp_path / "all.tinywright").exists()


def test_another_deployment_is_refused_while_one_runs(qtbot, studio, project):
    page = shown(qtbot, studio, project)
    deployment: Deployment = studio.deployment
    QTest.mouseClick(page.deploy, LEFT)
    qtbot.waitUntil(lambda: deployment.busy, timeout=30_000)
    request = deployment.request
    deployment.start("another", "virtual")
    qtbot.waitUntil(lambda: deployment.stage is not None, timeout=LONG_MS)
    assert deployment.request is request
    deployment.cancel()
    qtbot.waitUntil(lambda: ended(page), timeout=30_000)
