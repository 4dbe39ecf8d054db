# SPDX-License-Identifier: GPL-3.0-or-later
"""The open part of a layer's card: its parameters, what it does, and what can be done with it."""

from __future__ import annotations

from enum import Enum
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.core.layers import LAYERS
from app.core.model_spec import LayerSpec
from app.gui import theme
from app.gui.i18n import tr
from app.gui.icons import icon
from app.gui.pages.design.parameter_field import ParameterField
from app.gui.theme import Theme
from app.gui.widgets.card import label, line

_FIELDS_A_ROW = 4


class LayerAction(Enum):
    """What can be done with a whole layer."""

    DUPLICATE = "duplicate"
    MOVE_UP = "up"
    MOVE_DOWN = "down"
    DELETE = "trash"


class LayerEditor(QWidget):
    """Fields for a layer's parameters. ``changed(name, value)``; ``action_chosen(LayerAction)``."""

    changed = Signal(str, object)
    action_chosen = Signal(object)

    def __init__(self, look: Theme, layer: LayerSpec) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.GRID, 0, 0, 0)
        outer.setSpacing(theme.GRID)
        outer.addWidget(line())
        kind = LAYERS.get(layer.kind)
        if kind is not None:
            outer.addWidget(label(tr(kind.help), "caption", wrap=True))
        self.fields: dict[str, ParameterField] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GRID * 2)
        grid.setVerticalSpacing(theme.GRID)
        for place, parameter in enumerate(kind.parameters if kind else ()):
            field = ParameterField(parameter)
            field.changed.connect(partial(self.changed.emit, parameter.name))
            self.fields[parameter.name] = field
            grid.addWidget(field, place // _FIELDS_A_ROW, place % _FIELDS_A_ROW)
        for column in range(_FIELDS_A_ROW):
            grid.setColumnStretch(column, 1)
        outer.addLayout(grid)
        outer.addLayout(self._actions(look))
        self.show_layer(layer)

    def show_layer(self, layer: LayerSpec) -> None:
        """Show the parameters of ``layer``, which is of the kind this editor was made for."""
        for name, field in self.fields.items():
            field.show_value(layer.parameters.get(name, field.parameter.default))

    def _choose(self, action: LayerAction, _checked: bool = False) -> None:
        self.action_chosen.emit(action)

    def _actions(self, look: Theme) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        words = {
            LayerAction.DUPLICATE: (tr("Duplicate"), tr("Put a copy behind this layer (Ctrl+D)")),
            LayerAction.MOVE_UP: (tr("Up"), tr("Move this layer up (Alt+Up)")),
            LayerAction.MOVE_DOWN: (tr("Down"), tr("Move this layer down (Alt+Down)")),
            LayerAction.DELETE: (tr("Delete"), tr("Take this layer out (Del)")),
        }
        for action, (word, tip) in words.items():
            if action is LayerAction.DELETE:
                row.addStretch(1)
            button = QPushButton(word)
            button.setProperty("role", "quiet")
            button.setIcon(icon(action.value, look))
            button.setToolTip(tip)
            button.clicked.connect(partial(self._choose, action))
            row.addWidget(button)
        return row
