# SPDX-License-Identifier: GPL-3.0-or-later
"""From sensor units to what the network sees: in floating point, and in whole numbers as a board
does it (``docs/board-program.md``)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.dataset import Dataset
from app.core.errors import DataError
from app.core.recording import Part, Samples
from app.core.text import text
from app.core.training import Normalisation

CHUNK_SAMPLES = 65_536
CONSTANT = 1e-6
"""A channel that varies by less than this share of its largest value is constant: float32 keeps
seven digits, and the rest is rounding."""

FRACTION_BITS = (-8, 60)
MULTIPLIER = (1 << 30, (1 << 31) - 1)
LARGEST_SHIFT = 62
SATURATION = (1 << 30) - 1
HEADROOM = 4
"""On a board, values this many times the largest seen in training still count in full."""
ROUNDING = 1e-6
"""How far a mean may lie beyond the greatest value, by rounding."""


@dataclass(frozen=True, slots=True)
class Normaliser:
    """``(x - offset) / deviation`` for each channel.

    ``largest`` is each channel's greatest magnitude in the training part. Raises
    :class:`ValueError` for numbers that no data can give.
    """

    offset: tuple[float, ...]
    deviation: tuple[float, ...]
    largest: tuple[float, ...]

    def __post_init__(self) -> None:
        if len({len(self.offset), len(self.deviation), len(self.largest)}) != 1:
            raise ValueError("the columns of channels do not match")
        for offset, deviation, largest in zip(
            self.offset, self.deviation, self.largest, strict=True
        ):
            if not (0 < deviation < math.inf and 0 <= largest < math.inf):
                raise ValueError("a channel's deviation or largest value is out of range")
            if not abs(offset) <= largest * (1 + ROUNDING):
                raise ValueError("a channel's offset lies beyond its values")

    def apply(self, samples: Samples) -> Samples:
        """Samples of shape ``(…, channels)`` in sensor units, normalised."""
        offset = np.array(self.offset, np.float32)
        return (samples - offset) / np.array(self.deviation, np.float32)


def fit_normaliser(dataset: Dataset, kind: Normalisation) -> Normaliser:
    """Measure each channel on the samples that training windows show, each once.

    A channel that does not vary keeps its scale: there is nothing to divide by.
    """
    channels = len(dataset.channels)
    count = 0
    mean, squares = np.zeros(channels), np.zeros(channels)
    least, most = np.full(channels, np.inf), np.full(channels, -np.inf)
    for block in _training_samples(dataset):
        # Chan, Golub and LeVeque's update: sums of squares around the mean do not cancel out.
        values = block.astype(np.float64)
        delta = values.mean(axis=0) - mean
        total = count + len(values)
        squares += ((values - values.mean(axis=0)) ** 2).sum(axis=0)
        squares += delta**2 * count * len(values) / total
        mean += delta * len(values) / total
        count = total
        least, most = np.minimum(least, values.min(axis=0)), np.maximum(most, values.max(axis=0))
    if not count:
        raise DataError(
            text("There is nothing to train on."),
            text("No window lies in the training part."),
            text("Add recordings, or change the split."),
        )
    largest = np.maximum(np.abs(least), np.abs(most))
    match kind:
        case Normalisation.MEAN_STD:
            offset, deviation = mean, np.sqrt(squares / count)
        case Normalisation.MIN_MAX:
            offset, deviation = least, most - least
        case Normalisation.NONE:
            offset, deviation = np.zeros(channels), np.ones(channels)
    if kind is not Normalisation.NONE:
        deviation = np.where(deviation > CONSTANT * largest, deviation, 1.0)
    return Normaliser(tuple(offset.tolist()), tuple(deviation.tolist()), tuple(largest.tolist()))


def _training_samples(dataset: Dataset) -> Iterator[Samples]:
    """The samples in at least one training window, each once, in blocks."""
    windows = dataset.indices[Part.TRAINING]
    recordings = dataset.recording[windows]
    order = np.argsort(recordings, kind="stable")
    firsts = np.flatnonzero(np.diff(recordings[order], prepend=-1))
    for places in np.split(order, firsts)[1:]:
        samples = dataset.samples[recordings[places[0]]]
        starts = dataset.start[windows[places]]
        begun = np.bincount(starts, minlength=len(samples) + 1)
        ended = np.bincount(starts + dataset.windowing.length, minlength=len(samples) + 1)
        covered = np.cumsum(begun - ended)[:-1] > 0
        for at in range(0, len(samples), CHUNK_SAMPLES):
            block = samples[at : at + CHUNK_SAMPLES][covered[at : at + CHUNK_SAMPLES]]
            if len(block):
                yield block


@dataclass(frozen=True, slots=True)
class FixedPointScaling:
    """Sensor units to the network's int8 input in whole numbers, bit for bit as on a board.

    One entry a channel; ``docs/board-program.md`` states the arithmetic and the ranges, and
    :class:`ValueError` meets what lies outside them.
    """

    offset: tuple[int, ...]
    multiplier: tuple[int, ...]
    fraction_bits: tuple[int, ...]
    shift: tuple[int, ...]

    def __post_init__(self) -> None:
        columns = (self.offset, self.multiplier, self.fraction_bits, self.shift)
        if len({len(column) for column in columns}) != 1:
            raise ValueError("every channel needs an offset, multiplier, fraction bits and shift")
        for offset, multiplier, fraction_bits, shift in zip(*columns, strict=True):
            if abs(offset) > SATURATION + 1:
                raise ValueError(f"offset {offset} leaves 31 bits")
            if not MULTIPLIER[0] <= multiplier <= MULTIPLIER[1]:
                raise ValueError(f"multiplier {multiplier} is not normalised")
            if not FRACTION_BITS[0] <= fraction_bits <= FRACTION_BITS[1]:
                raise ValueError(f"{fraction_bits} fraction bits are out of range")
            if not 0 <= shift <= LARGEST_SHIFT:
                raise ValueError(f"shift {shift} is out of range")

    def quantise(self, samples: Samples, zero_point: int) -> NDArray[np.int8]:
        """Samples of shape ``(…, channels)`` as int8 of the same shape.

        ``zero_point`` is the network input's own.
        """
        numbers = np.where(np.isnan(samples), 0.0, samples).astype(np.float64)
        limited = np.clip(np.ldexp(numbers, self.fraction_bits), -SATURATION, SATURATION)
        values = np.trunc(limited + np.copysign(0.5, limited)).astype(np.int64)
        product = (values - np.array(self.offset)) * np.array(self.multiplier)
        steps = _shift_right(product, np.array(self.shift))
        return np.clip(steps + zero_point, -128, 127).astype(np.int8)


def fixed_point(normaliser: Normaliser, input_scale: float) -> FixedPointScaling:
    """The whole-number form of ``normaliser`` followed by a quantisation of ``input_scale`` a
    step.

    Raises :class:`DataError` for a channel whose values are too large or small for a board.
    """
    channels = [
        _channel(offset, deviation, largest, input_scale)
        for offset, deviation, largest in zip(
            normaliser.offset, normaliser.deviation, normaliser.largest, strict=True
        )
    ]
    offset, multiplier, fraction_bits, shift = zip(*channels, strict=True)
    return FixedPointScaling(offset, multiplier, fraction_bits, shift)


def _channel(
    offset: float, deviation: float, largest: float, input_scale: float
) -> tuple[int, int, int, int]:
    """Offset, multiplier, fraction bits and shift of one channel."""
    step = deviation * input_scale
    most_bits = FRACTION_BITS[1]
    if largest > 0:
        # The most b with 4 · largest · 2^b < 2^30; frexp gives largest = m · 2^e, m in [½, 1).
        most_bits = min(most_bits, 28 - math.frexp(largest)[1])
    # A step of more than 2^31 units would need a shift beyond 62.
    most_bits = min(most_bits, 31 - math.frexp(step)[1])
    if most_bits < FRACTION_BITS[0]:
        raise DataError(
            text("A board cannot hold values as large as {largest}.", largest=f"{largest:.3g}"),
            action=text("Record the channel in a larger unit, for example kPa in place of Pa."),
        )
    if step <= math.ldexp(1.0, -most_bits - 31):
        raise DataError(
            text(
                "A board cannot tell values as small as {largest} apart.", largest=f"{largest:.3g}"
            ),
            action=text("Record the channel in a smaller unit, for example mV in place of V."),
        )
    mantissa, exponent = math.frexp(math.ldexp(1.0, -most_bits) / step)
    multiplier, shift = round(mantissa * (1 << 31)), 31 - exponent
    if multiplier > MULTIPLIER[1]:
        multiplier, shift = MULTIPLIER[0], shift - 1
    return _round_half_away(math.ldexp(offset, most_bits)), multiplier, most_bits, shift


def _round_half_away(value: float) -> int:
    return int(math.copysign(math.floor(abs(value) + 0.5), value))


def _shift_right(product: NDArray[np.int64], shift: NDArray[np.int64]) -> NDArray[np.int64]:
    """``product / 2^shift``, half away from zero."""
    half = np.where(shift > 0, np.int64(1) << np.maximum(shift - 1, 0), 0)
    return np.sign(product) * ((np.abs(product) + half) >> shift)
