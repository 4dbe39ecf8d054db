# SPDX-License-Identifier: GPL-3.0-or-later
"""A screen for windows: the user's where there is one, else a virtual one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager

SCREEN = "1600x1000x24"


@contextmanager
def display(*, own: bool = False) -> Generator[None]:
    """Let windows opened inside have a screen: a new virtual one if ``own`` or if there is none.

    Where Xvfb is missing, Qt draws into memory (``offscreen``).
    """
    there = sys.platform != "linux" or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    if there and not own:
        yield
        return
    before = dict(os.environ)
    server: subprocess.Popen[str] | None = None
    try:
        if shutil.which("Xvfb"):
            server = _start_server()
            os.environ.pop("WAYLAND_DISPLAY", None)
            os.environ["DISPLAY"] = _announced_display(server)
            os.environ["QT_QPA_PLATFORM"] = "xcb"
        else:
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        if server is not None:
            server.terminate()
            server.wait()


def _start_server() -> subprocess.Popen[str]:
    """Xvfb on a free display that it announces on its standard output."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def _announced_display(server: subprocess.Popen[str]) -> str:
    assert server.stdout is not None
    number = server.stdout.readline().strip()
    if not number:
        raise RuntimeError("Xvfb did not start")
    return f":{number}"
