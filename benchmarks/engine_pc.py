# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole-dataset evaluation on the PC: the engine against TensorFlow's reference interpreter.

    python -m benchmarks.engine_pc [--windows N] [--json]

Both answer the same int8 windows with the same bytes: the interpreter (``BUILTIN_REF``) called
window by window, the engine's WebAssembly build (``app.deploy.engine``) in batches, by one thread
and by as many as it takes. Their rounds alternate, and the quickest of each counts, so that other
work on the machine falls on both alike. Needs the bench models beside the repository.
"""

from __future__ import annotations

import argparse
import json
import math
import time
import warnings
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.deploy import engine as engine_module
from app.deploy.compiler.compile import compile_network
from app.deploy.compiler.targets import GENERIC
from app.deploy.engine import Engine
from app.deploy.foreign import foreign_program

MODELS = Path(__file__).resolve().parents[2] / "shared" / "bench" / "models"
NAMES = ("M1", "M2", "M3", "M4", "M5", "M6")
ROUNDS = 5
AIM = 3.0


@dataclass(frozen=True)
class Figures:
    """Microseconds a window."""

    name: str
    interpreter_us: float
    one_thread_us: float
    engine_us: float

    @property
    def ratio(self) -> float:
        return self.interpreter_us / self.engine_us


def measure(name: str, windows: int) -> Figures:
    tflite = (MODELS / f"{name}.tflite").read_bytes()
    with np.load(MODELS / f"{name}_check.npz") as check:
        vectors, expected = check["x"].reshape(50, -1), check["y_ref"].reshape(50, -1)
    times = -(-windows // len(vectors))
    inputs, answers = np.tile(vectors, (times, 1)), np.tile(expected, (times, 1))
    engine = Engine(foreign_program(compile_network(tflite, GENERIC)))
    interpreter = reference_interpreter(tflite)
    ways: list[Callable[[], Any]] = [
        lambda: window_by_window(interpreter, inputs),
        lambda: with_threads(1, engine, inputs),
        lambda: with_threads(2, engine, inputs),
    ]
    for way in ways:
        np.testing.assert_array_equal(way(), answers)
    best = [math.inf] * len(ways)
    for _ in range(ROUNDS):
        for place, way in enumerate(ways):
            start_s = time.perf_counter()
            way()
            best[place] = min(best[place], time.perf_counter() - start_s)
    return Figures(name, *(seconds / len(inputs) * 1e6 for seconds in best))


def reference_interpreter(tflite: bytes) -> Any:
    import tensorflow as tf

    with warnings.catch_warnings():  # of its move to another package
        warnings.simplefilter("ignore", UserWarning)
        interpreter = tf.lite.Interpreter(
            model_content=tflite,
            num_threads=1,
            experimental_op_resolver_type=tf.lite.experimental.OpResolverType.BUILTIN_REF,
        )
    interpreter.allocate_tensors()
    return interpreter


def window_by_window(interpreter: Any, inputs: np.ndarray) -> np.ndarray:
    (entry,), (exit_,) = interpreter.get_input_details(), interpreter.get_output_details()
    place, shape, answer = entry["index"], entry["shape"], exit_["index"]
    answers = []
    for values in inputs:
        interpreter.set_tensor(place, values.reshape(shape))
        interpreter.invoke()
        answers.append(interpreter.get_tensor(answer)[0])
    return np.array(answers).reshape(len(inputs), -1)


def with_threads(threads: int, engine: Engine, inputs: np.ndarray) -> np.ndarray:
    engine_module.THREADS = threads
    return engine.run_all_quantised(inputs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--windows", type=int, default=5000, help="of each model, a round")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not MODELS.exists():
        parser.error("the bench models are not beside the repository")
    figures = [measure(name, options.windows) for name in NAMES]
    mean = math.exp(sum(math.log(each.ratio) for each in figures) / len(figures))
    if options.json:
        models = [{**asdict(each), "ratio": each.ratio} for each in figures]
        print(json.dumps({"models": models, "geometric_mean": mean, "aim": AIM}))
        return
    print("µs a window   reference interpreter   engine, 1 thread   2 threads   times faster")
    for each in figures:
        print(
            f"{each.name:11}   {each.interpreter_us:21.1f}   {each.one_thread_us:16.1f}   "
            f"{each.engine_us:9.1f}   {each.ratio:12.2f}"
        )
    print(f"geometric mean {mean:.2f} (aim: {AIM:g})")


if __name__ == "__main__":
    main()
