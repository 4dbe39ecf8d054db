# SPDX-License-Identifier: GPL-3.0-or-later
"""What all pages share."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from app.gui.page import Page

pytestmark = pytest.mark.usefixtures("heartbeat")


def test_the_primary_action_is_clicked_without_a_ring_and_reached_by_tab(qtbot, studio):
    page = Page(studio, "Title")
    qtbot.addWidget(page)
    action, field = QPushButton("act"), QLineEdit()
    page.set_primary_action(action)
    page.body.addWidget(field)
    page.show()
    field.setFocus()
    with qtbot.waitSignal(action.clicked):
        QTest.mouseClick(action, Qt.MouseButton.LeftButton)
    assert page.focusWidget() is field
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_Tab)
    assert page.focusWidget() is action
