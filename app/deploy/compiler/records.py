# SPDX-License-Identifier: GPL-3.0-or-later
"""The PLAN section as Python sees it: ``firmware/engine/program.h`` is the other side.

A record is a head and fields of one 32-bit word each. Fields of the same meaning that a C struct
holds as an array are numbered: ``shape_0`` to ``shape_3``.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from app.deploy.compiler.targets import Packing

NONE = 0xFFFFFFFF
"""In place of an arena offset: there is none."""
IN_WEIGHTS = 0x80000000
"""In an operand of ADD and MUL: the rest is an offset into WEIGHTS."""

_WORD = 4
_HEAD = struct.Struct("<BBH")
_PLAN = struct.Struct("<IIIII")


class Kind(IntEnum):
    DENSE = 1
    CONV = 2
    DEPTHWISE = 3
    MAX_POOL = 4
    AVERAGE_POOL = 5
    MEAN = 6
    TABLE = 7
    SOFTMAX = 8
    ADD = 9
    MUL = 10
    COPY = 11
    FILL = 12


def _array(name: str, length: int) -> tuple[str, ...]:
    return tuple(f"{name}_{place}" for place in range(length))


_CONV = (
    *("in", "in_h", "in_w", "in_c", "out", "out_h", "out_w", "out_c"),
    *("kernel_h", "kernel_w", "stride_h", "stride_w", "dilation_h", "dilation_w"),
    *("pad_top", "pad_left", "scratch", "weights", "scales", "in_zero", "out_zero", "low", "high"),
)
_POOL = (
    *("in", "in_h", "in_w", "channels", "out", "out_h", "out_w", "kernel_h", "kernel_w"),
    *("stride_h", "stride_w", "pad_top", "pad_left", "low", "high"),
)
_BINARY = (
    *("a", "b", "out", *_array("shape", 4), *_array("a_strides", 4), *_array("b_strides", 4)),
    *("a_zero", "b_zero", "out_zero", "a_multiplier", "a_shift", "b_multiplier", "b_shift"),
    *("out_multiplier", "out_shift", "low", "high"),
)
_COPY = (
    *("in", "out", *_array("counts", 3), *_array("in_strides", 3), *_array("out_strides", 3)),
    "run",
)
FIELDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.DENSE: (
        *("in", "rows", "inputs", "out", "outputs", "weights", "scales", "out_zero", "low", "high"),
    ),
    Kind.CONV: _CONV,
    Kind.DEPTHWISE: _CONV,
    Kind.MAX_POOL: _POOL,
    Kind.AVERAGE_POOL: _POOL,
    Kind.MEAN: (
        *("in", "outer", "reduced", "inner", "out", "in_zero", "out_zero", "multiplier", "shift"),
    ),
    Kind.TABLE: ("in", "count", "out", "table"),
    Kind.SOFTMAX: ("in", "rows", "depth", "out", "table", "entries"),
    Kind.ADD: _BINARY,
    Kind.MUL: _BINARY,
    Kind.COPY: _COPY,
    Kind.FILL: ("out", "bytes", "value"),
}
"""The words of each kind's record after its head, in order."""

_SIGNED = frozenset(
    {"in_zero", "a_zero", "b_zero", "out_zero", "low", "high", "value"}
    | {"multiplier", "a_multiplier", "b_multiplier", "out_multiplier"}
)


@dataclass(frozen=True, slots=True)
class Record:
    """One operator of a plan. ``fields`` has a value for each of its kind's :data:`FIELDS`."""

    kind: Kind
    fields: Mapping[str, int]
    packing: Packing = Packing.ROWS

    @property
    def size(self) -> int:
        """Bytes it takes in the plan."""
        return record_bytes(self.kind)

    def encode(self) -> bytes:
        """Raises :class:`struct.error` for a value that is no 32-bit word."""
        names = FIELDS[self.kind]
        head = _HEAD.pack(self.kind, self.packing, self.size // _WORD)
        return head + struct.pack(_words(names), *(self.fields[name] for name in names))


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole section: where input and output lie in the arena, and what is done in between."""

    input: int
    input_bytes: int
    output: int
    output_bytes: int
    records: Sequence[Record]

    def encode(self) -> bytes:
        """Raises :class:`struct.error` for a value that is no 32-bit word."""
        return _PLAN.pack(
            self.input, self.input_bytes, self.output, self.output_bytes, len(self.records)
        ) + b"".join(record.encode() for record in self.records)

    @classmethod
    def decode(cls, data: bytes) -> Plan:
        """Raises :class:`ValueError` for bytes that are no plan. The meaning of the fields is not
        checked; that is the engine's to do."""
        try:
            source, source_bytes, answer, answer_bytes, count = _PLAN.unpack_from(data)
            records = tuple(_decode_records(data))
        except struct.error as error:
            raise ValueError("the plan ends too early") from error
        if len(records) != count:
            raise ValueError(f"the plan has {len(records)} operators, not {count}")
        return cls(source, source_bytes, answer, answer_bytes, records)


def record_bytes(kind: Kind) -> int:
    """Bytes that a record of ``kind`` takes in the plan."""
    return _HEAD.size + _WORD * len(FIELDS[kind])


def _decode_records(data: bytes) -> Iterator[Record]:
    at = _PLAN.size
    while at < len(data):
        kind, packing, words = _HEAD.unpack_from(data, at)
        names = FIELDS[Kind(kind)]
        if words * _WORD != record_bytes(Kind(kind)):
            raise ValueError(f"a record of kind {kind} has {words} words")
        values = struct.unpack_from(_words(names), data, at + _HEAD.size)
        yield Record(Kind(kind), dict(zip(names, values, strict=True)), Packing(packing))
        at += words * _WORD


def _words(names: Sequence[str]) -> str:
    return "<" + "".join("i" if name in _SIGNED else "I" for name in names)
