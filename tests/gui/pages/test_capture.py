# SPDX-License-Identifier: GPL-3.0-or-later
"""The Capture page over a real port, with a board at the other end that the test speaks for."""

import sys

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from app.capture.client import BoardClient
from app.capture.dialects import Dialect
from app.capture.link import Link
from app.capture.session_state import Speaks
from app.core.board import ESP32
from app.core.board_settings import BoardSettings
from app.core.project import Project
from app.deploy.simulator import Simulator
from app.deploy.virtual_process import SimulateOptions
from app.gui.board import SIMULATED
from app.gui.import_rate import ImportRateDialog
from app.gui.pages.capture import CapturePage
from app.gui.takes import TakeState
from tests.helpers.ports import PtyBoard
from tests.helpers.small_projects import project, recording

pytestmark = [
    pytest.mark.usefixtures("heartbeat"),
    pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal"),
]

LEFT = Qt.MouseButton.LeftButton
WAIT_MS = 20_000


@pytest.fixture
def no_ports(monkeypatch):
    """A computer with nothing plugged in, whatever the machine that runs the tests has."""
    monkeypatch.setattr("app.capture.discovery.list_ports", list)


@pytest.fixture
def studio_with(studio, no_ports, tmp_path):
    def opened(*recordings):
        studio.take_project(project(tmp_path / "p", *recordings))
        return studio

    return opened


@pytest.fixture
def show(qtbot):
    def shown(studio):
        page = CapturePage(studio)
        qtbot.addWidget(page)
        page.resize(1192, 728)
        page.show()
        qtbot.waitExposed(page)
        return page

    return shown


@pytest.fixture
def board():
    made = PtyBoard()
    yield made
    made.pull()


class Sketch:
    """An Arduino sketch that prints a line every ten milliseconds of its own time."""

    def __init__(self, qtbot, board, studio):
        self._qtbot, self._board, self._studio = qtbot, board, studio
        self.printed = 0

    def run(self, lines):
        text = b"".join(
            b"a:%d,b:%.2f\r\n" % (self.printed + i, np.sin(i / 9)) for i in range(lines)
        )
        self.printed += lines
        self._board.send(text)
        self._qtbot.wait(15)

    def run_until(self, true):
        for _ in range(3000):
            if true():
                return
            self.run(2)
        raise AssertionError("the condition did not come about")


@pytest.fixture
def sketch(qtbot, board, studio_with):
    """A studio connected to a board that prints lines."""
    studio = studio_with()
    studio.connect_board(board.url, 115_200)
    qtbot.waitUntil(lambda: studio.board.session is not None, timeout=WAIT_MS)
    made = Sketch(qtbot, board, studio)
    made.run_until(lambda: studio.board.session.snapshot().samples > 50)
    return made


def test_with_nothing_plugged_in_the_simulated_board_is_chosen(qtbot, studio_with, show):
    studio = studio_with()
    page = show(studio)
    assert page.ports.port.itemData(0) == SIMULATED
    page.entered()
    qtbot.waitUntil(lambda: studio.board.session is not None, timeout=30_000)
    assert studio.board.simulated
    assert page.hand.isVisible()
    qtbot.waitUntil(lambda: studio.board.session.snapshot().samples > 20, timeout=WAIT_MS)
    assert studio.board.session.snapshot().speaks is Speaks.PROTOCOL
    qtbot.waitUntil(lambda: len(page.plot.lanes.lanes) == 2, timeout=WAIT_MS)  # g, and deg/s
    page.left()


def test_boards_come_first_with_their_names(studio_with, show):
    from app.capture.discovery import DiscoveredPort

    studio = studio_with()
    studio.board.ports = (
        DiscoveredPort("/dev/ttyS0", ""),
        DiscoveredPort("/dev/ttyUSB0", "CP2102", ESP32),
    )
    page = show(studio)
    words = [page.ports.port.itemText(i) for i in range(page.ports.port.count())]
    assert words == ["probably ESP32 · /dev/ttyUSB0", "Simulated board", "/dev/ttyS0"]


def test_a_port_that_is_not_there_is_a_notification(qtbot, studio_with, tmp_path):
    studio = studio_with()
    with qtbot.waitSignal(studio.notified, timeout=WAIT_MS) as notified:
        studio.connect_board(str(tmp_path / "none"), 115_200)
    assert "none" in str(notified.args[0].what)
    assert not studio.board.connecting
    assert studio.board.session is None


