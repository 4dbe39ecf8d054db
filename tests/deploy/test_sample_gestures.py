# SPDX-License-Identifier: GPL-3.0-or-later
"""The gestures sample: enough windows, an honest test part, and a task that needs learning."""

from __future__ import annotations

import numpy as np
import pytest

from app.core.dataset import Dataset, build_dataset
from app.core.errors import ProjectError
from app.core.preprocessing import fit_normaliser
from app.core.project import Project
from app.core.recording import Part
from app.core.training import Normalisation, WindowConfig
from app.deploy.sample_gestures import TRAINING_HOLDINGS, create_gestures_sample, gesture_take
from app.deploy.simulated_hand import CHANNELS, GESTURES


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Project:
    return create_gestures_sample(tmp_path_factory.mktemp("samples") / "gestures")


@pytest.fixture(scope="module")
def dataset(project) -> Dataset:
    return build_dataset(project)


def test_it_is_a_saved_project_of_five_gestures(project, dataset):
    assert Project.open(project.folder).document == project.document
    assert not project.can_undo
    assert dataset.classes == tuple(GESTURES)
    assert dataset.channels == CHANNELS
    assert dataset.warnings == ()


def test_windows_are_two_seconds_with_half_overlap(dataset):
    assert dataset.rate_hz == 100.0
    assert dataset.windowing == WindowConfig(200, 100)


def test_the_test_part_is_other_people_with_another_grip(project, dataset):
    held_out = {info.name: info.source for info in project.document.recordings if info.part}
    others = {info.name: info.source for info in project.document.recordings if not info.part}
    assert len(set(held_out.values())) == 1
    assert len(set(others.values())) == TRAINING_HOLDINGS
    assert not set(held_out.values()) & set(others.values())
    seeds = [{name.split()[1] for name in part} for part in (held_out, others)]
    assert not seeds[0] & seeds[1]
    assert len(dataset.indices[Part.TEST]) >= 200
    counts = dataset.class_counts(Part.TEST)
    assert counts.min() == counts.max()


def test_the_class_means_do_not_tell_the_gestures_apart(dataset):
    """A nearest-mean classifier must fail, or the sample would show nothing of learning."""
    normaliser = fit_normaliser(dataset, Normalisation.MEAN_STD)
    training, test = (
        normaliser.apply(dataset.gather(dataset.indices[part])).reshape(
            len(dataset.indices[part]), -1
        )
        for part in (Part.TRAINING, Part.TEST)
    )
    labels = dataset.class_indices[dataset.indices[Part.TRAINING]]
    means = np.stack([training[labels == place].mean(axis=0) for place in range(5)])
    nearest = np.argmin(((test[:, None] - means) ** 2).sum(axis=-1), axis=1)
    accuracy = (nearest == dataset.class_indices[dataset.indices[Part.TEST]]).mean()
    assert accuracy < 0.8


def test_takes_repeat_by_seed():
    first, again = (gesture_take("wave", 3, 2) for _ in range(2))
    np.testing.assert_array_equal(first.samples, again.samples)
    assert first.samples.shape == (800, 6)


def test_a_folder_in_use_is_refused(tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ProjectError, match="not empty"):
        create_gestures_sample(tmp_path)
