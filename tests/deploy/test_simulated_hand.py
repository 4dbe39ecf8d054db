# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated hand obeys physics, varies from take to take, and repeats by seed."""

from __future__ import annotations

import numpy as np
import pytest

from app.core.errors import DataError
from app.deploy.motion import multiply, quaternion, rotate
from app.deploy.simulated_hand import CHANNELS, GESTURES, SimulatedHand

RATE_HZ = 100.0


def _take(gesture: str, seed: int = 1, holding: int = 0, hand: int = 1, n: int = 400) -> np.ndarray:
    simulated = SimulatedHand(hand, holding)
    simulated.act(gesture, seed)
    return simulated.samples(n, RATE_HZ)


def test_samples_have_one_column_a_channel():
    samples = SimulatedHand(1).samples(7, RATE_HZ)
    assert samples.shape == (7, len(CHANNELS))
    assert samples.dtype == np.float32


def test_at_least_five_gestures_with_idle_among_them():
    assert {"idle", "circle", "shake", "tap", "wave"} <= set(GESTURES)


@pytest.mark.parametrize("gesture", GESTURES)
def test_blocks_do_not_change_the_samples(gesture):
    whole, parts = SimulatedHand(3, 2), SimulatedHand(3, 2)
    whole.act(gesture, 5)
    parts.act(gesture, 5)
    cut = np.concatenate([parts.samples(n, RATE_HZ) for n in (1, 60, 0, 139)])
    np.testing.assert_array_equal(cut, whole.samples(200, RATE_HZ))


def test_equal_seeds_repeat_and_others_do_not():
    take = _take("circle")
    np.testing.assert_array_equal(_take("circle"), take)
    for other in (_take("circle", seed=2), _take("circle", holding=1), _take("circle", hand=2)):
        assert np.abs(other - take).mean() > 0.01


def test_takes_without_a_seed_differ_from_each_other():
    hand = SimulatedHand(1)
    takes = []
    for _ in range(2):
        hand.act("wave")
        takes.append(hand.samples(300, RATE_HZ))
    assert np.abs(takes[0] - takes[1])[:, 3:].mean() > 5


def test_a_hand_at_rest_feels_one_g_and_hardly_turns():
    samples = _take("idle", n=2000)
    force = np.linalg.norm(samples[:, :3], axis=1)
    assert abs(force.mean() - 1) < 0.1  # biases are up to some 30 mg an axis
    assert force.std() < 0.06
    assert samples[:, 2].min() > 0.5
    assert np.abs(samples[:, 3:]).max() < 30


@pytest.mark.parametrize("seed", [2, 3, 5])
def test_gyroscope_and_accelerometer_agree_on_where_gravity_went(seed):
    """Integrating the angular rate over a change of pose and grip must turn the gravity felt
    before into the gravity felt after."""
    rate_hz = 1000.0
    hand = SimulatedHand(seed)
    before = hand.samples(500, rate_hz)
    hand.act("idle", seed, holding=seed)
    during = hand.samples(500, rate_hz)
    after = hand.samples(500, rate_hz)
    bias = SimulatedHand(seed)._bias
    samples = np.concatenate([before[250:], during, after[:250]]).astype(float) - bias
    turned = np.array([1.0, 0, 0, 0])
    for rate in np.radians(samples[:, 3:]):
        turned = multiply(turned, quaternion(rate / rate_hz))
    felt_before = (before[:, :3] - bias[:3]).mean(axis=0)
    felt_after = rotate(turned, (after[:, :3] - bias[:3]).mean(axis=0))
    assert np.linalg.norm(felt_after - felt_before) < 0.03
    moved = (before[:, :3] - after[:, :3]).mean(axis=0)
    assert np.linalg.norm(moved) > 0.1, "the change must be large enough to mean something"


def test_circling_is_centripetal():
    """Over whole circles the force beyond gravity has the size of r·ω² for 6 to 15 cm."""
    samples = _take("circle", seed=3, n=3000)
    moving = samples[:, :3] - samples[:, :3].mean(axis=0)
    spectrum = np.abs(np.fft.rfft(moving, axis=0)).sum(axis=1)
    tempo_hz = np.fft.rfftfreq(len(moving), 1 / RATE_HZ)[np.argmax(spectrum)]
    assert 0.7 < tempo_hz < 1.6
    radius_m = np.sqrt((moving**2).sum(axis=1).mean()) * 9.81 / (2 * np.pi * tempo_hz) ** 2
    assert 0.05 < radius_m < 0.17


@pytest.mark.parametrize("gesture", [name for name in GESTURES if name != "idle"])
def test_every_gesture_moves_more_than_idle(gesture):
    def energy(name: str) -> float:
        samples = _take(name, n=1000)
        return float((samples / [1, 1, 1, 100, 100, 100]).var(axis=0).sum())

    assert energy(gesture) > 10 * energy("idle")


def test_the_sensor_clips_and_has_16_bit_steps():
    hand = SimulatedHand(1)
    shaken = []
    for seed in range(12):
        hand.act("tap", seed)
        shaken.append(hand.samples(500, RATE_HZ))
    samples = np.concatenate(shaken)
    assert samples[:, :3].min() == -4.0 or samples[:, :3].max() == pytest.approx(4.0, abs=2e-4)
    assert np.abs(samples[:, :3]).max() <= 4.0
    steps = samples[:, :3].astype(float) / (4 / 32768)
    np.testing.assert_allclose(steps, np.round(steps), atol=1e-3)


@pytest.mark.parametrize("gesture", ["idle", "circle", "wave"])
def test_changing_what_the_hand_does_never_kicks_the_sensor(gesture):
    """However quickly pose, grip and gesture change, what is felt stays far from clipping."""
    hand = SimulatedHand(7)
    for seed in range(12):
        hand.act(gesture, seed, holding=seed)
        samples = hand.samples(15 + 5 * seed, RATE_HZ)
        assert np.abs(samples[:, :3]).max() < 3.0
        assert np.abs(samples[:, 3:]).max() < 700


def test_motion_is_continuous_when_the_rate_changes():
    hand = SimulatedHand(1)
    hand.samples(150, RATE_HZ)
    hand.samples(100, 200.0)
    assert hand.time_s == pytest.approx(2.0)


def test_an_unknown_gesture_is_refused_by_name():
    with pytest.raises(DataError, match=r"dance.*circle"):
        SimulatedHand(1).act("dance")


@pytest.mark.parametrize(("n", "rate_hz"), [(-1, 100.0), (1, 0.0), (1, float("nan"))])
def test_nonsense_is_refused(n, rate_hz):
    with pytest.raises(ValueError, match="cannot be taken"):
        SimulatedHand(1).samples(n, rate_hz)
