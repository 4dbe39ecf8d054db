# SPDX-License-Identifier: GPL-3.0-or-later
"""Networks to start from, each with a line on what it is good for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from app.core.model_spec import ModelSpec
from app.core.presets import PRESETS
from app.gui.i18n import tr
from app.gui.widgets.card import Card, label


class PresetCard(Card):
    """``chosen(name)`` of a preset."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(tr("Start from"))
        self.content.setSpacing(2)
        self.buttons: dict[str, QPushButton] = {}
        for preset in PRESETS.values():
            button = QPushButton(tr(preset.title))
            button.setCheckable(True)
            button.setToolTip(tr(preset.help))
            button.setAccessibleDescription(tr(preset.help))
            button.clicked.connect(lambda _=False, name=preset.name: self.chosen.emit(name))
            self.buttons[preset.name] = button
            self.content.addWidget(button)
            self.content.addWidget(label(tr(preset.help), "caption", wrap=True))
            self.content.addSpacing(6)

    def show_model(self, model: ModelSpec, fresh: ModelSpec | None) -> None:
        """Mark where ``model`` started; ``fresh`` is that preset untouched, ``None`` for none."""
        for name, button in self.buttons.items():
            title = tr(PRESETS[name].title)
            started = model.preset == name and fresh is not None
            same = started and fresh is not None and model.layers == fresh.layers
            button.setChecked(same)
            button.setText(title if same or not started else tr("{preset}, changed", preset=title))
