# SPDX-License-Identifier: GPL-3.0-or-later
"""The cost model against instructions counted on emulated boards."""

from __future__ import annotations

import pytest

from app.deploy.compiler.compile import compile_network
from app.deploy.compiler.cost import instructions
from app.deploy.compiler.records import Plan
from app.deploy.compiler.targets import TARGETS
from benchmarks.emulated import Bench
from benchmarks.engine import PEERS, measure
from tests.helpers.shared_data import shared_path

TOLERANCE = 0.2


@pytest.mark.parametrize("name", PEERS)
def test_instructions_are_foreseen(bench: Bench, name: str):
    """``benchmarks/calibrate_cost.py`` has fitted it to other networks."""
    model = shared_path("bench", "models", f"{name}.tflite")
    target = bench.target.name
    network = compile_network(model.read_bytes(), TARGETS[target])
    told = [instructions(record, target) for record in Plan.decode(network.plan).records]
    counted = sum(count for _, count in measure(bench, model).run.operators)
    assert sum(each for each in told if each is not None) == pytest.approx(counted, rel=TOLERANCE)
