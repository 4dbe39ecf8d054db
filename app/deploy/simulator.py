# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts a simulated board as a process of its own, names its port, and ends it again."""

from __future__ import annotations

import json
import subprocess
import threading
from collections import deque
from dataclasses import replace
from typing import IO, Any, cast

from app.core.errors import DeployError
from app.core.own_process import BOARD_FLAG, own_command, own_environment
from app.core.text import text
from app.deploy.virtual_process import SimulateOptions

START_S = 30.0
"""How long the process may take to name its port: a cold interpreter on a slow disk."""
ASK_S = 1.0
TERMINATE_S = 1.0
LOG_LINES = 50


class Simulator:
    """A simulated board that lives until :meth:`stop`, or until this process ends.

    Use it in ``with``, or call :meth:`start` and :meth:`stop`.
    """

    def __init__(self, options: SimulateOptions | None = None) -> None:
        chosen = options or SimulateOptions()
        self._options = replace(chosen, as_json=True, with_parent=True)
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._heard = threading.Condition()
        self._log: deque[str] = deque(maxlen=LOG_LINES)
        self._url: str | None = None
        self._ended = False

    def __enter__(self) -> Simulator:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def options(self) -> SimulateOptions:
        return self._options

    @property
    def running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.poll() is None

    @property
    def url(self) -> str:
        """The port, as every place that takes a port wants it; only after :meth:`start`."""
        if self._url is None:
            raise RuntimeError("the simulator has not been started")
        return self._url

    @property
    def pid(self) -> int | None:
        """Its process id; ``None`` before it was started and after it was stopped."""
        return None if self._process is None else self._process.pid

    @property
    def log(self) -> tuple[str, ...]:
        """The last lines it printed, newest last."""
        return tuple(self._log)

    def start(self, timeout_s: float = START_S) -> str:
        """Start the process and return its port. Raises ``DeployError`` when it names none."""
        if self._process is not None:
            return self.url
        try:
            process = subprocess.Popen(
                own_command(BOARD_FLAG, *self._options.arguments()),
                env=own_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                # Without this a windowed program on Windows would flash up a console.
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise _not_started(str(error)) from error
        self._process = process
        self._url, self._ended = None, False
        self._log.clear()
        self._reader = threading.Thread(
            target=self._read, args=(process.stdout,), name="simulator-log", daemon=True
        )
        self._reader.start()
        with self._heard:
            self._heard.wait_for(lambda: self._url is not None or self._ended, timeout_s)
        if self._url is None:
            reason = "\n".join(self._log) or f"It said nothing within {timeout_s:g} seconds."
            self.stop()
            raise _not_started(reason)
        return self._url

    def stop(self) -> int | None:
        """End the process: ask, terminate, kill. Its exit code; ``None`` when there was none."""
        process, self._process = self._process, None
        if process is None:
            return None
        cast(IO[bytes], process.stdin).close()
        exit_code = _climb(process)
        if self._reader is not None:
            self._reader.join()
        return exit_code

    def _read(self, stdout: IO[bytes]) -> None:
        """The reader thread: find the port, keep the last lines, notice the end."""
        with stdout:
            for line in stdout:
                self._hear(line.decode("utf-8", "replace").rstrip())
        with self._heard:
            self._ended = True
            self._heard.notify_all()

    def _hear(self, line: str) -> None:
        self._log.append(line)
        port = _announced_port(line) if self._url is None else None
        if port is not None:
            with self._heard:
                self._url = port
                self._heard.notify_all()


def _climb(process: subprocess.Popen[bytes]) -> int:
    try:
        return process.wait(ASK_S)
    except subprocess.TimeoutExpired:
        process.terminate()
    try:
        return process.wait(TERMINATE_S)
    except subprocess.TimeoutExpired:
        process.kill()
    return process.wait()


def _announced_port(line: str) -> str | None:
    try:
        announced: Any = json.loads(line)
    except json.JSONDecodeError:
        return None
    match announced:
        case {"port": str(port)}:
            return port
        case _:
            return None


def _not_started(reason: str) -> DeployError:
    return DeployError(
        text("The simulated board did not start."),
        text("{reason}", reason=reason),
        text("Try again; if that does not help, start the studio anew."),
    )
