# SPDX-License-Identifier: GPL-3.0-or-later
"""The file that a board program is: header, table of sections, check sums.

``docs/board-program.md`` is its written format; what the sections hold is the business of
:mod:`app.deploy.program_sections` and of the compiler.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from app.core.errors import ModelError
from app.core.text import Text, text
from app.deploy.compiler.targets import TARGETS, Target

MAGIC = b"TWBP"
VERSION = 2
MAX_PROGRAM_BYTES = 16 << 20
MAX_SECTIONS = 16
ARENA_ALIGNMENT = 16
SECTION_ALIGNMENT = 16

_HEADER = struct.Struct("<4sHHIIIB11x")
_ENTRY = struct.Struct("<IIII")
_CRC = struct.Struct("<I")
_FIRST_OPTIONAL_KIND = 0x8000
_TARGETS = {target.number: target for target in TARGETS.values()}


class Section(IntEnum):
    """The sections that a file must have."""

    INPUT = 1
    OUTPUT = 2
    PLAN = 4
    WEIGHTS = 5


_SECTIONS = {section.value: section for section in Section}


@dataclass(frozen=True, slots=True)
class ProgramFile:
    """A file taken apart. ``arena_bytes`` is RAM, a multiple of 16."""

    arena_bytes: int
    target: Target
    sections: Mapping[Section, bytes]

    @property
    def program_id(self) -> int:
        """CRC-32 of PLAN followed by WEIGHTS: tells two trainings apart."""
        return program_id(self.sections[Section.PLAN], self.sections[Section.WEIGHTS])

    def to_bytes(self) -> bytes:
        """The file. Raises :class:`struct.error` for a number that the header cannot hold."""
        end = _HEADER.size + len(self.sections) * _ENTRY.size
        table, body = bytearray(), bytearray()
        for kind, content in self.sections.items():
            padding = -end % SECTION_ALIGNMENT
            table += _ENTRY.pack(kind, end + padding, len(content), zlib.crc32(content))
            body += bytes(padding) + content
            end += padding + len(content)
        header = _HEADER.pack(
            MAGIC,
            VERSION,
            len(self.sections),
            end + _CRC.size,
            self.program_id,
            self.arena_bytes,
            self.target.number,
        )
        data = bytes(header + table + body)
        return data + _CRC.pack(zlib.crc32(data))

    @classmethod
    def parse(cls, data: bytes) -> ProgramFile:
        """Raises :class:`ModelError` for a file that the written format forbids."""
        count, said_id, arena_bytes, target = _read_header(data)
        sections = _read_sections(data, count)
        for section in Section:
            if section not in sections:
                raise refused(text("The section {name} is missing.", name=section.name))
        if arena_bytes % ARENA_ALIGNMENT:
            raise refused(text("Its working memory has a size that is no multiple of 16."))
        if target not in _TARGETS:
            raise refused(text("It was compiled for a target that is not known."))
        file = cls(arena_bytes, _TARGETS[target], sections)
        if file.program_id != said_id:
            raise refused(text("Its program id is not that of its network."))
        return file


def program_id(plan: bytes, weights: bytes) -> int:
    """CRC-32 of the two sections that make up a network."""
    return zlib.crc32(weights, zlib.crc32(plan))


def program_crc(program: bytes) -> int:
    """The CRC-32 that ends a program file: how the protocol names what a board has stored."""
    return _CRC.unpack(program[-_CRC.size :])[0]


def refused(why: Text, action: Text | None = None) -> ModelError:
    """A file, or what was to become one, that keeps not to the format."""
    return ModelError(
        text("This board program cannot be used."),
        why,
        action or text("Convert the network again."),
    )


def _read_header(data: bytes) -> tuple[int, int, int, int]:
    """How many sections there are; the program id, arena bytes and target as the header says."""
    if len(data) < _HEADER.size + _CRC.size or data[: len(MAGIC)] != MAGIC:
        raise refused(text("It is not a board program."))
    _, version, count, length, said_id, arena_bytes, target = _HEADER.unpack_from(data)
    if version != VERSION:
        raise refused(
            text("It has format version {found}, known is {known}.", found=version, known=VERSION)
        )
    if length > MAX_PROGRAM_BYTES:
        raise refused(text("It has {size} bytes, far too many.", size=length))
    if length != len(data):
        raise refused(text("It has {found} bytes, not {said}.", found=len(data), said=length))
    if program_crc(data) != zlib.crc32(data[: -_CRC.size]):
        raise refused(text("It is damaged: its check sum is wrong."))
    return count, said_id, arena_bytes, target


def _read_sections(data: bytes, count: int) -> dict[Section, bytes]:
    taken_to = _HEADER.size + count * _ENTRY.size
    end = len(data) - _CRC.size
    if count > MAX_SECTIONS or taken_to > end:
        raise refused(text("It has too many sections, or its table of them leaves the file."))
    table = list(_ENTRY.iter_unpack(data[_HEADER.size : taken_to]))
    sections: dict[Section, bytes] = {}
    seen: set[int] = set()
    for kind, offset, size, crc in sorted(table, key=lambda entry: entry[1:3]):
        section = _SECTIONS.get(kind)
        name = section.name if section else f"0x{kind:X}"
        if offset % SECTION_ALIGNMENT or offset < taken_to or offset + size > end:
            raise refused(text("The section {name} lies where it may not.", name=name))
        taken_to = offset + size
        content = data[offset:taken_to]
        if zlib.crc32(content) != crc:
            raise refused(text("The section {name} is damaged.", name=name))
        if kind in seen:
            raise refused(text("The section {name} is there twice.", name=name))
        if section is None and kind < _FIRST_OPTIONAL_KIND:
            raise refused(text("The section {name} is not known.", name=name))
        seen.add(kind)
        if section is not None:
            sections[section] = content
    return sections
