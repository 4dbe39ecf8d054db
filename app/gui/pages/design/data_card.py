# SPDX-License-Identifier: GPL-3.0-or-later
"""The network's input as a card: what a window of the data is, and how it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QPushButton,
    QWidget,
)

from app.core.layer_shapes import show_shape
from app.core.text import Text, text
from app.core.training import DataConfig, Normalisation, Task, WindowConfig
from app.core.windows import samples_to_ms, windowing_from_ms
from app.gui import theme
from app.gui.i18n import tr
from app.gui.pages.design.input_facts import InputFacts
from app.gui.widgets.card import Card, label
from app.gui.widgets.quiet_wheel import ignore_wheel_without_focus

_NAMES_SHOWN = 8

_TASKS = {
    Task.MULTICLASS: text("One of several classes"),
    Task.BINARY: text("Yes or no"),
    Task.REGRESSION: text("A number"),
}
_TASK_HELP = text(
    "What the network answers: which class (multi-class), whether or not (binary), or how much "
    "(regression: each label carries a number)."
)
_NORMALISATIONS = {
    Normalisation.MEAN_STD: text("Mean and deviation"),
    Normalisation.MIN_MAX: text("Smallest to largest"),
    Normalisation.NONE: text("None"),
}
_NORMALISATION_HELP = text(
    "Brings all channels to a like size, so that none drowns the others. Measured on the training "
    "part only, and carried along to the board."
)
_WINDOW_HELP = text(
    "How much of the signal the network sees at once: long enough to hold what you want to "
    "recognise, and no longer, for the board pays for every sample."
)
_STRIDE_HELP = text(
    "How far the next window starts behind the last. Half a window is usual; a smaller stride "
    "makes more, and more alike, windows."
)


class DataCard(Card):
    """``task_changed(Task)`` and ``data_changed(DataConfig, Text)``, settled edits only."""

    task_changed = Signal(object)
    data_changed = Signal(object, object)

    def __init__(self) -> None:
        super().__init__(tr("Input"))
        self._data = DataConfig()
        self._facts: InputFacts | None = None
        self.shape = label("", "strong")
        self.shape.setFont(theme.font())
        self.shape.setToolTip(
            tr("The sizes of one window: samples along time × channels. Every layer starts here.")
        )
        self.heading.addWidget(self.shape)
        self.task = _combo(_TASKS, tr("Task"), tr(_TASK_HELP))
        self.task.activated.connect(self._send_task)
        self.window_ms = _milliseconds(tr("Window"), tr(_WINDOW_HELP))
        self.window_ms.valueChanged.connect(self._set_window)
        self.stride_ms = _milliseconds(tr("Stride"), tr(_STRIDE_HELP))
        self.stride_ms.valueChanged.connect(self._set_stride)
        self.normalisation = _combo(_NORMALISATIONS, tr("Normalisation"), tr(_NORMALISATION_HELP))
        self.normalisation.activated.connect(self._set_normalisation)
        self.automatic = QPushButton(tr("Choose from the data"))
        self.automatic.setProperty("role", "quiet")
        self.automatic.setToolTip(tr("Forget the window and stride set here and take what fits."))
        self.automatic.clicked.connect(self._set_automatic)
        self._sentence = label("", "caption", wrap=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GRID * 2)
        grid.setVerticalSpacing(2)
        fields: tuple[QWidget, ...] = (self.task, self.window_ms, self.stride_ms,
                                       self.normalisation)  # fmt: skip
        for column, field in enumerate(fields):
            caption = label(field.accessibleName(), "caption")
            caption.setToolTip(field.toolTip())
            caption.setBuddy(field)
            grid.addWidget(caption, 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, 1)
        grid.addWidget(self._sentence, 2, 0, 1, 3)
        grid.addWidget(self.automatic, 2, 3)
        self.content.addLayout(grid)

    def show_data(self, task: Task, data: DataConfig, facts: InputFacts | None) -> None:
        """Show the settings, and what the data makes of them (``None`` while that is unknown)."""
        self._data, self._facts = data, facts
        self.task.setCurrentIndex(list(_TASKS).index(task))
        self.normalisation.setCurrentIndex(list(_NORMALISATIONS).index(data.normalisation))
        self.automatic.setVisible(data.windowing is not None)
        self.window_ms.setEnabled(facts is not None)
        self.stride_ms.setEnabled(facts is not None)
        if facts is None:
            return
        self.shape.setText(show_shape(facts.shape))
        step = samples_to_ms(1, facts.rate_hz)
        for field, samples in (
            (self.window_ms, facts.windowing.length),
            (self.stride_ms, facts.windowing.stride),
        ):
            blocker = QSignalBlocker(field)
            field.setRange(step, 3_600_000)
            field.setSingleStep(step)
            field.setDecimals(0 if step.is_integer() else 1)
            field.setValue(samples_to_ms(samples, facts.rate_hz))
            blocker.unblock()
        self._sentence.setText(
            tr(
                "{length} samples at {rate} Hz of {count} channels: {names}",
                length=facts.windowing.length,
                rate=f"{facts.rate_hz:g}",
                count=len(facts.channels),
                names=_names(facts),
            )
        )

    def _send_task(self, at: int) -> None:
        self.task_changed.emit(list(_TASKS)[at])

    def _samples(self, ms: float) -> int:
        assert self._facts is not None  # noqa: S101 - the fields are off without facts
        return windowing_from_ms(ms, None, self._facts.rate_hz).length

    def _set_window(self, ms: float) -> None:
        self._set_windowing(length=self._samples(ms), what=text("Change window"))

    def _set_stride(self, ms: float) -> None:
        self._set_windowing(stride=self._samples(ms), what=text("Change stride"))

    def _set_windowing(
        self, *, length: int | None = None, stride: int | None = None, what: Text
    ) -> None:
        if self._facts is None:
            return
        now = self._facts.windowing
        windowing = WindowConfig(length or now.length, stride or now.stride)
        if windowing != now:
            self.data_changed.emit(replace(self._data, windowing=windowing), what)

    def _set_automatic(self) -> None:
        self.data_changed.emit(replace(self._data, windowing=None), text("Change window"))

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
    entries: Mapping[Task, Text] | Mapping[Normalisation, Text], name: str, tip: str
) -> QComboBox:
    made = QComboBox()
    made.addItems([tr(title) for title in entries.values()])
    made.setAccessibleName(name)
    made.setToolTip(tip)
    ignore_wheel_without_focus(made)
    return made


def _milliseconds(name: str, tip: str) -> QDoubleSpinBox:
    made = QDoubleSpinBox()
    made.setSuffix(" ms")
    made.setKeyboardTracking(False)
    made.setGroupSeparatorShown(True)
    made.setAccessibleName(name)
    made.setToolTip(tip)
    ignore_wheel_without_focus(made)
    return made
