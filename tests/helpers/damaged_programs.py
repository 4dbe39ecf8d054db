# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs with a few words changed and every check sum put right: it is the checks behind those
that are tried."""

from __future__ import annotations

import random
from collections.abc import Mapping

from app.core.errors import ModelError
from app.deploy.compiler.records import Plan
from app.deploy.program import BoardProgram
from tests.helpers.golden_programs import sealed

MOST_WORK = 3_000_000
"""Multiply-accumulates of an operator; what asks for more is not worth the time."""


def damaged(program: bytes, rng: random.Random) -> bytes:
    """``program`` with one to three words or bytes changed, most of them in the plan."""
    data = bytearray(program)
    plan = program.index(BoardProgram.parse(program).plan)
    for _ in range(rng.randint(1, 3)):
        in_plan = rng.random() < 0.7
        place = plan + 4 * rng.randrange(60) if in_plan else rng.randrange(len(data) - 4)
        if rng.random() < 0.5:
            data[place] ^= 1 << rng.randrange(8)
        else:
            word = rng.choice([0, 1, 4, 16, 255, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF])
            data[place : place + 4] = word.to_bytes(4, "little")
    return sealed(bytes(data))


def takes_long(program: bytes) -> bool:
    """By the sizes in the plan, if there is one to be read."""
    try:
        plan = Plan.decode(BoardProgram.parse(program).plan)
    except (ModelError, ValueError):
        return False
    return any(_product(record.fields) > MOST_WORK for record in plan.records)


def _product(fields: Mapping[str, int]) -> int:
    sizes = ("out_h", "out_w", "out_c", "kernel_h", "kernel_w", "in_c", "rows", "inputs", "outputs")
    product = 1
    for name in sizes:
        product *= max(1, fields.get(name, 1))
    return product
