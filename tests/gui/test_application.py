# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole window: what a newcomer sees, the rail, languages, themes, and an orderly end."""

import threading

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from app.capture.discovery import DiscoveredPort
from app.core.board import BOARDS
from app.core.errors import DataError
from app.core.settings import Settings, load_settings, save_settings
from app.core.text import text
from app.deploy.archive import SUFFIX, export_archive
from app.deploy.simulator import Simulator
from app.gui.application import Application
from app.gui.connect_dialog import ConnectDialog
from app.gui.defects import DefectDialog
from app.gui.i18n import Language, tr
from app.gui.steps import STEPS
from app.gui.theme import ThemeChoice
from tests.helpers.small_projects import project, recording


@pytest.fixture
def settings(tmp_path):
    path = tmp_path / "settings.json"
    save_settings(path, Settings(language="en", theme="light"))
    return path


@pytest.fixture
def application(qtbot, qapp, heartbeat, settings, tmp_path):
    with heartbeat.excused():
        made = Application(qapp, settings, tmp_path / "projects", tmp_path / "logs")
        made.show()
        qtbot.waitExposed(made.window)
    yield made
    with heartbeat.excused():  # the window is gone, and its threads are waited for
        if made.studio.project is not None:
            made.studio.close_project()
        made.close()
    qapp.setStyleSheet("")


@pytest.fixture
def with_project(qtbot, application, tmp_path, monkeypatch):
    """The window on the Design page of a small project: no board is needed there."""
    application.window.show_page("design")
    with qtbot.waitSignal(application.window.page_shown, timeout=20_000):
        application.studio.take_project(
            project(tmp_path / "p", recording("one", spans=((0, 500, "up"), (500, 1000, "down"))))
        )
    return application


def shown_step(application, qtbot, step):
    window = application.window
    if window.current_page is None or window.wanted != step:
        with qtbot.waitSignal(window.page_shown, timeout=20_000):
            window.show_page(step)
    return window.current_page


def test_a_newcomer_sees_five_ways_to_begin(application):
    welcome = application.window.welcome
    assert welcome.isVisible()
    ways = (
        welcome.simulate,
        welcome.connect_board,
        welcome.sample,
        welcome.new,
        welcome.open,
    )
    assert all(way.isVisible() and way.accessibleName() for way in ways)
    assert not application.window.rail.isEnabled()


def test_every_button_has_a_name_to_be_read_out(with_project):
    buttons = with_project.window.findChildren(QAbstractButton)
    nameless = [
        button
        for button in buttons
        if button.isVisible() and not (button.accessibleName() or button.text() or button.toolTip())
    ]
    assert not nameless


def test_control_and_a_number_goes_to_a_step(qtbot, with_project):
    window = with_project.window
    window.activateWindow()
    with qtbot.waitSignal(window.page_shown, timeout=20_000):
        QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.wanted == "label"
    assert window.current_page.isVisible()


def test_a_page_is_built_in_a_turn_of_its_own(qtbot, with_project):
    window = with_project.window
    window.warm_up()
    qtbot.waitUntil(lambda: window._loader.maker("train") is not None, timeout=20_000)
    with qtbot.waitSignal(window.page_shown, timeout=20_000) as shown:
        window.show_page("train")
        assert window.current_page is None
    assert shown.args == ["train"]
    window.show_page("design")
    window.show_page("train")  # known by now: shown at once
    assert window.current_page is not None


def test_arrows_move_along_the_rail(with_project):
    rail = with_project.window.rail
    first, second = (rail._buttons[step.id] for step in STEPS[:2])
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Up)
    QTest.keyClick(first, Qt.Key.Key_Up)
    assert rail._buttons[STEPS[-1].id].hasFocus()


def test_a_language_switch_builds_the_window_anew_over_the_same_project(qtbot, with_project):
    old, document = with_project.window, with_project.studio.document
    with qtbot.waitSignal(with_project.rebuilt):
        with_project.set_language(Language.KOREAN)
    window = with_project.window
    assert window is not old
    assert with_project.studio.document is document
    assert window.rail._buttons["train"].text() == tr("Train") != "Train"
    qtbot.waitUntil(lambda: window.current_page is not None, timeout=20_000)
    assert window.wanted == "design"
    with qtbot.waitSignal(with_project.rebuilt):
        with_project.set_language(Language.ENGLISH)
    assert with_project.window.rail._buttons["train"].text() == "Train"


def test_a_theme_switch_keeps_place_and_messages(qtbot, with_project, settings):
    with_project.studio.notify(DataError(text("It failed."), text("Why.")))
    before = with_project.window.geometry()
    with qtbot.waitSignal(with_project.rebuilt):
        with_project.set_theme(ThemeChoice.DARK)
    assert with_project.window.geometry() == before
    assert str(with_project.window.notifications.shown.what) == "It failed."
    assert QApplication.palette().window().color().lightness() < 60
    qtbot.waitUntil(lambda: load_settings(settings)[0].theme == "dark")


def test_an_error_is_said_once_and_closed(qtbot, application):
    bar = application.window.notifications
    first = DataError(text("First."), text("Because."), text("Do this."))
    application.studio.notify(first)
    application.studio.notify(first)
    application.studio.notify(DataError(text("Second.")))
    assert [str(each.what) for each in bar.everything] == ["First.", "Second."]
    bar.dismiss()
    assert bar.isVisible()
    assert "Because. Do this." in bar.accessibleName()
    bar.dismiss()
    assert not bar.isVisible()


def test_undo_says_what_it_undoes(with_project):
    from app.core import edits

    studio, bar = with_project.studio, with_project.window.bar
    assert not bar.undo_action.isEnabled()
    studio.edit(edits.rename_project(studio.document, "New name"), text("Rename project"))
    assert "Rename project" in bar.undo_action.toolTip()
    bar.undo_action.trigger()
    assert studio.document.name == "Small"
    assert bar.redo_action.isEnabled()


