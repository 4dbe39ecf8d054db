# SPDX-License-Identifier: GPL-3.0-or-later
"""Augmentation: random changes to training windows, as a switch and four numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from app.core.presets import DEFAULT_TRAINING
from app.core.training import AugmentConfig
from app.gui import theme
from app.gui.i18n import tr
from app.gui.pages.train.fields import captioned, small_number

_PERCENT = 100


class AugmentFields(QWidget):
    """``changed(AugmentConfig)``: what the user settled on."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._augment = AugmentConfig()
        self.switch = QCheckBox(tr("Augmentation"))
        self.switch.setToolTip(
            tr(
                "Changes each training window a little, another way in every epoch: as if more "
                "takes had been recorded. Validation and test windows stay as they are."
            )
        )
        self.switch.clicked.connect(self._toggle)
        self.noise = small_number(0.0, 200.0)
        self.scale = small_number(0.0, 100.0)
        self.shift = small_number(0.0, 100.0)
        self.rotate = small_number(0.0, 180.0)
        self._fields = self._make_fields()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(self.switch)
        column.addWidget(self._fields)
        self.noise.valueChanged.connect(self._setter("noise", _PERCENT))
        self.scale.valueChanged.connect(self._setter("scale", _PERCENT))
        self.shift.valueChanged.connect(self._setter("shift", _PERCENT))
        self.rotate.valueChanged.connect(self._setter("rotate_deg", 1))

    def show_augment(self, augment: AugmentConfig) -> None:
        """Show ``augment`` without sending it."""
        self._augment = augment
        on = augment != AugmentConfig()
        self.switch.setChecked(on)
        self._fields.setVisible(on)
        self.noise.show_number(round(augment.noise * _PERCENT, 4))
        self.scale.show_number(round(augment.scale * _PERCENT, 4))
        self.shift.show_number(round(augment.shift * _PERCENT, 4))
        self.rotate.show_number(augment.rotate_deg)

    def _make_fields(self) -> QWidget:
        whole = QWidget()
        grid = QGridLayout(whole)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.GRID * 2)
        grid.setVerticalSpacing(theme.GRID)
        fields = (
            captioned(
                self.noise,
                tr("Noise"),
                tr("Random noise, as a share of each channel's own spread."),
                "%",
            ),
            captioned(
                self.scale,
                tr("Strength"),
                tr("Makes the whole window stronger or weaker, by about this much."),
                "%",
            ),
            captioned(
                self.shift,
                tr("Shift"),
                tr("Moves the signal along time, by at most this share of the window."),
                "%",
            ),
            captioned(
                self.rotate,
                tr("Rotation"),
                tr("Turns three-axis sensors, as another way of holding the board would."),
                "°",
            ),
        )
        for place, field in enumerate(fields):
            grid.addWidget(field, place // 2, place % 2)
        return whole

    def _setter(self, name: str, scale: float) -> Callable[[float], None]:
        """A slot that sends what is shown, divided by ``scale``, as the field ``name``."""
        return lambda shown: self._send(replace(self._augment, **{name: shown / scale}))

    def _toggle(self, on: bool) -> None:
        self._send(DEFAULT_TRAINING.augment if on else AugmentConfig())

    def _send(self, augment: AugmentConfig) -> None:
        if augment != self._augment:
            self.changed.emit(augment)
