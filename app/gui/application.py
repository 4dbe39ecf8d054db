# SPDX-License-Identifier: GPL-3.0-or-later
"""The composition root: builds the models once, and a window over them as often as needed."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from platformdirs import user_config_path, user_log_path
from PySide6.QtCore import QByteArray, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication, QWidget

from app.core.resources import OWN_FOLDER
from app.core.settings import load_settings
from app.gui import theme
from app.gui.defects import DefectDialog, Defects
from app.gui.garbage import GarbageCollector
from app.gui.i18n import Language, install_language, system_language
from app.gui.log_file import keep_log
from app.gui.main_window import MainWindow
from app.gui.notifications import Notification, Severity
from app.gui.projects import projects_folder
from app.gui.resources import ICONS
from app.gui.studio import Studio
from app.gui.stylesheet import palette, stylesheet
from app.gui.theme import ThemeChoice

_log = logging.getLogger(__name__)

WINDOW_PAINTED = "the window has painted"
"""Logged once. From here on there is something to see: ``benchmarks/startup.py`` waits for it."""


class FirstPaint(QObject):
    """Watches ``widget`` until it and all in it have been painted once; lives as long as it."""

    painted = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            # A window's children are painted after it and in the same round of the loop.
            QTimer.singleShot(0, self.painted.emit)
        return False


class QtApplication(QApplication):
    """Qt's own, which also hears what the file manager of macOS wants opened: elsewhere a program
    is started with the file's name."""

    file_opened = Signal(str)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent):
            self.file_opened.emit(event.file())
            return True
        return super().event(event)


class Application(QObject):
    """Owns the studio and the window; a language or theme switch builds a new window."""

    rebuilt = Signal()
    """There is a new ``window``."""

    def __init__(self, qt: QtApplication, settings_path: Path, projects: Path, logs: Path) -> None:
        super().__init__()
        self._qt = qt
        self._projects = projects
        self._logs = logs
        self.defects = Defects()
        self.defects.changed.connect(self._show_defects)
        self._garbage = GarbageCollector(self)
        self._garbage.start()
        self._rebuilding = QTimer(self, singleShot=True, interval=0)
        self._rebuilding.timeout.connect(self._build_anew)
        settings, problem = load_settings(settings_path)
        self._choice = ThemeChoice(settings.theme)
        qt.setApplicationName("Tinywright")
        qt.setWindowIcon(QIcon(str(ICONS / "app" / "tinywright.svg")))
        qt.setStyle("Fusion")
        qt.setFont(theme.font())
        qt.setQuitOnLastWindowClosed(False)
        self._language = install_language(_language(settings.language))
        self.studio = Studio(theme.resolve(self._choice), settings, settings_path)
        self._dress()
        self.window = self._build_window()
        self.window.restore(
            QByteArray.fromBase64(settings.window_geometry.encode()), settings.last_step
        )
        qt.file_opened.connect(self.open_path)
        qt.styleHints().colorSchemeChanged.connect(self._on_system_theme)
        if problem:
            self.studio.notify(Notification(Severity.WARNING, problem))

    def show(self) -> None:
        """Put the window on the screen; import the pages once it has painted."""
        FirstPaint(self.window).painted.connect(self._on_painted)
        self.window.show()

    def _on_painted(self) -> None:
        _log.info(WINDOW_PAINTED)
        self.window.warm_up()

    def open_path(self, path: str) -> None:
        """Open the project at ``path``, which a file manager named."""
        self.window.projects.open_path(Path(path))

    def set_language(self, language: Language) -> None:
        """Speak ``language`` from now on."""
        if language is not self._language.language:
            self._language.remove()
            self._language = install_language(language)
            self.studio.remember(replace(self.studio.settings, language=language.value))
            self._rebuild()

    def set_theme(self, choice: ThemeChoice) -> None:
        """Look as ``choice`` says from now on."""
        if choice is not self._choice:
            self._choice = choice
            self.studio.remember(replace(self.studio.settings, theme=choice.value))
            self._rebuild()

    def _on_system_theme(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._rebuild()

    def _rebuild(self) -> None:
        """Take the pages away now and build the window in the next round of the event loop: to
        dress what is thrown away would take the longest of all."""
        self.window.drop_pages()
        self._rebuilding.start()

    def _build_anew(self) -> None:
        old, look = self.window, theme.resolve(self._choice)
        if look is not self.studio.theme:
            self.studio.theme = look
            self._dress()
        self.window = self._build_window()
        self.window.take_place_of(old)
        old.discard()
        self.rebuilt.emit()

    def _dress(self) -> None:
        self._qt.setPalette(palette(self.studio.theme))
        self._qt.setStyleSheet(stylesheet(self.studio.theme))

    def _build_window(self) -> MainWindow:
        window = MainWindow(self.studio, self._language.language, self._choice, self._projects)
        window.bar.language_chosen.connect(self.set_language)
        window.bar.theme_chosen.connect(self.set_theme)
        window.closed.connect(self._on_closed)
        return window

    def _on_closed(self) -> None:
        geometry = bytes(self.window.saveGeometry().toBase64().data()).decode()
        step = self.window.wanted
        self.studio.remember(
            replace(self.studio.settings, window_geometry=geometry, last_step=step)
        )
        self.close()
        self._qt.quit()

    def close(self) -> None:
        """End everything that runs; nothing is left behind."""
        self._rebuilding.stop()
        self.window.discard()
        self.studio.close()
        self._garbage.stop()

    def _show_defects(self) -> None:
        """In the one dialog for them, over the window that is there now."""
        if self.window.findChild(DefectDialog) is None:
            DefectDialog(self.window, self.defects, self._logs).show()


def _language(setting: str) -> Language:
    return system_language() if setting == "system" else Language(setting)


def main(paths: Sequence[str] = ()) -> int:
    """Open the window, with the project at the first of ``paths``, if any; the exit code follows
    when it is closed."""
    logs = user_log_path(OWN_FOLDER, appauthor=False)
    keep_log(logs)
    qt = QtApplication(sys.argv[:1])
    settings_path = user_config_path(OWN_FOLDER, appauthor=False) / "settings.json"
    application = Application(qt, settings_path, projects_folder(), logs)
    application.defects.catch_all()
    application.show()
    for path in paths[:1]:
        application.open_path(path)
    return qt.exec()
