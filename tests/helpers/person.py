# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody in front of the window: looks, clicks, types and waits, and knows no other way in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QMenu,
    QScrollArea,
    QToolButton,
    QWidget,
)
from pytestqt.exceptions import TimeoutError

from app.core.runs import TrainingRun, list_runs
from app.gui.application import Application
from app.gui.import_rate import ImportRateDialog
from app.gui.main_window import MainWindow
from app.gui.notifications import Severity
from app.gui.page import Page
from app.gui.pages.live.live_run import LiveState
from app.gui.projects import NewProjectDialog
from app.gui.studio import Studio
from app.gui.takes import TakeState

NO_SCREEN = "This plugin does not support (raise|grabbing)"
"""What the platform without a screen says when a menu opens; no defect of ours."""
LEFT = Qt.MouseButton.LeftButton
PATIENCE_MS = 12_000
LONG_MS = 90_000
"""For training and deploying."""


class Person:
    """Uses ``application`` through its window, whichever window that is just now."""

    def __init__(self, qtbot, application: Application) -> None:
        self.qtbot = qtbot
        self.application = application

    @property
    def window(self) -> MainWindow:
        return self.application.window

    @property
    def studio(self) -> Studio:
        return self.application.studio

    # --- looking -----------------------------------------------------------------------------

    def wait(self, condition: Callable[[], bool], timeout_ms: int = PATIENCE_MS) -> None:
        """Until ``condition`` holds. What the window complains of meanwhile is told on failure."""
        try:
            self.qtbot.waitUntil(condition, timeout=timeout_ms)
        except TimeoutError as error:
            raise AssertionError(f"{error}; the window says: {self.complaints}") from error

    @property
    def complaints(self) -> list[str]:
        """Warnings and errors that are shown or wait to be, oldest first."""
        return [
            " ".join(str(part) for part in (each.what, each.why, each.action) if str(part))
            for each in self.window.notifications.everything
            if each.severity is not Severity.INFO
        ]

    def reads(self, words: str) -> bool:
        """Whether ``words`` stand somewhere on the screen."""
        labels = self.window.findChildren(QLabel)
        return any(words in each.text() for each in labels if each.isVisible())

    # --- mouse and keys ----------------------------------------------------------------------

    def click(self, widget: QWidget) -> None:
        """Click the middle of ``widget``, as soon as it is there to be clicked."""
        self.wait(lambda: widget.isVisible() and widget.isEnabled())
        self.wait(lambda: self._reaches(widget))
        self.qtbot.mouseClick(widget, LEFT, pos=widget.rect().center())

    def _reaches(self, widget: QWidget) -> bool:
        """Whether the middle of ``widget`` is to be seen, once what is around it was scrolled."""
        self._scroll_to(widget)
        return widget.visibleRegion().contains(widget.rect().center())

    def choose(self, button: QWidget, words: str) -> None:
        """Open the menu of ``button`` and click the entry that begins with ``words``."""
        done: list[QMenu] = []
        timer = QTimer(interval=20)

        def look() -> None:
            menu = QApplication.activePopupWidget()
            if not isinstance(menu, QMenu) or not menu.isVisible():
                return
            timer.stop()
            done.append(menu)
            found = [each for each in menu.actions() if each.text().startswith(words)]
            assert found, f"no {words!r} among {[each.text() for each in menu.actions()]}"
            QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(found[0]).center())

        timer.timeout.connect(look)
        timer.start()
        self.click(button)  # a menu may have an event loop of its own
        self.wait(lambda: bool(done))
        self.activate()  # a closed menu gives the window back only where something manages windows

    def pick(self, combo: QComboBox, data: object) -> None:
        """Choose the entry of a closed list that stands for ``data``, by the keyboard."""
        place = combo.findData(data)
        assert place >= 0, f"{data!r} is not offered"
        combo.setFocus(Qt.FocusReason.TabFocusReason)
        self.qtbot.keyClick(combo, Qt.Key.Key_Home)
        for _ in range(place):
            self.qtbot.keyClick(combo, Qt.Key.Key_Down)
        assert combo.currentData() == data

    def type_over(self, field: QWidget, words: str) -> None:
        """Replace what a field holds, and leave it with Tab."""
        field.setFocus(Qt.FocusReason.TabFocusReason)
        self.qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.keyClicks(field, words)
        self.qtbot.keyClick(field, Qt.Key.Key_Tab)

    def press(self, key: Qt.Key) -> None:
        """A key, to whatever has the keyboard."""
        focused = QApplication.focusWidget()
        assert focused is not None, "nothing has the keyboard"
        self.qtbot.keyClick(focused, key)

    def drag(self, widget: QWidget, start: QPoint, stop: QPoint) -> None:
        QTest.mousePress(widget, LEFT, pos=start)
        for step in range(1, 5):
            QTest.mouseMove(widget, start + (stop - start) * step / 4)
        QTest.mouseRelease(widget, LEFT, pos=stop)

    def tell_rate(self, rate_hz: float) -> None:
        """Answer the question how fast the files were sampled that were just given."""
        self.wait(lambda: self.window.findChild(ImportRateDialog) is not None)
        dialog = self.window.findChild(ImportRateDialog)
        self.wait(dialog.isVisible)
        self.type_over(dialog.rate_hz, f"{rate_hz:g}")
        buttons = dialog.findChild(QDialogButtonBox).buttons()
        self.click(next(each for each in buttons if each.text() == "Import"))
        self.wait(lambda: self.window.findChild(ImportRateDialog) is None)
        self.activate()

    def drop(self, widget: QWidget, files: Sequence[Path]) -> None:
        """Drop files from elsewhere on the desktop onto ``widget``."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        what = (Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
        middle = widget.rect().center()
        enter = QDragEnterEvent(middle, *what)
        QApplication.sendEvent(widget, enter)
        assert enter.isAccepted(), f"{widget} takes no files"
        dropped = QDropEvent(QPointF(middle), *what)
        QApplication.sendEvent(widget, dropped)
        assert dropped.isAccepted()

    def activate(self) -> None:
        """Give the window the keyboard; where there is no screen, a dialog does not do so."""
        self.window.activateWindow()
        self.wait(lambda: QApplication.activeWindow() is self.window)

    def _scroll_to(self, widget: QWidget) -> None:
        above = widget.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(widget)
            QApplication.processEvents()

    # --- ways through the studio -------------------------------------------------------------

    def go_to(self, step: str) -> Page:
        """Click a step on the rail; its page, once it is in front."""
        names = {"capture": "Capture", "label": "Label", "design": "Design",
                 "train": "Train", "deploy": "Deploy", "live": "Live"}  # fmt: skip
        buttons = self.window.rail.findChildren(QAbstractButton)
        self.click(next(each for each in buttons if each.text() == names[step]))
        self.wait(lambda: self.window.wanted == step and self.window.current_page is not None)
        page = self.window.current_page
        assert page is not None
        return page

    def make_project(self, name: str) -> None:
        """By the welcome page and its dialog."""
        self.click(self.window.welcome.new)
        self.wait(lambda: self.window.findChild(NewProjectDialog) is not None)
        dialog = self.window.findChild(NewProjectDialog)
        self.wait(dialog.isVisible)
        self.type_over(dialog.name, name)
        buttons = dialog.findChild(QDialogButtonBox).buttons()
        self.click(next(each for each in buttons if each.text() == "Make project"))
        self.wait(lambda: self.studio.project is not None)
        self.wait(lambda: self.window.findChild(NewProjectDialog) is None)
        self.activate()

    @property
    def step_names(self) -> list[str]:
        """What the rail calls the steps."""
        return [each.text() for each in self.window.rail.findChildren(QAbstractButton)]

    def choose_setting(self, button: str, words: str) -> None:
        """Open the menu on the project bar that is called ``button``, and click an entry."""
        buttons = self.window.bar.findChildren(QToolButton)
        self.choose(next(each for each in buttons if each.text() == button), words)

    def undo(self) -> None:
        self.activate()
        self.qtbot.keyClick(self.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    def redo(self) -> None:
        bar = self.window.bar
        buttons = bar.findChildren(QToolButton)
        self.click(next(each for each in buttons if each.defaultAction() is bar.redo_action))

    def wait_for_signal(self) -> None:
        """Until samples come in from the board."""

        def flowing() -> bool:
            session = self.studio.board.session
            return session is not None and session.snapshot().samples > 0

        self.wait(flowing)

    def record(self, label: str) -> None:
        """A take of ``label`` on the Capture page, of the length chosen there."""
        page = self.window.current_page
        before = len(self.studio.document.recordings)
        self.type_over(page.card.label, label)
        self.click(page.record)
        self.wait(lambda: len(self.studio.document.recordings) == before + 1)
        self.wait(lambda: self.studio.takes.state is TakeState.IDLE)

    def train(self, epochs: int) -> TrainingRun:
        """By the Train page, for ``epochs``; the run, once the page shows its scores."""
        page = self.go_to("train")
        self.type_over(page.settings.epochs, str(epochs))
        assert self.studio.document.training.epochs == epochs
        before = {entry.id for entry in page.runs.entries}
        self.click(page.action)
        self.wait(lambda: self.studio.jobs.busy)
        self.wait(lambda: not self.studio.jobs.busy, LONG_MS)

        def shown() -> bool:
            return any(run.id not in before for run in page.runs_card.shown)

        self.wait(shown)
        self.wait(page.results.isVisible)
        return page.runs_card.shown[0]

    def deploy(self) -> TrainingRun:
        """By the one button of the Deploy page; the run, once its outcome is shown."""
        page = self.go_to("deploy")
        deployment = self.studio.deployment
        with self.qtbot.waitSignal(deployment.changed):
            self.click(page.deploy)
        self.wait(lambda: deployment.outcome is not None, LONG_MS)
        assert deployment.finished, deployment.outcome
        self.wait(page.outcome.details.isVisible)
        (run,) = list_runs(self.studio.project.folder).runs
        assert run.board_check is not None
        return run

    def watch_live(self, gestures: Sequence[str], classes: Sequence[str]) -> None:
        """Start the board on its own sensor, let the hand do each of ``gestures``, and see an
        answer to it that names one of ``classes``; then stop."""
        page = self.go_to("live")
        self.click(page.start)
        self.wait(lambda: page.run.state is LiveState.RUNNING)
        for gesture in gestures:
            self.click(page.hand.buttons[gesture])
            with self.qtbot.waitSignal(page.run.answered, timeout=PATIENCE_MS) as answered:
                pass
            (answer,) = answered.args
            assert len(answer.scores) == len(classes)
            assert sum(answer.scores) == pytest.approx(1.0, abs=0.02)
        self.type_over(page.threshold, "0")
        self.wait(lambda: page.answer.word.text in classes)
        self.click(page.start)
        self.wait(lambda: page.run.state is LiveState.READY)


def at_sample(plot, sample: float, rate_hz: float) -> QPoint:
    """Where ``sample`` is shown in the first lane of a signal plot."""
    lane: QRect = plot.lanes.view_boxes[0].sceneBoundingRect()
    left, right = plot.view
    share = (sample / rate_hz - left) / (right - left)
    x = lane.left() + share * lane.width()
    return QPoint(plot.lanes.mapFromScene(QPointF(x, 0)).x(), int(lane.center().y()))
