# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line: parse, run one command, print its result, answer with an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from app.cli import (
    board_commands,
    data_commands,
    demo,
    infer,
    model_commands,
    program_commands,
    selftest,
    settings,
)
from app.cli.arguments import Command, Commands, Parser
from app.cli.output import Output
from app.core.errors import TinywrightError
from app.core.own_process import program_name
from app.core.version import studio_version


def parser() -> Parser:
    """The whole command line; each command sets ``run`` to its function."""
    top = Parser(
        prog=program_name(),
        description="Teach a microcontroller to recognise what its sensors feel. "
        "Without a command, the studio's window opens.",
    )
    top.add_argument("--version", action="version", version=f"Tinywright {studio_version()}")
    commands = Commands(top)
    groups = (
        demo,
        data_commands,
        model_commands,
        board_commands,
        settings,
        selftest,
        program_commands,
        infer,
    )
    for group in groups:
        group.add_commands(commands)
    return top


def main(arguments: Sequence[str]) -> int:
    """Run one command. 0 only on success; 1 on an error, said on one line of stderr;
    2 on a command line that makes no sense; 130 when interrupted."""
    options = parser().parse_args(arguments)
    run: Command = options.run_command
    output = Output(as_json=options.json)
    try:
        result = run(options, output)
        if result is not None:
            output.result(result)
    except BrokenPipeError:
        # The reader of our output went away (`| head`); there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (TinywrightError, OSError) as error:
        output.line(f"{options.command}: {error}")
        return 1
    except KeyboardInterrupt:
        output.line(f"{options.command}: stopped by you.")
        return 130
    return 0 if result is None or result.ok else 1
