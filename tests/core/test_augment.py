# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
import pytest

from app.core.augment import augment, axis_triples, rotation_matrices
from app.core.preprocessing import Normaliser
from app.core.recording import Channel
from app.core.training import AugmentConfig

IMU = tuple(Channel(name) for name in ("aX", "aY", "aZ", "gX", "gY", "gZ"))


def changed(windows: np.ndarray, config: AugmentConfig, seed: int = 1) -> np.ndarray:
    channels = IMU[: windows.shape[2]]
    return augment(windows, channels, plain(len(channels)), config, np.random.default_rng(seed))


def plain(channels: int) -> Normaliser:
    """Around 0, in units of 1."""
    return Normaliser((0.0,) * channels, (1.0,) * channels, (1.0,) * channels)


def noise_windows(count: int = 64, length: int = 50, channels: int = 6) -> np.ndarray:
    return np.random.default_rng(0).normal(size=(count, length, channels)).astype(np.float32)


def test_nothing_asked_for_changes_nothing():
    windows = noise_windows()
    np.testing.assert_array_equal(changed(windows, AugmentConfig()), windows)


@pytest.mark.parametrize(
    "config",
    [
        AugmentConfig(noise=0.1),
        AugmentConfig(scale=0.1),
        AugmentConfig(shift=0.1),
        AugmentConfig(rotate_deg=20.0),
    ],
)
def test_every_change_follows_the_seed_and_leaves_the_input_alone(config):
    windows = noise_windows()
    before = windows.copy()
    first, again, other = (changed(windows, config, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(windows, before)
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()
    assert (first != windows).any()
    assert first.dtype == np.float32
    assert first.shape == windows.shape


def test_noise_is_measured_in_each_channels_deviation():
    windows = np.zeros((200, 100, 2), np.float32)
    channels = (Channel("a"), Channel("b"))
    normaliser = Normaliser((0.0, 0.0), (1.0, 50.0), (1.0, 50.0))
    noisy = augment(
        windows, channels, normaliser, AugmentConfig(noise=0.1), np.random.default_rng(1)
    )
    np.testing.assert_allclose(noisy.std(axis=(0, 1)), (0.1, 5.0), rtol=0.02)


def test_scale_multiplies_a_window_by_one_factor():
    windows = noise_windows(count=2000, length=5)
    factors = changed(windows, AugmentConfig(scale=0.2)) / windows
    np.testing.assert_allclose(
        factors, np.broadcast_to(factors[:, :1, :1], factors.shape), rtol=1e-4
    )
    assert factors[:, 0, 0].mean() == pytest.approx(1.0, abs=0.02)
    assert factors[:, 0, 0].std() == pytest.approx(0.2, abs=0.02)


def test_scale_leaves_a_channels_usual_value_where_it_is():
    windows = np.full((100, 5, 2), (1013.0, 1.0), np.float32)
    windows[:, 0, :] += (2.0, 0.0)
    normaliser = Normaliser((1013.0, 1.0), (1.0, 1.0), (1013.0, 1.0))
    channels = (Channel("pressure"), Channel("force"))
    scaled = augment(
        windows, channels, normaliser, AugmentConfig(scale=0.2), np.random.default_rng(1)
    )
    np.testing.assert_array_equal(scaled[:, 1:, :], windows[:, 1:, :])
    assert (scaled[:, 0, 0] - 1013.0).std() == pytest.approx(0.4, abs=0.1)


def test_shift_is_a_share_of_the_window():
    single = noise_windows(length=1)
    np.testing.assert_array_equal(changed(single, AugmentConfig(shift=0.5)), single)


def test_shift_moves_a_window_and_repeats_its_end():
    ramp = np.tile(np.arange(30, dtype=np.float32)[:, None], (1, 2))
    moved = changed(np.stack([ramp] * 100), AugmentConfig(shift=4 / 30))
    shifts = set()
    for window in moved:
        shift = int(15 - window[15, 0])
        shifts.add(shift)
        np.testing.assert_array_equal(window[:, 0], np.clip(np.arange(30) - shift, 0, 29))
    assert shifts == set(range(-4, 5))


def test_rotation_turns_both_sensors_alike_and_keeps_lengths():
    windows = noise_windows()
    windows[..., 3:] = windows[..., :3]
    turned = changed(windows, AugmentConfig(rotate_deg=30.0))
    np.testing.assert_allclose(turned[..., :3], turned[..., 3:], rtol=1e-5, atol=1e-6)
    before, after = windows[..., :3], turned[..., :3]
    np.testing.assert_allclose(
        np.linalg.norm(after, axis=2), np.linalg.norm(before, axis=2), rtol=1e-4
    )
    cosines = (before * after).sum(axis=2) / (before**2).sum(axis=2)
    angles = np.rad2deg(np.arccos(np.clip(cosines, -1, 1)))
    assert angles.max() <= 30.1
    assert angles.max() > 20


def test_a_quarter_turn_around_z_takes_x_to_y():
    matrix = rotation_matrices(np.array([[0.0, 0.0, 1.0]]), np.array([np.pi / 2]))[0]
    np.testing.assert_allclose(matrix @ [1, 0, 0], [0, 1, 0], atol=1e-12)
    np.testing.assert_allclose(matrix @ matrix.T, np.eye(3), atol=1e-12)


@pytest.mark.parametrize(
    ("names", "places"),
    [
        ("ax ay az gx gy gz", [0, 3]),
        ("aX aY aZ gX gY gZ mX mY mZ", [0, 3, 6]),
        ("temp accX accY accZ", [1]),
        ("x y z", [0]),
        ("x_gyro y_gyro z_gyro", [0]),
        ("axis_x axis_y axis_z", [0]),
        ("ax az ay", []),
        ("ax ay", []),
        ("ax gy az", []),
        ("temp humd pres", []),
    ],
)
def test_axes_are_known_by_their_names(names, places):
    assert axis_triples([Channel(name) for name in names.split()]) == places


def test_channels_that_are_no_axes_are_not_turned():
    windows = noise_windows(channels=2)
    np.testing.assert_array_equal(changed(windows, AugmentConfig(rotate_deg=30.0)), windows)
