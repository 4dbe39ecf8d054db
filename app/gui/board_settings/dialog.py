# SPDX-License-Identifier: GPL-3.0-or-later
"""What a board keeps for its user: what it measures and how fast, and what it does by itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.core.board_settings import BoardSettings
from app.core.errors import DataError, TinywrightError
from app.gui import theme
from app.gui.board_care import BoardCare, BoardSetup
from app.gui.board_settings.action_rows import ActionsCard
from app.gui.board_settings.cards import PinsCard, PowerCard, RateCard, SensorsCard
from app.gui.i18n import tr
from app.gui.theme import Theme
from app.gui.widgets.card import label
from app.gui.widgets.layouts import column_in, row_in, scrolled

_WIDTH = 1040
_LEAST_HEIGHT = 720
_AROUND_PX = 120
"""What stands above and below the cards; and what of the window behind stays in sight."""
_SCROLL_BAR_PX = 12


class SettingsDialog(QDialog):
    """Shows ``setup``; stores what was made of it on the board and closes when it has it."""

    def __init__(
        self,
        parent: QWidget,
        look: Theme,
        care: BoardCare,
        setup: BoardSetup,
        classes: Sequence[str],
    ) -> None:
        super().__init__(parent)
        self._care = care
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Board settings"))
        settings = setup.settings
        self.sensors = SensorsCard(settings, setup.sensors)
        self.rate = RateCard(settings)
        self.pins = PinsCard(settings)
        self.actions_card = ActionsCard(look, classes, settings.actions)
        self.power = PowerCard(settings)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.store = buttons.addButton(
            tr("Store on the board"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.store.setProperty("role", "primary")
        self.store.setDefault(True)
        self.store.clicked.connect(self._store)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(theme.GRID * 2)
        for remark in setup.remarks:
            column.addWidget(label(remark, "warn", wrap=True))
        cards = self._cards()
        column.addWidget(scrolled(cards), 1)
        column.addWidget(self.problem)
        column.addWidget(buttons)
        room = parent.window().height() - _AROUND_PX
        wanted = cards.sizeHint().height() + _AROUND_PX
        self.resize(_WIDTH, max(_LEAST_HEIGHT, min(wanted, room)))
        if setup.problem is not None:
            self._show_problem(setup.problem)

    def _cards(self) -> QWidget:
        whole, upper, left = QWidget(), QWidget(), QWidget()
        column = column_in(whole, right_px=_SCROLL_BAR_PX)
        row = row_in(upper)
        lefts = column_in(left)
        lefts.addWidget(self.sensors, 1)
        lefts.addWidget(self.rate)
        row.addWidget(left, 1)
        row.addWidget(self.pins, 1)
        column.addWidget(upper)
        column.addWidget(self.actions_card)
        column.addWidget(self.power)
        column.addStretch(1)
        return whole

    def settings(self) -> BoardSettings:
        """As the fields stand. Raises ``DataError`` for what no board can keep."""
        sda, scl = self.pins.bus()
        return BoardSettings(
            self.pins.analogue_pins(),
            self.pins.touch_pins(),
            sda,
            scl,
            self.actions_card.rows.chosen(),
            self.sensors.hidden_parts(),
            self.rate.chosen(),
            self.power.runs.isChecked(),
            self.power.prints.isChecked(),
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
