# SPDX-License-Identifier: GPL-3.0-or-later
"""What a check of the board has found, to be read and to be sent."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from app.deploy.selftest import SelftestReport, report_lines
from app.gui import theme
from app.gui.i18n import tr
from app.gui.icons import icon
from app.gui.theme import Theme
from app.gui.widgets.card import label

_WIDTH = 560
_MARK_PX = 16


class ReportDialog(QDialog):
    """Every check with its mark; a button copies the report as text, in English."""

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
        self.copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(theme.GRID * 2)
        column.addWidget(self.headline)
        column.addWidget(identity)
        column.addLayout(grid)
        column.addStretch(1)
        column.addWidget(buttons)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(report_lines(self.report)) + "\n")
