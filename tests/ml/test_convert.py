# SPDX-License-Identifier: GPL-3.0-or-later
"""Conversion to int8: what it is fed with, and that the outcome answers as the float model does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.core.dataset import Dataset
from app.core.model_report import output_count
from app.core.model_spec import LayerSpec, ModelSpec
from app.core.preprocessing import fit_normaliser
from app.core.presets import PRESETS, build_preset
from app.core.recording import Part
from app.core.training import Normalisation, Task, TrainingConfig
from app.deploy.compiler.compile import compile_network
from app.deploy.compiler.targets import GENERIC
from app.deploy.engine import Engine
from app.deploy.program import compile_program
from app.ml.batches import Feeder
from app.ml.build import build, seed
from app.ml.convert import convert, representative_windows
from app.ml.evaluate import answer_in_float, answer_in_int8
from app.ml.train import compile_model, loss_for, train
from tests.helpers.tflite_writer import reference_answers
from tests.helpers.toy_data import CHANNELS, RATE_HZ, WINDOW, dataset
from tests.ml.test_train import QUICK, Watcher

ANSWER = LayerSpec("dense", {"units": None, "activation": None})
EVERY_LAYER = {
    "separable": (
        LayerSpec("separable_conv1d", {"filters": 8}),
        LayerSpec("average_pool1d"),
        LayerSpec("flatten"),
        ANSWER,
    ),
    "image": (
        LayerSpec("reshape"),
        LayerSpec("conv2d", {"filters": 4}),
        LayerSpec("max_pool2d", {"pool_width": 1}),
        LayerSpec("average_pool2d", {"pool_width": 1}),
        LayerSpec("global_average_pool"),
        ANSWER,
    ),
    "functions": (
        LayerSpec("conv1d", {"activation": "tanh", "strides": 2}),
        LayerSpec("conv1d", {"activation": "sigmoid", "dilation_rate": 2}),
        LayerSpec("batch_norm"),
        LayerSpec("activation", {"activation": "relu"}),
        LayerSpec("dropout"),
        LayerSpec("global_max_pool"),
        ANSWER,
    ),
}


def quickly_trained(data: Dataset, spec: ModelSpec, config: TrainingConfig) -> tuple[Any, Feeder]:
    seed(1)
    model = build(spec, data.input_shape, data.task, output_count(data.task, len(data.classes)))
    feeder = Feeder(data, fit_normaliser(data, Normalisation.MEAN_STD), loss_for(data.task, None))
    compile_model(model, data.task, config)
    train(model, feeder, config, Watcher())
    return model, feeder


def engine_of(tflite: bytes, feeder: Feeder) -> Engine:
    data = feeder.dataset
    return Engine(
        compile_program(
            tflite, data.channels, RATE_HZ, WINDOW, feeder.normaliser, data.task, data.classes
        )
    )


def both_answers(data: Dataset, spec: ModelSpec) -> tuple[np.ndarray, np.ndarray]:
    model, feeder = quickly_trained(data, spec, replace(QUICK, epochs=12))
    tflite = convert(model, feeder)
    engine = engine_of(tflite, feeder)
    test = data.indices[Part.TEST]
    inputs = engine.quantise(data.gather(test))
    reference = reference_answers(tflite, inputs).reshape(len(test), -1)
    np.testing.assert_array_equal(engine.run_all_quantised(inputs), reference)
    fractions: list[float] = []
    in_float = answer_in_float(model, feeder, test, fractions.append)
    in_int8 = answer_in_int8(engine, data, test, fractions.append)
    assert fractions == [0.0, 0.0]
    return in_float, in_int8


@pytest.mark.parametrize("name", PRESETS)
def test_presets_answer_in_int8_as_in_float(name: str) -> None:
    in_float, in_int8 = both_answers(dataset(), build_preset(name, (WINDOW, CHANNELS)))
    assert np.abs(in_float - in_int8).max() < 0.15
    assert (in_float.argmax(axis=1) == in_int8.argmax(axis=1)).mean() > 0.9


@pytest.mark.parametrize("name", EVERY_LAYER)
def test_every_kind_of_layer_converts(name: str) -> None:
    in_float, in_int8 = both_answers(dataset(), ModelSpec(EVERY_LAYER[name]))
    assert np.abs(in_float - in_int8).max() < 0.2


def test_yes_or_no() -> None:
    in_float, in_int8 = both_answers(dataset(Task.BINARY), build_preset("mlp", (WINDOW, CHANNELS)))
    assert in_float.shape == in_int8.shape == (8, 1)
    assert np.abs(in_float - in_int8).max() < 0.15


def test_a_number() -> None:
    data = dataset(Task.REGRESSION)
    in_float, in_int8 = both_answers(data, build_preset("small_cnn", (WINDOW, CHANNELS)))
    targets = data.targets[data.indices[Part.TEST], None]
    assert np.abs(in_float - in_int8).max() < 0.5
    assert np.abs(in_int8 - targets).mean() < np.abs(targets - targets.mean()).mean()


def test_everything_in_the_file_is_int8_with_a_batch_of_one() -> None:
    model, feeder = quickly_trained(
        dataset(), build_preset("mlp", (WINDOW, CHANNELS)), replace(QUICK, epochs=1)
    )
    network = compile_network(convert(model, feeder), GENERIC)
    assert network.input.shape == (WINDOW, CHANNELS)
    assert network.output.shape == (3,)


def test_the_representative_set_shows_every_class_alike_and_whole_training() -> None:
    data = dataset(takes=40)
    training = data.indices[Part.TRAINING]
    chosen = representative_windows(data, limit=15)
    assert set(chosen) <= set(training)
    assert np.bincount(data.class_indices[chosen]).tolist() == [5, 5, 5]
    for place in range(3):
        of_class = training[data.class_indices[training] == place]
        mine = chosen[data.class_indices[chosen] == place]
        assert (mine[0], mine[-1]) == (of_class[0], of_class[-1])


def test_a_small_class_is_shown_whole() -> None:
    data = dataset(takes=40)
    training = data.indices[Part.TRAINING]
    rare = training[data.class_indices[training] == 1][2:]
    data = replace(data, indices={**data.indices, Part.TRAINING: np.setdiff1d(training, rare)})
    chosen = representative_windows(data, limit=15)
    assert np.bincount(data.class_indices[chosen]).tolist() == [5, 2, 5]


def test_the_representative_set_of_a_regression_spans_its_targets() -> None:
    data = dataset(Task.REGRESSION)
    chosen = representative_windows(data, limit=6)
    assert len(chosen) == 6
    assert set(data.targets[chosen]) == {1.0, 3.0, 6.0}
