# SPDX-License-Identifier: GPL-3.0-or-later
"""The one window: project bar on top, rail of steps at the left, a page, a status bar.

A page is imported in a worker thread and built when it is first asked for, so that the window
paints before pyqtgraph is there.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import TinywrightError
from app.gui.i18n import Language, tr
from app.gui.notification_bar import NotificationBar
from app.gui.page import Page
from app.gui.page_loader import PageLoader
from app.gui.project_bar import ProjectBar
from app.gui.projects import ProjectActions
from app.gui.rail import Rail
from app.gui.status_bar import StudioStatusBar
from app.gui.steps import STEPS
from app.gui.studio import Studio
from app.gui.theme import ThemeChoice
from app.gui.welcome import Welcome

MINIMUM_SIZE = (1024, 680)
DEFAULT_SIZE = (1280, 800)


class MainWindow(QMainWindow):
    """Built over a studio and thrown away on a language or theme switch."""

    closed = Signal()
    page_shown = Signal(str)
    """The id of the step whose page came to the front."""

    def __init__(
        self, studio: Studio, language: Language, choice: ThemeChoice, projects: Path
    ) -> None:
        """``projects`` is the folder that new projects go to."""
        super().__init__()
        self._studio = studio
        self._pages: dict[str, Page] = {}
        self._loader = PageLoader(studio.background, self)
        self._loader.loaded.connect(self._on_loaded)
        self.wanted = STEPS[0].id
        self._front: Page | None = None
        self._next_piece = QTimer(self, singleShot=True, interval=0)
        self._next_piece.timeout.connect(self._build_on)
        self.setMinimumSize(*MINIMUM_SIZE)
        self.resize(*DEFAULT_SIZE)
        self.projects = ProjectActions(studio, self, projects)
        self.bar = ProjectBar(studio, language, choice, self.projects.sample_menu(self))
        self.rail = Rail(studio.theme)
        self.notifications = NotificationBar(studio.theme)
        self.welcome = self._make_welcome()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.welcome)
        self._blank = QWidget()
        self._stack.addWidget(self._blank)
        self._lay_out()
        self._stack.setFocus(Qt.FocusReason.OtherFocusReason)  # not the first button of the bar
        self.setStatusBar(StudioStatusBar(studio))
        self.rail.chosen.connect(self.show_page)
        studio.page_requested.connect(self.show_page)
        studio.notified.connect(self.notifications.post)
        studio.project_opened.connect(self._on_project)
        studio.project_closed.connect(self._on_project)
        self._on_project()

    def _make_welcome(self) -> Welcome:
        recent = [Path(folder) for folder in self._studio.settings.recent_projects]
        welcome = Welcome(self._studio.theme, recent[:4], self.projects.sample_menu(self))
        welcome.simulate_chosen.connect(self.projects.simulate)
        welcome.connect_chosen.connect(self.projects.connect_board)
        welcome.new_chosen.connect(self.projects.new)
        welcome.open_chosen.connect(self.projects.open)
        welcome.recent_chosen.connect(self.projects.open_folder)
        self.bar.new_chosen.connect(self.projects.new)
        self.bar.open_chosen.connect(self.projects.open)
        self.bar.close_chosen.connect(self.projects.close)
        return welcome

    def _lay_out(self) -> None:
        central = QWidget()
        rows = QVBoxLayout(central)
        columns = QHBoxLayout()
        page = QVBoxLayout()
        for layout in (rows, columns, page):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        rows.addWidget(self.bar)
        rows.addLayout(columns, 1)
        columns.addWidget(self.rail)
        columns.addLayout(page, 1)
        page.addWidget(self.notifications)
        page.addWidget(self._stack, 1)
        self.setCentralWidget(central)

    # --- pages -------------------------------------------------------------------------------

    @property
    def current_page(self) -> Page | None:
        """The page in front; ``None`` on the welcome page and while a page is being imported."""
        return self._front

    def show_page(self, step_id: str) -> None:
        """Bring the page of ``step_id`` to the front; build it if it is not there yet."""
        self.wanted = step_id
        self.rail.show_step(step_id)
        if self._studio.project is None:
            return
        page = self._pages.get(step_id)
        self._bring(page)
        if page is None:
            self._next_piece.start()

    def _build_on(self) -> None:
        """One piece a turn of the loop, so that none takes long: the page that is wanted, then its
        first sight."""
        if self._studio.project is None:
            return
        page = self._pages.get(self.wanted)
        if page is None:
            self._make(self.wanted)
        else:
            self._bring(page)

    def _make(self, step_id: str) -> None:
        make = self._loader.maker(step_id)
        if make is None:
            self._loader.want(step_id)
            return
        page = make(self._studio)
        self._pages[step_id] = page
        self._stack.addWidget(page)
        self._next_piece.start()

    def warm_up(self) -> None:
        """Import every page in the background, so that none makes the user wait."""
        self._loader.want(self.wanted, *(step.id for step in STEPS if step.id != self.wanted))

    def _on_loaded(self, step_id: str) -> None:
        if step_id == self.wanted and self._front is None:
            self._next_piece.start()

    def _bring(self, page: Page | None) -> None:
        if self._front is not None and self._front is not page:
            self._front.left()
        came = page is not None and page is not self._front
        self._front = page
        fresh = page is not None and not page.focusWidget()
        self._stack.setCurrentWidget(page or self._blank)
        if page is not None and came:
            if fresh:
                self._give_keyboard(page)
            page.entered()
            self.page_shown.emit(self.wanted)

    def _give_keyboard(self, page: Page) -> None:
        """To the page itself: Qt hands it to the first button, whose ring would look as if it had
        been chosen; Tab leads there. On the rail it stays."""
        focused = self.focusWidget()
        if not focused or focused is self._stack or self._stack.isAncestorOf(focused):
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_project(self) -> None:
        """Another project has other pages: views are cheap, and none shows what is gone."""
        self.drop_pages()
        has_project = self._studio.project is not None
        self.rail.setEnabled(has_project)
        if has_project:
            self.show_page(self.wanted)
        else:
            self._stack.setCurrentWidget(self.welcome)
            self.welcome.setFocus(Qt.FocusReason.OtherFocusReason)
        name = self._studio.document.name if has_project else ""
        self.setWindowTitle(tr("{project} – Tinywright", project=name) if name else "Tinywright")

    def drop_pages(self) -> None:
        """Take every page away; it is built again when it is asked for."""
        self._next_piece.stop()
        if self._front is not None:
            self._front.left()
            self._front = None
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()

    # --- the end -----------------------------------------------------------------------------

    def restore(self, geometry: QByteArray, step: str) -> None:
        """Stand where the window stood, on the step that was shown, when the studio was left."""
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        if step in {known.id for known in STEPS}:
            self.show_page(step)

    def take_place_of(self, old: MainWindow) -> None:
        """Stand where ``old`` stands, on the same step."""
        self.setGeometry(old.geometry())
        self.setWindowState(old.windowState())
        self.show_page(old.wanted)
        for notification in old.notifications.everything:
            self.notifications.post(notification)
        if old.isVisible():
            self.show()
            self.activateWindow()

    def discard(self) -> None:
        """Give way to a new window over the same studio."""
        self._loader.stop()
        self.drop_pages()
        self.hide()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        try:
            self._studio.close_project()
        except TinywrightError as error:
            self._studio.notify(error)
            if not self._leave_anyway():
                event.ignore()
                return
        event.accept()
        self.closed.emit()

    def _leave_anyway(self) -> bool:
        answer = QMessageBox.question(
            self,
            tr("The project is not saved"),
            tr("Leave the studio and lose what was changed last?"),
        )
        return answer is QMessageBox.StandardButton.Yes
