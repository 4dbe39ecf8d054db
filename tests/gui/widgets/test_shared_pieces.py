# SPDX-License-Identifier: GPL-3.0-or-later
"""Tiles, stages, chips, the confusion matrix, icons and thumbnails."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from app.core.recording import Channel, Recording, RecordingInfo
from app.gui.icons import icon
from app.gui.resources import ICONS
from app.gui.steps import STEPS
from app.gui.theme import DARK, LIGHT
from app.gui.widgets.class_chip import ClassChip
from app.gui.widgets.confusion_matrix import ConfusionMatrixView
from app.gui.widgets.metric_tile import MetricTile
from app.gui.widgets.stage_list import StageList, StageState
from app.gui.widgets.thumbnail import draw_thumbnail

pytestmark = pytest.mark.usefixtures("heartbeat")


def colors(image):
    return {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(image.height())
    }


def shown(qtbot, widget, width=400, height=400):
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def test_a_tile_reads_out_its_number_with_unit_and_count(qtbot):
    tile = shown(qtbot, MetricTile("Accuracy"))
    tile.show_value("94.2", "%", "of 118 windows")
    assert tile.accessibleName() == "Accuracy: 94.2 % of 118 windows"


def test_stages_say_where_the_work_is(qtbot):
    stages = shown(qtbot, StageList(LIGHT, [("a", "First"), ("b", "Second")]))
    stages.show_stage("a", StageState.DONE)
    stages.show_stage("b", StageState.RUNNING, 0.25, "3 s left")
    rows = stages._stages
    assert rows["a"].accessibleName() == "First: done"
    assert rows["b"].accessibleName() == "Second: under way 3 s left"
    assert rows["b"]._bar.value() == 250
    assert rows["b"]._bar.isVisible()
    assert not rows["a"]._bar.isVisible()
    stages.show_stage("b", StageState.RUNNING)
    assert rows["b"]._bar.maximum() == 0  # busy, for as long as nobody can tell
    stages.reset()
    assert rows["a"].accessibleName() == "First: waiting"


def test_a_chip_has_the_colour_of_its_class(qtbot):
    style = LIGHT.class_style(2)
    chip = shown(qtbot, ClassChip("wave", style), 120, 24)
    assert style.color.name().upper() in colors(chip.grab().toImage())
    assert chip.accessibleName() == "wave"


@pytest.fixture
def matrix(qtbot):
    made = shown(qtbot, ConfusionMatrixView(LIGHT))
    made.show_matrix(["idle", "wave"], np.array([[9, 1], [0, 10]]))
    return made


def test_the_matrix_is_read_out(matrix):
    assert matrix.accessibleDescription() == "19 of 20 windows right"


def test_a_cell_explains_itself(matrix):
    wrong = matrix._cell_rect(0, 1).center()
    assert matrix._cell_at(QPointF(wrong)) == (0, 1)
    assert matrix._explain(0, 1) == "1 of 10 windows of “idle” were taken for “wave”."
    assert matrix._explain(1, 1) == "10 of 10 windows of “wave” were recognised."
    assert matrix._cell_at(QPointF(0, 0)) is None


def test_a_matrix_of_another_shape_is_refused(matrix):
    with pytest.raises(ValueError, match="2 classes"):
        matrix.show_matrix(["a", "b"], np.zeros((3, 3), np.int64))


def test_every_icon_takes_the_colour_of_the_theme(qapp):
    for path in ICONS.glob("*.svg"):
        source = path.read_text(encoding="utf-8")
        if "currentColor" not in source:
            continue  # the mark of the application, and parts of the style sheet
        image = icon(path.stem, DARK).pixmap(24, 24).toImage()
        strongest = max(
            (image.pixelColor(x, y) for x in range(24) for y in range(24)), key=QColor.alpha
        )
        assert strongest.alpha() > 100, path.stem
        assert strongest.lightness() > 200, path.stem
    assert all((ICONS / f"{step.id}.svg").exists() for step in STEPS)


def test_an_icon_that_is_not_there_is_a_mistake_that_shows(qapp):
    for _ in range(20):  # a painter left open would end the program
        with pytest.raises(FileNotFoundError):
            icon("no-such-icon", LIGHT)


@pytest.mark.parametrize("samples", [1, 2, 50, 5000])
def test_a_thumbnail_shows_each_channel_in_its_colour(qapp, samples):
    time = np.linspace(0, 9, samples, dtype=np.float32)
    values = np.stack([np.sin(time), np.cos(time) * 100], axis=1).astype(np.float32)
    channels = (Channel("a", "g"), Channel("b", "deg/s"))
    info = RecordingInfo("id", "name", channels, 100.0, samples)
    image = draw_thumbnail(LIGHT, Recording(info, values))
    drawn = sum(
        image.pixelColor(x, y).alpha() > 0
        for x in range(image.width())
        for y in range(image.height())
    )
    assert drawn > (100 if samples > 1 else -1)
