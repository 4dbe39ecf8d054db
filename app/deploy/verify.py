# SPDX-License-Identifier: GPL-3.0-or-later
"""The truth test: held-out windows through the board, its bytes against *int8 on the PC*."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
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
from app.deploy.program_file import program_crc
from app.deploy.program_sections import ProgramOutput


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

    ``agreement`` is the share answered with the PC's bytes. The accuracies are the shares answered
    right, ``None`` for regression, where ``board_mae`` is the mean absolute error. Where no window
    was answered there are no accuracies, and the other figures are NaN. Microseconds are the
    board's own. ``board`` and ``pc`` are the answers themselves, shape ``(windows, outputs)``.
    """

    total: int
    board: Int8
    pc: Int8
    agreement: float = math.nan
    board_accuracy: float | None = None
    pc_accuracy: float | None = None
    board_mae: float | None = None
    per_class: tuple[ClassScore, ...] = ()
    first_mismatch: Mismatch | None = None
    micros_median: float = math.nan
    micros_p95: float = math.nan

    @property
    def windows(self) -> int:
        return len(self.board)

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
            result = client.run_window(window, program.input.channels, program.input.rate_hz)
            _check_length(result, engine.outputs)
        except (PortError, ProtocolError, BoardError) as error:
            if not results:
                raise
            raise VerificationError(len(results), len(windows), error) from error
        results.append(result)
        progress(len(results), len(windows))
    return _report(engine, windows, targets, results)


def _check_length(result: WindowResult, outputs: int) -> None:
    if len(result.output) != outputs:
        raise ProtocolError(
            text("The board gives {found} numbers for a window.", found=len(result.output)),
            text("Its network has {known} outputs.", known=outputs),
            text("Flash the firmware that comes with this studio."),
        )


def _report(
    engine: Engine,
    windows: Samples,
    targets: NDArray[np.float32] | NDArray[np.int64],
    results: list[WindowResult],
) -> VerificationReport:
    pc = engine.run_all(windows[: len(results)])
    board = np.array([result.output for result in results], np.int8).reshape(pc.shape)
    if not results:
        return VerificationReport(len(windows), board, pc)
    targets = targets[: len(results)]
    micros = np.array([result.micros for result in results])
    same = (board == pc).all(axis=1)
    first = None if same.all() else int(np.argmin(same))
    report = VerificationReport(
        total=len(windows),
        board=board,
        pc=pc,
        agreement=float(same.mean()),
        first_mismatch=None if first is None else Mismatch(first, board[first], pc[first]),
        micros_median=float(np.median(micros)),
        micros_p95=float(np.percentile(micros, 95)),
    )
    output = engine.program.output
    if output.task is Task.REGRESSION:
        error = np.abs(output.real(board)[:, 0] - targets)
        return replace(report, board_mae=float(error.mean()))
    right = output.decide(board) == targets
    return replace(
        report,
        board_accuracy=float(right.mean()),
        pc_accuracy=float((output.decide(pc) == targets).mean()),
        per_class=_per_class(output, targets, same, right),
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
