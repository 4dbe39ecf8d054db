# SPDX-License-Identifier: GPL-3.0-or-later
"""Loss and accuracy over the epochs. Training is solid, validation dashed, the best epoch marked.

All of the page's pyqtgraph is here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pyqtgraph as pg  # pyright: ignore[reportMissingTypeStubs]
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPen

from app.core.training import EpochMetrics, Task
from app.gui import theme
from app.gui.i18n import tr
from app.gui.theme import Theme

_AXIS_WIDTH = 48
_FEWEST_EPOCHS = 10
_DOT = 10
_DASHES = (3.0, 2.0)
"""In widths of the pen: still dashes where epochs lie close."""
_HEIGHT = 176
_GRID_ALPHA = 30


@dataclass(frozen=True, slots=True)
class Curve:
    """A training to draw. ``best_epoch`` counts from 1; 0 marks none."""

    history: tuple[EpochMetrics, ...]
    best_epoch: int
    color: QColor


class _Lines:
    """One training in one plot."""

    def __init__(self, view: Any, look: Theme, color: QColor) -> None:
        solid, dashed = QPen(color, 2), QPen(color, 2)
        dashed.setDashPattern(_DASHES)
        dashed.setCapStyle(Qt.PenCapStyle.FlatCap)
        mark = QPen(QColor(look.muted), 1, Qt.PenStyle.DotLine)
        edge = QPen(QColor(look.surface), 1)
        for pen in (solid, dashed, mark, edge):
            pen.setCosmetic(True)
        self.training: Any = pg.PlotCurveItem(pen=solid, skipFiniteCheck=False, antialias=True)
        self.validation: Any = pg.PlotCurveItem(pen=dashed, skipFiniteCheck=False, antialias=True)
        self.mark: Any = pg.InfiniteLine(angle=90, pen=mark)
        self.dot: Any = pg.ScatterPlotItem(size=_DOT, brush=color, pen=edge, antialias=True)
        self.items = (self.mark, self.training, self.validation, self.dot)
        for item in self.items:
            view.addItem(item, ignoreBounds=True)

    def draw(
        self,
        epochs: NDArray[np.float64],
        training: NDArray[np.float64],
        validation: NDArray[np.float64],
        best_epoch: int,
    ) -> None:
        for line, values in ((self.training, training), (self.validation, validation)):
            known = np.isfinite(values)
            line.setData(epochs[known], values[known])
        best = np.flatnonzero(epochs == best_epoch)
        self.mark.setVisible(bool(len(best)))
        if not len(best):
            self.dot.setData([], [])
            return
        self.mark.setValue(best_epoch)
        at = validation[best[0]] if np.isfinite(validation[best[0]]) else training[best[0]]
        self.dot.setData([best_epoch], [at])


class _Plot:
    """One figure over the epochs, for every training that is shown.

    Put together from its parts: pyqtgraph's own plot brings a settings dialog along that takes
    as long to make as all the rest of the page.
    """

    def __init__(self, layout: Any, look: Theme, column: int) -> None:
        self._look = look
        self._title: Any = pg.LabelItem(justify="left")
        self.view: Any = pg.ViewBox(enableMenu=False, enableMouse=False, defaultPadding=0)
        layout.addItem(self._title, row=0, col=column + 1)
        layout.addItem(self.view, row=1, col=column + 1)
        self.view.disableAutoRange()
        self.lines: list[_Lines] = []
        font = theme.font(11)
        for side, row, at in (("left", 1, column), ("bottom", 2, column + 1)):
            axis: Any = pg.AxisItem(side)
            layout.addItem(axis, row=row, col=at)
            axis.linkToView(self.view)
            axis.setPen(QColor(look.border))
            axis.setTextPen(QColor(look.muted))
            axis.setStyle(tickFont=font, tickLength=-4, hideOverlappingLabels=True)
            axis.enableAutoSIPrefix(False)
            if side == "left":
                axis.setWidth(_AXIS_WIDTH)
                axis.setGrid(_GRID_ALPHA)

    def set_title(self, title: str) -> None:
        self._title.setText(title, color=self._look.text, size="12px")

    def set_colors(self, colors: Sequence[QColor]) -> None:
        for lines in self.lines:
            for item in lines.items:
                self.view.removeItem(item)
        self.lines = [_Lines(self.view, self._look, color) for color in colors]

    def set_range(self, epochs: int, low: float, high: float) -> None:
        self.view.setXRange(1, epochs, padding=0.02)
        self.view.setYRange(low, high, padding=0.08)


class TrainingCurves(pg.GraphicsLayoutWidget):
    """Two plots side by side: the loss, and the accuracy in percent (regression: the MAE)."""

    def __init__(self, look: Theme) -> None:
        super().__init__()  # pyright: ignore[reportUnknownMemberType]
        self._colors: tuple[str, ...] = ()
        self.curves: tuple[Curve, ...] = ()
        view = cast(Any, self)
        view.setBackground(look.surface)
        self.setFrameShape(pg.GraphicsLayoutWidget.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(_HEIGHT)
        view.ci.layout.setContentsMargins(0, 0, 0, 0)
        view.ci.layout.setSpacing(0)
        view.ci.layout.setColumnSpacing(1, theme.GRID * 2)
        self.loss = _Plot(view, look, 0)
        self.accuracy = _Plot(view, look, 2)
        self.loss.set_title(tr("Loss by epoch"))
        self.setAccessibleName(tr("Loss and accuracy over the epochs"))
        self.show_curves((), Task.MULTICLASS)

    def sizeHint(self) -> QSize:
        return QSize(2 * _HEIGHT, _HEIGHT)

    def show_curves(self, curves: Sequence[Curve], task: Task) -> None:
        """Draw ``curves`` in place of what was there."""
        self.curves = tuple(curves)
        colors = tuple(curve.color.name() for curve in curves)
        if colors != self._colors:
            self._colors = colors
            for plot in (self.loss, self.accuracy):
                plot.set_colors([curve.color for curve in curves])
        percent = task is not Task.REGRESSION
        self.accuracy.set_title(
            tr("Accuracy by epoch, %") if percent else tr("Mean absolute error by epoch")
        )
        scale = 100.0 if percent else 1.0
        losses, accuracies = [0.0], [0.0]
        longest = _FEWEST_EPOCHS
        for curve, loss, accuracy in zip(curves, self.loss.lines, self.accuracy.lines, strict=True):
            history = curve.history
            epochs = np.array([each.epoch for each in history], np.float64)
            for lines, training, validation, seen in (
                (
                    loss,
                    _column([each.loss for each in history]),
                    _column([each.val_loss for each in history]),
                    losses,
                ),
                (
                    accuracy,
                    scale * _column([each.accuracy for each in history]),
                    scale * _column([each.val_accuracy for each in history]),
                    accuracies,
                ),
            ):
                lines.draw(epochs, training, validation, curve.best_epoch)
                seen.append(_highest(training, validation))
            longest = max(longest, len(history))
        self.loss.set_range(longest, 0.0, max(losses) or 1.0)
        self.accuracy.set_range(longest, 0.0, 100.0 if percent else max(accuracies) or 1.0)


def _column(values: Sequence[float | None]) -> NDArray[np.float64]:
    """``None`` (no validation part) as NaN, which is not drawn."""
    return np.array([np.nan if value is None else value for value in values], np.float64)


def _highest(*columns: NDArray[np.float64]) -> float:
    """Of what is finite; a training that has run away must not hide the rest."""
    everything = np.concatenate(columns)
    finite = everything[np.isfinite(everything)]
    return float(finite.max()) if len(finite) else 0.0
