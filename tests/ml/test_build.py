# SPDX-License-Identifier: GPL-3.0-or-later
"""What the core says of a stack of layers is what Keras says of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.errors import ModelError
from app.core.layer_parameters import Parameter, ParameterType
from app.core.layers import LAYERS, LayerType
from app.core.model_report import ModelReport, analyse, output_count
from app.core.model_spec import LayerSpec, ModelSpec, ParameterValue
from app.core.presets import PRESETS, build_preset
from app.core.training import Task
from app.ml.build import build, seed

CLASSES = 5


def assert_same(model: Any, report: ModelReport) -> None:
    """Layer by layer and in total. Keras leaves out the batch, as the core does."""
    assert [(tuple(layer.output.shape[1:]), layer.count_params()) for layer in model.layers] == [
        (layer.output_shape, layer.parameters) for layer in report.layers
    ]
    assert model.count_params() == report.parameters
    trainable = sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)
    assert trainable == report.trainable


def a_value(parameter: Parameter) -> st.SearchStrategy[ParameterValue]:
    """Small values that the form would accept."""
    match parameter.type:
        case ParameterType.INTEGER:
            value: st.SearchStrategy[ParameterValue] = st.integers(1, 5)
        case ParameterType.NUMBER:
            value = st.floats(0.0, 0.9)
        case ParameterType.CHOICE:
            value = st.sampled_from(
                [choice.value for choice in parameter.choices if choice.value is not None]
            )
        case ParameterType.SWITCH:
            value = st.booleans()
        case ParameterType.SHAPE:
            value = st.sampled_from(["-1", "-1, 1", "2, -1", "-1, 2, 1"])
    return st.one_of(st.none(), value) if parameter.none_title else value


def a_layer(kind: LayerType) -> st.SearchStrategy[LayerSpec]:
    return st.fixed_dictionaries(
        {parameter.name: a_value(parameter) for parameter in kind.parameters}
    ).map(lambda values: LayerSpec(kind.kind, values))


any_layer = st.sampled_from(list(LAYERS.values())).flatmap(a_layer)
ENDING = (LayerSpec("flatten"), LayerSpec("dense", {"units": None, "activation": None}))


@pytest.mark.parametrize("task", Task)
@pytest.mark.parametrize("shape", [(119, 6), (8, 9), (2, 1)])
@pytest.mark.parametrize("name", PRESETS)
def test_presets(name: str, shape: tuple[int, int], task: Task) -> None:
    outputs = output_count(task, CLASSES)
    spec = build_preset(name, shape)
    report = analyse(spec, shape, task, outputs)
    assert report.problem is None
    assert_same(build(spec, shape, task, outputs), report)


def test_the_textbook_network_has_50890_parameters() -> None:
    spec = ModelSpec(
        (
            LayerSpec("dense", {"units": 64}),
            LayerSpec("dense", {"units": None, "activation": None}),
        )
    )
    assert build(spec, (784,), Task.MULTICLASS, 10).count_params() == 50_890


@given(st.lists(any_layer, min_size=1, max_size=4), st.sampled_from([(12, 3), (9, 1), (30,)]))
@settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
def test_any_stack_that_can_stand(layers: list[LayerSpec], shape: tuple[int, ...]) -> None:
    while layers:
        spec = ModelSpec((*layers, *ENDING))
        report = analyse(spec, shape, Task.MULTICLASS, CLASSES)
        if report.problem is None:
            assert_same(build(spec, shape, Task.MULTICLASS, CLASSES), report)
            return
        layers = layers[:-1]


@pytest.mark.parametrize("kind", LAYERS.values(), ids=LAYERS)
@given(data=st.data())
@settings(max_examples=8, deadline=None, derandomize=True)
def test_every_kind_of_layer(kind: LayerType, data: st.DataObject) -> None:
    shape = (12, 4, 2) if "2d" in kind.kind else (12, 4)
    spec = ModelSpec((data.draw(a_layer(kind)), *ENDING))
    report = analyse(spec, shape, Task.MULTICLASS, CLASSES)
    if report.problem is None:
        assert_same(build(spec, shape, Task.MULTICLASS, CLASSES), report)
    else:
        with pytest.raises(ModelError):
            build(spec, shape, Task.MULTICLASS, CLASSES)


def test_a_network_that_cannot_stand_is_refused_with_the_reason() -> None:
    spec = ModelSpec((LayerSpec("flatten"), LayerSpec("conv1d"), *ENDING))
    with pytest.raises(ModelError, match="slides along time"):
        build(spec, (12, 3), Task.MULTICLASS, CLASSES)


def test_the_seed_decides_the_weights() -> None:
    def weights(value: int) -> list[float]:
        seed(value)
        model = build(build_preset("mlp", (8, 2)), (8, 2), Task.BINARY, 1)
        return np.concatenate([weight.ravel() for weight in model.get_weights()]).tolist()

    assert weights(1) == weights(1)
    assert weights(1) != weights(2)
