# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine on emulated boards: instructions, memory, and that every answer is exact.

    python -m benchmarks.engine [--models FOLDER] [--target NAME] [--json]

The models are full-int8 networks with 50 windows each and the answers of TensorFlow's reference
interpreter (``M1.tflite``, ``M1_check.npz``, …). Everything of a target comes from one build, made
with the flags that boards get. The figures of the peers were measured the same way on the same
models: the best of TensorFlow Lite Micro (with CMSIS-NN, either rounding) and NNoM for
instructions, TensorFlow Lite Micro for memory.

Ends with 1 where an answer differs.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from app.deploy.compiler.compile import compile_network
from app.deploy.compiler.targets import TARGETS as COMPILED
from app.deploy.foreign import foreign_program
from benchmarks.emulated import TARGETS, Bench, Job, Run, Target

MODELS = Path(__file__).resolve().parents[2] / "shared" / "bench" / "models"


@dataclass(frozen=True, slots=True)
class Peer:
    """What others take for a model on a Cortex-M4F."""

    instructions: int
    """Of one inference, the best of all."""
    arena_bytes: int
    """Of TensorFlow Lite Micro."""


PEERS = {
    "M1": Peer(4_271, 1_236),
    "M2": Peer(80_261, 2_356),
    "M3": Peer(529_768, 4_788),
    "M4": Peer(331_039, 4_660),
    "M5": Peer(647_438, 7_252),
    "M6": Peer(492_479, 5_188),
}
PEERS_TARGET = "cortex-m4f"
PRODUCTS = ("DENSE", "CONV")
"""The plan's operators that sum up products over all inputs."""
HEADINGS = (
    "model different instructions per MAC  dense, conv  program   arena  stack",
    "  / best peer / TFLM",
)


@dataclass(frozen=True, slots=True)
class Figures:
    """A model on a target."""

    model: str
    vectors: int
    macs: int
    product_macs: int
    """Of :data:`PRODUCTS`."""
    program_bytes: int
    arena_bytes: int
    run: Run

    @property
    def instructions_a_mac(self) -> float:
        return self.run.inference / self.macs

    @property
    def product_instructions(self) -> int:
        return sum(count for name, count in self.run.operators if name in PRODUCTS)

    @property
    def peer(self) -> Peer:
        return PEERS[self.model]


@dataclass(frozen=True, slots=True)
class Report:
    """All models on a target. ``engine_bytes`` are code and constants with every operator."""

    target: str
    engine_bytes: int
    figures: tuple[Figures, ...]

    @property
    def exact(self) -> bool:
        return not any(figures.run.different for figures in self.figures)

    @property
    def ratio(self) -> float:
        """Geometric mean of the instructions over those of the best peer."""
        ratios = (figures.run.inference / figures.peer.instructions for figures in self.figures)
        return statistics.geometric_mean(ratios)

    @property
    def instructions_a_product_mac(self) -> float:
        """Of dense layers and convolutions, over all models."""
        instructions = sum(figures.product_instructions for figures in self.figures)
        return instructions / sum(figures.product_macs for figures in self.figures)


def measure(bench: Bench, model: Path) -> Figures:
    """Compile ``model`` for the bench's target, and run it on the windows that are beside it."""
    network = compile_network(model.read_bytes(), COMPILED[bench.target.name])
    program = foreign_program(network).to_bytes()
    with np.load(model.with_name(f"{model.stem}_check.npz")) as check:
        job = Job(program, check["x"], check["y_ref"])
    return Figures(
        model=model.stem,
        vectors=len(job.inputs),
        macs=network.macs,
        product_macs=sum(
            layer.macs for layer in network.layers if not set(PRODUCTS).isdisjoint(layer.kinds)
        ),
        program_bytes=len(program),
        arena_bytes=network.arena_bytes,
        run=bench.run(job),
    )


def measure_all(target: Target, folder: Path, models: Path) -> Report:
    bench = target.build(folder)
    figures = tuple(measure(bench, models / f"{name}.tflite") for name in PEERS)
    return Report(target.name, bench.engine_bytes(), figures)


def as_json(report: Report) -> dict[str, object]:
    models = [
        {
            **asdict(figures),
            "instructions_a_mac": figures.instructions_a_mac,
            "product_instructions": figures.product_instructions,
            "instructions_to_best_peer": figures.run.inference / figures.peer.instructions,
            "arena_to_tflm": figures.arena_bytes / figures.peer.arena_bytes,
        }
        for figures in report.figures
    ]
    return {
        "target": report.target,
        "emulated": True,
        "engine_bytes": report.engine_bytes,
        "instructions_to_best_peer": report.ratio,
        "instructions_a_product_mac": report.instructions_a_product_mac,
        "models": models,
    }


def show(report: Report) -> None:
    compared = report.target == PEERS_TARGET
    print(f"{report.target}, on an emulator: instructions are counted, not cycles")
    print(f"engine with every operator: {report.engine_bytes:,} bytes of code and constants")
    print(HEADINGS[0] + (HEADINGS[1] if compared else ""))
    for figures in report.figures:
        run = figures.run
        line = (
            f"{figures.model:5} {run.different:9} {run.inference:12,} "
            f"{figures.instructions_a_mac:7.2f} "
            f"{figures.product_instructions / figures.product_macs:12.2f} "
            f"{figures.program_bytes:8,} "
            f"{figures.arena_bytes:7,} {max(run.load_stack, run.inference_stack):6,}"
        )
        if compared:
            line += (
                f" {run.inference / figures.peer.instructions:10.2f} "
                f"{figures.arena_bytes / figures.peer.arena_bytes:7.2f}"
            )
        print(line)
    print(f"dense and convolution: {report.instructions_a_product_mac:.2f} instructions per MAC")
    if compared:
        print(f"geometric mean of instructions to the best peer's: {report.ratio:.3f}")
    for figures in report.figures:
        parts = ", ".join(f"{name} {count:,}" for name, count in figures.run.operators)
        print(f"{figures.model}: {parts}")
    print()


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the engine on emulated boards.")
    parser.add_argument("--models", type=Path, default=MODELS, metavar="FOLDER")
    parser.add_argument("--target", choices=[target.name for target in TARGETS])
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    chosen = [target for target in TARGETS if arguments.target in (None, target.name)]
    lacking = sorted({command for target in chosen for command in target.missing()})
    if lacking:
        parser.error(f"not installed: {', '.join(lacking)}")
    reports: list[Report] = []
    for target in chosen:
        with tempfile.TemporaryDirectory() as folder:
            reports.append(measure_all(target, Path(folder), arguments.models))
        if not arguments.json:
            show(reports[-1])
    if arguments.json:
        print(json.dumps([as_json(report) for report in reports], indent=2))
    return 0 if all(report.exact for report in reports) else 1


if __name__ == "__main__":
    sys.exit(main())
