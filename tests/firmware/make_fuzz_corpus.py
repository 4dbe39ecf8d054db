# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the programs that fuzzing begins with, ``firmware/fuzz/corpus``: run it as
``python -m tests.firmware.make_fuzz_corpus`` wherever the format or the compiler changes.

Small programs: of every operator, for every target where its weights are packed otherwise, of
networks of several, and the golden ones. What a fuzzer found (``found-*``) is kept as it is.
"""

from __future__ import annotations

from pathlib import Path

from app.deploy.compiler.compile import compile_network
from app.deploy.compiler.graph import Graph
from app.deploy.compiler.targets import GENERIC, TARGETS, Target
from app.deploy.foreign import foreign_program
from tests.helpers.golden_programs import GOLDEN
from tests.helpers.random_networks import random_network
from tests.helpers.random_operators import GENERATORS, random_graph

CORPUS = Path(__file__).parents[2] / "firmware" / "fuzz" / "corpus"
LARGEST_BYTES = 1024
MOST_ARENA_BYTES = 512
SEEDS = range(400)
PACKED = ("FULLY_CONNECTED", "CONV_2D", "DEPTHWISE_CONV_2D")
PACKED_GRAPHS = 4
NETWORKS = 12


def seeds() -> dict[str, bytes]:
    """The programs by their files' names."""
    programs: dict[str, bytes] = {}
    for kind in GENERATORS:
        packed = kind in PACKED
        graphs = (random_graph(kind, seed) for seed in SEEDS)
        targets = tuple(TARGETS.values()) if packed else (GENERIC,)
        programs |= _small(kind.lower(), graphs, targets, PACKED_GRAPHS if packed else 1)
    networks = (random_network(seed) for seed in SEEDS)
    programs |= _small("network", networks, tuple(TARGETS.values()), NETWORKS)
    return programs | {f"golden-{file.name}": file.read_bytes() for file in GOLDEN.glob("*.bin")}


def _small(name: str, graphs, targets: tuple[Target, ...], count: int) -> dict[str, bytes]:
    """The first ``count`` of ``graphs`` that are small, the targets in turn."""
    programs: dict[str, bytes] = {}
    for graph in graphs:
        target = targets[len(programs) % len(targets)]
        program = _program(graph, target)
        if program is not None:
            programs[f"{name}-{len(programs)}-{target.name}.bin"] = program
        if len(programs) == count * len(targets):
            break
    return programs


def _program(graph: Graph, target: Target) -> bytes | None:
    network = compile_network(graph, target)
    program = foreign_program(network).to_bytes()
    small = len(program) <= LARGEST_BYTES and network.arena_bytes <= MOST_ARENA_BYTES
    return program if small else None


def main() -> None:
    CORPUS.mkdir(exist_ok=True)
    for file in CORPUS.iterdir():
        if not file.name.startswith("found-"):
            file.unlink()
    for name, program in seeds().items():
        (CORPUS / name).write_bytes(program)


if __name__ == "__main__":
    main()
