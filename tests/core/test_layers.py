# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import ModelError
from app.core.layer_parameters import ParameterType, parse_shape
from app.core.layers import LAYERS
from app.core.model_report import OUTPUT_ACTIVATION, ModelReport, analyse, output_count, resolve
from app.core.model_spec import LayerSpec, ModelSpec, ParameterValue, Shape
from app.core.presets import PRESETS, build_preset, default_preset
from app.core.training import Task


def layer(kind: str, **parameters: ParameterValue) -> LayerSpec:
    return LayerSpec(kind, parameters)


def report(shape: Shape, *layers: LayerSpec, outputs: int = 3) -> ModelReport:
    """The layers in front of a classifier's end."""
    end = (layer("flatten"), layer("dense", units=None, activation=None))
    return analyse(ModelSpec((*layers, *end)), shape, Task.MULTICLASS, outputs)


def only(shape: Shape, spec: LayerSpec):
    return report(shape, spec).layers[0]


def test_a_digit_classifier_has_50890_parameters():
    spec = ModelSpec(
        (
            layer("dense", units=64, activation="relu"),
            layer("dense", units=None, activation="softmax"),
        )
    )
    result = analyse(spec, (784,), Task.MULTICLASS, 10)
    assert result.problem is None
    assert [each.formula for each in result.layers] == ["784 × 64 + 64", "64 × 10 + 10"]
    assert [each.trainable for each in result.layers] == [50_240, 650]
    assert result.parameters == 50_890
    assert result.macs == 784 * 64 + 64 * 10
    assert result.output_shape == (10,)


@pytest.mark.parametrize(
    ("shape", "spec", "output", "trainable", "non_trainable", "formula", "macs"),
    [
        (
            (30, 6),
            layer("conv1d", filters=8, kernel_size=3),
            (30, 8),
            152,
            0,
            "3 × 6 × 8 + 8",
            4320,
        ),
        (
            (30, 6),
            layer("conv1d", filters=8, kernel_size=3, padding="valid", strides=2, use_bias=False),
            (14, 8),
            144,
            0,
            "3 × 6 × 8",
            2016,
        ),
        (
            (30, 6),
            layer("conv1d", filters=8, kernel_size=3, padding="valid", dilation_rate=4),
            (22, 8),
            152,
            0,
            "3 × 6 × 8 + 8",
            22 * 144,
        ),
        (
            (31, 6),
            layer("separable_conv1d", filters=8, kernel_size=3, strides=2),
            (16, 8),
            3 * 6 + 6 * 8 + 8,
            0,
            "3 × 6 + 6 × 8 + 8",
            16 * (18 + 48),
        ),
        (
            (30, 6),
            layer("separable_conv1d", filters=8, kernel_size=3, depth_multiplier=2),
            (30, 8),
            36 + 96 + 8,
            0,
            "3 × 6 × 2 + 12 × 8 + 8",
            30 * (36 + 96),
        ),
        (
            (30, 6, 2),
            layer("conv2d", filters=4, kernel_height=5, kernel_width=3, padding="valid"),
            (26, 4, 4),
            5 * 3 * 2 * 4 + 4,
            0,
            "5 × 3 × 2 × 4 + 4",
            26 * 4 * 120,
        ),
        ((31, 6), layer("max_pool1d", pool_size=2), (15, 6), 0, 0, "", 0),
        ((31, 6), layer("average_pool1d", pool_size=2, padding="same"), (16, 6), 0, 0, "", 0),
        ((31, 6), layer("max_pool1d", pool_size=3, strides=1), (29, 6), 0, 0, "", 0),
        ((31, 6, 4), layer("max_pool2d", pool_height=2, pool_width=3), (15, 2, 4), 0, 0, "", 0),
        ((31, 6), layer("global_average_pool"), (6,), 0, 0, "", 0),
        ((31, 6, 4), layer("global_max_pool"), (4,), 0, 0, "", 0),
        ((31, 6), layer("reshape"), (31, 6, 1), 0, 0, "", 0),
        ((31, 6), layer("reshape", target_shape="2, -1, 3"), (2, 31, 3), 0, 0, "", 0),
        ((31, 6), layer("flatten"), (186,), 0, 0, "", 0),
        ((31, 6), layer("dropout", rate=0.5), (31, 6), 0, 0, "", 0),
        ((31, 6), layer("batch_norm"), (31, 6), 12, 12, "2 × 6 + 2 × 6", 186),
        ((31, 6), layer("activation", activation="tanh"), (31, 6), 0, 0, "", 0),
        ((31, 6), layer("dense", units=4), (31, 4), 28, 0, "6 × 4 + 4", 31 * 24),
    ],
)
def test_shape_parameters_and_macs(shape, spec, output, trainable, non_trainable, formula, macs):
    result = only(shape, spec)
    assert result.problem is None
    assert result.output_shape == output
    assert (result.trainable, result.non_trainable) == (trainable, non_trainable)
    assert result.formula == formula
    assert result.macs == macs


