# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields as the pages want them: unmoved by a scrolling hand, their text off the edge."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QWidget

_TEXT_INSET = 6


class _WheelGuard(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget):
            if watched.hasFocus():
                return False
            event.ignore()  # lets the scroll area around the field have it
            return True
        return False


def prepare_field(field: QWidget) -> None:
    """Let the page scroll when the wheel turns over ``field``, unless the user is editing it; and
    inset a spin box's text, which style sheets cannot."""
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.installEventFilter(_WheelGuard(field))
    if isinstance(field, QAbstractSpinBox):
        field.lineEdit().setTextMargins(_TEXT_INSET, 0, _TEXT_INSET, 0)
