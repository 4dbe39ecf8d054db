# SPDX-License-Identifier: GPL-3.0-or-later
"""The log in the system's own place."""

import logging
from contextlib import contextmanager

from app.gui.log_file import FILE, KEPT, keep_log


@contextmanager
def fresh_logging():
    """The root logger as a fresh program has it: pytest's own handlers come back after."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers.clear()
    try:
        yield root
    finally:
        for handler in root.handlers:
            handler.close()
        root.handlers[:] = handlers
        root.setLevel(level)


def test_a_log_never_grows_beyond_its_files(tmp_path):
    folder = tmp_path / "기록 folder"
    with fresh_logging() as root:
        keep_log(folder, max_bytes=1000)
        for number in range(200):
            root.info("line %d: %s", number, "진동" * 20)
    files = sorted(file.name for file in folder.iterdir())
    assert files == [FILE, *(f"{FILE}.{number}" for number in range(1, KEPT + 1))]
    assert all(file.stat().st_size <= 1000 for file in folder.iterdir())
    assert "line 199" in (folder / FILE).read_text("utf-8")


def test_without_a_place_for_the_log_the_studio_starts(tmp_path, capsys):
    (tmp_path / "file").write_text("in the way", "utf-8")
    with fresh_logging():
        keep_log(tmp_path / "file" / "log")
    assert "no log file" in capsys.readouterr().err
