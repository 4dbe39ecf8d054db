# SPDX-License-Identifier: GPL-3.0-or-later
"""The budget bar: as full as the budget, and another pattern where it is overdrawn."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from app.gui.theme import DARK, LIGHT
from app.gui.widgets.budget_bar import BudgetBar

WIDTH = 100


def colors(look, share: float) -> list[str]:
    """The middle line of the bar, pixel by pixel."""
    bar = BudgetBar(look)
    bar.resize(WIDTH, bar.sizeHint().height())
    bar.show_share(share)
    image = bar.grab().toImage()
    return [image.pixelColor(x, image.height() // 2).name() for x in range(image.width())]


def rgb(color: str) -> str:
    return QColor(color).name()


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("share", "filled"), [(0.0, 0), (0.25, 25), (0.5, 50), (0.75, 75)])
def test_it_is_filled_to_the_share(qapp, look, share, filled):
    assert abs(colors(look, share).count(rgb(look.accent)) - filled) <= 2


def test_a_little_is_seen(qapp):
    assert colors(LIGHT, 0.001).count(rgb(LIGHT.border)) < WIDTH - 1


def test_nearly_full_has_the_colour_of_warnings(qapp):
    found = colors(LIGHT, 0.9)
    assert rgb(LIGHT.accent) not in found
    assert found.count(rgb(LIGHT.warn)) >= 85


def test_overdrawn_is_hatched_and_full(qapp):
    found = colors(LIGHT, 1.5)
    middle = found[5:-5]
    assert middle.count(rgb(LIGHT.error)) > WIDTH / 3
    assert middle.count(rgb(LIGHT.surface)) >= WIDTH / 12
    assert rgb(LIGHT.border) not in middle
