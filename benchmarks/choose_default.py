# SPDX-License-Identifier: GPL-3.0-or-later
"""Chooses the default network and its training by cross-validation, on training parts only.

    python -m benchmarks.choose_default [NAME …] [--seeds N] [--data FOLDER] [--json]

Every candidate is trained on two kinds of data, as the studio itself would:

* *gestures*: the real recordings of ``nano_gestures``, folds in the order of time: of each class
  the first takes train and those that follow are answered, three times further on;
* *hand*: the simulated hand, folds by the way of holding: two in eight are answered, the other six
  train.

Test parts are left out before a fold is made. Of the training takes of a fold a quarter decides, as
in the studio, which epoch is the best. The score is the mean of the two accuracies.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from app.core.dataset import build_dataset
from app.core.document import Document
from app.core.importing import ImportOptions, import_files
from app.core.model_report import analyse
from app.core.model_spec import LayerSpec, ModelSpec, ParameterValue
from app.core.preprocessing import fit_normaliser
from app.core.project import Project
from app.core.recording import Part, Recording
from app.core.training import AugmentConfig, DataConfig, EpochMetrics, TrainingConfig
from app.deploy.sample_gestures import TRAINING_HOLDINGS, create_gestures_sample
from app.jobs.run_data import score
from app.ml.batches import Feeder
from app.ml.build import build, seed
from app.ml.evaluate import answer_in_float
from app.ml.train import compile_model, loss_for, train

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "nano_gestures"


def layer(kind: str, **parameters: ParameterValue) -> LayerSpec:
    return LayerSpec(kind, parameters)


def cnn(
    *filters: int, kernel: int = 5, pool: int = 2, ending: str = "global_average_pool",
    dropout: float = 0.2,
) -> ModelSpec:  # fmt: skip
    """Convolutions with pooling between, one number a filter, an answer."""
    blocks = [
        block
        for count in filters
        for block in (
            layer("conv1d", filters=count, kernel_size=kernel),
            layer("max_pool1d", pool_size=pool),
        )
    ]
    answer = layer("dense", units=None, activation=None)
    return ModelSpec((*blocks, layer(ending), layer("dropout", rate=dropout), answer))


AUGMENT = AugmentConfig(noise=0.05, scale=0.1, shift=0.1, rotate_deg=20.0)
USUAL = TrainingConfig(learning_rate=0.003, batch_size=16, epochs=60, patience=15, augment=AUGMENT)
TURNED = replace(USUAL, augment=replace(AUGMENT, rotate_deg=30.0))
SMALL = cnn(16, 32)
GREATEST = cnn(16, 32, ending="global_max_pool")

CANDIDATES: dict[str, tuple[ModelSpec, TrainingConfig]] = {
    # How to train
    "plain": (SMALL, TrainingConfig()),
    "faster": (SMALL, TrainingConfig(learning_rate=0.003)),
    "augmented": (SMALL, USUAL),
    "turned less": (SMALL, replace(USUAL, augment=replace(AUGMENT, rotate_deg=10.0))),
    "turned more": (SMALL, TURNED),
    "shifted less": (SMALL, replace(USUAL, augment=replace(AUGMENT, shift=0.05))),
    "scaled more": (SMALL, replace(USUAL, augment=replace(AUGMENT, scale=0.2))),
    "noisier": (SMALL, replace(USUAL, augment=replace(AUGMENT, noise=0.1))),
    "batch 32": (SMALL, replace(USUAL, batch_size=32)),
    "unweighted": (SMALL, replace(USUAL, class_weights=False)),
    "longer": (SMALL, replace(USUAL, epochs=100, patience=25)),
    # What to train
    "greatest": (GREATEST, USUAL),
    "greatest, unweighted": (GREATEST, replace(USUAL, class_weights=False)),
    "greatest, turned more": (GREATEST, TURNED),
    "pooled by 4": (cnn(16, 32, kernel=7, pool=4), USUAL),
    "kernel 7": (cnn(16, 32, kernel=7), USUAL),
    "kernel 9": (cnn(16, 32, kernel=9), USUAL),
    "three blocks": (cnn(16, 24, 32), USUAL),
    "three blocks, greatest": (cnn(16, 24, 32, ending="global_max_pool"), USUAL),
    "narrower": (cnn(8, 16), USUAL),
    "wider": (cnn(24, 48), USUAL),
    "no dropout": (cnn(16, 32, dropout=0.0), USUAL),
    "dropout 0.4": (cnn(16, 32, dropout=0.4), USUAL),
    # What did well above, taken together
    "kernel 9, turned more": (cnn(16, 32, kernel=9), TURNED),
    "kernel 11, turned more": (cnn(16, 32, kernel=11), TURNED),
    "kernel 9, turned more, longer": (
        cnn(16, 32, kernel=9),
        replace(TURNED, epochs=100, patience=25),
    ),
    "kernel 9, pooled by 4, turned more": (cnn(16, 32, kernel=9, pool=4), TURNED),
    "kernel 7, pooled by 4, turned more": (cnn(16, 32, kernel=7, pool=4), TURNED),
    "kernel 9, narrower, turned more": (cnn(8, 16, kernel=9), TURNED),
}


@dataclass(frozen=True)
class Fold:
    """A project's training takes, some of which are made the test part. Built as any project is."""

    project: Project
    document: Document

    def recording(self, recording_id: str) -> Recording:
        return self.project.recording(recording_id)


