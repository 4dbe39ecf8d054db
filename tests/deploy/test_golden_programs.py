# SPDX-License-Identifier: GPL-3.0-or-later
"""The golden programs are what is compiled and written today, byte for byte."""

from __future__ import annotations

import pytest

from app.deploy.compiler.compile import compile_network
from app.deploy.compiler.targets import TARGETS
from app.deploy.program import BoardProgram
from tests.helpers.golden_programs import GOLDEN, NAMES, golden_vectors

PROGRAMS = [(name, target) for name in NAMES for target in TARGETS]


@pytest.mark.parametrize(("name", "target"), PROGRAMS)
def test_a_golden_program_is_written_byte_for_byte(name, target):
    file = (GOLDEN / f"{name}-{target}.bin").read_bytes()
    program = BoardProgram.parse(file)
    assert program.target is TARGETS[target]
    assert program.to_bytes() == file


@pytest.mark.parametrize(("name", "target"), PROGRAMS)
def test_a_golden_network_is_compiled_byte_for_byte(name, target):
    program = BoardProgram.parse((GOLDEN / f"{name}-{target}.bin").read_bytes())
    network = compile_network((GOLDEN / f"{name}.tflite").read_bytes(), TARGETS[target])
    assert network.plan == program.plan
    assert network.weights == program.weights
    assert network.arena_bytes == program.arena_bytes


@pytest.mark.parametrize(("name", "target"), PROGRAMS)
def test_golden_windows_become_the_golden_inputs(name, target):
    source = BoardProgram.parse((GOLDEN / f"{name}-{target}.bin").read_bytes()).input
    vectors = golden_vectors(name)
    quantised = source.scaling.quantise(vectors.windows, source.zero_point)
    assert (quantised.reshape(vectors.inputs.shape) == vectors.inputs).all()


@pytest.mark.parametrize("name", NAMES)
def test_targets_tell_the_same_of_sensors_and_answers(name):
    """They differ in the weights' order, and so in the id."""
    generic, *others = (
        BoardProgram.parse((GOLDEN / f"{name}-{target}.bin").read_bytes()) for target in TARGETS
    )
    for other in others:
        assert (other.input, other.output) == (generic.input, generic.output)
        assert other.program_id != generic.program_id
