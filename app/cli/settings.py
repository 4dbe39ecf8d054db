# SPDX-License-Identifier: GPL-3.0-or-later
"""The command ``settings``: what is set on a board, printed, or set from what was printed."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import cast

from app.capture.client import board_at
from app.capture.link import DEFAULT_BAUD
from app.capture.messages import SensorChannel
from app.cli.arguments import Commands, positive_int
from app.cli.output import JsonValue, Output, Result
from app.core.board_settings import FULL_SCORE, Action, ActionKind, BoardSettings
from app.core.codec import CodecError, decode, encode
from app.core.errors import DataError
from app.core.text import text


def add_commands(commands: Commands) -> None:
    """Add ``settings``."""
    added = commands.add("settings", "print what is set on a board, or set it", run_settings)
    added.add_argument(
        "--port", metavar="URL", required=True, help="a device, socket://HOST:PORT or rfc2217://…"
    )
    added.add_argument("--baud", type=positive_int, default=DEFAULT_BAUD, help="bits a second")
    added.add_argument(
        "--load", metavar="FILE", type=Path, help="set what is in FILE, as --json prints it"
    )


def run_settings(options: argparse.Namespace, output: Output) -> Result:
    """Set what is in a file, if one is named; print what the board then says is set on it."""
    wanted = None if options.load is None else read_settings(options.load)
    with board_at(options.port, options.baud, output.line) as client:
        client.identify()
        if wanted is not None:
            client.stop_run()
            client.stop_stream()
            client.write_settings(wanted)
        settings, sensors = client.settings(), client.sensors()
    return Result(cast(dict[str, JsonValue], encode(settings)), setting_lines(settings, sensors))


def read_settings(path: Path) -> BoardSettings:
    """What ``settings --json`` has printed into a file. Raises ``DataError`` for anything else."""
    what = text("The settings in {path} cannot be used.", path=path)
    try:
        return decode(BoardSettings, json.loads(path.read_bytes()))
    except (ValueError, RecursionError) as error:
        raise DataError(what, text("It is no JSON: {reason}.", reason=error)) from error
    except CodecError as error:
        action = text("Write all that “settings --json” prints, and change what you want.")
        raise DataError(what, text("{reason}", reason=error), action) from error


def setting_lines(settings: BoardSettings, sensors: tuple[SensorChannel, ...]) -> list[str]:
    """What is set, in words."""
    listed = dict.fromkeys(channel.sensor for channel in sensors)
    bus = "the board's own pins"
    if settings.i2c_sda is not None:
        bus = f"SDA {settings.i2c_sda}, SCL {settings.i2c_scl}"
    alone = "waits for a computer"
    if settings.runs_by_itself:
        answers = "prints its answers" if settings.prints_answers else "says nothing of its answers"
        alone = f"runs its model, acts, and {answers}"
    return [
        f"Sensors        {_listing(listed)}",
        f"Left out       {_listing(settings.hidden_parts)}",
        f"Rate           {'not set' if settings.rate_hz is None else f'{settings.rate_hz:g} Hz'}",
        f"Analogue pins  {_listing(settings.analogue_pins)}",
        f"Touch pins     {_listing(settings.touch_pins)}",
        f"Sensor bus     {bus}",
        f"From power-up  {alone}",
        *(
            f"Action {place:<6}  {_action_line(action)}"
            for place, action in enumerate(settings.actions, start=1)
        ),
    ]


def _listing(things: tuple[object, ...] | dict[str, None]) -> str:
    return ", ".join(map(str, things)) or "none"


def _action_line(action: Action) -> str:
    row = "1 window" if action.windows == 1 else f"{action.windows} windows in a row"
    when = f"class {action.class_index + 1} at {action.threshold / FULL_SCORE:.0%} for {row}"
    match action.kind:
        case ActionKind.SET:
            what = f"pin {action.pin} high"
        case ActionKind.CLEAR:
            what = f"pin {action.pin} low"
        case ActionKind.PULSE:
            what = f"pin {action.pin} high for {action.value} ms"
        case ActionKind.PWM:
            what = f"pin {action.pin} high for {action.value / 10:g} % of the time"
        case ActionKind.PRINT:
            what = f"print “{action.text}”"
    return f"{when}: {what}"
