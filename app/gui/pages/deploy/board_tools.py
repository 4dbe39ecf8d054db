# SPDX-License-Identifier: GPL-3.0-or-later
"""Two buttons below the boards: what is set on the connected one, and whether it is well."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMessageBox, QPushButton, QWidget

from app.capture.messages import Identity
from app.core.errors import TinywrightError
from app.deploy.selftest_report import SelftestReport
from app.gui import theme
from app.gui.board_settings import SettingsButton
from app.gui.i18n import tr
from app.gui.pages.deploy.report_dialog import ReportDialog
from app.gui.studio import Studio


class BoardTools(QWidget):
    """Opens a dialog when the board has answered. Tell it with :meth:`show_board` who is there."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self.report: ReportDialog | None = None
        """While it is open."""
        self.question: QMessageBox | None = None
        """Whether pins may be driven; ``None`` while it is not asked."""
        self.settings = SettingsButton(studio)
        self.check = QPushButton(tr("Check the board"))
        self.check.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        self.check.setEnabled(False)
        for button in (self.settings, self.check):
            row.addWidget(button, 1)
        studio.care.progressed.connect(self._show_progress)
        studio.care.changed.connect(self._on_care)

    def show_board(self, identity: Identity | None, classes: Sequence[str], *, ready: bool) -> None:
        """``identity`` of the board that is connected and ``ready`` to be asked; ``classes`` are
        those of the network that is or will be on it."""
        self.settings.show_board(identity, classes, ready=ready)
        self.check.setEnabled(ready and identity is not None and self._studio.care.possible)
        self.check.setToolTip(tr("Tries link, sensors, sampling and engine; takes some seconds."))

    def _ask(self) -> None:
        """What is to be checked, without holding the window up."""
        question = QMessageBox(
            QMessageBox.Icon.NoIcon,
            tr("Check of the board"),
            tr("The board is tried for some ten seconds. Let it lie still."),
            parent=self,
        )
        question.setInformativeText(
            tr(
                "Free pins are pulled weakly, which finds shorts. They can also be driven high and "
                "low for less than a millisecond each: not where something is wired that must not "
                "move."
            )
        )
        drive = QCheckBox(tr("Also drive the free pins"))
        question.setCheckBox(drive)
        begin = question.addButton(tr("Check the board"), QMessageBox.ButtonRole.AcceptRole)
        question.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(begin)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.accepted.connect(lambda: self._check(drive.isChecked()))
        question.finished.connect(self._forget_question)
        self.question = question
        question.open()

    def _check(self, drive_pins: bool) -> None:
        self._show_progress(0.0)
        self._studio.care.check(self._show_report, self._report_failure, self, drive_pins)

    def _forget_question(self) -> None:
        self.question = None

    def _show_report(self, report: SelftestReport) -> None:
        self.report = ReportDialog(self, self._studio.theme, report)
        self.report.finished.connect(self._forget)
        self.report.open()

    def _report_failure(self, error: TinywrightError) -> None:
        self._studio.notify(error)

    def _forget(self) -> None:
        self.report = None

    def _show_progress(self, done: float) -> None:
        self.check.setText(tr("Checking… {percent:.0f} %", percent=100 * done))

    def _on_care(self) -> None:
        busy = self._studio.care.busy
        self.check.setEnabled(False)
        if not busy:
            self.check.setText(tr("Check the board"))
