# SPDX-License-Identifier: GPL-3.0-or-later
"""Weights in the order in which a target's kernels read them (``docs/board-program.md``)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.deploy.compiler.quantised_math import INT8_MIN
from app.deploy.compiler.targets import Packing

Int8 = NDArray[np.int8]

_PAIRS_OUTPUTS, _PAIRS_INPUTS = 4, 4
_QUADS_OUTPUTS, _QUADS_INPUTS = 2, 2
_PAIRS_CHANNELS = (0, 2, 1, 3)


def pack_products(weights: Int8, packing: Packing) -> tuple[Packing, bytes]:
    """The weights of DENSE or CONV, shape ``(outputs, rows, values of a row)``, packed as wanted
    where they can be. DENSE has one row, CONV as many as its window."""
    if packing is Packing.PAIRS and weights.min() > INT8_MIN:
        return packing, _pairs(weights)
    if packing is Packing.QUADS:
        return packing, _quads(weights.reshape(len(weights), -1))
    return Packing.ROWS, weights.tobytes()


def pack_depthwise(weights: Int8, in_channels: int, packing: Packing) -> tuple[Packing, bytes]:
    """The weights of DEPTHWISE, shape ``(kernel_h, kernel_w, out_channels)``, packed as wanted
    where they can be."""
    if packing is Packing.PAIRS and weights.shape[2] == in_channels:
        taps = _padded(weights.reshape(-1, in_channels), 1, len(_PAIRS_CHANNELS))
        blocks = taps.reshape(taps.shape[0], -1, len(_PAIRS_CHANNELS))[:, :, _PAIRS_CHANNELS]
        return packing, blocks.transpose(1, 0, 2).astype("<i2").tobytes()
    return Packing.ROWS, weights.tobytes()


def _pairs(weights: Int8) -> bytes:
    each_row = _padded(weights.reshape(-1, weights.shape[2]), 1, _PAIRS_INPUTS)
    wide = _padded(each_row.reshape(len(weights), -1), _PAIRS_OUTPUTS, 1).astype(np.int16)
    halves = wide[0::2] + (wide[1::2] << 8)  # (pairs of outputs, all rows)
    # block, pair in the block, group, then inputs i…i+3 as two of two: (i, i+1), (i+2, i+3)
    groups = halves.reshape(len(halves) // 2, 2, -1, 2, 2)
    return groups.transpose(0, 2, 1, 4, 3).astype("<i2").tobytes()


def _quads(weights: Int8) -> bytes:
    padded = _padded(_padded(weights, _QUADS_OUTPUTS, 1), 1, _QUADS_INPUTS)
    even = (padded[0::2].astype(np.int16) + 128).astype(np.uint8)
    odd = padded[1::2].view(np.uint8)
    return np.stack([even, odd], axis=2).tobytes()


def _padded(weights: Int8, rows: int, columns: int) -> Int8:
    """With zeros behind, so that the shape is a multiple of ``(rows, columns)``."""
    return np.pad(weights, ((0, -len(weights) % rows), (0, -weights.shape[1] % columns)))
