# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told of a network from its design is what the converted network costs."""

from __future__ import annotations

import numpy as np
import pytest

from app.core.model_report import output_count
from app.core.model_spec import LayerSpec, ModelSpec
from app.core.preprocessing import fit_normaliser
from app.core.presets import PRESETS, build_preset
from app.core.training import Normalisation
from app.deploy.compiler.compile import compile_network
from app.deploy.compiler.from_spec import graph_of
from app.deploy.compiler.network import Network
from app.deploy.compiler.targets import TARGETS
from app.ml.batches import Feeder
from app.ml.build import build, seed
from app.ml.convert import convert
from app.ml.train import loss_for
from tests.helpers.toy_data import CHANNELS, WINDOW, dataset

SHAPE = (WINDOW, CHANNELS)
SOFTMAX_TABLE_BYTES = 4 * 256
"""Its length follows from a scale that only the data tells."""
ANSWER = LayerSpec("dense", {"units": None, "activation": None})
STACKS = {
    **{name: build_preset(name, SHAPE) for name in PRESETS},
    "separable": ModelSpec(
        (
            LayerSpec("separable_conv1d", {"filters": 8}),
            LayerSpec("batch_norm"),
            LayerSpec("separable_conv1d", {"strides": 2, "depth_multiplier": 2}),
            LayerSpec("average_pool1d", {"padding": "same"}),
            LayerSpec("conv1d", {"dilation_rate": 3, "activation": "tanh"}),
            LayerSpec("global_max_pool"),
            ANSWER,
        )
    ),
    "image": ModelSpec(
        (
            LayerSpec("reshape"),
            LayerSpec("conv2d", {"filters": 4, "dilation_rate": 2}),
            LayerSpec("max_pool2d", {"pool_width": 1}),
            LayerSpec("conv2d", {"stride_height": 2, "padding": "valid", "kernel_width": 2}),
            LayerSpec("average_pool2d", {"pool_width": 1}),
            LayerSpec("activation", {"activation": "relu"}),
            LayerSpec("global_average_pool"),
            ANSWER,
        )
    ),
    "normalised": ModelSpec(
        (
            LayerSpec("batch_norm"),
            LayerSpec("dense", {"units": 6, "activation": "sigmoid"}),
            LayerSpec("conv1d", {"use_bias": False, "activation": "linear"}),
            LayerSpec("batch_norm"),
            LayerSpec("activation", {"activation": "relu"}),
            LayerSpec("max_pool1d"),
            LayerSpec("batch_norm"),
            LayerSpec("flatten"),
            LayerSpec("dense", {"units": 8}),
            LayerSpec("batch_norm"),
            LayerSpec("dropout"),
            ANSWER,
        )
    ),
}


def layers(network: Network) -> list[tuple[str, int, int, int, int]]:
    """All that costs something, but the size of a softmax's table."""
    return [
        (
            layer.operator,
            layer.output_bytes,
            0 if layer.operator == "SOFTMAX" else layer.flash_bytes,
            layer.arena_bytes,
            layer.macs,
        )
        for layer in network.layers
        if layer.kinds
    ]


@pytest.mark.parametrize("name", STACKS)
def test_a_design_costs_what_the_converted_network_costs(name: str) -> None:
    data, spec = dataset(), STACKS[name]
    seed(1)
    outputs = output_count(data.task, len(data.classes))
    model = build(spec, SHAPE, data.task, outputs)
    rng = np.random.default_rng(1)
    # Biases of zero and a normalisation that does nothing would vanish in the conversion.
    model.set_weights(
        [rng.uniform(0.5, 1, w.shape) if w.ndim == 1 else w for w in model.get_weights()]
    )
    feeder = Feeder(data, fit_normaliser(data, Normalisation.MEAN_STD), loss_for(data.task, None))
    tflite = convert(model, feeder)
    for target in TARGETS.values():
        real = compile_network(tflite, target)
        told = compile_network(graph_of(spec, SHAPE, data.task, outputs), target)
        assert layers(told) == layers(real)
        assert (told.arena_bytes, told.macs) == (real.arena_bytes, real.macs)
        difference = len(told.plan + told.weights) - len(real.plan + real.weights)
        assert abs(difference) <= SOFTMAX_TABLE_BYTES


def test_a_design_that_does_not_hold_together_is_refused() -> None:
    with pytest.raises(ValueError, match="one row"):
        graph_of(ModelSpec((LayerSpec("conv1d"),)), SHAPE, dataset().task, 3)
