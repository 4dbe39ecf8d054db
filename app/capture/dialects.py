# SPDX-License-Identifier: GPL-3.0-or-later
"""One line of text into named values: the superset of what boards print (docs/serial-lines.md).

Every function reads a line by itself; which of the readings are data and which are a board talking
is decided over many lines, in ``text_reader.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from app.capture.cells import (
    GAP,
    MAX_NAME,
    NUMBER,
    channel_named,
    read_cell,
    read_names,
    split_cells,
    without_brackets,
)
from app.core.recording import Channel, with_distinct_names

MAX_COLUMNS = 256
TELEPLOT_TIME = Channel(">", "ms")
"""The device time that a Teleplot line may carry beside its variable."""


class Dialect(Enum):
    """A way to write values on a line."""

    COLUMNS = "columns"
    """Values by position: ``1,2.5`` ``1 2`` ``1,5;2`` ``(1, 2.5)``."""
    LABELS = "labels"
    """Values with names: ``a:1,b:2`` ``My Temp = 5``."""
    TELEPLOT = "teleplot"
    """``>name:value``, one variable a line."""
    PATTERN = "pattern"
    """Numbers in the midst of words: ``RH 31.3 Temp 22.2``."""


class Reason(Enum):
    """Why a line gave no values."""

    LOG = "log"
    """Text for people."""
    BOOT = "boot"
    """What a chip's boot loader and system print."""
    DIVIDER = "divider"
    """Columns without anything in them: ``-,-,-``."""
    COLUMN_COUNT = "column_count"
    """Another number of values than the lines around it: a torn line."""
    NEW_LABEL = "new_label"
    """A label met for the first time; from the second time on it is a channel."""
    OTHER_DIALECT = "other_dialect"
    """Readable, but not in the way the board's other lines are written."""
    GARBAGE = "garbage"
    """Control bytes or bytes that are no text: a reset, or another baud rate."""
    TOO_LONG = "too_long"
    """No end of line for thousands of bytes."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The values of one line, gaps as NaN. Where the line names no channels (COLUMNS) their names
    are empty."""

    dialect: Dialect
    values: tuple[float, ...]
    channels: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """A line that only names columns. A ``certain`` one is parted by commas, tabs or semicolons;
    words parted by spaces are one only if the next line has as many values."""

    channels: tuple[Channel, ...]
    certain: bool


LineReading = tuple[Reading, ...] | Header | Reason

_FREE_NUMBER = re.compile(rf"(?<![\w.:/-]){NUMBER}(?![\w:/-]|\.\w)", re.ASCII)
_PAIR_SIGN = re.compile(r"[:=]")
_TELEPLOT = re.compile(r">(?P<name>[^:,§|]+)(?:,[^:|]*)?:(?P<body>.+)")
_BOOT = re.compile(
    r"ets [A-Z][a-z]{2} |rst:0x|configsip:|clk_drv:|mode:[A-Z]{3}, clock|load:0x|ho \d+ tail "
    r"|entry 0x|csum |SPIWP:|Saved PC:|ESP-ROM:|Build:[A-Z]|waiting for download|invalid header: 0x"
    r"|flash read err|Brownout detector|Guru Meditation|Backtrace:|Rebooting\.\.\.|ELF file SHA"
    r"|PC +: 0x|[EWIDV] \(\d+\) "
)


def read_line(line: str, dialect: Dialect | None = None) -> LineReading:
    """How ``line`` (stripped, not blank) reads: in any dialect, or as ``dialect`` only."""
    if _BOOT.match(line):
        return Reason.BOOT
    for read in _READERS.values() if dialect is None else (_READERS[dialect],):
        reading = read(line)
        if reading is not None:
            return reading
    return Reason.LOG


def read_teleplot(line: str) -> LineReading | None:
    """``>name[,widget]:[ms:]value[;…][§unit][|flags]``; ``|xy`` gives two channels."""
    if not line.startswith(">"):
        return None
    match = _TELEPLOT.fullmatch(line)
    if match is None:
        return Reason.LOG
    body, _, flags = match["body"].partition("|")
    body, _, unit = body.partition("§")
    name = match["name"].strip()
    flag_set = set(flags.split(","))
    if "t" in flag_set:
        return Reason.LOG
    names = (f"{name} x", f"{name} y") if "xy" in flag_set else (name,)
    channels = tuple(Channel(name, unit.strip()) for name in names)
    readings: list[Reading] = []
    for item in body.rstrip(";").split(";"):
        cells = [read_cell(part.strip()) for part in item.split(":")]
        numbers = tuple(cell[0] for cell in cells if cell is not None)
        spare = len(numbers) - len(names)
        if len(numbers) != len(cells) or spare not in (0, 1):
            return Reason.LOG
        if not spare:
            readings.append(Reading(Dialect.TELEPLOT, numbers, channels))
        elif len(names) == 1:  # ms:value
            readings.append(Reading(Dialect.TELEPLOT, numbers, (TELEPLOT_TIME, *channels)))
        else:  # x:y:ms
            readings.append(Reading(Dialect.TELEPLOT, numbers, (*channels, TELEPLOT_TIME)))
    return tuple(readings)


