# SPDX-License-Identifier: GPL-3.0-or-later
"""The recordings on the Label page: listed, labelled whole, none, long."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from tests.helpers.label_page import (
    LEFT,
    RATE_HZ,
    drag,
    near,
    shown,
    spans,
    wait_for_signal_shown,
    words,
)
from tests.helpers.small_projects import project, recording

pytestmark = pytest.mark.usefixtures("heartbeat")


# --- recordings -----------------------------------------------------------------------------------


def test_the_list_filters_by_class_and_by_what_is_missing(page, qtbot):
    names = [page.recordings.filter.itemText(at) for at in range(page.recordings.filter.count())]
    assert names == ["All recordings (3)", "Not labelled (1)", "idle (1)", "shake (2)"]
    page.recordings.filter.setCurrentIndex(1)
    assert [row.info.name for row in page.recordings.model.rows] == ["third"]
    assert page.recording.editor.info.name == "third"
    page.recordings.filter.setCurrentIndex(3)
    assert [row.info.name for row in page.recordings.model.rows] == ["first", "second"]


def test_a_recording_does_not_slip_away_while_it_is_labelled(page, studio, qtbot):
    page.recordings.filter.setCurrentIndex(1)
    wait_for_signal_shown(qtbot, page)
    drag(page, 200, 400)
    near(spans(studio, "third"), (200, 400, "idle"))
    assert page.recording.editor.info.name == "third"
    page.recordings.filter.setCurrentIndex(0)
    page.recordings.filter.setCurrentIndex(1)
    assert page.recordings.model.rows == ()
    assert "Every recording is labelled." in words(page.recordings)
    assert page.recording.editor.info is None
    assert not page.label_all.isEnabled()


def test_choosing_a_recording_shows_it(page, qtbot):
    row = page.recordings.view.visualRect(page.recordings.model.index(1)).center()
    QTest.mouseClick(page.recordings.view.viewport(), LEFT, pos=row)
    wait_for_signal_shown(qtbot, page)
    assert page.recording.editor.info.name == "second"
    assert "1,000 samples at 100 Hz · 3 channels" in words(page.recording)


def test_the_primary_action_labels_whole_recordings(page, studio):
    page.recordings.show_recording(studio.document.recordings[2].id)
    page.classes.take(0)
    QTest.mouseClick(page.label_all, LEFT)
    assert spans(studio, "third") == [(0, 1000, "idle")]
    page.recordings.view.selectAll()
    assert page.label_all.text() == "Label 3 whole recordings"
    QTest.mouseClick(page.label_all, LEFT)
    assert [spans(studio, name) for name in ("first", "second", "third")] == [
        [(0, 1000, "idle")]
    ] * 3
    studio.undo()
    assert spans(studio) == [(100, 300, "idle"), (500, 700, "shake")]


# --- empty and large ------------------------------------------------------------------------------


def test_an_empty_project_says_what_to_do_next(qtbot, studio, tmp_path):
    studio.take_project(project(tmp_path / "p"))
    page = shown(qtbot, studio)
    assert "Nothing to label yet" in words(page)
    assert not page.label_all.isVisible()
    button = next(b for b in page.findChildren(QPushButton) if b.text() == "Go to Capture")
    with qtbot.waitSignal(studio.page_requested) as asked:
        button.click()
    assert asked.args == ["capture"]


def test_recordings_that_come_later_appear(qtbot, studio, tmp_path):
    made = project(tmp_path / "p")
    studio.take_project(made)
    page = shown(qtbot, studio)
    made.add_recording(recording("late"))
    wait_for_signal_shown(qtbot, page)
    assert page.recording.editor.info.name == "late"


def test_ten_hours_with_a_thousand_labels_stay_smooth(qtbot, studio, tmp_path):
    hours = 10 * 3600 * 100
    many = tuple((at, at + 1800, ("idle", "shake")[at % 7200 // 3600]) for at in
                 range(0, hours - 3600, 3600))  # fmt: skip
    assert len(many) == 999
    studio.take_project(project(tmp_path / "p", recording("long", hours, spans=many)))
    page = shown(qtbot, studio)
    assert len(page.recording.editor.spans) == 999
    middle = many[500][0] / RATE_HZ
    page.recording.plot.show_view(middle - 30, middle + 30)
    QApplication.processEvents()
    drag(page, many[500][0] + 900, many[500][0] + 1200)
    near(spans(studio, "long")[500:501], (many[500][0] + 300, many[500][0] + 2100, "idle"), by=20)
    page.recording.plot.show_view(0, 36000)
    QApplication.processEvents()


def test_the_page_survives_the_project_being_closed(page, studio):
    studio.close_project()
    QApplication.processEvents()
    assert not page.label_all.isVisible()
