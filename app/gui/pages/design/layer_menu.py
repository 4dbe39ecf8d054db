# SPDX-License-Identifier: GPL-3.0-or-later
"""The menu of layers: every kind of the layer table by family, each with a line of help."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QMenu, QWidget

from app.core.layers import LAYERS, LayerFamily
from app.gui.i18n import tr

_HELP_WIDTH = 460


def layer_menu(parent: QWidget, choose: Callable[[str], None]) -> QMenu:
    """A menu that calls ``choose(kind)``."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    menu.setAccessibleName(tr("Add layer"))
    for family in LayerFamily:
        menu.addSeparator()
        heading = menu.addAction(tr(family.value))
        heading.setEnabled(False)
        for kind in LAYERS.values():
            if kind.family is not family:
                continue
            sentence = tr(kind.help)
            action = menu.addAction(f"{tr(kind.title)}\t{_one_line(sentence, menu.fontMetrics())}")
            action.setToolTip(sentence)
            action.triggered.connect(lambda _=False, name=kind.kind: choose(name))
    return menu


def _one_line(sentence: str, metrics: QFontMetrics) -> str:
    """The first clause, shortened where it is long. Behind a tab, a menu shows it on the right."""
    first = sentence.split(". ", 1)[0].split(": ", 1)[0].rstrip(".")
    return metrics.elidedText(first, Qt.TextElideMode.ElideRight, _HELP_WIDTH)
