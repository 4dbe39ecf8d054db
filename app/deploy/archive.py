# SPDX-License-Identifier: GPL-3.0-or-later
"""A project in one file: a zip of what the project folder names, equal bytes for equal contents.

An archive may come from a stranger, so importing trusts nothing in it: entries can only land inside
the new folder, and never become more bytes than the stated limit.
"""

from __future__ import annotations

import re
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from app.core import project_file
from app.core.errors import ProjectError
from app.core.project import Project
from app.core.storage import replacing
from app.core.text import NOTHING, Text, text

SUFFIX = ".tinywright"
"""One dot: Windows and macOS know a file by what follows its last."""
MAX_IMPORT_BYTES = 8 << 30
"""Unpacked: ten hours of six channels at 100 Hz are 86 MB, so this is ample."""
MAX_IMPORT_ENTRIES = 100_000
CHUNK_BYTES = 1 << 20

_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_FOLDERS = ("recordings", "runs")
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,99}")
_WINDOWS_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip can tell: the archive must not depend on when it was made."""


def export_archive(project_folder: Path, target: Path) -> None:
    """Write the project as it is on the disk to ``target``, which is replaced in one step.

    Raises :class:`ProjectError`; then ``target`` is as it was.
    """
    what = text("The project was not exported to {file}.", file=target.name)
    try:
        with replacing(target) as file, zipfile.ZipFile(file, "w") as archive:
            for path in _contents(project_folder):
                entry = zipfile.ZipInfo(path.relative_to(project_folder).as_posix(), _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 3  # Unix, on every system, for equal bytes
                entry.external_attr = (stat.S_IFREG | 0o644) << 16
                entry.file_size = path.stat().st_size  # lets zipfile choose zip64 where needed
                with path.open("rb") as source, archive.open(entry, "w") as sink:
                    shutil.copyfileobj(source, sink, CHUNK_BYTES)
    except OSError as error:
        raise ProjectError(what, text("The system says: {reason}.", reason=error)) from error


def import_archive(archive: Path, folder: Path, max_bytes: int = MAX_IMPORT_BYTES) -> Project:
    """Unpack an archive into ``folder``, which must be empty or not there yet, and open it.

    Raises :class:`ProjectError` for anything that is not a whole project of at most ``max_bytes``
    unpacked; then ``folder`` is as it was.
    """
    what = text("{file} was not imported.", file=archive.name)
    try:
        if folder.exists() and any(folder.iterdir()):
            raise ProjectError(
                what,
                text("The folder {folder} is not empty.", folder=folder),
                text("Choose a new or an empty folder."),
            )
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".import-", dir=folder.parent) as temporary:
            unpacked = Path(temporary) / "project"
            with zipfile.ZipFile(archive) as source:
                _unpack(source, unpacked, max_bytes, what)
            project = Project.open(unpacked)
            for info in project.document.recordings:
                project.recording(info.id)
            if folder.exists():
                folder.rmdir()
            unpacked.rename(folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
        raise _refused(what, text("It is damaged or no archive of a project.")) from error
    except OSError as error:
        raise ProjectError(what, text("The system says: {reason}.", reason=error)) from error
    return Project.open(folder)


def _contents(folder: Path) -> Iterator[Path]:
    """Every file that belongs to the project, in an order that depends on names alone."""
    yield folder / "project.json"
    document = project_file.from_bytes((folder / "project.json").read_bytes())
    for recording_id in sorted(info.id for info in document.recordings):
        yield folder / "recordings" / f"{recording_id}.npy"
    runs = [path for path in (folder / "runs").rglob("*") if path.is_file()]
    for path in sorted(runs, key=lambda path: path.relative_to(folder).as_posix()):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and not path.is_symlink():
            yield path


def _unpack(source: zipfile.ZipFile, folder: Path, max_bytes: int, what: Text) -> None:
    entries = [entry for entry in source.infolist() if not entry.is_dir()]
    if len(entries) > MAX_IMPORT_ENTRIES:
        raise _refused(what, text("It holds too many files."))
    if len({entry.filename.casefold() for entry in entries}) != len(entries):
        raise _refused(what, text("It holds a file twice."))
    left = max_bytes
    for entry in entries:
        target = folder.joinpath(*_safe_parts(entry, what))
        target.parent.mkdir(parents=True, exist_ok=True)
        # The size an entry claims is only a claim: what really comes out is counted.
        with source.open(entry) as reader, target.open("xb") as writer:
            while chunk := reader.read(min(CHUNK_BYTES, left + 1)):
                left -= len(chunk)
                if left < 0:
                    raise _refused(
                        what,
                        text("Unpacked, it would fill more than {size} bytes.", size=max_bytes),
                    )
                writer.write(chunk)


def _safe_parts(entry: zipfile.ZipInfo, what: Text) -> tuple[str, ...]:
    """Where an entry goes, as names below the project's folder; refuses every other place."""
    parts = PurePosixPath(entry.filename).parts
    known = parts == ("project.json",) or (len(parts) > 1 and parts[0] in _FOLDERS)
    plain = all(
        _NAME.fullmatch(part) and not part.endswith(".") and not _WINDOWS_DEVICE.fullmatch(part)
        for part in parts
    )
    link = stat.S_ISLNK(entry.external_attr >> 16)
    readable = not entry.flag_bits & 0x1 and entry.compress_type in _COMPRESSIONS
    if not known or not plain or link or not readable:
        raise _refused(what, text("It holds “{name}”, which no project has.", name=entry.filename))
    return parts


def _refused(what: Text, why: Text, action: Text = NOTHING) -> ProjectError:
    return ProjectError(what, why, action or text("Ask its sender to export the project again."))
