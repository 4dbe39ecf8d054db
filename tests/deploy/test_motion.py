# SPDX-License-Identifier: GPL-3.0-or-later
"""Rotations and smooth noise of the simulated hand, against closed forms."""

from __future__ import annotations

import numpy as np
import pytest

from app.deploy.motion import (
    SmoothNoise,
    conjugate,
    multiply,
    quaternion,
    rotate,
    rotation_vector,
    smooth_step,
)

X, Y, Z = np.eye(3)


def _rotations(n: int) -> np.ndarray:
    rng = np.random.default_rng(1)
    axes = rng.normal(size=(n, 3))
    return rng.uniform(0, 3.1, (n, 1)) * axes / np.linalg.norm(axes, axis=1, keepdims=True)


def test_a_quarter_turn_about_z_takes_x_to_y():
    np.testing.assert_allclose(rotate(quaternion(np.pi / 2 * Z), X), Y, atol=1e-15)


def test_rotation_vector_undoes_quaternion_and_its_negative():
    turns = np.vstack([_rotations(50), np.zeros((1, 3)), [[1e-12, 0, 0]]])
    np.testing.assert_allclose(rotation_vector(quaternion(turns)), turns, atol=1e-12)
    np.testing.assert_allclose(rotation_vector(-quaternion(turns)), turns, atol=1e-12)


def test_multiply_applies_the_second_rotation_first():
    a, b = quaternion(_rotations(50)), quaternion(_rotations(50)[::-1])
    vectors = np.random.default_rng(2).normal(size=(50, 3))
    np.testing.assert_allclose(
        rotate(multiply(a, b), vectors), rotate(a, rotate(b, vectors)), atol=1e-12
    )


def test_conjugate_turns_back():
    q = quaternion(_rotations(50))
    vectors = np.random.default_rng(3).normal(size=(50, 3))
    np.testing.assert_allclose(rotate(conjugate(q), rotate(q, vectors)), vectors, atol=1e-12)


def test_smooth_step_starts_and_ends_at_rest():
    np.testing.assert_array_equal(smooth_step(np.array([-1.0, 0, 0.5, 1, 2])), [0, 0, 0.5, 1, 1])
    h = 1e-4
    for edge in (0.0, 1.0):
        before, at, after = smooth_step(np.array([edge - h, edge, edge + h]))
        assert abs(after - before) / (2 * h) < 1e-6
        assert abs(after - 2 * at + before) / h**2 < 0.01


@pytest.mark.parametrize("band_hz", [(0.02, 0.2), (8.0, 12.0)])
def test_smooth_noise_keeps_to_its_band_and_size(band_hz):
    rate_hz, n = 64.0, 2**16
    values = SmoothNoise(np.random.default_rng(4), band_hz, rms=0.3)(np.arange(n) / rate_hz)
    np.testing.assert_allclose(np.sqrt((values**2).mean(axis=0)), 0.3, rtol=0.2)
    power = np.abs(np.fft.rfft(values * np.hanning(n)[:, None], axis=0)) ** 2
    frequency = np.fft.rfftfreq(n, 1 / rate_hz)
    inside = (frequency > band_hz[0] * 0.8) & (frequency < band_hz[1] * 1.2)
    assert power[inside].sum() > 0.999 * power.sum()
