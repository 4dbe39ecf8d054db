# SPDX-License-Identifier: GPL-3.0-or-later
"""How the golden files were made: run once, with TensorFlow; the files are kept.

``network.tflite``  a full-int8 network of 16 samples x 3 channels with three classes
``program.bin``     a board program around it
``vectors.json``    windows in sensor units (float32, as hexadecimal bits, so that NaN and the
                    like are exact), the network's int8 input and its int8 output as TensorFlow's
                    own reference kernels give it
"""

from __future__ import annotations

import json
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from app.core.preprocessing import FixedPointScaling, Normaliser
from app.core.recording import Channel
from app.core.training import Task
from app.deploy.program import compile_program

HERE = Path(__file__).parent
CHANNELS = (Channel("ax", "g"), Channel("température", "°C"), Channel("p"))
LABELS = ("idle", "왼쪽", "z")
NORMALISER = Normaliser((0.02, 21.5, 101_325.0), (0.5, 3.25, 740.0), (3.99, 44.0, 104_000.0))


def main() -> None:
    network = train()
    (HERE / "network.tflite").write_bytes(network)
    program = compile_program(network, CHANNELS, 62.5, 16, NORMALISER, Task.MULTICLASS, LABELS)
    (HERE / "program.bin").write_bytes(program.to_bytes())
    (HERE / "vectors.json").write_text(json.dumps(vectors(network, program.input.scaling)))


def vectors(network: bytes, scaling: FixedPointScaling) -> list[dict[str, object]]:
    rng = np.random.default_rng(2)
    windows = rng.normal(NORMALISER.offset, NORMALISER.deviation, (24, 16, 3))
    windows += (
        np.sin(np.arange(16) * rng.uniform(0.4, 2, (24, 1)))[:, :, None]
        * 2
        * np.array(NORMALISER.deviation)
    )
    windows = windows.astype(np.float32)
    windows[-1, 0] = np.nan, np.inf, -np.inf
    windows[-1, 1] = 3e38, -3e38, 1e-45
    windows[-1, 2] = 0.0, -0.0, 1e9
    interpreter = tf.lite.Interpreter(
        model_content=network,
        experimental_op_resolver_type=tf.lite.experimental.OpResolverType.BUILTIN_REF,
    )
    interpreter.allocate_tensors()
    (entry,), (exit_,) = interpreter.get_input_details(), interpreter.get_output_details()
    result = []
    for window in windows:
        values = scaling.quantise(window, entry["quantization"][1])
        interpreter.set_tensor(entry["index"], values[None])
        interpreter.invoke()
        result.append(
            {
                "window": [f"{bits:08x}" for bits in window.ravel().view(np.uint32).tolist()],
                "input": values.ravel().tolist(),
                "output": interpreter.get_tensor(exit_["index"])[0].tolist(),
            }
        )
    return result


def train() -> bytes:
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
    return converter.convert()


if __name__ == "__main__":
    main()
