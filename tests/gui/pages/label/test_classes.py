# SPDX-License-Identifier: GPL-3.0-or-later
"""The classes on the Label page: counted, named, merged."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPushButton

from app.core import edits
from app.core.text import text
from app.core.training import WindowConfig
from app.gui.pages.label.class_row import CAPTION_ROLE
from tests.helpers.label_page import (
    LEFT,
    spans,
)

pytestmark = pytest.mark.usefixtures("heartbeat")


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