def test_the_signal_is_drawn_as_it_comes(qtbot, sketch, studio, show):
    page = show(studio)
    page.entered()
    sketch.run_until(lambda: len(page.plot.lanes.lanes) == 1)
    sketch.run_until(lambda: page.quality.rate.text().endswith("Hz"))
    assert "no sample lost" in page.quality.lost.text()
    first, _ = page.plot.view
    sketch.run(10)
    assert page.plot.view[0] > first
    page.left()
    still = page.plot.view
    sketch.run(10)
    assert page.plot.view == still


def test_pause_holds_the_picture_and_loses_nothing(qtbot, sketch, studio, show):
    page = show(studio)
    page.entered()
    sketch.run_until(lambda: len(page.plot.lanes.lanes) == 1)
    page._pause.click()
    held, samples = page.plot.view, studio.board.session.snapshot().samples
    sketch.run_until(lambda: studio.board.session.snapshot().samples > samples + 20)
    assert page.plot.view == held
    page._pause.click()
    qtbot.waitUntil(lambda: page.plot.view[1] > held[1])
    page.left()


def test_lines_that_are_not_read_are_counted_and_explained(qtbot, board, sketch, studio, show):
    page = show(studio)
    page.entered()
    board.send(b"Sensor ready, calibrating now!\r\n")
    sketch.run_until(lambda: studio.board.session.snapshot().lines.unread_total > 0)
    qtbot.waitUntil(lambda: "not read" in page._lines_button.text())
    page._lines_button.click()
    qtbot.waitUntil(lambda: "calibrating" in page.lines.console.toPlainText())
    words = [page.lines.table.item(row, 1).text() for row in range(page.lines.table.rowCount())]
    assert "values with labels: a, b" in words
    page.left()


def test_the_dialect_is_shown_and_can_be_overruled(qtbot, sketch, studio, show):
    page = show(studio)
    page.entered()
    qtbot.waitUntil(page.ports.dialect.isVisible)
    assert page.ports.dialect.itemText(0) == "Lines: label:value pairs (found out)"
    index = page.ports.dialect.findData(Dialect.TELEPLOT)
    page.ports.dialect.setCurrentIndex(index)
    page.ports.dialect.activated.emit(index)
    unread = studio.board.session.snapshot().lines.unread_total
    sketch.run_until(lambda: studio.board.session.snapshot().lines.unread_total > unread + 20)
    page.left()


def record(page, label, length_s, countdown_s=0):
    page.card.label.setEditText(label)
    page.card.length.setCurrentIndex(page.card.length.findData(length_s))
    page.card.countdown.setCurrentIndex(page.card.countdown.findData(countdown_s))
    page.plot.setFocus()
    QTest.keyClick(page.plot, Qt.Key.Key_Space)


def test_space_records_a_take_of_the_chosen_length(qtbot, sketch, studio, show):
    page = show(studio)
    page.entered()
    sketch.run_until(lambda: studio.board.session.snapshot().rate_hz is not None)
    record(page, "  two   steps ", 1.0)
    assert studio.takes.state is TakeState.RECORDING
    assert not page.card.label.isEnabled()
    sketch.run_until(lambda: studio.takes.state is TakeState.IDLE)
    (info,) = studio.document.recordings
    assert info.name == "two steps 1"
    assert info.duration_s == pytest.approx(1.0, abs=0.25)  # the rate is measured
    assert [channel.name for channel in info.channels] == ["a", "b"]
    assert [(s.label, s.start, s.stop) for s in studio.document.spans] == [
        ("two steps", 0, info.length)
    ]
    assert page.recordings.selected == [info.id]
    steps = np.diff(studio.project.recording(info.id).samples[:, 0])
    assert set(steps.tolist()) == {1.0}  # every line, in order, none twice
    qtbot.waitUntil(lambda: not list((studio.project.folder / "recordings").glob("*.partial")))
    assert Project.open(studio.project.folder).document.recordings == (info,)
    page.left()


def test_a_free_take_ends_at_the_second_press(qtbot, sketch, studio, show):
    page = show(studio)
    page.entered()
    record(page, "free", None)
    sketch.run_until(lambda: studio.takes.elapsed_s > 0.3)
    assert page.record.text().startswith("Stop")
    QTest.mouseClick(page.record, LEFT)
    qtbot.waitUntil(lambda: studio.takes.state is TakeState.IDLE, timeout=WAIT_MS)
    assert len(studio.document.recordings) == 1
    page.left()


