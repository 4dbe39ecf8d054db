# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading a ``.tflite``: right numbers for real ones, one plain refusal for everything else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import ModelError
from app.deploy.tflite import Lifetime, Network, open_interpreter, plan_arena, read_network
from tests.helpers.shared_data import shared_path

NETWORK = (Path(__file__).parents[1] / "data" / "program" / "network.tflite").read_bytes()


def test_shapes_and_quantisation_are_the_interpreters():
    network = read_network(NETWORK)
    interpreter = open_interpreter(NETWORK)
    (entry,), (exit_,) = interpreter.get_input_details(), interpreter.get_output_details()
    assert network.input_shape == tuple(entry["shape"][1:]) == (16, 3)
    assert network.output_shape == tuple(exit_["shape"][1:]) == (3,)
    assert (network.input.scale, network.input.zero_point) == entry["quantization"]
    assert (network.output.scale, network.output.zero_point) == exit_["quantization"]


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "input_shape", "outputs"),
    [
        ("M1", (60,), 4),
        ("M2", (600,), 5),
        ("M3", (100, 6), 5),
        ("M4", (128, 3), 6),
        ("M5", (128, 6), 5),
        ("M6", (49, 10, 1), 4),
    ],
)
def test_bench_models_are_read(name, input_shape, outputs):
    network = read_network(shared_path("bench", "models", f"{name}.tflite").read_bytes())
    assert network.input_shape == input_shape
    assert network.outputs == outputs
    assert np.prod(input_shape) <= network.arena_bytes < 10_000


def test_arena_shares_memory_between_tensors_that_never_meet():
    chain = [Lifetime(100, 0, 0), Lifetime(64, 0, 1), Lifetime(100, 1, 2), Lifetime(16, 2, 2)]
    assert plan_arena(chain) == 112 + 64
    assert plan_arena([]) == 0


@given(
    st.lists(
        st.builds(
            lambda size, first, length: Lifetime(size, first, first + length),
            st.integers(1, 200),
            st.integers(0, 8),
            st.integers(0, 8),
        ),
        max_size=12,
    )
)
@settings(max_examples=100)
def test_arena_lies_between_the_busiest_moment_and_no_sharing(lifetimes):
    arena = plan_arena(lifetimes)
    busiest = max(
        (sum(t.size for t in lifetimes if t.first <= s <= t.last) for s in range(20)), default=0
    )
    assert busiest <= arena <= sum(-(-t.size // 16) * 16 for t in lifetimes)


@pytest.mark.parametrize("content", [b"", b"TFL3", b"\0" * 100, b"\0\0\0\0TFL3", NETWORK[:1000]])
def test_what_is_no_network_is_refused(content):
    with pytest.raises(ModelError, match="cannot be put on a board"):
        read_network(content)


@given(st.lists(st.tuples(st.integers(0, len(NETWORK) - 1), st.integers(0, 255)), max_size=4))
@settings(max_examples=200)
def test_a_damaged_network_is_refused_or_read(changes):
    damaged = bytearray(NETWORK)
    for place, value in changes:
        damaged[place] = value
    try:
        network = read_network(bytes(damaged))
    except ModelError:
        return
    assert isinstance(network, Network)
