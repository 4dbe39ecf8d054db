# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables to recordings: which column is the clock, which the label, and what the rest measures.

Three kinds of file come out right:

- **time series with a clock**: resampled onto a uniform grid, cut where the clock jumps;
- **time series without one**: rows at the rate the user gives, else at 100 Hz, said as a note;
- **rows of a table** (several labels or numbers to learn, no clock, no rate given): one recording
  at 1 Hz with a label span of one sample on every row, which the data set takes as windows of
  length one. One file a row would not scale.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np

from app.core.csv_table import Table, read_tables
from app.core.errors import DataError
from app.core.recording import Channel, LabelSpan, Samples, with_distinct_names
from app.core.resample import Floats, bins, estimate_rate, fill_forward, resample
from app.core.text import Text, text
from app.core.time_column import find_clocks, parse_dates, runs_forwards, to_seconds

DEFAULT_RATE_HZ = 100.0
ROW_RATE_HZ = 1.0
LABEL_NAMES = ("label", "labels", "class", "classes", "gesture", "activity", "category", "target")
VALUE_NAMES = ("target", "value", "y")
LONGEST_GAP_S = 1.0
LONGEST_GAP_PERIODS = 10.0
SWAPPED_PERIODS = 2.0
"""Rows whose times are the wrong way round by no more than this share a time; a larger step back
is a clock that was reset."""
MOST_SPANS = 200_000
MOST_VALUES = 200_000_000
"""Resampling makes no more values than this of one table: 90 hours of 6 channels at 100 Hz."""
_UNIT = re.compile(r"(.+?)\s*[(\[]([^)\]]*)[)\]]")


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """One stretch of samples of shape ``(n, len(channels))``. ``index`` is the table it is from.
    ``spans`` holds what the file itself says, with no recording id. ``rate_assumed`` where neither
    the file nor the user says how fast it was sampled."""

    index: int
    channels: tuple[Channel, ...]
    rate_hz: float
    samples: Samples
    spans: tuple[LabelSpan, ...]
    rate_assumed: bool = False


@dataclass(frozen=True, slots=True)
class _Roles:
    """What the columns of a table are: indices, ``None`` where there is no such column."""

    clock: int | None
    unit: str
    target: int | None
    channels: tuple[int, ...]


def read_csv(
    data: bytes, file: str, *, rate_hz: float | None, regression: bool
) -> tuple[list[Take], list[Text]]:
    """The takes in a delimited text file, and what the user should know of how it was read.

    ``file`` is its name for errors; ``rate_hz`` what the user says of it. With ``regression`` a
    number column named ``target``, ``value`` or ``y`` (beside no ``z``) is what to learn.
    Raises :class:`DataError` naming file and line.
    """

    def is_label(name: str) -> bool:
        return not regression and name.strip().lower() in LABEL_NAMES

    tables, left_out = read_tables(data, file, is_label)
    notes = [left_out] if left_out else []
    takes: list[Take] = []
    for index, table in enumerate(tables):
        roles = _roles(table, file, regression, notes)
        takes.extend(_takes(index, table, roles, rate_hz, regression, notes))
    return takes, notes


def _roles(table: Table, file: str, regression: bool, notes: list[Text]) -> _Roles:
    names = [name.strip().lower() for name in table.names]
    clocks = find_clocks(names)
    for clock in clocks:
        if clock.column in table.texts:
            dates = parse_dates(table.texts[clock.column])
            if dates is not None:
                table.values[:, clock.column] = dates
    clocks = [
        clock
        for clock in clocks
        if np.isfinite(table.values[:, clock.column]).any()
        and runs_forwards(table.values[:, clock.column])
    ]
    target = _target(table, names, regression)
    taken = {clock.column for clock in clocks} | {target}
    channels: list[int] = []
    for column in range(len(names)):
        if column in taken:
            continue
        if np.isnan(table.values[:, column]).all():
            if names[column] or column in table.texts:
                name = table.names[column] or str(column + 1)
                notes.append(text("Column {name} holds no numbers and was left out.", name=name))
            continue
        channels.append(column)
    if not channels:
        raise DataError(
            text("{file}, line {line}, cannot be read.", file=file, line=table.first_line),
            text("No column holds something measured."),
        )
    first = clocks[0] if clocks else None
    is_date = first is not None and first.column in table.texts
    unit = "s" if is_date else first.unit if first else ""
    return _Roles(first.column if first else None, unit, target, tuple(channels))


def _target(table: Table, names: Sequence[str], regression: bool) -> int | None:
    """The column of labels, or of numbers to learn."""
    if regression:
        wanted = VALUE_NAMES if "z" not in names else VALUE_NAMES[:-1]
        return next((names.index(name) for name in wanted if name in names), None)
    named = next((names.index(name) for name in LABEL_NAMES if name in names), None)
    if named is None and not any(names) and len(table.texts) == 1:
        return next(iter(table.texts))  # no header, and one column of words: those are labels
    return named


def _takes(
    index: int,
    table: Table,
    roles: _Roles,
    rate_hz: float | None,
    regression: bool,
    notes: list[Text],
) -> list[Take]:
    channels = _channels([table.names[column] for column in roles.channels])
    values = table.values[:, roles.channels]
    targets = _targets(table, roles.target, regression)
    if roles.clock is not None:
        times, unit = to_seconds(table.values[:, roles.clock], roles.unit)
        if not roles.unit and len(times) > 1:
            notes.append(
                text(
                    "Column {name} was read as time in {unit}.",
                    name=table.names[roles.clock],
                    unit=unit,
                )
            )
        return _timed_takes(index, channels, times, values, targets, rate_hz, notes)
    is_rows = rate_hz is None and len(set(targets)) > 1
    if is_rows:
        notes.append(
            text(
                "Read as a table of rows that do not follow one another in time. "
                "If they do, import them by command, with --rate."
            )
        )
    rate_assumed = rate_hz is None and not is_rows
    if rate_assumed:
        notes.append(_rate_assumed())
    rate = ROW_RATE_HZ if is_rows else rate_hz or DEFAULT_RATE_HZ
    rows = np.arange(len(values) + 1)
    spans = _spans(targets, rows, whole_runs=not is_rows)
    return [Take(index, channels, rate, _gapless(values), spans, rate_assumed)]


