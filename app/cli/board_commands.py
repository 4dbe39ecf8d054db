# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands that talk to a board: ``ports``, ``flash``, ``verify``, ``monitor``, ``simulate``."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.capture.discovery import DiscoveredPort, list_ports
from app.capture.link import DEFAULT_BAUD
from app.cli import monitor
from app.cli.arguments import Commands, positive_float, positive_int
from app.cli.output import JsonValue, Output, Result
from app.cli.work import add_project, add_run, chosen_run, do, in_words, scores
from app.core.board import BOARDS
from app.core.errors import DeployError
from app.core.own_process import program_name
from app.core.text import text
from app.deploy import virtual_process
from app.deploy.compiler.targets import TARGETS
from app.jobs.messages import FlashRequest, FlashResult, VerifyRequest, VerifyResult
from app.jobs.run_data import RunFiles, program_of
from app.jobs.runner import JobRunner


def add_commands(commands: Commands) -> None:
    """Add ``ports``, ``flash``, ``verify``, ``monitor`` and ``simulate``."""
    commands.add("ports", "list serial ports and the boards at them", run_ports)

    flash = commands.add("flash", "send a converted run to a board", run_flash)
    add_project(flash)
    flash.add_argument("--board", choices=sorted(BOARDS), required=True, help="what it is")
    _add_port(flash)
    add_run(flash)
    flash.add_argument(
        "--replace", action="store_true", help="replace a sketch of yours that is on the board"
    )

    verify = commands.add("verify", "replay the test part on the board, compare bytes", run_verify)
    add_project(verify)
    _add_port(verify)
    add_run(verify)
    verify.add_argument("--limit", metavar="N", type=positive_int, help="at most so many windows")

    monitored = commands.add("monitor", "print what a board sends until Ctrl-C", run_monitor)
    _add_port(monitored)
    monitored.add_argument("--baud", type=positive_int, default=DEFAULT_BAUD, help="bits a second")
    monitored.add_argument("--seconds", metavar="S", type=positive_float, help="end after so long")
    monitored.add_argument(
        "--run", action="store_true", help="let the board run its network, and print its answers"
    )

    simulate = commands.add("simulate", "be a simulated board until Ctrl-C", run_simulate)
    virtual_process.add_arguments(simulate)


def _add_port(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", metavar="URL", required=True, help="a device, socket://HOST:PORT or rfc2217://…"
    )


def run_ports(_options: argparse.Namespace, _output: Output) -> Result:
    """List the ports; boards that are certain come first."""
    ports = list_ports()
    lines = [_port_line(port) for port in ports]
    return Result(
        {"ports": [_port_data(port) for port in ports]},
        lines or [f"No serial port. A simulated board: {program_name()} simulate"],
    )


def run_flash(options: argparse.Namespace, output: Output) -> Result:
    """Send a run's board program to a board."""
    folder: Path = options.project
    run = chosen_run(folder, options.run)
    target = TARGETS[BOARDS[options.board].target]
    program_of(folder, run, target)
    program = RunFiles.of(folder, run.id).program(target)
    with JobRunner() as runner:
        request = FlashRequest(options.board, options.port, str(program), options.replace)
        result = do(runner, request, FlashResult, output)
    said = "The board already had" if result.was_there else "The board has"
    return Result(
        {
            "run": run.id,
            "board": options.board,
            "port": result.port,
            "program_crc": result.program_crc,
            "was_there": result.was_there,
            "seconds": result.seconds,
        },
        [f"{said} run {run.id} ({result.seconds:.1f} s)."],
    )


def run_verify(options: argparse.Namespace, output: Output) -> Result:
    """Replay the held-out windows on the board; fails where one byte differs."""
    run = chosen_run(options.project, options.run)
    request = VerifyRequest(str(options.project), run.id, options.port, options.limit)
    with JobRunner() as runner:
        result = do(runner, request, VerifyResult, output)
    check = result.board
    same = check.agreement == 1.0
    if not same:
        output.line(
            f"The board and this computer differ on {1 - check.agreement:.2%} of the windows; "
            "flash the board again, and report this if it stays."
        )
    return Result(
        {
            "run": run.id,
            "board": check.board_id,
            "windows": check.evaluation.windows,
            "agreement": check.agreement,
            "median_us": check.median_us,
            "board_scores": scores(check.evaluation),
            "int8": scores(result.int8_scores),
        },
        [
            f"{check.evaluation.windows} windows on the board: {check.agreement:.2%} give the "
            "same bytes as int8 on this computer.",
            f"board  {in_words(check.evaluation)}, median {check.median_us:.0f} µs a window",
            f"int8   {in_words(result.int8_scores)}",
        ],
        ok=same,
    )


def run_monitor(options: argparse.Namespace, output: Output) -> None:
    """Print samples, lines and answers as they come."""
    monitor.watch(options.port, options.baud, output, options.seconds, answers=options.run)


def run_simulate(options: argparse.Namespace, _output: Output) -> None:
    """Be a simulated board; the first line printed is its port."""
    if virtual_process.run(virtual_process.options_of(options)):
        raise DeployError(
            text("The simulated board has died."), text("A fault that was asked for ended it.")
        )


def _port_line(port: DiscoveredPort) -> str:
    board = ""
    if port.board is not None:
        board = f"  {port.board.name}" if port.certain else f"  perhaps {port.board.name}"
    return f"{port.url}  {port.description}{board}".rstrip()


def _port_data(port: DiscoveredPort) -> dict[str, JsonValue]:
    return {
        "url": port.url,
        "description": port.description,
        "board": None if port.board is None else port.board.id,
        "certain": port.certain,
        "serial_number": port.serial_number,
    }
