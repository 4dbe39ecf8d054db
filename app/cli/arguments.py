# SPDX-License-Identifier: GPL-3.0-or-later
"""The pieces that command lines are made of."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from typing import NoReturn

from app.cli.output import Output, Result

Command = Callable[[argparse.Namespace, Output], Result | None]
"""Does a command; ``None`` where it has printed everything itself."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong with a command line in one sentence, with where to look."""

    def error(self, message: str) -> NoReturn:
        """Exit with code 2."""
        self.exit(2, f"{self.prog}: {message}. See {self.prog} --help.\n")


class Commands:
    """The commands of ``top``: each sets ``run_command`` to what does it."""

    def __init__(self, top: Parser) -> None:
        self._choices = top.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def add(self, name: str, summary: str, run: Command) -> Parser:
        """A command with the options that all have; the caller adds its own."""
        parser = self._choices.add_parser(
            name, help=summary, description=summary[0].upper() + summary[1:] + "."
        )
        parser.add_argument("--json", action="store_true", help="print JSON, one object a line")
        parser.set_defaults(run_command=run)
        return parser


def positive_int(written: str) -> int:
    """A whole number above zero."""
    value = int(written)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{written} is not above zero")
    return value


def seed(written: str) -> int:
    """What a random generator may start from: a whole number of 32 bits."""
    value = int(written)
    if not 0 <= value < 2**32:
        raise argparse.ArgumentTypeError(f"{written} is not from 0 to {2**32 - 1}")
    return value


def positive_float(written: str) -> float:
    """A number above zero."""
    value = float(written)
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"{written} is no number above zero")
    return value
