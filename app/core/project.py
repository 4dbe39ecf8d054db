# SPDX-License-Identifier: GPL-3.0-or-later
"""The mutable owner of a project folder: its document, its undo history, its samples.

A project belongs to one thread; :meth:`Project.store_recordings` and :meth:`Project.save` may run
in another while it goes on, each once at a time. What was measured is on the disk as soon as it is
added; other edits are on the disk after :meth:`Project.save`.
"""

from __future__ import annotations

import errno
import shutil
import threading
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from app.core import edits, project_file
from app.core.document import Document
from app.core.errors import DataError, ProjectError, TinywrightError
from app.core.recording import (
    Channel,
    LabelSpan,
    Part,
    Recording,
    RecordingInfo,
    Samples,
    with_distinct_names,
)
from app.core.storage import load_samples, replacing, save_samples, write_atomically
from app.core.text import NOTHING, Text, text
from app.core.training import RATES_HZ

UNDO_STEPS = 200
CHECK_SAMPLES = 1 << 20

Subscriber = Callable[[Document, Document], None]


@dataclass(frozen=True, slots=True, eq=False)
class NewRecording:
    """A recording that no project has taken in yet, and so has no id.

    ``samples`` has shape ``(n, len(channels))``, all finite; or it is the path of a ``.npy``
    file of such samples, which is moved into the project. The recording id of ``spans`` is ignored.
    """

    name: str
    channels: tuple[Channel, ...]
    rate_hz: float
    samples: Samples | Path
    started_at: str = ""
    source: str = ""
    part: Part | None = None
    spans: tuple[LabelSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredRecordings:
    """Recordings whose samples are in the project's folder and which its document does not name
    yet."""

    infos: tuple[RecordingInfo, ...]
    spans: tuple[LabelSpan, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """One edit that can be undone: the documents around it, and what it did."""

    before: Document
    after: Document
    what: Text


class Project:
    """A project folder, opened. Make one with :meth:`create` or :meth:`open`."""

    def __init__(self, folder: Path, document: Document, on_disk: bytes) -> None:
        self._folder = folder
        self._document = document
        self._saved = document
        self._on_disk = on_disk
        self._save_lock = threading.Lock()
        self._undo: list[_Step] = []
        self._redo: list[_Step] = []
        self._subscribers: list[Subscriber] = []
        self._seen = {info.id for info in document.recordings}

    @classmethod
    def create(cls, folder: Path, name: str) -> Project:
        """Make a new project in ``folder``, which must be empty or not there yet."""
        document = edits.rename_project(Document(""), name)
        data = project_file.to_bytes(document)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if any(not entry.name.startswith(".") for entry in folder.iterdir()):
                raise ProjectError(
                    text("A project cannot be made in {folder}.", folder=folder),
                    text("The folder is not empty."),
                    text("Choose a new or an empty folder."),
                )
            write_atomically(folder / "project.json", data)
        except OSError as error:
            raise _disk_problem(
                text("A project cannot be made in {folder}.", folder=folder), error
            ) from error
        return cls(folder, document, data)

    @classmethod
    def open(cls, folder: Path) -> Project:
        """Open the project in ``folder``. A project that cannot be opened is left untouched."""
        try:
            data = (folder / "project.json").read_bytes()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise ProjectError(
                text("There is no project in {folder}.", folder=folder),
                text("It has no project.json."),
                text("Choose a project's own folder, or make a new project."),
            ) from error
        except OSError as error:
            raise _disk_problem(
                text("The project in {folder} cannot be read.", folder=folder), error
            ) from error
        return cls(folder, project_file.from_bytes(data), data)

    @property
    def folder(self) -> Path:
        return self._folder

    @property
    def runs_folder(self) -> Path:
        """Where training runs are kept; made by the first run."""
        return self._folder / "runs"

    @property
    def document(self) -> Document:
        return self._document

    @property
    def dirty(self) -> bool:
        """Whether there are edits that :meth:`save` would write."""
        return self._document is not self._saved

    # --- editing ---

    def edit(self, document: Document, what: Text) -> None:
        """Make ``document`` the project's, as one step that can be undone. ``what`` names the step
        (``Rename class``). The same document again is no edit."""
        if document == self._document:
            return
        self._undo.append(_Step(self._document, document, what))
        del self._undo[:-UNDO_STEPS]
        self._redo.clear()
        self._show(document)

    def undo(self) -> None:
        """Take the last edit back; nothing where there is none."""
        if self._undo:
            step = self._undo.pop()
            self._redo.append(step)
            self._show(step.before)

    def redo(self) -> None:
        """Do the edit again that was taken back last; nothing where there is none."""
        if self._redo:
            step = self._redo.pop()
            self._undo.append(step)
            self._show(step.after)

    @property
    def can_undo(self) -> bool:
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        return bool(self._redo)

    @property
    def undo_text(self) -> Text:
        """What :meth:`undo` would take back; empty where it would do nothing."""
        return self._undo[-1].what if self._undo else NOTHING

    @property
    def redo_text(self) -> Text:
        return self._redo[-1].what if self._redo else NOTHING

    def subscribe(self, callback: Subscriber) -> Callable[[], None]:
        """Call ``callback(old, new)`` after every change of the document, until the function this
        returns is called."""
        self._subscribers.append(callback)

        def unsubscribe() -> None:
            if callback in self._subscribers:
                self._subscribers.remove(callback)

        return unsubscribe

    def _show(self, document: Document) -> None:
        old, self._document = self._document, document
        for subscriber in tuple(self._subscribers):
            subscriber(old, document)

    # --- recordings ---

    def recording(self, recording_id: str) -> Recording:
        """The recording with its samples, read-only (memory-mapped where they are large)."""
        info = next((i for i in self._document.recordings if i.id == recording_id), None)
        if info is None:
            raise DataError(text("There is no recording with the id {id}.", id=recording_id))
        what = text("The samples of {name} cannot be read.", name=info.name)
        action = text(
            "Restore {file} from a backup, or remove the recording.", file=self._path(info.id).name
        )
        try:
            samples = load_samples(self._path(info.id))
        except (OSError, ValueError) as error:
            raise ProjectError(what, text("{reason}.", reason=error), action) from error
        if samples.shape != (info.length, len(info.channels)):
            raise ProjectError(
                what, text("The file holds other samples than the project says."), action
            )
        return Recording(info, samples)

    def add_recording(self, new: NewRecording) -> RecordingInfo:
        """Take one recording in; see :meth:`add_recordings`."""
        return self.add_recordings([new], text("Add recording {name}", name=new.name))[0]

    def add_recordings(self, new: Sequence[NewRecording], what: Text) -> list[RecordingInfo]:
        """Take recordings in as one edit, and save the project, so that what was measured does not
        wait for the user to save.

        Raises :class:`DataError` for samples that cannot be used, :class:`ProjectError` where the
        disk refuses; either way the project is as it was, and a file given by path where it was.
        """
        stored = self.store_recordings(new)
        before = self._document, tuple(self._undo), tuple(self._redo)
        self.adopt_recordings(stored, what)
        try:
            self.save()
        except ProjectError:
            document, self._undo[:], self._redo[:] = before
            self._show(document)
            moved = [
                (each.samples, self._path(info.id))
                for each, info in zip(new, stored.infos, strict=True)
                if isinstance(each.samples, Path)
            ]
            self._take_back(stored.infos, moved)
            raise
        return list(stored.infos)

    def store_recordings(self, new: Sequence[NewRecording]) -> StoredRecordings:
        """The slow half of :meth:`add_recordings`, for any thread: check the samples and bring
        them to the disk. The document stays as it is until :meth:`adopt_recordings`."""
        infos: list[RecordingInfo] = []
        spans: list[LabelSpan] = []
        moved: list[tuple[Path, Path]] = []
        try:
            for recording in new:
                info = _info(recording, uuid.uuid4().hex[:12])
                infos.append(info)
                spans.extend(replace(span, recording_id=info.id) for span in recording.spans)
            edits.add_recordings(self._document, infos, spans)  # raises before anything is written
            (self._folder / "recordings").mkdir(exist_ok=True)
            for recording, info in zip(new, infos, strict=True):
                if isinstance(recording.samples, Path):
                    _move(recording.samples, self._path(info.id))
                    moved.append((recording.samples, self._path(info.id)))
                else:
                    save_samples(self._path(info.id), recording.samples)
        except OSError as error:
            self._take_back(infos, moved)
            raise _disk_problem(
                text("The recording cannot be stored in {folder}.", folder=self._folder), error
            ) from error
        return StoredRecordings(tuple(infos), tuple(spans))

    def adopt_recordings(self, stored: StoredRecordings, what: Text) -> None:
        """The quick half: name what was stored in the document, as one edit."""
        self._seen.update(info.id for info in stored.infos)
        self.edit(edits.add_recordings(self._document, stored.infos, stored.spans), what)

    def _take_back(
        self, infos: Sequence[RecordingInfo], moved: Sequence[tuple[Path, Path]]
    ) -> None:
        for source, target in moved:
            _move(target, source)
        for info in infos:
            self._path(info.id).unlink(missing_ok=True)

    def _path(self, recording_id: str) -> Path:
        return self._folder / "recordings" / f"{recording_id}.npy"

    # --- the disk ---

    def save(self, *, overwrite: bool = False) -> None:
        """Write ``project.json`` in one step; nothing where nothing was edited.

        Raises :class:`ProjectError`, and nothing is lost, where the disk refuses, or where another
        window or command has changed the project since it was read (unless ``overwrite``).
        """
        with self._save_lock:  # whoever comes second must not take the first for a stranger
            self._save(overwrite)

    def _save(self, overwrite: bool) -> None:
        if not self.dirty:
            return
        path = self._folder / "project.json"
        document = self._document  # an edit made meanwhile in another thread stays unsaved
        data = project_file.to_bytes(document)
        try:
            if not overwrite and path.read_bytes() != self._on_disk:
                raise ProjectError(
                    text("The project was not saved."),
                    text("Another window or command has changed it since it was opened here."),
                    text("Open it again to go on from there, or save over it."),
                )
            write_atomically(path, data)
        except OSError as error:
            raise _disk_problem(text("The project was not saved."), error) from error
        self._on_disk = data
        self._saved = document

    def close(self) -> None:
        """Delete the samples of recordings that were removed for good, and forget the history.

        Unsaved edits are lost; samples that ``project.json`` or the document still names are kept.
        """
        try:
            named = project_file.from_bytes((self._folder / "project.json").read_bytes())
        except (OSError, TinywrightError):
            return  # who cannot say what is needed must not delete
        kept = {info.id for info in (*named.recordings, *self._document.recordings)}
        for recording_id in self._seen - kept:
            self._path(recording_id).unlink(missing_ok=True)
        self._undo.clear()
        self._redo.clear()
        self._subscribers.clear()


def _info(new: NewRecording, recording_id: str) -> RecordingInfo:
    """The facts of ``new``, once its samples are known to be usable."""
    try:
        samples = load_samples(new.samples) if isinstance(new.samples, Path) else new.samples
    except ValueError as error:
        raise DataError(
            text("{name} cannot be added.", name=new.name), text("{reason}.", reason=error)
        ) from error
    if samples.ndim != 2 or samples.shape[1] != len(new.channels) or not samples.size:
        raise DataError(
            text("{name} cannot be added.", name=new.name),
            text("It has no samples, or not one value for each channel."),
        )
    if not RATES_HZ[0] <= new.rate_hz <= RATES_HZ[1]:
        raise DataError(
            text("{name} cannot be added.", name=new.name),
            text("It has no sampling rate that can be."),
        )
    for start in range(0, len(samples), CHECK_SAMPLES):
        if not np.isfinite(samples[start : start + CHECK_SAMPLES]).all():
            raise DataError(
                text("{name} cannot be added.", name=new.name),
                text("Some of its values are no numbers."),
            )
    return RecordingInfo(
        recording_id,
        new.name,
        with_distinct_names(new.channels),
        float(new.rate_hz),
        len(samples),
        new.started_at,
        new.source,
        new.part,
    )


def _move(source: Path, target: Path) -> None:
    """Move a file in one step, also from one disk to another."""
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        with source.open("rb") as reader, replacing(target) as writer:
            shutil.copyfileobj(reader, writer)
        source.unlink()


def _disk_problem(what: Text, error: OSError) -> ProjectError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ProjectError(
            what, text("The disk is full."), text("Free some space, then try again.")
        )
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return ProjectError(
            what,
            text("You may not write there."),
            text("Change the folder's permissions, or use another one."),
        )
    return ProjectError(
        what, text("The system says: {reason}.", reason=error.strerror or str(error))
    )
