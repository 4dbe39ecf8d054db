# SPDX-License-Identifier: GPL-3.0-or-later
"""What each operator of the engine costs, in instructions, by target.

Made by ``benchmarks/calibrate_cost.py``, but for COPY, FILL and the products in ROWS on boards that
have a packing of their own, which are estimates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.deploy.compiler.records import Kind
from app.deploy.compiler.targets import CORTEX_M4F, ESP32, Packing


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Instructions for one of each quantity of :class:`app.deploy.compiler.cost.Work`, and to
    begin."""

    start: float = 0.0
    mac: float = 0.0
    output: float = 0.0
    row: float = 0.0
    input: float = 0.0
    tap: float = 0.0
    line: float = 0.0
    gather: float = 0.0
    gathered: float = 0.0


CLOCKS_AN_INSTRUCTION: Mapping[str, float] = {CORTEX_M4F.name: 1.3, ESP32.name: 1.5}
"""By target: an estimate from the processors' manuals (loads, branches, waits for flash)."""

COSTS: Mapping[str, Mapping[tuple[Kind, Packing], Cost]] = {
    CORTEX_M4F.name: {
        (Kind.DENSE, Packing.PAIRS): Cost(start=174.2, mac=1.03, row=58.89, input=0.01),
        (Kind.DENSE, Packing.ROWS): Cost(start=60, mac=5, output=25, row=10),
        (Kind.CONV, Packing.PAIRS): Cost(
            start=110.25,
            mac=1.03,
            output=13.09,
            row=17.25,
            line=137.95,
            gather=260.32,
            gathered=1.43,
        ),
        (Kind.CONV, Packing.ROWS): Cost(start=100, mac=5, output=25, row=60, gather=60, gathered=2),
        (Kind.DEPTHWISE, Packing.PAIRS): Cost(
            start=83.71, mac=2.83, output=13.64, row=62.82, line=83.71, gather=117.43, gathered=1.65
        ),
        (Kind.DEPTHWISE, Packing.ROWS): Cost(
            start=59.39, mac=7.92, output=69.81, row=41.06, line=59.39, gather=143.56, gathered=0.56
        ),
        (Kind.MAX_POOL, Packing.ROWS): Cost(start=116.53, mac=1.24, tap=21.28, line=15.13),
        (Kind.AVERAGE_POOL, Packing.ROWS): Cost(
            start=6.48, output=35.47, row=16.2, tap=14.59, line=50.23
        ),
        (Kind.MEAN, Packing.ROWS): Cost(start=37.72, mac=1.5, output=45.95, row=37.72),
        (Kind.TABLE, Packing.ROWS): Cost(start=29, output=6),
        (Kind.SOFTMAX, Packing.ROWS): Cost(start=52.41, output=37.11, row=52.41),
        (Kind.ADD, Packing.ROWS): Cost(start=107.57, output=74.92, row=6.24),
        (Kind.MUL, Packing.ROWS): Cost(start=96.58, output=42.18, row=3.51),
        (Kind.COPY, Packing.ROWS): Cost(start=60, output=1, row=40),
        (Kind.FILL, Packing.ROWS): Cost(start=30, output=0.5, row=10),
    },
    ESP32.name: {
        (Kind.DENSE, Packing.QUADS): Cost(
            start=341.98, mac=1.69, output=52.69, row=15.49, input=4.73
        ),
        (Kind.DENSE, Packing.ROWS): Cost(start=80, mac=11, output=45, row=10),
        (Kind.CONV, Packing.QUADS): Cost(
            start=11.32, mac=1.6, output=45.14, row=77.08, line=248.71, gather=392.8, gathered=11.87
        ),
        (Kind.CONV, Packing.ROWS): Cost(
            start=120, mac=11, output=45, row=80, gather=80, gathered=3
        ),
        (Kind.DEPTHWISE, Packing.ROWS): Cost(mac=13.14, output=43.03, row=154.29, gather=79.35),
        (Kind.MAX_POOL, Packing.ROWS): Cost(
            start=165.59, mac=3.76, output=9.1, row=2.41, line=40.65
        ),
        (Kind.AVERAGE_POOL, Packing.ROWS): Cost(
            mac=4.07, output=26.21, row=21.48, tap=36.51, line=49.43
        ),
        (Kind.MEAN, Packing.ROWS): Cost(start=57.29, mac=3.75, output=83.71, row=57.29),
        (Kind.TABLE, Packing.ROWS): Cost(start=25, output=10),
        (Kind.SOFTMAX, Packing.ROWS): Cost(start=162.37, output=83.63, row=162.37),
        (Kind.ADD, Packing.ROWS): Cost(start=82.36, output=198.7, row=16.56),
        (Kind.MUL, Packing.ROWS): Cost(start=88.53, output=90.71, row=7.56),
        (Kind.COPY, Packing.ROWS): Cost(start=80, output=2, row=50),
        (Kind.FILL, Packing.ROWS): Cost(start=40, output=1, row=15),
    },
}
"""By target, then by kind and packing."""
