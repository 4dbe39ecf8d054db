# SPDX-License-Identifier: GPL-3.0-or-later
"""Board settings and the check of a board, from the Deploy page, on a real simulated board."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.capture.link import LinkState
from app.capture.messages import Flag, SensorChannel
from app.core.board_settings import Action, ActionKind, BoardSettings
from app.core.errors import DataError
from app.core.project import Project
from app.core.text import text
from app.deploy import selftest
from app.deploy.selftest_report import report_lines
from app.deploy.simulator import Simulator
from app.deploy.virtual_process import SimulateOptions
from app.gui.board_care import BoardCare, BoardSetup
from app.gui.board_settings.action_rows import ActionRows
from app.gui.board_settings.dialog import SettingsDialog
from app.gui.pages.deploy import DeployPage
from app.gui.theme import LIGHT

pytestmark = pytest.mark.usefixtures("heartbeat")

LEFT = Qt.MouseButton.LeftButton
SETTINGS = BoardSettings(
    (34, 35),
    (4,),
    21,
    22,
    (
        Action(1, ActionKind.PULSE, 2, 500, threshold=203, windows=3),
        Action(7, ActionKind.PRINT, text="flex", threshold=128, windows=1),
        Action(0, ActionKind.PWM, 13, 250),
    ),
    ("BMM150", "APDS9960"),
    62.5,
    runs_by_itself=True,
    prints_answers=True,
)
SENSORS = tuple(
    SensorChannel(1000, most_mhz, name, "", part)
    for name, most_mhz, part in (
        ("ax", 952_000, "LSM9DS1"),
        ("ay", 952_000, "LSM9DS1"),
        ("humidity", 12_500, "HTS221"),
        ("adc34", 1_000_000, "adc"),
        ("touch4", 1_000_000, "touch"),
    )
)


@pytest.fixture(autouse=True)
def _short_stream(monkeypatch):
    monkeypatch.setattr(selftest, "STREAM_S", 0.3)


@pytest.fixture
def simulated(request):
    faults = getattr(request, "param", ())
    with Simulator(SimulateOptions(tcp_port=0, faults=faults)) as made:
        yield made


@pytest.fixture
def page(qtbot, studio, trained, tmp_path, simulated):
    """The page in front, its board known, streaming and ready."""
    studio.take_project(Project.open(shutil.copytree(trained, tmp_path / "project")))
    studio.connect_board(simulated.url, 115_200)
    made = DeployPage(studio)
    qtbot.addWidget(made)
    made.resize(1180, 720)
    made.show()
    made.entered()
    qtbot.waitUntil(made.tools.settings.isEnabled, timeout=30_000)
    return made


def open_settings(qtbot, page) -> SettingsDialog:
    qtbot.waitUntil(page.tools.settings.isEnabled, timeout=30_000)
    QTest.mouseClick(page.tools.settings, LEFT)
    qtbot.waitUntil(lambda: page.tools.settings.dialog is not None, timeout=30_000)
    return page.tools.settings.dialog


def test_what_is_set_is_stored_on_the_board_and_comes_back(qtbot, page):
    dialog = open_settings(qtbot, page)
    assert dialog.settings() == BoardSettings()
    QTest.mouseClick(dialog.actions_card.add, LEFT)
    (row,) = dialog.actions_card.rows.rows
    classes = page.studio.project.document.classes
    row.wanted.setCurrentIndex(2)
    assert row.wanted.currentText() in {each.name for each in classes}
    row.threshold.setValue(80)
    row.kind.setCurrentIndex(row.kind.findData(ActionKind.PULSE))
    row.pin.setValue(13)
    row.value.setValue(300)
    dialog.sensors.boxes["switches"].setChecked(False)
    dialog.rate.rate_hz.setValue(50.0)
    dialog.power.runs.setChecked(True)
    QTest.mouseClick(dialog.store, LEFT)
    qtbot.waitUntil(lambda: page.tools.settings.dialog is None, timeout=30_000)
    session = page.studio.board.session
    qtbot.waitUntil(lambda: session.snapshot().rate_hz == 50.0, timeout=30_000)
    assert {each.sensor for each in session.snapshot().sensors} == {"motion"}
    again = open_settings(qtbot, page)
    assert again.settings() == BoardSettings(
        actions=(Action(2, ActionKind.PULSE, 13, 300, "", 204, 2),),
        hidden_parts=("switches",),
        rate_hz=50.0,
        runs_by_itself=True,
    )
    (remark,) = [each.text() for each in again.findChildren(QLabel) if "cannot" in each.text()]
    assert "No board program" in remark  # on its own start
    again.sensors.boxes["switches"].setChecked(True)
    QTest.mouseClick(again.store, LEFT)
    qtbot.waitUntil(lambda: page.tools.settings.dialog is None, timeout=30_000)
    qtbot.waitUntil(lambda: len(session.snapshot().sensors) == 8, timeout=30_000)
    qtbot.waitUntil(page.deploy.isEnabled, timeout=30_000)


def test_settings_that_the_board_refuses_stay_in_the_dialog(qtbot, page):
    dialog = open_settings(qtbot, page)
    dialog.pins.analogue.setText("34")
    QTest.mouseClick(dialog.store, LEFT)
    qtbot.waitUntil(dialog.problem.isVisible, timeout=30_000)
    assert "no pins to measure" in dialog.problem.text()
    assert dialog.store.isEnabled()
    assert page.tools.settings.dialog is dialog


def test_what_no_board_can_keep_is_said_at_once(qtbot, page):
    dialog = open_settings(qtbot, page)
    for written, why in (("34, 34", "named twice"), ("A0", "no pins"), ("300", "no pin 300")):
        dialog.pins.touch.setText(written)
        QTest.mouseClick(dialog.store, LEFT)
        assert dialog.problem.isVisible()
        assert why in dialog.problem.text()
    assert not page.studio.care.busy


def begin_check(page, *, drive_pins: bool = False) -> None:
    QTest.mouseClick(page.tools.check, LEFT)
    question = page.tools.question
    question.checkBox().setChecked(drive_pins)
    QTest.mouseClick(question.defaultButton(), LEFT)


def test_a_check_that_is_not_wanted_does_not_begin(page):
    QTest.mouseClick(page.tools.check, LEFT)
    assert not page.tools.question.checkBox().isChecked()
    page.tools.question.reject()
    assert page.tools.question is None
    assert not page.studio.care.busy


@pytest.mark.parametrize("agreed", [False, True])
def test_pins_are_driven_only_where_the_user_agrees(page, monkeypatch, agreed):
    asked = []
    monkeypatch.setattr(page.studio.care, "check", lambda *given: asked.append(given[-1]))
    begin_check(page, drive_pins=agreed)
    assert asked == [agreed]


def test_a_board_is_checked_and_the_report_can_be_copied_and_saved(qtbot, page, tmp_path):
    begin_check(page)
    assert page.studio.care.busy
    assert not page.deploy.isEnabled()
    qtbot.waitUntil(lambda: page.studio.board.session.link.state is LinkState.RELEASED)
    qtbot.waitUntil(lambda: page.tools.report is not None, timeout=30_000)
    dialog = page.tools.report
    assert dialog.headline.text() == "The board passed every check."
    QTest.mouseClick(dialog.copy, LEFT)
    copied = QGuiApplication.clipboard().text()
    assert copied.splitlines() == report_lines(dialog.report)
    dialog.save_to(str(tmp_path / "nowhere" / "report.txt"))
    assert "cannot be saved" in dialog.headline.text()
    dialog.save_to(str(tmp_path / "report.txt"))
    assert (tmp_path / "report.txt").read_text(encoding="utf-8") == copied
    dialog.reject()
    assert page.tools.check.text() == "Check the board"
    session = page.studio.board.session
    qtbot.waitUntil(lambda: session.snapshot().streaming, timeout=30_000)
    qtbot.waitUntil(page.deploy.isEnabled, timeout=30_000)


@pytest.mark.parametrize("simulated", [("sensor-failed",)], indirect=True)
def test_what_failed_is_shown(qtbot, page):
    begin_check(page)
    qtbot.waitUntil(lambda: page.tools.report is not None, timeout=30_000)
    assert page.tools.report.headline.text() == "The board did not pass every check."
    assert not page.tools.report.report.passed


def test_a_board_that_goes_away_is_told_and_the_port_is_given_back(qtbot, page, simulated):
    simulated.stop()
    qtbot.waitUntil(lambda: not page.tools.check.isEnabled(), timeout=30_000)
    session = page.studio.board.session
    failed = []
    page.studio.care.check(lambda _: None, failed.append, page)
    qtbot.waitUntil(lambda: bool(failed), timeout=30_000)
    assert not page.studio.care.busy
    assert session.link.state is not LinkState.RELEASED


def test_a_board_without_settings_offers_none(qtbot, page):
    identity = page.studio.board.session.snapshot().identity
    page._timer.stop()
    page.tools.show_board(replace(identity, flags=Flag.SIMULATED), (), ready=True)
    assert not page.tools.settings.isEnabled()
    assert page.tools.check.isEnabled()
    page.tools.show_board(identity, (), ready=False)
    assert not page.tools.check.isEnabled()


@pytest.fixture
def shown(qtbot, studio):
    """Opens the dialog over a setup, without a board."""
    parent = QWidget()
    qtbot.addWidget(parent)

    def show(setup: BoardSetup) -> SettingsDialog:
        made = SettingsDialog(parent, LIGHT, BoardCare(studio), setup, ("still", "wave"))
        made.show()
        return made

    return show


def test_every_setting_is_shown_and_read_back(shown):
    dialog = shown(BoardSetup(SETTINGS, SENSORS))
    assert dialog.settings() == SETTINGS
    assert {part: box.isChecked() for part, box in dialog.sensors.boxes.items()} == {
        "LSM9DS1": True,
        "HTS221": True,
        "BMM150": False,
        "APDS9960": False,
    }
    captions = [each.text().replace("\xa0", " ") for each in dialog.sensors.findChildren(QLabel)]
    assert "ax, ay, up to 952 Hz" in captions
    assert captions.count("left out") == 2
    pulse, text, pwm = dialog.actions_card.rows.rows
    assert pulse.threshold.value() == 80  # of 203 / 255; untouched, the exact number stays
    assert text.wanted.currentText() == "Class 8"
    assert text.text.isVisible()
    assert not text.pin.isVisible()
    assert pwm.value.maximum() == 1000
    QTest.mouseClick(text.remove, LEFT)
    assert len(dialog.settings().actions) == 2


def test_a_rate_is_shown_without_zeros_and_kept_exactly(shown):
    for rate_hz, words in ((None, "not set (100 Hz)"), (50.0, "50 Hz"), (33.333, "33.333 Hz")):
        dialog = shown(BoardSetup(BoardSettings(rate_hz=rate_hz), SENSORS))
        assert dialog.rate.rate_hz.text() == words
        assert dialog.settings().rate_hz == rate_hz
    beyond = shown(BoardSetup(BoardSettings(rate_hz=2_000_000.0), SENSORS))
    assert beyond.settings().rate_hz == 2_000_000.0  # nobody has touched it
    beyond.rate.rate_hz.setValue(0.0)
    assert beyond.settings().rate_hz is None


def test_printing_belongs_to_running_by_itself(shown):
    dialog = shown(BoardSetup(BoardSettings(), SENSORS))
    assert not dialog.power.prints.isEnabled()
    dialog.power.runs.click()
    assert dialog.power.prints.isEnabled()
    assert dialog.settings() == BoardSettings(runs_by_itself=True)


def test_a_long_name_does_not_widen_the_dialog(shown):
    usual = shown(BoardSetup(BoardSettings(), SENSORS))
    name = "an R&D sensor of " + "M" * 200
    wide = shown(BoardSetup(BoardSettings(hidden_parts=(name,)), SENSORS))
    box = wide.sensors.boxes[name]
    assert box.text().startswith("an R&&D sensor")
    assert box.toolTip() == name
    assert wide.sensors.minimumSizeHint().width() < usual.pins.minimumSizeHint().width()
    assert wide.settings().hidden_parts == (name,)


def test_a_board_without_sensors_says_what_to_check(shown):
    dialog = shown(BoardSetup(BoardSettings(), SENSORS[3:]))
    assert dialog.sensors.boxes == {}
    assert any("Check the wires" in each.text() for each in dialog.sensors.findChildren(QLabel))
    assert dialog.settings() == BoardSettings()


def test_settings_that_cannot_be_read_can_be_set_anew(shown):
    error = DataError(text("The board's settings cannot be read."), text("They are of version 9."))
    dialog = shown(BoardSetup(BoardSettings(), SENSORS, ("What it says.",), error))
    assert dialog.problem.isVisible()
    assert "version 9" in dialog.problem.text()
    assert dialog.store.isEnabled()
    assert any(each.text() == "What it says." for each in dialog.findChildren(QLabel))


def test_all_can_be_done_with_the_keyboard(qtbot, shown):
    dialog = shown(BoardSetup(BoardSettings(), SENSORS))
    dialog.activateWindow()
    first = dialog.sensors.boxes["LSM9DS1"]
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)

    def tab_to(wanted: QWidget) -> None:
        for _ in range(30):
            if wanted.hasFocus():
                return
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        pytest.fail(f"the focus does not come to {wanted.accessibleName()}")

    QTest.keyClick(first, Qt.Key.Key_Space)
    tab_to(dialog.rate.rate_hz)
    QTest.keyClicks(dialog.rate.rate_hz, "62.5")
    tab_to(dialog.pins.analogue)
    QTest.keyClicks(dialog.pins.analogue, "34")
    tab_to(dialog.actions_card.add)
    QTest.keyClick(dialog.actions_card.add, Qt.Key.Key_Space)
    (row,) = dialog.actions_card.rows.rows
    assert row.wanted.hasFocus()
    tab_to(row.pin)
    QTest.keyClicks(row.pin, "13")
    tab_to(row.remove)
    tab_to(dialog.power.runs)
    QTest.keyClick(dialog.power.runs, Qt.Key.Key_Space)
    tab_to(dialog.store)
    assert dialog.settings() == BoardSettings(
        (34,),
        actions=(Action(0, ActionKind.SET, 13),),
        hidden_parts=("LSM9DS1",),
        rate_hz=62.5,
        runs_by_itself=True,
    )


def test_there_are_no_more_rows_than_a_board_keeps_actions(qtbot):
    rows = ActionRows(LIGHT, ("a",))
    qtbot.addWidget(rows)
    for _ in range(20):
        rows.add_default()
    assert len(rows.chosen()) == 16
