# SPDX-License-Identifier: GPL-3.0-or-later
"""The Label page over a small project."""

import pytest

from tests.helpers.label_page import shown
from tests.helpers.small_projects import project, recording


@pytest.fixture
def page(qtbot, studio, tmp_path):
    """Three takes of ten seconds: one labelled twice, one once, one not at all."""
    studio.take_project(
        project(
            tmp_path / "p",
            recording("first", spans=((100, 300, "idle"), (500, 700, "shake"))),
            recording("second", spans=((0, 1000, "shake"),)),
            recording("third"),
        )
    )
    return shown(qtbot, studio)
