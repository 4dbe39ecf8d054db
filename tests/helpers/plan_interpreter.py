# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a compiled network literally, record by record, in NumPy: a second reading of
``docs/board-program.md``, independent of the C engine. ROWS packing only."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from app.deploy.compiler.network import Network
from app.deploy.compiler.quantised_math import (
    INT32_MAX,
    Factor,
    half_away,
    high_product,
    saturating_left,
    scale_once,
    scale_twice,
)
from app.deploy.compiler.records import IN_WEIGHTS, Kind, Plan, Record

Int8 = NDArray[np.int8]
Int64 = NDArray[np.int64]
Fields = Mapping[str, int]


class PlanInterpreter:
    def __init__(self, network: Network) -> None:
        self.plan = Plan.decode(network.plan)
        self.weights = np.frombuffer(network.weights, np.uint8)
        self.arena = np.zeros(network.arena_bytes, np.int8)

    def run(self, values: Int8) -> Int8:
        """The answer to one input, flat. What no operator has written is rubbish each time."""
        plan = self.plan
        self.arena[:] = np.random.default_rng(0).integers(-128, 128, self.arena.size)
        self.arena[plan.input : plan.input + plan.input_bytes] = values.reshape(-1)
        for record in plan.records:
            OPERATORS[record.kind](self, record)
        return self.arena[plan.output : plan.output + plan.output_bytes].copy()

    def read(self, at: int, *shape: int) -> Int64:
        size = int(np.prod(shape))
        assert at + size <= self.arena.size
        return self.arena[at : at + size].astype(np.int64).reshape(shape)

    def write(self, at: int, values: Int64) -> None:
        assert at + values.size <= self.arena.size
        assert values.min() >= -128
        assert values.max() <= 127
        self.arena[at : at + values.size] = values.reshape(-1)

    def constants(self, at: int, dtype: str, *shape: int) -> NDArray[np.generic]:
        kind = np.dtype(dtype)
        raw = self.weights[at : at + int(np.prod(shape)) * kind.itemsize]
        return np.frombuffer(raw.tobytes(), kind).reshape(shape)

    def finish(self, sums: Int64, f: Fields, scale) -> Int64:
        """From accumulators, the outputs last, to int8."""
        entries = self.constants(f["scales"], "<i4", sums.shape[-1], 3).astype(np.int64)
        out = np.empty_like(sums)
        for channel, (bias, multiplier, shift) in enumerate(entries):
            out[..., channel] = scale(sums[..., channel] + bias, factor(multiplier, shift))
        return np.clip(out + f["out_zero"], f["low"], f["high"])

    def windows(self, f: Fields, channels: int, outside: int) -> Int64:
        """All windows: ``(out_h, out_w, kernel_h, kernel_w, channels)``."""
        image = self.read(f["in"], f["in_h"], f["in_w"], channels)
        shape = (f["out_h"], f["out_w"], f["kernel_h"], f["kernel_w"])
        found = np.full((*shape, channels), outside, np.int64)
        for y, x, v, h in itertools.product(*map(range, shape)):
            row = y * f["stride_h"] - f["pad_top"] + v * f.get("dilation_h", 1)
            column = x * f["stride_w"] - f["pad_left"] + h * f.get("dilation_w", 1)
            if 0 <= row < f["in_h"] and 0 <= column < f["in_w"]:
                found[y, x, v, h] = image[row, column]
        return found


def factor(multiplier: int, shift: int) -> Factor:
    return Factor(int(multiplier), int(shift) >> 8, int(shift) & 255)


def dense(m: PlanInterpreter, record: Record) -> None:
    f = record.fields
    assert record.packing == 0
    x = m.read(f["in"], f["rows"], f["inputs"])
    assert f["in"] + x.size + 3 <= m.arena.size
    w = m.constants(f["weights"], "i1", f["outputs"], f["inputs"]).astype(np.int64)
    m.write(f["out"], m.finish(x @ w.T, f, scale_once))


def conv(m: PlanInterpreter, record: Record) -> None:
    f = record.fields
    assert record.packing == 0
    windows = m.windows(f, f["in_c"], f["in_zero"])
    shape = (f["out_c"], f["kernel_h"], f["kernel_w"], f["in_c"])
    w = m.constants(f["weights"], "i1", *shape).astype(np.int64)
    m.write(f["out"], m.finish(np.einsum("yxvhc,ovhc->yxo", windows, w), f, scale_twice))


