# SPDX-License-Identifier: GPL-3.0-or-later
"""The look as values: colours, type sizes, spacing, and the colours of classes and channels.

A :class:`Theme` is passed to every view when it is built; switching themes rebuilds the window.
``stylesheet.py`` turns it into Qt's palette and style sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPen

GRID = 8
MARGIN = 24
CARD_PADDING = 16
RADIUS = 8

CAPTION_PX = 12
TEXT_PX = 14
TITLE_PX = 18
NUMBER_PX = 28

_KOREAN_FAMILIES = (
    "Noto Sans KR",
    "Noto Sans CJK KR",
    "Apple SD Gothic Neo",
    "Malgun Gothic",
)
# What Qt falls back to where no desktop names a font; Noto reads better when it is there.
_NO_DESKTOP_FAMILIES = ("", "Sans", "Sans Serif", "DejaVu Sans", "Bitstream Vera Sans")

# Okabe and Ito's colour-blind safe set (jfly.uni-koeln.de/color), strongest first. Its black is
# the theme's own text colour, so that it shows on both backgrounds.
_OKABE_ITO = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#F0E442")
_LINE_STYLES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
)
# Paul Tol's "bright" and "light" sets (personal.sron.nl/~pault): channels never look like classes.
_CHANNELS_LIGHT = ("#4477AA", "#EE6677", "#228833", "#AA3377", "#B58900", "#2AA6C4", "#7A7A7A")
_CHANNELS_DARK = ("#77AADD", "#FF9A8B", "#7FCB8F", "#D79AC8", "#EEDD88", "#99DDFF", "#BBBBBB")


class ThemeChoice(Enum):
    """What the user asked for."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class ClassStyle:
    """How a class is drawn on every page."""

    color: QColor
    line: Qt.PenStyle

    def fill(self, alpha: float = 0.16) -> QColor:
        """The class colour made transparent, for areas behind a signal."""
        color = QColor(self.color)
        color.setAlphaF(alpha)
        return color


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as ``#RRGGBB``. ``raised`` is a surface on a surface (fields, hovered rows)."""

    dark: bool
    background: str
    surface: str
    raised: str
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    warn: str
    error: str

    def class_style(self, index: int) -> ClassStyle:
        """Colour and line of the class at ``index`` of the palette (``ClassLabel.color``)."""
        colors = (*_OKABE_ITO, self.text)
        return ClassStyle(
            QColor(colors[index % len(colors)]),
            _LINE_STYLES[index // len(colors) % len(_LINE_STYLES)],
        )

    def channel_color(self, index: int) -> QColor:
        """Colour of the channel at ``index`` of a recording."""
        colors = _CHANNELS_DARK if self.dark else _CHANNELS_LIGHT
        return QColor(colors[index % len(colors)])

    def channel_pen(self, index: int) -> QPen:
        """Cosmetic one-pixel pen of a channel; another line style beyond the set of colours."""
        pen = QPen(self.channel_color(index))
        pen.setCosmetic(True)
        pen.setStyle(_LINE_STYLES[index // len(_CHANNELS_DARK) % len(_LINE_STYLES)])
        return pen


LIGHT = Theme(
    dark=False,
    background="#F7F8FA",
    surface="#FFFFFF",
    raised="#F2F4F7",
    border="#E3E6EB",
    text="#1B1F26",
    muted="#5B6472",
    accent="#0B7A75",
    on_accent="#FFFFFF",
    warn="#B45309",
    error="#B3261E",
)
DARK = Theme(
    dark=True,
    background="#14171C",
    surface="#1C2128",
    raised="#262C35",
    border="#2C333D",
    text="#E8EBF0",
    muted="#97A1AF",
    accent="#3CC4BE",
    on_accent="#10201F",
    warn="#F0A94B",
    error="#F2777A",
)


def resolve(choice: ThemeChoice) -> Theme:
    """The theme for ``choice``; the system's own where the choice says so."""
    if choice is ThemeChoice.SYSTEM:
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return DARK if choice is ThemeChoice.DARK else LIGHT


def font(size_px: int = TEXT_PX, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The system's font beside a Korean one, with digits of one width."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    families = (system, *_KOREAN_FAMILIES)
    if system in _NO_DESKTOP_FAMILIES:
        families = ("Noto Sans", *_KOREAN_FAMILIES, system)
    made = QFont([family for family in families if family])
    made.setPixelSize(size_px)
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def mono_font(size_px: int = CAPTION_PX) -> QFont:
    """The system's fixed-width font, for lines as the board sent them."""
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    made.setPixelSize(size_px)
    return made


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(color: str) -> float:
    rgb = QColor(color)
    parts = (rgb.redF(), rgb.greenF(), rgb.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
