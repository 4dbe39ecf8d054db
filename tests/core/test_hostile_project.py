# SPDX-License-Identifier: GPL-3.0-or-later
"""A ``project.json`` from a stranger: refused in words or used, never an accident later on."""

import copy
import json
import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.core import project_file
from app.core.dataset import build_dataset
from app.core.document import ClassLabel, Document
from app.core.errors import ProjectError, TinywrightError
from app.core.model_report import analyse, output_count
from app.core.preprocessing import fit_normaliser
from app.core.presets import build_preset
from app.core.recording import Channel, LabelSpan, Part, Recording, RecordingInfo
from app.core.text import text
from app.core.training import DataConfig, Task, WindowConfig

SAMPLES = 200
CHANNELS = (Channel("x", "g"), Channel("y", "g"))
DOCUMENT = Document(
    "Wand",
    classes=(ClassLabel("a", 0), ClassLabel("b", 1)),
    recordings=tuple(
        RecordingInfo(f"r{i}", f"take {i}", CHANNELS, 100.0, SAMPLES, part=part)
        for i, part in enumerate((Part.TRAINING, None, None, Part.TEST))
    ),
    spans=tuple(LabelSpan(f"r{i}", 0, SAMPLES, "ab"[i % 2], float(i)) for i in range(4)),
    data=DataConfig(rate_hz=100.0, windowing=WindowConfig(20, 10)),
    model=build_preset("mlp", (20, 2)),
)
HOSTILE: list[Any] = [
    *(None, True, "", "\ud800", "../x", [], {}),
    *(0, -1, 10**30, -(10**30), 10**400, -(10**400)),
    *(1e308, -1e308, 1e-308, math.nan, math.inf, -math.inf),
]


class Source:
    """The recordings that belong to :data:`DOCUMENT`, whatever a document says."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def recording(self, recording_id: str) -> Recording:
        info = next(info for info in self.document.recordings if info.id == recording_id)
        if (info.length, len(info.channels)) != (SAMPLES, len(CHANNELS)):
            raise ProjectError(text("The file holds other samples than the project says."))
        seed = sum(recording_id.encode(errors="replace"))
        values = np.random.default_rng(seed).normal(size=(SAMPLES, len(CHANNELS)))
        return Recording(info, values.astype(np.float32))


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value, of each list the first two entries only."""
    yield path
    inside = list(value.items()) if isinstance(value, dict) else []
    inside += list(enumerate(value[:2])) if isinstance(value, list) else []
    for key, item in inside:
        yield from places(item, (*path, key))


def replaced(contents: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    result = copy.deepcopy(contents)
    at = result
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return result


def use(document: Document) -> None:
    """What the studio does with a document as soon as it is open."""
    assert all(math.isfinite(info.duration_s) for info in document.recordings)
    dataset = build_dataset(Source(document))
    fit_normaliser(dataset, document.data.normalisation)
    if document.model is not None:
        outputs = output_count(dataset.task, len(dataset.classes))
        analyse(document.model, dataset.input_shape, dataset.task, outputs)


@pytest.mark.parametrize("task", [Task.MULTICLASS, Task.REGRESSION])
def test_any_value_in_any_place_is_refused_or_works(task: Task) -> None:
    use(replace(DOCUMENT, task=task))  # untouched, it works
    contents = json.loads(project_file.to_bytes(replace(DOCUMENT, task=task)))
    refused = used = 0
    for path in list(places(contents)):
        for value in HOSTILE:
            data = json.dumps(replaced(contents, path, value)).encode()
            try:
                use(project_file.from_bytes(data))
                used += 1
            except TinywrightError:
                refused += 1
    assert refused > used > 0
