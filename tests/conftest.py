# SPDX-License-Identifier: GPL-3.0-or-later
"""How long to try random models; and which tests show a window: they want the machine to
themselves, for their heartbeat's sake."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples in every run, and no deadline: HYPOTHESIS_PROFILE=default looks further.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

TESTS = Path(__file__).parent
WINDOWS = ("gui/test_", "gui/pages/", "gui/widgets/", "e2e/test_studio_")


@pytest.fixture(scope="session")
def qapp_cls():
    """What the studio runs in, for pytest-qt."""
    from app.gui.application import QtApplication

    return QtApplication


def pytest_addoption(parser):
    parser.addoption(
        "--random-models",
        type=int,
        default=1530,
        metavar="N",
        help="random models that every build of the engine runs (1530)",
    )


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.relative_to(TESTS).as_posix().startswith(WINDOWS):
            item.add_marker(pytest.mark.window)


def pytest_collection_finish():
    """The collected tests stay to the end; a window's garbage collections need not walk them."""
    gc.collect()
    gc.freeze()
