# SPDX-License-Identifier: GPL-3.0-or-later
"""A run and the data it was made from."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.core import edits
from app.core.dataset import build_dataset
from app.core.document import Document
from app.core.errors import DataError
from app.core.preprocessing import fit_normaliser
from app.core.presets import build_preset
from app.core.project import NewRecording, Project
from app.core.recording import LabelSpan
from app.core.runs import DatasetSummary, TrainingRun
from app.core.text import text
from app.core.training import Normalisation
from app.jobs.run_data import data_of
from tests.helpers.small_projects import project, recording

TAKES = 10
SAMPLES = 200


@pytest.fixture
def made(tmp_path: Path) -> Project:
    return project(
        tmp_path / "p",
        *(
            recording(f"take {number}", SAMPLES, spans=((0, SAMPLES, "ab"[number % 2]),))
            for number in range(TAKES)
        ),
    )


def run_of(made: Project) -> TrainingRun:
    """A run as training begins it."""
    dataset = build_dataset(made)
    return TrainingRun(
        id="run-1",
        created_at="2025-01-31T09:45:00+00:00",
        task=dataset.task,
        model=build_preset("mlp", dataset.input_shape),
        data=made.document.data,
        training=made.document.training,
        channels=dataset.channels,
        classes=dataset.classes,
        rate_hz=dataset.rate_hz,
        windowing=dataset.windowing,
        dataset=DatasetSummary.of(dataset),
        normaliser=fit_normaliser(dataset, Normalisation.MEAN_STD),
    )


def swap_two_labels(document: Document) -> Document:
    first = document.spans[0]
    second = next(span for span in document.spans if span.label != first.label)
    swapped = {first: second.label, second: first.label}
    spans = tuple(replace(span, label=swapped.get(span, span.label)) for span in document.spans)
    return replace(document, spans=spans)


def test_the_data_of_a_run_is_the_data_it_was_made_from(made: Project) -> None:
    run = run_of(made)
    made.edit(edits.rename_project(made.document, "Another name"), text("Rename"))
    made.save()
    dataset = data_of(made.folder, run)
    np.testing.assert_array_equal(dataset.targets, build_dataset(made).targets)


@pytest.mark.parametrize(
    "change",
    [
        swap_two_labels,
        lambda document: edits.rename_class(document, "a", "c"),
        lambda document: edits.remove_recordings(document, [document.recordings[0].id]),
    ],
)
def test_a_change_of_the_data_is_noticed(
    made: Project, change: Callable[[Document], Document]
) -> None:
    """Swapping two labels keeps every count, and puts windows that were learnt among the tests."""
    run = run_of(made)
    made.edit(change(made.document), text("Change"))
    made.save()
    with pytest.raises(DataError, match="Train again"):
        data_of(made.folder, run)


def test_one_take_in_place_of_another_is_noticed(made: Project) -> None:
    run = run_of(made)
    first = made.document.recordings[0]
    samples = np.array(made.recording(first.id).samples) + 1
    made.edit(edits.remove_recordings(made.document, [first.id]), text("Remove"))
    span = LabelSpan("", 0, SAMPLES, "a")
    made.add_recording(
        NewRecording(first.name, first.channels, first.rate_hz, samples, spans=(span,))
    )
    with pytest.raises(DataError, match="Train again"):
        data_of(made.folder, run)
