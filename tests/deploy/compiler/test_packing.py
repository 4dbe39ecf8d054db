# SPDX-License-Identifier: GPL-3.0-or-later
"""Packed weights, read back the way ``docs/board-program.md`` says."""

from __future__ import annotations

import itertools
import struct

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from app.deploy.compiler.packing import pack_depthwise, pack_products
from app.deploy.compiler.targets import Packing

sizes = st.integers(1, 11)
weights = st.tuples(sizes, st.integers(1, 3), sizes).flatmap(
    lambda shape: arrays.arrays(np.int8, shape, elements=st.integers(-127, 127))
)


def split(half: int) -> tuple[int, int]:
    """``even + 256 · odd`` as two weights of −127 to 127."""
    even = (half + 128) % 256 - 128
    return even, (half - even) // 256


def rounded_up(count: int, multiple: int) -> int:
    return -(-count // multiple) * multiple


@given(weights)
@settings(max_examples=60)
def test_pairs(given_weights):
    outputs, rows, values = given_weights.shape
    packing, packed = pack_products(given_weights, Packing.PAIRS)
    assert packing is Packing.PAIRS
    found = np.zeros((rounded_up(outputs, 4), rows, rounded_up(values, 4)), int)
    words = struct.iter_unpack("<hh", packed)
    for block in range(0, found.shape[0], 4):
        for row, i in itertools.product(range(rows), range(0, found.shape[2], 4)):
            for first in (block, block + 2):
                for places in ((i, i + 2), (i + 1, i + 3)):
                    for place, half in zip(places, next(words), strict=True):
                        found[first : first + 2, row, place] = split(half)
    assert next(words, None) is None
    np.testing.assert_array_equal(found[:outputs, :, :values], given_weights)
    assert not found[outputs:].any()
    assert not found[:, :, values:].any()


@given(weights, st.booleans())
@settings(max_examples=60)
def test_quads(given_weights, with_least):
    if with_least:
        given_weights[0, 0, 0] = -128
    outputs = len(given_weights)
    flat = given_weights.reshape(outputs, -1)
    inputs = flat.shape[1]
    packing, packed = pack_products(given_weights, Packing.QUADS)
    assert packing is Packing.QUADS
    found = np.zeros((rounded_up(outputs, 2), rounded_up(inputs, 2)), int)
    quads = struct.iter_unpack("<BbBb", packed)
    for block in range(0, found.shape[0], 2):
        for i in range(0, found.shape[1], 2):
            even_first, odd_first, even_second, odd_second = next(quads)
            found[block, i : i + 2] = even_first - 128, even_second - 128
            found[block + 1, i : i + 2] = odd_first, odd_second
    assert next(quads, None) is None
    np.testing.assert_array_equal(found[:outputs, :inputs], flat)
    assert not found[outputs:].any()
    assert not found[:, inputs:].any()


@given(weights)
@settings(max_examples=30)
def test_rows(given_weights):
    assert pack_products(given_weights, Packing.ROWS) == (Packing.ROWS, given_weights.tobytes())


def test_minus_128_does_not_go_into_pairs():
    least = np.array([[[-128, 1]]], np.int8)
    assert pack_products(least, Packing.PAIRS) == (Packing.ROWS, least.tobytes())


@given(
    st.tuples(st.integers(1, 3), st.integers(1, 3), sizes).flatmap(
        lambda shape: arrays.arrays(np.int8, shape, elements=st.integers(-128, 127))
    )
)
@settings(max_examples=60)
def test_depthwise_pairs(given_weights):
    height, width, channels = given_weights.shape
    packing, packed = pack_depthwise(given_weights, channels, Packing.PAIRS)
    assert packing is Packing.PAIRS
    found = np.zeros((height * width, rounded_up(channels, 4)), int)
    blocks = struct.iter_unpack("<4h", packed)
    for block in range(0, found.shape[1], 4):
        for tap in range(height * width):
            found[tap, [block, block + 2, block + 1, block + 3]] = next(blocks)
    assert next(blocks, None) is None
    expected = given_weights.reshape(-1, channels)
    np.testing.assert_array_equal(found[:, :channels], expected)
    assert not found[:, channels:].any()


def test_depthwise_with_a_multiplier_stays_in_rows():
    taps = np.arange(12, dtype=np.int8).reshape(1, 2, 6)
    assert pack_depthwise(taps, 3, Packing.PAIRS) == (Packing.ROWS, taps.tobytes())
    assert pack_depthwise(taps, 6, Packing.ROWS) == (Packing.ROWS, taps.tobytes())
