# SPDX-License-Identifier: GPL-3.0-or-later
"""What nobody expected: told in one dialog, with a report to send; the studio goes on.

However many defects follow one another, and however often (one in a repaint comes sixty times a
second), there is one dialog, and each kind of defect is in its report once, with its count.
"""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from collections import Counter
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QUrl, Signal, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from app.core.version import studio_version
from app.gui import theme
from app.gui.i18n import tr
from app.gui.widgets.card import label

MAX_KINDS = 20
"""Different defects in a report; what comes after them is in the log."""
_SIZE = (640, 480)

_log = logging.getLogger(__name__)


class Defects(QObject):
    """Collects what was not caught, in any thread."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kinds: Counter[str] = Counter()
        self._lock = threading.Lock()

    def catch_all(self) -> None:
        """From now on nothing that is not caught goes unseen, whichever thread it ends."""
        sys.excepthook = self.add
        threading.excepthook = self._add_of_thread

    def add(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Into the log and the report. A ctrl-C is no defect: it ends the program as usual."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("a defect", exc_info=(kind, error, trace))
        told = "".join(traceback.format_exception(kind, error, trace)).rstrip()
        with self._lock:
            if told in self._kinds or len(self._kinds) < MAX_KINDS:
                self._kinds[told] += 1
        self.changed.emit()

    def _add_of_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.add(args.exc_type, args.exc_value, args.exc_traceback)

    def report(self) -> str:
        """What a user can send: the versions, then each kind of defect with its trace. English."""
        with self._lock:
            kinds = list(self._kinds.items())
        lines = [
            f"Tinywright {studio_version()}",
            f"{platform.platform()}, Python {platform.python_version()}, Qt {qVersion()}",
        ]
        for told, count in kinds:
            lines += ["", *([f"{count} times:"] if count > 1 else []), told]
        return "\n".join(lines) + "\n"


class DefectDialog(QDialog):
    """One dialog for all defects; it follows what is added while it is open."""

    def __init__(self, parent: QWidget, defects: Defects, logs: Path) -> None:
        super().__init__(parent)
        self._defects = defects
        self._logs = logs
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.NonModal)
        self.setWindowTitle(tr("Something went wrong inside the studio"))
        self.resize(*_SIZE)
        self.report = QPlainTextEdit()
        self.report.setReadOnly(True)
        self.report.setFont(theme.mono_font())
        self.report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.report.setAccessibleName(tr("Report"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy = buttons.addButton(tr("Copy the report"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.setProperty("role", "primary")
        self.folder = buttons.addButton(
            tr("Open the folder of logs"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.copy.clicked.connect(self._copy)
        self.folder.clicked.connect(self._open_logs)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(theme.GRID * 2)
        column.addWidget(
            label(tr("This is a defect in the studio, not your doing."), "strong", wrap=True)
        )
        column.addWidget(
            label(
                tr(
                    "The studio goes on. Your project is saved as you work; if a page no longer "
                    "behaves, start the studio anew. Whoever mends this needs the report below. "
                    "It names folders of this computer: read it before you send it."
                ),
                "muted",
                wrap=True,
            )
        )
        column.addWidget(self.report, 1)
        column.addWidget(buttons)
        defects.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.report.setPlainText(self._defects.report())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._defects.report())
        self.copy.setText(tr("Copied"))

    def _open_logs(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._logs)))
