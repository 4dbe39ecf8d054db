# SPDX-License-Identifier: GPL-3.0-or-later
"""A take on the disk: what a recorder wrote, turned into a recording on a uniform grid.

While it is recorded, a take is a folder ``recordings/<id>.partial`` of the project:

- ``take.json``: the :class:`TakePlan`;
- ``values.npy``: the rows as they came, NaN where a channel had nothing;
- ``times.f64``: the time of each row in seconds, little-endian float64.

The same code finishes a take that ended well and one whose process was killed.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.core import codec
from app.core.errors import DataError, TinywrightError
from app.core.project import NewRecording, Project
from app.core.recording import Channel, LabelSpan, RecordingInfo, Samples
from app.core.resample import Resampler, estimate_rate, fill_forward
from app.core.storage import SampleWriter, load_samples, recover_samples, write_atomically
from app.core.text import text

PLAN_FILE = "take.json"
VALUES_FILE = "values.npy"
TIMES_FILE = "times.f64"
SAMPLES_FILE = "samples.npy"
CHUNK_ROWS = 1 << 16
QUIET_S = 3.0
"""A writer flushes several times a second; after this long without, it is gone."""
NOBODY = 0

_TIME_DTYPE = np.dtype("<f8")


class TimeBase(Enum):
    """What says when a row was measured."""

    EVEN = "even"
    """The rows themselves: a line without a clock is one sample, evenly spaced."""
    COUNTED = "counted"
    """The board's numbers; lost samples were written as rows of NaN."""
    CLOCK = "clock"
    """The device's clock, printed beside the values."""
    ARRIVAL = "arrival"
    """The moment of arrival: lines carry some of the channels each, at rates of their own."""


@dataclass(frozen=True, slots=True)
class TakePlan:
    """What is known when a take begins. ``rate_hz`` is 0 where it is not known yet; ``process``
    writes it, or ``NOBODY``."""

    name: str
    channels: tuple[Channel, ...]
    time_base: TimeBase
    rate_hz: float
    label: str
    source: str
    started_at: str
    process: int


@dataclass(frozen=True, slots=True, eq=False)
class FinishedTake:
    """A take that is ready for its project."""

    new: NewRecording
    folder: Path

    def add_to(self, project: Project) -> RecordingInfo:
        """Take it into ``project``, as one edit that can be undone, and remove the folder."""
        info = project.add_recording(self.new)
        remove_take(self.folder)
        return info

    def leave(self) -> None:
        """Leave it where it is: its project takes it in when it is next opened, though this
        process still lives. Raises :class:`OSError`."""
        plan = codec.decode(TakePlan, json.loads((self.folder / PLAN_FILE).read_bytes()))
        write_plan(self.folder, replace(plan, process=NOBODY))

    def discard(self) -> None:
        """Forget the take."""
        remove_take(self.folder)


@dataclass(frozen=True, slots=True)
class Recovery:
    """What :func:`recover` found: takes that are recordings now, and why others are not."""

    recordings: tuple[RecordingInfo, ...]
    problems: tuple[TinywrightError, ...]


def remove_take(folder: Path) -> None:
    """Remove a take's folder. What a scanner or another program still holds open stays until the
    project is opened again: :func:`recover` knows a take that is in the project."""
    shutil.rmtree(folder, ignore_errors=True)


def write_plan(folder: Path, plan: TakePlan) -> None:
    """Raises :class:`OSError`."""
    write_atomically(folder / PLAN_FILE, json.dumps(codec.encode(plan)).encode())


def finish_take(folder: Path, rate_hz: float | None = None) -> FinishedTake:
    """Make the recording of the take in ``folder``, in memory that does not grow with its length.

    ``rate_hz`` is the measured rate, where the session knows it. A channel that never had a value
    is left out. Raises :class:`DataError` where there is nothing to keep, :class:`OSError`.
    """
    plan = codec.decode(TakePlan, json.loads((folder / PLAN_FILE).read_bytes()))
    values, times = _load(folder)
    seen = np.zeros(len(plan.channels), bool)
    for chunk, _ in _chunks(values, times):
        seen |= ~np.isnan(chunk).all(axis=0)
    if len(values) < 2 or not seen.any():
        raise DataError(
            text("Nothing was recorded."),
            text("The board sent fewer than two samples."),
            text("Check that the curves move before you record."),
        )
    if plan.time_base in (TimeBase.EVEN, TimeBase.COUNTED):
        rate = rate_hz or plan.rate_hz or estimate_rate(times).rate_hz
        pieces = _filled(values, times, seen)
    else:
        rate = rate_hz or _fastest_rate(values, times, seen)
        pieces = _resampled(values, times, seen, rate)
    path = folder / SAMPLES_FILE
    path.unlink(missing_ok=True)
    try:
        with closing(SampleWriter(path, int(seen.sum()))) as writer:
            for piece in pieces:
                writer.append(piece)
    except OSError:
        path.unlink(missing_ok=True)  # a full disk needs the space more
        raise
    spans = (LabelSpan("", 0, writer.length, plan.label),) if plan.label else ()
    channels = tuple(c for c, kept in zip(plan.channels, seen, strict=True) if kept)
    new = NewRecording(plan.name, channels, rate, path, plan.started_at, plan.source, spans=spans)
    return FinishedTake(new, folder)


