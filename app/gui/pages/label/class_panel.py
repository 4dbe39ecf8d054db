# SPDX-License-Identifier: GPL-3.0-or-later
"""The classes: colour, name and what their labels amount to; add, rename, merge, delete."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import (
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QMessageBox,
    QPushButton,
    QToolButton,
    QWidget,
)

from app.core import edits
from app.core.document import Document
from app.core.errors import DataError
from app.core.slicing import ClassTotals
from app.core.text import Text, text
from app.gui import theme
from app.gui.i18n import tr
from app.gui.pages.label.class_row import (
    CAPTION_ROLE,
    KEYS,
    NAME_ROLE,
    ClassRowPainter,
    totals_text,
)
from app.gui.theme import Theme
from app.gui.widgets.card import Card, label
from app.gui.widgets.class_chip import class_icon


class ClassPanel(Card):
    """``edited(Document, Text)`` asks for a step to undo; ``refused(DataError)`` says why a name
    cannot be had. ``current_changed(str)`` is the class that new labels get."""

    edited = Signal(object, object)
    current_changed = Signal(str)
    refused = Signal(object)

    def __init__(self, look: Theme) -> None:
        super().__init__(tr("Classes"))
        self._look = look
        self._document: Document | None = None
        self._totals: Mapping[str, ClassTotals] = {}
        self.list = self._make_list()
        self._hint = label(
            tr("Name what the board shall tell apart, such as idle and shake."),
            "caption",
            wrap=True,
        )
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("New class"))
        self.name.setAccessibleName(tr("Name of a new class"))
        self.name.returnPressed.connect(self._add)
        self.add = QPushButton(tr("Add"))
        self.add.clicked.connect(self._add)
        self.rename = _tool(tr("Rename"), tr("Rename the class (F2)"))
        self.rename.clicked.connect(self._edit_name)
        self.merge = _tool(tr("Merge"), tr("Give all its labels to another class"))
        self.merge.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.merge.setMenu(QMenu(self.merge))
        self.delete = _tool(tr("Delete"), tr("Delete the class and its labels"))
        self.delete.clicked.connect(self._ask_delete)
        adding = QHBoxLayout()
        self._tools = QWidget()
        acting = QHBoxLayout(self._tools)
        acting.setContentsMargins(0, 0, 0, 0)
        adding.setSpacing(theme.GRID)
        adding.addWidget(self.name, 1)
        adding.addWidget(self.add)
        acting.setSpacing(0)
        for tool in (self.rename, self.merge, self.delete):
            acting.addWidget(tool)
        acting.addStretch(1)
        self.content.addWidget(self._hint)
        self.content.addLayout(adding)
        self.content.addWidget(self.list, 1)
        self.content.addWidget(self._tools)
        self.content.addStretch(0)

    # --- what is shown -----------------------------------------------------------------------

    @property
    def current(self) -> str:
        """The class that new labels get, empty where there is none."""
        place = self.list.currentRow()
        return "" if place < 0 else self._name_at(place)

    def show_document(self, document: Document) -> None:
        """Show the classes of ``document``; their totals follow with :meth:`show_totals`."""
        before = self.current
        place = self._place(before)
        self._document = document
        blocker = QSignalBlocker(self.list)
        self._fit_rows(len(document.classes))
        for at, each in enumerate(document.classes):
            item = self.list.item(at)
            item.setText(each.name)
            item.setData(NAME_ROLE, each.name)
            item.setIcon(class_icon(self._look.class_style(each.color)))
            key = tr("{name}: press {key}", name=each.name, key=at + 1)
            item.setToolTip(key if at < KEYS else each.name)
        names = [each.name for each in document.classes]
        if names:
            kept = names.index(before) if before in names else min(max(place, 0), len(names) - 1)
            self.list.setCurrentRow(kept)
        blocker.unblock()
        self._show_figures()
        self._tools.setVisible(bool(names))
        self.merge.setEnabled(len(names) > 1)
        self.list.setVisible(bool(names))
        self._hint.setVisible(not names)
        self._fill_merge_menu()
        if self.current != before:
            self.current_changed.emit(self.current)

    def show_totals(self, totals: Mapping[str, ClassTotals]) -> None:
        """Show what the labels of each class amount to."""
        self._totals = totals
        self._show_figures()

    def take(self, place: int) -> str:
        """Make the class at ``place`` the one that new labels get; its name, empty for none."""
        if not 0 <= place < self.list.count():
            return ""
        self.list.setCurrentRow(place)
        return self.current

    def ask_for_class(self) -> None:
        """Bring the user to where a class is named."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- edits -------------------------------------------------------------------------------

    def _add(self) -> None:
        document, name = self._document, self.name.text()
        if document is None or not name.strip():
            return
        if self._try(lambda: edits.add_class(document, name), text("Add class")):
            self.name.clear()
            self.take(self.list.count() - 1)

    def _on_current(self) -> None:
        self._fill_merge_menu()
        self.current_changed.emit(self.current)

    def _edit_name(self) -> None:
        if self.list.currentRow() >= 0:
            self.list.editItem(self.list.currentItem())

    def _on_renamed(self, item: QListWidgetItem) -> None:
        document = self._document
        old, new = str(item.data(NAME_ROLE)), item.text()
        if document is None or old == new:
            return
        if not self._try(lambda: edits.rename_class(document, old, new), text("Rename class")):
            self.show_document(document)

    def _ask_merge(self, source: str, into: str) -> None:
        document = self._document
        if document is None:
            return
        self._ask(
            tr("Merge {source} into {into}?", source=source, into=into),
            tr("Its labels will be called {into}, and {source} goes.", source=source, into=into),
            tr("Merge"),
            lambda: edits.merge_classes(document, source, into),
            text("Merge classes"),
        )

    def _ask_delete(self) -> None:
        document, name = self._document, self.current
        if document is None or not name:
            return
        count = sum(span.label == name for span in document.spans)
        if not count:
            self._try(lambda: edits.delete_class(document, name), text("Delete class"))
            return
        self._ask(
            tr("Delete {name}?", name=name),
            tr("Its labels go with it ({count}); the recordings stay.", count=count),
            tr("Delete"),
            lambda: edits.delete_class(document, name),
            text("Delete class"),
        )

    def _ask(
        self, what: str, detail: str, yes: str, change: Callable[[], Document], step: Text
    ) -> None:
        """Ask a plain question without holding the window up; ``change`` follows on ``yes``."""
        question = QMessageBox(QMessageBox.Icon.NoIcon, tr("Classes"), what, parent=self)
        question.setInformativeText(detail)
        agree = question.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        question.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(agree)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.accepted.connect(lambda: self._try(change, step))
        question.open()

    def _try(self, change: Callable[[], Document], what: Text) -> bool:
        try:
            document = change()
        except DataError as error:
            self.refused.emit(error)
            return False
        self.edited.emit(document, what)
        return True

    # --- building ----------------------------------------------------------------------------

    def _make_list(self) -> QListWidget:
        made = QListWidget()
        made.setUniformItemSizes(True)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        made.setAccessibleName(tr("Classes"))
        made.setStyleSheet("QListWidget { border: none; }")  # it lies on a card
        made.setItemDelegate(ClassRowPainter(self._look, made))
        made.currentItemChanged.connect(self._on_current)
        made.itemChanged.connect(self._on_renamed)
        return made

    def _fit_rows(self, count: int) -> None:
        while self.list.count() > count:
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < count:
            item = QListWidgetItem()
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.list.addItem(item)

    def _place(self, name: str) -> int:
        rows = range(self.list.count())
        return next((row for row in rows if self._name_at(row) == name), -1)

    def _name_at(self, place: int) -> str:
        return str(self.list.item(place).data(NAME_ROLE))

    def _show_figures(self) -> None:
        blocker = QSignalBlocker(self.list)
        for place in range(self.list.count()):
            item = self.list.item(place)
            name = self._name_at(place)
            caption = totals_text(self._totals.get(name, ClassTotals()))
            item.setData(CAPTION_ROLE, caption)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {caption}")
        blocker.unblock()
        self.list.viewport().update()

    def _fill_merge_menu(self) -> None:
        menu = self.merge.menu()
        menu.clear()
        if self._document is None:
            return
        current = self.current
        for each in self._document.classes:
            if each.name != current:
                action = menu.addAction(
                    class_icon(self._look.class_style(each.color)),
                    tr("into {label}", label=each.name),
                )
                action.triggered.connect(
                    lambda _=False, into=each.name: self._ask_merge(self.current, into)
                )


def _tool(words: str, tip: str) -> QToolButton:
    made = QToolButton()
    made.setProperty("role", "quiet")
    made.setText(words)
    made.setToolTip(tip)
    return made
