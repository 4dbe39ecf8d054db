# SPDX-License-Identifier: GPL-3.0-or-later
"""Files into a project: what is in them, what it is called, and which part it belongs to.

An import is all or nothing: where one file cannot be read, none is taken in. What had to be
assumed or left out on the way is in the report, in words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path

from app.core.csv_recordings import Take, read_csv
from app.core.errors import DataError
from app.core.given_split import FILE_NAME as SPLIT_FILE
from app.core.given_split import GivenSplits, Placement, read_split
from app.core.microbit import read_microbit
from app.core.project import NewRecording, Project
from app.core.recording import LARGEST_VALUE, LabelSpan, Part, RecordingInfo
from app.core.text import Text, text
from app.core.training import Task

SUFFIXES = frozenset({".csv", ".tsv", ".json"})
"""What an import of a folder takes from it; a file named outright may end otherwise."""
_TAKE_NUMBER = re.compile(r"[\s_-]+\(?\d+\)?$|\(\d+\)$")


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the user says of the files; it goes before what the files say.

    ``label`` is a class, or for regression the number to learn; ``rate_hz`` the rate of the rows
    (or, beside a clock, the grid they are resampled to); ``part`` the split. ``task=None`` is the
    project's own (several classes, where a file is read without a project).
    """

    label: str = ""
    rate_hz: float | None = None
    part: Part | None = None
    task: Task | None = None


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The recordings in a file, what should be known of how it was read, how many recordings the
    author's split left out, and whether a rate was assumed for lack of a clock."""

    recordings: tuple[NewRecording, ...]
    notes: tuple[Text, ...] = ()
    left_out: int = 0
    rate_assumed: bool = False


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. ``labels`` counts recordings in which each label occurs, ``parts`` those
    with a part given; ``left_out`` those that the author's split leaves out."""

    files: int
    recordings: int
    samples: int
    labels: Mapping[str, int]
    parts: Mapping[Part, int]
    left_out: int
    warnings: tuple[Text, ...]


def import_files(project: Project, paths: Iterable[Path], options: ImportOptions) -> ImportReport:
    """Take the recordings in ``paths`` into ``project`` as one edit.

    A folder stands for the files in it, at any depth. Raises :class:`DataError` naming the file
    (and line), :class:`ProjectError` where the project cannot be written; the project is then as
    it was.
    """
    read = read_files(paths, replace(options, task=options.task or project.document.task))
    infos = project.add_recordings(read.recordings, read.what)
    return report(read, infos)


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """All that an import will take in, before a project has it. ``rate_assumed`` where a file has
    no clock, and no rate was given."""

    files: int
    recordings: tuple[NewRecording, ...]
    left_out: int
    notes: tuple[Text, ...]
    rate_assumed: bool

    @property
    def what(self) -> Text:
        """The name of the edit."""
        return text("Import {count} recordings", count=len(self.recordings))


def read_files(paths: Iterable[Path], options: ImportOptions) -> ReadFiles:
    """The slow half of :func:`import_files`, which needs no project and may run in any thread.

    Raises :class:`DataError` naming the file (and line).
    """
    files = _files(paths)
    splits = GivenSplits()
    read = [read_file(path, options, splits) for path in files]
    recordings = tuple(recording for file in read for recording in file.recordings)
    left_out = sum(file.left_out for file in read)
    if not recordings:
        raise DataError(
            text("There is nothing to import."),
            text("No file holds a recording that the split beside it does not leave out.")
            if left_out
            else text("No file to import was named."),
            text("Choose CSV files, or a folder with some."),
        )
    notes = [note for file in read for note in file.notes]
    if left_out:
        notes.append(
            text(
                "{count} recordings were left out: the split beside the files says so.",
                count=left_out,
            )
        )
    rate_assumed = any(file.rate_assumed for file in read)
    return ReadFiles(len(files), recordings, left_out, _each_once(notes), rate_assumed)


def report(read: ReadFiles, infos: Sequence[RecordingInfo]) -> ImportReport:
    """What the import did, once the project names ``infos``."""
    return ImportReport(
        files=read.files,
        recordings=len(infos),
        samples=sum(info.length for info in infos),
        labels=Counter(
            label
            for recording in read.recordings
            for label in dict.fromkeys(span.label for span in recording.spans)
            if label
        ),
        parts=Counter(info.part for info in infos if info.part is not None),
        left_out=read.left_out,
        warnings=read.notes,
    )


