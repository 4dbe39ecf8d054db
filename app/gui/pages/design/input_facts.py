# SPDX-License-Identifier: GPL-3.0-or-later
"""What the data makes of its settings: the input a network gets. Headers only, no samples."""

from __future__ import annotations

from dataclasses import dataclass

# numpy.quantile would import it at its first call, while the window waits.
import numpy.ma  # noqa: F401 # pyright: ignore[reportUnusedImport]

from app.core.common_grid import alike
from app.core.dataset import class_names, resolve_data
from app.core.document import Document
from app.core.errors import DataError
from app.core.labelling import targets_of
from app.core.model_report import output_count
from app.core.model_spec import Shape
from app.core.recording import Channel
from app.core.text import Text, text
from app.core.training import Task, WindowConfig


@dataclass(frozen=True, slots=True)
class InputFacts:
    """Everything chosen, nothing left open. ``windowing`` counts samples at ``rate_hz``;
    ``outputs`` is how many numbers the network must answer with, at least 1. ``problem`` says why
    the labels make no task yet, ``None`` where they do."""

    rate_hz: float
    windowing: WindowConfig
    channels: tuple[Channel, ...]
    outputs: int
    problem: Text | None

    @property
    def shape(self) -> Shape:
        """``(window, channels)``."""
        return (self.windowing.length, len(self.channels))


def input_facts(document: Document) -> InputFacts:
    """Reads no samples. Raises :class:`DataError` where there is no recording.

    Before anything is labelled, the network is drawn for the classes there are.
    """
    rate_hz, windowing = resolve_data(document, document.data)
    labelled = {span.recording_id for span in document.spans}
    infos = [info for info in document.recordings if info.id in labelled]
    classes = len(class_names(document)) or len(document.classes)
    return InputFacts(
        rate_hz,
        windowing,
        alike(infos or document.recordings).channels,
        max(1, output_count(document.task, classes)),
        _problem(document),
    )


def output_labels(document: Document) -> tuple[str, ...]:
    """What the network's answers are called: the classes it learns; before anything is labelled,
    those there are. None for a regression."""
    if document.task is Task.REGRESSION:
        return ()
    return class_names(document) or tuple(each.name for each in document.classes)


def _problem(document: Document) -> Text | None:
    try:
        targets_of(document, class_names(document))
    except DataError as error:
        return text("{what} {action}", what=error.what, action=error.action)
    return None
