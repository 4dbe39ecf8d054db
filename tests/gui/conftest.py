# SPDX-License-Identifier: GPL-3.0-or-later
"""What GUI tests share: a platform without a screen, and the heartbeat."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.gui.garbage import GarbageCollector
from app.gui.heartbeat import Gap, Heartbeat
from app.gui.studio import Studio
from app.gui.theme import LIGHT

GUI = Path(__file__).parents[2] / "app" / "gui"


def is_ours(gap: Gap) -> bool:
    """Whether the window held the loop up, not the test by what it does between two waits."""
    if not gap.stack:
        return True
    files = [Path(frame.filename) for frame in gap.stack]
    if any(
        file == GUI / "studio.py" and f.name == "close"
        for file, f in zip(files, gap.stack, strict=True)
    ):
        return False  # the end: no window is there any more, and every thread is waited for
    in_loop = any("pytestqt" in file.parts and file.name != "plugin.py" for file in files)
    return in_loop or any(file.is_relative_to(GUI) for file in files)


@pytest.fixture
def garbage(qapp):
    """As in the studio, a test's widgets die in the window's thread, whichever way."""
    made = GarbageCollector()
    made.start()
    yield made
    made.collect()
    made.stop()


@pytest.fixture
def heartbeat(qapp, garbage):
    """Fails the test when the window's event loop stood still for more than 100 ms."""
    made = Heartbeat()
    made.start()
    yield made
    made.stop()
    gaps = [str(gap) for gap in made.gaps if is_ours(gap)]
    assert not gaps, "the event loop was held up:\n" + "\n".join(gaps)


@pytest.fixture
def studio(qapp):
    """A studio that remembers nothing and leaves nothing running."""
    made = Studio(LIGHT)
    yield made
    made.close()
