# SPDX-License-Identifier: GPL-3.0-or-later
"""What a check of the board has found, to be read and to be sent."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QVBoxLayout,
    QWidget,
)

from app.deploy.selftest_report import SelftestReport, report_lines
from app.gui import theme
from app.gui.i18n import tr
from app.gui.icons import icon
from app.gui.theme import Theme
from app.gui.widgets.card import label

_WIDTH = 560
_MARK_PX = 16


class ReportDialog(QDialog):
    """Every check with its mark; the report as text, in English, can be copied and saved."""

    def __init__(self, parent: QWidget, look: Theme, report: SelftestReport) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Check of the board"))
        self.setMinimumWidth(_WIDTH)
        self.report = report
        self.headline = label(
            tr("The board passed every check.")
            if report.passed
            else tr("The board did not pass every check."),
            "strong" if report.passed else "warn",
        )
        told = report.identity
        identity = label(
            tr(
                "{board}, firmware {firmware}, serial {serial}",
                board=told.board,
                firmware=told.firmware,
                serial=told.serial or "–",
            ),
            "caption",
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GRID)
        grid.setVerticalSpacing(theme.GRID)
        grid.setColumnStretch(2, 1)
        for line, check in enumerate(report.checks):
            mark = label("")
            mark.setPixmap(
                icon("check" if check.passed else "error", look).pixmap(_MARK_PX, _MARK_PX)
            )
            mark.setAccessibleName(tr("passed") if check.passed else tr("failed"))
            found = label(tr(check.found), "muted" if check.passed else "warn", wrap=True)
            found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(mark, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(tr(check.name)), line, 1, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(found, line, 2)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy = buttons.addButton(tr("Copy the report"), QDialogButtonBox.ButtonRole.ActionRole)
        self.save = buttons.addButton(
            tr("Save the report…"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._ask_where)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(theme.GRID * 2)
        column.addWidget(self.headline)
        column.addWidget(identity)
        column.addLayout(grid)
        column.addStretch(1)
        column.addWidget(buttons)

    def _text(self) -> str:
        return "\n".join(report_lines(self.report)) + "\n"

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text())
        self.copy.setText(tr("Copied"))

    def _ask_where(self) -> None:
        begun = f"{self.report.begun:%Y-%m-%d-%H%M}"
        dialog = QFileDialog(self, tr("Save the report"), str(Path.home()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(tr("Text files (*.txt)"))
        dialog.setDefaultSuffix("txt")
        dialog.selectFile(f"{self.report.identity.board}-{begun}.txt")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, path: str) -> None:
        """Write the report into a file; what prevents that is said in the headline."""
        try:
            Path(path).write_text(self._text(), encoding="utf-8")
        except OSError as error:
            self.headline.setText(tr("The report cannot be saved: {error}", error=error.strerror))
            return
        self.save.setText(tr("Saved"))
