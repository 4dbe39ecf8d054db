# SPDX-License-Identifier: GPL-3.0-or-later
"""A hand on the Label page: where samples lie on the screen, and what the mouse does there."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.core import edits
from app.gui.pages.label import LabelPage

LEFT = Qt.MouseButton.LeftButton
RATE_HZ = 100.0


def shown(qtbot, studio):
    QApplication.processEvents()  # what the test did before is not the page's doing
    page = LabelPage(studio)
    qtbot.addWidget(page)
    page.resize(1280, 800)
    QApplication.processEvents()  # the window shows a page in another turn, too
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
