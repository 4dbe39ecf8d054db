# SPDX-License-Identifier: GPL-3.0-or-later
"""The parts of the board settings dialog: which sensors, how fast, which pins, and what happens
when the board gets power. Each shows its part of the settings and tells what became of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
)

from app.capture.messages import SensorChannel
from app.core.board_settings import PIN_PARTS, BoardSettings
from app.core.errors import DataError
from app.core.text import text
from app.gui import theme
from app.gui.i18n import tr
from app.gui.widgets.card import Card, label
from app.gui.widgets.fields import prepare_field

_OWN = -1
_FASTEST_HZ = 100_000.0
_FIELD_WIDTH = 176
_PIN_WIDTH = 96
_PART_WIDTH = 208
_CHECK_INDENT = 24
"""Where the text of a check box begins."""
_NO_BREAK = "\N{NO-BREAK SPACE}"
_BETWEEN_PINS = re.compile(r"[\s,;]+")


class SensorsCard(Card):
    """A check box a part: those that the board lists, and those that it was told to leave out."""

    def __init__(self, settings: BoardSettings, sensors: Sequence[SensorChannel]) -> None:
        super().__init__(tr("Sensors"))
        parts = [each.sensor for each in sensors if each.sensor not in PIN_PARTS]
        self.boxes: dict[str, QCheckBox] = {}
        if not parts and not settings.hidden_parts:
            self.content.addWidget(
                label(
                    tr(
                        "The board finds no sensor. Check the wires and the pins of the sensor "
                        "bus; it looks again when you store settings."
                    ),
                    "muted",
                    wrap=True,
                )
            )
        else:
            self.content.addWidget(
                label(tr("What is not ticked is not offered to Capture."), "caption", wrap=True)
            )
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GRID * 2)
        grid.setVerticalSpacing(theme.GRID)
        grid.setColumnStretch(1, 1)
        self.content.addLayout(grid)
        for line, part in enumerate(dict.fromkeys((*parts, *settings.hidden_parts))):
            shown = self.fontMetrics().elidedText(part, Qt.TextElideMode.ElideRight, _PART_WIDTH)
            box = QCheckBox(shown.replace("&", "&&"))
            box.setToolTip(part if shown != part else "")
            box.setChecked(part not in settings.hidden_parts)
            box.setAccessibleName(tr("Use the sensor {part}", part=part))
            self.boxes[part] = box
            own = [each for each in sensors if each.sensor == part]
            grid.addWidget(box, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(_channel_words(own), "caption", wrap=True), line, 1)
        self.content.addStretch(1)

    def hidden_parts(self) -> tuple[str, ...]:
        return tuple(part for part, box in self.boxes.items() if not box.isChecked())


class RateCard(Card):
    """What Capture begins with at this board."""

    def __init__(self, settings: BoardSettings) -> None:
        super().__init__(tr("Sampling rate"))
        self.rate_hz = _RateField()
        self.rate_hz.setValue(settings.rate_hz or 0.0)
        self.rate_hz.setAccessibleName(tr("Samples a second"))
        self._exact = (self.rate_hz.value(), settings.rate_hz)
        form = _form()
        form.addRow(tr("Samples a second"), self.rate_hz)
        self.content.addLayout(form)
        self.content.addWidget(
            label(
                tr(
                    "Capture measures at this rate, or the nearest that the sensor can do. A "
                    "network always runs at the rate it has learned at."
                ),
                "caption",
                wrap=True,
            )
        )
        self.content.addStretch(1)

    def chosen(self) -> float | None:
        """In hertz; ``None`` where none is set. What nobody has touched stays as it is."""
        shown, exact = self._exact
        rate_hz = self.rate_hz.value()
        return exact if rate_hz == shown else rate_hz or None


class PinsCard(Card):
    """Pins that the board measures, and those of the sensor bus."""

    def __init__(self, settings: BoardSettings) -> None:
        super().__init__(tr("Pins"))
        self.analogue = _pins_field(settings.analogue_pins, tr("Analogue pins"))
        self.touch = _pins_field(settings.touch_pins, tr("Touch pins"))
        self.sda = _pin_spin(settings.i2c_sda, tr("Sensor bus, SDA"))
        self.scl = _pin_spin(settings.i2c_scl, tr("Sensor bus, SCL"))
        form = _form()
        form.addRow(tr("Analogue pins"), self.analogue)
        form.addRow(tr("Touch pins"), self.touch)
        bus = QHBoxLayout()
        for caption, field in ((tr("SDA"), self.sda), (tr("SCL"), self.scl)):
            bus.addWidget(label(caption, "caption"))
            bus.addWidget(field, 1)
        form.addRow(tr("Sensor bus (I2C)"), bus)
        self.content.addLayout(form)
        self.content.addWidget(
            label(
                tr(
                    "Each analogue or touch pin becomes a channel. Pins bear the numbers of the "
                    "board's maker."
                ),
                "caption",
                wrap=True,
            )
        )
        self.content.addStretch(1)

    def analogue_pins(self) -> tuple[int, ...]:
        """Raises ``DataError`` for what are no numbers."""
        return _pins_of(self.analogue)

    def touch_pins(self) -> tuple[int, ...]:
        """Raises ``DataError`` for what are no numbers."""
        return _pins_of(self.touch)

    def bus(self) -> tuple[int | None, int | None]:
        """SDA and SCL; ``None`` for the board's own."""
        return _pin_of(self.sda), _pin_of(self.scl)


