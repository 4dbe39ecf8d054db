# SPDX-License-Identifier: Apache-2.0
"""Writes the networks of the self-test, for each target, from the golden files of the engine's
tests (``tests/data/program``): run it again wherever those change.

    python3 firmware/application/golden/make.py
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
FILES = HERE.parents[2] / "tests" / "data" / "program"
NETWORKS = ("network", "gate")
"""Together: convolutions, depthwise and pointwise, pools, dense layers, tables, a mean, softmax."""
TARGETS = ("generic", "cortex-m4f", "esp32")
WINDOWS = slice(2, 18, 4)
A_LINE = 16


def main() -> None:
    for target in TARGETS:
        (HERE / f"{target}.c").write_text(source(target))


def source(target: str) -> str:
    """The C file for a target."""
    arrays: list[str] = []
    rows: list[str] = []
    for name in NETWORKS:
        program = (FILES / f"{name}-{target}.bin").read_bytes()
        windows = json.loads((FILES / f"{name}.json").read_text())[WINDOWS]
        arrays += [
            array(f"_Alignas(16) static const uint8_t {name}_program", program),
            array(f"static const int8_t {name}_inputs", flat(windows, "input")),
            array(f"static const int8_t {name}_outputs", flat(windows, "output")),
        ]
        rows.append(
            f"    {{{name}_program, sizeof {name}_program, {len(windows)}, {name}_inputs, "
            f"{name}_outputs}},"
        )
    head = f"// SPDX-License-Identifier: Apache-2.0\n//\n// Written by make.py, for {target}.\n\n"
    table = "\n".join(["const tw_golden tw_golden_runs[] = {", *rows, "};"])
    length = (
        "const uint8_t tw_golden_runs_length = sizeof tw_golden_runs / sizeof tw_golden_runs[0];"
    )
    parts = ["// clang-format off", *arrays, table, length]
    return head + '#include "../golden.h"\n\n' + "\n".join(parts) + "\n"


def flat(windows: list[dict[str, list[int]]], key: str) -> list[int]:
    return [value for window in windows for value in window[key]]


def array(declared: str, values: Iterable[int]) -> str:
    told = [str(value) for value in values]
    lines = [", ".join(told[at : at + A_LINE]) for at in range(0, len(told), A_LINE)]
    return f"{declared}[] = {{\n  " + ",\n  ".join(lines) + ",\n};"


if __name__ == "__main__":
    main()
