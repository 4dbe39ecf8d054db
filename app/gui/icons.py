# SPDX-License-Identifier: GPL-3.0-or-later
"""The studio's own icons: one line style, tinted with a colour of the theme."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from app.gui.resources import ICONS
from app.gui.theme import Theme

# A small and a large one for ordinary screens, one for fine ones; Qt scales in between.
_SIZES = ((16, 1), (24, 1), (24, 2))
_DISABLED = {False: "#B4BAC4", True: "#565F6C"}


def icon(name: str, theme: Theme, color: str = "") -> QIcon:
    """The icon ``resources/icons/<name>.svg`` in ``color`` (the text's by default), muted where its
    button is disabled and accented where it is checked.

    Raises ``FileNotFoundError`` for a name without a file.
    """
    made = QIcon()
    states = (
        (color or theme.text, QIcon.Mode.Normal, QIcon.State.Off),
        (color or theme.accent, QIcon.Mode.Normal, QIcon.State.On),
        (_DISABLED[theme.dark], QIcon.Mode.Disabled, QIcon.State.Off),
    )
    for tint, mode, state in states:
        for size, scale in _SIZES:
            made.addPixmap(pixmap(name, tint, size, scale), mode, state)
    return made


def pixmap(name: str, color: str, size: int, scale: float = 1) -> QPixmap:
    """The icon as a square of ``size`` logical pixels for a screen of ``scale``."""
    key = f"tinywright {name} {color} {size} {scale}"
    made = QPixmap()
    if QPixmapCache.find(key, made):
        return made
    renderer = _renderer(name, color)  # may raise: not while a painter is open
    made = QPixmap(round(size * scale), round(size * scale))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(made.rect()))
    painter.end()
    made.setDevicePixelRatio(scale)
    QPixmapCache.insert(key, made)
    return made


@lru_cache(maxsize=1)  # an icon's sizes are drawn one after the other
def _renderer(name: str, color: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", color).encode()))


@cache
def _source(name: str) -> str:
    return (ICONS / f"{name}.svg").read_text(encoding="utf-8")