class PowerCard(Card):
    """Whether the network runs as soon as the board has power."""

    def __init__(self, settings: BoardSettings) -> None:
        super().__init__(tr("When the board gets power"))
        self.runs = QCheckBox(tr("Run its network by itself"))
        self.prints = QCheckBox(tr("Print its answers as lines, for the Arduino plotter"))
        self.runs.setChecked(settings.runs_by_itself)
        self.prints.setChecked(settings.prints_answers)
        self.prints.setEnabled(settings.runs_by_itself)
        self.runs.toggled.connect(self.prints.setEnabled)
        words = label(
            tr(
                "On a battery too: it answers five times a second and acts as said above. When the "
                "studio needs the board, that ends until it gets power again."
            ),
            "caption",
            wrap=True,
        )
        words.setContentsMargins(_CHECK_INDENT, 0, 0, 0)
        self.content.addWidget(self.runs)
        self.content.addWidget(words)
        self.content.addWidget(self.prints)


class _RateField(QDoubleSpinBox):
    """A rate without needless zeros; 0 stands for none."""

    def __init__(self) -> None:
        super().__init__()
        self.setDecimals(3)
        self.setRange(0.0, _FASTEST_HZ)
        self.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
        self.setSuffix(" Hz")
        self.setSpecialValueText(tr("not set (100 Hz)"))
        self.setFixedWidth(_FIELD_WIDTH)
        prepare_field(self)

    def textFromValue(self, val: float) -> str:
        return f"{val:.3f}".rstrip("0").rstrip(".")


def _channel_words(channels: Sequence[SensorChannel]) -> str:
    """What a part measures; a part that is left out has told nothing of it."""
    if not channels:
        return tr("left out")
    names = ", ".join(each.name for each in channels)
    most_hz = min(each.max_rate_mhz for each in channels) / 1000
    return tr("{channels}, up to {rate}", channels=names, rate=f"{most_hz:g}{_NO_BREAK}Hz")


def _form() -> QFormLayout:
    made = QFormLayout()
    made.setSpacing(theme.GRID)
    return made


def _pins_field(pins: Sequence[int], name: str) -> QLineEdit:
    made = QLineEdit(", ".join(map(str, pins)))
    made.setPlaceholderText(tr("none"))
    made.setToolTip(tr("Numbers of pins, with commas between them."))
    made.setAccessibleName(name)
    return made


def _pins_of(field: QLineEdit) -> tuple[int, ...]:
    written = [part for part in _BETWEEN_PINS.split(field.text()) if part]
    if not all(part.isascii() and part.isdigit() for part in written):
        raise DataError(
            text("“{written}” are no pins.", written=field.text()),
            action=text("Write their numbers with commas between them, such as 34, 35."),
        )
    return tuple(map(int, written))


def _pin_spin(pin: int | None, name: str) -> QSpinBox:
    made = QSpinBox()
    made.setRange(_OWN, 254)
    made.setSpecialValueText(tr("the board's own"))
    made.setMinimumWidth(_PIN_WIDTH)
    made.setValue(_OWN if pin is None else pin)
    made.setAccessibleName(name)
    prepare_field(made)
    return made


def _pin_of(field: QSpinBox) -> int | None:
    return None if field.value() == _OWN else field.value()
