# SPDX-License-Identifier: GPL-3.0-or-later
"""The board program: the one file a board runs. ``docs/board-program.md`` is its written format."""

from __future__ import annotations

import math
import struct
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.errors import ModelError
from app.core.preprocessing import FixedPointScaling, Normaliser, fixed_point
from app.core.recording import Channel
from app.core.text import Text, text
from app.core.training import Task
from app.deploy.tflite import read_network

MAGIC = b"TWBP"
VERSION = 1
MAX_PROGRAM_BYTES = 16 << 20
MAX_WINDOW_VALUES = 1 << 20
"""Samples times channels; far beyond any board's memory."""
MAX_NAME_BYTES = 255

_HEADER = struct.Struct("<4sHHIII12x")
_ENTRY = struct.Struct("<IIII")
_CRC = struct.Struct("<I")
_INPUT = struct.Struct("<IIHxx")
_CHANNEL = struct.Struct("<iibBxx")
_OUTPUT = struct.Struct("<BBbxf")

_KIND_INPUT, _KIND_OUTPUT, _KIND_NETWORK = 1, 2, 3
_NAMES = {_KIND_INPUT: "INPUT", _KIND_OUTPUT: "OUTPUT", _KIND_NETWORK: "NETWORK_TFLITE"}
_FIRST_OPTIONAL_KIND = 0x8000
_ALIGNMENT = 16
_TASKS = (Task.MULTICLASS, Task.BINARY, Task.REGRESSION)
"""By their number in the file."""


@dataclass(frozen=True, slots=True)
class ProgramInput:
    """What the network expects of the sensors: windows of ``window`` samples of ``channels`` in
    this order at ``rate_hz``, brought to int8 by ``scaling``."""

    channels: tuple[Channel, ...]
    rate_hz: float
    window: int
    scaling: FixedPointScaling

    @property
    def rate_mhz(self) -> int:
        """The rate in thousandths of a hertz, as formats and protocol have it."""
        return round(self.rate_hz * 1000)


@dataclass(frozen=True, slots=True)
class ProgramOutput:
    """What the answers mean: ``real = scale · (q − zero_point)``.

    Multi-class has one label an output; binary one output and the labels of *no* and *yes*;
    regression no labels.
    """

    task: Task
    labels: tuple[str, ...]
    scale: float
    zero_point: int

    def real(self, outputs: NDArray[np.int8]) -> NDArray[np.float32]:
        """int8 answers of any shape as scores, probabilities or numbers."""
        return np.float32(self.scale) * (outputs.astype(np.float32) - self.zero_point)

    def decide(self, outputs: NDArray[np.int8]) -> NDArray[np.int64]:
        """The class of each answer of shape ``(n, outputs)``: the place in ``labels``, the first
        of equals. A binary answer is *yes* from a half on."""
        if self.task is Task.BINARY:
            return (self.real(outputs[:, 0]) >= 0.5).astype(np.int64)
        return outputs.argmax(axis=1)


@dataclass(frozen=True, slots=True)
class BoardProgram:
    """A whole program: ``network`` is a full-int8 ``.tflite`` that computes in ``arena_bytes``."""

    input: ProgramInput
    output: ProgramOutput
    network: bytes
    arena_bytes: int

    @property
    def program_id(self) -> int:
        """CRC-32 of the network: tells two trainings apart."""
        return zlib.crc32(self.network)

    def to_bytes(self) -> bytes:
        """The file. Raises :class:`ModelError` for what the format cannot hold."""
        try:
            data = self._encode()
        except struct.error as error:
            raise _refused(text("A number in it is out of range.")) from error
        self.parse(data)  # what a reader would refuse is never written
        return data

    def _encode(self) -> bytes:
        sections = {
            _KIND_INPUT: _write_input(self.input),
            _KIND_OUTPUT: _write_output(self.output),
            _KIND_NETWORK: self.network,
        }
        end = _HEADER.size + len(sections) * _ENTRY.size
        table, body = b"", b""
        for kind, content in sections.items():
            padding = -end % _ALIGNMENT
            table += _ENTRY.pack(kind, end + padding, len(content), zlib.crc32(content))
            body += bytes(padding) + content
            end += padding + len(content)
        header = _HEADER.pack(
            MAGIC, VERSION, len(sections), end + _CRC.size, self.program_id, self.arena_bytes
        )
        data = header + table + body
        return data + _CRC.pack(zlib.crc32(data))

    @classmethod
    def parse(cls, data: bytes) -> BoardProgram:
        """Read a file. Raises :class:`ModelError` for all that the written format forbids."""
        program_id, arena_bytes, sections = _read_sections(data)
        for kind, name in _NAMES.items():
            if kind not in sections:
                raise _refused(text("The section {name} is missing.", name=name))
        network = sections[_KIND_NETWORK]
        if zlib.crc32(network) != program_id:
            raise _refused(text("Its program id is not that of its network."))
        try:
            return cls(
                _read_input(sections[_KIND_INPUT]),
                _read_output(sections[_KIND_OUTPUT]),
                network,
                arena_bytes,
            )
        except struct.error as error:
            raise _refused(text("A section ends too early.")) from error


