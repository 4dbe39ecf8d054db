# SPDX-License-Identifier: GPL-3.0-or-later
"""The split an author gives with the data: a ``split.csv`` beside the files.

Its columns: ``file`` (path from the ``split.csv``, with slashes), ``split`` (training, validation,
test, or left out), and if it likes ``recording_index`` (from 0, for files that hold several) and
``label``.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import DataError
from app.core.recording import Part
from app.core.text import text

FILE_NAME = "split.csv"
PARTS: dict[str, Part | None] = {
    **dict.fromkeys(("train", "training"), Part.TRAINING),
    **dict.fromkeys(("val", "valid", "validation", "dev"), Part.VALIDATION),
    **dict.fromkeys(("test", "testing"), Part.TEST),
    **dict.fromkeys(("gap", "unused", "none", "skip", "ignore"), None),
}
"""What a ``split`` cell may say; ``None`` is left out of the import."""
_LEVELS_UP = 2


@dataclass(frozen=True, slots=True)
class Placement:
    """What a split says of one recording. ``part=None`` leaves it out."""

    part: Part | None
    label: str


@dataclass(frozen=True, slots=True)
class GivenSplit:
    """A ``split.csv``, read. ``placements`` is by file and index; index ``None`` is all of it."""

    folder: Path
    placements: dict[tuple[str, int | None], Placement]

    def of(self, path: Path, index: int) -> Placement | None:
        """What it says of recording ``index`` of a file; ``None`` where it does not know it."""
        file = path.relative_to(self.folder).as_posix()
        return self.placements.get((file, index)) or self.placements.get((file, None))


class GivenSplits:
    """The splits beside a number of files, each read once."""

    def __init__(self) -> None:
        self._by_folder: dict[Path, GivenSplit | None] = {}

    def of(self, path: Path, index: int) -> Placement | None:
        """What the nearest ``split.csv`` that knows ``path`` says of its recording ``index``;
        :class:`DataError` where it cannot be read."""
        path = path.absolute()
        for folder in tuple(path.parents)[: _LEVELS_UP + 1]:
            if folder not in self._by_folder:
                self._by_folder[folder] = read_split(folder / FILE_NAME)
            split = self._by_folder[folder]
            placement = split.of(path, index) if split else None
            if placement is not None:
                return placement
        return None


def read_split(path: Path) -> GivenSplit | None:
    """The split in ``path``; ``None`` where there is no such file or it is data like any other."""
    if not path.is_file():
        return None
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if not {"file", "split"} <= set(reader.fieldnames or ()):
                return None
            placements = dict(_row(path, reader.line_num, row) for row in reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(
            text("The split in {path} cannot be read.", path=path), text("{reason}.", reason=error)
        ) from error
    return GivenSplit(path.absolute().parent, placements)


def _row(
    path: Path, line: int, row: dict[str, str | None]
) -> tuple[tuple[str, int | None], Placement]:
    part = (row["split"] or "").strip().lower()
    index = (row.get("recording_index") or "").strip()
    if part not in PARTS or (index and not index.isdecimal()):
        raise DataError(
            text("{file}, line {line}, cannot be read.", file=path.name, line=line),
            text("{value} is no part of a split.", value=repr(part))
            if part not in PARTS
            else text("{value} is no number of a recording.", value=repr(index)),
            text("The parts are train, validation, test and gap."),
        )
    file = (row["file"] or "").strip().replace("\\", "/")
    key = (file, int(index) if index else None)
    return key, Placement(PARTS[part], (row.get("label") or "").strip())
