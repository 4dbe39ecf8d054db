# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks how fast files were sampled that have no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from app.gui import theme
from app.gui.i18n import tr
from app.gui.studio import Studio
from app.gui.widgets.card import label
from app.gui.widgets.fields import prepare_field

_SLOWEST_HZ, _FASTEST_HZ = 0.001, 1_000_000.0


class ImportRateDialog(QDialog):
    """Proposes the rate given last; ``rate_hz`` is the field."""

    def __init__(self, parent: QWidget, last_hz: float) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Import recordings"))
        words = label(
            tr(
                "There is no clock in these files. How many times a second was the sensor read? "
                "The sketch that wrote them says it; recordings that have a clock are brought to "
                "the same rate."
            )
        )
        words.setWordWrap(True)
        self.rate_hz = QDoubleSpinBox()
        self.rate_hz.setDecimals(3)
        self.rate_hz.setRange(_SLOWEST_HZ, _FASTEST_HZ)
        self.rate_hz.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
        self.rate_hz.setSuffix(" Hz")
        self.rate_hz.setValue(last_hz)
        self.rate_hz.setAccessibleName(tr("Samples a second"))
        self.rate_hz.setToolTip(
            tr("All that is told in seconds follows from it: windows, and what the board must do.")
        )
        prepare_field(self.rate_hz)
        form = QFormLayout()
        form.setSpacing(theme.GRID)
        form.addRow(tr("Samples a second"), self.rate_hz)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        take_in = buttons.addButton(tr("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        take_in.setProperty("role", "primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(theme.GRID * 2)
        column.addWidget(words)
        column.addLayout(form)
        column.addWidget(buttons)
        self.setMinimumWidth(480)
        self.rate_hz.selectAll()
        self.rate_hz.setFocus()


def ask_rate(parent: QWidget, studio: Studio, paths: Sequence[Path]) -> None:
    """Import ``paths`` at the rate the user gives, and remember it; nothing where they cancel."""
    dialog = ImportRateDialog(parent, studio.settings.import_rate_hz)

    def accepted() -> None:
        rate_hz = dialog.rate_hz.value()
        studio.remember(replace(studio.settings, import_rate_hz=rate_hz))
        studio.takes.import_paths(paths, rate_hz)

    dialog.accepted.connect(accepted)
    dialog.open()