def compile_program(
    tflite: bytes,
    channels: tuple[Channel, ...],
    rate_hz: float,
    window: int,
    normaliser: Normaliser,
    task: Task,
    labels: tuple[str, ...],
) -> BoardProgram:
    """Put a full-int8 ``.tflite`` and all that a board must know around it into one program.

    Raises :class:`ModelError` for a network that no board can run, or that does not fit the windows
    or labels, and :class:`DataError` for values too large for whole numbers.
    """
    network = read_network(tflite)
    if math.prod(network.input_shape) != window * len(channels):
        raise _unfit(
            text(
                "Its input has {network} values, a window has {window}.",
                network=math.prod(network.input_shape),
                window=window * len(channels),
            )
        )
    outputs = len(labels) if task is Task.MULTICLASS else 1
    if network.outputs != outputs:
        raise _unfit(
            text(
                "It gives {network} answers, the task needs {task}.",
                network=network.outputs,
                task=outputs,
            )
        )
    return BoardProgram(
        ProgramInput(channels, rate_hz, window, fixed_point(normaliser, network.input.scale)),
        ProgramOutput(task, labels, network.output.scale, network.output.zero_point),
        tflite,
        network.arena_bytes,
    )


def _unfit(why: Text) -> ModelError:
    return ModelError(
        text("This network does not fit its task."), why, text("Train it again, then convert it.")
    )


def program_crc(program: bytes) -> int:
    """The CRC-32 that ends a program file: how the protocol names what a board has stored."""
    return _CRC.unpack(program[-_CRC.size :])[0]


# --- sections ----------------------------------------------------------------------------------


def _read_sections(data: bytes) -> tuple[int, int, dict[int, bytes]]:
    """Program id, arena bytes, and the content of each section by its kind."""
    if len(data) < _HEADER.size + _CRC.size or data[: len(MAGIC)] != MAGIC:
        raise _refused(text("It is not a board program."))
    _, version, count, length, program_id, arena_bytes = _HEADER.unpack_from(data)
    if version != VERSION:
        raise _refused(
            text("It has format version {found}, known is {known}.", found=version, known=VERSION)
        )
    if length > MAX_PROGRAM_BYTES:
        raise _refused(text("It has {size} bytes, far too many.", size=length))
    if length != len(data):
        raise _refused(text("It has {found} bytes, not {said}.", found=len(data), said=length))
    if program_crc(data) != zlib.crc32(data[: -_CRC.size]):
        raise _refused(text("It is damaged: its check sum is wrong."))
    taken_to = _HEADER.size + count * _ENTRY.size
    if taken_to > length - _CRC.size:
        raise _refused(text("Its table of sections leaves the file."))
    table = list(_ENTRY.iter_unpack(data[_HEADER.size : taken_to]))
    sections: dict[int, bytes] = {}
    for kind, offset, size, crc in sorted(table, key=lambda entry: entry[1]):
        name = _NAMES.get(kind, f"0x{kind:X}")
        if offset % _ALIGNMENT or offset < taken_to or offset + size > length - _CRC.size:
            raise _refused(text("The section {name} lies where it may not.", name=name))
        taken_to = offset + size
        content = data[offset:taken_to]
        if zlib.crc32(content) != crc:
            raise _refused(text("The section {name} is damaged.", name=name))
        if kind in sections:
            raise _refused(text("The section {name} is there twice.", name=name))
        if kind not in _NAMES and kind < _FIRST_OPTIONAL_KIND:
            raise _refused(text("The section {name} is not known.", name=name))
        sections[kind] = content
    return program_id, arena_bytes, sections


