# SPDX-License-Identifier: GPL-3.0-or-later
"""The windows of a recording as a bar along the plot's time: which label each gets, which get none.

Windows may overlap, so each is drawn as the stride it adds; the selected one is drawn whole.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.core.slicing import SlicedRecording
from app.gui.i18n import tr
from app.gui.theme import ClassStyle, Theme
from app.gui.widgets.signal_lanes import time_text
from app.gui.widgets.signal_plot import SignalPlot

HEIGHT = 26
_UNLABELLED = -1
_AMBIGUOUS = -2
_SEPARATED_PX = 5
"""Windows this wide have a gap between them; narrower ones flow together."""


class WindowBar(QWidget):
    """Lies below ``plot`` and follows its view. ``window_selected(int)``, -1 for none."""

    window_selected = Signal(int)

    def __init__(self, look: Theme, plot: SignalPlot) -> None:
        super().__init__()
        self._look = look
        self._plot = plot
        self._sliced: SlicedRecording | None = None
        self._styles: Mapping[str, ClassStyle] = {}
        self._selected = -1
        plot.view_changed.connect(self._follow)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Windows"))

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def show_windows(
        self, sliced: SlicedRecording | None, styles: Mapping[str, ClassStyle]
    ) -> None:
        """Show ``sliced`` in the styles of its labels; ``None`` shows no windows."""
        self._sliced, self._styles = sliced, styles
        self._selected = -1
        self.update()

    def select(self, window: int) -> None:
        """Mark a window, -1 for none."""
        self._selected = window
        described = "" if window < 0 else self.describe(window)
        self.setAccessibleDescription(described)
        self.update()

    def describe(self, window: int) -> str:
        """A window in words: when, and which label it gets or why none."""
        sliced = self._sliced
        if sliced is None:
            return ""
        start = sliced.start_s(window)
        where = tr(
            "Window {number}, {start} to {stop}",
            number=window + 1,
            start=time_text(start, 0.01),
            stop=time_text(start + sliced.length_s, 0.01),
        )
        label = sliced.label(window)
        if label is not None:
            return tr("{where}: {label}", where=where, label=label or tr("a number"))
        if sliced.ambiguous(window):
            return tr("{where}: left out, for two labels claim it", where=where)
        return tr("{where}: left out, for no label covers enough of it", where=where)

    # --- painting ----------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        sliced = self._sliced
        if sliced is not None and len(sliced):
            left, right = self._plot.time_pixels()
            painter.setClipRect(QRectF(left, 0, right - left, self.height()))
            self._paint_windows(painter, sliced)
            if self._selected >= 0:
                self._paint_selected(painter, sliced, self._selected)
        painter.end()

    def _paint_windows(self, painter: QPainter, sliced: SlicedRecording) -> None:
        view = self._plot.view
        first = max(0, int((view[0] - sliced.length_s) / sliced.stride_s))
        last = min(len(sliced), int(view[1] / sliced.stride_s) + 1)
        if first >= last:
            return
        codes = np.nan_to_num(sliced.labels.values[first:last], nan=_UNLABELLED)
        codes = np.where(sliced.labels.ambiguous[first:last], _AMBIGUOUS, codes)
        origin, scale = self._x(sliced.start_s(first)), self._x(sliced.stride_s) - self._x(0.0)
        if scale >= _SEPARATED_PX:
            starts, gap = np.arange(len(codes)), 1.0
        else:  # runs of like windows, so that ten hours are as quick as ten seconds
            starts, gap = np.flatnonzero(np.diff(codes, prepend=np.nan)), 0.0
        stops = np.append(starts[1:], len(codes)).astype(np.float64)
        if last == len(sliced):  # the last window ends where it ends
            stops[-1] += sliced.length_s / sliced.stride_s - 1
        drawn_to = -np.inf
        for start, stop in zip(starts, stops, strict=True):
            left, right = origin + start * scale, origin + float(stop) * scale
            if right - drawn_to < 0.5:
                continue
            area = QRectF(left, 3, max(right - left - gap, 1.0), 12)
            self._paint_tile(painter, area, sliced, int(codes[start]))
            drawn_to = right

    def _paint_tile(
        self, painter: QPainter, area: QRectF, sliced: SlicedRecording, code: int
    ) -> None:
        if code >= 0:
            style = self._styles.get(sliced.names[code], self._look.class_style(7))
            painter.fillRect(area, style.fill(0.75))
        elif code == _AMBIGUOUS:
            painter.fillRect(area, QBrush(QColor(self._look.warn), Qt.BrushStyle.BDiagPattern))
        else:
            painter.fillRect(area, QColor(self._look.border))

    def _paint_selected(self, painter: QPainter, sliced: SlicedRecording, window: int) -> None:
        start = sliced.start_s(window)
        x, end = self._x(start), self._x(start + sliced.length_s)
        painter.setPen(QPen(QColor(self._look.text), 2))
        bottom = self.height() - 4
        painter.drawLine(int(x) + 1, bottom, int(end) - 1, bottom)
        for edge in (int(x) + 1, int(end) - 1):
            painter.drawLine(edge, 3, edge, bottom)

    # --- mouse and keys ----------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self._window_at(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        count = 0 if self._sliced is None else len(self._sliced)
        if event.key() == Qt.Key.Key_Escape and self._selected >= 0:
            self._choose(-1)
        elif step and count:
            self._choose(max(0, min(self._selected + step, count - 1)))
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            window = self._window_at(event.pos())
            if window >= 0:
                QToolTip.showText(event.globalPos(), self.describe(window), self)
            return True
        return super().event(event)

    def _choose(self, window: int) -> None:
        self.select(window)
        self.window_selected.emit(window)

    def _window_at(self, point: QPoint) -> int:
        """The window that adds the time at ``point``, -1 where there is none."""
        sliced = self._sliced
        if sliced is None or not len(sliced):
            return -1
        left, right = self._plot.time_pixels()
        view = self._plot.view
        at_s = view[0] + (point.x() - left) / max(right - left, 1) * (view[1] - view[0])
        if not 0 <= at_s < sliced.start_s(len(sliced) - 1) + sliced.length_s:
            return -1
        return min(int(at_s / sliced.stride_s), len(sliced) - 1)

    # --- helpers -----------------------------------------------------------------------------

    def _follow(self, _start_s: float, _stop_s: float) -> None:
        self.update()

    def _x(self, at_s: float) -> float:
        left, right = self._plot.time_pixels()
        start, stop = self._plot.view
        return left + (at_s - start) / max(stop - start, 1e-9) * (right - left)
