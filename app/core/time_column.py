# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds the column that is a clock, and reads it as seconds.

The unit is in the column's name (``time_ms``, ``t [us]``, ``millis``, ``seconds``); where it is
not (``t``, ``time``, ``timestamp``), it is guessed from the steps between rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.core.resample import Floats, fill_forward

SECONDS = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9}
_SPELLINGS = {
    **{name: name for name in SECONDS},
    "µs": "us", "μs": "us",
    "sec": "s", "secs": "s", "second": "s", "seconds": "s",
    "msec": "ms", "millis": "ms", "milliseconds": "ms",
    "usec": "us", "micros": "us", "microseconds": "us",
    "nanos": "ns", "nanoseconds": "ns",
}  # fmt: skip
_BARE_NAMES = {"t", "time", "timestamp", "time_stamp", "ts", "elapsed", "datetime", "date"}
_NAME_AND_UNIT = re.compile(r"(.*?)[\s_]*[(\[]?([a-zµμ]+)[)\]]?")
_WRAP = 2.0**32
_SHARE_FORWARDS = 0.7


@dataclass(frozen=True, slots=True)
class Clock:
    """A time column: its index, and its unit as a key of ``SECONDS``; empty where unnamed."""

    column: int
    unit: str


def find_clocks(names: Sequence[str]) -> list[Clock]:
    """The columns whose names say that they are clocks, in order."""
    clocks = ((index, _unit(name)) for index, name in enumerate(names))
    return [Clock(index, unit) for index, unit in clocks if unit is not None]


def _unit(name: str) -> str | None:
    """The unit of a clock of that name, empty where it does not say; ``None`` for no clock."""
    name = name.strip().lower()
    if name in _BARE_NAMES:
        return ""
    # A lone ``s`` is far more often a signal than a clock.
    if name in _SPELLINGS and name != "s":
        return _SPELLINGS[name]
    match = _NAME_AND_UNIT.fullmatch(name)
    if match and match[1] in _BARE_NAMES and match[2] in _SPELLINGS:
        return _SPELLINGS[match[2]]
    return None


def runs_forwards(values: Floats) -> bool:
    """Whether a column behaves as a clock: where it moves, it mostly grows. (It may be reset; a
    temperature named ``t`` goes down as often as up.)"""
    known = values[~np.isnan(values)]
    steps = np.diff(known)
    moving = steps[steps != 0]
    if not moving.size:
        return known.size == 1  # a single row contradicts nothing
    return float((moving > 0).mean()) >= _SHARE_FORWARDS


def to_seconds(values: Floats, unit: str) -> tuple[Floats, str]:
    """A clock's values, shape ``(n,)``, as seconds, and the unit they were read in.

    32-bit ``millis()`` and ``micros()`` that started again at 0 are carried on; a row without a
    time has that of the row before it.
    """
    times = fill_forward(values[:, None])[:, 0]
    known = times[~np.isnan(times)]
    times = np.nan_to_num(times, nan=float(known[0]) if known.size else 0.0)
    unit = unit or guess_unit(times)
    if unit in ("ms", "us"):
        times = times + _WRAP * np.cumsum(np.diff(times, prepend=times[:1]) < -_WRAP / 2)
    # From the first row on, so that a clock of many digits keeps its last ones.
    return (times - times[0]) * SECONDS[unit], unit


def guess_unit(times: Floats) -> str:
    """The unit in which the usual step is a usual period: fractions below 1 are seconds; else
    steps below 1,000 are milliseconds (more than 1 Hz), below 1,000,000 microseconds."""
    steps = np.diff(times)
    steps = steps[steps > 0]
    step = float(np.median(steps)) if steps.size else 1.0
    if step < 1.0:
        return "s"
    if step < 1_000.0:
        return "ms"
    return "us" if step < 1_000_000.0 else "ns"


def parse_dates(cells: Sequence[str]) -> Floats | None:
    """ISO 8601 dates and times as seconds since 1970; ``None`` where a cell is something else."""
    try:
        moments = np.array([cell.removesuffix("Z") or "NaT" for cell in cells], "datetime64[us]")
    except ValueError:
        return None
    seconds = moments.astype(np.int64) / 1e6
    return np.where(np.isnat(moments), np.nan, seconds)
