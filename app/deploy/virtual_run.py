# SPDX-License-Identifier: GPL-3.0-or-later
"""How a board cuts its own samples into windows, and how it tells of the answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.core.recording import Samples

_NO_LABEL = re.compile(r"[:,;=\s]")


@dataclass(frozen=True, slots=True, eq=False)
class DueWindow:
    """A window to answer: its number since the run began, and its last sample's number."""

    sequence: int
    last_sample: int
    samples: Samples


class SlidingWindows:
    """Windows of ``window`` samples, one every ``stride``, over samples that come in pieces."""

    def __init__(self, window: int, stride: int, channels: int) -> None:
        self._window = window
        self._stride = stride
        self._kept = np.empty((0, channels), np.float32)
        self._first = 0
        """The number of the first sample kept; beyond what has come while a stride is skipped."""
        self._next = 0
        self._sequence = 0

    def push(self, first: int, samples: Samples) -> Iterator[DueWindow]:
        """Take the samples from number ``first`` on. Where numbers are missing, what came before
        the gap is forgotten: a window is never torn, and the windows that are missing count."""
        missing = first - self._next
        if missing:
            self._kept = self._kept[:0]
            self._first = first
            self._sequence += -(-missing // self._stride)
        self._next = first + len(samples)
        self._kept = np.concatenate([self._kept, samples[max(0, self._first - first) :]])
        while len(self._kept) >= self._window:
            last = self._first + self._window - 1
            yield DueWindow(self._sequence, last, self._kept[: self._window].copy())
            self._sequence += 1
            self._first += self._stride
            self._kept = self._kept[self._stride :]


def score_line(scores: tuple[tuple[str, float], ...]) -> bytes:
    """``label:value`` pairs, as the Arduino plotter draws them, ended by CR LF.

    What would end a label early there is written as an underscore.
    """
    pairs = (f"{_NO_LABEL.sub('_', label)}:{score:.4g}" for label, score in scores)
    return (",".join(pairs) + "\r\n").encode()
