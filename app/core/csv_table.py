# SPDX-License-Identifier: GPL-3.0-or-later
"""Delimited text to tables of numbers: pure, and tolerant of how people and tools write it.

Accepted: any line ending, also mixed; comma, semicolon, tab or white space; a decimal comma where
semicolon or tab separates; a header or none, late or repeated; ``#`` comments; quotes; blank (or
dash-only) lines between tables. An empty cell, NaN or infinity (also a number too large for a
float32) is a gap and becomes NaN. Anything else that is no number is an error that names the line:
text never becomes a 0.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from app.core.errors import DataError
from app.core.recording import LARGEST_VALUE
from app.core.resample import Floats
from app.core.text import NOTHING, Text, text

GAPS = frozenset({"", "-", "nan", "na", "n/a", "null", "none"})
_SEPARATOR_LINE = re.compile(r"[\s,;-]*")
_SAMPLED_LINES = 20
_SAMPLED_BLOCKS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Rows of one width. ``values`` has shape ``(rows, columns)``; the columns in ``texts`` hold
    text, by row, and NaN in ``values``. ``names`` is one a column, all empty without a header."""

    names: tuple[str, ...]
    values: Floats
    texts: Mapping[int, Sequence[str]]
    first_line: int


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines between two separators. ``first_line`` counts from one."""

    first_line: int
    lines: list[str]


@dataclass(frozen=True, slots=True)
class _Format:
    """How one file is written. ``delimiter=None`` is white space."""

    file: str
    delimiter: str | None
    is_text: Callable[[str], bool]

    def cells(self, line: str) -> list[str]:
        if '"' in line:
            delimiter = " " if self.delimiter is None else self.delimiter
            # A cell beyond the reader's limit is no cell; split plainly, it is refused by its line.
            with suppress(csv.Error):
                return next(csv.reader([line], delimiter=delimiter, skipinitialspace=True))
        return line.split(self.delimiter)

    def number(self, cell: str) -> float | None:
        """The number in ``cell``, NaN for a gap, ``None`` for text."""
        cell = cell.strip()
        if cell.lower() in GAPS:
            return math.nan
        if "," in cell and "." not in cell and self.delimiter in (";", "\t"):
            cell = cell.replace(",", ".", 1)
        if "_" in cell:  # Python would read 1_000
            return None
        try:
            value = float(cell)
        except ValueError:
            return None
        return value if abs(value) <= LARGEST_VALUE else math.nan

    def error(self, line: int, why: Text) -> DataError:
        return DataError(
            text("{file}, line {line}, cannot be read.", file=self.file, line=line), why
        )


def _all_may_be_numbers(_name: str) -> bool:
    return False


def read_tables(
    data: bytes, file: str, is_text: Callable[[str], bool] = _all_may_be_numbers
) -> tuple[list[Table], Text]:
    """The tables in ``data``, and what was left out of it (empty where nothing was).

    ``file`` is the name for errors; ``is_text`` says of a column's name that it holds text even
    where it looks like numbers. Raises :class:`DataError` naming file and line.
    """
    content = _decoded(data, file)
    lines = content.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    blocks = _blocks(lines)
    if not blocks:
        raise DataError(text("{file} holds no values.", file=file))
    longest = max(blocks[:_SAMPLED_BLOCKS], key=lambda block: len(block.lines))  # no preamble
    style = _Format(file, _delimiter(longest.lines), is_text)
    left_out = NOTHING
    # Only a last line that was never ended may be torn: whoever wrote it was cut off.
    if lines[-1] and _is_torn(blocks[-1], style):
        blocks[-1].lines.pop()
        left_out = text("{file} breaks off in its last line, which was left out.", file=file)
    tables: list[Table] = []
    names: tuple[str, ...] = ()
    for block in blocks:
        names = _read_block(block, names, style, tables)
    if not tables:
        raise DataError(text("{file} holds no values.", file=file))
    return tables, left_out


def _decoded(data: bytes, file: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp949", "latin-1")  # cp949: Excel in Korean
    for encoding in encodings:
        try:
            content = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in content:
            return content
    raise DataError(text("{file} is no text file.", file=file))


def _blocks(lines: list[str]) -> list[_Block]:
    """The runs of lines that hold anything, comments left out of what counts as holding."""
    blocks: list[_Block] = []
    start = 0
    separator = _SEPARATOR_LINE.fullmatch
    for index, line in enumerate([*lines, ""]):
        if separator(line):
            run = lines[start:index]
            if any(not other.startswith("#") for other in run):
                blocks.append(_Block(start + 1, run))
            start = index + 1
    return blocks


def _delimiter(lines: Sequence[str]) -> str | None:
    rows = [line for line in lines[: _SAMPLED_LINES + 1] if not line.startswith("#")]
    rows = rows[1:] or rows  # the first may be a header
    for delimiter in ("\t", ";", ","):
        if all(delimiter in row.strip() for row in rows):
            return delimiter
    return None if all(len(row.split()) > 1 for row in rows) else ","


def _is_torn(block: _Block, style: _Format) -> bool:
    if len(block.lines) < 3:
        return False
    last, before = block.lines[-1], block.lines[-2]
    return len(style.cells(last)) < len(style.cells(before))


def _read_block(
    block: _Block, names: tuple[str, ...], style: _Format, tables: list[Table]
) -> tuple[str, ...]:
    """Append the tables in ``block``; return the names that hold for what follows it."""
    first = next(i for i, line in enumerate(block.lines) if not line.startswith("#"))
    header = block.lines[first]
    if _is_header(block.lines[first:], style):
        names = tuple(cell.strip() for cell in style.cells(header))
        starts = [i for i, line in enumerate(block.lines) if line == header]
        stops = [*starts[1:], len(block.lines)]
        parts = [(start + 1, stop) for start, stop in zip(starts, stops, strict=True)]
    else:
        parts = [(0, len(block.lines))]
    for start, stop in parts:
        rows = block.lines[start:stop]
        if any(not row.startswith("#") for row in rows):
            tables.append(_read_rows(rows, block.first_line + start, names, style))
    return names


def _is_header(lines: Sequence[str], style: _Format) -> bool:
    """Whether the first line names columns: it is all text, or text where numbers follow."""
    first = [style.number(cell) for cell in style.cells(lines[0])]
    if None not in first:
        return False
    if all(value is None or math.isnan(value) for value in first):
        return True
    following = next((line for line in lines[1:] if not line.startswith("#")), "")
    second = [style.number(cell) for cell in style.cells(following)]
    return any(a is None and b is not None for a, b in zip(first, second, strict=False))


def _read_rows(rows: list[str], first_line: int, names: tuple[str, ...], style: _Format) -> Table:
    first = style.cells(next(row for row in rows if not row.startswith("#")))
    if len(first) > 1 and not first[-1].strip() and len(first) != len(names):
        first.pop()  # every row ends in a delimiter
    if names and len(names) != len(first) and any(name == "" for name in names[len(first) :]):
        names = names[: len(first)]
    width = len(first)
    if names and len(names) != width:
        raise style.error(first_line, _width_problem(width, len(names)))
    names = names or ("",) * width
    texts = [
        index
        for index, (name, cell) in enumerate(zip(names, first, strict=True))
        if style.is_text(name) or style.number(cell) is None
    ]
    values = None if texts else _read_regular(rows, width, style)
    if values is not None:
        return Table(names, values, {}, first_line)
    return _read_slowly(rows, first_line, names, texts, style)


def _read_regular(rows: list[str], width: int, style: _Format) -> Floats | None:
    """The quick way, for rows that are numbers and nothing else; ``None`` where they are not."""
    if style.delimiter in (";", "\t") and any("," in row for row in rows[:_SAMPLED_LINES]):
        rows = [row.replace(",", ".") for row in rows]
    try:
        values = np.loadtxt(rows, np.float64, comments="#", delimiter=style.delimiter, ndmin=2)
    except ValueError:
        return None
    if values.shape[1] != width:
        return None
    values[~(np.abs(values) <= LARGEST_VALUE)] = np.nan
    return values


def _read_slowly(
    rows: list[str], first_line: int, names: tuple[str, ...], texts: Collection[int], style: _Format
) -> Table:
    width = len(names)
    values: list[list[float]] = []
    words: dict[int, list[str]] = {index: [] for index in texts}
    for line, row in enumerate(rows, first_line):
        if row.startswith("#"):
            continue
        cells = style.cells(row)
        if len(cells) == width + 1 and not cells[-1].strip():
            cells.pop()
        if len(cells) != width:
            raise style.error(line, _width_problem(len(cells), width))
        numbers: list[float] = []
        for index, cell in enumerate(cells):
            number = math.nan if index in words else style.number(cell)
            if number is None:
                column = names[index] or str(index + 1)
                raise style.error(
                    line,
                    text(
                        "{cell} in column {column} is no number.",
                        cell=repr(cell)[:60],
                        column=column,
                    ),
                )
            numbers.append(number)
        for index, found in words.items():
            found.append(cells[index].strip())
        values.append(numbers)
    return Table(names, np.array(values, np.float64), words, first_line)


def _width_problem(found: int, expected: int) -> Text:
    return text(
        "It has {found} values where there should be {expected}.", found=found, expected=expected
    )
