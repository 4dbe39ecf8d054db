# SPDX-License-Identifier: GPL-3.0-or-later
"""What was measured: channels, recordings, and the labels laid over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Samples of shape ``(n, channels)``, in the channels' units, on a uniform grid."""


LARGEST_VALUE = float(np.finfo(np.float32).max)
"""Beyond it, a sample or a number to learn has no float32."""


class Part(Enum):
    """The part of the data a window belongs to."""

    TRAINING = "training"
    VALIDATION = "validation"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Channel:
    """One measured quantity. ``unit`` is free text as people write it (``g``, ``deg/s``, ``°C``);
    empty when nobody said."""

    name: str
    unit: str = ""


def with_distinct_names(channels: Sequence[Channel]) -> tuple[Channel, ...]:
    """``channels`` with every name once: a second ``x`` becomes ``x 2``."""
    taken: set[str] = set()
    distinct: list[Channel] = []
    for channel in channels:
        name, number = channel.name, 1
        while name in taken:
            number += 1
            name = f"{channel.name} {number}"
        taken.add(name)
        distinct.append(channel if number == 1 else Channel(name, channel.unit))
    return tuple(distinct)


@dataclass(frozen=True, slots=True)
class LabelSpan:
    """Samples ``start`` (included) to ``stop`` (excluded) of a recording show ``label``.

    ``value`` is the number that regression learns; ``None`` for classes.
    """

    recording_id: str
    start: int
    stop: int
    label: str
    value: float | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.stop:
            raise ValueError(f"span {self.start}..{self.stop} is empty or negative")


@dataclass(frozen=True, slots=True)
class RecordingInfo:
    """All that is known of a recording but its samples. Each of its channels has another name.

    ``length`` counts samples; ``started_at`` is ISO 8601 in UTC, empty when unknown; ``source``
    says where it came from (a port, a file); ``part`` is a split given by the data's author.
    """

    id: str
    name: str
    channels: tuple[Channel, ...]
    rate_hz: float
    length: int
    started_at: str = ""
    source: str = ""
    part: Part | None = None

    @property
    def duration_s(self) -> float:
        return self.length / self.rate_hz


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """A recording with its samples, shape ``(info.length, len(info.channels))``.

    The samples may be a read-only memory map: never write to them, copy slices only.
    """

    info: RecordingInfo
    samples: Samples
