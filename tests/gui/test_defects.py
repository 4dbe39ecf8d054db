# SPDX-License-Identifier: GPL-3.0-or-later
"""What nobody expected: one dialog with a report, and the studio goes on."""

import sys
import threading

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.core.version import studio_version
from app.gui.defects import MAX_KINDS, DefectDialog, Defects


def fail(message, kind):
    raise kind(message)


def raised(defects, message="the roof fell in", kind=RuntimeError):
    try:
        fail(message, kind)
    except kind as error:
        defects.add(type(error), error, error.__traceback__)


@pytest.fixture
def defects(qapp):
    return Defects()


@pytest.fixture
def dialog(qtbot, heartbeat, defects, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    raised(defects)
    made = DefectDialog(window, defects, tmp_path)
    made.show()
    return made


def test_a_report_names_versions_and_where_it_happened(defects):
    raised(defects)
    report = defects.report()
    assert report.startswith(f"Tinywright {studio_version()}\n")
    assert "Python 3" in report
    assert "RuntimeError: the roof fell in" in report
    assert "test_defects.py" in report


def test_the_same_defect_is_told_once_with_its_count(defects):
    for _ in range(60):
        raised(defects)
    raised(defects, "another")
    report = defects.report()
    assert report.count("RuntimeError: the roof fell in") == 1
    assert "60 times:" in report
    assert "RuntimeError: another" in report


def test_a_flood_of_different_defects_stays_readable(defects):
    for number in range(MAX_KINDS + 30):
        raised(defects, f"number {number}")
    assert defects.report().count("RuntimeError") == MAX_KINDS


def test_interrupting_is_no_defect(defects, capsys):
    raised(defects, "", KeyboardInterrupt)
    assert "KeyboardInterrupt" in capsys.readouterr().err
    assert "KeyboardInterrupt" not in defects.report()


def test_nothing_goes_unseen_in_the_loop_or_in_a_thread(qtbot, defects, monkeypatch):
    monkeypatch.setattr("sys.excepthook", None)
    monkeypatch.setattr("threading.excepthook", None)
    defects.catch_all()
    with qtbot.waitSignal(defects.changed):
        thread = threading.Thread(target=[].pop)
        thread.start()
        thread.join()
    assert "IndexError: pop from empty list" in defects.report()
    assert sys.excepthook == defects.add


def test_the_dialog_shows_what_is_copied(qtbot, dialog, defects):
    assert "the roof fell in" in dialog.report.toPlainText()
    raised(defects, "and the cellar filled")
    assert "and the cellar filled" in dialog.report.toPlainText()
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == defects.report()
    assert not dialog.isModal()
