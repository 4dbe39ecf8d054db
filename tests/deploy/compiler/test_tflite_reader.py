# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading a ``.tflite``: what was written comes back, and one plain refusal for everything else."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import ModelError
from app.deploy.compiler.compile import compile_network
from app.deploy.compiler.graph import Graph, Operator, Options, Tensor
from app.deploy.compiler.network import Network
from app.deploy.compiler.targets import CORTEX_M4F
from app.deploy.compiler.tflite_reader import read_graph
from tests.helpers.random_operators import GENERATORS, random_graph
from tests.helpers.tflite_writer import int8, write_tflite

NETWORK = (Path(__file__).parents[2] / "data" / "program" / "network.tflite").read_bytes()


def assert_alike(found: Tensor, expected: Tensor) -> None:
    for field in fields(Tensor):
        if field.name != "data":
            assert getattr(found, field.name) == getattr(expected, field.name)
    if expected.data is None:
        assert found.data is None
    else:
        np.testing.assert_array_equal(found.data, expected.data, strict=True)


@pytest.mark.parametrize("kind", GENERATORS)
@pytest.mark.parametrize("seed", [1, 2])
def test_what_was_written_is_read(kind, seed):
    graph = random_graph(kind, seed)
    found = read_graph(write_tflite(graph))
    assert (found.inputs, found.outputs) == (graph.inputs, graph.outputs)
    for tensor, expected in zip(found.tensors, graph.tensors, strict=True):
        assert_alike(tensor, expected)
    (operator,), (expected,) = found.operators, graph.operators
    assert (operator.kind, operator.inputs, operator.outputs) == (
        expected.kind,
        expected.inputs,
        expected.outputs,
    )
    written = expected.options
    defaults = Options()
    for field in fields(Options):
        value = getattr(operator.options, field.name)
        assert value in (getattr(written, field.name), getattr(defaults, field.name))
    assert operator.options.activation == written.activation


def test_options_that_are_not_the_defaults_are_read():
    """Each option of a kind that has it, all at once unlike the default."""
    told = {
        "SOFTMAX": {"beta": 0.5},
        "LEAKY_RELU": {"alpha": 0.25},
        "CONCATENATION": {"axis": 1},
        "MEAN": {"keep_dims": True},
        "MAX_POOL_2D": {"window": (2, 3), "stride": (4, 5)},
        "CONV_2D": {"stride": (2, 3), "dilation": (4, 5)},
    }
    for kind, values in told.items():
        operator = Operator(kind, (0,), (1,), Options(**values))
        graph = Graph((int8("x", (1, 4)), int8("y", (1, 4))), (operator,), (0,), (1,))
        (found,) = read_graph(write_tflite(graph)).operators
        assert found == operator


def test_an_operator_that_nobody_knows_keeps_its_number_or_name():
    graph = Graph(
        (int8("x", (1, 4)), int8("y", (1, 4))), (Operator("CUSTOM", (0,), (1,)),), (0,), (1,)
    )
    assert read_graph(write_tflite(graph)).operators[0].kind == "CUSTOM"


@pytest.mark.parametrize(
    "content", [b"", b"TFL3", b"\0" * 100, b"\0\0\0\0TFL3", b"TWBP" * 9, NETWORK[:1000]]
)
def test_what_is_no_network_is_refused(content):
    with pytest.raises(ModelError, match="cannot be put on a board"):
        read_graph(content)


def graph_with(tensor: Tensor) -> Graph:
    return Graph((tensor, int8("y", (1, 4))), (Operator("RELU", (0,), (1,)),), (0,), (1,))


@pytest.mark.parametrize(
    ("graph", "reason"),
    [
        (graph_with(int8("x", (1, 0))), "type or size no board can hold"),
        (graph_with(int8("x", (1, 1 << 16, 1 << 16))), "type or size no board can hold"),
        (graph_with(int8("x", (1,) * 9)), "type or size no board can hold"),
        (graph_with(Tensor("x", (1, 4), "complex64")), "type or size no board can hold"),
        (
            graph_with(Tensor("x", (1, 4), "int8", None, np.zeros((1, 5), np.int8))),
            "another size than its shape",
        ),
        (
            Graph((int8("x", (1, 4)),), (Operator("RELU", (0,), (7,)),), (0,), (0,)),
            "a tensor is missing",
        ),
        (
            Graph((int8("x", (1, 4)),), (Operator("RELU", (-2,), (0,)),), (0,), (0,)),
            "a tensor is missing",
        ),
        (Graph((int8("x", (1, 4)),), (Operator("RELU", (0,), ()),), (0,), (0,)), "no output"),
    ],
)
def test_what_does_not_hold_together_is_refused(graph, reason):
    with pytest.raises(ModelError, match=reason):
        read_graph(write_tflite(graph))


@given(st.lists(st.tuples(st.integers(0, len(NETWORK) - 1), st.integers(0, 255)), max_size=4))
@settings(max_examples=200)
def test_a_damaged_network_is_refused_or_compiled(changes):
    damaged = bytearray(NETWORK)
    for place, value in changes:
        damaged[place] = value
    try:
        network = compile_network(bytes(damaged), CORTEX_M4F)
    except ModelError:
        return
    assert isinstance(network, Network)
