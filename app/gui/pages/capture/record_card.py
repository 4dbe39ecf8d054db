# SPDX-License-Identifier: GPL-3.0-or-later
"""What the next recording will be: its class, its length, and the countdown before it."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from app.core.document import Document
from app.gui import theme
from app.gui.i18n import tr
from app.gui.studio import Studio
from app.gui.widgets.card import Card, label
from app.gui.widgets.class_chip import class_icon
from app.gui.widgets.fields import prepare_field

LENGTHS_S = (None, 1.0, 2.0, 5.0, 8.0, 10.0, 20.0, 30.0, 60.0)
COUNTDOWNS_S = (0, 1, 2, 3, 5, 10)


class RecordCard(Card):
    """Writes the user's choice into ``studio.takes``, where it outlives the page."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        takes = studio.takes
        self.label = QComboBox()
        self.label.setEditable(True)
        self.label.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.label.setAccessibleName(tr("Class"))
        typed = QLineEdit()
        typed.setPlaceholderText(tr("for example: wave"))
        self.label.setLineEdit(typed)
        self.label.setToolTip(
            tr("The class: what the network shall answer when it feels this again.")
        )
        self.length = QComboBox()
        self.length.setAccessibleName(tr("Length"))
        self.length.setToolTip(tr("Takes of one length make windows of one length easy."))
        for seconds in LENGTHS_S:
            self.length.addItem(_length_words(seconds), seconds)
        self.countdown = QComboBox()
        self.countdown.setAccessibleName(tr("Countdown"))
        self.countdown.setToolTip(tr("Time to take the board into your hand."))
        for count in COUNTDOWNS_S:
            words = tr("{count} s", count=count) if count else tr("none")
            self.countdown.addItem(words, count)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GRID)
        grid.setVerticalSpacing(theme.GRID // 2)
        grid.addWidget(label(tr("Class"), "caption"), 0, 0, 1, 2)
        grid.addWidget(self.label, 1, 0, 1, 2)
        grid.addWidget(label(tr("Length"), "caption"), 2, 0)
        grid.addWidget(label(tr("Countdown"), "caption"), 2, 1)
        grid.addWidget(self.length, 3, 0)
        grid.addWidget(self.countdown, 3, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.content.addLayout(grid)
        for field in self._fields():
            prepare_field(field)
        self._show_classes(takes.label)
        self.length.setCurrentIndex(max(self.length.findData(takes.length_s), 0))
        self.countdown.setCurrentIndex(max(self.countdown.findData(takes.countdown_s), 0))
        self.label.currentTextChanged.connect(self._keep)
        self.length.currentIndexChanged.connect(self._keep)
        self.countdown.currentIndexChanged.connect(self._keep)
        studio.document_changed.connect(self._on_document)

    def _fields(self) -> tuple[QWidget, ...]:
        return self.label, self.length, self.countdown

    def _keep(self) -> None:
        self._match_class()
        takes = self._studio.takes
        takes.label = " ".join(self.label.currentText().split())
        takes.length_s = self.length.currentData()
        takes.countdown_s = self.countdown.currentData()

    def _on_document(self, old: Document, new: Document) -> None:
        if old.classes is not new.classes:
            self._show_classes(self.label.currentText())

    def _show_classes(self, words: str) -> None:
        """The project's classes to choose from, with ``words`` chosen or typed."""
        with QSignalBlocker(self.label):
            self.label.clear()
            for each in self._studio.document.classes:
                style = self._studio.theme.class_style(each.color)
                self.label.addItem(class_icon(style), each.name)
            self.label.setCurrentIndex(self.label.findText(words))
            self.label.setEditText(words)

    def _match_class(self) -> None:
        """The dot beside the name is that of the class typed, or of none."""
        words = self.label.currentText()
        index = self.label.findText(words, Qt.MatchFlag.MatchExactly)
        if index != self.label.currentIndex():
            with QSignalBlocker(self.label):
                self.label.setCurrentIndex(index)
                self.label.setEditText(words)

    def set_editable(self, editable: bool) -> None:
        """Off while a take is under way: it has begun with what was chosen."""
        for field in self._fields():
            field.setEnabled(editable)


def _length_words(seconds: float | None) -> str:
    return tr("until I stop it") if seconds is None else tr("{seconds:g} s", seconds=seconds)
