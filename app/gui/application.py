# SPDX-License-Identifier: GPL-3.0-or-later
"""The composition root: builds the models once, and a window over them as often as needed."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app.gui import theme
from app.gui.i18n import Language, install_language, system_language
from app.gui.main_window import MainWindow
from app.gui.resources import ICONS
from app.gui.studio import Studio
from app.gui.stylesheet import palette, stylesheet
from app.gui.theme import ThemeChoice


class Application(QObject):
    """Owns the studio and the window; a language or theme switch builds a new window."""

    def __init__(self, qt: QApplication, language: Language, choice: ThemeChoice) -> None:
        super().__init__()
        self._qt = qt
        self._choice = choice
        qt.setApplicationName("Tinywright")
        qt.setWindowIcon(QIcon(str(ICONS / "tinywright.svg")))
        qt.setStyle("Fusion")
        qt.setFont(theme.font())
        qt.setQuitOnLastWindowClosed(False)
        self._language = install_language(language)
        self.studio = Studio(theme.resolve(choice))
        self._dress()
        self.window = self._build_window()
        qt.styleHints().colorSchemeChanged.connect(self._on_system_theme)

    def show(self) -> None:
        """Put the window on the screen; import the pages once it has painted."""
        self.window.show()
        QTimer.singleShot(0, self.window.warm_up)

    def set_language(self, language: Language) -> None:
        """Speak ``language`` from now on."""
        if language is not self._language.language:
            self._language.remove()
            self._language = install_language(language)
            self._rebuild()

    def set_theme(self, choice: ThemeChoice) -> None:
        """Look as ``choice`` says from now on."""
        if choice is not self._choice:
            self._choice = choice
            self._rebuild()

    def _on_system_theme(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._rebuild()

    def _rebuild(self) -> None:
        old = self.window
        self.studio.theme = theme.resolve(self._choice)
        self._dress()
        self.window = self._build_window()
        self.window.take_place_of(old)
        old.discard()

    def _dress(self) -> None:
        self._qt.setPalette(palette(self.studio.theme))
        self._qt.setStyleSheet(stylesheet(self.studio.theme))

    def _build_window(self) -> MainWindow:
        window = MainWindow(self.studio, self._language.language, self._choice, ())
        window.bar.language_chosen.connect(self.set_language)
        window.bar.theme_chosen.connect(self.set_theme)
        window.closed.connect(self.quit)
        return window

    def quit(self) -> None:
        """End everything that runs, then the event loop."""
        self.studio.close()
        self._qt.quit()


def main(arguments: Sequence[str] = ()) -> int:
    """Open the window; returns the exit code when it is closed."""
    qt = QApplication([sys.argv[0], *arguments])
    application = Application(qt, system_language(), ThemeChoice.SYSTEM)
    application.show()
    return qt.exec()
