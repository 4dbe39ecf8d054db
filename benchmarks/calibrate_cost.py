# SPDX-License-Identifier: GPL-3.0-or-later
"""Fits the cost model to instructions counted on emulated boards.

    python -m benchmarks.calibrate_cost [--target NAME]

Networks of every kind of layer, in many sizes, are compiled and run once; the counts of their
records give the constants of :data:`app.deploy.compiler.cost_table.COSTS` by least squares of the
relative errors, none below zero. Prints the table to put there, how well it fits, and how well it
predicts the bench models, which it has not seen.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.core.model_spec import LayerSpec, ModelSpec, Shape
from app.core.training import Task
from app.deploy.compiler.compile import compile_network
from app.deploy.compiler.cost import Work, predicted, work_of
from app.deploy.compiler.cost_table import COSTS, Cost
from app.deploy.compiler.from_spec import graph_of
from app.deploy.compiler.network import Network
from app.deploy.compiler.records import Kind, Plan, Record
from app.deploy.compiler.targets import TARGETS as COMPILED
from app.deploy.compiler.targets import Packing, Target
from app.deploy.foreign import foreign_program
from benchmarks.emulated import TARGETS, Bench, Job
from benchmarks.engine import MODELS, PEERS

Key = tuple[Kind, Packing]
Floats = NDArray[np.float64]
FEWEST = 8
"""Records of a kind that a fit needs."""

OUTPUTS = 4
ANSWER = LayerSpec("dense", {"units": OUTPUTS, "activation": "softmax"})
FLAT, MEAN, LARGEST = (
    LayerSpec("flatten"), LayerSpec("global_average_pool"), LayerSpec("global_max_pool"),
)  # fmt: skip


def conv(filters: int, kernel: int, **more: object) -> LayerSpec:
    return LayerSpec("conv1d", {"filters": filters, "kernel_size": kernel, **more})


def separable(filters: int, kernel: int, **more: object) -> LayerSpec:
    return LayerSpec("separable_conv1d", {"filters": filters, "kernel_size": kernel, **more})


def dense(units: int, activation: str = "relu") -> LayerSpec:
    return LayerSpec("dense", {"units": units, "activation": activation})


def designs() -> Iterator[tuple[Shape, tuple[LayerSpec, ...]]]:
    """Shapes of windows, and the layers they go through."""
    for length, channels in ((20, 2), (50, 3), (100, 6), (128, 9)):
        shape = (length, channels)
        for units in (4, 10, 24, 64):
            yield shape, (FLAT, dense(units), dense(units // 2, "tanh"), ANSWER)
        for filters, kernel in ((4, 3), (8, 5), (16, 5), (24, 9), (32, 3)):
            pool = LayerSpec("max_pool1d", {"pool_size": 2})
            yield shape, (conv(filters, kernel), pool, conv(filters, 3), MEAN, ANSWER)
            valid = conv(filters, kernel, padding="valid", strides=2, activation="sigmoid")
            yield shape, (valid, LARGEST, ANSWER)
            average = LayerSpec("average_pool1d", {"pool_size": 3, "padding": "same"})
            pooled = separable(filters, kernel), average, separable(filters, 3)
            yield shape, (*pooled, MEAN, ANSWER)
            yield shape, (separable(filters, kernel, depth_multiplier=2), MEAN, ANSWER)
        yield shape, (conv(8, 3, dilation_rate=3), MEAN, dense(7), ANSWER)
        normalised = (conv(12, 3), LayerSpec("batch_norm"), LayerSpec("max_pool1d"))
        yield shape, (*normalised, LayerSpec("batch_norm"), FLAT, ANSWER)
        yield shape, (FLAT, dense(30, "sigmoid"), dense(20, "softmax"), ANSWER)
    for rows, columns in ((20, 6), (49, 10)):
        for filters in (4, 12, 16):
            plane = LayerSpec("conv2d", {"filters": filters})
            halves = LayerSpec("max_pool2d"), LayerSpec("average_pool2d", {"pool_width": 1})
            for pool in halves:
                yield (rows, columns), (LayerSpec("reshape"), plane, pool, plane, MEAN, ANSWER)


def networks(target: Target) -> Iterator[Network]:
    for shape, layers in designs():
        graph = graph_of(ModelSpec(layers), shape, Task.MULTICLASS, OUTPUTS)
        yield compile_network(graph, target)


def counted(bench: Bench, network: Network) -> list[tuple[Record, int]]:
    """The records of ``network`` with the instructions that each took."""
    rng = np.random.default_rng(1)
    job = Job(
        foreign_program(network).to_bytes(),
        rng.integers(-128, 128, (1, network.input.size)).astype(np.int8),
        np.zeros((1, network.output.size), np.int8),
    )
    records = Plan.decode(network.plan).records
    return [
        (record, count)
        for record, (_, count) in zip(records, bench.run(job).operators, strict=True)
    ]


QUANTITIES = {
    "start": lambda _work: 1,
    "mac": lambda work: work.macs,
    "output": lambda work: work.outputs,
    "row": lambda work: work.rows,
    "input": lambda work: work.inputs,
    "tap": lambda work: work.taps,
    "line": lambda work: work.lines,
    "gather": lambda work: work.gathers,
    "gathered": lambda work: work.gathered,
}
"""What each field of a cost is multiplied with."""


def fit(works: Sequence[Work], counts: Sequence[int]) -> tuple[Cost, Floats]:
    """The cost whose relative errors are smallest, and these errors."""
    measured = np.array(counts, np.float64)
    features = np.array([[of(work) for of in QUANTITIES.values()] for work in works], np.float64)
    scaled = features / measured[:, None]
    chosen = list(np.flatnonzero(features.any(axis=0)))
    constants = np.zeros(len(QUANTITIES))
    while chosen:  # leave out what would cost less than nothing, the worst first
        found, *_ = np.linalg.lstsq(scaled[:, chosen], np.ones(len(measured)), rcond=None)
        if found.min() >= 0:
            constants[chosen] = found.round(2)
            break
        del chosen[int(np.argmin(found))]
    cost = Cost(**dict(zip(QUANTITIES, constants.tolist(), strict=True)))
    return cost, features @ constants / measured - 1


def calibrate(bench: Bench) -> dict[Key, Cost]:
    """The costs of a target, printed as they are found."""
    target = COMPILED[bench.target.name]
    seen: dict[Key, list[tuple[Work, int]]] = defaultdict(list)
    for network in networks(target):
        for record, count in counted(bench, network):
            seen[record.kind, record.packing].append((work_of(record), count))
    costs = dict(COSTS[target.name])
    print(f"{target.name}:")
    for (kind, packing), pairs in sorted(seen.items()):
        if len(pairs) < FEWEST:
            continue
        works, counts = zip(*pairs, strict=True)
        cost, errors = fit(works, counts)
        costs[kind, packing] = cost
        numbers = ", ".join(f"{n}={v:g}" for n in QUANTITIES if (v := getattr(cost, n)))
        print(
            f"        (Kind.{kind.name}, Packing.{packing.name}): Cost({numbers}),"
            f"  # {len(pairs)} records, errors {np.abs(errors).mean():.1%}, "
            f"at most {np.abs(errors).max():.0%}"
        )
    return costs


def judge(bench: Bench, costs: dict[Key, Cost], models: Path) -> None:
    """Print the prediction for each of the bench models beside its count."""
    for name in PEERS:
        network = compile_network(
            (models / f"{name}.tflite").read_bytes(), COMPILED[bench.target.name]
        )
        pairs = counted(bench, network)
        told = sum(predicted(work_of(r), costs[r.kind, r.packing]) for r, _ in pairs)
        count = sum(count for _, count in pairs)
        print(f"{name}: {told:,.0f} predicted, {count:,} counted, {told / count - 1:+.1%}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", choices=[target.name for target in TARGETS])
    parser.add_argument("--models", type=Path, default=MODELS, metavar="FOLDER")
    options = parser.parse_args()
    for target in TARGETS:
        if options.target in (None, target.name):
            with tempfile.TemporaryDirectory() as folder:
                bench = target.build(Path(folder))
                judge(bench, calibrate(bench), options.models)


if __name__ == "__main__":
    main()
