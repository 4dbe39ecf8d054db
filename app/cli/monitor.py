# SPDX-License-Identifier: GPL-3.0-or-later
"""``monitor``: what a board sends, printed as it comes, whatever it is."""

from __future__ import annotations

import threading
import time
from collections import deque

import numpy as np

from app.capture.client import RunResult
from app.capture.link import LinkState
from app.capture.ring import Ring
from app.capture.session import CaptureSession
from app.capture.session_state import Speaks
from app.cli.output import Output
from app.core.errors import DeployError, TinywrightError
from app.core.recording import Samples
from app.core.text import text

LOOK_EVERY_S = 0.05


def watch(port: str, baud: int, output: Output, seconds: float | None, *, answers: bool) -> None:
    """Print samples and lines (with ``answers``, also the answers of the board's own network)
    until Ctrl-C, or for ``seconds``. Raises :class:`PortError`, and what the board refuses."""
    session = CaptureSession(port, baud, autostart=not answers)
    monitor = _Monitor(session, output)
    try:
        session.open()
        if answers:
            monitor.start_run()
        ends_s = None if seconds is None else time.monotonic() + seconds
        while ends_s is None or time.monotonic() < ends_s:
            monitor.look()
            threading.Event().wait(LOOK_EVERY_S)
        monitor.look()
    except KeyboardInterrupt:
        return  # that is how it ends
    finally:
        if answers and session.link.state is LinkState.OPEN:
            monitor.stop_run()
        session.close()


class _Monitor:
    """Remembers what was printed already."""

    def __init__(self, session: CaptureSession, output: Output) -> None:
        self._session = session
        self._output = output
        self._ring: Ring | None = None
        self._shown = 0
        self._lines = 0
        self._problem: TinywrightError | None = None
        self._answers: deque[RunResult] = deque()

    def look(self) -> None:
        """Print what is new."""
        self._show_problem()
        self._lines, lines = self._session.console(self._lines)
        for line in lines:
            self._output.record(
                {"line": line.line, "reason": line.reason.value}, _printable(line.line)
            )
        snapshot, ring = self._session.snapshot(), self._session.ring
        if ring is not self._ring:
            self._ring, self._shown = ring, 0
            names = [
                f"{each.name} ({each.unit})" if each.unit else each.name
                for each in snapshot.channels
            ]
            if names:
                self._output.record({"channels": names}, "  ".join(names))
        self._show_samples(ring)
        while self._answers:
            self._show_answer(self._answers.popleft())

    def start_run(self) -> None:
        """Let the board answer its own sensor, every half window."""
        while self._session.snapshot().speaks is Speaks.UNKNOWN:
            threading.Event().wait(LOOK_EVERY_S)
        if self._session.snapshot().speaks is not Speaks.PROTOCOL:
            raise DeployError(
                text("The board cannot run a network."),
                text("It does not speak the studio's protocol."),
                text("Flash a network first, or leave --run out."),
            )
        program = self._session.client.program_info()
        self._session.client.start_run(max(1, program.window // 2), self._answers.append)

    def stop_run(self) -> None:
        """Let the board rest."""
        self._session.client.stop_run()

    def _show_answer(self, result: RunResult) -> None:
        scores: list[int] = result.output.tolist()
        self._output.record(
            {
                "result": result.sequence,
                "top": result.top,
                "output": scores,
                "micros": result.micros,
                "time_us": result.time_us,
            },
            f"answer {result.sequence}: {result.top}  {scores}  {result.micros} µs",
        )

    def _show_problem(self) -> None:
        problem = self._session.snapshot().problem
        if problem is not None and problem is not self._problem:
            self._output.line(str(problem))
        self._problem = problem

    def _show_samples(self, ring: Ring) -> None:
        total = ring.total
        values, times = ring.latest(total - self._shown)
        self._shown = total
        for row, time_s in zip(values, times, strict=True):
            self._show(row, float(time_s))

    def _show(self, row: Samples, time_s: float) -> None:
        numbers: list[float] = row.astype(np.float64).round(6).tolist()
        self._output.record(
            {
                "time_s": round(time_s, 6),
                "values": [None if value != value else value for value in numbers],
            },
            "\t".join("" if value != value else f"{value:.6g}" for value in numbers),
        )


def _printable(line: str) -> str:
    """``line`` without what a terminal would obey: garbage may hold escape sequences."""
    return "".join(
        each if each.isprintable() or each == "\t" else "\N{REPLACEMENT CHARACTER}" for each in line
    )
