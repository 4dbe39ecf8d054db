# SPDX-License-Identifier: GPL-3.0-or-later
"""The real command line, in processes of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any

from app.core.own_process import own_command, own_environment

LONG_S = 150.0


def command(*arguments: object, timeout_s: float = LONG_S) -> subprocess.CompletedProcess[str]:
    """Run ``python -m app …`` to its end."""
    return subprocess.run(
        own_command(*map(str, arguments)),
        env=own_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout_s,
        check=False,
    )


def started(*arguments: object) -> subprocess.Popen[str]:
    """Start ``python -m app …``; the caller ends it."""
    return subprocess.Popen(
        own_command(*map(str, arguments)),
        env=own_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        # A test runner in the background ignores Ctrl-C, and its children would too.
        preexec_fn=_hear_ctrl_c if os.name == "posix" else None,  # noqa: PLW1509 - one system call
    )


def _hear_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def answer(*arguments: object) -> dict[str, Any]:
    """Run a command with ``--json``; it must succeed and print one object."""
    done = command(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    return json.loads(line)


def complaint(*arguments: object, code: int = 1) -> str:
    """Run a command that must fail with ``code``, nothing on stdout and one line on stderr."""
    done = command(*arguments)
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    return line


def write_csv(path: Path, rows: list[tuple[float, ...]], header: str = "") -> Path:
    lines = [header] if header else []
    lines += [",".join(f"{value:.6g}" for value in row) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
