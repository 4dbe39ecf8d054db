# SPDX-License-Identifier: GPL-3.0-or-later
"""int8 on the PC: the bytes of TensorFlow's reference kernels, and no crash on what is no model."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from app.core.errors import ModelError
from app.core.preprocessing import Normaliser
from app.core.recording import Channel
from app.core.training import Task
from app.deploy.engine import Engine
from app.deploy.program import BoardProgram, compile_program
from app.deploy.tflite import read_network
from tests.helpers.shared_data import shared_path

GOLDEN = Path(__file__).parents[1] / "data" / "program"
PROGRAM = BoardProgram.parse((GOLDEN / "network-generic.bin").read_bytes())


@pytest.fixture(scope="module")
def vectors():
    """Windows ``(n, 16, 3)``, int8 inputs ``(n, 16, 3)``, int8 outputs ``(n, 3)``."""
    entries = json.loads((GOLDEN / "network.json").read_text())
    bits = np.array([[int(word, 16) for word in entry["window"]] for entry in entries], np.uint32)
    return (
        bits.view(np.float32).reshape(-1, 16, 3),
        np.array([entry["input"] for entry in entries], np.int8).reshape(-1, 16, 3),
        np.array([entry["output"] for entry in entries], np.int8),
    )


def test_golden_windows_give_the_golden_bytes(vectors):
    windows, inputs, outputs = vectors
    engine = Engine(PROGRAM)
    np.testing.assert_array_equal(engine.quantise(windows), inputs)
    np.testing.assert_array_equal(engine.run_all(windows), outputs)
    np.testing.assert_array_equal(engine.run(windows[3]), outputs[3])
    np.testing.assert_array_equal(engine.run_quantised(inputs[5]), outputs[5])


def test_golden_answers_are_not_all_alike(vectors):
    assert set(PROGRAM.output.decide(vectors[2]).tolist()) == {0, 1, 2}


def test_an_answer_is_not_overwritten_by_the_next(vectors):
    engine = Engine(PROGRAM)
    first = engine.run(vectors[0][0])
    kept = first.copy()
    engine.run(vectors[0][1])
    np.testing.assert_array_equal(first, kept)


def test_no_windows_give_no_answers():
    assert Engine(PROGRAM).run_all([]).shape == (0, 3)


@pytest.mark.shared_data
@pytest.mark.parametrize("name", ["M1", "M2", "M3", "M4", "M5", "M6"])
def test_bench_models_give_tensorflows_reference_bytes(name):
    network = shared_path("bench", "models", f"{name}.tflite").read_bytes()
    with np.load(shared_path("bench", "models", f"{name}_check.npz")) as check:
        inputs, expected = check["x"], check["y_ref"]
    values = int(np.prod(read_network(network).input_shape))
    engine = Engine(
        compile_program(
            network,
            (Channel("x"),),
            1.0,
            values,
            Normaliser((0.0,), (1.0,), (1.0,)),
            Task.MULTICLASS,
            tuple(f"class {n}" for n in range(read_network(network).outputs)),
        )
    )
    outputs = np.stack([engine.run_quantised(x) for x in inputs])
    np.testing.assert_array_equal(outputs, expected.reshape(outputs.shape))


def test_a_window_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="expected windows of shape"):
        Engine(PROGRAM).run(np.zeros((3, 16), np.float32))


def test_a_network_of_another_size_than_its_window_is_refused():
    program = dataclasses.replace(
        PROGRAM, input=dataclasses.replace(PROGRAM.input, window=PROGRAM.input.window + 1)
    )
    with pytest.raises(ModelError, match="takes 48 values, a window has 51"):
        Engine(program)


@pytest.mark.parametrize("network", [b"", b"\0\0\0\0TFL3", b"not a network at all"])
def test_what_is_no_network_is_refused(network):
    with pytest.raises(ModelError, match="cannot be put on a board"):
        Engine(dataclasses.replace(PROGRAM, network=network))
