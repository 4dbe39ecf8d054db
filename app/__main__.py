# SPDX-License-Identifier: GPL-3.0-or-later
"""``python -m app``: the window (``open PATH``: with a project in it), one command, or one of our
children; nothing else."""

from __future__ import annotations

import sys

from app.core.own_process import BOARD_FLAG
from app.jobs import WORKER_FLAG

OPEN = "open"
"""The first argument when the user opens a project in a file manager; its path follows."""


def main(arguments: list[str]) -> int:
    """Start what ``arguments`` (without the program's name) ask for; the exit code."""
    if arguments == [WORKER_FLAG]:
        from app.jobs import worker

        worker.main()
    if arguments[:1] == [BOARD_FLAG]:
        from app.deploy import virtual_process

        return virtual_process.main(arguments[1:])
    if arguments and arguments[0] != OPEN:
        from app.cli.main import main as run_command

        return run_command(arguments)
    from app.gui.application import main as open_window

    return open_window(arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
