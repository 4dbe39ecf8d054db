# SPDX-License-Identifier: GPL-3.0-or-later
"""What the application remembers from one day to the next: one table of options.

The table is the dataclass :class:`Settings`: an option's name, type and default are its field's,
its help is beside it. The file is JSON with one key an option. A file that cannot be read, or an
option in it that makes no sense, never keeps the studio from starting: the default is taken, and
the caller is told.
"""

from __future__ import annotations

import json
from dataclasses import Field, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, cast, get_type_hints

from app.core.codec import CodecError, decode, encode
from app.core.errors import TinywrightError
from app.core.storage import write_atomically
from app.core.text import NOTHING, Text, text

RECENT_PROJECTS = 8


class SettingsError(TinywrightError):
    """Settings that cannot be written."""


def _option(default: Any, help_: Text, choices: tuple[str, ...] = ()) -> Any:
    return field(default=default, metadata={"help": help_, "choices": choices})


@dataclass(frozen=True, slots=True)
class Settings:
    """Every option with its default. Paths are text, as the user's system writes them."""

    language: str = _option("system", text("The language of the window."), ("system", "en", "ko"))
    theme: str = _option("system", text("Light or dark."), ("system", "light", "dark"))
    recent_projects: tuple[str, ...] = _option(
        (), text("Folders of the projects opened last, newest first.")
    )
    last_port: str = _option("", text("The port used last; empty for the simulated board."))
    baud: int = _option(115_200, text("The speed of a serial port, in baud."))
    import_rate_hz: float = _option(
        100.0, text("The rate given last for files without a clock, in samples a second.")
    )
    window_geometry: str = _option("", text("Place and size of the window, as Qt keeps them."))
    window_state: str = _option("", text("How the window is divided, as Qt keeps it."))
    last_step: str = _option("", text("The page that was shown last."))

    def with_recent(self, folder: Path) -> Settings:
        """The settings after ``folder`` has been opened."""
        newest = str(folder.absolute())
        others = [known for known in self.recent_projects if known != newest]
        return replace(self, recent_projects=(newest, *others)[:RECENT_PROJECTS])


@dataclass(frozen=True, slots=True)
class Option:
    """A row of the table. ``choices`` is empty where any value of the type will do."""

    name: str
    type: Any
    default: object
    help: Text
    choices: tuple[str, ...]


def _row(declared: Field[Any]) -> Option:
    hints = get_type_hints(Settings)
    return Option(
        declared.name,
        hints[declared.name],
        declared.default,
        declared.metadata["help"],
        declared.metadata["choices"],
    )


OPTIONS: tuple[Option, ...] = tuple(_row(declared) for declared in fields(Settings))


def load_settings(path: Path) -> tuple[Settings, Text]:
    """The settings in ``path``, and what was wrong with them (empty where nothing was, or there is
    no file yet). Options this version does not know are passed over."""
    try:
        contents: object = json.loads(path.read_bytes())
    except FileNotFoundError:
        return Settings(), NOTHING
    except (OSError, ValueError, RecursionError) as error:
        return Settings(), text(
            "The settings in {path} cannot be read: {reason}. The defaults are used.",
            path=path,
            reason=error,
        )
    if not isinstance(contents, dict):
        return Settings(), text(
            "The settings in {path} are damaged. The defaults are used.", path=path
        )
    values = cast(dict[str, object], contents)
    good: dict[str, Any] = {}
    bad: list[str] = []
    for option in OPTIONS:
        if option.name not in values:
            continue
        try:
            good[option.name] = checked(option, values[option.name])
        except CodecError:
            bad.append(option.name)
    problem = (
        text(
            "These settings in {path} make no sense, and have their defaults: {names}.",
            path=path,
            names=", ".join(bad),
        )
        if bad
        else NOTHING
    )
    return Settings(**good), problem


def checked(option: Option, value: object) -> object:
    """``value`` of ``option`` as JSON gives it, with its proper type; else :class:`CodecError`."""
    found = decode(option.type, value)
    if option.choices and found not in option.choices:
        raise CodecError(
            text("Choose one of {choices}.", choices=", ".join(option.choices)), option.name
        )
    return found


def save_settings(path: Path, settings: Settings) -> None:
    """Write ``settings`` to ``path`` in one step, its folder too; :class:`SettingsError` where the
    disk refuses."""
    data = json.dumps(encode(settings), ensure_ascii=False, indent=2) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data.encode("utf-8", "surrogatepass"))
    except OSError as error:
        raise SettingsError(
            text("The settings cannot be saved in {path}.", path=path),
            text("{reason}.", reason=error.strerror or str(error)),
            text("Check that the disk is not full and the folder may be written."),
        ) from error
