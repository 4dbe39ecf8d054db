# SPDX-License-Identifier: GPL-3.0-or-later
"""Exported files hold what they say; the Keras script really trains the same network."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from app.core.dataset import Dataset, build_dataset
from app.core.errors import DeployError, ModelError
from app.core.model_report import analyse, output_count
from app.core.model_spec import LayerSpec, ModelSpec
from app.core.presets import PRESETS, build_preset
from app.core.recording import Part
from app.core.training import (
    DataConfig,
    Loss,
    Normalisation,
    Optimizer,
    Task,
    TrainingConfig,
    WindowConfig,
)
from app.deploy.export import export_c_header, export_keras, export_tflite
from app.deploy.keras_script import keras_script
from app.deploy.program import BoardProgram
from tests.helpers.memory_source import MemorySource

GOLDEN = Path(__file__).parents[1] / "data" / "program"
PROGRAM = BoardProgram.parse((GOLDEN / "network-generic.bin").read_bytes())
NETWORK = (GOLDEN / "network.tflite").read_bytes()
EVERY_LAYER = ModelSpec(
    (
        LayerSpec("separable_conv1d", {"filters": 6}),
        LayerSpec("conv1d", {"filters": 8, "kernel_size": 3, "padding": "valid"}),
        LayerSpec("batch_norm"),
        LayerSpec("activation", {"activation": "tanh"}),
        LayerSpec("average_pool1d"),
        LayerSpec("max_pool1d"),
        LayerSpec("reshape"),
        LayerSpec("conv2d", {"filters": 4, "stride_width": 2}),
        LayerSpec("max_pool2d", {"pool_height": 1}),
        LayerSpec("average_pool2d", {"pool_width": 1, "stride_height": 1}),
        LayerSpec("global_max_pool"),
        LayerSpec("dropout"),
        LayerSpec("dense", {"units": None, "activation": None}),
    )
)
FLAT_END = ModelSpec(
    (LayerSpec("flatten"), LayerSpec("dense", {"units": None, "activation": None}))
)


INSPECT = """
import json, runpy, sys
made = runpy.run_path(sys.argv[1])
model = made["model"]
print(json.dumps([model.count_params(), model.output_shape, float(made["score"])]))
"""


def _dataset(task: Task = Task.MULTICLASS) -> Dataset:
    source = MemorySource()
    for n in range(12):
        slow, fast = (np.sin(np.arange(120) * speed + n)[:, None] for speed in (0.1, 0.9))
        source.add("slow", np.repeat(slow, 3, axis=1), value=1.0)
        source.add("fast", np.repeat(fast, 3, axis=1), value=9.0)
    return build_dataset(source.task(task), DataConfig(windowing=WindowConfig(40, 20)))


def _script(spec: ModelSpec, task: Task = Task.MULTICLASS, **training) -> str:
    classes = () if task is Task.REGRESSION else ("slow", "fast")
    return keras_script(
        spec,
        (40, 3),
        task,
        classes,
        TrainingConfig(**training),
        Normalisation.MEAN_STD,
        "data.npz",
    )


def test_tflite_is_the_network(tmp_path):
    export_tflite(NETWORK, tmp_path / "model.tflite")
    assert (tmp_path / "model.tflite").read_bytes() == NETWORK


def test_c_header_takes_its_names_from_the_file(tmp_path):
    export_c_header(PROGRAM, NETWORK, tmp_path / "My Gestures.h")
    assert "#ifndef MY_GESTURES_H" in (tmp_path / "My Gestures.h").read_text()


def test_a_disk_that_refuses_is_told(tmp_path):
    with pytest.raises(DeployError, match=r"model\.tflite was not written.*No such file"):
        export_tflite(NETWORK, tmp_path / "nowhere" / "model.tflite")


def test_the_windows_beside_the_script_are_the_data_set(tmp_path):
    dataset = _dataset()
    _, data = export_keras(
        FLAT_END, dataset, TrainingConfig(), Normalisation.MEAN_STD, tmp_path / "train.py"
    )
    assert data == tmp_path / "train.npz"
    with np.load(data) as arrays:
        assert len(arrays.files) == 6
        for part in Part:
            indices = dataset.indices[part]
            np.testing.assert_array_equal(arrays[f"x_{part.value}"], dataset.gather(indices))
            np.testing.assert_array_equal(arrays[f"y_{part.value}"], dataset.class_indices[indices])
    first = data.read_bytes()
    export_keras(FLAT_END, dataset, TrainingConfig(), Normalisation.NONE, tmp_path / "train.py")
    assert data.read_bytes() == first, "equal data must give equal bytes"


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("task", Task)
@pytest.mark.parametrize("normalisation", Normalisation)
def test_every_preset_and_task_gives_python_that_parses(preset, task, normalisation):
    script = keras_script(
        build_preset(preset, (40, 3)),
        (40, 3),
        task,
        ('a"b', "c\\'''\n") if task is not Task.REGRESSION else (),
        TrainingConfig(),
        normalisation,
        "data.npz",
    )
    ast.parse(script)
    assert script.startswith("# SPDX-License-Identifier: Apache-2.0\n")
    assert all(len(line) < 200 for line in script.splitlines())


@pytest.mark.parametrize("optimizer", Optimizer)
def test_the_optimiser_is_spelt_out(optimizer):
    script = _script(FLAT_END, optimizer=optimizer, learning_rate=0.02)
    assert "learning_rate=0.02" in script
    assert ("nesterov=True" in script) == (optimizer is Optimizer.SGD)


def test_losses_get_the_targets_they_need():
    assert "to_categorical" in _script(FLAT_END)
    assert "to_categorical" in _script(FLAT_END, loss=Loss.MSE)
    assert "to_categorical" not in _script(FLAT_END, loss=Loss.SPARSE_CATEGORICAL_CROSSENTROPY)
    assert "to_categorical" not in _script(FLAT_END, Task.BINARY)
    assert "to_categorical" not in _script(FLAT_END, Task.REGRESSION)


def test_a_network_that_cannot_be_built_is_not_exported():
    with pytest.raises(ModelError, match="cannot be exported"):
        _script(ModelSpec((LayerSpec("flatten"),)))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spec", "task", "training"),
    [
        (EVERY_LAYER, Task.MULTICLASS, TrainingConfig(epochs=2)),
        (FLAT_END, Task.BINARY, TrainingConfig(epochs=2, optimizer=Optimizer.SGD)),
        (
            build_preset("small_cnn", (40, 3)),
            Task.REGRESSION,
            TrainingConfig(epochs=30, learning_rate=0.01),
        ),
    ],
    ids=["every layer", "binary", "regression"],
)
def test_the_script_trains_the_same_network(tmp_path, spec, task, training):
    dataset = _dataset(task)
    export_keras(spec, dataset, training, Normalisation.MEAN_STD, tmp_path / "train.py")
    done = subprocess.run(
        [sys.executable, "-c", INSPECT, tmp_path / "train.py"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    parameters, shape, score = json.loads(done.stdout.splitlines()[-1])
    outputs = output_count(task, len(dataset.classes))
    report = analyse(spec, dataset.input_shape, task, outputs)
    assert parameters == report.parameters
    assert shape == [None, outputs]
    assert "test: loss" in done.stdout
    assert (tmp_path / "train.keras").exists()
    if task is Task.REGRESSION:
        assert score < 3, "two sorts of sine, 1 and 9, must be told apart"
