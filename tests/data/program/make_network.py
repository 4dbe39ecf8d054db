# SPDX-License-Identifier: GPL-3.0-or-later
"""How ``network.tflite`` was made: run once with TensorFlow, the result is kept.

A full-int8 network of 16 samples x 3 channels with three classes: Conv1D 4, pooling, Dense.
"""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np
import tensorflow as tf


def main() -> None:
    keras.utils.set_random_seed(1)
    rng = np.random.default_rng(1)
    labels = np.repeat(np.arange(3), 200)
    windows = rng.normal(size=(600, 16, 3)).astype(np.float32)
    windows += np.sin(np.arange(16) * (1 + labels[:, None]) * 0.6)[:, :, None]
    layers = [
        keras.Input(batch_shape=(1, 16, 3)),
        keras.layers.Conv1D(4, 3, activation="relu"),
        keras.layers.MaxPooling1D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(3, activation="softmax"),
    ]
    free = keras.Sequential([keras.Input((16, 3)), *layers[1:]])
    free.compile("adam", "sparse_categorical_crossentropy")
    free.fit(windows, labels, epochs=10, verbose=0)
    model = keras.Sequential(layers)
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([w[None]] for w in windows[::3])
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = converter.inference_output_type = tf.int8
    Path(__file__).with_name("network.tflite").write_bytes(converter.convert())


if __name__ == "__main__":
    main()