class _Cursor:
    """Reads a section from front to back; ``struct.error`` where it ends too early."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def take(self, fields: struct.Struct) -> tuple[int, ...]:
        values = fields.unpack_from(self._content, self._at)
        self._at += fields.size
        return values

    def name(self) -> str:
        (size,) = self.take(struct.Struct("<B"))
        (raw,) = struct.unpack_from(f"{size}s", self._content, self._at)
        self._at += size
        try:
            return raw.decode()
        except UnicodeDecodeError as error:
            raise _refused(text("One of its names is not UTF-8.")) from error

    def align(self, size: int) -> None:
        self._at += -self._at % size

    def end(self) -> None:
        if self._at != len(self._content):
            raise _refused(text("A section is longer than its content."))


def _write_name(name: str) -> bytes:
    raw = name.encode(errors="replace")
    if len(raw) > MAX_NAME_BYTES:
        raise _refused(
            text("The name “{name}” is too long for a board.", name=name),
            text("Give it one of at most {limit} bytes.", limit=MAX_NAME_BYTES),
        )
    return bytes([len(raw)]) + raw


def _write_input(source: ProgramInput) -> bytes:
    scaling = source.scaling
    content = _INPUT.pack(source.rate_mhz, source.window, len(source.channels))
    for place, channel in enumerate(source.channels):
        content += _CHANNEL.pack(
            scaling.offset[place],
            scaling.multiplier[place],
            scaling.fraction_bits[place],
            scaling.shift[place],
        )
        content += _write_name(channel.name) + _write_name(channel.unit)
        content += bytes(-len(content) % 4)
    return content


def _read_input(content: bytes) -> ProgramInput:
    cursor = _Cursor(content)
    rate_mhz, window, count = cursor.take(_INPUT)
    if not (rate_mhz and window and count and window * count <= MAX_WINDOW_VALUES):
        raise _refused(text("Its rate, window or number of channels is out of range."))
    channels: list[Channel] = []
    fields: list[tuple[int, ...]] = []
    for _ in range(count):
        fields.append(cursor.take(_CHANNEL))
        channels.append(Channel(cursor.name(), cursor.name()))
        cursor.align(4)
    cursor.end()
    offset, multiplier, fraction_bits, shift = zip(*fields, strict=True)
    try:
        scaling = FixedPointScaling(offset, multiplier, fraction_bits, shift)
    except ValueError as error:
        raise _refused(text("The scaling of its channels is out of range.")) from error
    return ProgramInput(tuple(channels), rate_mhz / 1000, window, scaling)


def _write_output(output: ProgramOutput) -> bytes:
    if len(output.labels) > 255:
        raise _refused(text("A board can tell at most 255 classes apart."))
    task = _TASKS.index(output.task)
    content = _OUTPUT.pack(task, len(output.labels), output.zero_point, output.scale)
    return content + b"".join(map(_write_name, output.labels))


def _read_output(content: bytes) -> ProgramOutput:
    cursor = _Cursor(content)
    task, count, zero_point, scale = cursor.take(_OUTPUT)
    if task >= len(_TASKS) or not (math.isfinite(scale) and scale > 0):
        raise _refused(text("Its task or the scale of its answers is out of range."))
    labels = tuple(cursor.name() for _ in range(count))
    cursor.end()
    wanted = {Task.MULTICLASS: count >= 2, Task.BINARY: count == 2, Task.REGRESSION: count == 0}
    if not wanted[_TASKS[task]]:
        raise _refused(text("It has {count} labels, which its task cannot have.", count=count))
    return ProgramOutput(_TASKS[task], labels, scale, zero_point)


def _refused(why: Text, action: Text | None = None) -> ModelError:
    return ModelError(
        text("This board program cannot be used."),
        why,
        action or text("Convert the network again."),
    )
