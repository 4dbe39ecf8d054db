# SPDX-License-Identifier: GPL-3.0-or-later
"""Random small models give the bytes of TensorFlow's reference interpreter, on every build of the
engine: WebAssembly, this computer's own in slices, and boards under emulators.

``--random-models 5000`` tries more of them than the suite does.
"""

from __future__ import annotations

import numpy as np
import pytest

from app.deploy.compiler.compile import compile_network
from app.deploy.compiler.operators import OPERATORS
from app.deploy.compiler.targets import TARGETS, Target
from app.deploy.foreign import foreign_program
from app.deploy.wasm_board import WasmBoard
from benchmarks.emulated import Job
from tests.helpers.native_engine import NativeEngine
from tests.helpers.random_models import (
    FUSING,
    SLIDING,
    WEIGHTED,
    RandomModel,
    counted,
    random_model,
)
from tests.helpers.random_networks import KINDS

BLOCK = 45
"""Models in one test."""
EMULATED = 9
"""One in so many runs on the emulated boards too."""
TIMES = 30
ACTIVATIONS = ("NONE", "RELU", "RELU6", "RELU_N1_TO_1")
COUNTED = (
    *KINDS,
    "DEQUANTIZE",
    *(f"fused {name}" for name in ACTIVATIONS),
    *(f"{kind} with {name}" for kind in FUSING for name in ACTIVATIONS),
    *(f"{kind} padded {padding}" for kind in SLIDING for padding in ("SAME", "VALID")),
    *(f"{kind} with strides" for kind in SLIDING),
    *(f"{kind} dilated" for kind in ("CONV_2D", "DEPTHWISE_CONV_2D")),
    "dilated and padded",
    *(f"{kind} scaled per {part}" for kind in WEIGHTED for part in ("channel", "tensor")),
    *(f"{kind} with weights of -128" for kind in WEIGHTED),
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seeds" in metafunc.fixturenames:
        models = metafunc.config.getoption("--random-models")
        blocks = [range(first, first + BLOCK) for first in range(0, models, BLOCK)]
        metafunc.parametrize("seeds", blocks, ids=lambda seeds: f"from {seeds.start}")


def compiled(model: RandomModel, target: Target) -> bytes:
    return foreign_program(compile_network(model.tflite, target)).to_bytes()


def in_slices(library, program: bytes, model: RandomModel) -> np.ndarray:
    native = NativeEngine(library, program)
    assert native.status == 0
    answers = []
    for place, values in enumerate(model.inputs):
        native.start(values)
        while native.step(1 + 40 * place):
            continue
        answers.append(native.output())
    return np.stack(answers)


def test_everything_is_tried_often(request):
    """Each operator, each fused activation, each pair of both, and the ways they are used."""
    assert {*KINDS, "DEQUANTIZE"} == set(OPERATORS)
    found = counted(range(request.config.getoption("--random-models")))
    assert {name: found[name] for name in COUNTED if found[name] < TIMES} == {}


def test_random_models_give_the_reference_bytes(seeds, library):
    different = []
    for model in map(random_model, seeds):
        for target in TARGETS.values():
            program = compiled(model, target)
            answers = WasmBoard(program).run(model.inputs), in_slices(library, program, model)
            if not all(np.array_equal(found, model.answers) for found in answers):
                different.append((model.seed, target.name))
    assert different == []


def test_random_models_give_the_reference_bytes_on_emulated_boards(seeds, bench):
    different = []
    for model in map(random_model, seeds[::EMULATED]):
        program = compiled(model, TARGETS[bench.target.name])
        if bench.run(Job(program, model.inputs, model.answers)).different:
            different.append(model.seed)
    assert different == []
