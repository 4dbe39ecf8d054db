# SPDX-License-Identifier: GPL-3.0-or-later
"""Label spans drawn over a lane: all of them by one item, so that thousands stay quick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

import pyqtgraph as pg  # pyright: ignore[reportMissingTypeStubs]
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from app.gui import theme
from app.gui.theme import ClassStyle, Theme

_SMALLEST_PX = 1.0
_EDGED_PX = 4
"""Narrower bands are drawn without their ends, which would hide the signal."""


class PlotSpan(NamedTuple):
    """A stretch of time with a name. ``strong`` marks the one that is selected."""

    start_s: float
    stop_s: float
    name: str
    style: ClassStyle
    strong: bool = False


class SpanLayer(pg.GraphicsObject):
    """Tinted bands with the class's colour and line at both ends; ``names`` writes them on top."""

    def __init__(self, look: Theme, *, names: bool) -> None:
        super().__init__()  # pyright: ignore[reportUnknownMemberType]
        self._look = look
        self._names = names
        self._spans: tuple[PlotSpan, ...] = ()
        self.setZValue(-10)

    def show_spans(self, spans: Sequence[PlotSpan]) -> None:
        """Draw ``spans`` in place of those there are."""
        self._spans = tuple(spans)
        self.update()

    def viewRangeChanged(self) -> None:
        """Called by pyqtgraph when the visible part moves: the bands fill it."""
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:
        view = cast("QRectF | None", cast(Any, self).viewRect())
        return view if view is not None else QRectF()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002
        widget: QWidget | None = None,  # noqa: ARG002
    ) -> None:
        view = self.boundingRect()
        to_device = painter.worldTransform()
        painter.save()
        painter.resetTransform()
        painter.setFont(theme.font(theme.CAPTION_PX))
        area = to_device.mapRect(view)
        a_second = area.width() / max(view.width(), 1e-9)
        drawn_to = area.left()
        for span in self._spans:
            if span.stop_s < view.left() or span.start_s > view.right():
                continue
            # Whole pixels: they are filled several times faster.
            left = round(area.left() + (span.start_s - view.left()) * a_second)
            right = round(area.left() + (span.stop_s - view.left()) * a_second)
            if right - drawn_to < _SMALLEST_PX and not span.strong:
                continue  # its neighbour has the pixel: a thousand spans over hours stay quick
            drawn_to = right
            band = QRectF(left, area.top(), max(right - left, 1), area.height())
            self._paint_band(painter, span, band, area)
        painter.restore()

    def _paint_band(self, painter: QPainter, span: PlotSpan, band: QRectF, area: QRectF) -> None:
        painter.fillRect(band.intersected(area), span.style.fill(0.30 if span.strong else 0.16))
        if band.width() < _EDGED_PX and not span.strong:
            return
        painter.setPen(QPen(span.style.color, 2 if span.strong else 1, span.style.line))
        for x in (band.left(), band.right()):
            if area.left() <= x <= area.right():
                painter.drawLine(int(x), int(area.top()), int(x), int(area.bottom()))
        seen = band.intersected(area).adjusted(6, 4, -4, 0)
        if self._names and seen.width() > 12:
            painter.setPen(QColor(self._look.text))
            name = painter.fontMetrics().elidedText(
                span.name, Qt.TextElideMode.ElideRight, int(seen.width())
            )
            painter.drawText(seen, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, name)
