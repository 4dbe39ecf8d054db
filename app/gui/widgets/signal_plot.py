# SPDX-License-Identifier: GPL-3.0-or-later
"""The signal: the brightest thing on the page. Live or recorded, from seconds to hours.

Wheel zooms time around the pointer, Ctrl+wheel the amplitude, dragging moves; arrows, plus, minus,
Home and End do the same from the keyboard. While it follows a live source the newest sample stays
at the right edge; looking back stops that until End, or the button, goes back to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QGraphicsObject,
    QHBoxLayout,
    QScrollBar,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.core.recording import Channel
from app.gui import theme
from app.gui.i18n import tr
from app.gui.icons import icon
from app.gui.theme import Theme
from app.gui.widgets.flow_layout import FlowLayout
from app.gui.widgets.signal_lanes import DragMode, SignalLanes
from app.gui.widgets.signal_source import SignalSource
from app.gui.widgets.span_layer import PlotSpan, SpanLayer

FRAME_MS = 16
DEFAULT_SPAN_S = 10.0
_MIN_SAMPLES_SHOWN = 8


class SignalPlot(QWidget):
    """A plot over a :class:`SignalSource`, with legend, time scroll bar and amplitude lock."""

    view_changed = Signal(float, float)
    """``(start_s, stop_s)`` now on screen."""
    selecting = Signal(float, float, bool)
    """``(from_s, to_s, finished)`` while :attr:`drag_mode` is SELECT; either may be the greater."""

    def __init__(self, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._source: SignalSource | None = None
        self._channels: tuple[Channel, ...] = ()
        self._visible: list[bool] = []
        self._drag_mode = DragMode.PAN
        self._start_s = 0.0
        self._span_s = DEFAULT_SPAN_S
        self._following = False
        self._drawn: tuple[object, ...] | None = None
        self._overlays: list[Callable[[], QGraphicsObject]] = []
        self._span_layers: list[SpanLayer] = []
        self._spans: tuple[PlotSpan, ...] = ()
        self._timer = QTimer(self, interval=FRAME_MS)
        self._timer.timeout.connect(self.refresh)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Signal plot"))
        self.setMinimumHeight(160)
        self.lanes = SignalLanes(look)
        self._legend = QWidget()
        self._legend.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._legend_row = FlowLayout(self._legend, theme.GRID // 4)
        self._scroll = QScrollBar(Qt.Orientation.Horizontal)
        self._scroll.setAccessibleName(tr("Time shown"))
        self._scroll.valueChanged.connect(self._on_scrolled)
        self._newest = self._tool("chevron-right", tr("Newest"), tr("Follow the newest samples"))
        self._newest.clicked.connect(self.follow)
        self._newest.hide()
        self._lock = self._tool(
            "lock", tr("Lock scale"), tr("Keep the amplitude scale as it is now")
        )
        self._lock.setCheckable(True)
        fit = self._tool("fit", tr("Fit"), tr("Fit the amplitude scale to what is shown"))
        fit.clicked.connect(self.fit)
        top = QHBoxLayout()
        top.addWidget(self._legend, 1, Qt.AlignmentFlag.AlignVCenter)
        for tool in (self._newest, self._lock, fit):
            top.addWidget(tool, 0, Qt.AlignmentFlag.AlignVCenter)
        self.tools = top
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID // 2)
        column.addLayout(top)
        column.addWidget(self.lanes, 1)
        column.addWidget(self._scroll)

    # --- what is shown -----------------------------------------------------------------------

    def show_source(self, source: SignalSource | None, *, follow: bool = False) -> None:
        """Show ``source`` from its beginning, all of it; with ``follow``, its newest seconds."""
        self._source = source
        self._following = follow
        self._drawn = None
        self._lay_out(() if source is None else source.channels)
        if source is not None and not follow:
            self._start_s = source.first / source.rate_hz
            self._span_s = max((source.stop - source.first) / source.rate_hz, 1e-6)
        elif follow:
            self._span_s = DEFAULT_SPAN_S
        self.refresh()

    def show_spans(self, spans: Sequence[PlotSpan]) -> None:
        """Tint stretches of time in the colours of their classes."""
        self._spans = tuple(spans)
        for layer in self._span_layers:
            layer.show_spans(self._spans)

    def add_overlay(self, make: Callable[[], QGraphicsObject]) -> None:
        """Add an item of one's own to every lane, now and whenever lanes are laid out anew.
        Coordinates are seconds and values."""
        self._overlays.append(make)
        self.lanes.add_overlay(make)

    @property
    def drag_mode(self) -> DragMode:
        return self._drag_mode

    @drag_mode.setter
    def drag_mode(self, mode: DragMode) -> None:
        self._drag_mode = mode
        for box in self.lanes.view_boxes:
            box.drag_mode = mode

    @property
    def view(self) -> tuple[float, float]:
        """``(start_s, stop_s)`` on screen."""
        return self._start_s, self._start_s + self._span_s

    def time_pixels(self) -> tuple[float, float]:
        """The pixels across the plot between which it draws time, from ``view[0]`` to
        ``view[1]``: for what stands above or below it."""
        boxes = self.lanes.view_boxes
        if not boxes:
            return 0.0, float(self.width())
        area = boxes[0].sceneBoundingRect()
        offset = self.lanes.mapTo(self, QPoint(0, 0)).x()
        return area.left() + offset, area.right() + offset

    @property
    def following(self) -> bool:
        """Whether the newest sample is kept at the right edge."""
        return self._following

    def show_view(self, start_s: float, stop_s: float) -> None:
        """Show this stretch of time, as far as there are samples."""
        self._following = False
        self._span_s = stop_s - start_s
        self._start_s = start_s
        self.refresh()

    def follow(self) -> None:
        """Go back to the newest samples and stay with them."""
        self._following = True
        self.refresh()

    def stay(self) -> None:
        """Keep what is on screen while the source goes on: a pause for the eyes only."""
        self._following = False
        self.refresh()

    def fit(self) -> None:
        """Fit the amplitude to what is shown."""
        for lane in self.lanes.lanes:
            lane.forget_range()
        self._drawn = None
        self.refresh()

    def start_drawing(self) -> None:
        """Draw at the screen's rate from the newest state: for a live source, while seen."""
        self._timer.start()

    def stop_drawing(self) -> None:
        self._timer.stop()

    # --- drawing -----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Draw the newest state; nothing where nothing changed."""
        source = self._source
        if source is None:
            return
        channels = source.channels
        if channels != self._channels:
            self._lay_out(channels)
            self._drawn = None
        if not channels:
            return  # a board that has said nothing yet
        first, stop, rate = source.first, source.stop, source.rate_hz
        self._keep_inside(first / rate, stop / rate)
        state = (first, stop, self._start_s, self._span_s, self.lanes.width(), *self._visible)
        if state == self._drawn:
            return
        self._drawn = state
        begin = max(first, int(np.floor(self._start_s * rate)) - 1)
        end = min(stop, int(np.ceil((self._start_s + self._span_s) * rate)) + 2)
        envelope = source.envelope(begin, max(end, begin), self.lanes.columns())
        at_s = envelope.at / rate
        self.lanes.show_time(*self.view)
        self.lanes.draw(at_s, envelope.values, self._visible, self._lock.isChecked())
        self._show_scroll(first, stop, rate)
        self._newest.setVisible(self._timer.isActive() and not self._following)
        self.view_changed.emit(*self.view)

    def _keep_inside(self, first_s: float, stop_s: float) -> None:
        if self._following:
            self._start_s = stop_s - self._span_s
            return
        # Where there is less than fits, the picture stays as it stood when following ended.
        bounds = sorted((first_s, stop_s - self._span_s))
        self._start_s = min(max(self._start_s, bounds[0]), bounds[1])

    def _show_scroll(self, first: int, stop: int, rate: float) -> None:
        shown = max(int(self._span_s * rate), 1)
        self._scroll.blockSignals(True)
        self._scroll.setRange(first, max(first, stop - shown))
        self._scroll.setPageStep(shown)
        self._scroll.setSingleStep(max(shown // 10, 1))
        self._scroll.setValue(int(self._start_s * rate))
        self._scroll.blockSignals(False)

    def _lay_out(self, channels: tuple[Channel, ...]) -> None:
        if channels == self._channels:
            self.fit_ranges_anew()
            return
        self._channels = channels
        self._visible = [True] * len(channels)
        self.lanes.show_channels(channels)
        for box in self.lanes.view_boxes:
            box.drag_mode = self._drag_mode
            box.zoomed.connect(self._zoom)
            box.panned.connect(self._pan)
            box.amplified.connect(self._amplify)
            box.selecting.connect(self.selecting)
        self._span_layers = [
            SpanLayer(self._look, names=index == 0) for index in range(len(self.lanes.lanes))
        ]
        for lane, layer in zip(self.lanes.lanes, self._span_layers, strict=True):
            lane.add(layer)
            layer.show_spans(self._spans)
        for make in self._overlays:
            self.lanes.add_overlay(make)
        self._legend_row.clear()
        for index, channel in enumerate(channels):
            self._legend_row.addWidget(self._legend_entry(index, channel))

    def fit_ranges_anew(self) -> None:
        """Forget the amplitude of what was shown before, unless it is locked."""
        if not self._lock.isChecked():
            for lane in self.lanes.lanes:
                lane.forget_range()

    # --- legend and tools --------------------------------------------------------------------

    def _legend_entry(self, index: int, channel: Channel) -> QToolButton:
        entry = QToolButton()
        entry.setProperty("role", "legend")
        entry.setText(f"{channel.name} {channel.unit}".strip())
        entry.setIcon(_dash(self._look.channel_color(index), self._look.channel_pen(index).style()))
        entry.setIconSize(QSize(12, 12))
        entry.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        entry.setCheckable(True)
        entry.setChecked(True)
        entry.setToolTip(tr("Show or hide {channel}", channel=channel.name))
        entry.toggled.connect(partial(self._show_channel, index))
        return entry

    def _show_channel(self, index: int, shown: bool) -> None:
        self._visible[index] = shown
        self.fit_ranges_anew()
        self.refresh()

    def _tool(self, icon_name: str, words: str, tip: str) -> QToolButton:
        tool = QToolButton()
        tool.setProperty("role", "quiet")
        tool.setIcon(icon(icon_name, self._look))
        tool.setText(words)
        tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        tool.setToolTip(tip)
        tool.setAccessibleName(words)
        return tool

    # --- moving about ------------------------------------------------------------------------

    def _zoom(self, factor: float, at_s: float) -> None:
        source = self._source
        if source is None:
            return
        extent = max((source.stop - source.first) / source.rate_hz, DEFAULT_SPAN_S)
        span = min(max(self._span_s * factor, _MIN_SAMPLES_SHOWN / source.rate_hz), extent)
        if not self._following:
            share = (at_s - self._start_s) / self._span_s
            self._start_s = at_s - share * span
        self._span_s = span
        self.refresh()

    def _pan(self, by_s: float) -> None:
        self._following = False
        self._start_s += by_s
        self.refresh()

    def _amplify(self, factor: float) -> None:
        self._lock.setChecked(True)
        for lane in self.lanes.lanes:
            lane.amplify(factor)

    def _on_scrolled(self, value: int) -> None:
        if self._source is not None:
            self._following = False
            self._start_s = value / self._source.rate_hz
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        middle = self._start_s + self._span_s / 2
        acts: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Left: lambda: self._pan(-0.1 * self._span_s),
            Qt.Key.Key_Right: lambda: self._pan(0.1 * self._span_s),
            Qt.Key.Key_Plus: lambda: self._zoom(0.8, middle),
            Qt.Key.Key_Equal: lambda: self._zoom(0.8, middle),
            Qt.Key.Key_Minus: lambda: self._zoom(1.25, middle),
            Qt.Key.Key_Home: lambda: self._pan(-np.inf),
            Qt.Key.Key_End: self.follow if self._timer.isActive() else lambda: self._pan(np.inf),
        }
        act = acts.get(event.key())
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refresh()


def _dash(color: QColor, line: Qt.PenStyle) -> QIcon:
    picture = QPixmap(24, 24)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    pen = painter.pen()
    pen.setColor(color)
    pen.setWidth(5)
    pen.setStyle(line)
    painter.setPen(pen)
    painter.drawLine(2, 12, 22, 12)
    painter.end()
    picture.setDevicePixelRatio(2)
    return QIcon(picture)
