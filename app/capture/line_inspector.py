# SPDX-License-Identifier: GPL-3.0-or-later
"""How each kind of line was read: what the line inspector shows, and the counts behind it."""

from __future__ import annotations

from dataclasses import dataclass

from app.capture.dialects import Dialect, Reason
from app.core.recording import Channel
from app.core.text import Text, text

MAX_KINDS = 64
EXAMPLE_CHARACTERS = 200

_REASON_TEXT = {
    Reason.LOG: text("text for people: shown in the console"),
    Reason.BOOT: text("the chip's start-up messages: shown in the console"),
    Reason.DIVIDER: text("a dividing line without values"),
    Reason.COLUMN_COUNT: text("another number of values than the other lines: left out"),
    Reason.NEW_LABEL: text("a label met once: from the second time on it is a channel"),
    Reason.OTHER_DIALECT: text("written in another way than the other lines: left out"),
    Reason.GARBAGE: text("not text: a restart, or another baud rate"),
    Reason.TOO_LONG: text("no end of line: not text, or another baud rate"),
}
_HEADER_TEXT = text("a header that names the columns")


@dataclass(frozen=True, slots=True)
class LineKind:
    """Lines read alike: ``how`` in words, whether they gave values, how many, the last one."""

    how: Text
    read: bool
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class LineCounts:
    """Where all lines went. ``waiting`` ones are not decided on yet."""

    values: int = 0
    headers: int = 0
    blank: int = 0
    fragments: int = 0
    waiting: int = 0
    unread: tuple[tuple[Reason, int], ...] = ()

    @property
    def unread_total(self) -> int:
        return sum(count for _, count in self.unread)

    @property
    def total(self) -> int:
        decided = self.values + self.headers + self.blank + self.fragments
        return decided + self.waiting + self.unread_total


_Key = tuple[Dialect, tuple[str, ...] | int] | Dialect | Reason | None


class LineInspector:
    """Counts kinds of lines; at most ``MAX_KINDS`` of them, the rest together by dialect."""

    def __init__(self) -> None:
        self._kinds: dict[_Key, tuple[int, str]] = {}
        self.blank = 0

    def add_values(
        self, dialect: Dialect, channels: tuple[Channel, ...], example: str, count: int = 1
    ) -> None:
        key: _Key = (dialect, len(channels))
        if dialect is not Dialect.COLUMNS:
            key = (dialect, tuple(channel.name for channel in channels))
        if key not in self._kinds and len(self._kinds) >= MAX_KINDS:
            key = dialect
        self._add(key, example, count)

    def add_header(self, example: str) -> None:
        self._add(None, example, 1)

    def add_unread(self, reason: Reason, example: str) -> None:
        self._add(reason, example, 1)

    def kinds(self) -> tuple[LineKind, ...]:
        """Every kind of line seen, the most frequent first."""
        kinds = [
            LineKind(_describe(key), not isinstance(key, Reason), count, example)
            for key, (count, example) in self._kinds.items()
        ]
        return tuple(sorted(kinds, key=lambda kind: -kind.count))

    def counts(self, *, fragments: int, waiting: int) -> LineCounts:
        return LineCounts(
            values=sum(
                count for key, (count, _) in self._kinds.items() if isinstance(key, tuple | Dialect)
            ),
            headers=self._kinds.get(None, (0, ""))[0],
            blank=self.blank,
            fragments=fragments,
            waiting=waiting,
            unread=tuple(
                (key, count) for key, (count, _) in self._kinds.items() if isinstance(key, Reason)
            ),
        )

    def _add(self, key: _Key, example: str, count: int) -> None:
        known, _ = self._kinds.get(key, (0, ""))
        self._kinds[key] = (known + count, example[:EXAMPLE_CHARACTERS])


def _describe(key: _Key) -> Text:
    if key is None:
        return _HEADER_TEXT
    if isinstance(key, Reason):
        return _REASON_TEXT[key]
    if isinstance(key, Dialect):
        return text("values, with other names")
    dialect, columns = key
    if isinstance(columns, int):
        return text("{count} values by position", count=columns)
    names = ", ".join(columns)
    if dialect is Dialect.TELEPLOT:
        names = names.removeprefix(">, ")
        return text("Teleplot: {names}", names=names)
    if dialect is Dialect.PATTERN:
        return text("numbers between words: {names}", names=names)
    return text("values with labels: {names}", names=names)
