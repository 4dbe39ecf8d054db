# SPDX-License-Identifier: GPL-3.0-or-later
"""What the simulated hand can do: each gesture as displacement and rotation over time.

A gesture maker draws one *take* from a random generator (tempo, size, plane, direction, phase,
pauses) and returns it as a function of time. Frame of the hand at rest: x along the fingers, y to
the left, z up out of the back of the hand. The ranges below are those of a person at a table:
movements of a centimetre to a decimetre at 1 to 6 strokes a second.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from app.deploy.motion import Floats, SmoothNoise, quaternion, rotate, smooth_step


class Motion(NamedTuple):
    """Displacement (m) and rotation vector (rad) of the hand from rest, each ``(n, 3)``."""

    offset_m: Floats
    turn_rad: Floats


Gesture = Callable[[Floats], Motion]
"""Seconds since the gesture began, shape ``(n,)``, to what the hand does then."""

GestureMaker = Callable[[np.random.Generator], Gesture]

_X, _Y, _Z = np.eye(3)


def _idle(rng: np.random.Generator) -> Gesture:
    """The hand only holds the board: drift and tremor are the hand's own."""
    sway = SmoothNoise(rng, (0.1, 0.6), rms=0.004)

    def motion(time_s: Floats) -> Motion:
        return Motion(sway(time_s), np.zeros((len(time_s), 3)))

    return motion


def _circle(rng: np.random.Generator) -> Gesture:
    """An ellipse upright across the fingers, either way round; the wrist rolls along."""
    phase, strength = _rhythm(rng, tempo_hz=(1.0, 1.6)), _bouts(rng)
    radius_m = rng.uniform(0.08, 0.13)
    height_m = radius_m * rng.uniform(0.7, 1.0) * rng.choice([-1, 1])
    across, up = _tilted(rng, np.stack([_Y, _Z]), max_deg=25)
    roll_rad, lag = np.radians(rng.uniform(3, 10)), rng.uniform(0, 2 * np.pi)

    def motion(time_s: Floats) -> Motion:
        angle, size = phase(time_s), strength(time_s)
        offset = radius_m * np.cos(angle) * across + height_m * np.sin(angle) * up
        return Motion(size * offset, size * roll_rad * np.sin(angle + lag) * _X)

    return motion


def _shake(rng: np.random.Generator) -> Gesture:
    """Short, quick strokes to and fro across the fingers; the wrist twists along with them."""
    phase, strength = _rhythm(rng, tempo_hz=(4.2, 6.0)), _bouts(rng)
    stroke_m = rng.uniform(0.014, 0.022)
    (along,) = _tilted(rng, _Y[np.newaxis], max_deg=30)
    twist_rad, lag = np.radians(rng.uniform(3, 7)), rng.uniform(-0.5, 0.5)

    def motion(time_s: Floats) -> Motion:
        angle, size = phase(time_s), strength(time_s)
        return Motion(
            size * stroke_m * np.sin(angle) * along, size * twist_rad * np.sin(angle + lag) * _Z
        )

    return motion


