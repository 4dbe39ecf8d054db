# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of the whole studio share: the real window, and somebody in front of it."""

import os

import pytest
from shiboken6 import isValid

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.core.settings import Settings, save_settings
from app.deploy.virtual_process import SimulateOptions
from app.gui.application import Application
from tests.gui.conftest import garbage, heartbeat
from tests.helpers.person import Person

__all__ = ["garbage", "heartbeat"]

SPEED = 8.0
"""How much faster than the wall the simulated board's clock runs."""


@pytest.fixture
def application(qtbot, qapp, heartbeat, tmp_path):
    """The studio as it starts for a newcomer who reads English."""
    settings = tmp_path / "settings.json"
    save_settings(settings, Settings(language="en", theme="light"))
    with heartbeat.excused():
        made = Application(qapp, settings, tmp_path / "projects", tmp_path / "logs")
        made.studio.board.simulation = SimulateOptions(speed=SPEED, seed=1)
        made.show()
        qtbot.waitExposed(made.window)
    yield made
    window = made.window
    if isValid(window):  # else the test has closed it, and everything with it
        with heartbeat.excused():  # the window is gone, and its threads are waited for
            if made.studio.project is not None:
                made.studio.close_project()
            made.close()
        qtbot.waitUntil(lambda: not isValid(window))
    qapp.setStyleSheet("")


@pytest.fixture
def person(qtbot, application):
    return Person(qtbot, application)
