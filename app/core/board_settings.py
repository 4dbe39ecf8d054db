# SPDX-License-Identifier: GPL-3.0-or-later
"""What a board keeps for its user: pins to measure, and what it does when it recognises something.

The record that carries it is in ``docs/protocol.md``, "Settings";
``firmware/application/settings.c`` reads the same bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from app.core.errors import DataError
from app.core.text import Text, text

VERSION = 1
MAX_PINS = 8
"""Of a kind."""
MAX_ACTIONS = 16
MAX_BYTES = 1024
FULL_SCORE = 255
"""The threshold that only a score of 1 reaches."""
FULL_PWM = 1000
_OWN_PIN = 255
_HIGHEST_PIN = 254
_ACTION = struct.Struct("<5BHB")


class ActionKind(IntEnum):
    """What an action does."""

    SET = 0
    CLEAR = 1
    PULSE = 2
    PWM = 3
    PRINT = 4


@dataclass(frozen=True, slots=True)
class Action:
    """Takes place when ``windows`` in a row give class number ``class_index`` a score of at least
    ``threshold`` 255ths; then again only after the class was gone.

    ``value`` is a pulse's milliseconds or PWM's thousandths, ``text`` what is printed. Raises
    ``DataError`` for numbers out of range.
    """

    class_index: int
    kind: ActionKind
    pin: int = 0
    value: int = 0
    text: str = ""
    threshold: int = 204
    windows: int = 2

    def __post_init__(self) -> None:
        limit = FULL_PWM if self.kind is ActionKind.PWM else 65535
        _check(0 <= self.class_index <= 255, text("There is no class {n}.", n=self.class_index))
        _check(0 <= self.pin <= _HIGHEST_PIN, text("There is no pin {pin}.", pin=self.pin))
        _check(
            0 <= self.threshold <= FULL_SCORE, text("A threshold is a share between 0 and 100 %.")
        )
        _check(1 <= self.windows <= 255, text("1 to 255 windows in a row can be asked for."))
        _check(
            0 <= self.value <= limit,
            text("{value} is more than {limit}.", value=self.value, limit=limit),
        )
        _check(len(self.text.encode()) <= 255, text("A printed text may have 255 bytes."))


@dataclass(frozen=True, slots=True)
class BoardSettings:
    """Pins by the numbers that the board's maker gave them. The two pins of the sensor bus are
    ``None`` where the board's own are used. Raises ``DataError`` for what no board can keep."""

    analogue_pins: tuple[int, ...] = ()
    touch_pins: tuple[int, ...] = ()
    i2c_sda: int | None = None
    i2c_scl: int | None = None
    actions: tuple[Action, ...] = ()

    def __post_init__(self) -> None:
        for pins in (self.analogue_pins, self.touch_pins):
            _check(
                len(pins) <= MAX_PINS, text("At most {n} pins of a kind are measured.", n=MAX_PINS)
            )
            _check(len(set(pins)) == len(pins), text("A pin is named twice."))
            for pin in pins:
                _check(0 <= pin <= _HIGHEST_PIN, text("There is no pin {pin}.", pin=pin))
        bus = [pin for pin in (self.i2c_sda, self.i2c_scl) if pin is not None]
        _check(len(bus) != 1, text("The sensor bus needs both of its pins, or neither."))
        _check(len(set(bus)) == len(bus), text("The sensor bus needs two different pins."))
        for pin in bus:
            _check(0 <= pin <= _HIGHEST_PIN, text("There is no pin {pin}.", pin=pin))
        driven = {action.pin for action in self.actions if action.kind is not ActionKind.PRINT}
        used = [*self.analogue_pins, *self.touch_pins, *bus, *driven]
        twice = {pin for pin in used if used.count(pin) > 1}
        _check(not twice, text("Pin {pin} has two uses at once.", pin=min(twice, default=0)))
        _check(len(self.actions) <= MAX_ACTIONS, text("A board keeps {n} actions.", n=MAX_ACTIONS))
        _check(len(self.to_bytes()) <= MAX_BYTES, text("The printed texts are too long together."))

    def to_bytes(self) -> bytes:
        """The record of SETTINGS_WRITE."""
        pins = (_pins(self.analogue_pins), _pins(self.touch_pins), _bus(self.i2c_sda, self.i2c_scl))
        actions = b"".join(_action_bytes(action) for action in self.actions)
        return bytes((VERSION, 0)) + b"".join(pins) + bytes((len(self.actions),)) + actions

    @classmethod
    def from_bytes(cls, record: bytes) -> BoardSettings:
        """The inverse of :meth:`to_bytes`. Raises ``DataError`` for any other bytes."""
        reader = _Reader(record)
        version = reader.take(1)[0]
        if version != VERSION:
            raise _unreadable(text("They are of version {version}.", version=version))
        reader.take(1)
        analogue, touch = tuple(reader.counted()), tuple(reader.counted())
        sda, scl = (None if pin == _OWN_PIN else pin for pin in reader.take(2))
        actions = tuple(_action_from(reader) for _ in range(reader.take(1)[0]))
        if reader.left:
            raise _unreadable(text("They are longer than they say."))
        return cls(analogue, touch, sda, scl, actions)


class _Reader:
    """A record's bytes, taken from the front."""

    def __init__(self, record: bytes) -> None:
        self.left = record

    def take(self, count: int) -> bytes:
        if len(self.left) < count:
            raise _unreadable(text("They end too early."))
        taken, self.left = self.left[:count], self.left[count:]
        return taken

    def counted(self) -> bytes:
        return self.take(self.take(1)[0])


def _action_from(reader: _Reader) -> Action:
    index, threshold, windows, kind, pin, value, size = _ACTION.unpack(reader.take(_ACTION.size))
    printed = reader.take(size)
    if kind not in tuple(ActionKind):
        raise _unreadable(text("They hold an action of a newer firmware."))
    shown = printed.decode(errors="replace")
    return Action(index, ActionKind(kind), pin, value, shown, threshold, windows)


def _action_bytes(action: Action) -> bytes:
    printed = action.text.encode()
    return (
        _ACTION.pack(
            action.class_index,
            action.threshold,
            action.windows,
            action.kind,
            action.pin,
            action.value,
            len(printed),
        )
        + printed
    )


def _pins(pins: Sequence[int]) -> bytes:
    return bytes((len(pins), *pins))


def _bus(*pins: int | None) -> bytes:
    return bytes(_OWN_PIN if pin is None else pin for pin in pins)


def _check(true: bool, why: Text) -> None:
    if not true:
        raise DataError(text("A board cannot keep these settings."), why, text("Change them."))


def _unreadable(why: Text) -> DataError:
    return DataError(
        text("The board's settings cannot be read."),
        why,
        text("Flash the firmware that comes with this studio, or set them anew."),
    )
