# SPDX-License-Identifier: GPL-3.0-or-later
"""What a board program can be compiled for: the packing that each target's kernels read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Packing(IntEnum):
    """How the weights of DENSE, CONV and DEPTHWISE lie (``docs/board-program.md``)."""

    ROWS = 0
    PAIRS = 1
    QUADS = 2


@dataclass(frozen=True, slots=True)
class Target:
    """``number`` stands in the program's header. ``products`` is the packing of DENSE and CONV."""

    name: str
    number: int
    products: Packing
    depthwise: Packing


GENERIC = Target("generic", 0, Packing.ROWS, Packing.ROWS)
CORTEX_M4F = Target("cortex-m4f", 1, Packing.PAIRS, Packing.PAIRS)
ESP32 = Target("esp32", 2, Packing.QUADS, Packing.ROWS)
TARGETS = {target.name: target for target in (GENERIC, CORTEX_M4F, ESP32)}
