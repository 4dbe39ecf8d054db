# SPDX-License-Identifier: GPL-3.0-or-later
"""How the golden files were made: run with TensorFlow wherever the format or the compiler changes;
the networks are kept, so that the windows and their answers stay the same.

``network.tflite``     a full-int8 network of 16 samples x 3 channels with three classes
``gate.tflite``        one of 20 samples x 2 channels with one probability, of other operators
``<network>-<target>.bin``  a board program of each for every target
``<network>.json``     windows in sensor units (float32, as hexadecimal bits, so that NaN and the
                       like are exact), the network's int8 input and its int8 output as
                       TensorFlow's own reference kernels give it
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from app.core.preprocessing import Normaliser
from app.core.recording import Channel
from app.core.training import Task
from app.deploy.compiler.targets import TARGETS, Target
from app.deploy.program import BoardProgram, compile_program

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Golden:
    """A network, and what the program around it says of sensors and answers."""

    name: str
    train: Callable[[], bytes]
    channels: tuple[Channel, ...]
    rate_hz: float
    window: int
    normaliser: Normaliser
    task: Task
    labels: tuple[str, ...]

    def program(self, target: Target) -> BoardProgram:
        return compile_program(
            (HERE / f"{self.name}.tflite").read_bytes(),
            self.channels,
            self.rate_hz,
            self.window,
            self.normaliser,
            self.task,
            self.labels,
            target,
        )


def main() -> None:
    for golden in GOLDEN:
        network = HERE / f"{golden.name}.tflite"
        if not network.exists():
            network.write_bytes(golden.train())
        for target in TARGETS.values():
            program = golden.program(target)
            (HERE / f"{golden.name}-{target.name}.bin").write_bytes(program.to_bytes())
            (HERE / f"{golden.name}.json").write_text(json.dumps(vectors(golden, program)))


def vectors(golden: Golden, program: BoardProgram) -> list[dict[str, object]]:
    rng = np.random.default_rng(2)
    shape = (24, golden.window, len(golden.channels))
    windows = rng.normal(golden.normaliser.offset, golden.normaliser.deviation, shape)
    windows += (
        np.sin(np.arange(golden.window) * rng.uniform(0.4, 2, (24, 1)))[:, :, None]
        * 2
        * np.array(golden.normaliser.deviation)
    )
    windows = windows.astype(np.float32)
    odd = [np.nan, np.inf, -np.inf, 3e38, -3e38, 1e-45, 0.0, -0.0, 1e9]
    windows[-1].ravel()[: len(odd)] = odd
    interpreter = tf.lite.Interpreter(
        model_path=str(HERE / f"{golden.name}.tflite"),
        experimental_op_resolver_type=tf.lite.experimental.OpResolverType.BUILTIN_REF,
    )
    interpreter.allocate_tensors()
    (entry,), (exit_,) = interpreter.get_input_details(), interpreter.get_output_details()
    result = []
    for window in windows:
        values = program.input.scaling.quantise(window, entry["quantization"][1])
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


def train_classes() -> bytes:
    rng = np.random.default_rng(1)
    labels = np.repeat(np.arange(3), 200)
    windows = rng.normal(size=(600, 16, 3)).astype(np.float32)
    windows += np.sin(np.arange(16) * (1 + labels[:, None]) * 0.6)[:, :, None]
    layers = [
        keras.layers.Conv1D(4, 3, activation="relu"),
        keras.layers.MaxPooling1D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(3, activation="softmax"),
    ]
    return trained(layers, windows, labels, "sparse_categorical_crossentropy")


def train_gate() -> bytes:
    rng = np.random.default_rng(3)
    labels = np.repeat(np.arange(2), 200)
    windows = rng.normal(size=(400, 20, 2)).astype(np.float32)
    windows += np.sin(np.arange(20) * (1 + labels[:, None]) * 0.5)[:, :, None]
    layers = [
        keras.layers.SeparableConv1D(6, 5, padding="same", activation="tanh"),
        keras.layers.Conv1D(5, 3, padding="same", strides=2, activation="relu"),
        keras.layers.AveragePooling1D(3, strides=2, padding="same"),
        keras.layers.BatchNormalization(),
        keras.layers.GlobalAveragePooling1D(),
        keras.layers.Dense(1, activation="sigmoid"),
    ]
    return trained(layers, windows, labels, "binary_crossentropy")


def trained(layers: list[Any], windows: Any, labels: Any, loss: str) -> bytes:
    """The layers after ten epochs, as a full-int8 network with a batch of one."""
    keras.utils.set_random_seed(1)
    shape = windows.shape[1:]
    free = keras.Sequential([keras.Input(shape), *layers])
    free.compile("adam", loss)
    free.fit(windows, labels, epochs=10, verbose=0)
    converter = tf.lite.TFLiteConverter.from_keras_model(
        keras.Sequential([keras.Input(batch_shape=(1, *shape)), *layers])
    )
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([w[None]] for w in windows[::3])
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = converter.inference_output_type = tf.int8
    return converter.convert()


GOLDEN = (
    Golden(
        "network",
        train_classes,
        (Channel("ax", "g"), Channel("température", "°C"), Channel("p")),
        62.5,
        16,
        Normaliser((0.02, 21.5, 101_325.0), (0.5, 3.25, 740.0), (3.99, 44.0, 104_000.0)),
        Task.MULTICLASS,
        ("idle", "왼쪽", "z"),
    ),
    Golden(
        "gate",
        train_gate,
        (Channel("light"), Channel("V", "mV")),
        20.0,
        20,
        Normaliser((0.0, 1650.0), (1.0, 400.0), (4.0, 3300.0)),
        Task.BINARY,
        ("shut", "open"),
    ),
)


if __name__ == "__main__":
    main()
