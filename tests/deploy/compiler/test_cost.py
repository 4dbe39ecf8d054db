# SPDX-License-Identifier: GPL-3.0-or-later
"""The cost model: what a record asks for, and that every kind has a price on every board."""

from __future__ import annotations

import pytest

from app.core.board import ESP32, NANO33BLE, VIRTUAL
from app.deploy.compiler.cost import Work, instructions, predicted, seconds, work_of
from app.deploy.compiler.cost_table import COSTS, Cost
from app.deploy.compiler.records import FIELDS, Kind, Record
from app.deploy.compiler.targets import TARGETS, Packing


def record(kind: Kind, packing: Packing = Packing.ROWS, **fields: int) -> Record:
    return Record(kind, {**dict.fromkeys(FIELDS[kind], 1), **fields}, packing)


CONV = {"out_h": 2, "out_w": 5, "out_c": 8, "kernel_h": 1, "kernel_w": 3, "in_c": 4}
VALID = {**CONV, "in_h": 2, "in_w": 7, "pad_top": 0, "pad_left": 0}
SAME = {**VALID, "in_w": 5, "pad_left": 1}
TWO_ROWS = {**VALID, "in_h": 3, "kernel_h": 2}


@pytest.mark.parametrize(
    ("asked", "work"),
    [
        (record(Kind.DENSE, rows=2, inputs=30, outputs=5), Work(300, 10, 4, inputs=60)),
        (record(Kind.DENSE, Packing.PAIRS, inputs=30, outputs=5), Work(256, 5, 2, inputs=30)),
        (record(Kind.CONV, **VALID), Work(960, 80, 10, lines=2)),
        (record(Kind.CONV, **SAME), Work(960, 80, 10, lines=2, gathers=4, gathered=48)),
        (
            record(Kind.CONV, **VALID | {"dilation_w": 2, "in_w": 9}),
            Work(960, 80, 10, lines=2, gathers=10, gathered=120),
        ),
        (record(Kind.CONV, **TWO_ROWS), Work(1920, 80, 10, lines=4, gathers=10, gathered=240)),
        (record(Kind.CONV, Packing.QUADS, **TWO_ROWS), Work(1920, 80, 10, lines=4)),
        (
            record(Kind.CONV, Packing.PAIRS, **VALID | {"out_c": 6, "in_c": 3}),
            Work(960, 60, 10, lines=2),
        ),
        (record(Kind.DEPTHWISE, **VALID), Work(240, 80, 10, lines=2)),
        (record(Kind.DEPTHWISE, **SAME), Work(240, 80, 10, lines=2, gathers=4, gathered=48)),
        (
            record(Kind.DEPTHWISE, Packing.PAIRS, **VALID | {"out_c": 6}),
            Work(240, 60, 10, lines=2),
        ),
        (
            record(Kind.MAX_POOL, out_w=5, kernel_w=2, kernel_h=3, channels=8),
            Work(240, 40, 5, taps=30, lines=15),
        ),
        (record(Kind.MEAN, reduced=12, inner=8), Work(96, 8, 1)),
        (record(Kind.TABLE, count=65), Work(0, 65, 2)),
        (record(Kind.SOFTMAX, rows=2, depth=5), Work(0, 10, 2)),
        (record(Kind.ADD, shape_2=4, shape_3=6), Work(0, 24, 4)),
        (record(Kind.COPY, counts_1=3, run=16), Work(0, 48, 3)),
        (record(Kind.FILL, bytes=100), Work(0, 100, 1)),
    ],
    ids=lambda each: each.kind.name if isinstance(each, Record) else "",
)
def test_a_record_says_what_there_is_to_do(asked: Record, work: Work):
    assert work_of(asked) == work


def test_a_cost_is_the_sum_of_its_parts():
    cost = Cost(start=2, mac=3, output=5, row=7, input=11, tap=13, line=17, gather=19, gathered=23)
    assert predicted(Work(), cost) == 2
    assert predicted(Work(1, 2, 3, 4, 5, 6, 7, 8), cost) == 2 + sum(
        (3 * 1, 5 * 2, 7 * 3, 11 * 4, 13 * 5, 17 * 6, 19 * 7, 23 * 8)
    )


@pytest.mark.parametrize("board", [ESP32, NANO33BLE])
def test_whatever_the_compiler_emits_has_a_price(board):
    target = TARGETS[board.target]
    packings = {Kind.DENSE: target.products, Kind.CONV: target.products}
    packings[Kind.DEPTHWISE] = target.depthwise
    for kind in Kind:
        for packing in {packings.get(kind, Packing.ROWS), Packing.ROWS}:
            count = instructions(record(kind, packing), board.target)
            assert count is not None
            assert count > 0
            assert 0 < seconds(count, board) < 1e-3


def test_a_computer_has_no_price():
    assert instructions(record(Kind.TABLE), VIRTUAL.target) is None
    assert seconds(1000, VIRTUAL) is None
    assert set(COSTS) == {NANO33BLE.target, ESP32.target}
