# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields that do not change under a scrolling hand: the wheel reaches them only when focused."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class _WheelGuard(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget):
            if watched.hasFocus():
                return False
            event.ignore()  # lets the scroll area around the field have it
            return True
        return False


def ignore_wheel_without_focus(field: QWidget) -> None:
    """Let the page scroll when the wheel turns over ``field``, unless the user is editing it."""
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.installEventFilter(_WheelGuard(field))
