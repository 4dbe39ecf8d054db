# SPDX-License-Identifier: GPL-3.0-or-later
"""What a board program says of sensors and answers: its sections INPUT and OUTPUT."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.preprocessing import FixedPointScaling
from app.core.recording import Channel
from app.core.text import text
from app.core.training import Task
from app.deploy.program_file import refused

MAX_WINDOW_VALUES = 1 << 20
"""Samples times channels; far beyond any board's memory."""
MAX_NAME_BYTES = 255
MAX_LABELS = 255

_INPUT = struct.Struct("<IIHbxf")
_CHANNEL = struct.Struct("<iibBxx")
_OUTPUT = struct.Struct("<BBbxf")
_TASKS = (Task.MULTICLASS, Task.BINARY, Task.REGRESSION)
"""By their number in the file."""


@dataclass(frozen=True, slots=True)
class ProgramInput:
    """What the network expects of the sensors: windows of ``window`` samples of ``channels`` in
    this order at ``rate_hz``, brought to int8 by ``scaling`` around ``zero_point``.

    ``scale`` is what one int8 step means to the network: a normalised value is
    ``scale · (q − zero_point)``.
    """

    channels: tuple[Channel, ...]
    rate_hz: float
    window: int
    scaling: FixedPointScaling
    scale: float
    zero_point: int

    @property
    def rate_mhz(self) -> int:
        """The rate in thousandths of a hertz, as formats and protocol have it."""
        return round(self.rate_hz * 1000)

    @property
    def values(self) -> int:
        """Values of one window."""
        return self.window * len(self.channels)

    def encode(self) -> bytes:
        """The section. Raises :class:`struct.error` for a number that it cannot hold."""
        content = bytearray(
            _INPUT.pack(self.rate_mhz, self.window, len(self.channels), self.zero_point, self.scale)
        )
        columns = (
            self.scaling.offset,
            self.scaling.multiplier,
            self.scaling.fraction_bits,
            self.scaling.shift,
        )
        for channel, fields in zip(self.channels, zip(*columns, strict=True), strict=True):
            content += _CHANNEL.pack(*fields)
            content += _name(channel.name) + _name(channel.unit)
            content += bytes(-len(content) % 4)
        return bytes(content)

    @classmethod
    def decode(cls, content: bytes) -> ProgramInput:
        """Raises :class:`ModelError` for values out of range, :class:`struct.error` for a section
        that ends too early."""
        cursor = _Cursor(content)
        rate_mhz, window, count, zero_point, scale = cursor.take(_INPUT)
        if not (rate_mhz and window and count and window * count <= MAX_WINDOW_VALUES):
            raise refused(text("Its rate, window or number of channels is out of range."))
        if not _usable(scale):
            raise refused(text("The scale of its input is out of range."))
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
            raise refused(text("The scaling of its channels is out of range.")) from error
        return cls(tuple(channels), rate_mhz / 1000, window, scaling, scale, zero_point)


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

    def encode(self) -> bytes:
        """The section. Raises :class:`struct.error` for a number that it cannot hold."""
        if len(self.labels) > MAX_LABELS:
            raise refused(text("A board can tell at most 255 classes apart."))
        task = _TASKS.index(self.task)
        content = _OUTPUT.pack(task, len(self.labels), self.zero_point, self.scale)
        return content + b"".join(map(_name, self.labels))

    @classmethod
    def decode(cls, content: bytes) -> ProgramOutput:
        """Raises as :meth:`ProgramInput.decode` does."""
        cursor = _Cursor(content)
        task, count, zero_point, scale = cursor.take(_OUTPUT)
        if task >= len(_TASKS) or not _usable(scale):
            raise refused(text("Its task or the scale of its answers is out of range."))
        labels = tuple(cursor.name() for _ in range(count))
        cursor.end()
        wanted = {Task.MULTICLASS: count >= 2, Task.BINARY: count == 2, Task.REGRESSION: count == 0}
        if not wanted[_TASKS[task]]:
            raise refused(text("It has {count} labels, which its task cannot have.", count=count))
        return cls(_TASKS[task], labels, scale, zero_point)


def _usable(scale: float) -> bool:
    return math.isfinite(scale) and scale > 0


def _name(name: str) -> bytes:
    raw = name.encode(errors="replace")
    if len(raw) > MAX_NAME_BYTES:
        raise refused(
            text("The name “{name}” is too long for a board.", name=name),
            text("Give it one of at most {limit} bytes.", limit=MAX_NAME_BYTES),
        )
    return bytes([len(raw)]) + raw


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
            raise refused(text("One of its names is not UTF-8.")) from error

    def align(self, size: int) -> None:
        self._at += -self._at % size

    def end(self) -> None:
        """``align`` may have moved behind the end: padding is there or the section is cut."""
        if self._at > len(self._content):
            raise refused(text("A section ends too early."))
        if self._at < len(self._content):
            raise refused(text("A section is longer than its content."))
