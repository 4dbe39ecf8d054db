# SPDX-License-Identifier: GPL-3.0-or-later
"""The physics of the simulated board: a hand that holds a six-axis motion sensor.

The model
---------
The hand is a rigid body. Its orientation ``q_hand(t)`` and the sensor's position ``p(t)`` in the
room are smooth functions of time, sums of independent causes:

====================  ==========================================================================
pose                  how the arm is held in this take: up to ±10° of roll and of pitch
drift                 slow wandering of the arm, 0.02 to 0.2 Hz, 2° rms an axis
tremor                physiological tremor, 8 to 12 Hz: 0.03 mm and 0.03° rms an axis
gesture               displacement and rotation in the frame of the hand (``gestures.py``)
lever                 the sensor sits 8 cm before the wrist, about which the hand turns
====================  ==========================================================================

``holding`` is how the board sits in the hand: 0 is straight; any other number is a rotation of
sensor to hand of its own, 10° to 25° about an axis of its own, and its own looseness of grip, by
which the board slips slowly (up to 3° rms) and trembles more (0.6 to 1.6 times).

The sensor, rigid in the loose hand with orientation ``q = q_hand ⊗ q_grip``, feels

* ``accelerometer = q⁻¹ (p̈ − g) / |g|`` (specific force, in g: +1 along z when it lies flat),
* ``gyroscope = log(q(t−h)⁻¹ ⊗ q(t+h)) / 2h`` (angular rate in its own frame, deg/s),

both by central differences over ``h = 2 ms``, which stands for the sensor's own low-pass filter.
Then come the errors of a small MEMS sensor: constant bias (30 mg, 1.5 deg/s rms over boards), white
noise (4 mg, 0.15 deg/s rms a sample), clipping at ±4 g and ±2000 deg/s (the ranges of Arduino's
library for the Nano 33 BLE Sense), and 16-bit steps.

``seed`` is the person and the board (drift, tremor, errors); the seed of :meth:`SimulatedHand.act`
is the take (pose and gesture). Equal seeds and equal calls give equal bytes, however the samples
are cut into blocks. Motions blend over 0.4 s, so nothing jumps.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from app.core.errors import DataError
from app.core.recording import Channel, Samples
from app.core.text import text
from app.deploy.gestures import GESTURES, Gesture
from app.deploy.motion import (
    Floats,
    SmoothNoise,
    conjugate,
    multiply,
    quaternion,
    rotate,
    rotation_vector,
    smooth_step,
)

__all__ = ["CHANNELS", "GESTURES", "SimulatedHand"]

CHANNELS = (
    Channel("ax", "g"),
    Channel("ay", "g"),
    Channel("az", "g"),
    Channel("gx", "deg/s"),
    Channel("gy", "deg/s"),
    Channel("gz", "deg/s"),
)
"""What :meth:`SimulatedHand.samples` gives, column by column."""

GRAVITY_M_S2 = 9.80665
DIFFERENCE_S = 0.002
BLEND_S = 0.4
LEVER_M = np.array([0.08, 0.0, 0.0])

FULL_SCALE = np.array([4.0, 4.0, 4.0, 2000.0, 2000.0, 2000.0])
NOISE = np.array([0.004, 0.004, 0.004, 0.15, 0.15, 0.15])
BIAS = np.array([0.03, 0.03, 0.03, 1.5, 1.5, 1.5])
STEP = FULL_SCALE / 32768

# Random streams that never meet, whatever seeds are chosen.
_BODY, _NOISE, _TAKE, _HOLDING = range(4)


@dataclass(frozen=True, slots=True)
class _Grip:
    """A way of holding the board: rotation vector sensor → hand (rad), looseness 0 to 1."""

    turn_rad: Floats
    looseness: float

    @classmethod
    def of(cls, holding: int) -> _Grip:
        if holding == 0:
            return cls(np.zeros(3), 0.2)
        rng = np.random.default_rng([_HOLDING, holding])
        axis = rng.normal(size=3)
        angle = np.radians(rng.uniform(10, 25))
        return cls(angle * axis / np.linalg.norm(axis), rng.uniform(0, 1))


class _Blend(NamedTuple):
    """What is asked of the hand at ``n`` instants: ``(n, 3)`` each, ``looseness`` ``(n, 1)``."""

    offset_m: Floats
    turn_rad: Floats
    pose_rad: Floats
    grip_rad: Floats
    looseness: Floats


@dataclass(frozen=True, slots=True)
class _Act:
    """One gesture of the hand from ``start_s`` on: how it is made, posed and held."""

    start_s: float
    gesture: Gesture
    pose_rad: Floats
    grip: _Grip

    def at(self, time_s: Floats) -> _Blend:
        motion = self.gesture(time_s - self.start_s)
        still = np.ones((len(time_s), 1))
        return _Blend(
            motion.offset_m,
            motion.turn_rad,
            still * self.pose_rad,
            still * self.grip.turn_rad,
            still * self.grip.looseness,
        )


class SimulatedHand:
    """A hand that holds a board with a motion sensor, and moves it when asked.

    Starts idle. Time is the number of samples taken: nothing happens between calls.
    """

    def __init__(self, seed: int, holding: int = 0) -> None:
        self._seed = seed
        self._holding = holding
        body = np.random.default_rng([_BODY, seed])
        self._drift = SmoothNoise(body, (0.02, 0.2), rms=math.radians(2.0))
        self._tremor_m = SmoothNoise(body, (8.0, 12.0), rms=0.03e-3)
        self._tremor_rad = SmoothNoise(body, (8.0, 12.0), rms=math.radians(0.03))
        self._slip_rad = SmoothNoise(body, (0.05, 0.4), rms=math.radians(3.0))
        self._bias = BIAS * body.normal(size=6)
        self._noise = np.random.default_rng([_NOISE, seed])
        self._rate_hz = 1.0
        self._since_s = 0.0
        self._taken = 0
        self._acts = [self._new_act("idle", np.random.default_rng([_TAKE, seed, 0]))]
        self._takes = 1

    @property
    def time_s(self) -> float:
        """Seconds of motion given out so far."""
        return self._since_s + self._taken / self._rate_hz

    def act(self, gesture: str, seed: int | None = None, holding: int | None = None) -> None:
        """From now on make ``gesture``, a key of :data:`GESTURES`.

        ``seed`` draws the take; left out, every call is another. ``holding`` left out stays.
        Raises :class:`DataError` for a gesture the hand does not know.
        """
        if gesture not in GESTURES:
            raise DataError(
                text("The simulated hand cannot “{gesture}”.", gesture=gesture),
                action=text("It can: {gestures}.", gestures=", ".join(GESTURES)),
            )
        if holding is not None:
            self._holding = holding
        take = [_TAKE, self._seed, self._takes] if seed is None else [_TAKE, seed]
        self._takes += 1
        # What came before an act is over once that act has blended in fully.
        full = self.time_s - BLEND_S - DIFFERENCE_S
        blended = [i for i, act in enumerate(self._acts) if act.start_s <= full]
        del self._acts[: blended[-1] if blended else 0]
        self._acts.append(self._new_act(gesture, np.random.default_rng(take)))

    def samples(self, n: int, rate_hz: float) -> Samples:
        """The next ``n`` samples, shape ``(n, 6)``: ax, ay, az in g, gx, gy, gz in deg/s."""
        if n < 0 or not 0 < rate_hz < np.inf:
            raise ValueError(f"{n} samples at {rate_hz} Hz cannot be taken")
        if rate_hz != self._rate_hz:
            self._since_s, self._taken, self._rate_hz = self.time_s, 0, float(rate_hz)
        time_s = self._since_s + np.arange(self._taken, self._taken + n) / rate_hz
        self._taken += n
        felt = self._feel(time_s) + self._bias + NOISE * self._noise.normal(size=(n, 6))
        steps = np.clip(np.round(felt / STEP), -32768, 32767)
        return (steps * STEP).astype(np.float32)

    def _new_act(self, gesture: str, take: np.random.Generator) -> _Act:
        pose = np.radians([*take.uniform(-10, 10, 2), 0.0])
        return _Act(self.time_s, GESTURES[gesture](take), pose, _Grip.of(self._holding))

    def _feel(self, time_s: Floats) -> Floats:
        """Specific force (g) and angular rate (deg/s) of an ideal sensor, shape ``(n, 6)``."""
        n, h = len(time_s), DIFFERENCE_S
        position, q = self._move(np.concatenate([time_s - h, time_s, time_s + h]))
        before, now, after = position[:n], position[n : 2 * n], position[2 * n :]
        acceleration = (before - 2 * now + after) / h**2
        force = acceleration + np.array([0.0, 0.0, GRAVITY_M_S2])
        accelerometer = rotate(conjugate(q[n : 2 * n]), force) / GRAVITY_M_S2
        turn = rotation_vector(multiply(conjugate(q[:n]), q[2 * n :]))
        return np.concatenate([accelerometer, np.degrees(turn / (2 * h))], axis=1)

    def _move(self, time_s: Floats) -> tuple[Floats, Floats]:
        """Position of the sensor in the room (m) and its orientation (sensor → room)."""
        did = self._blend(time_s)
        tremble = 0.6 + did.looseness
        pose = multiply(quaternion(did.pose_rad), quaternion(self._drift(time_s)))
        shaking = quaternion(tremble * self._tremor_rad(time_s))
        q_hand = multiply(multiply(pose, quaternion(did.turn_rad)), shaking)
        offset = rotate(pose, did.offset_m + tremble * self._tremor_m(time_s))
        slip = quaternion(did.looseness * self._slip_rad(time_s))
        q_sensor = multiply(multiply(q_hand, quaternion(did.grip_rad)), slip)
        return offset + rotate(q_hand, LEVER_M), q_sensor

    def _blend(self, time_s: Floats) -> _Blend:
        """What the acts ask of the hand, each fading in over the ones before it."""
        blend = self._acts[0].at(time_s)
        for act in self._acts[1:]:
            weight = smooth_step((time_s - act.start_s) / BLEND_S)[:, np.newaxis]
            pairs = zip(blend, act.at(time_s), strict=True)
            blend = _Blend(*((1 - weight) * old + weight * new for old, new in pairs))
        return blend
