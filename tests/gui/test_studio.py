# SPDX-License-Identifier: GPL-3.0-or-later
"""The window's model: projects, saving, settings."""

import json
import threading
from dataclasses import replace

import pytest

from app.core import edits
from app.core.project import Project
from app.core.settings import Settings
from app.core.text import text
from app.gui.board import SIMULATED
from app.gui.notifications import Severity
from app.gui.studio import Studio
from app.gui.theme import LIGHT
from tests.helpers.small_projects import project, recording

pytestmark = pytest.mark.usefixtures("heartbeat")


@pytest.fixture
def folder(tmp_path):
    return project(tmp_path / "p", recording("first")).folder


@pytest.fixture
def opened(qtbot, studio, folder):
    with qtbot.waitSignal(studio.project_opened):
        studio.open_project(folder)
    return studio


def rename(studio, name):
    studio.edit(edits.rename_project(studio.document, name), text("Rename"))


def name_on_disk(folder):
    return Project.open(folder).document.name


def test_opening_shows_the_project(opened, folder):
    assert opened.project.folder == folder
    assert opened.document.name == "Small"
    assert opened.saved


def test_what_cannot_be_opened_is_a_notification(qtbot, studio, tmp_path):
    with qtbot.waitSignal(studio.notified) as notified:
        studio.open_project(tmp_path / "nowhere")
    assert notified.args[0].severity is Severity.ERROR
    assert "nowhere" in str(notified.args[0].what)
    assert studio.project is None


def test_an_edit_is_told_undone_and_saved_by_itself(qtbot, opened, folder):
    changes = []
    opened.document_changed.connect(lambda old, new: changes.append((old.name, new.name)))
    rename(opened, "Other")
    assert not opened.saved
    assert str(opened.undo_text) == "Rename"
    qtbot.waitUntil(lambda: opened.saved)
    assert name_on_disk(folder) == "Other"
    opened.undo()
    opened.redo()
    assert changes == [("Small", "Other"), ("Other", "Small"), ("Small", "Other")]


def test_an_edit_while_saving_is_saved_before_who_waits_goes_on(qtbot, opened, folder):
    seen = []
    rename(opened, "One")
    opened.save()
    rename(opened, "Two")
    opened.save(lambda: seen.append(name_on_disk(folder)))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["Two"]


def test_closing_saves(opened, folder):
    rename(opened, "Last")
    opened.close_project()
    assert opened.project is None
    assert name_on_disk(folder) == "Last"


def test_a_project_that_cannot_be_saved_stays_open_and_says_so(qtbot, opened, folder):
    rename(opened, "Mine")
    (folder / "project.json").write_text(json.dumps({"another": "window"}))
    with qtbot.waitSignal(opened.notified) as notified:
        opened.save()
    assert notified.args[0].severity is Severity.ERROR
    assert not opened.saved


def test_recordings_are_added_off_the_loop_as_one_step(qtbot, opened, folder):
    added = []
    opened.add_recordings(lambda: [recording("a"), recording("b")], text("Add two"), added.append)
    qtbot.waitUntil(lambda: bool(added))
    assert [info.name for info in added[0]] == ["a", "b"]
    assert len(Project.open(folder).document.recordings) == 3
    opened.undo()
    assert len(opened.document.recordings) == 1


def test_a_board_that_answers_while_the_studio_closes_is_let_go(heartbeat, studio):
    studio.connect_board(SIMULATED, 115_200)
    with heartbeat.excused():  # no window is there any more
        studio.close()
    left = [thread.name for thread in threading.enumerate() if thread.name.startswith("link")]
    assert not left


def test_settings_are_remembered(qtbot, tmp_path, folder):
    path = tmp_path / "settings.json"
    studio = Studio(LIGHT, Settings(), path)
    with qtbot.waitSignal(studio.project_opened):
        studio.open_project(folder)
    studio.remember(replace(studio.settings, baud=9600))
    studio.close_project()
    studio.close()
    kept = json.loads(path.read_text())
    assert kept["baud"] == 9600
    assert kept["recent_projects"] == [str(folder)]