def test_the_newcomers_way_leads_to_a_live_signal(qtbot, application):
    QTest.keyClick(application.window.welcome.simulate, Qt.Key.Key_Return)
    studio = application.studio
    qtbot.waitUntil(lambda: studio.board.session is not None, timeout=30_000)
    qtbot.waitUntil(lambda: studio.board.session.snapshot().samples > 50, timeout=30_000)
    qtbot.waitUntil(lambda: application.window.current_page is not None, timeout=20_000)
    assert application.window.wanted == "capture"
    application.window.statusBar().show_board()
    assert "Simulated board" in application.window.statusBar().board.text()


def test_a_defect_is_told_in_one_dialog_and_the_studio_goes_on(qtbot, with_project):
    defects = with_project.defects
    for words in ("first", "second"):
        error = RuntimeError(words)
        defects.add(RuntimeError, error, None)
    dialogs = with_project.window.findChildren(DefectDialog)
    assert len(dialogs) == 1
    assert "first" in dialogs[0].report.toPlainText()
    assert "second" in dialogs[0].report.toPlainText()
    assert shown_step(with_project, qtbot, "label").isVisible()
    dialogs[0].close()
    qtbot.waitUntil(lambda: with_project.window.findChild(DefectDialog) is None)
    defects.add(RuntimeError, RuntimeError("third"), None)
    assert with_project.window.findChild(DefectDialog).isVisible()


def test_a_board_chosen_on_the_welcome_page_is_connected(qtbot, application, monkeypatch):
    with Simulator() as simulator:
        port = DiscoveredPort(simulator.url, "", BOARDS["esp32"])
        monkeypatch.setattr("app.gui.board._list_ports", lambda: (port,))
        window, studio = application.window, application.studio
        QTest.mouseClick(window.welcome.connect_board, Qt.MouseButton.LeftButton)
        dialog = window.findChild(ConnectDialog)
        qtbot.waitUntil(dialog.connect_button.isEnabled)
        QTest.mouseClick(dialog.connect_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: studio.board.session is not None, timeout=30_000)
        assert studio.board.choice == simulator.url
        qtbot.waitUntil(lambda: window.current_page is not None, timeout=20_000)
        assert window.wanted == "capture"
        with qtbot.waitSignal(studio.project_closed):
            window.projects.close()
        studio.board.disconnect_board()


def test_closing_ends_every_thread_of_ours(qtbot, qapp, settings, tmp_path):
    application = Application(qapp, settings, tmp_path / "projects", tmp_path / "logs")
    application.show()
    application.window.show_page("label")
    application.studio.take_project(project(tmp_path / "p", recording("one")))
    qtbot.waitUntil(lambda: application.window.current_page is not None, timeout=20_000)
    with qtbot.waitSignal(application.window.closed):
        application.window.close()
    ours = ("background", "session", "simulator", "worker", "recorder")
    left = [thread.name for thread in threading.enumerate() if thread.name.startswith(ours)]
    assert not left
    assert load_settings(settings)[0].last_step == "label"
    qapp.setStyleSheet("")


def test_a_page_that_comes_has_the_keyboard_and_no_button_a_ring(qtbot, with_project):
    window = with_project.window
    assert window.focusWidget() is window.current_page
    page = shown_step(with_project, qtbot, "label")
    assert window.focusWidget() is page
    page.classes.name.setFocus()
    shown_step(with_project, qtbot, "design")
    shown_step(with_project, qtbot, "label")
    assert window.focusWidget() is page.classes.name  # where it was


def test_the_rail_keeps_the_keyboard(qtbot, with_project):
    window = with_project.window
    step = window.rail.findChildren(QAbstractButton)[1]
    step.setFocus(Qt.FocusReason.TabFocusReason)
    page = shown_step(with_project, qtbot, "label")
    assert page.isVisible()
    assert window.focusWidget() is step


def test_a_rebuilt_window_gives_its_page_the_keyboard(qtbot, with_project):
    with qtbot.waitSignal(with_project.rebuilt):
        with_project.set_theme(ThemeChoice.DARK)
    window = with_project.window
    qtbot.waitUntil(lambda: window.current_page is not None, timeout=20_000)
    assert window.focusWidget() is window.current_page


def test_a_project_opened_by_the_file_manager_of_macos(
    qtbot, qapp, application, heartbeat, tmp_path
):
    made = project(tmp_path / "내 project", recording("one"))
    made.save()
    event = QFileOpenEvent(QUrl.fromLocalFile(str(made.folder / "project.json")))
    with heartbeat.excused(), qtbot.waitSignal(application.studio.project_opened, timeout=20_000):
        QApplication.postEvent(qapp, event)
    assert application.studio.project.folder == made.folder


@pytest.mark.parametrize("given", ["folder", "file", "archive"])
def test_a_project_opened_in_a_file_manager(qtbot, application, heartbeat, tmp_path, given):
    made = project(tmp_path / "흔들기 project", recording("one"))
    made.save()
    archive = tmp_path / f"흔들기{SUFFIX}"
    export_archive(made.folder, archive)
    path = {"folder": made.folder, "file": made.folder / "project.json", "archive": archive}[given]
    with heartbeat.excused(), qtbot.waitSignal(application.studio.project_opened, timeout=20_000):
        application.window.projects.open_path(path)
    opened = application.studio.project
    assert opened.document.recordings == made.document.recordings
    unpacked = tmp_path / "projects" / "흔들기"
    assert opened.folder == (unpacked if given == "archive" else made.folder)
