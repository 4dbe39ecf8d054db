# SPDX-License-Identifier: GPL-3.0-or-later
"""How the suite is spread over processes."""

from pathlib import Path

import pytest

TESTS = Path(__file__).parent
WINDOWS = (TESTS / "gui", TESTS / "e2e")


def pytest_collection_modifyitems(items):
    """Tests of windows share one process: their heartbeats then have a processor to themselves,
    and what they train they train once."""
    for item in items:
        if any(item.path.is_relative_to(folder) for folder in WINDOWS):
            item.add_marker(pytest.mark.xdist_group("windows"))
