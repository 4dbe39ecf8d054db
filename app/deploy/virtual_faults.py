# SPDX-License-Identifier: GPL-3.0-or-later
"""Ways in which a simulated board can fail, so that what the studio does then can be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.core.errors import DataError
from app.core.text import text


@dataclass(frozen=True, slots=True)
class Faults:
    """None by default. Each field is one fault of the option ``--fault name[=value]``."""

    drop_frames: float = 0.0
    """The share of the board's frames that never arrive."""
    corrupt_frames: float = 0.0
    """The share of the board's frames that arrive with one bit changed."""
    mute: float = 0.0
    """1: the board never answers."""
    corrupt_output: float = 0.0
    """1: the first value of every network output is off by one."""
    sensor_failed: float = 0.0
    """1: the sensor does not answer."""
    no_room: float = 0.0
    """1: no program fits."""
    garble_fast: float = 0.0
    """1: above 115,200 baud nothing is understood, as with a long cable. Not over TCP."""
    keep_speed: float = 0.0
    """1: the board grants another speed and does not take it on. Not over TCP."""
    die_after: float = 0.0
    """The process ends after so many seconds."""
    die_in_program: float = 0.0
    """The process ends once so many bytes of a program have come."""


NO_FAULTS = Faults()
FAULT_NAMES = tuple(name.replace("_", "-") for name in Faults.__dataclass_fields__)


def parse_faults(options: Sequence[str]) -> Faults:
    """``["drop-frames=0.1", "mute"]``; a fault without a value is 1. Raises ``DataError``."""
    faults = Faults()
    for option in options:
        name, _, number = option.partition("=")
        try:
            value = float(number or 1)
        except ValueError:
            value = -1.0
        if name not in FAULT_NAMES or not value >= 0:
            raise DataError(
                text("The simulated board knows no fault “{fault}”.", fault=option),
                action=text("It knows: {faults}.", faults=", ".join(FAULT_NAMES)),
            )
        faults = replace(faults, **{name.replace("-", "_"): value})
    return faults
