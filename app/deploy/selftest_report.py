# SPDX-License-Identifier: GPL-3.0-or-later
"""What a check of a board has found, as a text to be sent to whoever helps."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from datetime import datetime

import serial

from app.capture.discovery import DiscoveredPort
from app.capture.messages import Identity
from app.core.text import Text
from app.core.version import studio_version


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked, and what was found."""

    name: Text
    passed: bool
    found: Text


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured from outside.

    ``round_trip_ms`` is the median; ``bytes_per_s`` what the link carries one way, ``None`` where
    it is too fast to be told; ``clock_ppm`` how much faster the board's clock goes than the
    computer's; ``jitter_us`` how far a sample was at most from its place on an even grid, by the
    board's clock, ``None`` where nothing streamed.
    """

    round_trip_ms: float
    bytes_per_s: float | None
    clock_ppm: float
    jitter_us: float | None


@dataclass(frozen=True, slots=True)
class SelftestReport:
    """All that was found on the board behind ``port``, whose link went at ``baud``."""

    begun: datetime
    port: DiscoveredPort
    baud: int
    identity: Identity
    checks: tuple[Check, ...]
    figures: Figures

    @property
    def passed(self) -> bool:
        return all(check.passed for check in self.checks)


def report_lines(report: SelftestReport) -> list[str]:
    """The report in English, whatever the studio speaks: who helps must be able to read it."""
    told = report.identity
    python = f"Python {platform.python_version()}, pyserial {serial.VERSION}"
    return [
        f"Tinywright {studio_version()}, check of a board, {report.begun:%Y-%m-%d %H:%M}",
        f"Computer  {platform.platform()}, {python}",
        f"Port      {', '.join(_port(report))}",
        f"Board     {told.board}, {told.clock_hz / 1e6:g} MHz, serial {told.serial or 'unknown'}",
        f"Firmware  {' '.join(part for part in (told.firmware, told.build) if part)}, "
        f"protocol {told.protocol}",
        f"Memory    {told.program_capacity} bytes for a program, {told.arena_capacity} to compute",
        *(
            f"{'PASS' if check.passed else 'FAIL'}      {check.name}: {check.found}"
            for check in report.checks
        ),
        "All passed." if report.passed else "Not all passed.",
    ]


def _port(report: SelftestReport) -> list[str]:
    port, parts = report.port, [f"{report.port.url} at {report.baud} baud"]
    if port.description:
        parts.append(port.description)
    if port.usb is not None:
        parts.append(f"USB {port.usb.vendor:04X}:{port.usb.product:04X}")
    if port.serial_number:
        parts.append(f"serial {port.serial_number}")
    return parts
