# SPDX-License-Identifier: GPL-3.0-or-later
"""The window's model: the open project, the board, the work in progress. No widgets.

Views are built over it and thrown away (a language or theme switch does so); it lives as long as
the application and never holds a view.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.document import Document
from app.core.errors import TinywrightError
from app.core.project import Project
from app.core.text import NOTHING, Text
from app.gui.bridge import Background, GuiThread
from app.gui.notifications import Notification, Severity
from app.gui.theme import Theme

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

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.gui_thread = GuiThread(self)
        self.background = Background(self.gui_thread, self.notify)
        self._project: Project | None = None
        self._unsubscribe: Callable[[], None] = _nothing
        self._saving = False
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
        """Open ``folder`` in the background; ``project_opened`` follows, or a notification."""
        self.background.run(lambda: Project.open(folder), self.take_project)

    def create_project(self, folder: Path, name: str) -> None:
        """Make a new project in ``folder`` and open it, in the background."""
        self.background.run(lambda: Project.create(folder, name), self.take_project)

    def take_project(self, project: Project) -> None:
        """Show ``project`` in place of the one that is open."""
        self.close_project()
        self._project = project
        self._unsubscribe = project.subscribe(self._on_document)
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

    def save(self, on_saved: Callable[[], object] | None = None) -> None:
        """Write what changed in the background, then call ``on_saved`` (before work in the child,
        which reads the project from the disk). A failure is a notification."""
        self._autosave.stop()
        project = self._project
        if project is None:
            return
        if self._saving:
            self._autosave.start()
            if on_saved is not None:
                QTimer.singleShot(50, self, lambda: self.save(on_saved))
            return
        self._saving = True

        def done(_: None) -> None:
            self._saving = False
            self.saved_changed.emit(self.saved)
            if on_saved is not None:
                on_saved()

        def failed(error: TinywrightError) -> None:
            self._saving = False
            self.notify(error)

        self.background.run(project.save, done, failed)

    def _on_document(self, old: Document, new: Document) -> None:
        self._autosave.start()
        self.document_changed.emit(old, new)
        self.saved_changed.emit(self.saved)

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

    def close(self) -> None:
        """End the application's work: no thread runs after this. Close the project before."""
        self._autosave.stop()
        self.background.close()


def _nothing() -> None:
    """No subscription to end."""
