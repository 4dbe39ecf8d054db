# SPDX-License-Identifier: GPL-3.0-or-later
"""The arena planner: nothing overlaps that must not, and no plan is smaller."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.deploy.compiler.arena import ArenaPlan, Block, least_bytes, plan_arena


def chain(*sizes: int, in_place: Sequence[int] = ()) -> list[Block]:
    """A network that is a row: block n is made by operator n - 1 and read by operator n."""
    return [
        Block(size, place - 1, place, (place - 1,) if place in in_place else ())
        for place, size in enumerate(sizes)
    ]


def may_lie(blocks: Sequence[Block], offsets: Sequence[int], a: int, b: int) -> bool:
    first, second = blocks[a], blocks[b]
    apart_in_time = first.last < second.first or second.last < first.first
    apart_in_space = offsets[a] + first.size <= offsets[b] or offsets[b] + second.size <= offsets[a]
    shared = (a in second.over or b in first.over) and offsets[a] == offsets[b]
    return apart_in_time or apart_in_space or shared


def fits(blocks: Sequence[Block], offsets: Sequence[int]) -> bool:
    return all(may_lie(blocks, offsets, a, b) for a in range(len(blocks)) for b in range(a))


def size_of(blocks: Sequence[Block], offsets: Sequence[int]) -> int:
    end = max(o + b.size + b.slack for o, b in zip(offsets, blocks, strict=True))
    return -(-end // 16) * 16


def check(blocks: Sequence[Block], plan: ArenaPlan) -> None:
    assert fits(blocks, plan.offsets)
    assert all(offset >= 0 and offset % 4 == 0 for offset in plan.offsets)
    assert plan.size == size_of(blocks, plan.offsets)
    assert plan.size >= least_bytes(blocks)


@st.composite
def networks(draw: st.DrawFn, most: int, largest: int) -> list[Block]:
    """Blocks with lives of any length; some may lie on one that ends where they begin."""
    count = draw(st.integers(1, most))
    blocks: list[Block] = []
    for _ in range(count):
        first = draw(st.integers(-1, count))
        last = first + draw(st.integers(0, 3))
        ended = [p for p, other in enumerate(blocks) if other.last == first]
        over = tuple(draw(st.sets(st.sampled_from(ended)))) if ended else ()
        size = draw(st.integers(1, largest))
        blocks.append(Block(size, first, last, over, draw(st.sampled_from((0, 3)))))
    return blocks


def test_a_row_of_operators_needs_its_largest_pair() -> None:
    blocks = chain(600, 64, 32, 5)
    plan = plan_arena(blocks)
    check(blocks, plan)
    assert plan.size == 672  # 600 + 64, a multiple of 16
    assert plan.optimal


def test_an_operator_may_answer_in_its_own_input() -> None:
    blocks = chain(512, 512, 4, in_place=(1,))
    plan = plan_arena(blocks)
    check(blocks, plan)
    assert plan.size == 528
    assert plan.offsets[0] == plan.offsets[1]


def test_slack_lies_within_the_arena() -> None:
    assert plan_arena([Block(16, -1, 0)]).size == 16
    assert plan_arena([Block(16, -1, 0, slack=3)]).size == 32
    assert plan_arena([Block(13, -1, 0, slack=3)]).size == 16


def test_slack_may_be_another_block() -> None:
    blocks = [Block(16, -1, 0, slack=3), Block(16, 0, 1)]
    plan = plan_arena(blocks)
    check(blocks, plan)
    assert plan.size == 32


def test_an_empty_network_needs_nothing() -> None:
    assert plan_arena([]) == ArenaPlan((), 0, optimal=True)


def test_a_block_on_one_that_lives_on_is_refused() -> None:
    with pytest.raises(ValueError, match="still needed"):
        plan_arena([Block(4, 0, 2), Block(4, 1, 2, over=(0,))])


def test_the_search_finds_what_placing_the_largest_first_misses() -> None:
    """With 40 and 36 at 0 and 32 on 40, no room is left for 28 below 72."""
    blocks = chain(40, 32, 28, 36)
    plan = plan_arena(blocks)
    check(blocks, plan)
    assert plan.size == 80


@settings(max_examples=60)
@given(networks(most=4, largest=20))
def test_no_plan_of_a_small_network_is_smaller(blocks: list[Block]) -> None:
    plan = plan_arena(blocks)
    check(blocks, plan)
    assert plan.optimal
    everywhere = range(0, plan.size, 4)
    smaller = (
        offsets
        for offsets in product(everywhere, repeat=len(blocks))
        if size_of(blocks, offsets) < plan.size and fits(blocks, offsets)
    )
    assert next(smaller, None) is None


@settings(max_examples=60)
@given(networks(most=14, largest=5000))
def test_nothing_overlaps_in_a_large_network(blocks: list[Block]) -> None:
    check(blocks, plan_arena(blocks, node_limit=500))


@given(st.lists(st.integers(1, 3000), min_size=2, max_size=40))
def test_a_row_of_any_length_is_planned_optimally(sizes: list[int]) -> None:
    blocks = chain(*sizes)
    plan = plan_arena(blocks)
    check(blocks, plan)
    assert plan.optimal