def _tap(rng: np.random.Generator) -> Gesture:
    """A finger knocks on the board: each knock rings out as a damped vibration of the grip.

    The response to a soft impulse, ``(t/τ)² · exp(2 − t/(τ/2)) · sin(2πft)``: the square makes the
    contact last some milliseconds instead of none.
    """
    interval_s = 1 / rng.uniform(1.8, 3.2)
    shift_s = interval_s * rng.uniform(-0.18, 0.18, 64)
    force = rng.uniform(0.65, 1.25, 64)
    ring_hz, decay_s = rng.uniform(14, 20), rng.uniform(0.022, 0.034)
    depth_m = rng.uniform(1.4e-3, 2.2e-3)
    (down,) = _tilted(rng, -_Z[np.newaxis], max_deg=20)
    kick_rad = np.radians(rng.uniform(0.3, 0.9))
    axis = np.array([rng.normal(), rng.normal(), 0.2])
    axis /= np.linalg.norm(axis)
    # The last knock rings into the next interval, so each instant hears two knocks.
    heard = np.array([0, 1])

    def motion(time_s: Floats) -> Motion:
        knock = np.floor(time_s / interval_s).astype(np.int64)[:, np.newaxis] - heard
        slot = knock % len(force)
        since_s = np.maximum(time_s[:, np.newaxis] - knock * interval_s - 0.2 * interval_s, 0)
        since_s = np.maximum(since_s - shift_s[slot], 0)
        ring = (since_s / decay_s) ** 2 * np.exp(2 - 2 * since_s / decay_s)
        ring = ring * np.sin(2 * np.pi * ring_hz * since_s) * force[slot]
        # A knock that is not yet due is no knock at all, even in the first interval.
        push = np.where(knock >= 0, ring, 0).sum(axis=1, keepdims=True)
        return Motion(depth_m * push * down, kick_rad * push * axis)

    return motion


def _wave(rng: np.random.Generator) -> Gesture:
    """The forearm rolls the hand from side to side, as in waving goodbye; the hand swings along."""
    phase, strength = _rhythm(rng, tempo_hz=(1.4, 2.4)), _bouts(rng)
    swing_rad = np.radians(rng.uniform(28, 42))
    (axis,) = _tilted(rng, _X[np.newaxis], max_deg=20)
    reach_m, lag = rng.uniform(0.01, 0.03), rng.uniform(-0.4, 0.4)

    def motion(time_s: Floats) -> Motion:
        angle, size = phase(time_s), strength(time_s)
        return Motion(
            size * reach_m * np.sin(angle + lag) * _Y, size * swing_rad * np.sin(angle) * axis
        )

    return motion


GESTURES: Mapping[str, GestureMaker] = MappingProxyType(
    {"idle": _idle, "circle": _circle, "shake": _shake, "tap": _tap, "wave": _wave}
)
"""Every gesture by name, in the order a menu shows them. Names are the labels of recordings."""


def _tilted(rng: np.random.Generator, axes: Floats, max_deg: float) -> Floats:
    """``axes`` turned together by up to ``max_deg`` about a random axis."""
    axis = rng.normal(size=3)
    turn = np.radians(rng.uniform(0, max_deg)) * axis / np.linalg.norm(axis)
    return rotate(quaternion(turn), axes)


def _rhythm(rng: np.random.Generator, tempo_hz: tuple[float, float]) -> Callable[[Floats], Floats]:
    """The phase (rad, shape ``(n, 1)``) of strokes whose tempo wanders by some percent."""
    omega = 2 * np.pi * rng.uniform(*tempo_hz)
    start = rng.uniform(0, 2 * np.pi)
    wobble = SmoothNoise(rng, (0.15, 0.6), rms=0.35, axes=1)

    def phase(time_s: Floats) -> Floats:
        return omega * time_s[:, np.newaxis] + start + wobble(time_s)

    return phase


def _bouts(rng: np.random.Generator) -> Callable[[Floats], Floats]:
    """How strongly the gesture is made (shape ``(n, 1)``): strokes of uneven size in bouts of some
    seconds, between which the hand comes to rest for a moment."""
    ramp_s = rng.uniform(0.30, 0.40)
    rest_s = rng.uniform(0.0, 0.35)
    bout_s = rng.uniform(3.5, 7.0)
    period_s = bout_s + 2 * ramp_s + rest_s
    start_s = rng.uniform(0, bout_s)
    uneven = SmoothNoise(rng, (0.3, 1.0), rms=0.10, axes=1)

    def strength(time_s: Floats) -> Floats:
        within = (time_s[:, np.newaxis] + start_s) % period_s
        resting = smooth_step((within - bout_s) / ramp_s)
        resuming = smooth_step((within - bout_s - ramp_s - rest_s) / ramp_s)
        return (1 - resting + resuming) * (1 + uneven(time_s))

    return strength
