# SPDX-License-Identifier: GPL-3.0-or-later
"""Data samples as micro:bit CreateAI (and the older micro:bit ML trainer) exports them.

JSON: a list of actions ``{"name": …, "recordings": [{"data": {"x": […], "y": […], "z": […]}}]}``,
acceleration in g. The file does not say its rate; the app samples every 20 ms.
"""

from __future__ import annotations

import json
from typing import cast

import numpy as np

from app.core.errors import DataError
from app.core.project import NewRecording
from app.core.recording import Channel, LabelSpan, Samples
from app.core.text import text

RATE_HZ = 50.0
AXES = ("x", "y", "z")


def read_microbit(data: bytes, file: str) -> list[NewRecording]:
    """The recordings in an export, each labelled with its action's name.

    ``file`` is the name for errors. Raises :class:`DataError`.
    """
    try:
        actions: object = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise DataError(
            text("{file} is no JSON.", file=file), text("{reason}.", reason=error)
        ) from error
    recordings: list[NewRecording] = []
    for action in _items(actions, file):
        label = _get(action, "name", file)
        if not isinstance(label, str):
            raise _foreign(file)
        for take in _items(_get(action, "recordings", file), file):
            samples = _samples(_get(take, "data", file), file)
            recordings.append(
                NewRecording(
                    name=f"{label} {len(recordings) + 1}",
                    channels=tuple(Channel(axis, "g") for axis in AXES),
                    rate_hz=RATE_HZ,
                    samples=samples,
                    source=file,
                    spans=(LabelSpan("", 0, len(samples), label),),
                )
            )
    if not recordings:
        raise DataError(text("{file} holds no recordings.", file=file))
    return recordings


def _samples(axes: object, file: str) -> Samples:
    columns = [_items(_get(axes, axis, file), file) for axis in AXES]
    numbers = all(
        isinstance(value, int | float) and not isinstance(value, bool)
        for column in columns
        for value in column
    )
    if not numbers or not columns[0] or len({len(column) for column in columns}) != 1:
        raise _foreign(file)
    return np.array(columns, np.float32).T


def _items(value: object, file: str) -> list[object]:
    if not isinstance(value, list):
        raise _foreign(file)
    return cast(list[object], value)


def _get(value: object, key: str, file: str) -> object:
    if not isinstance(value, dict) or key not in value:
        raise _foreign(file)
    return cast(dict[str, object], value)[key]


def _foreign(file: str) -> DataError:
    return DataError(
        text("{file} cannot be read.", file=file),
        text("It is no export of data samples from micro:bit CreateAI."),
        text("Save the recordings as CSV, then import that."),
    )
