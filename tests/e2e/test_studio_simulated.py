# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole loop through the real window, by mouse and keys, with the simulated board."""

import pytest
from PySide6.QtCore import Qt

from app.core import edits
from app.gui.board import SIMULATED
from tests.helpers.person import NO_SCREEN, Person, at_sample

GESTURES = ("idle", "circle", "shake")
TAKES = 5
TAKE_S = 5.0
EPOCHS = 4

pytestmark = [pytest.mark.slow, pytest.mark.qt_log_ignore(NO_SCREEN)]


def test_from_a_live_sensor_to_a_model_that_answers(person: Person):
    person.make_project("Gestures")
    capture_gestures(person)
    correct_a_label(person)
    design_a_network(person)
    run = person.train(epochs=EPOCHS)
    assert len(run.history) == EPOCHS
    assert run.classes == GESTURES
    assert run.float_test is not None
    deployed = person.deploy()
    assert deployed.board_check.agreement == 1.0
    assert deployed.board_check.evaluation.windows == deployed.int8_test.windows > 0
    assert person.reads("byte for byte")
    person.watch_live(GESTURES, GESTURES)
    assert not person.complaints


def capture_gestures(person: Person):
    """Takes of each gesture over the port of the simulated board, which nobody had to choose."""
    page = person.go_to("capture")
    person.wait_for_signal()
    assert person.studio.board.choice == SIMULATED
    person.pick(page.card.countdown, 0)
    person.pick(page.card.length, TAKE_S)
    for gesture in GESTURES:
        for _ in range(TAKES):
            person.click(page.hand.buttons[gesture])
            person.record(gesture)
    document = person.studio.document
    assert [each.name for each in document.classes] == list(GESTURES)
    assert [info.name for info in document.recordings] == [
        f"{gesture} {take}" for gesture in GESTURES for take in range(1, TAKES + 1)
    ]
    assert all(info.duration_s == pytest.approx(TAKE_S) for info in document.recordings)
    assert page.recordings.model.rowCount() == len(document.recordings)
    assert not person.complaints


def correct_a_label(person: Person):
    """Every take came labelled; one label is made shorter with the mouse, undone and redone."""
    page = person.go_to("label")
    document = person.studio.document
    whole = {span.recording_id: (span.start, span.stop) for span in document.spans}
    assert whole == {info.id: (0, info.length) for info in document.recordings}

    info = next(each for each in document.recordings if each.id == page.recordings.current)
    plot = page.recording.plot
    person.wait(lambda: bool(plot.lanes.lanes))
    surface = plot.lanes.viewport()
    person.drag(
        surface,
        at_sample(plot, info.length - 1, info.rate_hz),
        at_sample(plot, info.length * 0.8, info.rate_hz),
    )
    studio = person.studio

    def stop():
        (span,) = edits.spans_of(studio.document, info.id)
        return span.stop

    assert stop() == pytest.approx(info.length * 0.8, abs=8)
    shortened = stop()
    person.undo()
    assert stop() == info.length
    person.redo()
    assert stop() == shortened


def design_a_network(person: Person):
    """A preset, one layer more, and that layer taken out again."""
    page = person.go_to("design")
    person.click(page.presets.buttons["small_cnn"])
    kinds = [layer.kind for layer in person.studio.document.model.layers]
    person.choose(page.add, "Dropout")
    person.wait(lambda: len(page.stack.cards) == len(kinds) + 1)
    place = page.stack.selected
    assert person.studio.document.model.layers[place].kind == "dropout"
    person.wait(page.stack.cards[place].hasFocus)
    person.press(Qt.Key.Key_Delete)
    assert [layer.kind for layer in person.studio.document.model.layers] == kinds
