# SPDX-License-Identifier: GPL-3.0-or-later
"""The network's answers as a card: the classes, or the number."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.core.dataset import class_names
from app.core.document import ClassLabel, Document
from app.core.training import Task
from app.gui import theme
from app.gui.i18n import tr
from app.gui.theme import Theme
from app.gui.widgets.card import Card, label
from app.gui.widgets.class_chip import ClassChip
from app.gui.widgets.flow_layout import FlowLayout


class OutputCard(Card):
    """Says how many numbers come out, and what each of them means."""

    def __init__(self, look: Theme) -> None:
        super().__init__(tr("Output"))
        self._look = look
        self._classes: tuple[ClassLabel, ...] = ()
        self.count = label("", "strong")
        self.heading.addWidget(self.count)
        self.sentence = label("", "caption", wrap=True)
        self.content.addWidget(self.sentence)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, theme.GRID * 2)
        self.content.addWidget(self._chips)

    def show_output(self, document: Document, outputs: int) -> None:
        """Show what ``document`` asks of the network: ``outputs`` numbers, and what they mean."""
        shown = _shown_classes(document)
        classes = len(shown)
        self.count.setText(str(outputs))
        match document.task:
            case Task.MULTICLASS if classes < 2:
                sentence = tr(
                    "Choosing needs at least two classes; there are {count}. Label more.",
                    count=classes,
                )
            case Task.MULTICLASS:
                sentence = tr("One probability a class; the highest is the answer.")
            case Task.BINARY if classes == 2:
                first, second = (entry.name for entry in shown)
                sentence = tr(
                    "One probability: near 1 means {second}, near 0 means {first}.",
                    first=first,
                    second=second,
                )
            case Task.BINARY:
                sentence = tr(
                    "One probability. A yes-or-no task needs two classes; there are {count}.",
                    count=classes,
                )
            case Task.REGRESSION:
                sentence = tr("One number, as the labels carry it.")
        self.sentence.setText(sentence)
        if shown != self._classes:
            self._classes = shown
            self._flow.clear()
            for entry in shown:
                chip = ClassChip(entry.name, self._look.class_style(entry.color))
                chip.setMaximumWidth(220)
                self._flow.addWidget(chip)
        self._chips.setVisible(bool(shown))


def _shown_classes(document: Document) -> tuple[ClassLabel, ...]:
    """The classes the network learns; before anything is labelled, those there are."""
    if document.task is Task.REGRESSION:
        return ()
    learnt = class_names(document)
    return tuple(each for each in document.classes if each.name in learnt or not learnt)
