# SPDX-License-Identifier: GPL-3.0-or-later
"""The Label page, with real mouse and keys over a real project."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox, QPushButton

from app.core import edits
from app.core.text import text
from app.core.training import Task, WindowConfig
from app.gui.pages.label import LabelPage
from app.gui.pages.label.class_row import CAPTION_ROLE
from app.gui.studio import Studio
from app.gui.theme import LIGHT
from tests.helpers.small_projects import project, recording

pytestmark = pytest.mark.usefixtures("heartbeat")

LEFT = Qt.MouseButton.LeftButton
RATE_HZ = 100.0


@pytest.fixture
def studio(qapp):
    made = Studio(LIGHT)
    yield made
    made.close()


@pytest.fixture
def page(qtbot, studio, tmp_path):
    """Three takes of ten seconds: one labelled twice, one once, one not at all."""
    studio.take_project(
        project(
            tmp_path / "p",
            recording("first", spans=((100, 300, "idle"), (500, 700, "shake"))),
            recording("second", spans=((0, 1000, "shake"),)),
            recording("third"),
        )
    )
    return shown(qtbot, studio)


def shown(qtbot, studio):
    QApplication.processEvents()  # what the test did before is not the page's doing
    page = LabelPage(studio)
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    qtbot.waitExposed(page)
    if page.recordings.current:
        wait_for_signal_shown(qtbot, page)
    return page


def wait_for_signal_shown(qtbot, page):
    def there():
        source = page.recording.previews._source
        assert source is not None
        assert len(page.recording.plot.lanes.lanes) > 0

    qtbot.waitUntil(there)
    QApplication.processEvents()


def spans(studio, name="first"):
    """(start, stop, label) of a recording's spans."""
    info = next(each for each in studio.document.recordings if each.name == name)
    return [(s.start, s.stop, s.label) for s in edits.spans_of(studio.document, info.id)]


def x_of(page, sample):
    """The pixel of the plot's surface that shows ``sample``."""
    plot = page.recording.plot
    lane = plot.lanes.view_boxes[0].sceneBoundingRect()
    left, right = plot.view
    share = (sample / RATE_HZ - left) / (right - left)
    return plot.lanes.mapFromScene(QPointF(lane.left() + share * lane.width(), 0)).x()


def point(page, sample):
    lane = page.recording.plot.lanes.view_boxes[0].sceneBoundingRect()
    return QPoint(x_of(page, sample), int(lane.center().y()))


def drag(page, start, stop, *, release=True):
    surface = page.recording.plot.lanes.viewport()
    begin, end = point(page, start), point(page, stop)
    QTest.mousePress(surface, LEFT, pos=begin)
    for step in range(1, 5):
        QTest.mouseMove(surface, begin + (end - begin) * step / 4)
    if release:
        QTest.mouseRelease(surface, LEFT, pos=end)


def near(actual, *expected, by=4):
    """Spans as expected, give or take the samples a pixel stands for."""
    assert len(actual) == len(expected), actual
    for (start, stop, label), (wanted_start, wanted_stop, wanted_label) in zip(
        actual, expected, strict=True
    ):
        assert label == wanted_label
        assert start == pytest.approx(wanted_start, abs=by)
        assert stop == pytest.approx(wanted_stop, abs=by)


