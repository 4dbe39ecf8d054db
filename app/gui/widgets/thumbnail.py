# SPDX-License-Identifier: GPL-3.0-or-later
"""Recordings as small pictures, drawn in a worker thread when they are first looked at."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPen, QPixmap, QPolygonF

from app.core.recording import Recording
from app.gui.studio import Studio
from app.gui.theme import Theme
from app.gui.widgets.signal_source import bin_size, reduce_samples

WIDTH, HEIGHT = 88, 36
_KEPT = 600
_WAITING = 64
_MAX_CHANNELS = 12
_MAX_ROWS = 65_536


def draw_thumbnail(look: Theme, recording: Recording, scale: float = 2.0) -> QImage:
    """The curves of ``recording``; channels of one unit share a range."""
    curves = _curves(recording)  # may raise: not while a painter is open
    image = QImage(
        round(WIDTH * scale), round(HEIGHT * scale), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.setDevicePixelRatio(scale)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for channel, curve in curves:
        painter.setPen(QPen(look.channel_color(channel), 1))
        painter.drawPolyline(curve)
    painter.end()
    return image


def _curves(recording: Recording) -> list[tuple[int, QPolygonF]]:
    """Each channel's number and its line within the picture."""
    samples, channels = recording.samples, recording.info.channels[:_MAX_CHANNELS]
    # Hours are looked at in strides: a picture this small does not tell the difference.
    step = max(1, len(samples) // _MAX_ROWS)
    rows = np.asarray(samples[::step, :_MAX_CHANNELS], np.float32)
    envelope = reduce_samples(rows, 0, bin_size(0, len(rows), WIDTH))
    x = envelope.at / max(len(rows) - 1, 1) * (WIDTH - 2) + 1
    curves: list[tuple[int, QPolygonF]] = []
    for unit in dict.fromkeys(channel.unit for channel in channels):
        members = [i for i, channel in enumerate(channels) if channel.unit == unit]
        values = envelope.values[:, members]
        low, high = float(values.min()), float(values.max())
        y = HEIGHT - 3 - (values - low) / (high - low if high > low else 1.0) * (HEIGHT - 6)
        curves += [(index, _polyline(x, y[:, at])) for at, index in enumerate(members)]
    return curves


def _polyline(x: NDArray[np.float64], y: NDArray[np.float32]) -> QPolygonF:
    return QPolygonF([QPointF(*point) for point in zip(x.tolist(), y.tolist(), strict=True)])


class Thumbnails(QObject):
    """A cache of pictures by recording id. Those asked for last are drawn first."""

    drawn = Signal(str)
    """The id of a recording whose picture is there now."""

    def __init__(self, studio: Studio, parent: QObject) -> None:
        super().__init__(parent)
        self._studio = studio
        self._look = studio.theme
        self._pictures: OrderedDict[str, QPixmap] = OrderedDict()
        self._waiting: OrderedDict[str, None] = OrderedDict()
        self._busy = False

    def picture(self, recording_id: str) -> QPixmap | None:
        """The picture if it is there; otherwise it is drawn soon and :attr:`drawn` follows."""
        found = self._pictures.get(recording_id)
        if found is None:
            self._waiting[recording_id] = None
            self._waiting.move_to_end(recording_id)
            while len(self._waiting) > _WAITING:
                self._waiting.popitem(last=False)
            self._draw_next()
        return found

    def _draw_next(self) -> None:
        project = self._studio.project
        if self._busy or project is None or not self._waiting:
            return
        recording_id, _ = self._waiting.popitem()
        self._busy = True

        def draw() -> QImage:
            return draw_thumbnail(self._look, project.recording(recording_id))

        self._studio.background.run(
            draw,
            lambda image: self._keep(recording_id, QPixmap.fromImage(image)),
            lambda _error: self._keep(recording_id, QPixmap()),  # opening it will say why
            owner=self,
        )

    def _keep(self, recording_id: str, picture: QPixmap) -> None:
        self._busy = False
        self._pictures[recording_id] = picture
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        self.drawn.emit(recording_id)
        self._draw_next()