def _timed_takes(
    index: int,
    channels: tuple[Channel, ...],
    times: Floats,
    values: Floats,
    targets: Sequence[str | float],
    rate_hz: float | None,
    notes: list[Text],
) -> list[Take]:
    """Rows with times, cut where the clock jumps, each piece on a uniform grid."""
    steps = np.diff(times)
    forwards = steps[steps > 0]
    period = float(np.median(forwards)) if forwards.size else 0.0
    longest = max(LONGEST_GAP_S, LONGEST_GAP_PERIODS * period)
    cuts = np.flatnonzero((steps < -SWAPPED_PERIODS * period) | (steps > longest)) + 1
    if cuts.size:
        notes.append(text("The clock jumps: a recording was cut there."))
    edges = [0, *cuts.tolist(), len(times)]
    pieces = [slice(start, stop) for start, stop in pairwise(edges)]
    values = values.copy()
    values[edges[:-1]] = _gapless(values)[edges[:-1]]  # a piece starts with what was last known
    clocks = [np.maximum.accumulate(times[piece]) for piece in pieces]
    told_hz = rate_hz or _common_rate(clocks, notes)
    rate = told_hz or DEFAULT_RATE_HZ
    seconds = sum(float(at[-1] - at[0]) for at in clocks)
    if seconds * rate * len(channels) > MOST_VALUES:
        raise DataError(
            text("{rate:g} Hz is far more than these data have.", rate=rate),
            action=text("Give a lower rate, or none: the clock in the file tells it."),
        )
    takes: list[Take] = []
    for piece, at in zip(pieces, clocks, strict=True):
        samples = resample(at, values[piece], rate, longest_fill_s=longest)
        # Row i reaches to the grid point of the row after it, the last one to the end.
        rows = np.append(bins(at, float(at[0]), rate), len(samples))
        spans = _spans(targets[piece], rows, whole_runs=True)
        takes.append(Take(index, channels, rate, samples, spans, rate_assumed=told_hz is None))
    return takes


def _common_rate(pieces: Sequence[Floats], notes: list[Text]) -> float | None:
    """The rate of most samples, to three digits: whole milliseconds tell no more. ``None`` where no
    time passes."""
    estimates = [(len(times), estimate_rate(times)) for times in pieces if times[-1] > times[0]]
    if not estimates:
        notes.append(_rate_assumed())
        return None
    lost = sum(estimate.lost for _, estimate in estimates)
    if lost:
        notes.append(
            text("About {count} samples are missing; the last value was kept there.", count=lost)
        )
    _, longest = max(estimates, key=lambda pair: pair[0])
    return float(f"{longest.rate_hz:.3g}")


def _targets(table: Table, column: int | None, regression: bool) -> Sequence[str | float]:
    """What each row shows: a label (empty for none), or a number (NaN for none)."""
    if column is None:
        return [""] * len(table.values)
    if regression:
        return table.values[:, column].tolist()
    words = table.texts.get(column, [""] * len(table.values))
    tidy = {word: "".join(filter(str.isprintable, word)).strip() for word in set(words)}
    return [tidy[word] for word in words]


def _spans(
    targets: Sequence[str | float], rows: np.ndarray, *, whole_runs: bool
) -> tuple[LabelSpan, ...]:
    """Spans over what rows show; row i covers samples ``rows[i]`` to ``rows[i + 1]``."""
    spans: list[LabelSpan] = []
    row = 0
    for target, run in groupby(targets):
        length = sum(1 for _ in run)
        known = bool(target) if isinstance(target, str) else not np.isnan(target)
        step = length if whole_runs else 1
        for first in range(row, row + length, step) if known else ():
            start, stop = int(rows[first]), int(rows[first + step])
            if start < stop:  # rows that fell into one grid point leave none for the earlier
                label, value = (target, None) if isinstance(target, str) else ("", target)
                spans.append(LabelSpan("", start, stop, label, value))
        row += length
    if len(spans) > MOST_SPANS:
        raise DataError(
            text("The labels change {count} times, more than can be shown.", count=len(spans)),
            action=text("Import a part of the file, or round the numbers to learn."),
        )
    return tuple(spans)


def _rate_assumed() -> Text:
    return text(
        "The sampling rate is not in the file: {rate:g} Hz was assumed. "
        "Import it again with the right rate if it was another.",
        rate=DEFAULT_RATE_HZ,
    )


def _channels(names: Sequence[str]) -> tuple[Channel, ...]:
    """Channels from their columns' names: ``temp (°C)`` says its unit, a nameless one is numbered,
    and a name that comes again is too."""
    channels: list[Channel] = []
    for number, name in enumerate(names, 1):
        match = _UNIT.fullmatch(name.strip())
        bare, unit = (match[1], match[2].strip()) if match else (name.strip(), "")
        channels.append(Channel(bare or f"ch{number}", unit))
    return with_distinct_names(channels)


def _gapless(values: Floats) -> Samples:
    """Gaps take the last value; one at the very start has none and takes the first that comes."""
    first = np.argmax(~np.isnan(values), axis=0)
    filled = values.copy()
    filled[0] = values[first, np.arange(values.shape[1])]
    return fill_forward(filled).astype(np.float32)
