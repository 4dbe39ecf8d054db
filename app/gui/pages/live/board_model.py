# SPDX-License-Identifier: GPL-3.0-or-later
"""The network that the board has stored, found among the project's runs, and its answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.capture.client import RunResult
from app.core.errors import DeployError
from app.core.runs import TrainingRun, list_runs
from app.core.text import text
from app.core.training import Task
from app.deploy.compiler.targets import TARGETS
from app.deploy.program import BoardProgram
from app.deploy.program_file import program_crc
from app.jobs.run_data import RunFiles

ANSWERS_HZ = 5.0
"""Answers a second to ask for: more than a person can follow is lost on them."""
_BUSY_SHARE = 0.7
"""How much of its time a board may spend on answering."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """``at_s``: when it came, in the session's seconds. ``scores`` of the classes, 0 to 1, and the
    ``top`` one's place; a regression has neither but a ``number``. ``lost`` windows went
    unanswered before it."""

    at_s: float
    micros: int
    lost: int
    scores: NDArray[np.float32]
    top: int | None
    number: float | None

    @property
    def confidence(self) -> float:
        """The top class's score; 1 for a number, which states none."""
        return 1.0 if self.top is None else float(self.scores[self.top])


@dataclass(frozen=True, slots=True, eq=False)
class BoardModel:
    """A run and the program made of it. ``newest`` tells whether no later run is trained."""

    run: TrainingRun
    program: BoardProgram
    newest: bool

    @property
    def classes(self) -> tuple[str, ...]:
        """Empty for a regression."""
        return self.program.output.labels

    @property
    def stride(self) -> int:
        """Samples between answers: as often as is useful, and as the board has time for."""
        rate_hz = self.program.input.rate_hz
        check = self.run.board_check
        needed_s = 0.0 if check is None else check.median_us / 1e6 / _BUSY_SHARE
        return max(1, round(rate_hz * max(1 / ANSWERS_HZ, needed_s)))

    def answer(self, result: RunResult, at_s: float) -> Answer:
        """What the board's bytes mean."""
        output = self.program.output
        real = output.real(result.output)
        top: int | None = None
        number: float | None = None
        scores = np.zeros(0, np.float32)
        if output.task is Task.REGRESSION:
            number = float(real[0])
        else:
            top = int(output.decide(result.output[np.newaxis])[0])
            yes = real[:1]
            scores = real if output.task is Task.MULTICLASS else np.concatenate([1 - yes, yes])
        return Answer(at_s, result.micros, result.lost, scores, top, number)


def find_model(project: Path, crc: int) -> BoardModel:
    """The project's run whose program has this CRC-32. Reads the disk.

    Raises :class:`DeployError` where the board has another project's network.
    """
    trained = [run for run in list_runs(project).runs if run.best_epoch]
    for run in trained:
        for target in TARGETS.values():
            path = RunFiles.of(project, run.id).program(target)
            data = path.read_bytes() if path.exists() else b""
            if len(data) > 4 and program_crc(data) == crc:
                return BoardModel(run, BoardProgram.parse(data), run is trained[0])
    raise DeployError(
        text("The board has a network that is not of this project."),
        text("It was put there from elsewhere, or its run was deleted or converted anew."),
        text("Deploy this project's network."),
    )
