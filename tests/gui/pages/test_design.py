# SPDX-License-Identifier: GPL-3.0-or-later
"""The Design page, with real mouse and keys over a real project."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QSpinBox

from app.core import edits
from app.core.model_spec import LayerSpec, ModelSpec
from app.core.recording import Channel
from app.core.text import text
from app.core.training import Normalisation, Task, WindowConfig
from app.gui.pages.design import DesignPage
from tests.helpers.small_projects import project, recording, two_classes

pytestmark = pytest.mark.usefixtures("heartbeat")

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot, studio, tmp_path):
    """Windows of 200 × 3 of two classes, in a network of Flatten, Dense and Dense."""
    studio.take_project(two_classes(tmp_path / "p"))
    layers = (
        LayerSpec("flatten"),
        LayerSpec("dense", {"units": 16}),
        LayerSpec("dense", {"units": None, "activation": None}),
    )
    studio.edit(edits.replace_model(studio.document, ModelSpec(layers)), text("Start"))
    return shown(qtbot, studio)


def shown(qtbot, studio):
    settle()  # what the test did before is not the page's doing
    page = DesignPage(studio)
    qtbot.addWidget(page)
    page.resize(1180, 900)
    QApplication.processEvents()  # the window shows a page in another turn, too
    page.show()
    qtbot.waitExposed(page)
    return page


def kinds(studio):
    return [layer.kind for layer in studio.document.model.layers]


def settle():
    """Let new cards be laid out and shown."""
    QApplication.processEvents()


def texts(widget):
    settle()
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def drag(widget, start: QPoint, stop: QPoint):
    QTest.mousePress(widget, LEFT, pos=start)
    for step in range(1, 6):
        QTest.mouseMove(widget, start + (stop - start) * step / 5)
    QTest.mouseRelease(widget, LEFT, pos=stop)


def test_784_64_10_has_50_890_parameters(qtbot, studio, tmp_path):
    channels = tuple(Channel(f"c{index}") for index in range(28))
    takes = [
        recording(f"digit {digit}", 28, 100.0, channels, spans=((0, 28, f"digit {digit}"),))
        for digit in range(10)
    ]
    studio.take_project(project(tmp_path / "p", *takes))
    layers = (
        LayerSpec("flatten"),
        LayerSpec("dense", {"units": 64}),
        LayerSpec("dense", {"units": None, "activation": None}),
    )
    studio.edit(edits.replace_model(studio.document, ModelSpec(layers)), text("Start"))
    page = shown(qtbot, studio)
    assert page.data_card.shape.text() == "28 × 28"
    assert page.summary.parameters.text() == "50,890"
    assert page.summary.trainable.text() == "50,890"
    assert page.summary.non_trainable.text() == "0"
    assert page.summary.macs.text() == "50,816"
    assert "784 × 64 + 64" in texts(page.stack.cards[1])
    assert "50,240" in texts(page.stack.cards[1])
    assert page.output_card.count.text() == "10"


def test_a_click_opens_a_layer_and_its_fields_change_it(page, studio):
    QTest.mouseClick(page.stack.cards[1], LEFT, pos=QPoint(200, 20))
    neurons = page.stack.cards[1].editor.fields["units"].editor
    assert isinstance(neurons, QSpinBox)
    assert neurons.value() == 16
    assert neurons.toolTip()
    neurons.setFocus()
    neurons.selectAll()
    QTest.keyClicks(neurons, "48")
    assert studio.document.model.layers[1].parameters["units"] == 16  # not while typing
    press(Qt.Key.Key_Return)
    assert studio.document.model.layers[1].parameters["units"] == 48
    assert "600 × 48 + 48" in texts(page.stack.cards[1])
    activation = page.stack.cards[1].editor.fields["activation"].editor
    assert isinstance(activation, QComboBox)
    activation.setFocus()
    press(Qt.Key.Key_Down)
    assert studio.document.model.layers[1].parameters["activation"] == "sigmoid"
    page.stack.cards[1].editor.fields["use_bias"].editor.click()
    assert "600 × 48" in texts(page.stack.cards[1])
    assert "600 × 48 + 48" not in texts(page.stack.cards[1])


def test_every_edit_is_one_step_to_undo(page, studio):
    page.stack.select(1)
    units = page.stack.cards[1].editor.fields["units"].editor
    units.setValue(20)
    units.setValue(30)
    assert str(studio.undo_text) == "Change Dense"
    studio.undo()
    assert units.value() == 20
    assert "600 × 20 + 20" in texts(page.stack.cards[1])
    studio.undo()
    assert units.value() == 16
    studio.redo()
    assert units.value() == 20


def test_the_menu_adds_a_layer_behind_the_open_one(page, studio):
    page.stack.select(0)
    menu = page.add.menu()
    words = [action.text() for action in menu.actions()]
    assert any(word.startswith("Dropout\tWhile training") for word in words)
    next(action for action in menu.actions() if action.text().startswith("Dropout\t")).trigger()
    assert kinds(studio) == ["flatten", "dropout", "dense", "dense"]
    assert page.stack.selected == 1
    studio.undo()
    assert kinds(studio) == ["flatten", "dense", "dense"]


def test_with_no_layer_open_a_new_one_goes_before_the_answer(page, studio):
    page.stack.insert("dropout")
    assert kinds(studio) == ["flatten", "dense", "dropout", "dense"]


def test_dragging_a_card_moves_its_layer(page, studio, qtbot):
    page.stack.insert("dropout")
    settle()
    first, last = page.stack.cards[1], page.stack.cards[3]
    start = first.mapTo(page.stack, QPoint(10, 20))
    stop = last.mapTo(page.stack, QPoint(10, last.height() - 4))
    drag(page.stack, start, stop)
    assert kinds(studio) == ["flatten", "dropout", "dense", "dense"]
    assert studio.document.model.layers[3].parameters == {"units": 16}
    assert str(studio.undo_text) == "Move Dense"


def test_dragging_a_card_over_itself_moves_nothing(page, studio):
    before = studio.document
    card = page.stack.cards[1]
    drag(page.stack, card.mapTo(page.stack, QPoint(10, 5)), card.mapTo(page.stack, QPoint(10, 50)))
    assert studio.document is before


def test_keys_move_duplicate_and_delete(page, studio):
    page.stack.cards[0].setFocus()
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert kinds(studio) == ["dense", "flatten", "dense"]
    assert page.stack.cards[1].hasFocus()
    press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert kinds(studio) == ["flatten", "dense", "dense"]
    press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert kinds(studio) == ["flatten", "dense", "dense"]
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert kinds(studio) == ["flatten", "dense", "dense", "dense"]
    assert studio.document.model.layers[2].parameters == {"units": 16}
    press(Qt.Key.Key_Delete)
    assert kinds(studio) == ["flatten", "dense", "dense"]
    assert page.stack.isAncestorOf(QApplication.focusWidget())


def test_delete_in_a_field_edits_the_field_not_the_stack(page, studio):
    page.stack.select(1)
    units = page.stack.cards[1].editor.fields["units"].editor
    units.setFocus()
    press(Qt.Key.Key_Delete)
    assert kinds(studio) == ["flatten", "dense", "dense"]


def test_the_open_card_has_buttons_for_what_keys_do(page, studio):
    page.stack.select(1)
    buttons = {b.text(): b for b in page.stack.cards[1].editor.findChildren(QPushButton)}
    buttons["Up"].click()
    assert kinds(studio) == ["dense", "flatten", "dense"]
    buttons["Duplicate"].click()
    assert kinds(studio) == ["dense", "dense", "flatten", "dense"]


def test_a_layer_that_cannot_stand_says_why_and_training_waits(page, studio):
    assert page.train.isEnabled()
    assert page.summary.state.text() == "Ready to train"
    page.stack.select(0)
    page.stack.insert("conv1d")
    card = page.stack.cards[1]
    assert "Not possible: This layer slides along time" in texts(card)
    assert "or use Dense" in card.accessibleDescription()
    assert texts(page.stack.cards[2]).count("–") == 3  # behind it nothing is known
    assert page.summary.parameters.text() == "–"
    assert not page.train.isEnabled()
    assert page.summary.state.text() == "Layer 2 says what to change."
    studio.undo()
    assert page.train.isEnabled()


def test_an_answer_of_the_wrong_size_is_told_on_the_last_card(page, studio):
    page.stack.select(2)
    page.stack.cards[2].editor.fields["units"].editor.setValue(5)
    assert "gives 5 answers and the task needs 2" in texts(page.stack.cards[2])


def test_presets_replace_the_network_and_say_when_it_was_changed(page, studio):
    page.presets.buttons["small_cnn"].click()
    assert studio.document.model.preset == "small_cnn"
    assert page.presets.buttons["small_cnn"].isChecked()
    page.presets.buttons["small_cnn"].click()
    assert page.presets.buttons["small_cnn"].isChecked()
    page.stack.select(0)
    page.stack.cards[0].editor.fields["filters"].editor.setValue(12)
    assert not page.presets.buttons["small_cnn"].isChecked()
    assert page.presets.buttons["small_cnn"].text() == "Small CNN, changed"
    page.presets.buttons["perceptron"].click()
    assert kinds(studio) == ["flatten", "dense"]
    assert page.summary.parameters.text() == "1,202"


def test_a_project_without_a_network_shows_the_default_preset(page, studio):
    studio.edit(edits.replace_model(studio.document, None), text("Reset"))
    assert page.presets.buttons["small_cnn"].isChecked()
    assert len(page.stack.cards) == 7


def test_window_and_stride_are_told_in_ms_and_kept_in_samples(page, studio):
    card = page.data_card
    assert card.shape.text() == "200 × 3"
    assert card.fields.window_ms.value() == 2000
    assert not card.fields.automatic.isVisible()
    card.fields.window_ms.setValue(1500)
    assert studio.document.data.windowing == WindowConfig(150, 100)
    assert card.shape.text() == "150 × 3"
    assert "450 × 16 + 16" in texts(page.stack.cards[1])
    card.fields.stride_ms.setValue(250)
    assert studio.document.data.windowing == WindowConfig(150, 25)
    card.fields.automatic.click()
    assert studio.document.data.windowing is None
    assert card.fields.window_ms.value() == 2000


def test_task_and_normalisation(page, studio):
    card = page.data_card
    card.task.setFocus()
    press(Qt.Key.Key_Down)
    assert studio.document.task is Task.BINARY
    assert page.output_card.sentence.text() == (
        "One probability: near 1 means shake, near 0 means idle."
    )
    assert page.output_card.count.text() == "1"
    card.normalisation.setFocus()
    press(Qt.Key.Key_Down)
    assert studio.document.data.normalisation is Normalisation.MIN_MAX
    studio.undo()
    studio.undo()
    assert card.task.currentIndex() == 0
    assert card.normalisation.currentIndex() == 0


def test_an_empty_project_says_what_to_do_next(qtbot, studio, tmp_path):
    studio.take_project(project(tmp_path / "p"))
    page = shown(qtbot, studio)
    assert "No data to design for yet" in texts(page)
    assert not page.train.isEnabled()
    with qtbot.waitSignal(studio.page_requested) as asked:
        next(b for b in page.findChildren(QPushButton) if b.text() == "Go to Capture").click()
    assert asked.args == ["capture"]


def test_without_labels_a_network_can_be_designed_and_training_says_what_is_missing(
    qtbot, studio, tmp_path
):
    studio.take_project(project(tmp_path / "p", recording("first", spans=((0, 500, "idle"),))))
    page = shown(qtbot, studio)
    assert page.data_card.shape.text() == "200 × 3"
    assert not page.train.isEnabled()
    assert page.summary.state.text().endswith("Label recordings of at least two classes.")
    made = studio.project
    made.add_recording(recording("second", spans=((0, 500, "shake"),)))
    assert page.train.isEnabled()


def test_the_primary_action_goes_on_to_training(page, studio, qtbot):
    with qtbot.waitSignal(studio.page_requested) as asked:
        QTest.mouseClick(page.train, LEFT)
    assert asked.args == ["train"]


def test_the_page_survives_the_project_being_closed(page, studio):
    studio.close_project()
    assert not page.train.isEnabled()


def test_the_wheel_scrolls_the_page_past_a_field_that_is_not_being_edited(page, studio, qtbot):
    before = studio.document
    field = page.data_card.fields.window_ms

    def turn():
        at = QPointF(field.rect().center())
        event = QWheelEvent(
            at,
            QPointF(field.mapToGlobal(field.rect().center())),
            QPoint(0, 0),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(field, event)

    page.train.setFocus()
    turn()
    assert studio.document is before
    field.setFocus()
    turn()
    assert studio.document.data.windowing == WindowConfig(201, 100)
