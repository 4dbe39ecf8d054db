# SPDX-License-Identifier: GPL-3.0-or-later
"""Kinematics of the simulated hand: rotations as unit quaternions, and smooth noise in time.

Rotation vectors (axis times angle, rad) have shape ``(n, 3)``, quaternions ``(n, 4)`` as
``(w, x, y, z)``; both broadcast. A quaternion ``q`` of a frame takes vectors of that frame to the
frame it stands in. Formulas: J. Solà, *Quaternion kinematics for the error-state Kalman filter*
(2017), equations 13, 101, 105 and 115.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
"""Times of shape ``(n,)`` in seconds, or vectors of shape ``(n, 3)``."""


def quaternion(rotation: Floats) -> Floats:
    """The quaternions of rotation vectors."""
    half = 0.5 * np.linalg.norm(rotation, axis=-1, keepdims=True)
    # np.sinc(x) is sin(πx)/(πx): exact at zero, where sin(half)/half would divide by it.
    return np.concatenate([np.cos(half), 0.5 * np.sinc(half / np.pi) * rotation], axis=-1)


def rotation_vector(q: Floats) -> Floats:
    """The rotation vectors of quaternions, the shorter way round (angle at most π)."""
    q = np.where(q[..., :1] < 0, -q, q)
    sine = np.linalg.norm(q[..., 1:], axis=-1, keepdims=True)
    half = np.arctan2(sine, q[..., :1])
    return 2 * q[..., 1:] / np.sinc(half / np.pi)


def multiply(first: Floats, second: Floats) -> Floats:
    """``first ⊗ second``: the rotation ``second``, seen in the frame of ``first``."""
    a, b = first, second
    aw, av = a[..., :1], a[..., 1:]
    bw, bv = b[..., :1], b[..., 1:]
    w = aw * bw - np.sum(av * bv, axis=-1, keepdims=True)
    return np.concatenate([w, aw * bv + bw * av + np.cross(av, bv)], axis=-1)


def conjugate(q: Floats) -> Floats:
    """The inverse rotation of a unit quaternion."""
    return q * np.array([1.0, -1.0, -1.0, -1.0])


def rotate(q: Floats, vectors: Floats) -> Floats:
    """Vectors of the frame of ``q``, in the frame it stands in."""
    w, v = q[..., :1], q[..., 1:]
    cross = 2 * np.cross(v, vectors)
    return vectors + w * cross + np.cross(v, cross)


def smooth_step(x: Floats) -> Floats:
    """0 below 0, 1 above 1, between them 6x⁵ − 15x⁴ + 10x³: speed and acceleration start and end
    at zero, so that blending two motions never kicks the sensor."""
    x = np.clip(x, 0.0, 1.0)
    return x * x * x * (x * (6 * x - 15) + 10)


class SmoothNoise:
    """A random function of time in a frequency band: a sum of tones with random frequencies and
    phases, for each of ``axes`` independent axes.

    ``rms`` is the root mean square of each axis over a long time; the tones are drawn evenly over
    the logarithm of the band. A function of time, not a sequence: it can be asked for any instant,
    in any order, and always gives the same answer.
    """

    TONES = 6

    def __init__(
        self, rng: np.random.Generator, band_hz: tuple[float, float], rms: float, axes: int = 3
    ) -> None:
        low, high = np.log(band_hz)
        self._omega = 2 * np.pi * np.exp(rng.uniform(low, high, (self.TONES, axes)))
        self._phase = rng.uniform(0, 2 * np.pi, (self.TONES, axes))
        self._amplitude = rms * np.sqrt(2 / self.TONES)

    def __call__(self, time_s: Floats) -> Floats:
        """Values of shape ``(n, axes)``."""
        angles = self._omega * time_s[:, np.newaxis, np.newaxis] + self._phase
        return self._amplitude * np.sin(angles).sum(axis=1)
