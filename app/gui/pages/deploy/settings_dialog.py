# SPDX-License-Identifier: GPL-3.0-or-later
"""What a board keeps for its user: pins it measures, and what it does by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.core.board_settings import BoardSettings
from app.core.errors import DataError, TinywrightError
from app.core.text import text
from app.gui import theme
from app.gui.board_care import BoardCare
from app.gui.i18n import tr
from app.gui.icons import icon
from app.gui.pages.deploy.action_rows import ActionRows
from app.gui.theme import Theme
from app.gui.widgets.card import label
from app.gui.widgets.fields import prepare_field
from app.gui.widgets.layouts import scrolled

_OWN = -1
_WIDTH = 760
_LIST_HEIGHT = 160
_BETWEEN_PINS = re.compile(r"[\s,;]+")


class SettingsDialog(QDialog):
    """Shows ``settings``; stores what was made of them on the board and closes when it has them."""

    def __init__(
        self,
        parent: QWidget,
        look: Theme,
        care: BoardCare,
        settings: BoardSettings,
        classes: Sequence[str],
    ) -> None:
        super().__init__(parent)
        self._care = care
        self._before = settings
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Board settings"))
        self.setMinimumWidth(_WIDTH)
        self.analogue = _pins_field(settings.analogue_pins, tr("Analogue pins"))
        self.touch = _pins_field(settings.touch_pins, tr("Touch pins"))
        self.sda = _pin_spin(settings.i2c_sda, tr("Sensor bus, SDA"))
        self.scl = _pin_spin(settings.i2c_scl, tr("Sensor bus, SCL"))
        form = QFormLayout()
        form.setSpacing(theme.GRID)
        form.addRow(tr("Analogue pins"), self.analogue)
        form.addRow(tr("Touch pins"), self.touch)
        bus = QHBoxLayout()
        for caption, field in ((tr("SDA"), self.sda), (tr("SCL"), self.scl)):
            bus.addWidget(label(caption, "caption"))
            bus.addWidget(field, 1)
        form.addRow(tr("Sensor bus (I2C)"), bus)
        self.action_rows = ActionRows(look, classes)
        for action in settings.actions:
            self.action_rows.add(action)
        self.add = QPushButton(tr("Add an action"))
        self.add.setProperty("role", "quiet")
        self.add.setIcon(icon("plus", look))
        self.add.clicked.connect(self.action_rows.add_default)
        self.problem = label("", "warn", wrap=True)
        self.problem.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.store = buttons.addButton(
            tr("Store on the board"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.store.setProperty("role", "primary")
        self.store.clicked.connect(self._store)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(theme.GRID * 2)
        column.addWidget(label(tr("What the board measures"), "strong"))
        column.addLayout(form)
        column.addWidget(label(tr("What it does by itself while its network runs"), "strong"))
        listed = scrolled(self.action_rows)
        listed.setMinimumHeight(_LIST_HEIGHT)
        column.addWidget(listed, 1)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.problem)
        column.addWidget(buttons)

    def settings(self) -> BoardSettings:
        """As the fields stand. Raises ``DataError`` for what no board can keep."""
        return replace(
            self._before,
            analogue_pins=_pins_of(self.analogue),
            touch_pins=_pins_of(self.touch),
            i2c_sda=_pin_of(self.sda),
            i2c_scl=_pin_of(self.scl),
            actions=self.action_rows.chosen(),
        )

    def _store(self) -> None:
        try:
            settings = self.settings()
        except DataError as error:
            self._show_problem(error)
            return
        if not self._care.possible:
            return
        self.problem.hide()
        self.store.setEnabled(False)
        self._care.write_settings(settings, self.accept, self._show_problem, self)

    def _show_problem(self, error: TinywrightError) -> None:
        parts = (error.what, error.why, error.action)
        self.problem.setText(" ".join(tr(part) for part in parts if part))
        self.problem.show()
        self.store.setEnabled(True)


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
    made.setValue(_OWN if pin is None else pin)
    made.setAccessibleName(name)
    prepare_field(made)
    return made


def _pin_of(field: QSpinBox) -> int | None:
    return None if field.value() == _OWN else field.value()