def read_file(path: Path, options: ImportOptions, splits: GivenSplits | None = None) -> ReadFile:
    """The recordings in one file; :class:`DataError` where it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(
            text("{file} cannot be read.", file=path),
            text("{reason}.", reason=error.strerror or str(error)),
        ) from error
    rate_assumed = False
    if path.suffix.lower() == ".json":
        notes: list[Text] = []
        found = list(enumerate(read_microbit(data, path.name)))
    else:
        takes, notes = read_csv(
            data,
            path.name,
            rate_hz=_checked_rate(options.rate_hz),
            regression=options.task is Task.REGRESSION,
        )
        found = [(take.index, _named(path, take, takes)) for take in takes]
        rate_assumed = any(take.rate_assumed for take in takes)
    splits = splits or GivenSplits()
    recordings: list[NewRecording] = []
    for index, recording in found:
        placement = None if options.part else splits.of(path, index)
        if placement is None or placement.part is not None:
            recordings.append(_settled(path, recording, placement, options))
    left_out = len(found) - len(recordings)
    return ReadFile(tuple(recordings), tuple(notes), left_out, rate_assumed)


def label_from_path(path: Path) -> str:
    """The class a file's name tells: ``circ.csv`` and ``circ_3.csv`` circ, ``coffee.16577.csv``
    coffee, ``wave/0001.csv`` wave (a name that is only a number is no label; its folder's is)."""
    stem = _TAKE_NUMBER.sub("", _as_text(path.name).partition(".")[0]).strip()
    return stem if stem and not stem.isdecimal() else _as_text(path.absolute().parent.name)


def _as_text(file_name: str) -> str:
    """On Linux a file's name may hold bytes that are no text, and characters nobody can see."""
    return "".join(filter(str.isprintable, file_name.encode(errors="replace").decode())).strip()


def _files(paths: Iterable[Path]) -> list[Path]:
    """The files to import, folders opened, splits left aside."""
    files: dict[Path, None] = {}
    for path in paths:
        inside: Sequence[Path] = (
            sorted(f for f in path.rglob("*") if f.suffix.lower() in SUFFIXES and f.is_file())
            if path.is_dir()
            else [path]
        )
        files.update(dict.fromkeys(file for file in inside if not _is_split(file)))
    return list(files)


def _each_once(notes: Iterable[Text]) -> tuple[Text, ...]:
    """Many files of a kind have the same note to give."""
    return tuple({str(note): note for note in notes}.values())


def _is_split(path: Path) -> bool:
    return path.name == SPLIT_FILE and read_split(path) is not None


def _checked_rate(rate_hz: float | None) -> float | None:
    if rate_hz is not None and not (isfinite(rate_hz) and rate_hz > 0):
        raise DataError(
            text("{rate} Hz is no sampling rate.", rate=rate_hz),
            action=text("Give a number above zero, such as 100."),
        )
    return rate_hz


def _named(path: Path, take: Take, takes: Sequence[Take]) -> NewRecording:
    """A recording named after its file, and numbered where the file holds several."""
    stem = _as_text(path.stem)
    if stem.isdecimal():
        stem = f"{_as_text(path.absolute().parent.name)}/{stem}"
    number = next(i for i, other in enumerate(takes, 1) if other is take)
    name = stem if len(takes) == 1 else f"{stem} {number:0{len(str(len(takes)))}}"
    return NewRecording(
        name,
        take.channels,
        take.rate_hz,
        take.samples,
        source=_as_text(path.name),
        spans=take.spans,
    )


def _settled(
    path: Path, recording: NewRecording, placement: Placement | None, options: ImportOptions
) -> NewRecording:
    """``recording`` with its label and part: what the user says, then the file, then its split,
    then its name."""
    part = options.part or (placement.part if placement else None)
    regression = options.task is Task.REGRESSION
    length = len(recording.samples) if not isinstance(recording.samples, Path) else 0
    if options.label:
        value = _number(options.label) if regression else None
        span = LabelSpan("", 0, length, "" if regression else options.label, value)
        return replace(recording, part=part, spans=(span,))
    if recording.spans or regression:
        return replace(recording, part=part)
    label = (placement.label if placement else "") or label_from_path(path)
    return replace(recording, part=part, spans=(LabelSpan("", 0, length, label),))


def _number(label: str) -> float:
    try:
        value = float(label)
    except ValueError:
        value = float("nan")
    if not abs(value) <= LARGEST_VALUE:
        raise DataError(
            text("{label} is no number to learn.", label=repr(label)),
            text("The project's task is regression."),
            text("Give a number as the label, or choose a task with classes."),
        )
    return value
