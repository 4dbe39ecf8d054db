# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks a board from outside and lets it check itself.

From outside come the link (echoes: losses, round trips, bytes a second), the board's clock against
this computer's, and a short stream (losses, and how steady the board's clock finds its own
samples); from inside whatever the firmware's SELFTEST has items for.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.capture.client import BoardClient, SampleBlock, board_at
from app.capture.discovery import DiscoveredPort, list_ports
from app.capture.frames import Frame, encode_frame
from app.capture.link import DEFAULT_BAUD
from app.capture.messages import Flag, SelftestAnswer, SensorChannel
from app.core.errors import BoardError
from app.core.text import Text, text
from app.deploy.selftest_report import Check, Figures, SelftestReport

ECHOES = 50
SMALL_BYTES = 16
LARGE_ECHOES = 6
"""Of the longest frames: four seconds at 115,200 baud."""
LEAST_OF_BAUD = 0.5
"""So much of what its baud can carry a link must carry; bridges wait between their packets."""
BITS_A_BYTE = 10
STREAM_S = 2.0
"""Also the least time over which the clocks are compared."""
STREAM_RATE_HZ = 100.0
MOST_CHANNELS = 6
MOST_JITTER = 0.5
"""Of a sample's time: a sample that is further off lies nearer to its neighbour's place."""
MOST_PPM = 1000.0
"""No crystal is so bad, and it is a tenth of what a network's rate may be off."""
PARTS = 3
"""Link, stream with clock, and the board's own items."""

OWN_ITEMS: Mapping[str, Text] = {
    "clock": text("Own clock"),
    "restart": text("Restarts"),
    "link": text("Receiver"),
    "bus": text("Sensor bus"),
    "calibration": text("Calibration"),
    "sampling": text("Sampling"),
    "sensors": text("Sensors"),
    "pins": text("Pins"),
    "analogue": text("Analogue pins"),
    "flash": text("Flash"),
    "engine": text("Engine"),
    "model": text("Model"),
}
"""What the firmware's items are called; one that a newer firmware brings keeps its own name."""


def selftest_at(
    port: str,
    baud: int = DEFAULT_BAUD,
    progress: Callable[[float], None] = lambda _: None,
    drive_pins: bool = False,
) -> SelftestReport:
    """Open ``port``, check the board behind it, close it; see :func:`selftest`."""
    with board_at(port, baud) as client:
        return selftest(client, progress, drive_pins)


def selftest(
    client: BoardClient,
    progress: Callable[[float], None] = lambda _: None,
    drive_pins: bool = False,
) -> SelftestReport:
    """Check the board that ``client`` talks to; takes some ten seconds, ``progress`` gets 0 to 1.
    With ``drive_pins`` the board puts levels onto its free pins for a moment.

    Streams and runs that are under way end. Raises ``PortError``, ``BoardError`` and
    ``ProtocolError`` where the board cannot even be asked; what fails a check is in the report.
    """
    begun = datetime.now().astimezone()
    identity = client.connect()
    client.stop_run()
    client.stop_stream()
    link, first = _check_link(client)
    speed, bytes_per_s = _check_speed(client, first, client.speed)
    progress(1 / PARTS)
    stream, jitter_us = _check_stream(client)
    clock, clock_ppm = _check_clock(first, _echoes(client))
    progress(2 / PARTS)
    own = tuple(_own_checks(client, drive_pins)) if identity.flags & Flag.SELFTEST else ()
    progress(1.0)
    figures = Figures(first.median_ms, bytes_per_s, clock_ppm, jitter_us)
    checks = (link, speed, clock, *stream, *own)
    return SelftestReport(begun, _described(client.url), client.speed, identity, checks, figures)


def _described(url: str) -> DiscoveredPort:
    found = next((port for port in list_ports() if port.url == url), None)
    return DiscoveredPort(url, "") if found is None else found


# --- link and clock


@dataclass(frozen=True, slots=True)
class _Echo:
    """When it was sent and when it came, by this computer's clock; the board's time between."""

    sent_s: float
    came_s: float
    board_s: float

    @property
    def took_s(self) -> float:
        return self.came_s - self.sent_s

    @property
    def middle_s(self) -> float:
        return (self.sent_s + self.came_s) / 2