def read_labels(line: str) -> LineReading | None:
    """``key:value`` or ``key=value`` pairs. Labels hold spaces where a comma, tab or semicolon
    parts them; values without a label continue the one before; text values are left out."""
    if not _PAIR_SIGN.search(line):
        return None
    line = without_brackets(line).replace('"', "")
    tokens, separator = split_cells(line)
    named = _Named()
    texts = 0
    for token in [line] if separator == " " else tokens:
        pairs = _pairs(token)
        for key, value, unit in pairs:
            named.add(channel_named(key), value, unit)
        if not pairs and token:
            cell = read_cell(token)
            if cell is not None and named.channels:
                named.add(Channel(named.last_name), *cell)
            elif not _PAIR_SIGN.search(token):
                texts += 1
    if not 0 < len(named.channels) <= MAX_COLUMNS or texts >= len(named.channels):
        return None
    return (named.reading(Dialect.LABELS),)


def read_columns(line: str) -> LineReading | None:
    """Values by position, or a header that names them."""
    tokens, separator = split_cells(without_brackets(line))
    if not 0 < len(tokens) <= MAX_COLUMNS:
        return None
    cells = [read_cell(token) for token in tokens]
    texts = cells.count(None)
    if texts == len(cells):
        channels = read_names(tokens)
        if channels is None:
            return None
        return Header(with_distinct_names(channels), certain=separator != " ")
    empty = sum(1 for token in tokens if not token.strip("-"))
    if texts == 0 and empty == len(cells):
        return Reason.DIVIDER
    if texts and (separator == " " or texts >= len(cells) - texts - empty):
        return None
    return (
        Reading(
            Dialect.COLUMNS,
            tuple(GAP if cell is None else cell[0] for cell in cells),
            tuple(Channel("", "" if cell is None else cell[1]) for cell in cells),
        ),
    )


def read_pattern(line: str) -> LineReading | None:
    """Numbers in the midst of words, each named by the words before it."""
    named = _Named()
    end = 0
    for match in _FREE_NUMBER.finditer(line):
        name = line[end : match.start()].strip(" \t,;:=|()[]{}<>#-*")
        end = match.end()
        if len(name) > MAX_NAME or len(named.channels) == MAX_COLUMNS:
            return None
        cell = read_cell(match[0])
        if cell is not None:
            named.add(Channel(name or named.last_name or "value"), *cell)
    if not named.channels or (line[0] in "+-.0123456789" and len(named.channels) == 1):
        return None
    return (named.reading(Dialect.PATTERN),)


_READERS: dict[Dialect, Callable[[str], LineReading | None]] = {
    Dialect.TELEPLOT: read_teleplot,
    Dialect.LABELS: read_labels,
    Dialect.COLUMNS: read_columns,
    Dialect.PATTERN: read_pattern,
}
"""In the order in which an unknown line tries them."""


class _Named:
    """Values with names, of which the second ``a`` on a line becomes ``a 2``."""

    def __init__(self) -> None:
        self.channels: list[Channel] = []
        self.last_name = ""
        self._values: list[float] = []

    def add(self, channel: Channel, value: float, unit: str) -> None:
        self.last_name = channel.name
        self.channels.append(Channel(channel.name, channel.unit or unit))
        self._values.append(value)

    def reading(self, dialect: Dialect) -> Reading:
        return Reading(dialect, tuple(self._values), with_distinct_names(self.channels))


def _pairs(token: str) -> list[tuple[str, float, str]]:
    """The ``(key, value, unit)`` that make up ``token``; empty when it holds anything else."""
    parts = [part.strip() for part in _PAIR_SIGN.split(token)]
    keys, values = [parts[0]], parts[-1:]
    for part in parts[1:-1]:  # "5 C Hum" in "Temp: 5 C Hum: 40 %"
        value, _, key = part.rpartition(" ")
        keys.append(key)
        values.insert(-1, value.strip())
    if len(keys) > 1:  # labels parted by spaces hold none
        keys[0] = keys[0].rpartition(" ")[2]
    pairs: list[tuple[str, float, str]] = []
    for key, value in zip(keys, values, strict=True) if len(parts) > 1 else ():
        cell = read_cell(value)
        if cell is None or not value or len(key) > MAX_NAME or not any(map(str.isalpha, key)):
            return []
        pairs.append((key, *cell))
    return pairs
