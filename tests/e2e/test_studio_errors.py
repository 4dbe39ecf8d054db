# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong on a maker's desk, and what the window then says and keeps."""

import json
import os
import signal
import threading

import pytest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from app.capture.link import LinkState
from app.capture.take import recover
from app.core import storage
from app.core.project import Project
from app.core.runs import list_runs
from app.gui.board import SIMULATED
from app.gui.takes import TakeState
from app.jobs.messages import Failed, Killed, TrainRequest
from tests.helpers.person import LONG_MS, NO_SCREEN, Person
from tests.helpers.trained_projects import gestures_project, train

pytestmark = [pytest.mark.slow, pytest.mark.qt_log_ignore(NO_SCREEN)]


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A project with a run, as its files."""
    folder = tmp_path_factory.mktemp("trained") / "project"
    gestures_project(folder).close()
    train(folder)
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture
def folder(trained, tmp_path):
    """A copy of it."""
    folder = tmp_path / "project"
    for path, data in trained.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def opened(person: Person, folder):
    person.window.projects.open_folder(folder)  # what the file dialog calls
    person.wait(lambda: person.studio.project is not None)
    person.activate()


def board_pid(person: Person) -> int:
    return person.studio.board._simulator.pid


def link_state(person: Person) -> LinkState:
    return person.studio.board.session.link.state


# --- projects that do not open -----------------------------------------------------------------


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b"\xff\xfe", b'{"version": 1}'])
def test_a_broken_project_is_named_and_left_alone(person: Person, folder, broken):
    file = folder / "project.json"
    file.write_bytes(broken)
    person.window.projects.open_folder(folder)
    person.wait(lambda: bool(person.complaints))
    assert person.studio.project is None
    assert person.window.welcome.isVisible()
    assert file.read_bytes() == broken


def test_a_project_of_a_newer_studio_is_left_alone(person: Person, folder):
    file = folder / "project.json"
    document = json.loads(file.read_text())
    version = next(key for key in document if "version" in key)
    file.write_text(json.dumps(document | {version: 99}))
    before = file.read_bytes()
    person.window.projects.open_folder(folder)
    person.wait(lambda: bool(person.complaints))
    assert "newer" in " ".join(person.complaints)
    assert person.studio.project is None
    assert file.read_bytes() == before


# --- a board that goes -------------------------------------------------------------------------


def recording_without_end(person: Person, label: str):
    """A take under way that only its user will end."""
    page = person.go_to("capture")
    person.wait_for_signal()
    person.pick(page.card.countdown, 0)
    person.pick(page.card.length, None)
    person.type_over(page.card.label, label)
    person.click(page.record)
    person.wait(lambda: person.studio.takes.state is TakeState.RECORDING)
    person.wait(lambda: person.studio.takes.elapsed_s > 1)
    return page


def test_a_board_that_goes_while_recording_leaves_the_take(person: Person):
    person.make_project("Gone")
    page = recording_without_end(person, "wave")
    os.kill(board_pid(person), signal.SIGKILL)
    person.wait(lambda: len(person.studio.document.recordings) == 1)
    (info,) = person.studio.document.recordings
    assert info.duration_s > 1
    assert "ended early" in " ".join(person.complaints)
    person.wait(lambda: person.studio.takes.state is TakeState.IDLE)

    person.wait(lambda: link_state(person) is LinkState.LOST)
    person.click(page.ports.connect_button)  # Disconnect
    person.click(page.ports.connect_button)  # Connect
    person.wait_for_signal()
    assert person.studio.board.choice == SIMULATED
    person.click(page.record)
    person.wait(lambda: person.studio.takes.elapsed_s > 1)
    person.click(page.record)
    person.wait(lambda: len(person.studio.document.recordings) == 2)


def test_a_board_that_dies_while_it_is_flashed(person: Person, folder):
    opened(person, folder)
    page = person.go_to("deploy")
    person.wait(page.deploy.isEnabled)
    deployment = person.studio.deployment
    person.click(page.deploy)
    person.wait(lambda: deployment.busy)
    os.kill(board_pid(person), signal.SIGKILL)
    person.wait(lambda: deployment.outcome is not None, LONG_MS)
    assert isinstance(deployment.outcome, Failed)
    person.wait(page.steps.problem.isVisible)
    assert page.steps.problem.what.text()
    capture = person.go_to("capture")
    person.click(capture.ports.connect_button)  # Disconnect
    person.click(capture.ports.connect_button)  # Connect
    person.wait_for_signal()
    person.deploy()


# --- a worker that goes ------------------------------------------------------------------------


def training_without_end(person: Person):
    page = person.go_to("train")
    person.type_over(page.settings.epochs, "1000")
    person.click(page.action)
    person.wait(lambda: len(person.studio.jobs.epochs) > 2, LONG_MS)
    return page


def test_a_killed_worker_is_reported_and_training_goes_on_another_time(person: Person, folder):
    opened(person, folder)
    page = training_without_end(person)
    os.kill(person.studio.jobs._runner.worker_pid, signal.SIGKILL)
    person.wait(lambda: not person.studio.jobs.busy)
    assert isinstance(person.studio.jobs.outcome, Killed)
    assert "broken off" in " ".join(person.complaints)
    assert person.studio.project is not None
    run = person.train(epochs=2)
    assert len(run.history) == 2
    assert page.isVisible()


# --- a disk that takes no more -----------------------------------------------------------------


def test_a_full_disk_is_said_and_nothing_is_lost(person: Person, folder, monkeypatch):
    opened(person, folder)
    page = person.go_to("design")
    saved = (folder / "project.json").read_bytes()

    def full(*_args):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(storage.os, "fsync", full)
        person.click(page.presets.buttons["perceptron"])
        person.wait(lambda: bool(person.complaints))
    assert "disk is full" in " ".join(person.complaints)
    assert (folder / "project.json").read_bytes() == saved
    assert person.studio.document.model.preset == "perceptron"
    assert not person.studio.saved
    person.click(page.presets.buttons["mlp"])  # there is room again
    person.wait(lambda: person.studio.saved)
    assert Project.open(folder).document.model.preset == "mlp"


# --- another window, and none ------------------------------------------------------------------


def test_a_language_and_a_theme_switch_in_the_midst_of_a_take(person: Person):
    person.make_project("Switch")
    recording_without_end(person, "shake")
    first, session = person.window, person.studio.board.session
    windows = []
    first.destroyed.connect(lambda: windows.append("gone"))
    person.choose_setting("Theme", "Dark")
    person.wait(lambda: person.window is not first and person.window.isVisible())
    person.choose_setting("English", "한국어")
    person.wait(lambda: windows == ["gone"])
    person.wait(lambda: person.window.current_page is not None)
    assert person.studio.takes.state is TakeState.RECORDING
    assert person.studio.board.session is session
    page = person.window.current_page
    elapsed = person.studio.takes.elapsed_s
    person.wait(lambda: person.studio.takes.elapsed_s > elapsed + 1)
    person.click(page.record)
    person.wait(lambda: len(person.studio.document.recordings) == 1)
    (info,) = person.studio.document.recordings
    assert info.duration_s > elapsed
    shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    assert shown == [person.window]
    person.choose_setting("한국어", "English")
    person.wait(lambda: "Capture" in person.step_names)


def closed(person: Person):
    """Close the window as its frame would; everything must have ended after that."""
    window = person.window
    with person.qtbot.waitSignal(window.closed, timeout=20_000):
        window.close()
    person.qtbot.waitUntil(lambda: not isValid(window))
    left = [
        thread.name
        for thread in threading.enumerate()
        if thread.is_alive() and thread.name.startswith(("background", "session", "link", "job"))
    ]
    assert not left


def test_closing_the_window_while_recording_keeps_the_take(person: Person):
    person.make_project("Closed")
    recording_without_end(person, "tap")
    folder, board = person.studio.project.folder, board_pid(person)
    closed(person)
    with pytest.raises(ProcessLookupError):
        os.kill(board, 0)
    project = Project.open(folder)
    recover(project)
    (info,) = project.document.recordings
    assert info.duration_s > 1
    assert [span.label for span in project.document.spans] == ["tap"]


def test_closing_the_window_while_training_keeps_the_best_epoch(person: Person, folder):
    opened(person, folder)
    training_without_end(person)
    request = person.studio.jobs.request
    worker = person.studio.jobs._runner.worker_pid
    assert isinstance(request, TrainRequest)
    closed(person)
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
    run = next(run for run in list_runs(folder).runs if run.id == request.run_id)
    assert run.best_epoch > 0
