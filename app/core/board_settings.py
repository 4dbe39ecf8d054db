# SPDX-License-Identifier: GPL-3.0-or-later
"""What a board keeps for its user: what it measures and how fast, and what it does when it
recognises something.

The record that carries it is in ``docs/protocol.md``, "Settings";
``firmware/application/settings.c`` reads the same bytes.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from enum import Enum

from app.core.errors import DataError
from app.core.text import Text, text

VERSION = 2
MAX_HIDDEN_PARTS = 8
PIN_PARTS = ("adc", "touch")
"""What the channels of measured pins name as their part."""
MAX_PINS = 8
"""Of a kind."""
MAX_ACTIONS = 16
MAX_BYTES = 1024
FULL_SCORE = 255
"""The threshold that only a score of 1 reaches."""
FULL_PWM = 1000
_OWN_PIN = 255
_HIGHEST_PIN = 254
_FASTEST_MHZ = 2**32 - 1
_RUNS_BY_ITSELF, _PRINTS_ANSWERS = 1, 2
_HEAD = struct.Struct("<BBI")
_ACTION = struct.Struct("<5BHB")


class ActionKind(Enum):
    """What an action does; its place here is its number in the record."""

    SET = "set"
    CLEAR = "clear"
    PULSE = "pulse"
    PWM = "pwm"
    PRINT = "print"


_KINDS: tuple[ActionKind, ...] = tuple(ActionKind)


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
        printed = _utf8(self.text)
        _check(len(printed) <= 255, text("A printed text may have 255 bytes."))
        _check(min(self.text, default=" ") >= " ", text("A printed text is one line."))


@dataclass(frozen=True, slots=True)
class BoardSettings:
    """Pins by the numbers that the board's maker gave them; the two pins of the sensor bus are
    ``None`` where the board's own are used.

    ``hidden_parts`` are those, by the name that the board gives them, whose channels it does not
    list; one that is plugged in anew is listed. ``rate_hz`` is what a stream has that names no
    rate; ``None`` leaves it to the board. A board that ``runs_by_itself`` runs its network from
    power-up on, and ``prints_answers`` while it does. Raises ``DataError`` for what no board can
    keep."""

    analogue_pins: tuple[int, ...] = ()
    touch_pins: tuple[int, ...] = ()
    i2c_sda: int | None = None
    i2c_scl: int | None = None
    actions: tuple[Action, ...] = ()
    hidden_parts: tuple[str, ...] = ()
    rate_hz: float | None = None
    runs_by_itself: bool = False
    prints_answers: bool = False

    def __post_init__(self) -> None:
        self._check_sensors()
        self._check_pins()
        _check(len(self.actions) <= MAX_ACTIONS, text("A board keeps {n} actions.", n=MAX_ACTIONS))
        _check(
            len(self.to_bytes()) <= MAX_BYTES,
            text("The printed texts and names of sensors are too long together."),
        )

    def _check_sensors(self) -> None:
        hidden = self.hidden_parts
        _check(
            len(hidden) <= MAX_HIDDEN_PARTS,
            text("At most {n} sensors are left out.", n=MAX_HIDDEN_PARTS),
        )
        _check(len(set(hidden)) == len(hidden), text("A sensor is named twice."))
        for part in hidden:
            _check(1 <= len(_utf8(part)) <= 255, text("A sensor's name has 1 to 255 bytes."))
        if self.rate_hz is not None:
            possible = math.isfinite(self.rate_hz) and self.rate_hz <= _FASTEST_MHZ / 1000
            _check(
                possible and _millihertz(self.rate_hz) > 0,
                text("A board cannot measure at {rate} Hz.", rate=self.rate_hz),
            )

    def _check_pins(self) -> None:
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

    def to_bytes(self) -> bytes:
        """The record of SETTINGS_WRITE."""
        flags = _RUNS_BY_ITSELF * self.runs_by_itself | _PRINTS_ANSWERS * self.prints_answers
        return b"".join(
            (
                _HEAD.pack(VERSION, flags, _millihertz(self.rate_hz or 0.0)),
                bytes((len(self.hidden_parts),)),
                *(_counted(part.encode()) for part in self.hidden_parts),
                _counted(bytes(self.analogue_pins)),
                _counted(bytes(self.touch_pins)),
                _bus(self.i2c_sda, self.i2c_scl),
                bytes((len(self.actions),)),
                *(_action_bytes(action) for action in self.actions),
            )
        )

    @classmethod
    def from_bytes(cls, record: bytes) -> BoardSettings:
        """The inverse of :meth:`to_bytes`. Raises ``DataError`` for any other bytes."""
        reader = _Reader(record)
        if record[:1] and record[0] != VERSION:
            raise _unreadable(text("They are of version {version}.", version=record[0]))
        _, flags, rate_mhz = _HEAD.unpack(reader.take(_HEAD.size))
        if flags & ~(_RUNS_BY_ITSELF | _PRINTS_ANSWERS):
            raise _unreadable(text("They ask for something that a newer firmware does."))
        hidden = tuple(_name_from(reader) for _ in range(reader.take(1)[0]))
        analogue, touch = tuple(reader.counted()), tuple(reader.counted())
        sda, scl = (None if pin == _OWN_PIN else pin for pin in reader.take(2))
        actions = tuple(_action_from(reader) for _ in range(reader.take(1)[0]))
        if reader.left:
            raise _unreadable(text("They are longer than they say."))
        return cls(
            analogue,
            touch,
            sda,
            scl,
            actions,
            hidden,
            rate_mhz / 1000 if rate_mhz else None,
            bool(flags & _RUNS_BY_ITSELF),
            bool(flags & _PRINTS_ANSWERS),
        )


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


def _name_from(reader: _Reader) -> str:
    try:
        return reader.counted().decode()
    except UnicodeDecodeError as error:
        raise _unreadable(text("The name of a sensor is no text.")) from error


def _action_from(reader: _Reader) -> Action:
    index, threshold, windows, kind, pin, value, size = _ACTION.unpack(reader.take(_ACTION.size))
    printed = reader.take(size)
    if kind >= len(_KINDS):
        raise _unreadable(text("They hold an action of a newer firmware."))
    shown = printed.decode(errors="replace")
    return Action(index, _KINDS[int(kind)], pin, value, shown, threshold, windows)


def _action_bytes(action: Action) -> bytes:
    printed = action.text.encode()
    return (
        _ACTION.pack(
            action.class_index,
            action.threshold,
            action.windows,
            _KINDS.index(action.kind),
            action.pin,
            action.value,
            len(printed),
        )
        + printed
    )


def _counted(some: bytes) -> bytes:
    return bytes((len(some),)) + some


def _bus(*pins: int | None) -> bytes:
    return bytes(_OWN_PIN if pin is None else pin for pin in pins)


def _millihertz(rate_hz: float) -> int:
    return round(rate_hz * 1000)


def _utf8(written: str) -> bytes:
    try:
        return written.encode()
    except UnicodeEncodeError as error:
        raise _unkeepable(text("A text has a character that is none.")) from error


def _check(true: bool, why: Text) -> None:
    if not true:
        raise _unkeepable(why)


def _unkeepable(why: Text) -> DataError:
    return DataError(text("A board cannot keep these settings."), why, text("Change them."))


def _unreadable(why: Text) -> DataError:
    return DataError(
        text("The board's settings cannot be read."),
        why,
        text("Flash the firmware that comes with this studio, or set them anew."),
    )
