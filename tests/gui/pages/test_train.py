# SPDX-License-Identifier: GPL-3.0-or-later
"""The Train page without its worker: settings, data, and the runs on the disk."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from app.core import edits
from app.core.dataset import build_dataset
from app.core.metrics import ClassificationMetrics, RegressionMetrics
from app.core.model_spec import LayerSpec, ModelSpec
from app.core.preprocessing import fit_normaliser
from app.core.runs import DatasetSummary, Evaluation, TrainingRun, list_runs, save_run
from app.core.text import text
from app.core.training import LOSSES, EpochMetrics, Loss, Optimizer, StopReason, Task
from app.gui.pages.train import TrainPage
from app.gui.studio import Studio
from app.gui.theme import DARK, LIGHT
from tests.helpers import toy_data
from tests.helpers.small_projects import project, recording

pytestmark = pytest.mark.usefixtures("heartbeat")

LEFT = Qt.MouseButton.LeftButton
RIGHT = ((3, 1, 0), (0, 4, 0), (0, 0, 4))


@pytest.fixture
def studio(qapp, monkeypatch):
    made = Studio(LIGHT)
    monkeypatch.setattr(made.jobs, "warm_up", lambda: None)  # none of these tests trains
    yield made
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, TrainPage):
            widget.left()
    made.close()


@pytest.fixture
def waves(studio, tmp_path):
    """Windows of 24 × 3 of three classes, a project that trains in a second."""
    made = toy_data.project(tmp_path / "p")
    studio.take_project(made)
    return made


def shown(qtbot, studio):
    QApplication.processEvents()  # what the test did before is not the page's doing
    page = TrainPage(studio)
    qtbot.addWidget(page)
    page.resize(1180, 900)
    QApplication.processEvents()  # the window shows a page in another turn, too
    page.show()
    qtbot.waitExposed(page)
    page.entered()
    qtbot.waitUntil(lambda: page.main is not None)
    return page


def counted(qtbot, studio):
    """The page once it knows its windows."""
    page = shown(qtbot, studio)
    qtbot.waitUntil(page.action.isEnabled)
    return page


def with_runs(qtbot, studio, *runs):
    for run in runs:
        save_run(studio.project.folder, run)
    page = shown(qtbot, studio)
    qtbot.waitUntil(lambda: len(page.runs.entries) >= len(runs))
    return page


def a_run(project, number, epochs=12, best=9, **changes):
    dataset = build_dataset(project)
    history = tuple(
        EpochMetrics(epoch, 1 / epoch, 0.9, 1 / min(epoch, best) + epoch / 1000, 0.8, 0.1)
        for epoch in range(1, epochs + 1)
    )
    made = TrainingRun(
        id=f"run-{number}",
        created_at=f"2025-01-31T09:45:{number:02}+00:00",
        task=dataset.task,
        model=project.document.model,
        data=project.document.data,
        training=project.document.training,
        channels=dataset.channels,
        classes=dataset.classes,
        rate_hz=dataset.rate_hz,
        windowing=dataset.windowing,
        dataset=DatasetSummary.of(dataset),
        normaliser=fit_normaliser(dataset, project.document.data.normalisation),
        history=history,
        best_epoch=best,
        stop_reason=StopReason.EARLY,
        float_test=Evaluation(ClassificationMetrics(RIGHT)),
    )
    return replace(made, **changes)


def words(widget):
    QApplication.processEvents()
    return " | ".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def row_of(page, run_id):
    return [entry.id for entry in page.runs_card.table.runs.entries].index(run_id)


def cells(page, run_id):
    model, row = page.runs_card.table.runs, row_of(page, run_id)
    return [model.data(model.index(row, column)) for column in range(model.columnCount())]


def click_run(page, run_id, modifier=Qt.KeyboardModifier.NoModifier):
    table = page.runs_card.table
    at = table.visualRect(table.runs.index(row_of(page, run_id), 1)).center()
    QTest.mouseClick(table.viewport(), LEFT, modifier, QPoint(at))


def press_button(page, name):
    (button,) = (
        each for each in page.findChildren(QPushButton) if each.text() == name and each.isVisible()
    )
    button.click()


# --- before there is anything to train -----------------------------------------------------------


def test_an_empty_project_leads_to_capture(qtbot, studio, tmp_path):
    studio.take_project(project(tmp_path / "p"))
    page = shown(qtbot, studio)
    assert not page.action.isEnabled()
    with qtbot.waitSignal(studio.page_requested) as asked:
        press_button(page, "Go to Capture")
    assert asked.args == ["capture"]


def test_recordings_without_labels_lead_to_label(qtbot, studio, tmp_path):
    studio.take_project(project(tmp_path / "p", recording("take")))
    page = shown(qtbot, studio)
    with qtbot.waitSignal(studio.page_requested) as asked:
        press_button(page, "Go to Label")
    assert asked.args == ["label"]


def test_a_single_class_says_why_nothing_can_be_learnt(qtbot, studio, tmp_path):
    studio.take_project(project(tmp_path / "p", recording("take", spans=((0, 1000, "idle"),))))
    page = shown(qtbot, studio)
    qtbot.waitUntil(lambda: "class" in words(page.data_card))
    assert not page.action.isEnabled()
    assert page.action.toolTip()


def test_a_network_that_does_not_hold_together_leads_to_design(qtbot, studio, waves):
    page = counted(qtbot, studio)
    broken = ModelSpec((LayerSpec("dense", {"units": 7}),))
    studio.edit(edits.replace_model(studio.document, broken), text("Break"))
    assert not page.action.isEnabled()
    with qtbot.waitSignal(studio.page_requested) as asked:
        press_button(page, "Go to Design")
    assert asked.args == ["design"]
    studio.undo()
    assert page.action.isEnabled()


def test_windows_of_each_class_and_part_are_counted(qtbot, studio, waves):
    page = counted(qtbot, studio)
    dataset = build_dataset(waves)
    counts = [str(int(n)) for part in dataset.indices for n in dataset.class_counts(part)]
    shown_words = words(page.data_card).split(" | ")
    assert f"{len(dataset)} windows" in shown_words
    for count in counts:
        assert count in shown_words


def test_warnings_come_before_training(qtbot, studio, tmp_path):
    takes = [recording(label, 2000, spans=((0, 2000, label),)) for label in ("idle", "shake")]
    made = project(tmp_path / "p", *takes)
    warnings = build_dataset(made).warnings
    assert warnings
    studio.take_project(made)
    page = shown(qtbot, studio)
    qtbot.waitUntil(lambda: str(warnings[0]) in words(page.data_card))


def test_labels_changed_meanwhile_are_counted_anew(qtbot, studio, waves):
    page = counted(qtbot, studio)
    before = words(page.data_card)
    first = studio.document.recordings[0].id
    studio.edit(edits.remove_recordings(studio.document, [first]), text("Remove"))
    qtbot.waitUntil(lambda: "59 windows" in words(page.data_card))
    assert "60 windows" in before


def test_what_other_pages_changed_is_shown_on_entering(qtbot, studio, waves):
    page = counted(qtbot, studio)
    page.left()
    training = replace(studio.document.training, epochs=33)
    studio.edit(edits.replace_training(studio.document, training), text("Change"))
    first = studio.document.recordings[0].id
    studio.edit(edits.remove_recordings(studio.document, [first]), text("Remove"))
    page.entered()
    assert page.settings.epochs.value() == 33
    qtbot.waitUntil(lambda: "59 windows" in words(page.data_card))


# --- settings ------------------------------------------------------------------------------------


def test_every_setting_is_one_step_to_undo(qtbot, studio, waves):
    page = counted(qtbot, studio)
    before = studio.document.training
    page.settings.batch.setValue(8)
    page.settings.rate.setValue(0.005)
    assert (studio.document.training.batch_size, studio.document.training.learning_rate) == (
        8,
        0.005,
    )
    assert page.settings.rate.text() == "0.005"
    studio.undo()
    assert page.settings.rate.value() == pytest.approx(before.learning_rate)
    studio.undo()
    assert page.settings.batch.value() == before.batch_size
    assert studio.document.training == before


def test_updates_per_epoch_follow_the_batch_size_while_it_is_typed(qtbot, studio, waves):
    page = counted(qtbot, studio)
    training = len(build_dataset(waves).indices[next(iter(build_dataset(waves).indices))])
    assert f"{-(-training // 16)} updates per epoch" in page.settings.updates.text()
    page.settings.batch.setFocus()
    page.settings.batch.selectAll()
    QTest.keyClicks(page.settings.batch, "5")
    assert f"{-(-training // 5)} updates per epoch" in page.settings.updates.text()
    assert studio.document.training.batch_size == 16


def test_momentum_is_shown_where_it_counts(qtbot, studio, waves):
    page = counted(qtbot, studio)
    assert not page.settings.momentum.isVisible()
    page.settings.optimizer.setFocus()
    QTest.keyClick(page.settings.optimizer, Qt.Key.Key_Down)
    assert studio.document.training.optimizer is Optimizer.SGD
    QApplication.processEvents()
    assert page.settings.momentum.isVisible()
    page.settings.nesterov.click()
    assert studio.document.training.nesterov is False


@pytest.mark.parametrize("task", list(Task))
def test_the_losses_are_those_of_the_task(qtbot, studio, tmp_path, task):
    studio.take_project(toy_data.project(tmp_path / "p", task))
    page = counted(qtbot, studio)
    assert page.settings.loss.count() == len(LOSSES[task])
    assert studio.document.training.loss is None
    assert page.settings.loss.currentIndex() == 0
    page.settings.loss.setFocus()
    QTest.keyClick(page.settings.loss, Qt.Key.Key_End)
    assert studio.document.training.loss is Loss.MAE
    QTest.keyClick(page.settings.loss, Qt.Key.Key_Home)
    assert studio.document.training.loss is None


def test_augmentation_is_a_switch_and_numbers(qtbot, studio, waves):
    page = counted(qtbot, studio)
    assert not page.settings.augment.noise.isVisible()
    page.settings.augment.switch.click()
    assert studio.document.training.augment.noise == pytest.approx(0.05)
    assert page.settings.augment.noise.value() == pytest.approx(5)
    page.settings.augment.shift.setValue(25)
    assert studio.document.training.augment.shift == pytest.approx(0.25)
    page.settings.augment.switch.click()
    assert studio.document.training.augment.shift == 0


def test_the_shortcut_takes_what_is_still_being_typed(qtbot, studio, waves, monkeypatch):
    asked = []
    monkeypatch.setattr(studio.jobs, "start", asked.append)
    page = counted(qtbot, studio)
    page.activateWindow()
    page.settings.epochs.setFocus()
    page.settings.epochs.selectAll()
    QTest.keyClicks(page.settings.epochs, "77")
    QTest.keyClick(page.settings.epochs, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(asked) == 1)
    assert asked[0].project == str(waves.folder)
    assert studio.document.training.epochs == 77
    assert studio.saved


# --- runs ----------------------------------------------------------------------------------------


def test_the_newest_run_is_shown_with_its_figures(qtbot, studio, waves):
    newest = a_run(waves, 2, int8_test=Evaluation(ClassificationMetrics(((4, 0, 0),) * 3)))
    page = with_runs(qtbot, studio, a_run(waves, 1), newest)
    assert page.runs_card.table.selected_ids() == ("run-2",)
    accuracy, int8, f1 = (tile.accessibleName() for tile in page.results.tiles)
    assert "91.7 % of 12 windows" in accuracy
    assert "33.3 % of 12 windows" in int8
    assert f"{ClassificationMetrics(RIGHT).macro_f1:.3f}" in f1
    assert page.results.matrix.accessibleDescription() == "11 of 12 windows right"
    assert "epoch 9 was the best and is kept" in page.progress.title.text()
    assert "What this means" in words(page.results)
    assert cells(page, "run-2")[2:] == ["155", "12", "80.0 %", "91.7 %", "33.3 %"]


def test_two_runs_are_drawn_over_each_other(qtbot, studio, waves):
    page = with_runs(qtbot, studio, a_run(waves, 1, epochs=30), a_run(waves, 2))
    click_run(page, "run-2")
    click_run(page, "run-1", Qt.KeyboardModifier.ControlModifier)
    assert [len(curve.history) for curve in page.curves.curves] == [12, 30]
    assert len({curve.color.name() for curve in page.curves.curves}) == 2
    assert page.results.isHidden()
    assert "2 runs" in page.progress.title.text()
    click_run(page, "run-1")
    assert [len(curve.history) for curve in page.curves.curves] == [30]
    assert not page.results.isHidden()


def test_the_selected_run_is_the_studios_and_outlives_the_page(qtbot, studio, waves):
    page = with_runs(qtbot, studio, a_run(waves, 1), a_run(waves, 2))
    click_run(page, "run-1")
    assert studio.run_id == "run-1"
    click_run(page, "run-2")
    studio.run_id = "run-1"  # chosen on the Deploy page
    page.left()
    page.entered()
    assert page.runs_card.table.selected_ids() == ("run-1",)
    anew = shown(qtbot, studio)
    qtbot.waitUntil(lambda: anew.main is not None and len(anew.runs.entries) == 2)
    assert anew.runs_card.table.selected_ids() == ("run-1",)


def test_training_is_solid_and_validation_dashed(qtbot, studio, waves):
    page = with_runs(qtbot, studio, a_run(waves, 1))
    for plot in (page.curves.loss, page.curves.accuracy):
        (lines,) = plot.lines
        assert lines.training.opts["pen"].style() is Qt.PenStyle.SolidLine
        assert lines.validation.opts["pen"].style() is not Qt.PenStyle.SolidLine
        assert lines.mark.value() == 9


def test_a_deleted_run_can_be_brought_back(qtbot, studio, waves):
    page = with_runs(qtbot, studio, a_run(waves, 1), a_run(waves, 2))
    click_run(page, "run-2")
    press_button(page, "Delete")
    assert page.runs_card.table.selected_ids() == ("run-1",)
    press_button(page, "Bring back")
    assert page.runs_card.table.selected_ids() == ("run-2",)
    assert len(list_runs(waves.folder).runs) == 2


def test_a_deleted_run_is_gone_once_the_page_is_left(qtbot, studio, waves):
    page = with_runs(qtbot, studio, a_run(waves, 1), a_run(waves, 2))
    click_run(page, "run-2")
    page.runs_card.table.setFocus()
    QTest.keyClick(page.runs_card.table, Qt.Key.Key_Delete)
    page.left()
    qtbot.waitUntil(lambda: [run.id for run in list_runs(waves.folder).runs] == ["run-1"])


def test_a_damaged_run_is_reported_and_hides_no_other(qtbot, studio, waves):
    folder = waves.folder / "runs" / "broken"
    folder.mkdir(parents=True)
    (folder / "run.json").write_text("{")
    page = with_runs(qtbot, studio, a_run(waves, 1))
    qtbot.waitUntil(lambda: len(page.runs.entries) == 2)
    assert cells(page, "broken")[:2] == ["broken", "cannot be read"]
    model = page.runs_card.table.runs
    tip = model.data(model.index(row_of(page, "broken"), 0), Qt.ItemDataRole.ToolTipRole)
    assert "JSON" in tip
    assert page.runs_card.table.selected_ids() == ("run-1",)


def test_a_run_that_was_broken_off_says_what_is_left(qtbot, studio, waves):
    run = a_run(waves, 1, stop_reason=None, float_test=None)
    page = with_runs(qtbot, studio, run)
    assert "Broken off" in page.progress.title.text()
    assert "–" in page.results.tiles[0].accessibleName()
    assert not page.progress.score.isHidden()


def test_numbers_are_judged_by_their_errors(qtbot, studio, tmp_path):
    made = toy_data.project(tmp_path / "p", Task.REGRESSION)
    studio.take_project(made)
    scores = Evaluation(regression=RegressionMetrics(12, 0.25, 0.5, 0.75))
    page = with_runs(qtbot, studio, a_run(made, 1, float_test=scores))
    names = [tile.accessibleName() for tile in page.results.tiles]
    assert [name.split(" of")[0].strip() for name in names] == [
        "MAE: 0.25",
        "RMSE: 0.5",
        "R²: 0.75",
    ]
    assert page.results.matrix.isHidden() or not page.results.matrix.isVisible()


def test_it_is_drawn_in_the_dark(qtbot, studio, waves):
    studio.theme = DARK
    page = with_runs(qtbot, studio, a_run(waves, 1))
    assert page.curves.curves[0].color.name() == DARK.accent.lower()
    assert not page.grab().isNull()
