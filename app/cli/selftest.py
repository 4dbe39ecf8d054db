# SPDX-License-Identifier: GPL-3.0-or-later
"""The command ``selftest``: a report on a board that can be sent to somebody."""

from __future__ import annotations

import argparse

from app.capture.link import DEFAULT_BAUD
from app.cli.arguments import Commands, positive_int
from app.cli.output import Output, Result
from app.deploy.selftest import report_lines, selftest_at


def add_commands(commands: Commands) -> None:
    """Add ``selftest``."""
    added = commands.add("selftest", "check a board, and print a report on it", run_selftest)
    added.add_argument(
        "--port", metavar="URL", required=True, help="a device, socket://HOST:PORT or rfc2217://…"
    )
    added.add_argument("--baud", type=positive_int, default=DEFAULT_BAUD, help="bits a second")


def run_selftest(options: argparse.Namespace, output: Output) -> Result:
    """Check the board behind a port; succeeds only where everything passed."""
    report = selftest_at(
        options.port, options.baud, lambda done: output.progress(f"Checking the board {done:.0%}")
    )
    told = report.identity
    return Result(
        {
            "board": told.board,
            "serial": told.serial,
            "firmware": told.firmware,
            "build": told.build,
            "clock_hz": told.clock_hz,
            "passed": report.passed,
            "round_trip_ms": report.round_trip_ms,
            "jitter_us": report.jitter_us,
            "checks": [
                {"name": str(check.name), "passed": check.passed, "found": str(check.found)}
                for check in report.checks
            ],
        },
        report_lines(report),
        ok=report.passed,
    )
