# SPDX-License-Identifier: GPL-3.0-or-later
"""What all pages share: where the keyboard is when one comes to the front."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.gui.page import Page

pytestmark = pytest.mark.usefixtures("heartbeat")


@pytest.fixture
def window(qtbot, studio):
    """Two pages, each with a primary action and a field, below a button as on the rail."""
    made = QWidget()
    qtbot.addWidget(made)
    made.rail, made.stack = QPushButton("rail"), QStackedWidget()
    column = QVBoxLayout(made)
    column.addWidget(made.rail)
    column.addWidget(made.stack)
    made.pages = [Page(studio, "One"), Page(studio, "Two")]
    for page in made.pages:
        page.action, page.field = QPushButton("act"), QLineEdit()
        page.set_primary_action(page.action)
        page.body.addWidget(page.field)
        made.stack.addWidget(page)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_a_page_that_comes_has_the_keyboard_and_tab_leads_to_its_action(qtbot, window):
    one, two = window.pages
    one.field.setFocus()
    window.stack.setCurrentWidget(two)
    qtbot.waitUntil(lambda: window.focusWidget() is two)
    QTest.keyClick(two, Qt.Key.Key_Tab)
    assert window.focusWidget() is two.action


def test_the_keyboard_stays_on_the_rail_and_comes_back_to_a_field(window):
    one, two = window.pages
    one.field.setFocus()
    window.stack.setCurrentWidget(two)
    window.stack.setCurrentWidget(one)
    assert window.focusWidget() is one.field
    window.rail.setFocus()
    window.stack.setCurrentWidget(two)
    assert window.focusWidget() is window.rail


def test_a_clicked_action_takes_no_focus(window):
    one, _ = window.pages
    one.field.setFocus()
    QTest.mouseClick(one.action, Qt.MouseButton.LeftButton)
    assert window.focusWidget() is one.field
