# SPDX-License-Identifier: GPL-3.0-or-later
"""The truth test: held-out windows through the board, its bytes against *int8 on the PC*."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.capture.client import WindowResult
from app.capture.messages import ProgramInfo
from app.core.errors import BoardError, ModelError, PortError, ProtocolError, VerificationError
from app.core.recording import Channel, Samples
from app.core.text import text
from app.core.training import Task
from app.deploy.engine import Engine, Int8
from app.deploy.program import ProgramOutput, program_crc


class WindowRunner(Protocol):
    """A board that answers windows; :class:`app.capture.client.BoardClient` is one."""

    def program_info(self) -> ProgramInfo: ...

    def run_window(
        self, samples: Samples, channels: tuple[Channel, ...], rate_hz: float
    ) -> WindowResult: ...


@dataclass(frozen=True, slots=True, eq=False)
class Mismatch:
    """The first window on which board and PC differ: its place in the windows that were given."""

    window: int
    board: Int8
    pc: Int8


@dataclass(frozen=True, slots=True)
class ClassScore:
    """What came of the windows of one class."""

    label: str
    windows: int
    agreement: float
    board_accuracy: float


@dataclass(frozen=True, slots=True, eq=False)
class VerificationReport:
    """How a board did on ``windows`` of the ``total`` windows (fewer when cancelled).

    ``agreement`` is the share answered with the PC's bytes. ``board_accuracy`` is the share
    answered right, ``None`` for regression, where ``board_mae`` is the mean absolute error.
    Microseconds are the board's own.
    """

    windows: int
    total: int
    agreement: float
    board_accuracy: float | None
    pc_accuracy: float | None
    board_mae: float | None
    per_class: tuple[ClassScore, ...]
    first_mismatch: Mismatch | None
    micros_median: float
    micros_p95: float

    @property
    def cancelled(self) -> bool:
        return self.windows < self.total


def choose_windows(classes: NDArray[np.int64], limit: int) -> NDArray[np.int64]:
    """At most ``limit`` places of ``classes``, ascending: as many of each class as can be, and
    within a class the same distance apart."""
    chosen: list[NDArray[np.int64]] = []
    left = limit
    present, counts = np.unique(classes, return_counts=True)
    rarest_first = present[np.argsort(counts, kind="stable")]
    for after, label in enumerate(rarest_first):
        places = np.flatnonzero(classes == label)
        share = min(len(places), left // (len(present) - after))
        middles = (np.arange(share) + 0.5) * (len(places) / max(share, 1))
        chosen.append(places[middles.astype(np.int64)])
        left -= share
    return np.sort(np.concatenate(chosen)) if chosen else np.empty(0, np.int64)


def _no_progress(_done: int, _total: int) -> None:
    """For callers that only wait."""


def verify(
    client: WindowRunner,
    engine: Engine,
    windows: Samples,
    targets: NDArray[np.float32] | NDArray[np.int64],
    progress: Callable[[int, int], None] = _no_progress,
    cancelled: Callable[[], bool] = lambda: False,
) -> VerificationReport:
    """Replay ``windows`` of shape ``(n, window, channels)``, in sensor units, through the board.

    ``targets`` are their classes (places in the program's labels) or numbers. Raises
    :class:`ModelError` where the board has another program than ``engine``,
    :class:`VerificationError` where it dies half-way, and what the client raises before the first
    answer.
    """
    if not len(windows) or len(windows) != len(targets):
        raise ValueError(f"{len(windows)} windows and {len(targets)} targets cannot be verified")
    program = engine.program
    if client.program_info().program_crc != program_crc(program.to_bytes()):
        raise ModelError(
            text("The board was not checked."),
            text("It runs another network than this one."),
            text("Flash this network first."),
        )
    results: list[WindowResult] = []
    for window in windows:
        if cancelled():
            break
        try:
            results.append(client.run_window(window, program.input.channels, program.input.rate_hz))
        except (PortError, ProtocolError, BoardError) as error:
            if not results:
                raise
            raise VerificationError(len(results), len(windows), error) from error
        progress(len(results), len(windows))
    return _report(engine, windows, targets, results)


def _report(
    engine: Engine,
    windows: Samples,
    targets: NDArray[np.float32] | NDArray[np.int64],
    results: list[WindowResult],
) -> VerificationReport:
    done = len(results)
    output = engine.program.output
    if not done:
        return VerificationReport(
            0, len(windows), np.nan, None, None, None, (), None, np.nan, np.nan
        )
    board = np.stack([result.output for result in results])
    pc = engine.run_all(windows[:done])
    if board.shape != pc.shape:
        raise ProtocolError(
            text("The board gives {found} answers a window.", found=board.shape[1]),
            text("Its network has {known}.", known=pc.shape[1]),
        )
    same = (board == pc).all(axis=1)
    first = None if same.all() else int(np.argmin(same))
    micros = np.array([result.micros for result in results])
    regression = output.task is Task.REGRESSION
    right = None if regression else output.decide(board) == targets[:done]
    pc_right = None if regression else output.decide(pc) == targets[:done]
    return VerificationReport(
        windows=done,
        total=len(windows),
        agreement=float(same.mean()),
        board_accuracy=None if right is None else float(right.mean()),
        pc_accuracy=None if pc_right is None else float(pc_right.mean()),
        board_mae=float(np.abs(output.real(board)[:, 0] - targets[:done]).mean())
        if regression
        else None,
        per_class=() if right is None else _per_class(output, targets[:done], same, right),
        first_mismatch=None if first is None else Mismatch(first, board[first], pc[first]),
        micros_median=float(np.median(micros)),
        micros_p95=float(np.percentile(micros, 95)),
    )


def _per_class(
    output: ProgramOutput,
    targets: NDArray[np.float32] | NDArray[np.int64],
    same: NDArray[np.bool_],
    right: NDArray[np.bool_],
) -> tuple[ClassScore, ...]:
    scores: list[ClassScore] = []
    for place, label in enumerate(output.labels):
        of_class = targets == place
        if of_class.any():
            scores.append(
                ClassScore(
                    label,
                    int(of_class.sum()),
                    float(same[of_class].mean()),
                    float(right[of_class].mean()),
                )
            )
    return tuple(scores)
