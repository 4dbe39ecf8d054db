# SPDX-License-Identifier: GPL-3.0-or-later
"""The window's model: the open project, the board, the work in progress. No widgets.

Views are built over it and thrown away (a language or theme switch does so); it lives as long as
the application and never holds a view.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.document import Document
from app.core.errors import TinywrightError
from app.core.project import NewRecording, Project, StoredRecordings
from app.core.recording import RecordingInfo
from app.core.settings import Settings, save_settings
from app.core.text import NOTHING, Text
from app.gui.board import SIMULATED, BoardConnection
from app.gui.board_care import BoardCare
from app.gui.bridge import Background, GuiThread
from app.gui.deployment import Deployment
from app.gui.jobs import Jobs
from app.gui.notifications import Notification, Severity
from app.gui.takes import Takes
from app.gui.theme import Theme
from app.jobs.messages import Request

AUTOSAVE_AFTER_MS = 800


class Studio(QObject):
    """What every page shows and changes.

    ``theme`` is the one in force; a page reads it while it is built.
    """

    project_opened = Signal()
    project_closed = Signal()
    document_changed = Signal(object, object)
    """``(old, new)``: Documents; compare by identity (``old.spans is new.spans``) to skip work."""
    saved_changed = Signal(bool)
    notified = Signal(object)
    """A :class:`~app.gui.notifications.Notification`."""
    page_requested = Signal(str)
    """The id of the step to show: ``capture``, ``label``, ``design``, ``train``, …"""

    def __init__(
        self, theme: Theme, settings: Settings | None = None, settings_path: Path | None = None
    ) -> None:
        """``settings_path=None`` remembers nothing beyond this studio."""
        super().__init__()
        self.theme = theme
        self.settings = settings or Settings()
        self._settings_path = settings_path
        self._settings_lock = threading.Lock()
        self.gui_thread = GuiThread(self)
        self.background = Background(self.gui_thread, self.notify)
        self._project: Project | None = None
        self._unsubscribe: Callable[[], None] = _nothing
        self.board = BoardConnection(self.gui_thread, self.background, self.notify)
        self.jobs = Jobs(self.gui_thread, self.background, self.notify)
        self.takes = Takes(self)
        self.deployment = Deployment(self)
        self.care = BoardCare(self)
        self.run_id = ""
        """The run selected on Train or Deploy, for all pages; empty: the newest."""
        self._saving = False
        self._when_saved: list[Callable[[], object]] = []
        self._autosave = QTimer(self, singleShot=True, interval=AUTOSAVE_AFTER_MS)
        self._autosave.timeout.connect(self.save)

    # --- the project -------------------------------------------------------------------------

    @property
    def project(self) -> Project | None:
        """The open project, ``None`` on the welcome page."""
        return self._project

    @property
    def document(self) -> Document:
        """What the open project says now. Raises ``RuntimeError`` where none is open: a page is
        only shown while one is."""
        if self._project is None:
            raise RuntimeError("no project is open")
        return self._project.document

    @property
    def saved(self) -> bool:
        """Whether everything said is on disk."""
        return self._project is None or not self._project.dirty

    def open_project(self, folder: Path) -> None:
        """Open ``folder`` in the background, with what a killed studio was recording;
        ``project_opened`` follows, or a notification."""

        def opened(result: tuple[Project, tuple[TinywrightError, ...]]) -> None:
            project, problems = result
            self.take_project(project)
            for problem in problems:
                self.notify(problem)

        self.background.run(lambda: _open_recovered(folder), opened)

    def create_project(self, folder: Path, name: str) -> None:
        """Make a new project in ``folder`` and open it, in the background."""
        self.background.run(lambda: Project.create(folder, name), self.take_project)

    def take_project(self, project: Project) -> None:
        """Show ``project`` in place of the one that is open."""
        self.close_project()
        self._project = project
        self.run_id = ""
        self._unsubscribe = project.subscribe(self._on_document)
        self.remember(self.settings.with_recent(project.folder))
        self.project_opened.emit()
        self.saved_changed.emit(self.saved)

    def close_project(self) -> None:
        """Save and let go of the open project.

        Raises :class:`ProjectError` where it cannot be saved; it then stays open.
        """
        if self._project is None:
            return
        self._autosave.stop()
        self._project.save()
        self._unsubscribe()
        self._project.close()
        self._project = None
        self.project_closed.emit()

    def edit(self, document: Document, what: Text) -> None:
        """Replace the document as one undoable step named ``what`` ("Move label")."""
        if self._project is not None:
            self._project.edit(document, what)

    def undo(self) -> None:
        if self._project is not None:
            self._project.undo()

    def redo(self) -> None:
        if self._project is not None:
            self._project.redo()

    @property
    def undo_text(self) -> Text:
        """What :meth:`undo` would take back; empty where there is nothing."""
        return NOTHING if self._project is None else self._project.undo_text

    @property
    def redo_text(self) -> Text:
        return NOTHING if self._project is None else self._project.redo_text

    def add_recordings(
        self,
        make: Callable[[], Sequence[NewRecording]],
        what: Text,
        on_added: Callable[[tuple[RecordingInfo, ...]], object] | None = None,
        on_error: Callable[[TinywrightError], object] | None = None,
    ) -> None:
        """Take in what ``make`` returns, as one undoable step that is saved at once.

        ``make`` runs in a worker thread, and so does the writing; ``on_added`` follows when the
        project names the recordings on the disk.
        """
        project = self._project
        if project is None:
            return

        def adopt(stored: StoredRecordings) -> None:
            if self._project is project:
                project.adopt_recordings(stored, what)
                self.save(partial(on_added, stored.infos) if on_added is not None else None)

        self.background.run(lambda: project.store_recordings(make()), adopt, on_error)

    def save(self, on_saved: Callable[[], object] | None = None) -> None:
        """Write what changed in the background, then call ``on_saved`` (before work in the child,
        which reads the project from the disk). A failure is a notification."""
        self._autosave.stop()
        project = self._project
        if project is None:
            return
        if on_saved is not None:
            self._when_saved.append(on_saved)
        if self._saving:
            return  # what is written now may be older than what is to be saved: see ``done``
        self._saving = True

        def done(_: None) -> None:
            self._saving = False
            self.saved_changed.emit(self.saved)
            if project.dirty and self._when_saved and project is self._project:
                self.save()
                return
            waiting, self._when_saved = self._when_saved, []
            for call in waiting:
                call()

        def failed(error: TinywrightError) -> None:
            self._saving = False
            self._when_saved = []
            self.notify(error)

        self.background.run(project.save, done, failed)

    def start_job(self, request: Request) -> None:
        """Save the project, then let the worker child do ``request``."""
        self.save(lambda: self.jobs.start(request))

    def _on_document(self, old: Document, new: Document) -> None:
        self._autosave.start()
        self.document_changed.emit(old, new)
        self.saved_changed.emit(self.saved)

    # --- the board ---------------------------------------------------------------------------

    def connect_board(self, choice: str, baud: int) -> None:
        """Connect the port ``choice`` (``SIMULATED`` for the simulated board) and remember it."""
        last_port = "" if choice == SIMULATED else choice
        self.remember(replace(self.settings, last_port=last_port, baud=baud))
        self.board.connect_to(choice, baud)

    def connect_default_board(self) -> None:
        """Connect what the user most likely wants, unless a board is connected."""
        self.board.connect_default(self.settings.last_port, self.settings.baud)

    # --- talking to the user -----------------------------------------------------------------

    def notify(self, what: TinywrightError | Notification | Text) -> None:
        """Show an error, a warning or a sentence in the one place for them."""
        if isinstance(what, TinywrightError):
            what = Notification.of_error(what)
        elif isinstance(what, Text):
            what = Notification(Severity.INFO, what)
        self.notified.emit(what)

    def go_to(self, page: str) -> None:
        """Ask the window to show the step ``page``."""
        self.page_requested.emit(page)

    def remember(self, settings: Settings) -> None:
        """Keep ``settings`` for the next day. A failure is a notification."""
        self.settings = settings
        path = self._settings_path
        if path is not None:
            self.background.run(lambda: self._write_settings(path))

    def _write_settings(self, path: Path) -> None:
        """In a worker thread. Whoever comes last writes the newest, however threads overtake."""
        with self._settings_lock:
            save_settings(path, self.settings)

    def close(self) -> None:
        """End the application's work: no thread and no process is left after this."""
        self._autosave.stop()
        self.background.close()
        self.board.close()
        self.jobs.close()


def _open_recovered(folder: Path) -> tuple[Project, tuple[TinywrightError, ...]]:
    """In a worker thread."""
    from app.capture.take import recover

    project = Project.open(folder)
    return project, recover(project).problems


def _nothing() -> None:
    """No subscription to end."""
