# SPDX-License-Identifier: GPL-3.0-or-later
"""What a training run's network costs on a board, before it is flashed."""

from __future__ import annotations

from pathlib import Path

from app.core.board import Board
from app.core.model_report import output_count
from app.core.runs import TrainingRun
from app.deploy.compiler.compile import compile_network
from app.deploy.compiler.report import CostReport, report
from app.deploy.compiler.targets import TARGETS
from app.deploy.forecast import forecast
from app.deploy.program import program_around
from app.jobs.run_data import RunFiles, read_tflite


def costs_of(project: Path, run: TrainingRun, board: Board) -> CostReport:
    """The report of ``run`` on ``board``: exact where the run was converted, else as its design
    tells.

    Raises :class:`ModelError` for a network that no board can run.
    """
    files = RunFiles.of(project, run.id)
    if not files.tflite.exists():
        outputs = output_count(run.task, len(run.classes))
        length = run.windowing.length
        return forecast(run.model, length, run.channels, run.task, outputs, run.classes, board)
    network = compile_network(read_tflite(files), TARGETS[board.target])
    program = program_around(
        network,
        run.channels,
        run.rate_hz,
        run.windowing.length,
        run.normaliser,
        run.task,
        run.classes,
    )
    return report(network, board, len(program.encode()))
