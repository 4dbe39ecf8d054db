# SPDX-License-Identifier: GPL-3.0-or-later
"""The command ``selftest``: a report on a board that can be sent to somebody."""

from __future__ import annotations

import argparse

from app.capture.link import DEFAULT_BAUD
from app.cli.arguments import Commands, positive_int
from app.cli.output import Output, Result
from app.deploy.selftest import selftest_at
from app.deploy.selftest_report import report_lines


def add_commands(commands: Commands) -> None:
    """Add ``selftest``."""
    added = commands.add("selftest", "check a board, and print a report on it", run_selftest)
    added.add_argument(
        "--port", metavar="URL", required=True, help="a device, socket://HOST:PORT or rfc2217://…"
    )
    added.add_argument("--baud", type=positive_int, default=DEFAULT_BAUD, help="bits a second")
    added.add_argument(
        "--drive-pins",
        action="store_true",
        help="also put levels onto pins that no setting uses, for a moment: not where something "
        "is wired that must not move",
    )


def run_selftest(options: argparse.Namespace, output: Output) -> Result:
    """Check the board behind a port; succeeds only where everything passed."""
    report = selftest_at(
        options.port,
        options.baud,
        lambda done: output.progress(f"Checking the board {done:.0%}"),
        options.drive_pins,
    )
    told, figures = report.identity, report.figures
    return Result(
        {
            "board": told.board,
            "serial": told.serial,
            "firmware": told.firmware,
            "build": told.build,
            "clock_hz": told.clock_hz,
            "passed": report.passed,
            "round_trip_ms": figures.round_trip_ms,
            "bytes_per_s": figures.bytes_per_s,
            "clock_ppm": figures.clock_ppm,
            "jitter_us": figures.jitter_us,
            "checks": [
                {"name": str(check.name), "passed": check.passed, "found": str(check.found)}
                for check in report.checks
            ],
        },
        report_lines(report),
        ok=report.passed,
    )
