# SPDX-License-Identifier: GPL-3.0-or-later
"""Labels on the Label page, made with real mouse and keys over a real project."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core import edits
from app.core.text import text
from app.core.training import Task
from tests.helpers.label_page import (
    LEFT,
    click_on,
    drag,
    near,
    point,
    press,
    shown,
    spans,
)
from tests.helpers.small_projects import project, recording

pytestmark = pytest.mark.usefixtures("heartbeat")


# --- the mouse ------------------------------------------------------------------------------------


def test_dragging_over_empty_signal_adds_a_label_of_the_current_class(page, studio):
    page.classes.take(1)
    drag(page, 750, 900)
    near(spans(studio), (100, 300, "idle"), (500, 700, "shake"), (750, 900, "shake"))
    assert page.recording.editor.selected.start == spans(studio)[2][0]
    assert str(studio.undo_text) == "Add label"
    studio.undo()
    assert len(spans(studio)) == 2
    studio.redo()
    assert len(spans(studio)) == 3


def test_dragging_leftwards_adds_as_well(page, studio):
    drag(page, 450, 350)
    near(spans(studio), (100, 300, "idle"), (350, 450, "idle"), (500, 700, "shake"))


def test_dragging_an_end_resizes(page, studio):
    drag(page, 299, 400)
    near(spans(studio), (100, 400, "idle"), (500, 700, "shake"))
    drag(page, 500, 450)
    near(spans(studio), (100, 400, "idle"), (450, 700, "shake"))
    assert str(studio.undo_text) == "Resize label"
    studio.undo()
    studio.undo()
    assert spans(studio) == [(100, 300, "idle"), (500, 700, "shake")]


def test_dragging_the_body_moves_and_what_it_covers_is_trimmed(page, studio):
    drag(page, 200, 500)
    near(spans(studio), (400, 600, "idle"), (600, 700, "shake"))
    assert str(studio.undo_text) == "Move label"
    studio.undo()
    assert spans(studio) == [(100, 300, "idle"), (500, 700, "shake")]


def test_a_label_cannot_leave_its_recording(page, studio):
    drag(page, 200, 20)
    near(spans(studio), (0, 200, "idle"), (500, 700, "shake"))
    drag(page, 600, 990)
    near(spans(studio), (0, 200, "idle"), (800, 1000, "shake"))


def test_while_it_is_dragged_the_outcome_is_shown_and_escape_takes_it_back(page, studio):
    before = studio.document
    drag(page, 200, 500, release=False)
    drawn = [(s.start_s, s.stop_s, s.name) for s in page.recording.plot._spans]
    assert drawn[0] == (pytest.approx(4.0, abs=0.05), pytest.approx(6.0, abs=0.05), "idle")
    assert drawn[1][0] == pytest.approx(6.0, abs=0.05)
    press(page, Qt.Key.Key_Escape)
    assert [s.name for s in page.recording.plot._spans] == ["idle", "shake"]
    QTest.mouseRelease(page.recording.plot.lanes.viewport(), LEFT, pos=point(page, 500))
    assert studio.document is before


def test_a_double_click_cuts(page, studio):
    QTest.mouseDClick(page.recording.plot.lanes.viewport(), LEFT, pos=point(page, 600))
    near(spans(studio), (100, 300, "idle"), (500, 600, "shake"), (600, 700, "shake"))
    studio.undo()
    assert len(spans(studio)) == 2


def test_a_click_selects_and_a_click_beside_lets_go(page, studio):
    click_on(page, 600)
    assert (
        page.recording.editor.selected
        == edits.spans_of(studio.document, studio.document.recordings[0].id)[1]
    )
    assert page.recording.selection.start.value() == 5.0
    click_on(page, 900)
    assert page.recording.editor.selected is None
    assert page.recording.selection.hint.isVisible()


def test_without_a_class_dragging_says_to_name_one_first(qtbot, studio, tmp_path):
    studio.take_project(project(tmp_path / "p", recording("only")))
    page = shown(qtbot, studio)
    with qtbot.waitSignal(studio.notified) as told:
        drag(page, 200, 400)
    assert "Name a class first" in str(told.args[0].what)
    assert QApplication.focusWidget() is page.classes.name
    assert spans(studio, "only") == []
    QTest.keyClicks(page.classes.name, "wave")
    QTest.keyClick(page.classes.name, Qt.Key.Key_Return)
    drag(page, 200, 400)
    near(spans(studio, "only"), (200, 400, "wave"))


# --- keys -----------------------------------------------------------------------------------------


def test_the_keyboard_does_what_the_mouse_does(page, studio):
    plot = page.recording.plot
    press(page, Qt.Key.Key_PageDown)
    assert "Label idle from 1.00 s to 3.00 s" in plot.accessibleDescription()
    press(page, Qt.Key.Key_PageDown)
    assert "Label shake" in plot.accessibleDescription()
    press(page, Qt.Key.Key_PageUp)
    press(page, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert spans(studio)[0] == (110, 310, "idle")
    press(page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert spans(studio)[0] == (100, 310, "idle")
    press(page, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert spans(studio)[0] == (100, 320, "idle")
    press(page, Qt.Key.Key_2)
    assert spans(studio)[0] == (100, 320, "shake")
    press(page, Qt.Key.Key_S)
    assert spans(studio)[:2] == [(100, 210, "shake"), (210, 320, "shake")]
    press(page, Qt.Key.Key_Delete)
    assert spans(studio) == [(210, 320, "shake"), (500, 700, "shake")]
    press(page, Qt.Key.Key_Escape)
    press(page, Qt.Key.Key_1)
    assert len(spans(studio)) == 2  # nothing selected: the digit names the next label
    press(page, Qt.Key.Key_A)
    assert spans(studio) == [(210, 250, "shake"), (250, 750, "idle")]
    for _ in range(7):
        studio.undo()
    assert spans(studio) == [(100, 300, "idle"), (500, 700, "shake")]


def test_s_cuts_under_the_pointer(page, studio):
    surface = page.recording.plot.lanes.viewport()
    QTest.mouseMove(surface, point(page, 250))
    press(page, Qt.Key.Key_S)
    near(spans(studio)[:2], (100, 250, "idle"), (250, 300, "idle"))


def test_fields_set_the_ends_to_the_millisecond(page, studio):
    click_on(page, 600)
    page.recording.selection.stop.setValue(7.25)
    assert spans(studio)[1] == (500, 725, "shake")
    page.recording.selection.label.setCurrentIndex(0)
    page.recording.selection.label.activated.emit(0)
    assert spans(studio)[1] == (500, 725, "idle")
    page.recording.selection.split.click()
    assert len(spans(studio)) == 3
    page.recording.selection.delete.click()
    assert len(spans(studio)) == 2


# --- numbers --------------------------------------------------------------------------------------


def test_for_regression_labels_carry_a_number(page, studio):
    studio.edit(edits.set_task(studio.document, Task.REGRESSION), text("Task"))
    page.number.setValue(21.5)
    page.classes.take(0)
    drag(page, 750, 900)
    last = edits.spans_of(studio.document, studio.document.recordings[0].id)[-1]
    assert (last.label, last.value) == ("idle", 21.5)
    page.recording.selection.value.setValue(30.0)
    last = edits.spans_of(studio.document, studio.document.recordings[0].id)[-1]
    assert last.value == 30.0
    assert page.recording.selection.value.text() == "30"
    click_on(page, 600)  # labelled before it was a matter of numbers
    assert page.recording.selection.value.text() == "no number"
    page.recording.selection.label.setCurrentIndex(1)
    page.recording.selection.label.activated.emit(1)
    assert edits.spans_of(studio.document, studio.document.recordings[0].id)[1].value is None