def test_a_countdown_can_be_given_up(qtbot, sketch, studio, show):
    page = show(studio)
    page.entered()
    record(page, "later", 1.0, countdown_s=10)
    assert page.record.text().startswith("In 10")
    QTest.mouseClick(page.record, LEFT)
    assert studio.takes.state is TakeState.IDLE
    assert studio.board.session.snapshot().take is None
    page.left()


def test_a_board_that_goes_away_leaves_what_was_measured(qtbot, board, sketch, studio, show):
    page = show(studio)
    page.entered()
    record(page, "cut", 60.0)
    sketch.run_until(lambda: studio.takes.elapsed_s > 0.5)  # by the clock; samples lag behind
    with qtbot.waitSignal(studio.takes.recorded, timeout=WAIT_MS):
        board.pull()
    assert studio.document.recordings[0].duration_s >= 0.3
    page.left()


def test_a_take_survives_its_page(qtbot, sketch, studio, show):
    page = show(studio)
    page.entered()
    record(page, "long", None)
    sketch.run_until(lambda: studio.takes.elapsed_s > 0.2)
    page.left()
    again = show(studio)
    assert again.record.text().startswith("Stop")
    assert again.card.label.currentText() == "long"
    QTest.mouseClick(again.record, LEFT)
    qtbot.waitUntil(lambda: studio.takes.state is TakeState.IDLE, timeout=WAIT_MS)
    assert len(studio.document.recordings) == 1


def test_without_a_board_record_says_what_to_do(qtbot, studio_with, show):
    studio = studio_with()
    page = show(studio)
    with qtbot.waitSignal(studio.notified) as notified:
        QTest.mouseClick(page.record, LEFT)
    assert "simulated board" in str(notified.args[0].action)


# --- the list ---------------------------------------------------------------------------------


@pytest.fixture
def page(studio_with, show):
    studio = studio_with(
        recording("first", spans=((0, 1000, "up"),)), recording("second"), recording("third")
    )
    return show(studio)


@pytest.fixture
def listed(page):
    return page.recordings


def choose(listed, *rows):
    listed.view.clearSelection()
    for row in rows:
        listed.view.selectionModel().select(
            listed.model.index(row), listed.view.selectionModel().SelectionFlag.Select
        )


def names(studio):
    return [info.name for info in studio.document.recordings]


def test_the_newest_is_on_top_with_class_and_length(listed):
    assert [row.info.name for row in listed.model.rows] == ["third", "second", "first"]
    assert [row.caption for row in listed.model.rows] == ["no label yet", "no label yet", "up"]
    assert listed.model.rows[0].length == "10.0 s"


def test_delete_is_undone(qtbot, page, listed, studio):
    page.activateWindow()
    listed.view.setFocus()
    qtbot.waitUntil(listed.view.hasFocus)
    choose(listed, 0, 2)
    QTest.keyClick(listed.view, Qt.Key.Key_Delete)
    assert names(studio) == ["second"]
    studio.undo()
    assert names(studio) == ["first", "second", "third"]


def test_rename_in_place(listed, studio):
    index = listed.model.index(1)
    assert listed.model.setData(index, "  better name ")
    assert names(studio)[1] == "better name"
    assert not listed.model.setData(index, "   ")


def test_relabel_covers_the_whole_recording(listed, studio):
    choose(listed, 0, 1)
    listed.relabel_selected("up")
    assert {row.caption for row in listed.model.rows} == {"up"}
    assert str(studio.undo_text) == "Label as up"


def test_dropped_files_are_imported(qtbot, studio_with, show, tmp_path):
    studio = studio_with()
    page = show(studio)
    file = tmp_path / "wave.csv"
    file.write_text("x,y\n" + "".join(f"{i},{i * 2}\n" for i in range(100)))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    drop = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier
    )
    page.dropEvent(drop)
    qtbot.waitUntil(lambda: page.findChild(ImportRateDialog) is not None, timeout=WAIT_MS)
    dialog = page.findChild(ImportRateDialog)
    assert names(studio) == []
    dialog.rate_hz.setValue(119.0)
    with qtbot.waitSignal(studio.notified, timeout=WAIT_MS) as notified:
        dialog.accept()
    assert [info.rate_hz for info in studio.document.recordings] == [119.0]
    assert studio.settings.import_rate_hz == 119.0
    assert names(studio) == ["wave"]
    assert [each.name for each in studio.document.classes] == ["wave"]
    assert "imported" in str(notified.args[0].what)