def recover(project: Project) -> Recovery:
    """Turn what killed processes left in ``project`` into recordings. Call it at opening.

    Takes that another process still writes are left alone. So is one that cannot be read.
    """
    infos: list[RecordingInfo] = []
    problems: list[TinywrightError] = []
    known = {(info.started_at, info.source) for info in project.document.recordings}
    for folder in sorted((project.folder / "recordings").glob("*.partial")):
        try:
            if not (folder / VALUES_FILE).exists():  # killed before the first sample, or beginning
                if time.time() - folder.stat().st_mtime > QUIET_S:
                    shutil.rmtree(folder)
                continue
            plan = codec.decode(TakePlan, json.loads((folder / PLAN_FILE).read_bytes()))
            if _is_being_written(folder, plan):
                continue
            if (plan.started_at, plan.source) in known:  # killed just after it was taken in
                shutil.rmtree(folder)
                continue
            if recover_samples(folder / VALUES_FILE) < 2:
                shutil.rmtree(folder)
                continue
            infos.append(finish_take(folder).add_to(project))
        except (TinywrightError, OSError, ValueError) as error:
            problems.append(_not_recovered(folder, error))
    return Recovery(tuple(infos), tuple(problems))


def _load(folder: Path) -> tuple[Samples, NDArray[np.float64]]:
    values = load_samples(folder / VALUES_FILE)
    times = np.fromfile(folder / TIMES_FILE, _TIME_DTYPE)
    rows = min(len(values), len(times))  # a killed writer may have written one of them only
    return values[:rows], times[:rows]


def _chunks(
    values: Samples, times: NDArray[np.float64]
) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    for at in range(0, len(values), CHUNK_ROWS):
        part = slice(at, at + CHUNK_ROWS)
        yield values[part].astype(np.float64), times[part]


def _filled(
    values: Samples, times: NDArray[np.float64], seen: NDArray[np.bool_]
) -> Iterator[Samples]:
    """Every row, gaps filled with the last value, those at the beginning with the first one."""
    last = _first_values(values, times)[seen]
    for chunk, _ in _chunks(values, times):
        filled = fill_forward(np.vstack([last, chunk[:, seen]]))
        last = filled[-1]
        yield filled[1:].astype(np.float32)


def _first_values(values: Samples, times: NDArray[np.float64]) -> NDArray[np.float64]:
    first = np.full(values.shape[1], np.nan)
    for chunk, _ in _chunks(values, times):
        known = ~np.isnan(chunk)
        found = np.isnan(first) & known.any(axis=0)
        first[found] = chunk[known.argmax(axis=0)[found], np.flatnonzero(found)]
        if not np.isnan(first).any():
            break
    return first


def _resampled(
    values: Samples, times: NDArray[np.float64], seen: NDArray[np.bool_], rate_hz: float
) -> Iterator[Samples]:
    resampler = Resampler(rate_hz, int(seen.sum()))
    for chunk, chunk_times in _chunks(values, times):
        yield resampler.feed(chunk_times, chunk[:, seen])
    yield resampler.finish()


def _fastest_rate(values: Samples, times: NDArray[np.float64], seen: NDArray[np.bool_]) -> float:
    """The rate of the channel that speaks most often, in Hz."""
    rates: list[float] = []
    for channel in np.flatnonzero(seen):
        spoken = times[~np.isnan(values[:, channel])]
        if len(spoken) > 1 and spoken[0] < spoken[-1]:
            rates.append(estimate_rate(spoken).rate_hz)
    if not rates:
        raise DataError(
            text("Nothing was recorded."),
            text("No channel had two values at different times."),
            text("Record for longer."),
        )
    return max(rates)


def _is_being_written(folder: Path, plan: TakePlan) -> bool:
    if plan.process == NOBODY:
        return False
    quiet_s = time.time() - (folder / VALUES_FILE).stat().st_mtime
    if quiet_s > QUIET_S:
        return False
    if sys.platform == "win32":  # there os.kill would end the process instead of asking
        return True
    try:
        os.kill(plan.process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it lives, under another user
        return True
    return True


def _not_recovered(folder: Path, error: Exception) -> TinywrightError:
    return DataError(
        text("The interrupted recording {name} was not recovered.", name=folder.name),
        text("{reason}", reason=str(error)),
        text("Its folder was left where it is: {folder}.", folder=folder),
    )
