# SPDX-License-Identifier: GPL-3.0-or-later
"""How to start this program once more, as another process."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import app

BOARD_FLAG = "--simulated-board"
"""The first argument of the process that a simulated board lives in."""


def own_command(*arguments: str) -> list[str]:
    """``python -m app …`` with our own interpreter, or the packaged program once more."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    return [sys.executable, "-m", "app", *arguments]


def own_environment() -> dict[str, str]:
    """Ours, and our own package found whatever folder the studio was started in."""
    environment = dict(os.environ)
    if not getattr(sys, "frozen", False):
        root = str(Path(app.__file__).resolve().parent.parent)
        inherited = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = os.pathsep.join([root, inherited] if inherited else [root])
    return environment
