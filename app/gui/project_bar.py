# SPDX-License-Identifier: GPL-3.0-or-later
"""The bar on top: which project, whether it is saved, undo and redo, language and theme."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from app.gui import theme
from app.gui.i18n import Language, tr
from app.gui.icons import icon
from app.gui.studio import Studio
from app.gui.theme import ThemeChoice
from app.gui.widgets.card import label

_LANGUAGE_NAMES = {Language.ENGLISH: "English", Language.KOREAN: "한국어"}


class ProjectBar(QWidget):
    """Signals carry what the user asked for; the window acts on them."""

    new_chosen = Signal()
    open_chosen = Signal()
    close_chosen = Signal()
    language_chosen = Signal(Language)
    theme_chosen = Signal(ThemeChoice)

    def __init__(
        self, studio: Studio, language: Language, choice: ThemeChoice, samples: QMenu
    ) -> None:
        super().__init__()
        self._samples = samples
        self._studio = studio
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(theme.GRID * 6)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GRID * 2, 0, theme.GRID * 2, 0)
        row.setSpacing(theme.GRID)
        self._project = self._menu_button("folder", tr("Project"), self._project_menu())
        self._project.setToolTip(tr("Open, make or close a project"))
        self._state = label("", "caption")
        self.undo_action = self._step_action("undo", QKeySequence.StandardKey.Undo, studio.undo)
        self.redo_action = self._step_action("redo", QKeySequence.StandardKey.Redo, studio.redo)
        row.addWidget(self._project)
        row.addWidget(self._state)
        row.addStretch(1)
        for action, words in ((self.undo_action, tr("Undo")), (self.redo_action, tr("Redo"))):
            button = QToolButton()
            button.setProperty("role", "quiet")
            button.setDefaultAction(action)
            action.setText(words)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            row.addWidget(button)
        row.addSpacing(theme.GRID * 2)
        row.addWidget(
            self._menu_button("globe", _LANGUAGE_NAMES[language], self._language_menu(language))
        )
        row.addWidget(self._menu_button("theme", tr("Theme"), self._theme_menu(choice)))
        studio.project_opened.connect(self.show_state)
        studio.project_closed.connect(self.show_state)
        studio.document_changed.connect(self.show_state)
        studio.saved_changed.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Name, saved or not, and what undo would undo, as they are now."""
        project = self._studio.project
        name = tr("Project") if project is None else project.document.name
        self._project.setText(name)
        self._project.setAccessibleName(tr("Project {name}", name=name))
        saved = tr("Saved") if self._studio.saved else tr("Saving…")
        self._state.setText("" if project is None else saved)
        self._close.setEnabled(project is not None)
        self._show_step(self.undo_action, tr("Undo"), tr(self._studio.undo_text))
        self._show_step(self.redo_action, tr("Redo"), tr(self._studio.redo_text))

    def _show_step(self, action: QAction, word: str, what: str) -> None:
        action.setEnabled(bool(what))
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{word}: {what}  ({keys})" if what else f"{word}  ({keys})")

    def _step_action(self, name: str, keys: QKeySequence.StandardKey, run: object) -> QAction:
        action = QAction(icon(name, self._studio.theme), "", self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(run)
        return action

    def _menu_button(self, name: str, words: str, menu: QMenu) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "quiet")
        button.setIcon(icon(name, self._studio.theme))
        button.setIconSize(QSize(18, 18))
        button.setText(words)
        button.setAccessibleName(words)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(menu)
        return button

    def _project_menu(self) -> QMenu:
        menu = QMenu(self)
        look = self._studio.theme
        entries = (
            ("new", tr("New project…"), QKeySequence.StandardKey.New, self.new_chosen),
            ("folder", tr("Open a project…"), QKeySequence.StandardKey.Open, self.open_chosen),
            ("close", tr("Close the project"), None, self.close_chosen),
        )
        for name, words, keys, chosen in entries:
            action = menu.addAction(icon(name, look), words)
            if keys is not None:
                action.setShortcut(QKeySequence(keys))
            action.triggered.connect(chosen)
            self._close = action
        self._samples.setTitle(tr("Open a sample project"))
        self._samples.setIcon(icon("sample", look))
        menu.insertMenu(self._close, self._samples)
        return menu

    def _language_menu(self, current: Language) -> QMenu:
        menu, group = QMenu(self), QActionGroup(self)
        for language, name in _LANGUAGE_NAMES.items():
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(language is current)
            action.triggered.connect(
                lambda _checked=False, chosen=language: self.language_chosen.emit(chosen)
            )
            group.addAction(action)
        return menu

    def _theme_menu(self, current: ThemeChoice) -> QMenu:
        menu, group = QMenu(self), QActionGroup(self)
        names = {
            ThemeChoice.SYSTEM: tr("As the system"),
            ThemeChoice.LIGHT: tr("Light"),
            ThemeChoice.DARK: tr("Dark"),
        }
        for choice, name in names.items():
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(choice is current)
            action.triggered.connect(
                lambda _checked=False, chosen=choice: self.theme_chosen.emit(chosen)
            )
            group.addAction(action)
        return menu
