# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages of help: one for every reason, each with its drawing, on every board and system."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QWidget

from app.core.board import BOARDS
from app.core.errors import FlashProblem
from app.deploy.flash_problems import WORDS, flash_error
from app.deploy.nano33ble_problems import nano_error
from app.gui.help import HelpDialog
from app.gui.help.dialog import drawing
from app.gui.help.pages import BOARD_PAGES, PAGES, SYSTEM_STEPS, page_for
from app.gui.pages.deploy.steps_card import StepsCard
from app.gui.resources import HELP
from app.gui.theme import DARK, LIGHT
from app.jobs.messages import DeployRequest, Failed

pytestmark = pytest.mark.usefixtures("heartbeat")

SYSTEMS = ("linux", "darwin", "win32")


class Ended:
    """A deployment that has failed."""

    busy = cancelling = finished = False
    stage = None

    def __init__(self, failure: Failed, board_id: str) -> None:
        self.failure = self.outcome = failure
        self.request = DeployRequest("p", "r", board_id, "/dev/ttyUSB0")


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("problem", FlashProblem)
def test_every_reason_has_a_page_on_every_board(problem, system):
    for board_id in BOARDS:
        page = page_for(problem, board_id, system)
        assert page.title
        assert page.steps
        assert (HELP / f"{page.drawing}.svg").is_file()
        assert all(step in page.steps for step in SYSTEM_STEPS.get((problem, system), ()))


def test_boards_without_those_buttons_are_told_of_their_own():
    esp32, nano = (page_for(FlashProblem.BOOT_MODE, board) for board in ("esp32", "nano33ble"))
    assert "BOOT" in str(esp32.steps[0])
    assert "twice" in str(nano.steps[0])


def test_the_exact_command_for_permission_is_given_on_linux():
    steps = page_for(FlashProblem.NO_PERMISSION, system="linux").steps
    assert "usermod -a -G dialout $USER" in str(steps[0])
    assert "uucp" in str(steps[0])


def test_every_drawing_is_used():
    used = {page.drawing for page in (*PAGES.values(), *BOARD_PAGES.values())}
    assert used == {path.stem for path in HELP.glob("*.svg")}


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_drawings_take_the_colours_of_the_theme(qapp, look):
    wanted = {QColor(color).rgb() for color in (look.muted, look.accent, look.warn)}
    for path in HELP.glob("*.svg"):
        image = drawing(path.stem, look, 2.0).toImage()
        colors = {
            image.pixelColor(x, y).rgb()
            for x in range(image.width())
            for y in range(0, image.height(), 3)
            if image.pixelColor(x, y).alpha() == 255
        }
        assert colors & wanted, path.stem
        assert QColor("black").rgb() not in colors, path.stem


def test_a_failure_offers_its_page(qtbot):
    card = StepsCard(LIGHT)
    qtbot.addWidget(card)
    card.show()
    card.show_deployment(Ended(Failed.of(flash_error(FlashProblem.BOOT_MODE)), "esp32"))
    assert card.problem.help.isVisible()
    card.problem.help.click()
    dialog = card.problem.dialog
    assert isinstance(dialog, HelpDialog)
    assert dialog.isVisible()
    words = [part.text() for part in dialog.findChildren(QLabel)]
    page = page_for(FlashProblem.BOOT_MODE, "esp32")
    assert str(page.title) in words
    assert str(WORDS[FlashProblem.BOOT_MODE].why) in words
    for step in page.steps:
        assert str(step) in words
    dialog.reject()
    assert card.problem.dialog is None


def test_a_sketch_is_replaced_only_after_a_question(qtbot):
    card = StepsCard(LIGHT)
    qtbot.addWidget(card)
    card.show()
    card.show_deployment(Ended(Failed.of(nano_error(FlashProblem.SKETCH)), "nano33ble"))
    assert card.problem.replace.isVisible()
    assert not card.problem.retry.isVisible()
    with qtbot.waitSignal(card.replaced):
        card.problem.replace.click()
    card.show_deployment(Ended(Failed.of(nano_error(FlashProblem.BOOT_MODE)), "nano33ble"))
    assert card.problem.retry.isVisible()
    assert not card.problem.replace.isVisible()


def test_a_failure_without_a_page_offers_none(qtbot):
    card = StepsCard(LIGHT)
    qtbot.addWidget(card)
    card.show()
    failure = Failed(WORDS[FlashProblem.NO_PORT].what)
    card.show_deployment(Ended(failure, "virtual"))
    assert card.problem.retry.isVisible()
    assert not card.problem.help.isVisible()


def test_a_page_fits_the_smallest_window(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    for problem in FlashProblem:
        dialog = HelpDialog(parent, LIGHT, page_for(problem, "esp32", "linux"), "why " * 30)
        assert dialog.sizeHint().height() < 720
        dialog.reject()
