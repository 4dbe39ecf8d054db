# SPDX-License-Identifier: GPL-3.0-or-later
"""Where every tensor lies in the arena: the memory that a network computes in.

Tensors that never live at the same time share bytes, and an operator that reads each element before
it writes it may answer in the place of its own input. The plan is the smallest there is wherever
the search ends, which it does for every network of a usual size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

OFFSET_ALIGNMENT = 4
ARENA_ALIGNMENT = 16
PRODUCT_SLACK = 3
"""Bytes of arena that DENSE, CONV and DEPTHWISE may read behind their input."""
NODE_LIMIT = 5_000
"""Places tried before the best plan so far is taken."""


@dataclass(frozen=True, slots=True)
class Block:
    """``size`` bytes that are needed from operator ``first`` to ``last``, both included.

    The network's input lives from -1, its output to the number of operators. ``over`` names the
    blocks (by their place in the list) that this one may lie on, from the same offset: inputs that
    the operator ``first`` reads for the last time. ``slack`` bytes behind the block must be arena;
    other blocks may lie there.
    """

    size: int
    first: int
    last: int
    over: tuple[int, ...] = ()
    slack: int = 0


@dataclass(frozen=True, slots=True)
class ArenaPlan:
    """The offset of each block, and the bytes that all take together, a multiple of 16.

    ``optimal`` says that no smaller plan exists; else the search was given up.
    """

    offsets: tuple[int, ...]
    size: int
    optimal: bool


def plan_arena(blocks: Sequence[Block], node_limit: int = NODE_LIMIT) -> ArenaPlan:
    """Place ``blocks`` in as little memory as possible.

    Branch and bound over the blocks from low to high offsets, begun with the best of a few quick
    plans; done as soon as a plan meets :func:`least_bytes`. Raises :class:`ValueError` for a block
    that may lie on one which is still needed.
    """
    for block in blocks:
        if any(blocks[other].last > block.first for other in block.over):
            raise ValueError("a block would lie on one that is still needed")
    return _Search(blocks, node_limit).run()


def least_bytes(blocks: Sequence[Block]) -> int:
    """A size that no plan can go below: the most that lives at any one time."""
    least = 0
    for time in {block.first for block in blocks}:
        alive = [block for block in blocks if block.first <= time <= block.last]
        total = sum(_up(block.size, OFFSET_ALIGNMENT) for block in alive)
        for block in alive:
            if block.first == time:
                shared = (min(block.size, blocks[other].size) for other in block.over)
                total -= _up(max(shared, default=0), OFFSET_ALIGNMENT)
        # The highest of them need not fill its last word.
        total -= max(_up(b.size, OFFSET_ALIGNMENT) - b.size - b.slack for b in alive)
        least = max(least, total)
    return _up(least, ARENA_ALIGNMENT)


class _Search:
    def __init__(self, blocks: Sequence[Block], node_limit: int) -> None:
        self._blocks = blocks
        self._node_limit = node_limit
        self._nodes_left = 0
        self._least = least_bytes(blocks)
        count = range(len(blocks))
        self._rivals = [
            [b for b in count if b != a and _alive_together(blocks[a], blocks[b])] for a in count
        ]
        """For each block those that live when it does."""
        self._partners = [
            {*blocks[a].over, *(b for b in count if a in blocks[b].over)} for a in count
        ]
        """For each block those it may share its offset with."""
        self._offsets: list[int | None] = [None] * len(blocks)
        self._best: tuple[int, ...] = ()
        self._best_size = 0

    def run(self) -> ArenaPlan:
        self._best = min(map(self._greedy, self._orders()), key=self._size_of)
        self._best_size = self._size_of(self._best)
        for search in (self._from_both_ends, self._from_low_to_high):
            if self._best_size > self._least:
                self._nodes_left = self._node_limit
                search()
        proven = self._best_size == self._least or self._nodes_left > 0
        return ArenaPlan(self._best, self._best_size, proven)

    # --- greedy plans --------------------------------------------------------------------------

    def _orders(self) -> Iterator[list[int]]:
        """In which to place greedily: large ones first, long-lived ones first, as they come."""
        places = range(len(self._blocks))
        yield sorted(places, key=lambda p: (-self._blocks[p].size, self._blocks[p].first))
        yield sorted(places, key=lambda p: (self._blocks[p].first - self._blocks[p].last, p))
        yield list(places)

    def _greedy(self, order: Sequence[int]) -> tuple[int, ...]:
        """Each block at the lowest offset that is free throughout its life."""
        for place in order:
            self._offsets[place] = min(self._low(place))
        offsets = self._taken()
        self._offsets = [None] * len(self._blocks)
        return offsets

    # --- a plan of the least size, from both ends -----------------------------------------------

    def _from_both_ends(self) -> None:
        """Place the blocks in the order of their lives into the least arena there could be: each on
        a partner, at its lower end or at its upper. Rows of operators alternate between the ends
        and always fit."""
        order = sorted(range(len(self._blocks)), key=lambda p: self._blocks[p].first)
        if self._fill(order):
            self._best, self._best_size = self._taken(), self._least
        self._offsets = [None] * len(self._blocks)

    def _fill(self, order: Sequence[int]) -> bool:
        if not order:
            return True
        place, rest = order[0], order[1:]
        block = self._blocks[place]
        highest = _down(self._least - block.slack - block.size)
        high = {highest, *(_down(start - block.size) for start, _, _ in self._neighbours(place))}
        fitting = [offset for offset in high if self._is_free(place, offset)]
        low = [offset for offset in self._low(place) if offset <= highest]
        on_partner = [offset for offset in low if self._on_partner(place, offset)]
        for offset in dict.fromkeys([*on_partner, *sorted(low)[:1], *sorted(fitting)[-1:]]):
            self._nodes_left -= 1
            self._offsets[place] = offset
            if self._nodes_left <= 0 or self._fill(rest):
                return self._nodes_left > 0
            self._offsets[place] = None
        return False

    # --- all plans, from low to high offsets ------------------------------------------------------

    def _from_low_to_high(self) -> None:
        self._place(0, 0, len(self._blocks))

    def _place(self, lowest: int, top: int, left: int) -> None:
        """Place the ``left`` blocks that have no offset yet, none below ``lowest``; what lies so
        far ends at ``top``.

        Some smallest plan has every block at 0, on the end of one below it, or where a partner
        lies, since all else could be moved down; and it is found from low to high offsets.
        """
        if not left:
            self._best, self._best_size = self._taken(), _up(top, ARENA_ALIGNMENT)
            return
        for place, block in enumerate(self._blocks):
            if self._offsets[place] is not None:
                continue
            for offset in sorted(self._low(place)):
                end = max(top, offset + block.size + block.slack)
                if offset < lowest:
                    continue
                if _up(end, ARENA_ALIGNMENT) >= self._best_size:
                    break
                self._nodes_left -= 1
                self._offsets[place] = offset
                self._place(offset, end, left - 1)
                self._offsets[place] = None
                if self._best_size == self._least or self._nodes_left <= 0:
                    return

    # --- what lies where ------------------------------------------------------------------------

    def _low(self, place: int) -> list[int]:
        """The offsets at which a block may lie that touch, at their lower end, 0 or a rival, or
        that are a partner's."""
        ends = {_up(end, OFFSET_ALIGNMENT) for _, end, _ in self._neighbours(place)}
        starts = {start for start, _, partner in self._neighbours(place) if partner}
        return [offset for offset in {0} | ends | starts if self._is_free(place, offset)]

    def _is_free(self, place: int, offset: int) -> bool:
        end = offset + self._blocks[place].size
        return offset >= 0 and all(
            offset >= other_end or end <= start or (partner and offset == start)
            for start, other_end, partner in self._neighbours(place)
        )

    def _on_partner(self, place: int, offset: int) -> bool:
        return any(partner and start == offset for start, _, partner in self._neighbours(place))

    def _neighbours(self, place: int) -> list[tuple[int, int, bool]]:
        """Start, end and partnership of the rivals that have an offset."""
        return [
            (start, start + self._blocks[rival].size, rival in self._partners[place])
            for rival in self._rivals[place]
            if (start := self._offsets[rival]) is not None
        ]

    def _taken(self) -> tuple[int, ...]:
        return tuple(offset for offset in self._offsets if offset is not None)

    def _size_of(self, offsets: tuple[int, ...]) -> int:
        ends = (o + b.size + b.slack for o, b in zip(offsets, self._blocks, strict=True))
        return _up(max(ends, default=0), ARENA_ALIGNMENT)


def _alive_together(a: Block, b: Block) -> bool:
    return a.first <= b.last and b.first <= a.last


def _up(size: int, alignment: int) -> int:
    """``size``, raised to a multiple of ``alignment``."""
    return -(-size // alignment) * alignment


def _down(offset: int) -> int:
    return offset // OFFSET_ALIGNMENT * OFFSET_ALIGNMENT
