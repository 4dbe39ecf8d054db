# SPDX-License-Identifier: GPL-3.0-or-later
"""A page of help: what it is about, a drawing, and steps with numbers."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.help.pages import HelpPage
from app.gui.i18n import tr
from app.gui.resources import HELP
from app.gui.theme import Theme
from app.gui.widgets.card import label

DRAWING = QSize(480, 240)


class HelpDialog(QDialog):
    """``why`` is the cause in the case at hand, translated; empty where it is not known."""

    def __init__(self, parent: QWidget, look: Theme, page: HelpPage, why: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("What to do"))
        self.page = page
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(theme.GRID * 2)
        title = tr(page.title)
        column.addWidget(label(title, "title", wrap=True))
        if why:
            cause = label(why, "muted", wrap=True)
            cause.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(cause)
        self.drawing = label("")
        self.drawing.setPixmap(drawing(page.drawing, look, self.devicePixelRatioF()))
        self.drawing.setAccessibleName(title)
        column.addWidget(self.drawing, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(self._steps(page))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.setMinimumWidth(DRAWING.width() + 4 * theme.MARGIN)

    def _steps(self, page: HelpPage) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GRID * 2)
        grid.setVerticalSpacing(theme.GRID)
        grid.setColumnStretch(1, 1)
        for line, step in enumerate(page.steps):
            words = label(tr(step), wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label(f"{line + 1}", "strong"), line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, line, 1)
        return grid


def drawing(name: str, look: Theme, scale: float) -> QPixmap:
    """``resources/help/<name>.svg`` in the colours of ``look``, for a screen of ``scale``.

    Raises ``FileNotFoundError`` for a name without a file.
    """
    source = (HELP / f"{name}.svg").read_text(encoding="utf-8")
    for word, color in (
        ("currentColor", look.muted),
        ("accentColor", look.accent),
        ("warnColor", look.warn),
        ("textColor", look.text),
        ("surfaceColor", look.background),
    ):
        source = source.replace(word, color)
    made = QPixmap(DRAWING * scale)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(made.rect()))
    painter.end()
    made.setDevicePixelRatio(scale)
    return made
