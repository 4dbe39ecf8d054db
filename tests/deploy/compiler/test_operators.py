# SPDX-License-Identifier: GPL-3.0-or-later
"""Every operator, drawn at random, gives the bytes of TensorFlow's reference interpreter; what a
board cannot run is refused by name."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.core.errors import ModelError
from app.deploy.compiler.compile import compile_network
from app.deploy.compiler.graph import Activation, Graph, Operator, Options, Tensor
from app.deploy.compiler.operators import OPERATORS
from app.deploy.compiler.targets import ESP32, GENERIC, TARGETS
from tests.helpers.plan_interpreter import PlanInterpreter
from tests.helpers.random_operators import GENERATORS, random_graph, random_inputs
from tests.helpers.tflite_writer import constant, int8, reference_answers, write_tflite

RENAMING = {"RESHAPE", "EXPAND_DIMS", "SQUEEZE", "DEQUANTIZE"}
GRAPHS_AN_OPERATOR = 12


def answers(network, inputs):
    interpreter = PlanInterpreter(network)
    return np.stack([interpreter.run(values) for values in inputs])


def test_every_operator_that_computes_is_drawn():
    assert set(GENERATORS) == set(OPERATORS) - RENAMING


@pytest.mark.parametrize("kind", GENERATORS)
def test_an_operator_gives_the_reference_bytes(kind):
    for seed in range(GRAPHS_AN_OPERATOR):
        graph = random_graph(kind, seed)
        inputs = random_inputs(graph, 5, seed)
        expected = reference_answers(write_tflite(graph), inputs)
        found = answers(compile_network(graph, GENERIC), inputs)
        np.testing.assert_array_equal(found, expected.reshape(found.shape), f"seed {seed}")


@pytest.mark.parametrize("kind", GENERATORS)
def test_every_target_has_the_same_plan_but_for_packing(kind):
    graph = random_graph(kind, 1)
    networks = [compile_network(graph, target) for target in TARGETS.values()]
    assert len({network.arena_bytes for network in networks}) == 1
    assert len({tuple(layer.kinds for layer in network.layers) for network in networks}) == 1


def chain(*operators: Operator, tensors: tuple[Tensor, ...]) -> Graph:
    return Graph(tensors, operators, (0,), operators[-1].outputs)


def test_reshapes_cost_nothing():
    graph = chain(
        Operator("EXPAND_DIMS", (0, 3), (1,)),
        Operator("RELU", (1,), (2,)),
        Operator("SQUEEZE", (2,), (4,)),
        tensors=(
            int8("x", (1, 6)),
            int8("wide", (1, 1, 6)),
            int8("positive", (1, 1, 6)),
            constant("axis", np.array([1], np.int32)),
            int8("y", (1, 6)),
        ),
    )
    network = compile_network(graph, GENERIC)
    assert [layer.kinds for layer in network.layers] == [(), ("TABLE",), ()]
    assert [layer.flash_bytes > 0 for layer in network.layers] == [False, True, False]
    inputs = np.array([[-3, -2, -1, 0, 1, 2]], np.int8)
    np.testing.assert_array_equal(answers(network, inputs), np.maximum(inputs, 0))


def test_two_branches_and_a_residual_give_the_reference_bytes():
    rng = np.random.default_rng(4)
    weights = rng.integers(-127, 128, (4, 1, 3, 4)).astype(np.int8)
    conv = Options(activation=Activation.RELU)
    conv = replace(conv, padding=type(conv.padding).SAME)
    graph = chain(
        Operator("CONV_2D", (0, 1, 2), (3,), conv),
        Operator("ADD", (0, 3), (4,)),
        Operator("CONCATENATION", (4, 0), (5,), Options(axis=3)),
        Operator("MEAN", (5, 6), (7,)),
        tensors=(
            int8("x", (1, 1, 9, 4), 0.05, 3),
            constant("w", weights, (0.01, 0.02, 0.005, 0.01)),
            constant("b", np.arange(4).astype(np.int32), (0.0005, 0.001, 0.00025, 0.0005)),
            int8("conv", (1, 1, 9, 4), 0.1, -128),
            int8("sum", (1, 1, 9, 4), 0.05, 3),
            int8("both", (1, 1, 9, 8), 0.05, 3),
            constant("axes", np.array([1, 2], np.int32)),
            int8("y", (1, 8), 0.04, -7),
        ),
    )
    inputs = random_inputs(graph, 20, 2)
    expected = reference_answers(write_tflite(graph), inputs)
    found = answers(compile_network(graph, GENERIC), inputs)
    np.testing.assert_array_equal(found, expected)


REFUSED = {
    "unknown": (Operator("GELU", (0,), (1,)), "Use ReLU or LeakyReLU instead"),
    "dynamic": (Operator("FULLY_CONNECTED", (0, 0, -1), (1,)), "“x” must be a constant"),
    "tanh": (
        Operator("ADD", (0, 0), (1,), Options(activation=Activation.TANH)),
        "The activation TANH cannot be fused",
    ),
    "resized": (Operator("RESHAPE", (0,), (2,)), "another size than its input"),
    "requantised": (Operator("PAD", (0, 3), (1,)), "not quantised alike"),
    "float": (Operator("RELU", (4,), (1,)), "“float” is float32, not quantised int8"),
    "dequantised": (Operator("DEQUANTIZE", (0,), (4,)), "into floating point within the network"),
    "later": (Operator("RELU", (1,), (1,)), "“layer/name” is a constant or not computed before"),
    "bare": (Operator("SOFTMAX", (0,), (1,)), "not quantised in 256 steps from 0 to 1"),
    "cornered": (Operator("MEAN", (5, 3), (1,)), "axes that do not lie side by side"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_a_board_cannot_run_is_refused_by_its_layer(case):
    operator, reason = REFUSED[case]
    tensors = (
        int8("x", (1, 6)),
        int8("layer/name", (1, 6), 0.2),
        int8("longer", (1, 7)),
        constant("axes", np.array([0, 0, 0, 0] if case == "requantised" else [1, 3], np.int32)),
        Tensor("float", (1, 6), "float32"),
        int8("image", (1, 2, 6, 2)),
    )
    graph = Graph(tensors, (operator,), (5 if case == "cornered" else 0,), (1,))
    with pytest.raises(ModelError, match=reason) as refusal:
        compile_network(graph, GENERIC)
    name = tensors[operator.outputs[0]].name
    assert f"“{name}” ({operator.kind}) cannot run on a board" in str(refusal.value)


def dense(weights, bias=None, in_scale=1.0, out_scale=1.0) -> Graph:
    tensors = [
        int8("x", (1, weights.shape[1]), in_scale),
        constant("w", weights, (1.0,)),
        int8("y", (1, weights.shape[0]), out_scale),
    ]
    if bias is not None:
        tensors.append(constant("b", bias, (1.0,)))
    inputs = (0, 1, -1 if bias is None else 3)
    return chain(Operator("FULLY_CONNECTED", inputs, (2,)), tensors=tuple(tensors))


def test_sums_that_could_overflow_are_refused():
    weights = np.full((1, 4), 127, np.int8)
    largest = 4 * 127 * 127
    fits = np.array([(1 << 30) - 1 - largest], np.int32)
    compile_network(dense(weights, fits, out_scale=2.0), GENERIC)
    with pytest.raises(ModelError, match="larger than 32 bits hold"):
        compile_network(dense(weights, fits + np.int32(1), out_scale=2.0), GENERIC)
    with pytest.raises(ModelError, match="larger than 32 bits hold"):
        compile_network(dense(weights, out_scale=2.0**-15), GENERIC)


def test_a_weight_of_minus_128_is_packed_in_rows_for_the_cortex():
    plain, wide = (
        compile_network(dense(np.array([[1, low]], np.int8)), TARGETS["cortex-m4f"])
        for low in (-127, -128)
    )
    assert len(plain.weights) > len(wide.weights)
    assert plain.plan[21] == 1
    assert wide.plan[21] == 0


def test_equal_constants_are_kept_once():
    function = Operator("LOGISTIC", (0,), (1,))
    tensors = (
        int8("x", (1, 6), 1 / 256, -128),
        int8("a", (1, 6), 1 / 256, -128),
        int8("b", (1, 6), 1 / 256, -128),
    )
    graph = chain(function, Operator("LOGISTIC", (1,), (2,)), tensors=tensors)
    network = compile_network(graph, ESP32)
    assert [layer.table_bytes for layer in network.layers] == [256, 0]
    assert len(network.weights) == 256
