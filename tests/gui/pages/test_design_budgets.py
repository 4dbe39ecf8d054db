# SPDX-License-Identifier: GPL-3.0-or-later
"""What the Design page says a network takes of each board, edit by edit."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from app.core import edits
from app.core.board import ESP32, NANO33BLE
from app.core.model_spec import LayerSpec, ModelSpec
from app.core.text import text
from app.core.training import Task
from app.deploy.forecast import forecast
from app.gui.pages.design import DesignPage
from app.gui.pages.design.input_facts import input_facts
from tests.helpers.small_projects import two_classes

pytestmark = pytest.mark.usefixtures("heartbeat")

ANSWER = LayerSpec("dense", {"units": None, "activation": None})


@pytest.fixture
def page(qtbot, studio, tmp_path):
    """Windows of 200 × 3 of two classes."""
    studio.take_project(two_classes(tmp_path / "p"))
    design(studio, LayerSpec("flatten"), LayerSpec("dense", {"units": 16}), ANSWER)
    QApplication.processEvents()  # what the test did before is not the page's doing
    made = DesignPage(studio)
    qtbot.addWidget(made)
    made.resize(1180, 900)
    QApplication.processEvents()  # the window shows a page in another turn, too
    made.show()
    qtbot.waitUntil(made.summary.budgets.isVisible)
    return made


def design(studio, *layers: LayerSpec) -> ModelSpec:
    spec = ModelSpec(layers)
    studio.edit(edits.replace_model(studio.document, spec), text("Change"))
    return spec


def told(page, board):
    document = page.studio.document
    facts = input_facts(document)
    labels = ("idle", "shake")
    return forecast(document.model, 200, facts.channels, Task.MULTICLASS, 2, labels, board)


def words(page, board) -> str:
    return page.summary.budgets.rows[board.id].words.text()


@pytest.mark.parametrize("board", [ESP32, NANO33BLE])
def test_a_board_shows_what_is_forecast(page, board):
    row, costs = page.summary.budgets.rows[board.id], told(page, board)
    assert row.flash.bar.share == costs.program_bytes / board.program_bytes
    assert row.ram.bar.share == costs.arena_bytes / board.arena_bytes
    assert row.flash.percent.text() == f"{100 * row.flash.bar.share:.0f} %"
    assert row.time.text() == f"≈ {costs.micros / 1000:.2f} ms a window"
    assert row.words.text().startswith("Fits: ")
    assert f"of {'124 KB' if board is ESP32 else '696 KB'} of flash" in row.words.text()
    assert row.accessibleName().startswith(str(board.name))


def test_an_edit_is_followed(qtbot, page, studio):
    row = page.summary.budgets.rows[NANO33BLE.id]
    before = row.flash.bar.share
    design(studio, LayerSpec("flatten"), LayerSpec("dense", {"units": 160}), ANSWER)
    assert row.flash.bar.share == before  # the edit itself does not wait for it
    qtbot.waitUntil(lambda: row.flash.bar.share > 5 * before)
    costs = told(page, NANO33BLE)
    assert row.flash.bar.share == costs.program_bytes / NANO33BLE.program_bytes


def test_of_many_edits_the_last_is_shown(qtbot, page, studio):
    shown = []
    page.forecasts.told.connect(shown.append)
    for units in range(17, 40):
        design(studio, LayerSpec("flatten"), LayerSpec("dense", {"units": units}), ANSWER)
    row = page.summary.budgets.rows[ESP32.id]
    wanted = told(page, ESP32).program_bytes / ESP32.program_bytes
    qtbot.waitUntil(lambda: row.flash.bar.share == wanted)
    assert len(shown) == 1


def test_a_network_that_is_not_whole_has_no_budget(qtbot, page, studio):
    design(studio, LayerSpec("dense", {"units": 3}))
    assert not page.summary.budgets.isVisible()
    design(studio, LayerSpec("flatten"), ANSWER)
    qtbot.waitUntil(page.summary.budgets.isVisible)


def test_what_does_not_fit_says_which_layer_to_change(qtbot, page, studio):
    design(studio, LayerSpec("flatten"), LayerSpec("dense", {"units": 400}), ANSWER)
    qtbot.waitUntil(lambda: words(page, ESP32).startswith("Does not fit: "))
    assert "of 124 KB of flash. Layer 2 (Dense) takes 99 % of it" in words(page, ESP32)
    assert words(page, NANO33BLE).startswith("Fits: ")
    assert page.summary.budgets.rows[ESP32.id].words.property("role") == "error"
    assert page.summary.budgets.rows[ESP32.id].flash.bar.share > 1


def test_what_nearly_fills_a_board_is_tight(qtbot, page, studio):
    design(studio, LayerSpec("flatten"), LayerSpec("dense", {"units": 1020}), ANSWER)
    qtbot.waitUntil(lambda: words(page, NANO33BLE).startswith("Tight: "))
    assert page.summary.budgets.rows[NANO33BLE.id].words.property("role") == "warn"


def test_what_no_board_can_run_says_why(qtbot, page, studio):
    studio.edit(edits.rename_class(studio.document, "shake", "s" * 300), text("Rename"))
    problem = page.summary.budgets.problem
    qtbot.waitUntil(problem.isVisible)
    assert "too long for a board" in problem.text()
    studio.undo()
    qtbot.waitUntil(lambda: not problem.isVisible())
