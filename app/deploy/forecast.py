# SPDX-License-Identifier: GPL-3.0-or-later
"""What a network will cost on a board, told from its design: before training and conversion."""

from __future__ import annotations

from dataclasses import replace

from app.core.board import Board
from app.core.model_spec import ModelSpec
from app.core.preprocessing import MULTIPLIER, FixedPointScaling
from app.core.recording import Channel
from app.core.training import Task
from app.deploy.compiler.compile import compile_network
from app.deploy.compiler.from_spec import graph_of
from app.deploy.compiler.report import CostReport, report
from app.deploy.compiler.targets import TARGETS
from app.deploy.program import BoardProgram
from app.deploy.program_sections import ProgramInput, ProgramOutput


def forecast(
    spec: ModelSpec,
    window: int,
    channels: tuple[Channel, ...],
    task: Task,
    outputs: int,
    labels: tuple[str, ...],
    board: Board,
) -> CostReport:
    """The report of ``spec`` for windows of ``window`` samples of ``channels`` on ``board``, as the
    converted network would have it: only a softmax's table can differ, by its scale.

    Raises :class:`ValueError` for a network that does not hold together, and :class:`ModelError`
    for one that no board can run.
    """
    graph = graph_of(spec, (window, len(channels)), task, outputs)
    network = compile_network(graph, TARGETS[board.target])
    count = len(channels)
    scaling = FixedPointScaling((0,) * count, (MULTIPLIER[0],) * count, (0,) * count, (0,) * count)
    ends = network.input, network.output
    program = BoardProgram(
        ProgramInput(channels, 1.0, window, scaling, ends[0].scale, ends[0].zero_point),
        ProgramOutput(task, labels, ends[1].scale, ends[1].zero_point),
        network.plan,
        network.weights,
        network.arena_bytes,
        network.target,
    )
    costs = report(network, board, len(program.encode()))
    numbered = (replace(cost, number=int(cost.layer.name)) for cost in costs.layers)
    return replace(costs, layers=tuple(numbered))
