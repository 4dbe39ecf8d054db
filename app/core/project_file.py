# SPDX-License-Identifier: GPL-3.0-or-later
"""``project.json``: bytes to a checked document and back (``docs/project-format.md``).

Nothing here writes to a folder, so that a file which cannot be read stays exactly as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, cast

from app.core.codec import CodecError, decode, encode
from app.core.document import Document
from app.core.errors import ProjectError
from app.core.migrations import MIGRATIONS, VERSION, Migrations, migrate
from app.core.recording import LARGEST_VALUE
from app.core.text import NOTHING, Text, text
from app.core.training import RATES_HZ

FORMAT = "tinywright-project"
RECORDING_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What a recording may be called on disk: a plain name, never a path."""
MOST_SAMPLES = 1 << 48
"""No disk holds a longer recording; NumPy counts no further than 2**63 bytes."""


def to_bytes(document: Document) -> bytes:
    """The contents of ``project.json`` for ``document``."""
    contents = {"format": FORMAT, "version": VERSION, "document": encode(document)}
    # File names on Linux may hold bytes that are no text; they must survive the round trip.
    return json.dumps(contents, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def from_bytes(data: bytes, table: Migrations = MIGRATIONS) -> Document:
    """The document in ``data``; :class:`ProjectError` where there is none that can be used."""
    contents = _contents(data)
    version = contents.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 0:
        raise _broken(text("It does not say which version it is."))
    if version > VERSION:
        raise ProjectError(
            text("The project was made by a newer Tinywright."),
            text(
                "Its format is version {found}; this studio knows {known}.",
                found=version,
                known=VERSION,
            ),
            text("Update Tinywright, then open the project again."),
        )
    try:
        contents = migrate(contents, version, table=table)
    except (LookupError, TypeError, ValueError) as error:
        raise _broken(
            text("It is not a proper version {version}: {reason}.", version=version, reason=error)
        ) from error
    if contents.keys() != {"format", "version", "document"}:
        raise _broken(text("It holds more or less than a project does."))
    try:
        document = decode(Document, contents["document"])
    except CodecError as error:
        raise _broken(text("{reason}", reason=error)) from error
    problem = _inconsistency(document)
    if problem:
        raise _broken(problem)
    return document


def _contents(data: bytes) -> dict[str, Any]:
    try:
        contents: object = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _broken(text("It is no JSON: {reason}.", reason=error)) from error
    if isinstance(contents, dict):
        items = cast(dict[str, Any], contents)
        if items.get("format") == FORMAT:
            return items
    raise ProjectError(
        text("The folder is not a Tinywright project."),
        text("Its project.json belongs to something else."),
        text("Choose another folder."),
    )


def _broken(why: Text) -> ProjectError:
    return ProjectError(
        text("The project cannot be opened: its project.json is damaged."),
        why,
        text(
            "Nothing was changed. Restore project.json from a backup; the recordings are beside it."
        ),
    )


def _inconsistency(document: Document) -> Text:
    """What is wrong between the parts of ``document``, each being of the right type."""
    ids = [info.id for info in document.recordings]
    lengths = {info.id: info.length for info in document.recordings}
    for info in document.recordings:
        if not RECORDING_ID.fullmatch(info.id):
            return text("{id} cannot be the id of a recording.", id=repr(info.id))
        rate_ok = RATES_HZ[0] <= info.rate_hz <= RATES_HZ[1]
        if not info.channels or not 1 <= info.length <= MOST_SAMPLES or not rate_ok:
            return text("The recording {id} has no channels, samples or rate.", id=info.id)
        twice = _first_repeated(channel.name for channel in info.channels)
        if twice:
            return text("The recording {id} has two channels {name}.", id=info.id, name=twice)
    told = [label.name for label in document.classes]
    for info in document.recordings:
        told += [word for channel in info.channels for word in (channel.name, channel.unit)]
    if any(not _is_text(word) for word in told):
        return text("The name of a class or channel is no text.")
    twice = _first_repeated(ids) or _first_repeated(label.name for label in document.classes)
    if twice:
        return text("{name} is there twice.", name=twice)
    classes = {label.name for label in document.classes}
    if any(label.color < 0 for label in document.classes):
        return text("A class has a colour below zero.")
    ends: dict[str, int] = {}
    for span in sorted(document.spans, key=lambda span: (span.recording_id, span.start)):
        if span.recording_id not in lengths:
            return text(
                "A label lies on a recording that is not there: {id}.", id=repr(span.recording_id)
            )
        if span.stop > lengths[span.recording_id] or span.start < ends.get(span.recording_id, 0):
            return text(
                "The labels of recording {id} overlap or pass its end.", id=span.recording_id
            )
        if span.label and span.label not in classes:
            return text("A label names a class that is not there: {name}.", name=span.label)
        if span.value is not None and not abs(span.value) <= LARGEST_VALUE:
            return text("A label says {value}, which is no number to learn.", value=span.value)
        ends[span.recording_id] = span.stop
    return NOTHING


def _is_text(word: str) -> bool:
    """Half a character, which JSON can spell, has no place in a file, a sketch or on a board."""
    return not any(0xD800 <= ord(character) <= 0xDFFF for character in word)


def _first_repeated(names: Iterable[str]) -> str:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return ""
