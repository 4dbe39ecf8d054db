# SPDX-License-Identifier: GPL-3.0-or-later
"""The studio's real window in this process, over folders of its own, driven from outside."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from app.gui.application import Application, QtApplication
from app.gui.notifications import Notification, Severity

POLL_MS = 20


@contextmanager
def real_window(folder: Path, **settings: object) -> Generator[Application]:
    """The application with its window shown; settings and projects lie in ``folder``.

    An error that the studio shows its user ends the program: nobody is there to read it.
    """
    path = folder / "settings.json"
    path.write_text(json.dumps({"language": "en", "theme": "light", **settings}))
    running = QtApplication.instance()
    qt = running if isinstance(running, QtApplication) else QtApplication(["tinywright"])
    application = Application(qt, path, folder / "projects", folder / "logs")
    application.studio.notified.connect(_end_on_error)
    application.show()
    try:
        yield application
    finally:
        application.close()


def _end_on_error(shown: Notification) -> None:
    if shown.severity is Severity.ERROR:
        raise SystemExit(f"The studio says: {shown}")


def wait_until(true: Callable[[], bool], timeout_s: float = 30.0) -> None:
    """Let the window's event loop run until ``true()``; the program ends if that never comes."""
    if true():
        return
    loop = QEventLoop()
    poll = QTimer(interval=POLL_MS)
    poll.timeout.connect(lambda: loop.exit(0) if true() else None)
    poll.start()
    QTimer.singleShot(round(timeout_s * 1000), loop, lambda: loop.exit(1))
    if loop.exec() != 0:
        raise SystemExit(f"This did not come within {timeout_s:g} s: {true}")


def let_run(seconds: float) -> None:
    """Let the window's event loop run for a while."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop, loop.quit)
    loop.exec()
