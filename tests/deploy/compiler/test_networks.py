# SPDX-License-Identifier: GPL-3.0-or-later
"""Random small networks give the reference bytes: operators that share memory, branch and meet."""

from __future__ import annotations

import numpy as np
import pytest

from app.deploy.compiler.compile import compile_network
from app.deploy.compiler.targets import GENERIC
from tests.helpers.plan_interpreter import PlanInterpreter
from tests.helpers.random_networks import random_network
from tests.helpers.random_operators import GENERATORS, random_inputs
from tests.helpers.tflite_writer import reference_answers, write_tflite


@pytest.mark.parametrize("kind", GENERATORS)
def test_a_network_with_an_operator_gives_the_reference_bytes(kind):
    for seed in range(3):
        graph = random_network(seed, (kind,))
        assert kind in {operator.kind for operator in graph.operators}
        inputs = random_inputs(graph, 4, seed)
        interpreter = PlanInterpreter(compile_network(graph, GENERIC))
        found = np.stack([interpreter.run(values) for values in inputs])
        expected = reference_answers(write_tflite(graph), inputs)
        np.testing.assert_array_equal(found, expected.reshape(found.shape), f"seed {seed}")
