# SPDX-License-Identifier: GPL-3.0-or-later
"""The windows on the Label page: what the network will see, and of which class."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.core.training import WindowConfig
from tests.helpers.label_page import (
    LEFT,
)

pytestmark = pytest.mark.usefixtures("heartbeat")


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
    left, right = page.recording.plot.time_pixels()
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
