# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from app.core.common_grid import common_rate, same_rate
from app.core.errors import DataError
from app.core.training import WindowConfig
from app.core.windows import default_windowing, window_count, windowing_from_ms
from tests.helpers.memory_source import MemorySource


def chosen(source: MemorySource, rate_hz: float) -> WindowConfig:
    document = source.document
    return default_windowing(document.recordings, document.spans, rate_hz)


def test_short_takes_of_one_length_are_taken_whole():
    source = MemorySource()
    for label in ("circle", "punch"):
        source.add(label, 119, rate_hz=119.0)
        source.add(label, 119, rate_hz=119.0)
    assert chosen(source, 119.0) == WindowConfig(119, 119)


def test_takes_nearly_alike_are_taken_as_far_as_the_shortest_goes():
    source = MemorySource()
    for length in (47, 50, 48):
        source.add("wave", length, rate_hz=50.0)
    assert chosen(source, 50.0) == WindowConfig(47, 47)


def test_long_takes_are_cut_into_two_seconds_with_half_overlap():
    source = MemorySource()
    source.add("idle", 6000)
    source.add("shake", 3000)
    assert chosen(source, 100.0) == WindowConfig(200, 100)


def test_long_takes_of_one_length_are_not_taken_whole():
    source = MemorySource()
    source.add("idle", 6000)
    source.add("shake", 6000)
    assert chosen(source, 100.0) == WindowConfig(200, 100)


def test_short_takes_that_differ_get_windows_that_most_of_them_hold():
    source = MemorySource()
    for length in (100, 150, 160, 300):
        source.add("wave", length)
    assert chosen(source, 100.0) == WindowConfig(115, 57)


def test_recordings_without_a_label_do_not_decide():
    source = MemorySource()
    source.add("wave", 119, rate_hz=119.0)
    source.add(None, 90_000, rate_hz=119.0)
    assert chosen(source, 119.0) == WindowConfig(119, 119)


def test_windows_are_counted_in_the_common_rate():
    source = MemorySource()
    source.add("idle", 6000, rate_hz=200.0)
    assert chosen(source, 50.0) == WindowConfig(100, 50)


def test_a_slow_sensor_gets_windows_worth_looking_at():
    source = MemorySource()
    source.add("coffee", 3600, rate_hz=1.0)
    assert chosen(source, 1.0) == WindowConfig(8, 4)


def test_rows_of_a_table_make_windows_of_one():
    source = MemorySource()
    source.add(None, 4, spans=[(row, row + 1, "ab"[row % 2]) for row in range(4)])
    assert chosen(source, 100.0) == WindowConfig(1, 1)


@pytest.mark.parametrize(
    ("samples", "length", "stride", "count"),
    [
        (119, 119, 119, 1),
        (118, 119, 119, 0),
        (0, 1, 1, 0),
        (1000, 200, 100, 9),
        (1099, 200, 100, 9),
    ],
)
def test_only_whole_windows_count(samples, length, stride, count):
    assert window_count(samples, WindowConfig(length, stride)) == count


def test_times_become_samples():
    assert windowing_from_ms(2000, 500, 119.0) == WindowConfig(238, 60)
    assert windowing_from_ms(2000, None, 100.0) == WindowConfig(200, 100)
    assert windowing_from_ms(0.1, None, 100.0) == WindowConfig(1, 1)
    with pytest.raises(DataError, match="longer than 0 ms"):
        windowing_from_ms(0, None, 100.0)
    with pytest.raises(DataError, match="longer than 0 ms"):
        windowing_from_ms(100, -1, 100.0)


def test_the_common_rate_is_the_one_most_time_was_recorded_at():
    source = MemorySource()
    source.add("a", 100, rate_hz=50.0)
    source.add("a", 100, rate_hz=50.0)
    source.add("a", 1000, rate_hz=100.0)
    source.add("a", 100, rate_hz=104.0)
    assert common_rate(source.document.recordings) == 100.0
    assert same_rate(99.4, 100.0)
    assert not same_rate(98.5, 100.0)
