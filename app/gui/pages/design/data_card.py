# SPDX-License-Identifier: GPL-3.0-or-later
"""The network's input as a card: what a window of the data is, and how it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from app.core.layer_shapes import show_shape
from app.core.text import Text, text
from app.core.training import DataConfig, Normalisation, Task, WindowConfig
from app.gui import theme
from app.gui.i18n import tr
from app.gui.pages.design.input_facts import InputFacts
from app.gui.widgets.card import Card, label
from app.gui.widgets.fields import prepare_field
from app.gui.widgets.windowing_fields import WindowingFields

_NAMES_SHOWN = 8

_TASKS = {
    Task.MULTICLASS: (
        text("Which class"),
        text("Multi-class: one of several classes, each with its probability."),
    ),
    Task.BINARY: (
        text("Yes or no"),
        text("Binary: a single probability, whether or not it is the second of two classes."),
    ),
    Task.REGRESSION: (
        text("How much"),
        text("Regression: a number. Each label carries the number to learn."),
    ),
}
_NORMALISATIONS = {
    Normalisation.MEAN_STD: (
        text("Mean, deviation"),
        text("Each channel gets mean 0 and standard deviation 1. A good choice for most signals."),
    ),
    Normalisation.MIN_MAX: (
        text("Min to max"),
        text("Each channel is brought to 0…1. One outlier squeezes all the rest."),
    ),
    Normalisation.NONE: (
        text("None"),
        text("Values go in as they are. Only where all channels are of a like, small size."),
    ),
}


class DataCard(Card):
    """``task_changed(Task)`` and ``data_changed(DataConfig, Text)``, settled edits only."""

    task_changed = Signal(object)
    data_changed = Signal(object, object)

    def __init__(self) -> None:
        super().__init__(tr("Input"))
        self._data = DataConfig()
        self.shape = label("", "strong")
        self.shape.setFont(theme.font())
        self.shape.setToolTip(
            tr("The sizes of one window: samples along time × channels. Every layer starts here.")
        )
        self.heading.addWidget(self.shape)
        self.task = _combo(_TASKS, tr("Task"), tr("What the network answers."))
        self.task.activated.connect(self._send_task)
        self.fields = WindowingFields(self)
        self.fields.changed.connect(self._set_windowing)
        self.normalisation = _combo(
            _NORMALISATIONS,
            tr("Normalisation"),
            tr(
                "Brings all channels to a like size, so that none drowns the others. Measured on "
                "the training part only, and carried along to the board."
            ),
        )
        self.normalisation.activated.connect(self._set_normalisation)
        self._sentence = label("", "caption", wrap=True)
        self.content.addLayout(self._grid())

    def show_data(self, task: Task, data: DataConfig, facts: InputFacts) -> None:
        """Show the settings, and what the data makes of them."""
        self._data = data
        self.task.setCurrentIndex(list(_TASKS).index(task))
        self.normalisation.setCurrentIndex(list(_NORMALISATIONS).index(data.normalisation))
        self.fields.show_windowing(
            facts.rate_hz, facts.windowing, chosen=data.windowing is not None
        )
        self.shape.setText(show_shape(facts.shape))
        self._sentence.setText(
            tr(
                "{length} samples at {rate} Hz of {count} channels: {names}",
                length=facts.windowing.length,
                rate=f"{facts.rate_hz:g}",
                count=len(facts.channels),
                names=_names(facts),
            )
        )

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GRID * 2)
        grid.setVerticalSpacing(2)
        fields: tuple[QWidget, ...] = (
            self.task,
            self.fields.window_ms,
            self.fields.stride_ms,
            self.normalisation,
        )
        for column, field in enumerate(fields):
            caption = label(field.accessibleName(), "caption")
            caption.setToolTip(field.toolTip())
            caption.setBuddy(field)
            grid.addWidget(caption, 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, 1)
        grid.addWidget(self._sentence, 2, 0, 1, 3)
        grid.addWidget(self.fields.automatic, 2, 3)
        return grid

    def _send_task(self, at: int) -> None:
        self.task_changed.emit(list(_TASKS)[at])

    def _set_windowing(self, windowing: WindowConfig | None, what: Text) -> None:
        self.data_changed.emit(replace(self._data, windowing=windowing), what)

    def _set_normalisation(self, at: int) -> None:
        chosen = list(_NORMALISATIONS)[at]
        if chosen is not self._data.normalisation:
            self.data_changed.emit(
                replace(self._data, normalisation=chosen), text("Change normalisation")
            )


def _names(facts: InputFacts) -> str:
    names = [channel.name for channel in facts.channels[:_NAMES_SHOWN]]
    return ", ".join(names) + (" …" if len(facts.channels) > _NAMES_SHOWN else "")


def _combo(
    entries: Mapping[Task, tuple[Text, Text]] | Mapping[Normalisation, tuple[Text, Text]],
    name: str,
    tip: str,
) -> QComboBox:
    made = QComboBox()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(6)
    for place, (title, help_text) in enumerate(entries.values()):
        made.addItem(tr(title))
        made.setItemData(place, tr(help_text), Qt.ItemDataRole.ToolTipRole)
    made.setAccessibleName(name)
    made.setToolTip(tip)
    prepare_field(made)
    return made
