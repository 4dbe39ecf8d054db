# SPDX-License-Identifier: GPL-3.0-or-later
"""Which board: the list follows what is plugged in, and Connect is there once one is chosen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.capture.discovery import DiscoveredPort
from app.core.board import BOARDS
from app.gui.connect_dialog import ConnectDialog
from app.gui.help import HelpDialog

NANO = DiscoveredPort("/dev/ttyACM0", "Nano", BOARDS["nano33ble"], certain=True)
BRIDGE = DiscoveredPort("/dev/ttyUSB0", "CP2102", BOARDS["esp32"])
MODEM = DiscoveredPort("/dev/ttyS0", "")


@pytest.fixture
def ports(monkeypatch):
    """What the computer has: change the list, as someone who plugs would."""
    found = []
    monkeypatch.setattr("app.gui.board._list_ports", lambda: tuple(found))
    return found


@pytest.fixture
def dialog(qtbot, heartbeat, studio, ports):
    window = QWidget()
    qtbot.addWidget(window)
    made = ConnectDialog(window, studio.theme, studio.board)
    made.show()
    qtbot.waitUntil(lambda: studio.board.ports_known)
    yield made
    studio.board.watch_ports(False)


def plug(qtbot, studio, ports, *these):
    ports[:] = these
    with qtbot.waitSignal(studio.board.ports_changed):
        studio.board.look()


def test_without_a_board_it_says_what_to_do(dialog):
    assert dialog.nothing.isVisible()
    assert not dialog.connect_button.isEnabled()


def test_a_board_that_is_plugged_in_appears_and_is_chosen(qtbot, studio, ports, dialog):
    plug(qtbot, studio, ports, NANO, MODEM)
    assert dialog.ports.isVisible()
    assert dialog.ports.item(0).text() == "Arduino Nano 33 BLE Sense · /dev/ttyACM0"
    with qtbot.waitSignal(dialog.accepted):
        QTest.mouseClick(dialog.connect_button, Qt.MouseButton.LeftButton)
    assert dialog.chosen == NANO.url


def test_the_choice_stays_when_other_boards_come(qtbot, studio, ports, dialog):
    plug(qtbot, studio, ports, BRIDGE)
    plug(qtbot, studio, ports, NANO, BRIDGE)
    dialog.accept()
    assert dialog.chosen == BRIDGE.url


def test_a_port_that_may_be_anything_is_chosen_by_the_user_alone(qtbot, studio, ports, dialog):
    plug(qtbot, studio, ports, MODEM)
    assert not dialog.connect_button.isEnabled()
    dialog.accept()
    assert dialog.isVisible()
    dialog.ports.setCurrentRow(0)
    assert dialog.connect_button.isEnabled()


def test_a_board_that_is_pulled_goes(qtbot, studio, ports, dialog):
    plug(qtbot, studio, ports, NANO)
    plug(qtbot, studio, ports)
    assert dialog.nothing.isVisible()
    assert not dialog.connect_button.isEnabled()


def test_who_misses_a_board_is_helped(qtbot, dialog):
    QTest.mouseClick(dialog.help, Qt.MouseButton.LeftButton)
    assert dialog.findChild(HelpDialog).isVisible()