@dataclass(frozen=True, slots=True)
class _Echoes:
    """Echoes in a row."""

    all: tuple[_Echo, ...]

    @property
    def quickest(self) -> _Echo:
        return min(self.all, key=lambda echo: echo.took_s)

    @property
    def median_ms(self) -> float:
        return 1e3 * statistics.median(echo.took_s for echo in self.all)

    @property
    def worst_ms(self) -> float:
        return 1e3 * max(echo.took_s for echo in self.all)


def _echo(client: BoardClient, data: bytes) -> _Echo:
    sent_s = time.perf_counter()
    board_us = client.echo(data)
    return _Echo(sent_s, time.perf_counter(), board_us / 1e6)


def _echoes(client: BoardClient) -> _Echoes:
    return _Echoes(tuple(_echo(client, bytes([n]) * SMALL_BYTES) for n in range(ECHOES)))


def _check_link(client: BoardClient) -> tuple[Check, _Echoes]:
    damaged, repeated = client.damaged, client.repeated
    echoes = _echoes(client)
    damaged, lost = client.damaged - damaged, client.repeated - repeated
    found = text(
        "{count} echoes, {lost} lost, {damaged} frames damaged, {median:.1f} ms in the middle, "
        "{worst:.1f} ms at worst",
        count=ECHOES,
        lost=lost,
        damaged=damaged,
        median=echoes.median_ms,
        worst=echoes.worst_ms,
    )
    return Check(text("Link"), damaged == lost == 0, found), echoes


def _check_speed(client: BoardClient, small: _Echoes, baud: int) -> tuple[Check, float | None]:
    """The bytes a second of what long frames take longer than short ones, there and back."""
    large = client.most_echoed
    pattern = bytes(n % 251 for n in range(large))
    damaged, repeated = client.damaged, client.repeated
    times_s = [_echo(client, pattern).took_s for _ in range(LARGE_ECHOES)]
    lost = client.damaged - damaged + client.repeated - repeated
    longer_s = statistics.median(times_s) - small.median_ms / 1e3
    more_bytes = 2 * (_wire_bytes(large) - _wire_bytes(SMALL_BYTES))
    rate = more_bytes / longer_s if longer_s > 0 else None
    carried = baud / BITS_A_BYTE
    found = text(
        "{rate} bytes/s with frames of {size} bytes, {lost} lost; {baud} baud carry {carried:.0f}",
        rate="?" if rate is None else f"{rate:.0f}",
        size=large,
        lost=lost,
        baud=baud,
        carried=carried,
    )
    enough = rate is None or rate >= LEAST_OF_BAUD * carried
    return Check(text("Speed"), enough and lost == 0, found), rate


def _wire_bytes(data_bytes: int) -> int:
    return len(encode_frame(Frame(0, 0, bytes(data_bytes))))


def _check_clock(first: _Echoes, last: _Echoes) -> tuple[Check, float]:
    """Of each row the quickest echo tells best what the board's clock was."""
    begin, end = first.quickest, last.quickest
    passed_s = end.middle_s - begin.middle_s
    ppm = ((end.board_s - begin.board_s) / passed_s - 1) * 1e6
    unsure_ppm = (begin.took_s + end.took_s) / 2 / passed_s * 1e6
    found = text(
        "{ppm:+.0f} ppm against the computer's over {seconds:.1f} s, within {unsure:.0f}",
        ppm=ppm,
        seconds=passed_s,
        unsure=unsure_ppm,
    )
    return Check(text("Clock"), abs(ppm) <= MOST_PPM + unsure_ppm, found), ppm


# --- stream


def _check_stream(client: BoardClient) -> tuple[tuple[Check, ...], float | None]:
    chosen, rate_hz = _what_to_stream(client.sensors())
    if not chosen:
        time.sleep(STREAM_S)
        return (), None
    blocks: list[SampleBlock] = []
    try:
        rate_hz = client.start_stream(rate_hz, chosen, blocks.append)
    except BoardError as error:
        time.sleep(STREAM_S)
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


# --- what the board tests itself


def _own_checks(client: BoardClient, drive_pins: bool) -> list[Check]:
    return [_own_check(item) for item in client.selftest(drive_pins)]


def _own_check(item: SelftestAnswer) -> Check:
    name = OWN_ITEMS.get(item.name, text("{name}", name=item.name))
    return Check(name, bool(item.passed), text("{found}", found=item.text))
