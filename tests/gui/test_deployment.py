# SPDX-License-Identifier: GPL-3.0-or-later
"""A board that its user has brought into its boot loader is found there."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.capture.discovery import DiscoveredPort
from app.core.board import NANO33BLE
from app.core.errors import FlashProblem
from app.core.text import text
from app.deploy.nano33ble_ports import APPLICATION_ID, LOADER_ID
from app.deploy.nano33ble_problems import nano_error
from app.gui.pages.deploy.steps_card import StepsCard
from app.gui.theme import LIGHT
from app.jobs.messages import DeployRequest, Failed

NUMBER = "0A1B2C3D4E5F6071"
SKETCH = DiscoveredPort("/dev/ttyACM0", "Nano 33 BLE", NANO33BLE, True, NUMBER, APPLICATION_ID)


def in_loader(url: str, number: str = NUMBER) -> DiscoveredPort:
    return DiscoveredPort(url, "Nano 33 BLE", NANO33BLE, True, "0" * 16 + number, LOADER_ID)


@pytest.fixture
def board(studio, monkeypatch):
    """Connected at ``/dev/ttyACM0``, where a sketch runs."""
    nothing_said = SimpleNamespace(identity=None)
    session = SimpleNamespace(link=SimpleNamespace(url=SKETCH.url), snapshot=lambda: nothing_said)
    monkeypatch.setattr(studio.board, "session", session)
    studio.board._know((SKETCH,))
    return studio.board


@pytest.fixture
def started(studio, monkeypatch) -> list[tuple[str, str, bool]]:
    """What is begun again."""
    begun: list[tuple[str, str, bool]] = []
    monkeypatch.setattr(studio.deployment, "start", lambda *what: begun.append(what))
    return begun


def fail(studio, problem: FlashProblem) -> None:
    studio.deployment.request = DeployRequest(
        "folder", "run", NANO33BLE.id, SKETCH.url, may_replace=True
    )
    studio.deployment.outcome = Failed(text("It failed."), problem=problem)


@pytest.mark.parametrize("url", ["/dev/ttyACM0", "/dev/ttyACM1"])
def test_it_is_known_in_its_boot_loader_by_its_number(board, url):
    assert board.boot_loader == ""
    board._know(())
    assert board.boot_loader == ""
    board._know((in_loader("/dev/ttyACM7", "F" * 16), in_loader(url)))
    assert board.boot_loader == url
    assert board.board is NANO33BLE
    board._know((in_loader("/dev/ttyACM7", "F" * 16),))
    assert not board.boot_loader


def test_after_a_restart_that_failed_it_goes_on_by_itself(studio, board, started):
    fail(studio, FlashProblem.BOOT_MODE)
    board._know(())
    assert started == []
    board._know((in_loader("/dev/ttyACM3"),))
    assert started == [("run", NANO33BLE.id, True)]


@pytest.mark.parametrize("problem", [FlashProblem.SYNC_LOST, FlashProblem.SKETCH])
def test_after_another_failure_it_waits_to_be_asked(studio, board, started, problem):
    fail(studio, problem)
    board._know((in_loader("/dev/ttyACM3"),))
    assert started == []


def test_another_boards_boot_loader_is_none_of_its_business(studio, board, started):
    fail(studio, FlashProblem.BOOT_MODE)
    board._know((SKETCH, in_loader("/dev/ttyACM3", "F" * 16)))
    assert started == []


def test_a_sketch_is_replaced_after_a_plain_question_by_keyboard_too(qtbot, studio):
    card = StepsCard(LIGHT)
    qtbot.addWidget(card)
    card.show()
    fail(studio, FlashProblem.SKETCH)
    studio.deployment.outcome = Failed.of(nano_error(FlashProblem.SKETCH))
    card.show_deployment(studio.deployment)
    problem = card.problem
    assert problem.what.text() == "There is another program on this board. Nothing was written."
    assert "Replace it" in problem.action.text()
    assert problem.replace.isVisible()
    assert not problem.retry.isVisible(), "nothing is replaced by trying again"
    assert problem.replace.focusPolicy() & Qt.FocusPolicy.TabFocus
    with qtbot.waitSignal(card.replaced):
        QTest.keyClick(problem.replace, Qt.Key.Key_Space)
