# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole networks: the reference bytes, exact figures, and the ways in and out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.core.errors import ModelError
from app.deploy.compiler.compile import compile_network
from app.deploy.compiler.graph import Graph, Operator, Tensor
from app.deploy.compiler.records import Plan
from app.deploy.compiler.targets import GENERIC, TARGETS
from tests.helpers.plan_interpreter import PlanInterpreter
from tests.helpers.shared_data import shared_path
from tests.helpers.tflite_writer import constant, int8, reference_answers, write_tflite

NETWORK = (Path(__file__).parents[2] / "data" / "program" / "network.tflite").read_bytes()
PEERS_ARENA = {"M1": 1236, "M2": 2356, "M3": 4788, "M4": 4660, "M5": 7252, "M6": 5188}
"""Bytes that TensorFlow Lite Micro takes for the same networks."""
MACS = {"M1": 1440, "M2": 40608, "M3": 181408, "M4": 83136, "M5": 54176, "M6": 76096}


@pytest.mark.shared_data
@pytest.mark.parametrize("name", MACS)
def test_bench_models_give_tensorflows_reference_bytes(name):
    network = compile_network(
        shared_path("bench", "models", f"{name}.tflite").read_bytes(), GENERIC
    )
    with np.load(shared_path("bench", "models", f"{name}_check.npz")) as check:
        inputs, expected = check["x"], check["y_ref"]
    interpreter = PlanInterpreter(network)
    found = np.stack([interpreter.run(values) for values in inputs])
    np.testing.assert_array_equal(found, expected.reshape(found.shape))
    assert network.macs == MACS[name]
    assert network.arena_bytes <= 0.75 * PEERS_ARENA[name]


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_layers_add_up_to_the_sections(target):
    network = compile_network(NETWORK, target)
    layers = network.layers
    assert sum(layer.weight_bytes + layer.table_bytes for layer in layers) == len(network.weights)
    records = Plan.decode(network.plan).records
    assert sum(layer.record_bytes for layer in layers) == sum(record.size for record in records)
    assert [kind for layer in layers for kind in layer.kinds] == [r.kind.name for r in records]
    assert max(layer.arena_bytes for layer in layers) <= network.arena_bytes
    assert network.arena_bytes % 16 == 0


def test_a_network_says_what_goes_in_and_out():
    network = compile_network(NETWORK, GENERIC)
    plan = Plan.decode(network.plan)
    assert network.input.shape == (16, 3)
    assert network.output.shape == (3,)
    assert plan.input_bytes == network.input.size == 48
    assert plan.output_bytes == network.output.size == 3
    assert (network.output.scale, network.output.zero_point) == (1 / 256, -128)


def in_floats(first: int = 1) -> Graph:
    """x → QUANTIZE → RELU → DEQUANTIZE → y."""
    tensors = (
        Tensor("x", (1, 6), "float32"),
        int8("inside", (1, 6), 0.5, 3),
        int8("positive", (1, 6), 0.25, -100),
        Tensor("y", (1, 6), "float32"),
    )
    operators = (
        Operator("QUANTIZE", (0,), (1,)),
        Operator("RELU", (first,), (2,)),
        Operator("DEQUANTIZE", (2,), (3,)),
    )
    return Graph(tensors, operators, (0,), (3,))


def test_floating_point_at_both_ends_is_left_to_the_caller():
    graph = in_floats()
    network = compile_network(write_tflite(graph), GENERIC)
    assert (network.input.scale, network.input.zero_point) == (0.5, 3)
    assert (network.output.scale, network.output.zero_point) == (0.25, -100)
    assert [layer.kinds for layer in network.layers] == [(), ("TABLE",), ()]
    values = np.array([[-3, -0.5, 0, 0.5, 20, 100]], np.float32)
    found = PlanInterpreter(network).run((values / 0.5 + 3).clip(-128, 127).astype(np.int8))
    expected = reference_answers(write_tflite(graph), values)[0]
    np.testing.assert_array_equal((found.astype(float) + 100) * 0.25, expected)


