# SPDX-License-Identifier: GPL-3.0-or-later
"""How the fields of a protocol message lie in bytes.

A message is a frozen dataclass whose annotations name the kind of each field (``U32``, ``Str``…).
Fields follow one another without padding, little-endian. Reading is strict: a message that ends
early, or has bytes left over, is a ``ProtocolError``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Annotated, Any, Protocol, Self, TypeVar, cast, get_type_hints

from app.core.errors import ProtocolError
from app.core.text import Text, text


class _Reader:
    """The bytes of one message, taken from the front."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._position = 0

    def take(self, count: int) -> bytes:
        taken = self._data[self._position : self._position + count]
        if len(taken) < count:
            raise _WireError(text("It ends too early."))
        self._position += count
        return taken

    def take_rest(self) -> bytes:
        return self.take(len(self._data) - self._position)

    def finish(self) -> None:
        if self._position < len(self._data):
            raise _WireError(text("It is longer than its content."))


class _WireError(Exception):
    """What is wrong, before the message's name is known."""

    def __init__(self, why: Text) -> None:
        super().__init__(why)
        self.why = why


class _Kind(Protocol):
    """One kind of field."""

    def encode(self, value: Any) -> bytes: ...
    def decode(self, reader: _Reader) -> object: ...


@dataclass(frozen=True, slots=True)
class _Integer:
    """An unsigned whole number of ``size`` bytes."""

    size: int

    def encode(self, value: int) -> bytes:
        try:
            return value.to_bytes(self.size, "little")
        except OverflowError as error:
            raise _WireError(text("{value} is out of range.", value=value)) from error

    def decode(self, reader: _Reader) -> int:
        return int.from_bytes(reader.take(self.size), "little")


@dataclass(frozen=True, slots=True)
class _CountedBytes:
    """``count u8``, then as many bytes."""

    def encode(self, value: bytes) -> bytes:
        if len(value) > 255:
            raise _WireError(text("A field has {size} bytes; at most 255 fit.", size=len(value)))
        return bytes((len(value),)) + value

    def decode(self, reader: _Reader) -> bytes:
        return reader.take(reader.take(1)[0])


@dataclass(frozen=True, slots=True)
class _CountedText:
    """``length u8``, then UTF-8 bytes."""

    def encode(self, value: str) -> bytes:
        return _CountedBytes().encode(value.encode())

    def decode(self, reader: _Reader) -> str:
        data = _CountedBytes().decode(reader)
        try:
            return data.decode()
        except UnicodeDecodeError as error:
            raise _WireError(text("A name in it is not UTF-8.")) from error


@dataclass(frozen=True, slots=True)
class _RestBytes:
    """Everything up to the end."""

    def encode(self, value: bytes) -> bytes:
        return value

    def decode(self, reader: _Reader) -> bytes:
        return reader.take_rest()


@dataclass(frozen=True, slots=True)
class _RestText:
    """A sentence up to the end. A board may cut it anywhere: bad UTF-8 reads as U+FFFD."""

    def encode(self, value: str) -> bytes:
        return value.encode()

    def decode(self, reader: _Reader) -> str:
        return reader.take_rest().decode(errors="replace")


@dataclass(frozen=True, slots=True)
class Listed:
    """``count u8``, then as many structures of ``item``'s fields."""

    item: type[Structure]

    def encode(self, value: Sequence[Structure]) -> bytes:
        return _Integer(1).encode(len(value)) + b"".join(_encode_fields(item) for item in value)

    def decode(self, reader: _Reader) -> tuple[Structure, ...]:
        return tuple(_decode_fields(self.item, reader) for _ in range(reader.take(1)[0]))


U8 = Annotated[int, _Integer(1)]
U16 = Annotated[int, _Integer(2)]
U32 = Annotated[int, _Integer(4)]
U64 = Annotated[int, _Integer(8)]
Str = Annotated[str, _CountedText()]
CountedBytes = Annotated[bytes, _CountedBytes()]
RestBytes = Annotated[bytes, _RestBytes()]
RestText = Annotated[str, _RestText()]


@dataclass(frozen=True, slots=True)
class Structure:
    """Base of everything with fields on the wire."""

    def problem(self) -> Text | None:
        """What makes these values no message, beyond what their kinds say; ``None`` when well."""
        return None

    def encode(self) -> bytes:
        """The bytes of all fields. Raises ``ProtocolError`` for a value that has no place."""
        try:
            _check(self)
            return _encode_fields(self)
        except _WireError as error:
            raise _broken(type(self), error.why) from error

    @classmethod
    def decode(cls, data: bytes) -> Self:
        """The inverse of :meth:`encode`. Raises ``ProtocolError`` for any other bytes."""
        reader = _Reader(data)
        try:
            decoded = _decode_fields(cls, reader)
            reader.finish()
            _check(decoded)
        except _WireError as error:
            raise _broken(cls, error.why) from error
        return decoded


_S = TypeVar("_S", bound=Structure)


def _check(structure: Structure) -> None:
    why = structure.problem()
    if why is not None:
        raise _WireError(why)


def _broken(kind: type[Structure], why: Text) -> ProtocolError:
    return ProtocolError(
        text("A {name} message breaks the board protocol.", name=kind.__name__),
        why,
        text("If this happens again, update the board's firmware and this studio."),
    )


@cache
def _kinds(kind: type[Structure]) -> tuple[tuple[str, _Kind], ...]:
    hints = get_type_hints(kind, include_extras=True)
    return tuple(
        (field.name, cast(_Kind, hints[field.name].__metadata__[0])) for field in fields(kind)
    )


def _encode_fields(structure: Structure) -> bytes:
    return b"".join(kind.encode(getattr(structure, name)) for name, kind in _kinds(type(structure)))


def _decode_fields(kind: type[_S], reader: _Reader) -> _S:
    return kind(**{name: field.decode(reader) for name, field in _kinds(kind)})
