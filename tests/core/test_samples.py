# SPDX-License-Identifier: GPL-3.0-or-later
"""Sample projects."""

from pathlib import Path

import numpy as np
import pytest

from app.core.dataset import build_dataset
from app.core.errors import ProjectError
from app.core.project import Project
from app.core.recording import Part
from app.core.samples import SAMPLES, Sample, create_sample, one_hidden_layer
from app.core.text import text
from app.core.training import Task

TABLES = {
    "and": [0, 0, 0, 1],
    "or": [0, 1, 1, 1],
    "nand": [1, 1, 1, 0],
    "xor": [0, 1, 1, 0],
    "xor-hidden": [0, 1, 1, 0],
}


def test_every_gate_is_there() -> None:
    assert list(SAMPLES) == list(TABLES)
    assert all(str(sample.name) and str(sample.description) for sample in SAMPLES.values())


@pytest.mark.parametrize("gate", TABLES)
def test_a_gate_is_its_truth_table(tmp_path: Path, gate: str) -> None:
    project = create_sample(SAMPLES[gate], tmp_path / gate)
    assert not project.can_undo
    assert not project.dirty
    assert project.document.task is Task.BINARY
    dataset = build_dataset(project)
    assert dataset.classes == ("0", "1")
    assert dataset.input_shape == (1, 2)
    training = dataset.indices[Part.TRAINING]
    np.testing.assert_array_equal(dataset.gather(training)[:, 0], [[0, 0], [0, 1], [1, 0], [1, 1]])
    np.testing.assert_array_equal(dataset.targets[training], TABLES[gate])
    np.testing.assert_array_equal(dataset.indices[Part.TEST], training)


def separable(outputs: list[int]) -> bool:
    """Whether Rosenblatt's perceptron rule comes to answer all four rows right."""
    inputs = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
    weights = np.zeros(3)
    for _ in range(100):
        if ((inputs @ weights > 0) == outputs).all():
            return True
        for row, wanted in zip(inputs, outputs, strict=True):
            weights = weights + (wanted - int(row @ weights > 0)) * row
    return False


def test_a_straight_line_parts_all_but_xor() -> None:
    assert {gate: separable(outputs) for gate, outputs in TABLES.items()} == {
        "and": True,
        "or": True,
        "nand": True,
        "xor": False,
        "xor-hidden": False,
    }


def test_the_hidden_layer_is_one(tmp_path: Path) -> None:
    project = create_sample(SAMPLES["xor-hidden"], tmp_path / "xor")
    assert project.document.model == one_hidden_layer()
    assert [layer.kind for layer in one_hidden_layer(4).layers] == ["flatten", "dense", "dense"]


def test_a_sample_takes_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ProjectError, match="not empty"):
        create_sample(SAMPLES["and"], tmp_path)


def test_samples_from_above_the_core(tmp_path: Path) -> None:
    def fill(project: Project) -> None:
        SAMPLES["or"].fill(project)

    sample = Sample("mine", text("Mine"), text("Made elsewhere."), fill)
    project = create_sample(sample, tmp_path / "mine")
    assert project.document.name == "Mine"
    assert len(project.document.recordings) == 1