def press(page, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(page.recording.plot, key, modifier)


def click_on(page, sample):
    QTest.mouseClick(page.recording.plot.lanes.viewport(), LEFT, pos=point(page, sample))


def words(widget):
    return " | ".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


# --- the mouse ---------------------------------------------------------------------------------


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


# --- keys --------------------------------------------------------------------------------------


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


# --- recordings --------------------------------------------------------------------------------


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


# --- classes -----------------------------------------------------------------------------------


def captions(page):
    return {
        page.classes.list.item(row).text(): page.classes.list.item(row).data(CAPTION_ROLE)
        for row in range(page.classes.list.count())
    }


def test_classes_show_labels_windows_and_time(page, studio, qtbot):
    studio.edit(
        edits.replace_data(
            studio.document,
            type(studio.document.data)(windowing=WindowConfig(100, 100)),
        ),
        text("Cut"),
    )
    qtbot.waitUntil(
        lambda: (
            captions(page)
            == {
                "idle": "1 label · 2 windows · 2.0 s",
                "shake": "2 labels · 12 windows · 12.0 s",
            }
        )
    )


def test_a_class_is_added_renamed_and_deleted(page, studio):
    page.classes.name.setFocus()
    QTest.keyClicks(page.classes.name, "tap")
    QTest.keyClick(page.classes.name, Qt.Key.Key_Return)
    assert [each.name for each in studio.document.classes] == ["idle", "shake", "tap"]
    assert page.classes.current == "tap"
    page.classes.rename.click()
    editor = page.classes.list.viewport().findChild(QLineEdit)
    QTest.keyClicks(editor, "knock")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert [each.name for each in studio.document.classes] == ["idle", "shake", "knock"]
    page.classes.delete.click()  # nothing is labelled with it: no question
    assert [each.name for each in studio.document.classes] == ["idle", "shake"]


def test_a_name_that_is_taken_is_refused_and_shown_as_it_was(page, studio, qtbot):
    page.classes.take(1)
    page.classes.rename.click()
    editor = page.classes.list.viewport().findChild(QLineEdit)
    editor.selectAll()
    with qtbot.waitSignal(studio.notified) as told:
        QTest.keyClicks(editor, "idle")
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert "already a class named idle" in str(told.args[0].what)
    assert page.classes.list.item(1).text() == "shake"


def answer(page, qtbot, word):
    question = page.classes.findChild(QMessageBox)
    qtbot.waitExposed(question)
    shown_text = f"{question.text()} {question.informativeText()}"
    button = next(b for b in question.findChildren(QPushButton) if b.text() == word)
    QTest.mouseClick(button, LEFT)
    return shown_text


def test_merging_asks_plainly_first(page, studio, qtbot):
    qtbot.waitUntil(lambda: "1 label" in captions(page)["idle"])
    page.classes.take(0)
    actions = page.classes.merge.menu().actions()
    assert [action.text() for action in actions] == ["into shake"]
    actions[0].trigger()
    asked = answer(page, qtbot, "Cancel")
    assert asked == "Merge idle into shake? Its labels will be called shake, and idle goes."
    assert len(studio.document.classes) == 2
    QApplication.processEvents()
    page.classes.merge.menu().actions()[0].trigger()
    answer(page, qtbot, "Merge")
    assert [each.name for each in studio.document.classes] == ["shake"]
    assert spans(studio) == [(100, 300, "shake"), (500, 700, "shake")]
    studio.undo()
    assert len(studio.document.classes) == 2


def test_deleting_a_class_with_labels_asks_first(page, studio, qtbot):
    page.classes.take(1)
    page.classes.delete.click()
    assert "Its labels go with it (2)" in answer(page, qtbot, "Delete")
    assert spans(studio) == [(100, 300, "idle")]
    assert spans(studio, "second") == []


# --- windows -----------------------------------------------------------------------------------


def test_windows_say_which_label_they_get_and_why_some_get_none(page, studio):
    assert page.recording.fields.window_ms.value() == 2000
    assert page.recording.fields.stride_ms.value() == 1000
    assert page.recording.summary.text() == ("9 windows: 6 labelled, 3 without a label, 0 with two")
    page.recording.overlap.setValue(100)
    assert studio.document.data.min_overlap == 1.0
    assert page.recording.summary.text().startswith("9 windows: 2 labelled")
    bar = page.recording.bar
    assert bar.describe(1) == "Window 2, 1.00 s to 3.00 s: idle"
    assert "left out, for no label covers enough of it" in bar.describe(0)
    page.recording.fields.stride_ms.setValue(500)
    assert studio.document.data.windowing == WindowConfig(200, 50)
    assert page.recording.summary.text().startswith("17 windows")


def test_a_window_is_chosen_by_mouse_or_key_and_shown_in_the_signal(page, studio, qtbot):
    page.recording.fields.window_ms.setValue(2000)
    page.recording.fields.stride_ms.setValue(1000)
    bar, previews = page.recording.bar, page.recording.previews
    left, right = bar._lane()
    with qtbot.waitSignal(bar.window_selected) as chosen:
        QTest.mouseClick(bar, LEFT, pos=QPoint(int(left + 0.15 * (right - left)), 8))
    assert chosen.args == [1]
    QTest.keyClick(bar, Qt.Key.Key_Right)
    assert bar.accessibleDescription().startswith("Window 3, 2.00 s to 4.00 s")
    marked = page.recording._marks[0]._spans[0]
    assert (marked.start_s, marked.stop_s) == (2.0, 4.0)
    with qtbot.waitSignal(previews.window_selected) as chosen:
        QTest.mouseClick(previews.viewport(), LEFT, pos=QPoint(10, 20))
    assert chosen.args == [0]
    QTest.keyClick(bar, Qt.Key.Key_Escape)
    assert page.recording._marks[0]._spans == ()


def test_a_recording_shorter_than_a_window_says_so(page):
    page.recording.fields.window_ms.setValue(20_000)
    assert "shorter than one window" in page.recording.summary.text()


# --- numbers -----------------------------------------------------------------------------------


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


# --- empty and large ---------------------------------------------------------------------------


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
