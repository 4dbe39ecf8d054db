# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine as boards get it, under emulators: the bytes of TensorFlow's reference interpreter,
and the memory it was promised to do with."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.deploy.compiler.compile import compile_network
from app.deploy.compiler.targets import TARGETS as COMPILED
from app.deploy.foreign import foreign_program
from benchmarks.emulated import TARGETS, Bench, Job, Target
from benchmarks.engine import PEERS, PEERS_TARGET, Report, measure
from tests.helpers.damaged_programs import damaged, takes_long
from tests.helpers.shared_data import shared_path

GOLDEN = Path(__file__).resolve().parents[1] / "data" / "program"
MUTANTS = 40
"""Of each golden program."""
ENGINE_LIMIT_BYTES = 16 << 10
STACK_LIMIT_BYTES = 512
ARENA_LIMIT = 0.75
"""Of what TensorFlow Lite Micro takes."""
INSTRUCTIONS_LIMIT = 0.5
"""Of the best peer's, over all models."""
PRODUCT_INSTRUCTIONS_LIMIT = {"cortex-m4f": 2.5, "esp32": 4.5}
"""A multiply-accumulate of dense layers and convolutions, over all models."""


def golden_job(name: str, target: Target) -> Job:
    vectors = json.loads((GOLDEN / f"{name}.json").read_text())
    return Job(
        (GOLDEN / f"{name}-{target.name}.bin").read_bytes(),
        np.array([vector["input"] for vector in vectors], np.int8),
        np.array([vector["output"] for vector in vectors], np.int8),
    )


def test_kernels_equal_the_portable_ones(bench: Bench):
    assert bench.kernels_test() == "equal"


@pytest.mark.parametrize("name", ["network", "gate"])
def test_golden_programs_give_the_reference_answers(bench: Bench, name: str):
    assert bench.run(golden_job(name, bench.target)).different == 0


def test_a_wrong_answer_is_counted(bench: Bench):
    job = golden_job("network", bench.target)
    answers = job.answers.copy()
    answers[3, 1] ^= 1
    answers[-1, 0] ^= 64
    assert bench.run(replace(job, answers=answers)).different == 2


def test_a_damaged_program_is_refused(bench: Bench):
    job = golden_job("network", bench.target)
    program = bytearray(job.program)
    program[len(program) // 2] ^= 1
    with pytest.raises(RuntimeError, match="refused"):
        bench.run(replace(job, program=bytes(program)))


@pytest.mark.parametrize("name", ["network", "gate"])
def test_damaged_programs_are_refused_or_stay_in_their_arena(bench: Bench, name: str):
    """Whatever they answer: the bench guards the bytes next to the arena."""
    job = golden_job(name, bench.target)
    rng = random.Random(name)
    ran = 0
    for _ in range(MUTANTS):
        mutant = damaged(job.program, rng)
        if takes_long(mutant):
            continue
        try:
            bench.run(replace(job, program=mutant))
        except RuntimeError as error:
            if not re.search("refused with status|not of this program", str(error)):
                raise
        else:
            ran += 1
    assert MUTANTS // 10 < ran < MUTANTS


@pytest.mark.parametrize("model", PEERS)
def test_models_give_the_reference_answers(bench: Bench, model: str):
    figures = measure(bench, shared_path("bench", "models", f"{model}.tflite"))
    assert figures.vectors == 50
    assert figures.run.different == 0


def test_products_take_few_instructions(bench: Bench):
    models = shared_path("bench", "models")
    figures = tuple(measure(bench, models / f"{name}.tflite") for name in PEERS)
    report = Report(bench.target.name, bench.engine_bytes(), figures)
    limit = PRODUCT_INSTRUCTIONS_LIMIT[bench.target.name]
    assert report.instructions_a_product_mac <= limit


def test_the_engine_is_small_and_fast(bench: Bench):
    if bench.target.name != PEERS_TARGET:
        pytest.skip("the peers were measured on another target")
    models = shared_path("bench", "models")
    figures = tuple(measure(bench, models / f"{name}.tflite") for name in PEERS)
    report = Report(bench.target.name, bench.engine_bytes(), figures)
    assert report.engine_bytes <= ENGINE_LIMIT_BYTES
    assert report.ratio <= INSTRUCTIONS_LIMIT
    for each in figures:
        assert each.run.inference < each.peer.instructions
        assert each.arena_bytes <= ARENA_LIMIT * each.peer.arena_bytes
        assert max(each.run.load_stack, each.run.inference_stack) < STACK_LIMIT_BYTES


def test_another_targets_packing_is_refused(bench: Bench):
    """A board has the kernels of its own packing alone."""
    (other,) = (target for target in TARGETS if target != bench.target)
    network = compile_network((GOLDEN / "network.tflite").read_bytes(), COMPILED[other.name])
    job = replace(golden_job("network", bench.target), program=foreign_program(network).to_bytes())
    with pytest.raises(RuntimeError, match="refused"):
        bench.run(job)
