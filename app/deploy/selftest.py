# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks a board from outside and lets it check itself; the report is made to be sent to somebody.

From outside come the link (round trips), and a short stream (losses, and how steady the board's
clock finds its own samples); from inside whatever the firmware's SELFTEST has items for.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.capture.client import BoardClient, SampleBlock, board_at
from app.capture.link import DEFAULT_BAUD
from app.capture.messages import Flag, Identity, SensorChannel
from app.core.errors import BoardError
from app.core.text import Text, text

ROUND_TRIPS = 20
STREAM_S = 2.0
STREAM_RATE_HZ = 100.0
MOST_CHANNELS = 6
MOST_JITTER = 0.5
"""Of a sample's time: a sample that is further off lies nearer to its neighbour's place."""
PARTS = 3
"""Link, stream, and the board's own items."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked, and what was found."""

    name: Text
    passed: bool
    found: Text


@dataclass(frozen=True, slots=True)
class SelftestReport:
    """All that was found. ``round_trip_ms`` is the median; ``jitter_us`` how far a sample was at
    most from its place on an even grid, by the board's clock, ``None`` where nothing streamed."""

    identity: Identity
    checks: tuple[Check, ...]
    round_trip_ms: float
    jitter_us: float | None

    @property
    def passed(self) -> bool:
        return all(check.passed for check in self.checks)


def selftest_at(
    port: str,
    baud: int = DEFAULT_BAUD,
    progress: Callable[[float], None] = lambda _: None,
) -> SelftestReport:
    """Open ``port``, check the board behind it, close it; see :func:`selftest`."""
    with board_at(port, baud) as client:
        return selftest(client, progress)


def selftest(
    client: BoardClient, progress: Callable[[float], None] = lambda _: None
) -> SelftestReport:
    """Check the board that ``client`` talks to; takes a few seconds, ``progress`` gets 0 to 1.

    Streams and runs that are under way end. Raises ``PortError``, ``BoardError`` and
    ``ProtocolError`` where the board cannot even be asked; what fails a check is in the report.
    """
    identity = client.connect()
    client.stop_run()
    client.stop_stream()
    link, round_trip_ms = _check_link(client)
    progress(1 / PARTS)
    stream, jitter_us = _check_stream(client)
    progress(2 / PARTS)
    own = tuple(_own_checks(client)) if identity.flags & Flag.SELFTEST else ()
    progress(1.0)
    return SelftestReport(identity, (link, *stream, *own), round_trip_ms, jitter_us)


def report_lines(report: SelftestReport) -> list[str]:
    """The report in English, whatever the studio speaks: who helps must be able to read it."""
    told = report.identity
    return [
        f"Board     {told.board}, {told.clock_hz / 1e6:g} MHz, serial {told.serial or 'unknown'}",
        f"Firmware  {' '.join(part for part in (told.firmware, told.build) if part)}",
        f"Memory    {told.program_capacity} bytes for a program, {told.arena_capacity} to compute",
        *(
            f"{'passed' if check.passed else 'FAILED'}    {check.name}: {check.found}"
            for check in report.checks
        ),
        "All passed." if report.passed else "Not all passed.",
    ]


def _check_link(client: BoardClient) -> tuple[Check, float]:
    damaged, times_ms = client.damaged, list[float]()
    for _ in range(ROUND_TRIPS):
        start_s = time.perf_counter()
        client.sensors()
        times_ms.append((time.perf_counter() - start_s) * 1e3)
    median_ms, lost = statistics.median(times_ms), client.damaged - damaged
    found = text(
        "{count} round trips, {median:.1f} ms in the middle, {worst:.1f} ms at worst, "
        "{damaged} frames damaged",
        count=ROUND_TRIPS,
        median=median_ms,
        worst=max(times_ms),
        damaged=lost,
    )
    return Check(text("Link"), lost == 0, found), median_ms


def _check_stream(client: BoardClient) -> tuple[tuple[Check, ...], float | None]:
    chosen, rate_hz = _what_to_stream(client.sensors())
    if not chosen:
        return (), None
    blocks: list[SampleBlock] = []
    try:
        rate_hz = client.start_stream(rate_hz, chosen, blocks.append)
    except BoardError as error:
        return (Check(text("Stream"), False, error.why or error.what),), None
    try:
        time.sleep(STREAM_S)
    finally:
        client.stop_stream()
    samples = sum(len(block.samples) for block in blocks)
    lost = sum(block.lost for block in blocks)
    jitter_us = _jitter_us(blocks, rate_hz)
    found = text(
        "{samples} samples at {rate:g} Hz, {lost} lost, at most {jitter:.0f} µs off their time",
        samples=samples,
        rate=rate_hz,
        lost=lost,
        jitter=jitter_us,
    )
    steady = samples > 0 and lost == 0 and jitter_us <= MOST_JITTER * 1e6 / rate_hz
    return (Check(text("Stream"), steady, found),), jitter_us


def _what_to_stream(sensors: Sequence[SensorChannel]) -> tuple[list[int], float]:
    """The first channels of one part, and a rate that it can do."""
    if not sensors:
        return [], 0.0
    part = [index for index, each in enumerate(sensors) if each.sensor == sensors[0].sensor]
    chosen = part[:MOST_CHANNELS]
    least = max(sensors[index].min_rate_mhz for index in chosen) / 1000
    most = min(sensors[index].max_rate_mhz for index in chosen) / 1000
    return chosen, min(max(STREAM_RATE_HZ, least), most)


def _jitter_us(blocks: Sequence[SampleBlock], rate_hz: float) -> float:
    """How far the samples whose times were told lie from an even grid through their middle."""
    if not blocks:
        return 0.0
    off_us = [block.time_us - block.sequence * 1e6 / rate_hz for block in blocks]
    middle_us = statistics.median(off_us)
    return max(abs(each - middle_us) for each in off_us)


def _own_checks(client: BoardClient) -> list[Check]:
    return [
        Check(
            text("The board's own test {number}", number=item.item + 1),
            bool(item.passed),
            text("{found}", found=item.text),
        )
        for item in client.selftest()
    ]
