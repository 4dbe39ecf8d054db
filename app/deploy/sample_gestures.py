# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample project of gestures: takes of the simulated hand, with an honest test part.

The test part is another person (other seeds) who holds the board in another way than anybody in
the training part, as when a friend tries what you have trained.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from app.core import edits
from app.core.project import NewRecording, Project
from app.core.recording import LabelSpan, Part
from app.core.samples import Sample, create_sample
from app.core.text import text
from app.core.training import AugmentConfig
from app.deploy.simulated_hand import CHANNELS, GESTURES, SimulatedHand

RATE_HZ = 100.0
TAKE_S = 8.0
TRAINING_TAKES = 20
"""Of each gesture. Validation is taken from these by the split, whole takes at a time."""
TRAINING_HOLDINGS = 8
TEST_TAKES = 8
"""Of each gesture: at two seconds with half overlap 56 windows, 280 of all five."""
TEST_HOLDING = 201
FIRST_TEST_SEED = 1000
GRIPS_VARY_DEG = 20.0
"""Training turns each window at random, so that a grip it never saw is no surprise."""
SETTLE_S = 0.5
"""A take begins when the hand is under way, as with the countdown of the Capture page."""


def create_gestures_sample(folder: Path) -> Project:
    """Make the sample in ``folder``, which must be empty or not there yet, and open it.

    Raises :class:`ProjectError`.
    """
    return create_sample(GESTURES_SAMPLE, folder)


def gesture_take(gesture: str, seed: int, holding: int, part: Part | None = None) -> NewRecording:
    """One labelled take of ``TAKE_S`` seconds; equal arguments give equal samples."""
    hand = SimulatedHand(seed, holding)
    hand.act(gesture, seed)
    hand.samples(round(SETTLE_S * RATE_HZ), RATE_HZ)
    samples = hand.samples(round(TAKE_S * RATE_HZ), RATE_HZ)
    return NewRecording(
        name=f"{gesture} {seed}",
        channels=CHANNELS,
        rate_hz=RATE_HZ,
        samples=samples,
        source=str(text("simulated hand, holding {holding}", holding=holding)),
        part=part,
        spans=(LabelSpan("", 0, len(samples), gesture),),
    )


def _takes() -> Iterator[NewRecording]:
    for seed in range(TRAINING_TAKES):
        for gesture in GESTURES:
            yield gesture_take(gesture, seed, seed % TRAINING_HOLDINGS)
    for seed in range(FIRST_TEST_SEED, FIRST_TEST_SEED + TEST_TAKES):
        for gesture in GESTURES:
            yield gesture_take(gesture, seed, TEST_HOLDING, Part.TEST)


def _fill(project: Project) -> None:
    training = replace(project.document.training, augment=AugmentConfig(rotate_deg=GRIPS_VARY_DEG))
    project.edit(edits.replace_training(project.document, training), text("Turn takes at random"))
    project.add_recordings(list(_takes()), text("Record the gestures"))


GESTURES_SAMPLE = Sample(
    "gestures",
    text("Gestures of a hand"),
    text(
        "A hand holds a motion sensor and idles, circles, shakes, taps or waves. The test part is "
        "another person with another grip."
    ),
    _fill,
)
