# SPDX-License-Identifier: GPL-3.0-or-later
"""Sample projects, made on demand into a folder of the user's choice.

Here are the logic gates, the classics every course starts with: a perceptron draws one straight
line, which parts AND, OR and NAND but not XOR (Minsky and Papert, 1969); one hidden layer is
enough for XOR. A project is filled by a function, so that samples which need more than the core
(such as recordings of a simulated hand) are made by whoever knows how, in the same way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from app.core import edits
from app.core.model_spec import LayerSpec, ModelSpec
from app.core.presets import build_preset
from app.core.project import NewRecording, Project
from app.core.recording import Channel, LabelSpan
from app.core.text import Text, text
from app.core.training import Optimizer, Task, TrainingConfig

GATE_INPUTS = ((0, 0), (0, 1), (1, 0), (1, 1))
GATE_WINDOW = (1, 2)
"""A row is a window of one sample and two channels."""

GATE_TRAINING = TrainingConfig(
    optimizer=Optimizer.ADAM, learning_rate=0.1, batch_size=4, epochs=120, patience=0
)
"""All four rows at each update: the loss falls smoothly, and what is learnt is learnt early."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A project to look at and try. ``fill`` puts its recordings and edits into a new project."""

    id: str
    name: Text
    description: Text
    fill: Callable[[Project], None]


def create_sample(sample: Sample, folder: Path) -> Project:
    """Make ``sample`` in ``folder``, which must be empty or not there yet, and open it.

    Raises :class:`ProjectError`.
    """
    project = Project.create(folder, str(sample.name))
    sample.fill(project)
    project.save()
    project.close()
    return Project.open(folder)  # a fresh project has nothing to undo


def one_hidden_layer(units: int = 8) -> ModelSpec:
    """The smallest step beyond the perceptron: one hidden Dense layer of ``units``."""
    perceptron = build_preset("perceptron", GATE_WINDOW)
    *before, answer = perceptron.layers
    hidden = LayerSpec("dense", {"units": units, "activation": "tanh"})
    return ModelSpec((*before, hidden, answer))


def _fill_gate(outputs: tuple[int, int, int, int], model: ModelSpec, project: Project) -> None:
    """The truth table of a gate: one recording, one row and one label for each pair of inputs.

    Four windows are too few to split, so the data set trains and tests on all of them, and says so.
    """
    document = project.document
    for name in ("0", "1"):  # in this order, so that 1 is the answer "yes"
        document = edits.add_class(document, name)
    document = edits.set_task(document, Task.BINARY)
    document = edits.replace_model(document, model)
    document = edits.replace_training(document, GATE_TRAINING)
    # The rows are given as whole: no sampling rate means anything here, so a row lasts a second.
    project.edit(document, text("Set up the gate"))
    project.add_recording(
        NewRecording(
            name=str(text("Truth table")),
            channels=(Channel("A"), Channel("B")),
            rate_hz=1.0,
            samples=np.array(GATE_INPUTS, np.float32),
            spans=tuple(
                LabelSpan("", row, row + 1, str(output)) for row, output in enumerate(outputs)
            ),
        )
    )


def _gate(
    id_: str, name: Text, description: Text, outputs: tuple[int, int, int, int], model: ModelSpec
) -> Sample:
    return Sample(id_, name, description, partial(_fill_gate, outputs, model))


_PERCEPTRON = build_preset("perceptron", GATE_WINDOW)

_TABLE = (
    _gate(
        "and",
        text("Logic gate AND"),
        text("1 only where both inputs are 1. A perceptron learns it."),
        (0, 0, 0, 1),
        _PERCEPTRON,
    ),
    _gate(
        "or",
        text("Logic gate OR"),
        text("1 where at least one input is 1. A perceptron learns it."),
        (0, 1, 1, 1),
        _PERCEPTRON,
    ),
    _gate(
        "nand",
        text("Logic gate NAND"),
        text("AND turned round: 0 only where both inputs are 1. A perceptron learns it."),
        (1, 1, 1, 0),
        _PERCEPTRON,
    ),
    _gate(
        "xor",
        text("Logic gate XOR, with a perceptron"),
        text(
            "1 where the inputs differ. No straight line parts these points: see a perceptron "
            "fail, then add a hidden layer on the Design page."
        ),
        (0, 1, 1, 0),
        _PERCEPTRON,
    ),
    _gate(
        "xor-hidden",
        text("Logic gate XOR, with a hidden layer"),
        text("1 where the inputs differ. One hidden layer bends the line, and learns it."),
        (0, 1, 1, 0),
        one_hidden_layer(),
    ),
)

SAMPLES: dict[str, Sample] = {sample.id: sample for sample in _TABLE}
