# SPDX-License-Identifier: GPL-3.0-or-later
"""Windows as a strip of small pictures, each as the network will see it. Draws what is visible."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QSizePolicy

from app.core.slicing import SlicedRecording
from app.gui import theme
from app.gui.i18n import tr
from app.gui.theme import ClassStyle, Theme
from app.gui.widgets.class_chip import paint_dot
from app.gui.widgets.signal_source import SignalSource

TILE = QSize(104, 72)
_CAPTION_HEIGHT = 20
_CACHED = 256


@dataclass(frozen=True, slots=True)
class _Scale:
    """How each channel is brought to a picture's height: those of one unit alike."""

    low: NDArray[np.float64]
    extent: NDArray[np.float64]


class WindowPreviews(QAbstractScrollArea):
    """``window_selected(int)`` of the window whose picture was clicked."""

    window_selected = Signal(int)

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self._look = look
        self._source: SignalSource | None = None
        self._scale: _Scale | None = None
        self._sliced: SlicedRecording | None = None
        self._styles: Mapping[str, ClassStyle] = {}
        self._selected = -1
        self._pictures: OrderedDict[int, QPixmap] = OrderedDict()
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(TILE.height() + 14)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the bar above does the same from the keyboard
        self.setAccessibleName(tr("Pictures of the windows"))

    def show_windows(
        self,
        source: SignalSource | None,
        sliced: SlicedRecording | None,
        styles: Mapping[str, ClassStyle],
    ) -> None:
        """Show the windows of ``source``; either ``None`` shows none."""
        same = source is self._source and self._sliced is not None and sliced is not None
        if not same or sliced.windowing != self._sliced.windowing:  # type: ignore[union-attr]
            self._pictures.clear()
        if source is not self._source:
            self._scale = None if source is None else _scale(source)
        self._source, self._sliced, self._styles = source, sliced, styles
        self._selected = -1
        self._lay_out()
        self.viewport().update()

    def select(self, window: int) -> None:
        """Mark a window and bring its picture into view; -1 for none."""
        self._selected = window
        if window >= 0:
            bar, left = self.horizontalScrollBar(), window * TILE.width()
            if not bar.value() <= left <= bar.value() + self.viewport().width() - TILE.width():
                bar.setValue(left - (self.viewport().width() - TILE.width()) // 2)
        self.viewport().update()

    def show_time(self, start_s: float) -> None:
        """Bring the first window after ``start_s`` to the left edge."""
        if self._sliced is not None and len(self._sliced):
            window = int(np.ceil(max(start_s, 0.0) / self._sliced.stride_s - 1e-6))
            self.horizontalScrollBar().setValue(window * TILE.width())

    # --- events ------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        sliced, source = self._sliced, self._source
        if sliced is not None and source is not None:
            offset = self.horizontalScrollBar().value()
            first = offset // TILE.width()
            last = (offset + self.viewport().width()) // TILE.width() + 1
            for window in range(first, min(last, len(sliced))):
                left = window * TILE.width() - offset
                self._paint_tile(painter, QRect(left, 0, TILE.width() - 8, TILE.height()), window)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = int(event.position().x() + self.horizontalScrollBar().value()) // TILE.width()
        if self._sliced is not None and 0 <= at < len(self._sliced):
            self.select(at)
            self.window_selected.emit(at)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().x() or event.angleDelta().y()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - turned)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    # --- painting ----------------------------------------------------------------------------

    def _paint_tile(self, painter: QPainter, area: QRect, window: int) -> None:
        sliced = self._sliced
        assert sliced is not None  # noqa: S101 - checked by the caller
        name = sliced.label(window)
        style = None if name is None else self._styles.get(name, self._look.class_style(7))
        picture = area.adjusted(0, 0, 0, -_CAPTION_HEIGHT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = window == self._selected
        edge = QColor(self._look.accent if chosen else self._look.border)
        painter.setPen(QPen(edge, 2 if chosen else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush if style is None else style.fill(0.12))
        painter.drawRoundedRect(QRectF(picture).adjusted(1, 1, -1, -1), 4, 4)
        painter.setOpacity(0.45 if style is None else 1.0)
        painter.drawPixmap(picture.topLeft(), self._picture(window, picture.size()))
        painter.setOpacity(1.0)
        caption = QRect(area.left(), picture.bottom() + 3, area.width(), _CAPTION_HEIGHT - 3)
        if style is not None:
            paint_dot(painter, QRectF(caption.left(), caption.center().y() - 3, 8, 8), style)
            caption.adjust(12, 0, 0, 0)
        painter.setFont(theme.font(theme.CAPTION_PX))
        painter.setPen(QColor(self._look.muted if style is None else self._look.text))
        left_out = tr("two labels") if sliced.ambiguous(window) else tr("no label")
        words = left_out if name is None else name or tr("number")
        painter.drawText(
            caption,
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, caption.width()),
        )

    def _picture(self, window: int, size: QSize) -> QPixmap:
        found = self._pictures.get(window)
        if found is not None:
            self._pictures.move_to_end(window)
            return found
        made = self._draw_picture(window, size)
        self._pictures[window] = made
        if len(self._pictures) > _CACHED:
            self._pictures.popitem(last=False)
        return made

    def _draw_picture(self, window: int, size: QSize) -> QPixmap:
        scale = self.devicePixelRatioF()
        made = QPixmap(size * scale)
        made.setDevicePixelRatio(scale)
        made.fill(Qt.GlobalColor.transparent)
        sliced, source, ranges = self._sliced, self._source, self._scale
        if sliced is None or source is None or ranges is None:
            return made
        start_s = sliced.start_s(window)
        start = round(start_s * source.rate_hz)
        stop = round((start_s + sliced.length_s) * source.rate_hz)
        seen = source.envelope(start, max(stop, start + 1), size.width())
        if not len(seen.at):
            return made
        x = 3 + (seen.at - start) / max(stop - start - 1, 1) * (size.width() - 6)
        share = (seen.values - ranges.low) / ranges.extent
        y = size.height() - 5 - share * (size.height() - 10)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for channel in range(y.shape[1]):
            painter.setPen(self._look.channel_pen(channel))
            points = [QPointF(a, b) for a, b in zip(x, y[:, channel], strict=True)]
            if len(points) == 1:
                points.append(points[0] + QPointF(size.width() - 6, 0))
            painter.drawPolyline(QPolygonF(points))
        painter.end()
        return made

    def _lay_out(self) -> None:
        count = 0 if self._sliced is None else len(self._sliced)
        bar = self.horizontalScrollBar()
        bar.setRange(0, max(0, count * TILE.width() - self.viewport().width()))
        bar.setPageStep(self.viewport().width())
        bar.setSingleStep(TILE.width())


def _scale(source: SignalSource) -> _Scale:
    """Ranges over the whole of ``source``, equal for channels of one unit."""
    whole = source.envelope(source.first, source.stop, 512).values.astype(np.float64)
    low, high = np.nanmin(whole, axis=0), np.nanmax(whole, axis=0)
    units = [channel.unit for channel in source.channels]
    for unit in set(units):
        members = [place for place, each in enumerate(units) if each == unit]
        low[members], high[members] = low[members].min(), high[members].max()
    extent = np.where(high > low, high - low, 1.0)
    return _Scale(low, extent)
