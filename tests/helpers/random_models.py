# SPDX-License-Identifier: GPL-3.0-or-later
"""Random small ``.tflite`` files with inputs and the answers of TensorFlow's reference
interpreter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.deploy.compiler.graph import Graph, Padding, Tensor
from tests.helpers.random_networks import KINDS, random_network, with_float_ends
from tests.helpers.tflite_writer import reference_answers, write_tflite

VECTORS = 6
FUSING = ("FULLY_CONNECTED", "CONV_2D", "DEPTHWISE_CONV_2D", "MAX_POOL_2D", "AVERAGE_POOL_2D")
FUSING += ("ADD", "MUL")
"""Operators that have a fused activation."""
SLIDING = ("CONV_2D", "DEPTHWISE_CONV_2D", "MAX_POOL_2D", "AVERAGE_POOL_2D")
WEIGHTED = ("FULLY_CONNECTED", "CONV_2D", "DEPTHWISE_CONV_2D")


@dataclass(frozen=True)
class RandomModel:
    """int8 inputs ``(VECTORS, values)`` and the int8 answers to them."""

    seed: int
    tflite: bytes
    inputs: NDArray[np.int8]
    answers: NDArray[np.int8]


def random_model_graph(seed: int) -> Graph:
    """Each seed has one operator for certain; every fourth network takes and gives floats."""
    graph = random_network(seed, (KINDS[seed % len(KINDS)],))
    return with_float_ends(graph) if seed // len(KINDS) % 4 == 3 else graph


def random_model(seed: int) -> RandomModel:
    graph = random_model_graph(seed)
    entry, exit_ = graph.tensors[graph.inputs[0]], graph.tensors[graph.outputs[0]]
    inputs = _vectors(entry.size, seed)
    tflite = write_tflite(graph)
    if entry.dtype == "float32":
        scale, zero = _quantisation(graph.tensors[graph.operators[0].outputs[0]])
        answers = reference_answers(tflite, ((inputs - np.float32(zero)) * np.float32(scale)))
        scale, zero = _quantisation(graph.tensors[graph.operators[-1].inputs[0]])
        answers = np.rint(answers / np.float32(scale)) + zero
    else:
        answers = reference_answers(tflite, inputs)
    assert exit_.size == answers[0].size
    return RandomModel(seed, tflite, inputs, answers.astype(np.int8).reshape(VECTORS, -1))


def features(graph: Graph) -> Iterator[str]:
    """What one graph tries: operators, fused activations, and how they are used."""
    for operator in graph.operators:
        kind, options = operator.kind, operator.options
        yield kind
        if kind in FUSING:
            yield f"fused {options.activation.value}"
            yield f"{kind} with {options.activation.value}"
        if kind in SLIDING:
            yield f"{kind} padded {options.padding.value}"
            if max(options.stride) > 1:
                yield f"{kind} with strides"
            if max(options.dilation) > 1:
                yield f"{kind} dilated"
            if options.padding is Padding.SAME and max(options.dilation) > 1:
                yield "dilated and padded"
        if kind in WEIGHTED:
            weights = graph.tensors[operator.inputs[1]]
            assert weights.quantisation is not None
            assert weights.data is not None
            per = "channel" if len(weights.quantisation.scales) > 1 else "tensor"
            yield f"{kind} scaled per {per}"
            if weights.data.min() == -128:
                yield f"{kind} with weights of -128"


def counted(seeds: range) -> Counter[str]:
    """How often all graphs together try each of :func:`features`."""
    return Counter(name for seed in seeds for name in features(random_model_graph(seed)))


def _vectors(size: int, seed: int) -> NDArray[np.int8]:
    """Extremes first: all at one end, at the other, each at one of both; then any values."""
    rng = np.random.default_rng(seed)
    values = rng.integers(-128, 128, (VECTORS, size)).astype(np.int8)
    values[0], values[1] = -128, 127
    values[2] = rng.choice(np.array([-128, 127], np.int8), size)
    return values


def _quantisation(tensor: Tensor) -> tuple[float, int]:
    assert tensor.quantisation is not None
    return tensor.quantisation.scales[0], tensor.quantisation.zero_points[0]