@pytest.mark.parametrize(
    ("shape", "spec", "reason"),
    [
        ((186,), layer("conv1d"), "before Flatten, or use Dense"),
        ((31, 6, 1), layer("conv1d"), "2D sibling"),
        ((31, 6), layer("conv2d"), "Put Reshape before it"),
        ((186,), layer("global_max_pool"), "before Flatten"),
        ((3, 6), layer("conv1d", kernel_size=5, padding="valid"), "only 3 are left"),
        ((8, 6), layer("conv1d", kernel_size=5, padding="valid", dilation_rate=2), "spans 9"),
        ((1, 6), layer("max_pool1d"), "only 1 are left"),
        ((30, 6), layer("conv1d", strides=2, dilation_rate=2), "cannot both be more than 1"),
        ((30, 6), layer("reshape", target_shape="7, 6"), "product is 180"),
        ((30, 6), layer("reshape", target_shape="7, -1"), "parted evenly by 7"),
        ((30, 6), layer("reshape", target_shape="a"), "parted by commas"),
        ((30, 6), layer("conv1d", filters=0), "Filters must be at least 1"),
        ((30, 6), layer("conv1d", filters=2.5), "Filters must be a whole number"),
        ((30, 6), layer("conv1d", filters=True), "Filters must be a whole number"),
        ((30, 6), layer("conv1d", activation=None), "Activation must be one of"),
        ((30, 6), layer("dropout", rate=1.0), "Rate must be at most 0.95"),
        ((30, 6), layer("dropout", rate=float("nan")), "Rate must be a number"),
        ((30, 6), layer("conv1d", use_bias=1), "Bias must be on or off"),
        ((30, 6), layer("conv1d", colour="red"), 'no setting called "colour"'),
        ((30, 6), layer("lstm"), 'no layer called "lstm"'),
    ],
)
def test_what_cannot_stand_says_why(shape, spec, reason):
    result = report(shape, spec)
    assert reason in str(result.layers[0].problem)
    assert result.problem == result.layers[0].problem
    assert result.output_shape is None
    assert all(each.problem is None and each.output_shape is None for each in result.layers[1:])


@pytest.mark.parametrize(
    ("task", "end", "reason"),
    [
        (Task.MULTICLASS, [layer("dense", units=3, activation="softmax")], "4 neurons"),
        (Task.MULTICLASS, [layer("dense", units=None, activation="sigmoid")], "softmax, not sig"),
        (Task.BINARY, [layer("dense", units=1, activation="softmax")], "sigmoid, not softmax"),
        (Task.REGRESSION, [layer("dense", units=1, activation="relu")], "linear, not relu"),
        (Task.MULTICLASS, [layer("reshape", target_shape="1, -1")], "Flatten or a global pooling"),
        (Task.MULTICLASS, [], "There is no layer yet"),
    ],
)
def test_an_end_that_does_not_answer_the_task_says_why(task, end, reason):
    result = analyse(ModelSpec(tuple(end)), (8,), task, output_count(task, 4))
    assert reason in str(result.problem)
    if end:
        assert result.layers[-1].problem == result.problem


def test_the_activation_may_stand_in_a_layer_of_its_own_and_before_a_reshape():
    spec = ModelSpec(
        (
            layer("dense", units=None, activation="linear"),
            layer("activation", activation="softmax"),
            layer("flatten"),
        )
    )
    assert analyse(spec, (8,), Task.MULTICLASS, 4).problem is None


@pytest.mark.parametrize("task", list(Task))
@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("length", [2, 3, 5, 8, 119, 600])
def test_presets_fit_every_task_and_window(preset, task, length):
    outputs = output_count(task, 5)
    spec = build_preset(preset, (length, 6))
    result = analyse(spec, (length, 6), task, outputs)
    assert result.problem is None
    assert result.output_shape == (outputs,)
    end = resolve(spec, task, outputs).layers[-1]
    assert end.parameters["units"] == outputs
    assert end.parameters["activation"] == OUTPUT_ACTIVATION[task]


def test_rows_of_a_table_refuse_convolutions_and_take_dense_layers():
    verdicts = {
        name: analyse(build_preset(name, (1, 4)), (1, 4), Task.MULTICLASS, 3).problem
        for name in PRESETS
    }
    assert [name for name, problem in verdicts.items() if problem is None] == ["perceptron", "mlp"]
    assert "only 1 are left" in str(verdicts["small_cnn"])
    assert default_preset((1, 4)) == "mlp"
    assert default_preset((119, 6)) in PRESETS


def test_resolve_spells_out_defaults_and_refuses_unknown_ones():
    resolved = resolve(ModelSpec((layer("conv1d", filters=3),)), Task.BINARY, 1)
    assert dict(resolved.layers[0].parameters) == {
        "filters": 3,
        "kernel_size": 5,
        "strides": 1,
        "padding": "same",
        "dilation_rate": 1,
        "activation": "relu",
        "use_bias": True,
    }
    with pytest.raises(ModelError, match="no layer called"):
        resolve(ModelSpec((layer("lstm"),)), Task.BINARY, 1)


@pytest.mark.parametrize("kind", LAYERS)
def test_every_default_in_the_table_is_allowed_and_explained(kind):
    described = LAYERS[kind]
    assert described.title
    assert described.help
    for parameter in described.parameters:
        assert parameter.problem(parameter.default) is None
        assert parameter.title
        assert parameter.help
        assert bool(parameter.choices) == (parameter.type is ParameterType.CHOICE)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-1, 40), min_size=1, max_size=4))
def test_parse_shape_reads_what_it_should(sizes: list[int]):
    valid = sizes.count(-1) <= 1 and 0 not in sizes
    assert parse_shape(", ".join(map(str, sizes))) == (tuple(sizes) if valid else None)


@settings(max_examples=100, deadline=None)
@given(
    length=st.integers(1, 60),
    kernel=st.integers(1, 9),
    stride=st.integers(1, 4),
    dilation=st.integers(1, 4),
)
def test_a_valid_convolution_takes_each_place_where_it_fits(length, kernel, stride, dilation):
    spec = layer(
        "conv1d",
        kernel_size=kernel,
        strides=stride,
        dilation_rate=dilation,
        padding="valid",
        filters=1,
    )
    starts = [
        at
        for at in range(0, length, stride)
        if all(at + dilation * k < length for k in range(kernel))
    ]
    result = only((length, 2), spec)
    if (stride > 1 and dilation > 1) or not starts:
        assert result.problem is not None
    else:
        assert result.output_shape == (len(starts), 1)
