# SPDX-License-Identifier: GPL-3.0-or-later
"""The drawing itself: one lane for each unit, one time axis below. All of pyqtgraph is here.

Lanes keep g and deg/s from flattening each other. The lanes neither know where the samples come
from nor what part of them is shown: :class:`~app.gui.widgets.signal_plot.SignalPlot` does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any, cast

import numpy as np
import pyqtgraph as pg  # pyright: ignore[reportMissingTypeStubs]
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QGraphicsObject

from app.core.recording import Channel, Samples
from app.gui import theme
from app.gui.theme import Theme

_AXIS_WIDTH = 52
_GRID_ALPHA = 31
"""Of 255."""
_ZOOM_A_NOTCH = 1.25
_PAD = 0.08


class DragMode(Enum):
    """What dragging across the signal does."""

    PAN = "pan"
    SELECT = "select"


class TimeAxis(pg.AxisItem):
    """Seconds as people read them: ``4.2 s`` while short, ``2:05`` from a minute on."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [time_text(value * scale, spacing) for value in values]


def time_text(seconds: float, resolution_s: float) -> str:
    """A moment with as many digits as ``resolution_s`` asks for."""
    digits = max(0, min(3, int(np.ceil(-np.log10(max(resolution_s, 1e-6)) - 1e-9))))
    if abs(seconds) < 60:
        return f"{seconds:.{digits}f} s"
    minutes, rest = divmod(round(abs(seconds), digits), 60)
    sign = "-" if seconds < 0 else ""
    rest_text = f"{rest:0{2 if digits == 0 else digits + 3}.{digits}f}"
    if minutes < 60:
        return f"{sign}{int(minutes)}:{rest_text}"
    hours, minutes = divmod(int(minutes), 60)
    return f"{sign}{hours}:{minutes:02d}:{rest_text}"


class LaneViewBox(pg.ViewBox):
    """Turns wheel and drag into signals, in seconds; the plot decides what becomes of them."""

    zoomed = Signal(float, float)
    """``(factor, at_s)``: below one shows less time."""
    amplified = Signal(float)
    panned = Signal(float)
    """By how many seconds to move on."""
    selecting = Signal(float, float, bool)
    """``(from_s, to_s, finished)`` of a drag in select mode."""

    def __init__(self) -> None:
        super().__init__(enableMenu=False)  # pyright: ignore[reportUnknownMemberType]
        self.drag_mode = DragMode.PAN
        self.setDefaultPadding(0)

    def wheelEvent(self, ev: Any, axis: Any = None) -> None:  # noqa: ARG002
        notches = ev.delta() / 120
        factor = _ZOOM_A_NOTCH**-notches
        if ev.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.amplified.emit(factor)
        else:
            self.zoomed.emit(factor, self._seconds(ev.pos()))
        ev.accept()

    def mouseDragEvent(self, ev: Any, axis: Any = None) -> None:  # noqa: ARG002
        if ev.button() != Qt.MouseButton.LeftButton:
            ev.ignore()
            return
        ev.accept()
        if self.drag_mode is DragMode.PAN:
            self.panned.emit(self._seconds(ev.lastPos()) - self._seconds(ev.pos()))
        else:
            begin, now = self._seconds(ev.buttonDownPos()), self._seconds(ev.pos())
            self.selecting.emit(begin, now, bool(ev.isFinish()))

    def _seconds(self, point: QPointF) -> float:
        return cast(float, cast(Any, self).mapToView(point).x())


class Lane:
    """The curves of the channels that share a unit, drawn in ``box``."""

    def __init__(self, look: Theme, box: LaneViewBox, unit: str, channels: Sequence[int]) -> None:
        self._box: Any = box
        self.unit = unit
        self.channels = tuple(channels)
        self._range: tuple[float, float] | None = None
        self._curves: dict[int, Any] = {}
        for index in self.channels:
            curve: Any = pg.PlotCurveItem(pen=look.channel_pen(index), skipFiniteCheck=False)
            self._box.addItem(curve)
            self._curves[index] = curve

    def draw(
        self, at_s: NDArray[np.float64], values: Samples, visible: Sequence[bool], locked: bool
    ) -> None:
        low, high = np.inf, -np.inf
        for index, curve in self._curves.items():
            if not visible[index] or not len(values):
                curve.setData([], [])
                continue
            column = values[:, index]
            broken = bool(np.isnan(column).any())
            curve.setData(at_s, column, connect="finite" if broken else "all")
            if not (broken and bool(np.isnan(column).all())):
                low = min(low, float(np.nanmin(column)))
                high = max(high, float(np.nanmax(column)))
        if low <= high and not (locked and self._range):
            self._fit(low, high)

    def _fit(self, low: float, high: float) -> None:
        """Widen at once; shrink only when less than half is used, so that nothing twitches."""
        extent = high - low if high > low else max(abs(high), 1.0)
        middle = (high + low) / 2
        wanted = (middle - extent * (0.5 + _PAD), middle + extent * (0.5 + _PAD))
        now = self._range
        if now is not None and now[0] <= low and high <= now[1]:
            if extent > 0.5 * (now[1] - now[0]):
                return
        elif now is not None:
            wanted = (min(wanted[0], now[0]), max(wanted[1], now[1]))
        self.set_range(*wanted)

    def set_range(self, low: float, high: float) -> None:
        self._range = (low, high)
        self._box.setYRange(low, high, padding=0)

    def add(self, item: QGraphicsObject) -> None:
        """Draw ``item`` too, in coordinates of seconds and values."""
        self._box.addItem(item, ignoreBounds=True)

    def amplify(self, factor: float) -> None:
        """Show ``factor`` times the values there are now."""
        if self._range is not None:
            low, high = self._range
            middle, half = (low + high) / 2, (high - low) / 2 * factor
            self.set_range(middle - half, middle + half)

    def forget_range(self) -> None:
        """Fit anew at the next drawing."""
        self._range = None