def test_files_with_a_clock_are_imported_unasked(qtbot, studio_with, show, tmp_path):
    studio = studio_with()
    page = show(studio)
    file = tmp_path / "wave.csv"
    file.write_text("time_ms,x\n" + "".join(f"{20 * i},{i}\n" for i in range(100)))
    with qtbot.waitSignal(studio.notified, timeout=WAIT_MS):
        studio.takes.import_paths([file])
    assert [info.rate_hz for info in studio.document.recordings] == [50.0]
    assert page.findChild(ImportRateDialog) is None


def test_thousands_of_recordings_scroll_within_the_beat(qtbot, studio_with, show):
    many = [recording(f"take {n}", 120, spans=((0, 120, f"c{n % 9}"),)) for n in range(1500)]
    page = show(studio_with(*many))
    view = page.recordings.view
    assert page.recordings.model.rowCount() == 1500
    for share in (0.1, 0.5, 0.9, 1.0):
        view.verticalScrollBar().setValue(int(view.verticalScrollBar().maximum() * share))
        qtbot.wait(60)
    assert view.indexAt(QPoint(10, 10)).row() > 1400
    seen = page.recordings.model.rows[view.indexAt(QPoint(10, 10)).row()].info.id
    qtbot.waitUntil(lambda: page.recordings._painter._thumbnails.picture(seen) is not None)


def test_what_the_board_remarks_can_be_read(qtbot, studio_with, show):
    studio = studio_with()
    with Simulator(SimulateOptions(tcp_port=0)) as simulated:
        link = Link(simulated.url)
        link.open()
        client = BoardClient(link)
        client.identify()
        client.write_settings(BoardSettings(rate_hz=62.5, runs_by_itself=True))
        link.close()
        studio.connect_board(simulated.url, 115_200)
        page = show(studio)
        page.entered()
        qtbot.waitUntil(
            lambda: page._lines_button.text() == "Remarks of the board", timeout=WAIT_MS
        )
        QTest.mouseClick(page._lines_button, LEFT)
        qtbot.waitUntil(lambda: "by itself and cannot" in page.lines.console.toPlainText())
        assert page.lines.console.isVisible()
        session = studio.board.session
        qtbot.waitUntil(lambda: session.snapshot().rate_hz == 62.5, timeout=WAIT_MS)
        page.left()
        studio.board.disconnect_board()


def test_a_board_is_set_up_before_anything_is_trained(qtbot, studio_with, show):
    studio = studio_with()
    with Simulator(SimulateOptions(tcp_port=0)) as simulated:
        studio.connect_board(simulated.url, 115_200)
        page = show(studio)
        page.entered()
        button = page.ports.settings
        qtbot.waitUntil(button.isEnabled, timeout=WAIT_MS)
        assert button.isVisible()
        QTest.mouseClick(button, LEFT)
        qtbot.waitUntil(lambda: button.dialog is not None, timeout=WAIT_MS)
        button.dialog.sensors.boxes["motion"].setChecked(False)
        button.dialog.rate.rate_hz.setValue(25.0)
        QTest.mouseClick(button.dialog.store, LEFT)
        qtbot.waitUntil(lambda: button.dialog is None, timeout=WAIT_MS)
        session = studio.board.session
        qtbot.waitUntil(lambda: session.snapshot().rate_hz == 25.0, timeout=WAIT_MS)
        assert [channel.name for channel in session.snapshot().channels] == ["A", "B"]
        page.left()
        studio.board.disconnect_board()


def test_a_board_that_prints_has_no_settings(qtbot, studio_with, show, board):
    studio = studio_with()
    studio.connect_board(board.url, 115_200)
    page = show(studio)
    page.entered()
    qtbot.waitUntil(
        lambda: (
            (session := studio.board.session) is not None
            and session.snapshot().speaks is Speaks.LINES
        ),
        timeout=WAIT_MS,
    )
    page._show_state()
    assert not page.ports.settings.isVisible()
    page.left()
    studio.board.disconnect_board()
