# SPDX-License-Identifier: GPL-3.0-or-later
"""Accuracy on real gestures: ``nano_gestures`` with its own split and the default preset.

    python -m benchmarks.nano_gestures [--seeds N] [--data FOLDER] [--json]

Imports, trains, converts and evaluates through the studio's worker, once a seed, with nothing set
by hand, and prints float and int8 accuracy on the test part. The defaults were chosen on training
parts alone (``choose_default.py``). For comparison: the data set's PROVENANCE.md states 87.3 %
(int8, three seeds) for a small network that nobody tuned.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from app.core.importing import ImportOptions, import_files
from app.core.metrics import ClassificationMetrics
from app.core.project import Project
from app.core.runs import Evaluation, load_run
from app.core.text import text
from app.jobs.messages import (
    EvaluateRequest,
    EvaluateResult,
    Finished,
    Request,
    Result,
    TrainRequest,
)
from app.jobs.runner import JobRunner
from benchmarks.choose_default import SHARED_DATA


@dataclass(frozen=True)
class Figures:
    """Of one seed, on the test part. ``confusion`` is that of int8."""

    seed: int
    float_accuracy: float
    int8_accuracy: float
    int8_macro_f1: float
    epochs: int
    best_epoch: int
    train_seconds: float
    tflite_bytes: int
    confusion: tuple[tuple[int, ...], ...]


def measure(runner: JobRunner, folder: Path, data: Path, seed: int) -> Figures:
    """A new project with ``data`` in it, trained once."""
    project = Project.create(folder, "nano_gestures")
    import_files(project, [data], ImportOptions())
    document = project.document
    seeded = replace(
        document,
        data=replace(document.data, split_seed=seed),
        training=replace(document.training, seed=seed),
    )
    project.edit(seeded, text("Choose a seed"))
    project.save()
    began = time.perf_counter()
    done(runner, TrainRequest(str(folder), "run"))
    train_seconds = time.perf_counter() - began
    result = done(runner, EvaluateRequest(str(folder), "run"))
    assert isinstance(result, EvaluateResult)
    run = load_run(folder, "run")
    assert run.sizes is not None
    in_float, in_int8 = classes(result.float_scores), classes(result.int8_scores)
    return Figures(
        seed=seed,
        float_accuracy=in_float.accuracy,
        int8_accuracy=in_int8.accuracy,
        int8_macro_f1=in_int8.macro_f1,
        epochs=len(run.history),
        best_epoch=run.best_epoch,
        train_seconds=train_seconds,
        tflite_bytes=run.sizes.tflite_bytes,
        confusion=in_int8.confusion,
    )


def done(runner: JobRunner, request: Request) -> Result:
    outcome = runner.run(request)
    if not isinstance(outcome, Finished):
        raise SystemExit(f"{type(request).__name__}: {outcome}")
    return outcome.result


def classes(evaluation: Evaluation) -> ClassificationMetrics:
    assert evaluation.classification is not None
    return evaluation.classification


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seeds", type=int, default=3)
    options.add_argument("--data", type=Path, default=SHARED_DATA)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, JobRunner() as runner:
        figures = [
            measure(runner, Path(folder, str(seed)), chosen.data, seed)
            for seed in range(1, chosen.seeds + 1)
        ]
    means = {
        name: float(np.mean([getattr(each, name) for each in figures]))
        for name in ("float_accuracy", "int8_accuracy", "int8_macro_f1")
    }
    if chosen.json:
        print(json.dumps({**means, "seeds": [asdict(each) for each in figures]}))
        return
    for each in figures:
        print(
            f"seed {each.seed}: float {each.float_accuracy:.3f}  int8 {each.int8_accuracy:.3f}  "
            f"macro-F1 {each.int8_macro_f1:.3f}  {each.epochs} epochs, best {each.best_epoch}, "
            f"{each.train_seconds:.1f} s, {each.tflite_bytes:,} bytes"
        )
    print(
        f"mean of {len(figures)}: float {means['float_accuracy']:.3f}  "
        f"int8 {means['int8_accuracy']:.3f}  macro-F1 {means['int8_macro_f1']:.3f}"
    )


if __name__ == "__main__":
    main()
