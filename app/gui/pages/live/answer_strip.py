# SPDX-License-Identifier: GPL-3.0-or-later
"""The answers along the plot's time: a strip in the colours of their classes."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.gui import theme
from app.gui.i18n import tr
from app.gui.theme import ClassStyle, Theme
from app.gui.widgets.signal_plot import SignalPlot
from app.gui.widgets.span_layer import PlotSpan

HEIGHT = 28
_NAMED_PX = 28


class AnswerStrip(QWidget):
    """Lies above ``plot`` and follows its view."""

    def __init__(self, look: Theme, plot: SignalPlot) -> None:
        super().__init__()
        self._look = look
        self._plot = plot
        self.spans: tuple[PlotSpan, ...] = ()
        plot.view_changed.connect(self._follow)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Answers over time"))
        self.setToolTip(tr("What the board answered when. Grey: it was unsure."))

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def show_spans(self, spans: tuple[PlotSpan, ...]) -> None:
        """Show stretches of like answers."""
        self.spans = spans
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        left, right = self._plot.time_pixels()
        start, stop = self._plot.view
        a_second = (right - left) / max(stop - start, 1e-9)
        lane = QRectF(left, 2, right - left, self.height() - 4)
        painter.setClipRect(lane)
        painter.fillRect(lane, QColor(self._look.raised))
        painter.setFont(theme.font(theme.CAPTION_PX))
        for span in self.spans:
            if span.stop_s < start or span.start_s > stop:
                continue
            x = left + (span.start_s - start) * a_second
            width = (span.stop_s - span.start_s) * a_second
            band = QRectF(x, lane.top(), max(width, 1.0), lane.height())
            painter.fillRect(band, span.style.fill(0.30))
            painter.fillRect(QRectF(x, lane.bottom() - 4, band.width(), 4), span.style.color)
            seen = band.intersected(lane).adjusted(6, 0, -2, -4)
            if seen.width() > _NAMED_PX:
                painter.setPen(QColor(self._look.text))
                name = painter.fontMetrics().elidedText(
                    span.name, Qt.TextElideMode.ElideRight, int(seen.width())
                )
                painter.drawText(seen, Qt.AlignmentFlag.AlignVCenter, name)
        painter.end()

    def _follow(self, _start_s: float, _stop_s: float) -> None:
        self.update()


def merged(spans: Iterable[PlotSpan]) -> tuple[PlotSpan, ...]:
    """Neighbours of one name that touch as one, in the order they came."""
    stretches: list[PlotSpan] = []
    for span in spans:
        last = stretches[-1] if stretches else None
        if last is not None and last.name == span.name and last.stop_s >= span.start_s:
            stretches[-1] = last._replace(stop_s=span.stop_s)
        else:
            stretches.append(span)
    return tuple(stretches)


def unsure_style(look: Theme) -> ClassStyle:
    """How an answer is drawn that is not believed."""
    return ClassStyle(QColor(look.muted), Qt.PenStyle.SolidLine)
