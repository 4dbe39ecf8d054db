# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine in C: exact in one go and in steps, and never outside of its memory."""

from __future__ import annotations

import random

import numpy as np
import pytest

from app.core.errors import ModelError
from app.deploy.compiler.targets import TARGETS
from app.deploy.wasm_board import WasmBoard
from tests.helpers.damaged_programs import damaged, takes_long
from tests.helpers.golden_programs import (
    BENCH_MODELS,
    GOLDEN,
    NAMES,
    bench_program,
    bench_vectors,
    golden_program,
    golden_vectors,
)
from tests.helpers.native_engine import NativeEngine

MUTANTS = 80
"""Of each golden program."""


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", NAMES)
def test_golden_programs_give_the_golden_bytes(engine, name, target):
    vectors = golden_vectors(name)
    program = golden_program(name, target).to_bytes()
    for work in (0, 1, 100):
        answers = engine.run(program, vectors.inputs, work)
        np.testing.assert_array_equal(answers, vectors.outputs)


@pytest.mark.shared_data
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", BENCH_MODELS)
def test_bench_models_give_tensorflows_reference_bytes(engine, name, target):
    inputs, outputs = bench_vectors(name)
    program = bench_program(name, target).to_bytes()
    np.testing.assert_array_equal(engine.run(program, inputs), outputs)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("work", [1, 37, 500])
def test_a_step_does_as_much_as_it_is_asked_to(library, name, work):
    """So that a board can count on getting back to its link in time."""
    program = golden_program(name)
    vectors = golden_vectors(name)
    native = NativeEngine(library, program.to_bytes())
    longest = native.call("tw_longest_row")
    whole = _steps(native, vectors.inputs[0], 1)
    steps = _steps(native, vectors.inputs[0], work)
    np.testing.assert_array_equal(native.output(), vectors.outputs[0])
    # A step of 1 is one row, the longest of which is `longest`; no step is left half empty.
    assert steps <= whole
    if work > longest:
        assert steps <= 1 + whole * longest // (work - longest)
    assert longest >= 1


def _steps(native: NativeEngine, values: np.ndarray, work: int) -> int:
    native.start(values)
    steps = 1
    while native.step(work):
        steps += 1
    return steps


def test_the_program_says_what_it_is(library):
    program = golden_program("network")
    native = NativeEngine(library, program.to_bytes())
    assert native.status == 0
    assert native.call("tw_rate_mhz") == program.input.rate_mhz
    assert native.call("tw_window") == program.input.window
    assert native.call("tw_program_id") & 0xFFFFFFFF == program.program_id
    assert native.channels() == [
        (channel.name, channel.unit, *fields)
        for channel, *fields in zip(
            program.input.channels,
            program.input.scaling.offset,
            program.input.scaling.multiplier,
            program.input.scaling.fraction_bits,
            program.input.scaling.shift,
            strict=True,
        )
    ]
    assert native.labels() == list(program.output.labels)


@pytest.mark.parametrize("place", [4, 8])
def test_memory_that_is_not_aligned_is_refused(library, place):
    assert NativeEngine(library, golden_program("gate").to_bytes(), place).status == 10


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", NAMES)
def test_damaged_programs_are_refused_alike_or_stay_within_their_memory(engine, name, target):
    """Check sums are put right again: it is the checks behind them that are tried."""
    whole = (GOLDEN / f"{name}-{target}.bin").read_bytes()
    inputs = golden_vectors(name).inputs[:1].tobytes()
    rng = random.Random(f"{name} {target}")
    statuses = set()
    for _ in range(MUTANTS):
        mutant = damaged(whole, rng)
        if takes_long(mutant):
            continue
        status = engine.status(mutant, inputs)
        statuses.add(status)
        assert (status == 0) == _wasm_accepts(mutant)
    assert 0 in statuses
    assert len(statuses) > 4


def _wasm_accepts(program: bytes) -> bool:
    try:
        WasmBoard(program)
    except ModelError:
        return False
    return True
