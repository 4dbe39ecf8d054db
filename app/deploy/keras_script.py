# SPDX-License-Identifier: GPL-3.0-or-later
"""A readable Python program that builds and trains the same network with Keras alone.

It stands beside a ``.npz`` of windows in sensor units (:func:`app.deploy.export.export_keras`) and
needs nothing of this studio: for a student to read, a colleague to change, a paper to cite.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.core.errors import ModelError
from app.core.model_report import LayerReport, analyse, output_count, resolve
from app.core.model_spec import ModelSpec, ParameterValue, Shape
from app.core.text import text
from app.core.training import LOSSES, Loss, Normalisation, Optimizer, Task, TrainingConfig

_Values = Mapping[str, ParameterValue]


def keras_script(
    spec: ModelSpec,
    input_shape: Shape,
    task: Task,
    classes: tuple[str, ...],
    training: TrainingConfig,
    normalisation: Normalisation,
    data_name: str,
) -> str:
    """The program's text. ``data_name`` is the file of windows beside it, with the arrays
    ``x_<part>`` of shape ``(windows, *input_shape)`` in sensor units and ``y_<part>`` (places in
    ``classes``, or numbers) for the parts ``training``, ``validation`` and ``test``.

    Raises :class:`ModelError` where the network cannot be built.
    """
    outputs = output_count(task, len(classes))
    report = analyse(spec, input_shape, task, outputs)
    if report.problem is not None:
        raise ModelError(text("This network cannot be exported."), report.problem)
    resolved = resolve(spec, task, outputs)
    lines = [
        f"        {_layer_code(layer.kind, layer.parameters, place)},"
        for layer, place in zip(resolved.layers, report.layers, strict=True)
    ]
    regression = task is Task.REGRESSION
    loss = training.loss or LOSSES[task][0]
    one_hot = task is Task.MULTICLASS and loss is not Loss.SPARSE_CATEGORICAL_CROSSENTROPY
    return _TEMPLATE.format(
        data_name=data_name,
        classes=list(classes),
        seed=training.seed,
        normalise=_NORMALISE[normalisation],
        input_shape=input_shape,
        layers="\n".join(lines),
        parameters=report.parameters,
        optimizer=_optimizer(training),
        loss=loss.value,
        metric="mae" if regression else "accuracy",
        targets=_ONE_HOT if one_hot else "",
        patience=training.patience or training.epochs,
        weights=_NO_WEIGHTS if regression or not training.class_weights else _CLASS_WEIGHTS,
        batch_size=training.batch_size,
        epochs=training.epochs,
    )


def _optimizer(training: TrainingConfig) -> str:
    rate: dict[str, ParameterValue] = {"learning_rate": training.learning_rate}
    match training.optimizer:
        case Optimizer.SGD:
            momentum = {"momentum": training.momentum, "nesterov": training.nesterov}
            return _call("optimizers.SGD", {**rate, **momentum})
        case Optimizer.ADAGRAD:
            return _call("optimizers.Adagrad", rate)
        case Optimizer.RMSPROP:
            return _call("optimizers.RMSprop", rate)
        case Optimizer.ADAM:
            return _call("optimizers.Adam", rate)


def _call(name: str, values: _Values) -> str:
    arguments = ", ".join(f"{key}={value!r}" for key, value in values.items())
    return f"keras.{name}({arguments})"


def _layer_code(kind: str, values: _Values, place: LayerReport) -> str:
    if kind in _NAMED_AS_IN_KERAS:
        return _call(f"layers.{_NAMED_AS_IN_KERAS[kind]}", values)
    return _LAYER_CODE[kind](values, place)


def _conv2d(values: _Values, place: LayerReport) -> str:
    del place
    names = ("padding", "dilation_rate", "activation", "use_bias")
    size = f"({values['kernel_height']}, {values['kernel_width']})"
    strides = f"({values['stride_height']}, {values['stride_width']})"
    rest = ", ".join(f"{name}={values[name]!r}" for name in names)
    filters = values["filters"]
    return f"keras.layers.Conv2D({filters}, kernel_size={size}, strides={strides}, {rest})"


def _pool2d(name: str) -> Callable[[_Values, LayerReport], str]:
    def code(values: _Values, place: LayerReport) -> str:
        del place
        height, width = values["pool_height"], values["pool_width"]
        strides = (values["stride_height"] or height, values["stride_width"] or width)
        padding = values["padding"]
        return f"keras.layers.{name}(({height}, {width}), strides={strides}, padding={padding!r})"

    return code


def _global_pool(name: str) -> Callable[[_Values, LayerReport], str]:
    def code(values: _Values, place: LayerReport) -> str:
        del values
        return f"keras.layers.{name}{len(place.input_shape or ()) - 1}D()"

    return code


def _reshape(values: _Values, place: LayerReport) -> str:
    del values
    return f"keras.layers.Reshape({place.output_shape})"


_NAMED_AS_IN_KERAS = {
    "dense": "Dense",
    "conv1d": "Conv1D",
    "separable_conv1d": "SeparableConv1D",
    "max_pool1d": "MaxPooling1D",
    "average_pool1d": "AveragePooling1D",
    "flatten": "Flatten",
    "dropout": "Dropout",
    "batch_norm": "BatchNormalization",
    "activation": "Activation",
}
_LAYER_CODE: dict[str, Callable[[_Values, LayerReport], str]] = {
    "conv2d": _conv2d,
    "max_pool2d": _pool2d("MaxPooling2D"),
    "average_pool2d": _pool2d("AveragePooling2D"),
    "global_average_pool": _global_pool("GlobalAveragePooling"),
    "global_max_pool": _global_pool("GlobalMaxPooling"),
    "reshape": _reshape,
}

_NORMALISE = {
    Normalisation.MEAN_STD: """\
