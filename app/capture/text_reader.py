# SPDX-License-Identifier: GPL-3.0-or-later
"""Bytes of a board that prints into blocks of samples, and an account of every line. Pure."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.capture.cells import MAX_VALUE
from app.capture.device_time import DeviceClock, is_time
from app.capture.dialects import (
    MAX_COLUMNS,
    TELEPLOT_TIME,
    Dialect,
    Header,
    LineReading,
    Reading,
    Reason,
    read_line,
)
from app.capture.line_inspector import LineCounts, LineInspector, LineKind
from app.capture.lines import MAX_LINE_BYTES, LineSplitter, clean
from app.core.recording import Channel, Samples

VOTES = 4
"""Lines that must agree before a way of writing them is taken, or a new one replaces it."""
PATTERN_VOTES = 6
"""More for numbers between words: a board that talks about itself writes those too."""
WINDOW_LINES = 20
"""Of how many lines in a row the votes are counted."""
FAST_LINES = 6
"""Fewer lines at once are not worth a call of NumPy's reader."""
MOST_NAMES_MET_ONCE = 1000

_NUMERIC = b"0123456789.+-eE, "


@dataclass(frozen=True, slots=True)
class Layout:
    """How a board writes its lines at present: ``channels`` are all columns that lines may fill,
    the device's clock (at ``time_column``) among them; ``sparse`` where each line carries some of
    them only."""

    dialect: Dialect
    channels: tuple[Channel, ...]
    time_column: int | None
    sparse: bool

    @property
    def measured(self) -> tuple[Channel, ...]:
        """The channels without the clock."""
        return tuple(c for i, c in enumerate(self.channels) if i != self.time_column)


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Consecutive samples of one layout, one a line.

    ``values`` has shape ``(n, len(channels))``; NaN where a line had a gap or left a channel out.
    ``time_us`` (n) is the device's clock, ``None`` where the board does not print it. Another
    ``segment`` than before means other channels, or a board that started anew. ``sparse`` blocks
    carry some of the channels on each line.
    """

    segment: int
    channels: tuple[Channel, ...]
    sparse: bool
    values: Samples
    time_us: NDArray[np.float64] | None


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that gave no values."""

    reason: Reason
    line: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one ``feed`` brought, in order."""

    blocks: tuple[Block, ...]
    unread: tuple[Unread, ...]


class TextReader:
    """Reads whatever a board prints. The dialect is found from the lines unless it is given.

    A line that does not fit is held until enough of its kind make a new layout, then read; or
    until a line fits again, then counted as unread. So a torn line costs itself only.
    """

    def __init__(self, dialect: Dialect | None = None, *, whole: bool = False) -> None:
        self._dialect = dialect
        self._splitter = LineSplitter(whole=whole)
        self._inspector = LineInspector()
        self._layout: Layout | None = None
        self._index: dict[str, int] = {}
        self._clock: DeviceClock | None = None
        self._segment = -1
        self._held: deque[tuple[str, tuple[Reading, ...]]] = deque()
        self._header: Header | None = None
        self._perhaps_header: tuple[str, Header] | None = None
        self._names_met_once: set[str] = set()
        self._rows: list[list[float]] = []
        self._times: list[float] = []
        self._blocks: list[Block] = []
        self._unread: list[Unread] = []

    @property
    def layout(self) -> Layout | None:
        """How lines are read at present; ``None`` until that is known."""
        return self._layout

    @property
    def kinds(self) -> tuple[LineKind, ...]:
        """How each kind of line was read so far."""
        return self._inspector.kinds()

    @property
    def counts(self) -> LineCounts:
        """Where all lines so far went."""
        waiting = len(self._held) + (self._perhaps_header is not None)
        return self._inspector.counts(fragments=self._splitter.fragments, waiting=waiting)

    def interrupted(self) -> None:
        """Bytes are missing before the next ones: the next fragment is no line."""
        self._splitter.restart()

    def feed(self, data: bytes) -> Parsed:
        """Read the next bytes, however they are chunked."""
        lines = self._splitter.feed(data)
        if not self._read_fast(lines):
            for line in lines:
                self._read(line)
        self._end_block()
        parsed = Parsed(tuple(self._blocks), tuple(self._unread))
        self._blocks.clear()
        self._unread.clear()
        return parsed

    # ---- one line

    def _read(self, raw: bytes) -> None:
        if len(raw) > MAX_LINE_BYTES:
            self._leave_unread(Reason.TOO_LONG, raw[:200].decode(errors="replace"))
            return
        line = clean(raw)
        if line is None:
            self._leave_unread(Reason.GARBAGE, raw.decode(errors="replace"))
            return
        if not line:
            self._inspector.blank += 1
            return
        reading = read_line(line, self._dialect)
        perhaps, self._perhaps_header = self._perhaps_header, None
        if perhaps is not None:
            self._decide_on_words(*perhaps, reading)
        if isinstance(reading, Reason):
            self._leave_unread(reading, line)
        elif isinstance(reading, Header):
            if reading.certain:
                self._read_header(line, reading)
            else:
                self._perhaps_header = (line, reading)
        elif all(self._fits(one) for one in reading):
            self._drop_held()
            self._take(line, reading)
        else:
            self._hold(line, reading)

    def _leave_unread(self, reason: Reason, line: str) -> None:
        self._inspector.add_unread(reason, line)
        self._unread.append(Unread(reason, line))

    # ---- headers

    def _decide_on_words(self, line: str, header: Header, after: LineReading) -> None:
        """Words parted by spaces are a header if as many values follow and none are known."""
        if (
            isinstance(after, tuple)
            and self._layout is None
            and after[0].dialect is Dialect.COLUMNS
            and len(after[0].values) == len(header.channels)
        ):
            self._read_header(line, header)
        else:
            self._leave_unread(Reason.LOG, line)

    def _read_header(self, line: str, header: Header) -> None:
        self._inspector.add_header(line)
        repeated = header == self._header
        self._header = header
        layout = self._layout
        if (
            layout is not None
            and layout.dialect is Dialect.COLUMNS
            and len(layout.channels) == len(header.channels)
            and layout.channels != header.channels
            and (repeated or layout.channels == _numbered(layout.channels))
        ):
            self._set_layout(Dialect.COLUMNS, header.channels)

    # ---- layouts

    def _fits(self, reading: Reading) -> bool:
        layout = self._layout
        if layout is None or layout.dialect is not reading.dialect:
            return False
        if layout.dialect is Dialect.COLUMNS:
            return len(reading.values) == len(layout.channels)
        new = tuple(channel for channel in reading.channels if channel.name not in self._index)
        if not new:
            return True
        if layout.dialect is Dialect.PATTERN and self._dialect is None:
            return False
        if len(layout.channels) + len(new) > MAX_COLUMNS:
            return False
        # Teleplot's sign makes a line data at first sight; a label might be a word of a log.
        names = {channel.name for channel in new}
        at_once = layout.dialect is Dialect.TELEPLOT or self._dialect is not None
        if not at_once and not names <= self._names_met_once:
            if len(self._names_met_once) >= MOST_NAMES_MET_ONCE:  # a log, not a sensor
                self._names_met_once.clear()
            self._names_met_once |= names
            return False
        self._set_layout(layout.dialect, (*layout.channels, *new), sparse=True)
        return True

    def _hold(self, line: str, reading: tuple[Reading, ...]) -> None:
        self._held.append((line, reading))
        self._drop_held(keep=WINDOW_LINES)
        agreeing = [held for _, held in self._held if _alike(held, reading)]
        if not self._enough(agreeing):
            return
        channels = self._columns_of(agreeing)
        if len(channels) > MAX_COLUMNS:
            return
        sparse = any(len(one.channels) < len(channels) for held in agreeing for one in held)
        self._set_layout(reading[0].dialect, channels, sparse=sparse)
        held_lines, self._held = self._held, deque()
        for held_line, held in held_lines:
            if all(self._fits(one) for one in held):
                self._take(held_line, held)
            else:
                self._leave_unread(self._misfit(held), held_line)

    def _enough(self, agreeing: list[tuple[Reading, ...]]) -> bool:
        """Whether these held lines make a layout."""
        dialect = agreeing[-1][0].dialect
        if self._dialect is not None and self._layout is None:
            return True
        if len(agreeing) < (PATTERN_VOTES if dialect is Dialect.PATTERN else VOTES):
            return False
        if dialect is Dialect.COLUMNS or len(agreeing) == WINDOW_LINES:
            return True
        # Where each line carries some of the channels, wait until they come round again.
        return set(agreeing[-1][0].channels) <= {
            c for one in agreeing[:-1] for c in one[0].channels
        }

    def _columns_of(self, agreeing: list[tuple[Reading, ...]]) -> tuple[Channel, ...]:
        if agreeing[0][0].dialect is Dialect.COLUMNS:
            channels = agreeing[-1][0].channels
            if self._header is not None and len(self._header.channels) == len(channels):
                return self._header.channels
            return _numbered(channels)
        known: dict[str, Channel] = {}
        if self._layout is not None and self._layout.dialect is agreeing[0][0].dialect:
            known = {channel.name: channel for channel in self._layout.channels}
        for readings in agreeing:
            for reading in readings:
                for channel in reading.channels:
                    known.setdefault(channel.name, channel)
        return tuple(known.values())

    def _drop_held(self, keep: int = 0) -> None:
        while len(self._held) > keep:
            line, reading = self._held.popleft()
            self._leave_unread(self._misfit(reading), line)

    def _misfit(self, reading: tuple[Reading, ...]) -> Reason:
        dialect = reading[0].dialect
        if dialect is Dialect.PATTERN:
            return Reason.LOG
        if self._layout is None or self._layout.dialect is not dialect:
            return Reason.OTHER_DIALECT
        return Reason.COLUMN_COUNT if dialect is Dialect.COLUMNS else Reason.NEW_LABEL

    def _set_layout(
        self, dialect: Dialect, channels: tuple[Channel, ...], *, sparse: bool = False
    ) -> None:
        self._end_block()
        if dialect is Dialect.TELEPLOT:
            times = [i for i, channel in enumerate(channels) if channel == TELEPLOT_TIME]
        else:
            times = [i for i, channel in enumerate(channels) if is_time(channel)]
        time_column = times[0] if times and len(channels) > 1 else None
        self._layout = Layout(dialect, channels, time_column, sparse)
        self._index = {channel.name: i for i, channel in enumerate(channels)}
        self._clock = None if time_column is None else DeviceClock(channels[time_column])
        self._segment += 1

    # ---- samples

    def _take(self, line: str, readings: tuple[Reading, ...]) -> None:
        first = readings[0]
        self._inspector.add_values(first.dialect, first.channels, line)
        for reading in readings:
            if first.dialect is Dialect.COLUMNS:
                self._add_row(list(reading.values))
            else:
                row = [math.nan] * len(self._index)
                for channel, value in zip(reading.channels, reading.values, strict=True):
                    row[self._index[channel.name]] = value
                self._add_row(row)

    def _add_row(self, row: list[float]) -> None:
        layout, clock = self._layout, self._clock
        if layout is not None and layout.time_column is not None and clock is not None:
            value = row.pop(layout.time_column)
            time_us = clock.read(value)
            if time_us is None:  # the board started anew
                self._end_block()
                self._segment += 1
                self._clock = clock = clock.restarted()
                time_us = clock.read(value)
            self._times.append(math.nan if time_us is None else time_us)
        self._rows.append(row)

    def _end_block(self) -> None:
        if not self._rows or self._layout is None:
            return
        self._blocks.append(
            Block(
                self._segment,
                self._layout.measured,
                self._layout.sparse,
                np.array(self._rows, np.float32),
                np.array(self._times) if self._clock is not None else None,
            )
        )
        self._rows = []
        self._times = []

    def _read_fast(self, lines: list[bytes]) -> bool:
        """Read lines of nothing but numbers by position all at once, with the same result as one
        by one; ``False`` where they are anything else."""
        layout = self._layout
        if (
            len(lines) < FAST_LINES
            or layout is None
            or layout.dialect is not Dialect.COLUMNS
            or self._held
            or self._perhaps_header
            or max(map(len, lines)) > MAX_LINE_BYTES
            or b"".join(lines).translate(None, _NUMERIC)
        ):
            return False
        columns = len(layout.channels)
        commas = {line.count(b",") for line in lines}
        if commas not in ({0}, {columns - 1}):
            return False
        try:
            table = np.loadtxt(lines, delimiter="," if commas != {0} else None, ndmin=2)
        except ValueError:
            return False
        if table.shape != (len(lines), columns):
            return False
        if layout.time_column is not None and self._clock is not None:
            times = table[:, layout.time_column]
            if not self._clock.runs_on(times):
                return False
            self._times = [self._clock.read(value) or 0.0 for value in times.tolist()]
            table = np.delete(table, layout.time_column, axis=1)
        table[np.abs(table) > MAX_VALUE] = math.nan
        self._inspector.add_values(
            Dialect.COLUMNS, layout.channels, lines[-1].decode().strip(), len(lines)
        )
        self._blocks.append(
            Block(
                self._segment,
                layout.measured,
                layout.sparse,
                table.astype(np.float32),
                np.array(self._times) if self._clock is not None else None,
            )
        )
        self._times = []
        return True


def _alike(one: tuple[Reading, ...], other: tuple[Reading, ...]) -> bool:
    """Whether two lines are written in the same way, so that they vote for the same layout."""
    a, b = one[0], other[0]
    if a.dialect is not b.dialect:
        return False
    if a.dialect is Dialect.COLUMNS:
        return len(a.values) == len(b.values)
    return a.dialect is not Dialect.PATTERN or a.channels == b.channels


def _numbered(channels: tuple[Channel, ...]) -> tuple[Channel, ...]:
    """Names for columns that nobody named, with the units that stood beside the values."""
    return tuple(Channel(f"value {i}", c.unit) for i, c in enumerate(channels, 1))
