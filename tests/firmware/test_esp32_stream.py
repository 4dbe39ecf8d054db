# SPDX-License-Identifier: GPL-3.0-or-later
"""What an ESP32 promises while its model runs, on a clock of its own
(``firmware/tests/esp32_stream.c``): the same on every computer, however busy."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from app.core.board_settings import BoardSettings
from app.core.recording import Channel
from tests.helpers.golden_programs import bench_program

TOUCH_PINS = (2, 4, 12, 13, 14, 15)
TOUCH = tuple(Channel(f"touch{pin}") for pin in TOUCH_PINS)
MOTION = (*(Channel(f"a{axis}", "g") for axis in "xyz"), *(Channel(f"g{axis}") for axis in "xyz"))
SECONDS = 5
ANSWER_LIMIT_US = 50_000


def streamed(
    sanitised: Path,
    folder: Path,
    channels: tuple[Channel, ...],
    mhz: int,
    baud: int,
    rate_hz: float,
    slower: int = 1,
) -> dict[str, int]:
    """Six channels at ``rate_hz`` beside M3, ten windows a second, asking all the time."""
    program, settings = folder / "program", folder / "settings"
    stride = round(rate_hz / 10)
    program.write_bytes(bench_program("M3", "esp32", channels, rate_hz).to_bytes())
    settings.write_bytes(BoardSettings(touch_pins=TOUCH_PINS).to_bytes())
    part = int(channels is MOTION)
    numbers = (mhz, baud, round(rate_hz * 1000), part, stride, SECONDS, slower)
    done = subprocess.run(
        [sanitised / "esp32_stream", program, settings, *map(str, numbers)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *told, sampling = done.stdout.splitlines()
    assert "samples" in sampling
    return {name: int(number) for name, number in (line.split() for line in told)}


@pytest.mark.parametrize("mhz", [40, 240])
@pytest.mark.parametrize(
    ("channels", "baud", "rate_hz"),
    [
        (TOUCH, 115_200, 338.0),
        (TOUCH, 921_600, 1000.0),
        (TOUCH, 2_000_000, 1000.0),
        (MOTION, 921_600, 500.0),
    ],
    ids=["touch-115200", "touch-921600", "touch-2000000", "motion-921600"],
)
def test_nothing_is_lost_and_all_is_answered_in_time(
    sanitised, tmp_path, channels, mhz, baud, rate_hz
):
    told = streamed(sanitised, tmp_path, channels, mhz, baud, rate_hz)
    assert told["clock_hz"] == mhz * 1_000_000
    assert told["rate_mhz"] == rate_hz * 1000
    assert told["samples"] + told["lost_samples"] > 0.98 * SECONDS * rate_hz
    assert told["results"] >= 10 * SECONDS - 4
    assert told["answers"] > 20 * SECONDS
    assert told["lost_samples"] == told["lost_windows"] == told["lost_bytes"] == 0
    assert told["slowest_answer_us"] < ANSWER_LIMIT_US


def test_a_chip_that_is_too_slow_would_be_seen(sanitised, tmp_path):
    told = streamed(sanitised, tmp_path, TOUCH, 40, 921_600, 1000.0, slower=10)
    assert told["lost_samples"] > 0
