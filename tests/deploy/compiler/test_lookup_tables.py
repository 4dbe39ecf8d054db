# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables against TensorFlow's reference interpreter: all 256 inputs at many scales, and scales
picked where a division in single and one in double precision give different answers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from app.deploy.compiler import lookup_tables
from app.deploy.compiler.graph import Graph, Operator, Options
from app.deploy.compiler.lookup_tables import ALL_INT8
from app.deploy.compiler.quantised_math import Scale, quantise_factor, scale_twice
from tests.helpers.tflite_writer import int8, reference_answers, write_tflite

INPUTS = ALL_INT8.astype(np.int8)[None]
SCALES = 40


def reference(kind: str, source: Scale, target: Scale, **options: float):
    graph = Graph(
        (int8("x", (1, 256), *source), int8("y", (1, 256), *target)),
        (Operator(kind, (0,), (1,), Options(**options)),),
        (0,),
        (1,),
    )
    return reference_answers(write_tflite(graph), INPUTS)[0]


def single(value: float) -> float:
    return float(np.float32(value))


def scales(seed: int) -> list[Scale]:
    rng = np.random.default_rng(seed)
    steps = np.exp(rng.uniform(np.log(1e-4), np.log(2), SCALES))
    zeros = rng.integers(-128, 128, SCALES)
    return [Scale(single(s), int(z)) for s, z in zip(steps, zeros, strict=True)]


@pytest.mark.parametrize(
    ("kind", "table", "target"),
    [
        ("LOGISTIC", lookup_tables.logistic, Scale(1 / 256, -128)),
        ("TANH", lookup_tables.hyperbolic_tangent, Scale(1 / 128, 0)),
        ("TANH", lookup_tables.hyperbolic_tangent, Scale(single(0.0123), -40)),
    ],
)
def test_functions_of_reals(kind, table, target):
    for source in scales(1):
        np.testing.assert_array_equal(table(source, target), reference(kind, source, target))


def test_logistic_of_the_widest_inputs_neither_overflows_nor_errs():
    source = Scale(100.0, 0)
    table = lookup_tables.logistic(source, Scale(1 / 256, -128))
    np.testing.assert_array_equal(
        table, np.where(ALL_INT8 > 0, 127, np.where(ALL_INT8 < 0, -128, 0))
    )


def near_halves(count: int, alpha: float = 1.0) -> list[tuple[Scale, Scale]]:
    """Scales of which some input lies on a half in single precision but not in double, or the other
    way round: where only the reference's own precision gives its bytes."""
    rng = np.random.default_rng(3)
    found: list[tuple[Scale, Scale]] = []
    while len(found) < count:
        scale = np.float32(np.exp(rng.uniform(np.log(1e-3), np.log(0.5))))
        place, half = int(rng.integers(1, 120)), rng.integers(0, 100) + 0.5
        out = np.float32(place * abs(alpha) * float(scale) / half)
        doubles = quantise_factor(float(scale) * float(np.float32(alpha)) / float(out))
        singles = quantise_factor(float(scale * np.float32(alpha) / out))
        values = np.array([place, -place])
        if (scale_twice(values, doubles) != scale_twice(values, singles)).any():
            found.append((Scale(float(scale), 0), Scale(float(out), 0)))
    return found


PAIRS = [*zip(scales(5), scales(6), strict=True)]
PAIRS = [(a, b._replace(scale=single(a.scale * (0.3 + b.scale)))) for a, b in PAIRS]

PIECEWISE: dict[str, Callable[[Scale, Scale], object]] = {
    "QUANTIZE": lookup_tables.requantised,
    "RELU": lambda a, b: lookup_tables.rectified(a, b, max(b.zero_point, -128), 127),
}


@pytest.mark.parametrize("kind", PIECEWISE)
def test_piecewise_functions(kind):
    for source, target in PAIRS + near_halves(10):
        expected = reference(kind, source, target)
        np.testing.assert_array_equal(PIECEWISE[kind](source, target), expected)


@pytest.mark.parametrize("alpha", [0.3, 0.01, 1.5, -0.2, 0.0])
def test_leaky_relu(alpha):
    for source, target in PAIRS[:10] + (near_halves(8, alpha) if alpha else []):
        expected = reference("LEAKY_RELU", source, target, alpha=single(alpha))
        found = lookup_tables.leaky_rectified(source, target, single(alpha))
        np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("scale", [1e-6, 0.003, 0.1, 2.0, 15.9, 16.0, 33.0, 1e6])
@pytest.mark.parametrize("beta", [0.5, 1.0])
def test_softmaxs_exponentials(scale, beta):
    table = lookup_tables.softmax_exponentials(scale, beta)
    real = np.exp(-np.arange(len(table)) * beta * scale)
    assert np.abs(table / 2.0**31 - real).max() < 2e-6
    assert np.exp(-len(table) * beta * scale) < 1e-6 or len(table) == 256


def test_inputs_that_softmax_cannot_tell_apart_are_refused():
    with pytest.raises(ValueError, match="cannot tell inputs apart"):
        lookup_tables.softmax_exponentials(2.0**-26, 1.0)