def fold(project: Project, training: set[str], held_out: set[str]) -> Fold:
    """Only the recordings named, with the parts so given."""
    document = project.document
    used = [
        replace(info, part=Part.TEST if info.id in held_out else Part.TRAINING)
        for info in document.recordings
        if info.id in training | held_out
    ]
    kept = {info.id for info in used}
    spans = tuple(span for span in document.spans if span.recording_id in kept)
    return Fold(project, replace(document, recordings=tuple(used), spans=spans))


def training_takes(project: Project) -> list[str]:
    """The recordings that are not in the test part, in the order of time."""
    return [info.id for info in project.document.recordings if info.part is not Part.TEST]


def folds_in_time(project: Project) -> Iterator[Fold]:
    """Of each class, takes up to one moment train, and those up to a later one are answered."""
    labels = {span.recording_id: span.label for span in project.document.spans}
    takes = training_takes(project)
    by_class = [[t for t in takes if labels[t] == name] for name in sorted(set(labels.values()))]
    for trained, answered in ((0.4, 0.7), (0.55, 0.85), (0.7, 1.0)):
        training: set[str] = set()
        held_out: set[str] = set()
        for mine in by_class:
            first, last = round(trained * len(mine)), round(answered * len(mine))
            training.update(mine[:first])
            held_out.update(mine[first:last])
        yield fold(project, training, held_out)


def folds_by_holding(project: Project) -> Iterator[Fold]:
    """Two ways of holding the board are held out, then two others."""
    names = {info.id: int(info.name.split()[-1]) for info in project.document.recordings}
    takes = training_takes(project)
    for first in (0, 4):
        held_out = {t for t in takes if names[t] % TRAINING_HOLDINGS in (first, first + 1)}
        yield fold(project, set(takes) - held_out, held_out)


class Unwatched:
    """Nobody looks at these trainings."""

    def on_progress(self, fraction: float, seconds_left: float) -> None:
        pass

    def on_epoch(self, metrics: EpochMetrics, best: bool) -> None:
        pass

    def stopped(self) -> bool:
        return False


@dataclass(frozen=True)
class Score:
    """Of one training: accuracy and macro-F1 on what was held out, seconds of training."""

    accuracy: float
    macro_f1: float
    seconds: float


def trial(source: Fold, spec: ModelSpec, config: TrainingConfig) -> Score:
    """Train on a fold as the studio would, and answer what it holds out."""
    dataset = build_dataset(source, DataConfig(split_seed=config.seed))
    feeder = Feeder(
        dataset,
        fit_normaliser(dataset, source.document.data.normalisation),
        loss_for(dataset.task, config.loss),
    )
    seed(config.seed)
    model = build(spec, dataset.input_shape, dataset.task, len(dataset.classes))
    compile_model(model, dataset.task, config)
    began = time.perf_counter()
    train(model, feeder, config, Unwatched())
    seconds = time.perf_counter() - began
    held_out = dataset.indices[Part.TEST]
    answers = answer_in_float(model, feeder, held_out, lambda _: None)
    metrics = score(dataset, held_out, answers).classification
    assert metrics is not None
    return Score(metrics.accuracy, metrics.macro_f1, seconds)


def assess(folds: list[Fold], spec: ModelSpec, config: TrainingConfig, seeds: int) -> list[Score]:
    return [
        trial(source, spec, replace(config, seed=number))
        for source in folds
        for number in range(1, seeds + 1)
    ]


def summary(scores: list[Score]) -> dict[str, float]:
    return {
        "accuracy": float(np.mean([each.accuracy for each in scores])),
        "deviation": float(np.std([each.accuracy for each in scores])),
        "worst": min(each.accuracy for each in scores),
        "macro_f1": float(np.mean([each.macro_f1 for each in scores])),
        "seconds": float(np.mean([each.seconds for each in scores])),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("names", nargs="*", metavar="NAME", help="candidates; all by default")
    options.add_argument("--seeds", type=int, default=3)
    options.add_argument("--data", type=Path, default=SHARED_DATA)
    options.add_argument("--json", action="store_true", help="one object a line")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        gestures = Project.create(Path(folder, "gestures"), "nano_gestures")
        import_files(gestures, [chosen.data], ImportOptions())
        hand = create_gestures_sample(Path(folder, "hand"))
        data = {"gestures": list(folds_in_time(gestures)), "hand": list(folds_by_holding(hand))}
        results: dict[str, float] = {}
        for name in chosen.names or CANDIDATES:
            spec, config = CANDIDATES[name]
            shape = (119, 6)
            report = analyse(spec, shape, gestures.document.task, 5)
            found = {
                kind: summary(assess(folds, spec, config, chosen.seeds))
                for kind, folds in data.items()
            }
            results[name] = float(np.mean([each["accuracy"] for each in found.values()]))
            if chosen.json:
                print(json.dumps({"candidate": name, "score": results[name], **found}), flush=True)
                continue
            columns = "  ".join(
                f"{kind} {each['accuracy']:.3f} ±{each['deviation']:.3f} worst {each['worst']:.3f} "
                f"F1 {each['macro_f1']:.3f} {each['seconds']:4.1f} s"
                for kind, each in found.items()
            )
            print(f"{results[name]:.4f}  {name:34} {report.parameters:6,}  {columns}", flush=True)
        if not chosen.json:
            print(f"best: {max(results, key=lambda name: results[name])}")


if __name__ == "__main__":
    main()