def test_floating_point_in_the_midst_is_refused():
    graph = in_floats()
    back = Operator("QUANTIZE", (3,), (4,))
    tensors = (*graph.tensors, int8("again", (1, 6)))
    looped = Graph(tensors, (*graph.operators, back), (0,), (4,))
    with pytest.raises(ModelError, match=r"“y” .DEQUANTIZE. .* within the network"):
        compile_network(looped, GENERIC)


def test_shapes_that_are_computed_are_passed_over():
    tensors = (
        int8("x", (1, 2, 3)),
        Tensor("shape", (3,), "int32"),
        constant("begin", np.array([0], np.int32)),
        constant("end", np.array([1], np.int32)),
        constant("step", np.array([1], np.int32)),
        Tensor("batch", (1,), "int32"),
        constant("rest", np.array([6], np.int32)),
        Tensor("wanted", (2,), "int32"),
        int8("y", (1, 6)),
        int8("z", (1, 6)),
    )
    operators = (
        Operator("SHAPE", (0,), (1,)),
        Operator("STRIDED_SLICE", (1, 2, 3, 4), (5,)),
        Operator("PACK", (5, 6), (7,)),
        Operator("RESHAPE", (0, 7), (8,)),
        Operator("RELU", (8,), (9,)),
    )
    network = compile_network(Graph(tensors, operators, (0,), (9,)), GENERIC)
    assert [layer.kinds for layer in network.layers] == [(), (), (), (), ("TABLE",)]
    values = np.array([-2, -1, 0, 1, 2, 3], np.int8)
    np.testing.assert_array_equal(PlanInterpreter(network).run(values), values.clip(0))


def test_a_network_that_only_renames_answers_its_input():
    graph = Graph(
        (int8("x", (1, 2, 3)), int8("y", (1, 6))), (Operator("RESHAPE", (0,), (1,)),), (0,), (1,)
    )
    network = compile_network(graph, GENERIC)
    values = np.arange(6, dtype=np.int8)
    np.testing.assert_array_equal(PlanInterpreter(network).run(values), values)


def test_an_output_that_is_read_again_is_kept():
    """The answer lives to the end, though another operator reads it in between."""
    tensors = (int8("x", (1, 6)), int8("y", (1, 6)), int8("unused", (1, 6), 0.2))
    operators = (Operator("RELU", (0,), (1,)), Operator("RELU", (1,), (2,)))
    network = compile_network(Graph(tensors, operators, (0,), (1,)), GENERIC)
    values = np.array([-2, -1, 0, 1, 2, 3], np.int8)
    np.testing.assert_array_equal(PlanInterpreter(network).run(values), values.clip(0))


REFUSED = {
    "two inputs": (lambda g: replace(g, inputs=(0, 1)), "one input and one output"),
    "no output": (lambda g: replace(g, outputs=()), "one input and one output"),
    "a batch": (
        lambda g: replace(g, tensors=(int8("x", (2, 6)), int8("y", (2, 6)))),
        "with a batch of one",
    ),
    "float": (
        lambda g: replace(g, tensors=tuple(Tensor(n, (1, 6), "float32") for n in "xy")),
        "not quantised int8",
    ),
    "scale": (
        lambda g: replace(g, tensors=(int8("x", (1, 6), 0.0), g.tensors[1])),
        "out of range",
    ),
    "zero point": (
        lambda g: replace(g, tensors=(int8("x", (1, 6), 1.0, 300), g.tensors[1])),
        "out of range",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_no_board_can_run_is_refused(case):
    change, reason = REFUSED[case]
    graph = Graph(
        (int8("x", (1, 6)), int8("y", (1, 6))), (Operator("RELU", (0,), (1,)),), (0,), (1,)
    )
    compile_network(graph, GENERIC)
    with pytest.raises(ModelError, match=reason):
        compile_network(change(graph), GENERIC)
