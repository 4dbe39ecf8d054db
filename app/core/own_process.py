# SPDX-License-Identifier: GPL-3.0-or-later
"""How to start this program once more, as another process."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import app

CONSOLE_PROGRAM = "tinywright-cli"
"""Lies beside the packaged windowed program, without its suffix."""
BOARD_FLAG = "--simulated-board"
"""The first argument of the process that a simulated board lives in."""


def program_name() -> str:
    """What a user types to run one of our commands: as this program itself was started."""
    return CONSOLE_PROGRAM if _packaged() else "python -m app"


def own_command(*arguments: str) -> list[str]:
    """``python -m app …`` with our own interpreter, or the packaged console program: a windowed one
    has no output on Windows, and a child is listened to."""
    if _packaged():
        program = Path(sys.executable)
        return [str(program.with_name(CONSOLE_PROGRAM + program.suffix)), *arguments]
    return [sys.executable, "-m", "app", *arguments]


def own_environment() -> dict[str, str]:
    """Ours, and our own package found whatever folder the studio was started in."""
    environment = dict(os.environ)
    if _packaged():
        # Else its loader takes it for a part of this process, and leaves it to the system's
        # libraries, which may lack one.
        environment["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    else:
        root = str(Path(app.__file__).resolve().parent.parent)
        inherited = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = os.pathsep.join([root, inherited] if inherited else [root])
    return environment


def _packaged() -> bool:
    return getattr(sys, "frozen", False)
