# SPDX-License-Identifier: GPL-3.0-or-later
"""Keras float to TensorFlow Lite int8: weights, activations, input and output."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from app.core.dataset import Dataset
from app.core.errors import ModelError
from app.core.recording import Part
from app.core.split import Indices
from app.core.text import text
from app.core.training import Task
from app.ml.backend import keras, tf
from app.ml.batches import Feeder

REPRESENTATIVE_WINDOWS = 300


def representative_windows(dataset: Dataset, limit: int = REPRESENTATIVE_WINDOWS) -> Indices:
    """Training windows that stand for all: as many of each class, and of each class some from
    beginning to end; for regression, some from the least to the greatest target."""
    training = dataset.indices[Part.TRAINING]
    if dataset.task is Task.REGRESSION:
        return _evenly(training[np.argsort(dataset.targets[training], kind="stable")], limit)
    classes = dataset.class_indices[training]
    present = np.unique(classes)
    share = -(-limit // len(present))
    return np.concatenate([_evenly(training[classes == place], share) for place in present])


def _evenly(indices: Indices, limit: int) -> Indices:
    """``limit`` of ``indices`` at most, the same distance apart."""
    if len(indices) <= limit:
        return indices
    return indices[np.linspace(0, len(indices) - 1, limit).round().astype(np.int64)]


def convert(model: Any, feeder: Feeder) -> bytes:
    """``model`` as a full-int8 ``.tflite`` with a batch of one.

    Ranges of activations are measured on :func:`representative_windows`. Raise
    :class:`ModelError` for a network that the converter refuses.
    """

    def representative() -> Iterator[list[np.ndarray[Any, Any]]]:
        for index in representative_windows(feeder.dataset):
            yield [feeder.windows(np.array([index]))]

    one_at_a_time = keras.models.clone_model(
        model, input_tensors=keras.Input(batch_shape=(1, *model.input_shape[1:]))
    )
    one_at_a_time.set_weights(model.get_weights())
    with tempfile.TemporaryDirectory(prefix="tinywright-") as folder:
        saved_model = Path(folder, "model")
        one_at_a_time.export(
            saved_model,
            format="tf_saved_model",
            verbose=False,
            # Else the batch is left open, and the network computes shapes as it runs.
            input_signature=[tf.TensorSpec(one_at_a_time.input_shape, tf.float32)],
        )
        converter = tf.lite.TFLiteConverter.from_saved_model(str(saved_model))
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.representative_dataset = representative
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
        converter.inference_input_type = tf.int8
        converter.inference_output_type = tf.int8
        with warnings.catch_warnings():
            # Said of every conversion with a representative set, before that is used.
            warnings.filterwarnings("ignore", "Statistics for quantized inputs were expected")
            try:
                return converter.convert()
            except (tf.errors.OpError, RuntimeError, ValueError) as error:
                raise ModelError(
                    text("The network cannot be converted to int8."),
                    text("TensorFlow Lite says: {reason}", reason=str(error).partition("\n")[0]),
                    text("Replace the layer it names on the Design page."),
                ) from error