offset = x_training.mean(axis=(0, 1))
scale = x_training.std(axis=(0, 1))""",
    Normalisation.MIN_MAX: """\
offset = x_training.min(axis=(0, 1))
scale = x_training.max(axis=(0, 1)) - offset""",
    Normalisation.NONE: """\
offset = np.zeros(x_training.shape[2], np.float32)
scale = np.ones(x_training.shape[2], np.float32)""",
}

_NO_WEIGHTS = """\
weights = None
"""

_CLASS_WEIGHTS = """\
# Rare classes count more, so that every class weighs the same in the loss.
found, counts = np.unique(y_training.astype(int), return_counts=True)
weights = dict(zip(found.tolist(), (len(y_training) / (len(found) * counts)).tolist()))
"""

_ONE_HOT = """
# This loss compares whole rows of probabilities.
y_training, y_validation, y_test = (
    keras.utils.to_categorical(y, len(CLASSES)) for y in (y_training, y_validation, y_test)
)
"""

_TEMPLATE = '''\
# SPDX-License-Identifier: Apache-2.0
"""Builds and trains a network designed with Tinywright.

Needs Keras 3 with TensorFlow (pip install tensorflow) and the .npz file beside this one:
windows in sensor units, divided into training, validation and test.
"""

from pathlib import Path

import keras
import numpy as np

CLASSES = {classes!r}
SEED = {seed}

# --- data ---------------------------------------------------------------------

with np.load(Path(__file__).with_name({data_name!r})) as data:
    x_training, y_training = data["x_training"], data["y_training"]
    x_validation, y_validation = data["x_validation"], data["y_validation"]
    x_test, y_test = data["x_test"], data["y_test"]

# Per channel, from the training part alone: a test that helped to scale is no test.
{normalise}
scale = np.where(scale > 0, scale, 1)
x_training, x_validation, x_test = (
    (x - offset) / scale for x in (x_training, x_validation, x_test)
)


{weights}{targets}
# --- network: {parameters:,} parameters ---

keras.utils.set_random_seed(SEED)
model = keras.Sequential(
    [
        keras.Input({input_shape}),
{layers}
    ]
)
model.compile(
    optimizer={optimizer},
    loss={loss!r},
    metrics=[{metric!r}],
    jit_compile=False,  # compiling takes longer than training a network of this size
)
model.summary()

# --- training -----------------------------------------------------------------

# The best epoch counts, not the last. Without a validation part nothing stops early.
stopping = keras.callbacks.EarlyStopping(
    monitor="val_loss" if len(x_validation) else "loss",
    patience={patience} if len(x_validation) else {epochs},
    restore_best_weights=True,
)
model.fit(
    x_training,
    y_training,
    validation_data=(x_validation, y_validation) if len(x_validation) else None,
    batch_size={batch_size},
    epochs={epochs},
    class_weight=weights,
    callbacks=[stopping],
    verbose=2,
)

if len(x_test):
    loss, score = model.evaluate(x_test, y_test, verbose=0)
    print(f"test: loss {{loss:.4f}}, {metric} {{score:.4f}}")
model.save(Path(__file__).with_suffix(".keras"))
'''
