# SPDX-License-Identifier: GPL-3.0-or-later
"""Frozen dataclasses to plain JSON and back, every type checked on the way in.

What is written follows from the dataclass alone: fields by name, enums by value, tuples as lists,
non-finite floats as the strings ``NaN``, ``Infinity`` and ``-Infinity`` (JSON has none). Reading is
strict: a key that is missing, unknown, or of another type is a :class:`CodecError` that names its
path, as in ``recordings[3].rate_hz``. Files of older versions are brought up to date first
(``migrations.py``), so that nothing here has to guess.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import numpy as np

from app.core.errors import TinywrightError
from app.core.text import NOTHING, Text, text

T = TypeVar("T")
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Reader = Callable[[object], object]

NON_FINITE = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


class CodecError(TinywrightError):
    """JSON that does not say what a type needs. ``path`` is where; empty at the top."""

    def __init__(self, why: Text, path: str = "") -> None:
        what = text("{path} cannot be read.", path=path) if path else NOTHING
        super().__init__(what, why)
        self.path = path

    def inside(self, step: str) -> CodecError:
        """The same error, seen from one level further out."""
        joint = "." if self.path and not self.path.startswith("[") else ""
        return CodecError(self.why, f"{step}{joint}{self.path}")


def encode(value: object) -> Json:
    """``value`` as plain JSON. A type that has no JSON form raises :class:`TypeError`."""
    if value is None or isinstance(value, bool | int | str):
        return cast(Json, value.value) if isinstance(value, Enum) else value
    if isinstance(value, Enum):
        return encode(value.value)
    if isinstance(value, float):
        return value if math.isfinite(value) else _non_finite_name(value)
    if isinstance(value, np.generic):
        return encode(cast(object, value.item()))
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: encode(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        items = cast(Mapping[str, object], value)
        return {key: encode(item) for key, item in items.items()}
    if isinstance(value, tuple | list):
        return [encode(item) for item in cast(tuple[object, ...], value)]
    raise TypeError(f"{type(value).__name__} has no JSON form")


def decode(kind: type[T], data: object) -> T:
    """``data``, as ``json.loads`` gave it, as a value of ``kind``; else :class:`CodecError`."""
    return cast(T, _reader(kind)(data))


def _non_finite_name(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"


@cache
def _reader(kind: Any) -> Reader:
    """The function that reads ``kind``; made once a type, so that a large file reads quickly."""
    origin, arguments = get_origin(kind), get_args(kind)
    if kind is float:
        return _read_float
    if kind in (bool, int, str, NoneType):
        return _scalar_reader(kind)
    if origin in (Union, UnionType):
        return _union_reader(arguments)
    if origin is tuple:
        return _tuple_reader(arguments)
    if origin is not None and issubclass(origin, Mapping) and arguments[0] is str:
        return _mapping_reader(arguments[1])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _enum_reader(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass_reader(kind)
    raise TypeError(f"{kind} has no JSON form")


def _expected(expected: str, data: object) -> CodecError:
    containers: dict[type, str] = {list: "list", dict: "object"}
    found = containers.get(type(data)) or repr(data)[:40]
    return CodecError(text("Expected {expected}, found {found}.", expected=expected, found=found))


def _read_float(data: object) -> object:
    if isinstance(data, str) and data in NON_FINITE:
        return NON_FINITE[data]
    if isinstance(data, int | float) and not isinstance(data, bool):
        try:
            return float(data)
        except OverflowError:
            pass  # an integer beyond any float: refused below, by what it is
    raise _expected("float", data)


def _scalar_reader(kind: type) -> Reader:
    def read(data: object) -> object:
        if type(data) is not kind:
            raise _expected("null" if kind is NoneType else kind.__name__, data)
        return data

    return read


def _enum_reader(kind: type[Enum]) -> Reader:
    members = {member.value: member for member in kind}

    def read(data: object) -> object:
        if isinstance(data, str | int) and data in members:
            return members[data]
        raise _expected(" | ".join(repr(value) for value in members), data)

    return read


def _union_reader(arms: tuple[Any, ...]) -> Reader:
    """The arm whose JSON type is the data's own; else the one that remains beside ``None``."""
    exact: dict[type, Reader] = {
        arm: _reader(arm) for arm in arms if arm in (NoneType, bool, int, float, str)
    }
    others = [_reader(arm) for arm in arms if arm is float or arm not in exact]
    name = " | ".join("null" if arm is NoneType else arm.__name__ for arm in arms)

    def read(data: object) -> object:
        reader = exact.get(type(data))
        if reader is not None:
            return reader(data)
        if len(others) == 1:
            return others[0](data)
        raise _expected(name, data)

    return read


def _tuple_reader(arguments: tuple[Any, ...]) -> Reader:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        count, readers = None, (_reader(arguments[0]),)
    else:
        count, readers = len(arguments), tuple(_reader(argument) for argument in arguments)

    def read(data: object) -> object:
        if not isinstance(data, list):
            raise _expected("list", data)
        items = cast(list[object], data)
        if count is not None and len(items) != count:
            raise CodecError(
                text("Expected {count} items, found {found}.", count=count, found=len(items))
            )
        values: list[object] = []
        for index, item in enumerate(items):
            try:
                values.append(readers[0 if count is None else index](item))
            except CodecError as error:
                raise error.inside(f"[{index}]") from None
        return tuple(values)

    return read


def _mapping_reader(kind: Any) -> Reader:
    read_item = _reader(kind)

    def read(data: object) -> object:
        if not isinstance(data, dict):
            raise _expected("object", data)
        values: dict[str, object] = {}
        for key, item in cast(dict[str, object], data).items():
            try:
                values[key] = read_item(item)
            except CodecError as error:
                raise error.inside(key) from None
        return MappingProxyType(values)

    return read


def _dataclass_reader(kind: type) -> Reader:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}

    def read(data: object) -> object:
        if not isinstance(data, dict):
            raise _expected("object", data)
        items = cast(dict[str, object], data)
        if items.keys() != readers.keys():
            raise _wrong_keys(items, readers)
        values: dict[str, object] = {}
        for name, reader in readers.items():
            try:
                values[name] = reader(items[name])
            except CodecError as error:
                raise error.inside(name) from None
        try:
            return kind(**values)
        except ValueError as error:  # the type's own rule, stated by the type
            raise CodecError(text("{reason}.", reason=error)) from error

    return read


def _wrong_keys(items: Mapping[str, object], readers: Mapping[str, Reader]) -> CodecError:
    for name in readers:
        if name not in items:
            return CodecError(text("It is missing."), name)
    unknown = next(name for name in items if name not in readers)
    return CodecError(text("Nothing of that name is known."), unknown)
