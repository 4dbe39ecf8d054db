# SPDX-License-Identifier: GPL-3.0-or-later
"""int8 on the PC: the bytes of TensorFlow's reference kernels, whatever a program is packed for."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import ModelError
from app.core.preprocessing import FixedPointScaling
from app.deploy import engine as engine_module
from app.deploy.compiler.targets import TARGETS
from app.deploy.engine import Engine
from tests.helpers.golden_programs import (
    BENCH_MODELS,
    NAMES,
    bench_program,
    bench_vectors,
    golden_program,
    golden_vectors,
)

PROGRAM = golden_program("network")
VECTORS = golden_vectors("network")


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", NAMES)
def test_golden_windows_give_the_golden_bytes(name, target):
    vectors = golden_vectors(name)
    engine = Engine(golden_program(name, target))
    np.testing.assert_array_equal(engine.quantise(vectors.windows), vectors.inputs)
    np.testing.assert_array_equal(engine.run_all(vectors.windows), vectors.outputs)
    np.testing.assert_array_equal(engine.run(vectors.windows[3]), vectors.outputs[3])
    np.testing.assert_array_equal(engine.run_quantised(vectors.inputs[5]), vectors.outputs[5])


def test_golden_answers_are_not_all_alike():
    assert set(PROGRAM.output.decide(VECTORS.outputs).tolist()) == {0, 1, 2}


@pytest.mark.shared_data
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", BENCH_MODELS)
def test_bench_models_give_tensorflows_reference_bytes(name, target):
    inputs, outputs = bench_vectors(name)
    engine = Engine(bench_program(name, target))
    np.testing.assert_array_equal(engine.run_all_quantised(inputs), outputs)


def test_an_answer_is_not_overwritten_by_the_next():
    engine = Engine(PROGRAM)
    first = engine.run(VECTORS.windows[0])
    kept = first.copy()
    engine.run(VECTORS.windows[1])
    np.testing.assert_array_equal(first, kept)


def test_engines_share_nothing():
    one, other = Engine(PROGRAM), Engine(golden_program("gate"))
    before = one.run(VECTORS.windows[0])
    other.run(golden_vectors("gate").windows[0])
    np.testing.assert_array_equal(one.run(VECTORS.windows[0]), before)


def test_no_windows_give_no_answers():
    assert Engine(PROGRAM).run_all(np.empty((0, 16, 3), np.float32)).shape == (0, 3)


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_many_windows_keep_their_order_however_they_are_shared(monkeypatch, threads):
    """More than fit into one call, too."""
    monkeypatch.setattr(engine_module, "THREADS", threads)
    times = 1500
    windows = np.tile(VECTORS.windows, (times, 1, 1))
    answers = Engine(PROGRAM).run_all(windows)
    np.testing.assert_array_equal(answers, np.tile(VECTORS.outputs, (times, 1)))


@st.composite
def scalings(draw):
    channels = 3
    columns = [
        draw(st.lists(values, min_size=channels, max_size=channels))
        for values in (
            st.integers(-(1 << 30), 1 << 30),
            st.integers(1 << 30, (1 << 31) - 1),
            st.integers(-8, 60),
            st.integers(0, 62),
        )
    ]
    return FixedPointScaling(*map(tuple, columns))


@given(
    scalings(),
    st.lists(st.integers(0, 2**32 - 1), min_size=48, max_size=48),
    st.integers(-128, 127),
)
def test_the_engine_quantises_as_python_does(scaling, bits, zero_point):
    source = dataclasses.replace(PROGRAM.input, scaling=scaling, zero_point=zero_point)
    window = np.array(bits, np.uint32).view(np.float32).reshape(16, 3)
    quantised = Engine(dataclasses.replace(PROGRAM, input=source)).quantise(window)
    np.testing.assert_array_equal(quantised, scaling.quantise(window, zero_point))


@pytest.mark.parametrize("fraction_bits", [-8, -1, 0, 1, 29, 60])
def test_the_engine_quantises_floats_at_every_edge_as_python_does(fraction_bits):
    """Halves, what saturates, denormals, infinities and no numbers, of all exponents."""
    exponents = np.arange(256, dtype=np.uint32) << 23
    fractions = np.array([0, 1, 0x3FFFFF, 0x400000, 0x400001, 0x7FFFFF], np.uint32)
    positive = (exponents[:, None] | fractions).reshape(-1)
    floats = np.concatenate([positive, positive | np.uint32(1 << 31)]).view(np.float32)
    # Steps of one unit of the fixed point around 0, then as coarse as all of its range.
    for shift in (30, 53):
        scaling = FixedPointScaling((0,) * 3, (1 << 30,) * 3, (fraction_bits,) * 3, (shift,) * 3)
        program = dataclasses.replace(
            PROGRAM, input=dataclasses.replace(PROGRAM.input, scaling=scaling)
        )
        windows = floats.reshape(-1, 16, 3)
        quantised = Engine(program).quantise(windows)
        expected = scaling.quantise(windows, program.input.zero_point)
        np.testing.assert_array_equal(quantised, expected)


def test_a_window_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="expected windows of shape"):
        Engine(PROGRAM).run(np.zeros((3, 16), np.float32))
    with pytest.raises(ValueError, match="expected int8 values"):
        Engine(PROGRAM).run_quantised(np.zeros(48, np.uint8))


def test_a_network_of_another_size_than_its_window_is_refused():
    program = dataclasses.replace(
        PROGRAM, input=dataclasses.replace(PROGRAM.input, window=PROGRAM.input.window + 1)
    )
    with pytest.raises(ModelError, match="takes 48 values, a window has 51"):
        Engine(program)


def test_a_plan_that_leaves_its_memory_is_refused():
    program = dataclasses.replace(PROGRAM, weights=PROGRAM.weights[:-16])
    with pytest.raises(ModelError, match="An operator would leave its memory"):
        Engine(program)


def test_the_runtime_is_imported_with_the_first_engine():
    code = "import app.deploy.engine, sys; sys.exit('wasmtime' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
