# SPDX-License-Identifier: GPL-3.0-or-later
"""Two buttons below the boards: what is set on the connected one, and whether it is well."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMessageBox, QPushButton, QWidget

from app.capture.messages import Flag, Identity
from app.core.errors import TinywrightError
from app.deploy.selftest_report import SelftestReport
from app.gui import theme
from app.gui.board_care import BoardSetup
from app.gui.i18n import tr
from app.gui.pages.deploy.report_dialog import ReportDialog
from app.gui.pages.deploy.settings_dialog import SettingsDialog
from app.gui.studio import Studio


class BoardTools(QWidget):
    """Opens a dialog when the board has answered. Tell it with :meth:`show_board` who is there."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._classes: tuple[str, ...] = ()
        self.dialog: SettingsDialog | ReportDialog | None = None
        """What was opened last; ``None`` once it is closed."""
        self.question: QMessageBox | None = None
        """Whether pins may be driven; ``None`` while it is not asked."""
        self.settings = QPushButton(tr("Board settings…"))
        self.check = QPushButton(tr("Check the board"))
        self.settings.clicked.connect(self._read_settings)
        self.check.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        for button in (self.settings, self.check):
            button.setEnabled(False)
            row.addWidget(button, 1)
        studio.care.progressed.connect(self._show_progress)
        studio.care.changed.connect(self._on_care)

    def show_board(self, identity: Identity | None, classes: Sequence[str], *, ready: bool) -> None:
        """``identity`` of the board that is connected and ``ready`` to be asked; ``classes`` are
        those of the network that is or will be on it."""
        self._classes = tuple(classes)
        free = ready and identity is not None and self._studio.care.possible
        has_settings = identity is not None and bool(identity.flags & Flag.SETTINGS)
        self.settings.setEnabled(free and has_settings)
        self.check.setEnabled(free)
        self.settings.setToolTip(
            tr("What it measures and how fast, and what it does by itself.")
            if has_settings or identity is None
            else tr("This board's firmware keeps no settings.")
        )
        self.check.setToolTip(tr("Tries link, sensors, sampling and engine; takes some seconds."))

    def _read_settings(self) -> None:
        self._studio.care.read_setup(self._show_settings, self._studio.notify, self)

    def _show_settings(self, setup: BoardSetup) -> None:
        studio = self._studio
        self._open(SettingsDialog(self, studio.theme, studio.care, setup, self._classes))

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
        self._open(ReportDialog(self, self._studio.theme, report))

    def _report_failure(self, error: TinywrightError) -> None:
        self._studio.notify(error)

    def _open(self, dialog: SettingsDialog | ReportDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._forget)
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _show_progress(self, done: float) -> None:
        self.check.setText(tr("Checking… {percent:.0f} %", percent=100 * done))

    def _on_care(self) -> None:
        busy = self._studio.care.busy
        self.settings.setEnabled(False)
        self.check.setEnabled(False)
        if not busy:
            self.check.setText(tr("Check the board"))
