# SPDX-License-Identifier: GPL-3.0-or-later
"""The tokens: readable in both themes, classes the same and apart everywhere."""

import pytest
from PySide6.QtCore import Qt

from app.gui.stylesheet import palette, stylesheet
from app.gui.theme import DARK, LIGHT, ThemeChoice, contrast, font, resolve

THEMES = pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])


@THEMES
@pytest.mark.parametrize("text", ["text", "muted", "accent", "warn", "error"])
@pytest.mark.parametrize("ground", ["background", "surface", "raised"])
def test_text_can_be_read_on_every_ground(look, text, ground):
    assert contrast(getattr(look, text), getattr(look, ground)) >= 4.5


@THEMES
@pytest.mark.parametrize("ground", ["accent", "error"])
def test_words_on_a_filled_button_can_be_read(look, ground):
    assert contrast(look.on_accent, getattr(look, ground)) >= 4.5


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#FFFFFF", "#777777") == contrast("#777777", "#FFFFFF")


@THEMES
def test_channels_show_on_the_surface(look):
    for index in range(7):
        assert contrast(look.channel_color(index).name(), look.surface) >= 2.8


@THEMES
def test_thirty_two_classes_look_different(look):
    styles = [look.class_style(index) for index in range(32)]
    assert len({(style.color.name(), style.line) for style in styles}) == 32
    assert all(style.line is Qt.PenStyle.SolidLine for style in styles[:8])


def test_the_first_classes_have_one_colour_in_both_themes():
    for index in range(7):
        assert LIGHT.class_style(index).color == DARK.class_style(index).color


def test_a_choice_goes_before_the_system(qapp):
    assert resolve(ThemeChoice.LIGHT) is LIGHT
    assert resolve(ThemeChoice.DARK) is DARK
    assert resolve(ThemeChoice.SYSTEM) in (LIGHT, DARK)


def test_a_korean_font_stands_beside_the_systems(qapp):
    assert any("KR" in family for family in font(18).families())
    assert font(18).pixelSize() == 18


@THEMES
def test_the_style_sheet_is_of_the_tokens(look, qapp):
    other = DARK if look is LIGHT else LIGHT
    assert other.background not in stylesheet(look)
    assert palette(look).window().color().name().upper() == look.background
