# SPDX-License-Identifier: GPL-3.0-or-later
"""What esptool says goes into the log instead of onto standard output."""

from __future__ import annotations

import logging
from collections.abc import Generator
from contextlib import contextmanager

from esp_pylib.logger import EspLog, EspLogBase

_log = logging.getLogger("esptool")


class _Log(EspLogBase):
    """esptool's logger, over Python's."""

    def print(self, *args: object, **kwargs: object) -> None:  # noqa: ARG002
        self._say(logging.DEBUG, args)

    def note(self, *args: object) -> None:
        self._say(logging.DEBUG, args)

    def hint(self, *args: object) -> None:
        self._say(logging.DEBUG, args)

    def debug(self, *args: object) -> None:
        self._say(logging.DEBUG, args)

    def warn(self, *args: object, suggestion: str | None = None) -> None:  # noqa: ARG002
        self._say(logging.INFO, args)

    def err(self, *args: object, suggestion: str | None = None) -> None:  # noqa: ARG002
        self._say(logging.INFO, args)

    # esptool's older names for the same.
    warning = warn
    error = err

    def set_verbosity(self, mode: int | str) -> None:
        """How much is kept is for Python's logging to say."""

    def progress_bar(
        self,
        cur_iter: int,
        total_iters: int,
        prefix: str = "",
        suffix: str = "",
        bar_length: int = 30,
    ) -> None:
        """The studio has its own."""

    def _say(self, level: int, args: tuple[object, ...]) -> None:
        words = " ".join(str(part) for part in args).strip()
        if words.strip("."):  # it prints a dot for every attempt
            _log.log(level, "%s", words)


@contextmanager
def quietly() -> Generator[None]:
    """Nothing that esptool says inside reaches standard output."""
    before = EspLog.instance
    EspLog.instance = _Log()
    try:
        yield
    finally:
        EspLog.instance = before