def depthwise(m: PlanInterpreter, record: Record) -> None:
    f = record.fields
    assert record.packing == 0
    windows = m.windows(f, f["in_c"], f["in_zero"])
    windows = np.repeat(windows, f["out_c"] // f["in_c"], axis=-1)
    w = m.constants(f["weights"], "i1", f["kernel_h"], f["kernel_w"], f["out_c"])
    sums = np.einsum("yxvho,vho->yxo", windows, w.astype(np.int64))
    m.write(f["out"], m.finish(sums, f, scale_twice))


def max_pool(m: PlanInterpreter, record: Record) -> None:
    f = record.fields
    largest = m.windows(f, f["channels"], -1000).max(axis=(2, 3))
    m.write(f["out"], np.clip(largest, f["low"], f["high"]))


def average_pool(m: PlanInterpreter, record: Record) -> None:
    f = record.fields
    outside = 1 << 40
    windows = m.windows(f, f["channels"], outside)
    inside = windows != outside
    sums = np.where(inside, windows, 0).sum(axis=(2, 3))
    counts = inside.sum(axis=(2, 3))
    means = np.sign(sums) * ((abs(sums) + counts // 2) // counts)
    m.write(f["out"], np.clip(means, f["low"], f["high"]))


def mean(m: PlanInterpreter, record: Record) -> None:
    f = record.fields
    sums = m.read(f["in"], f["outer"], f["reduced"], f["inner"]).sum(axis=1)
    scaled = scale_twice(sums - f["reduced"] * f["in_zero"], factor(f["multiplier"], f["shift"]))
    m.write(f["out"], np.clip(scaled + f["out_zero"], -128, 127))


def table(m: PlanInterpreter, record: Record) -> None:
    f = record.fields
    answers = m.constants(f["table"], "i1", 256).astype(np.int64)
    m.write(f["out"], answers[m.read(f["in"], f["count"]) + 128])


def softmax(m: PlanInterpreter, record: Record) -> None:
    f = record.fields
    exps = m.constants(f["table"], "<i4", f["entries"]).astype(np.int64)
    rows = m.read(f["in"], f["rows"], f["depth"])
    below = rows.max(axis=1, keepdims=True) - rows
    heeded = below < len(exps)
    values = np.where(heeded, exps[np.minimum(below, len(exps) - 1)], 0)
    answers = np.full(rows.shape, -128, np.int64)
    for row, (value, total) in enumerate(
        zip(values, half_away(values, 12).sum(axis=1), strict=True)
    ):
        headroom = 32 - int(total).bit_length()
        inverse = _reciprocal(np.array([(int(total) << headroom) - (1 << 31)]))
        scaled = half_away(high_product(value, inverse), 12 - headroom + 31 - 8)
        answers[row] = np.where(heeded[row], np.clip(scaled - 128, -128, 127), -128)
    m.write(f["out"], answers)


def _reciprocal(x: Int64) -> Int64:
    """1 / (1 + x), x and the answer Q0.31."""
    half = (x + INT32_MAX + 1) >> 1
    guess = 1515870810 + high_product(half, -1010580540)
    for _ in range(3):
        error = (1 << 29) - high_product(half, guess)
        guess = guess + saturating_left(high_product(guess, error), 2)
    return saturating_left(guess, 1)


def binary(m: PlanInterpreter, record: Record) -> None:
    f = record.fields
    shape = tuple(f[f"shape_{axis}"] for axis in range(4))
    a, b = (operand(m, f, name, shape) - f[f"{name}_zero"] for name in "ab")
    factors = {
        name: factor(f[f"{name}_multiplier"], f[f"{name}_shift"]) for name in ("a", "b", "out")
    }
    if record.kind is Kind.ADD:
        result = scale_twice(a << 20, factors["a"]) + scale_twice(b << 20, factors["b"])
    else:
        result = a * b
    out = scale_twice(result, factors["out"]) + f["out_zero"]
    m.write(f["out"], np.clip(out, f["low"], f["high"]))


def operand(m: PlanInterpreter, f: Fields, name: str, shape: tuple[int, ...]) -> Int64:
    at, source = f[name], m.arena
    if at & IN_WEIGHTS:
        at, source = at ^ IN_WEIGHTS, m.weights.view(np.int8)
    places = np.zeros(shape, np.int64)
    for axis, index in enumerate(np.indices(shape)):
        places += index * f[f"{name}_strides_{axis}"]
    return source[at + places].astype(np.int64)


def copy(m: PlanInterpreter, record: Record) -> None:
    f = record.fields
    for places in itertools.product(*(range(f[f"counts_{axis}"]) for axis in range(3))):
        at = f["in"] + sum(p * f[f"in_strides_{axis}"] for axis, p in enumerate(places))
        to = f["out"] + sum(p * f[f"out_strides_{axis}"] for axis, p in enumerate(places))
        m.write(to, m.read(at, f["run"]))


def fill(m: PlanInterpreter, record: Record) -> None:
    m.write(record.fields["out"], np.full(record.fields["bytes"], record.fields["value"], np.int64))


OPERATORS = {
    Kind.DENSE: dense,
    Kind.CONV: conv,
    Kind.DEPTHWISE: depthwise,
    Kind.MAX_POOL: max_pool,
    Kind.AVERAGE_POOL: average_pool,
    Kind.MEAN: mean,
    Kind.TABLE: table,
    Kind.SOFTMAX: softmax,
    Kind.ADD: binary,
    Kind.MUL: binary,
    Kind.COPY: copy,
    Kind.FILL: fill,
}
