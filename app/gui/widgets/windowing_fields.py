# SPDX-License-Identifier: GPL-3.0-or-later
"""Window and stride in milliseconds: the fields that more than one page shows."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QPushButton

from app.core.text import Text, text
from app.core.training import WindowConfig
from app.core.windows import samples_to_ms, windowing_from_ms
from app.gui.i18n import tr
from app.gui.widgets.fields import prepare_field

_LONGEST_MS = 3_600_000


class WindowingFields(QObject):
    """Two fields and a button for a page to lay out.

    ``changed(WindowConfig | None, Text)``: what the user settled on, in samples, and the name of
    the step; ``None`` leaves it to the data.
    """

    changed = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rate_hz = 1.0
        self._windowing = WindowConfig(1, 1)
        self.window_ms = _milliseconds(
            tr("Window"),
            tr(
                "How much of the signal the network sees at once: long enough to hold what you "
                "want to recognise, and no longer, for the board pays for every sample."
            ),
        )
        self.stride_ms = _milliseconds(
            tr("Stride"),
            tr(
                "How far the next window starts behind the last. Half a window is usual; a smaller "
                "stride makes more, and more alike, windows."
            ),
        )
        self.automatic = QPushButton(tr("Choose from the data"))
        self.automatic.setProperty("role", "quiet")
        self.automatic.setToolTip(tr("Forget the window and stride set here and take what fits."))
        self.window_ms.valueChanged.connect(self._set_length)
        self.stride_ms.valueChanged.connect(self._set_stride)
        self.automatic.clicked.connect(self._forget)

    def show_windowing(self, rate_hz: float, windowing: WindowConfig, *, chosen: bool) -> None:
        """Show ``windowing``, counted at ``rate_hz``; ``chosen`` by the user, not by the data."""
        self._rate_hz, self._windowing = rate_hz, windowing
        self.automatic.setVisible(chosen)
        step = samples_to_ms(1, rate_hz)
        for field, samples in (
            (self.window_ms, windowing.length),
            (self.stride_ms, windowing.stride),
        ):
            blocker = QSignalBlocker(field)
            field.setDecimals(0 if step.is_integer() else 1)
            field.setRange(min(step, 1.0), _LONGEST_MS)
            field.setSingleStep(step)
            field.setValue(samples_to_ms(samples, rate_hz))
            blocker.unblock()

    def _set_length(self, ms: float) -> None:
        length = windowing_from_ms(ms, None, self._rate_hz).length
        self._send(WindowConfig(length, self._windowing.stride), text("Change window"))

    def _set_stride(self, ms: float) -> None:
        stride = windowing_from_ms(ms, None, self._rate_hz).length
        self._send(WindowConfig(self._windowing.length, stride), text("Change stride"))

    def _send(self, windowing: WindowConfig, what: Text) -> None:
        if windowing != self._windowing:
            self.changed.emit(windowing, what)

    def _forget(self) -> None:
        self.changed.emit(None, text("Change window"))


def _milliseconds(name: str, tip: str) -> QDoubleSpinBox:
    made = QDoubleSpinBox()
    made.setSuffix(" ms")
    made.setKeyboardTracking(False)
    made.setGroupSeparatorShown(True)
    made.setMinimumWidth(88)
    made.setAccessibleName(name)
    made.setToolTip(tip)
    prepare_field(made)
    return made
