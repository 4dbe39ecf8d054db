# SPDX-License-Identifier: GPL-3.0-or-later
"""What a command prints: one result on stdout, progress and errors on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

JsonValue = None | bool | int | float | str | Sequence["JsonValue"] | Mapping[str, "JsonValue"]


@dataclass(frozen=True, slots=True)
class Result:
    """A command's outcome: for machines, for people, and whether it is a success."""

    data: Mapping[str, JsonValue]
    lines: Sequence[str]
    ok: bool = True


class Output:
    """Prints results, and progress where somebody watches."""

    def __init__(self, as_json: bool) -> None:
        self._as_json = as_json
        self._watched = sys.stderr.isatty()
        self._line_open = False

    def result(self, result: Result) -> None:
        """Print the command's result: one JSON object, or its lines."""
        self.record(result.data, *result.lines)

    def record(self, data: Mapping[str, JsonValue], *lines: str) -> None:
        """Print one JSON object on a line of its own, or ``lines``."""
        self._end_line()
        if self._as_json:
            print(json.dumps(data, ensure_ascii=False, allow_nan=False))
        else:
            for line in lines:
                print(line)
        sys.stdout.flush()

    def line(self, sentence: str) -> None:
        """Say something on stderr that stays, on one line."""
        self._end_line()
        print(" ".join(sentence.split()), file=sys.stderr, flush=True)

    def progress(self, sentence: str) -> None:
        """Say what is happening now; on a terminal the next call writes over it."""
        if self._watched:
            print(f"\r\x1b[K{sentence}", end="", file=sys.stderr, flush=True)
            self._line_open = True

    def _end_line(self) -> None:
        if self._line_open:
            print(file=sys.stderr)
            self._line_open = False
