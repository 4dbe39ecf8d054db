# SPDX-License-Identifier: GPL-3.0-or-later
"""The Train page with the real worker: it trains, it stops and keeps the best, it survives."""

import os
import signal
import sys
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from app.core import edits
from app.core.runs import load_run
from app.core.text import text
from app.core.training import StopReason
from app.gui.pages.train import TrainPage
from app.gui.studio import Studio
from app.gui.theme import LIGHT
from app.jobs.messages import Killed
from tests.helpers import toy_data

pytestmark = pytest.mark.usefixtures("heartbeat")

LOAD_MS = 60_000
"""TensorFlow alone takes seconds, and the machine may be busy."""


@pytest.fixture
def studio(qapp, tmp_path):
    made = Studio(LIGHT)
    made.take_project(toy_data.project(tmp_path / "p"))
    yield made
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, TrainPage):
            widget.left()
    made.close()


@pytest.fixture
def page(qtbot, studio):
    return shown(qtbot, studio)


def shown(qtbot, studio):
    page = TrainPage(studio)
    qtbot.addWidget(page)
    page.resize(1180, 720)
    QApplication.processEvents()  # the window shows a page in another turn, too
    page.show()
    qtbot.waitExposed(page)
    page.entered()
    qtbot.waitUntil(lambda: page.main is not None)
    return page


def set_epochs(studio, epochs):
    training = replace(studio.document.training, epochs=epochs)
    studio.edit(edits.replace_training(studio.document, training), text("More"))


def start(qtbot, page, studio):
    qtbot.waitUntil(page.action.isEnabled, timeout=LOAD_MS)
    page.action.click()
    qtbot.waitUntil(lambda: studio.jobs.busy, timeout=LOAD_MS)
    return studio.jobs.request.run_id


def drawn(page):
    """How many epochs are in the curves."""
    return [len(curve.history) for curve in page.curves.curves]


def selected(qtbot, page, run_id):
    def there():
        assert page.runs_card.table.selected_ids() == (run_id,)

    qtbot.waitUntil(there, timeout=LOAD_MS)


def test_it_trains_and_shows_curves_results_and_the_next_step(qtbot, page, studio):
    set_epochs(studio, 200)
    run_id = start(qtbot, page, studio)
    assert page.action.text() == "Stop"
    qtbot.waitUntil(lambda: drawn(page) and 0 < drawn(page)[0] < 200, timeout=LOAD_MS)
    assert page.results.isHidden()
    assert not page.progress.bar.isHidden()
    line_x, _ = page.curves.loss.lines[0].training.getData()
    assert list(line_x) == [each + 1.0 for each in range(drawn(page)[0])]
    qtbot.waitUntil(lambda: not studio.jobs.busy, timeout=LOAD_MS)
    selected(qtbot, page, run_id)
    run = load_run(studio.project.folder, run_id)
    assert run.stop_reason is StopReason.FINISHED
    assert drawn(page) == [200]
    assert f"epoch {run.best_epoch}" in page.progress.title.text()
    dot_x, _ = page.curves.loss.lines[0].dot.getData()
    assert list(dot_x) == [run.best_epoch]
    accuracy = run.float_test.classification.accuracy
    assert f"{100 * accuracy:.1f} %" in page.results.tiles[0].accessibleName()
    assert page.results.matrix.accessibleDescription()
    assert page.action.text() == "Train"
    with qtbot.waitSignal(studio.page_requested) as asked:
        page.progress.next.click()
    assert asked.args == ["deploy"]
    page.progress.score.click()
    qtbot.waitUntil(
        lambda: page.progress.score.isHidden() and not studio.jobs.busy, timeout=LOAD_MS
    )
    qtbot.waitUntil(lambda: "of" in page.results.tiles[1].accessibleName(), timeout=LOAD_MS)
    assert load_run(studio.project.folder, run_id).int8_test is not None


def test_stopping_keeps_the_best_and_says_so(qtbot, page, studio):
    set_epochs(studio, 5000)
    run_id = start(qtbot, page, studio)
    qtbot.waitUntil(lambda: len(studio.jobs.epochs) >= 2, timeout=LOAD_MS)
    page.action.click()
    assert not page.action.isEnabled()
    assert "Stopping" in page.progress.title.text()
    qtbot.waitUntil(lambda: not studio.jobs.busy, timeout=LOAD_MS)
    selected(qtbot, page, run_id)
    run = load_run(studio.project.folder, run_id)
    assert run.stop_reason is StopReason.CANCELLED
    assert page.progress.title.text().startswith(
        f"Stopped by you after epoch {len(run.history)}; epoch {run.best_epoch} was the best"
    )
    assert not page.progress.next.isHidden()


@pytest.mark.skipif(sys.platform == "win32", reason="kills as Unix does")
def test_a_killed_worker_is_reported_and_the_next_one_trains(qtbot, page, studio):
    set_epochs(studio, 5000)
    told = []
    studio.notified.connect(told.append)
    run_id = start(qtbot, page, studio)
    qtbot.waitUntil(lambda: len(studio.jobs.epochs) >= 2, timeout=LOAD_MS)
    os.kill(studio.jobs._runner.worker_pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: not studio.jobs.busy, timeout=LOAD_MS)
    assert isinstance(studio.jobs.outcome, Killed)
    selected(qtbot, page, run_id)
    assert page.progress.title.text() == str(studio.jobs.outcome.error().what)
    assert "signal 9" in page.progress.note.text()
    assert [each.what for each in told] == [studio.jobs.outcome.error().what]
    assert load_run(studio.project.folder, run_id).best_epoch > 0
    set_epochs(studio, 3)
    second = start(qtbot, page, studio)
    qtbot.waitUntil(lambda: not studio.jobs.busy, timeout=LOAD_MS)
    selected(qtbot, page, second)
    assert "3 epochs" in page.progress.title.text()


def test_a_page_built_anew_shows_the_training_that_runs(qtbot, page, studio):
    set_epochs(studio, 5000)
    start(qtbot, page, studio)
    qtbot.waitUntil(lambda: len(studio.jobs.epochs) >= 2, timeout=LOAD_MS)
    other = shown(qtbot, studio)
    assert other.action.text() == "Stop"
    assert drawn(other)[0] >= 2
    other.action.click()
    qtbot.waitUntil(lambda: not studio.jobs.busy, timeout=LOAD_MS)