class SignalLanes(pg.GraphicsLayoutWidget):
    """All lanes over one time axis."""

    def __init__(self, look: Theme) -> None:
        super().__init__()  # pyright: ignore[reportUnknownMemberType]
        self._look = look
        self.lanes: list[Lane] = []
        self.view_boxes: list[LaneViewBox] = []
        cast(Any, self).setBackground(look.surface)
        self.setFrameShape(pg.GraphicsLayoutWidget.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        cast(Any, self).ci.layout.setSpacing(0)
        cast(Any, self).ci.layout.setContentsMargins(0, 4, 8, 0)

    def show_channels(self, channels: Sequence[Channel]) -> None:
        """Lay lanes out anew: one for each unit, in the order units first occur."""
        cast(Any, self).clear()
        self.lanes, self.view_boxes = [], []
        units = list(dict.fromkeys(channel.unit for channel in channels))
        for row, unit in enumerate(units):
            members = [i for i, channel in enumerate(channels) if channel.unit == unit]
            last = row == len(units) - 1
            self._add_lane(row, unit, members, last)

    def _add_lane(self, row: int, unit: str, members: Sequence[int], last: bool) -> None:
        """Put together from its parts: pyqtgraph's own plot brings a settings dialog along that
        takes longer to make than all the rest of the page."""
        box = LaneViewBox()
        view = cast(Any, self)
        view.addItem(box, row=row, col=1)
        cast(Any, box).disableAutoRange()
        left: Any = pg.AxisItem("left")
        left.setWidth(_AXIS_WIDTH)
        left.enableAutoSIPrefix(False)
        left.setGrid(_GRID_ALPHA)
        if unit:
            left.setLabel(unit, color=self._look.muted, **{"font-size": "11px"})
        self._add_axis(left, box, row, 0)
        if last:
            self._add_axis(TimeAxis("bottom"), box, row + 1, 1)
        if self.view_boxes:
            cast(Any, box).setXLink(self.view_boxes[0])
        self.lanes.append(Lane(self._look, box, unit, members))
        self.view_boxes.append(box)

    def _add_axis(self, axis: Any, box: LaneViewBox, row: int, column: int) -> None:
        cast(Any, self).addItem(axis, row=row, col=column)
        axis.linkToView(box)
        axis.setPen(QColor(self._look.border))
        axis.setTextPen(QColor(self._look.muted))
        caption = theme.font(11, QFont.Weight.Normal)
        axis.setStyle(tickFont=caption, tickLength=-4, hideOverlappingLabels=True)

    def show_time(self, start_s: float, stop_s: float) -> None:
        """The part of time that all lanes show."""
        if self.view_boxes:
            cast(Any, self.view_boxes[0]).setXRange(start_s, stop_s, padding=0)

    def draw(
        self, at_s: NDArray[np.float64], values: Samples, visible: Sequence[bool], locked: bool
    ) -> None:
        """Draw ``values``, shape ``(points, channels)``; hidden channels are out of the scale."""
        for lane in self.lanes:
            lane.draw(at_s, values, visible, locked)

    def columns(self) -> int:
        """How many pixels a lane is wide."""
        return max(int(self.width()) - _AXIS_WIDTH, 16)

    def add_overlay(self, make: Callable[[], QGraphicsObject]) -> list[QGraphicsObject]:
        """Add what ``make`` returns to every lane, in coordinates of seconds and values."""
        made: list[QGraphicsObject] = []
        for lane in self.lanes:
            item = make()
            lane.add(item)
            made.append(item)
        return made
