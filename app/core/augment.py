# SPDX-License-Identifier: GPL-3.0-or-later
"""Random changes to training windows, so that a network learns what matters and not the take."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.core.preprocessing import Normaliser
from app.core.recording import Channel, Samples
from app.core.training import AugmentConfig

AXES = "xyz"


def augment(
    windows: Samples,
    channels: Sequence[Channel],
    normaliser: Normaliser,
    config: AugmentConfig,
    random: np.random.Generator,
) -> Samples:
    """A changed copy of ``windows``, shape ``(windows, length, channels)``, in sensor units.

    In this order: each window is shifted in time, its three-axis sensors are turned together (the
    board as a whole is held another way), its values move away from each channel's usual value or
    towards it by one factor, and noise is added in units of each channel's deviation.
    """
    changed = windows
    shift = int(config.shift * windows.shape[1])
    if shift:
        changed = _shift(changed, shift, random)
    triples = axis_triples(channels)
    if config.rotate_deg and triples:
        changed = _rotate(changed, triples, config.rotate_deg, random)
    if config.scale:
        offset = np.array(normaliser.offset, np.float32)
        factors = random.normal(1.0, config.scale, (len(windows), 1, 1)).astype(np.float32)
        changed = (changed - offset) * factors + offset
    if config.noise:
        noise = random.standard_normal(windows.shape, np.float32) * np.float32(config.noise)
        changed = changed + noise * np.array(normaliser.deviation, np.float32)
    return changed


def axis_triples(channels: Sequence[Channel]) -> list[int]:
    """Where three channels in a row are the axes of one sensor: the place of each x.

    Known by names that differ in x, y, z at the same letter: ``ax ay az``, ``accX accY accZ``,
    ``x_gyro y_gyro z_gyro``, plain ``x y z``.
    """
    names = [channel.name.lower() for channel in channels]
    return [place for place in range(len(names) - 2) if _are_axes(names[place : place + 3])]


def _are_axes(names: Sequence[str]) -> bool:
    first = names[0]
    return any(
        letter == "x" and list(names) == [first[:at] + axis + first[at + 1 :] for axis in AXES]
        for at, letter in enumerate(first)
    )


def _shift(windows: Samples, largest: int, random: np.random.Generator) -> Samples:
    """Move each window by up to ``largest`` samples; its first or last value fills the gap."""
    count, length = len(windows), int(windows.shape[1])
    shifts = random.integers(-largest, largest + 1, (count, 1), np.int64)
    places = np.clip(np.arange(length) - shifts, 0, length - 1)
    return np.take_along_axis(windows, places[:, :, None], axis=1)


def _rotate(
    windows: Samples, triples: Sequence[int], largest_deg: float, random: np.random.Generator
) -> Samples:
    """Turn each window's three-axis sensors by up to ``largest_deg`` around a random axis."""
    axes = random.standard_normal((len(windows), 3))
    axes /= np.linalg.norm(axes, axis=1, keepdims=True)
    angles = np.deg2rad(random.uniform(-largest_deg, largest_deg, len(windows)))
    matrices = rotation_matrices(axes, angles).astype(np.float32)
    turned = windows.copy()
    for place in triples:
        turned[:, :, place : place + 3] = windows[:, :, place : place + 3] @ matrices.mT
    return turned


def rotation_matrices(
    axes: NDArray[np.float64], angles: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Rodrigues' formula: rotations by ``angles`` (radians) around unit ``axes`` of shape
    ``(n, 3)``, as matrices of shape ``(n, 3, 3)``."""
    x, y, z = axes.T
    zero = np.zeros_like(x)
    cross = np.stack([zero, -z, y, z, zero, -x, -y, x, zero], axis=1).reshape(-1, 3, 3)
    sine, cosine = np.sin(angles)[:, None, None], np.cos(angles)[:, None, None]
    return np.eye(3) + sine * cross + (1 - cosine) * (cross @ cross)
