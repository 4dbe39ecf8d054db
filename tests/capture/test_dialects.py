# SPDX-License-Identifier: GPL-3.0-or-later
"""How single lines read. Every row of the Arduino IDE 2.x table is here, read sensibly."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.capture.dialects import TELEPLOT_TIME, Dialect, Header, Reading, Reason, read_line

NAN = math.nan


def values_of(line: str) -> tuple[float, ...]:
    reading = read_line(line)
    assert isinstance(reading, tuple), reading
    assert len(reading) == 1
    return reading[0].values


def named(line: str, dialect: Dialect) -> dict[str, float]:
    reading = read_line(line)
    assert isinstance(reading, tuple), reading
    assert reading[0].dialect is dialect
    return {c.name: v for c, v in zip(reading[0].channels, reading[0].values, strict=True)}


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("1", (1,)),
        ("1 2 3", (1, 2, 3)),
        ("1,2,3", (1, 2, 3)),
        ("1, 2,  3", (1, 2, 3)),
        ("1\t2\t3", (1, 2, 3)),
        ("1;2;3", (1, 2, 3)),
        ("1,2,3;", (1, 2, 3)),
        ("1,2,", (1, 2)),
        ("1,\t2,\t3", (1, 2, 3)),
        (",1,2", (NAN, 1, 2)),
        ("1,,3", (1, NAN, 3)),
        ("1,5;2,5", (1.5, 2.5)),
        ("1,5\t2\t3,5", (1.5, 2, 3.5)),
        ("1,2,3;4,5,6", (1, 2, 3, 4, 5, 6)),
        ("(1, 2.5)", (1, 2.5)),
        ("[1, 2.5]", (1, 2.5)),
        ("12abc", (12,)),
        ("12f", (12,)),
        ("0x1F", (31,)),
        ("nan", (NAN,)),
        ("NaN,Infinity,-inf,ovf", (NAN, NAN, NAN, NAN)),
        ("1e3 +5 .5 -7.", (1000, 5, 0.5, -7)),
        ("1e999,2", (NAN, 2)),
        ("1e39,2", (NAN, 2)),
        ("1,idle,3", (1, NAN, 3)),
        ("-0.12,-6.20,7.90", (-0.12, -6.2, 7.9)),
    ],
)
def test_columns(line: str, values: tuple[float, ...]) -> None:
    assert values_of(line) == pytest.approx(values, nan_ok=True)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a:1,b:2", {"a": 1, "b": 2}),
        ("a:1 b:2", {"a": 1, "b": 2}),
        ("a: 1, b: 2", {"a": 1, "b": 2}),
        ("a: 1 b: 2", {"a": 1, "b": 2}),
        ("a = 1; b = 2,5", {"a": 1, "b": 2.5}),
        ("a:1\tmy b:2", {"a": 1, "my b": 2}),
        ("a:1,2,3", {"a": 1, "a 2": 2, "a 3": 3}),
        ("My Temp:5", {"My Temp": 5}),
        ("accX:1.0m/s2", {"accX": 1}),
        ("x=5", {"x": 5}),
        ("Temp: 5 C Hum: 40 %", {"Temp": 5, "Hum": 40}),
        ("RegisterTemp:  66.00", {"RegisterTemp": 66}),
        ("Elapsed Minutes (min): 1.00", {"Elapsed Minutes": 1}),
        ("state:on,b:2", {"b": 2}),
        ('{"ax": 1.0, "ay": 2}', {"ax": 1, "ay": 2}),
        ("ax1:5,ax2:6", {"ax1": 5, "ax2": 6}),
    ],
)
def test_labels(line: str, expected: dict[str, float]) -> None:
    assert named(line, Dialect.LABELS) == expected


def test_units_are_kept() -> None:
    reading = read_line("acc:1.0m/s2,temp (°C): 21,Outside Temp: 86.31°F")
    assert isinstance(reading, tuple)
    assert [c.unit for c in reading[0].channels] == ["m/s2", "°C", "°F"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("RH 31.3 Temp 22.2 , pressure 100844.8", {"RH": 31.3, "Temp": 22.2, "pressure": 100844.8}),
        ("temp 524176,5241", {"temp": 524176, "temp 2": 5241}),
        ("Light is 12 and sound is -3.5 now", {"Light is": 12, "and sound is": -3.5}),
    ],
)
def test_numbers_between_words(line: str, expected: dict[str, float]) -> None:
    assert named(line, Dialect.PATTERN) == expected


def test_teleplot() -> None:
    def read(line: str) -> list[tuple[tuple[float, ...], list[tuple[str, str]]]]:
        readings = read_line(line)
        assert isinstance(readings, tuple), readings
        assert all(reading.dialect is Dialect.TELEPLOT for reading in readings)
        return [(r.values, [(c.name, c.unit) for c in r.channels]) for r in readings]

    time = (TELEPLOT_TIME.name, "ms")
    assert read(">temp:21.5§°C") == [((21.5,), [("temp", "°C")])]
    assert read(">temp,chart1:21.5|np") == [((21.5,), [("temp", "")])]
    assert read(">acc:1627551892437:0.98") == [((1627551892437, 0.98), [time, ("acc", "")])]
    assert read(">a:1:2;3:4") == [((1, 2), [time, ("a", "")]), ((3, 4), [time, ("a", "")])]
    assert read(">path:1:2|xy") == [((1, 2), [("path x", ""), ("path y", "")])]
    assert read(">path:1:2:9|xy") == [((1, 2, 9), [("path x", ""), ("path y", ""), time])]
    assert read_line(">state:on|t") is Reason.LOG
    assert read_line(">state:on") is Reason.LOG
    assert read_line("> hello") is Reason.LOG


@pytest.mark.parametrize(
    ("line", "names", "certain"),
    [
        ("time,ax,ay", ["time", "ax", "ay"], True),
        ("Temperature,Pressure", ["Temperature", "Pressure"], True),
        ("sensor 1;sensor 2", ["sensor 1", "sensor 2"], True),
        ("ax ay az", ["ax", "ay", "az"], False),
        ("temp", ["temp"], False),
    ],
)
def test_headers(line: str, names: list[str], certain: bool) -> None:
    header = read_line(line)
    assert isinstance(header, Header)
    assert [channel.name for channel in header.channels] == names
    assert header.certain is certain


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("rst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)", Reason.BOOT),
        ("ets Jun  8 2016 00:22:57", Reason.BOOT),
        ("I (29) boot: Espressif ESP32 2nd stage bootloader v. V0.1", Reason.BOOT),
        ("load:0x3fff0030,len:1344", Reason.BOOT),
        ("-,-,-", Reason.DIVIDER),
        ("Local IP: 10.0.0.13", Reason.LOG),
        ("STA MAC: 3C:E9:0E:84:EE:80", Reason.LOG),
        ("12:30:11", Reason.LOG),
        ("Starting ...", Reason.LOG),
        ("mode : sta (24:0a:c4:00:c8:b0)", Reason.LOG),
    ],
)
def test_what_is_not_data(line: str, reason: Reason) -> None:
    assert read_line(line) is reason


def test_an_override_reads_one_dialect_only() -> None:
    assert isinstance(read_line("a:1,b:2", Dialect.LABELS), tuple)
    assert read_line("a:1,b:2", Dialect.COLUMNS) is Reason.LOG
    assert read_line("1,2", Dialect.TELEPLOT) is Reason.LOG


LINE = st.text(
    st.sampled_from(list('0123456789.,;:=>|§+-eEnaxyz \t()[]{}"°%_/é')), min_size=1, max_size=60
).filter(lambda line: bool(line.strip()))


@given(LINE)
def test_any_line_reads_without_a_number_made_up(line: str) -> None:
    reading = read_line(line.strip())
    if isinstance(reading, tuple):
        for one in reading:
            assert isinstance(one, Reading)
            assert len(one.values) == len(one.channels) > 0
            assert len({c.name for c in one.channels} - {""}) in (0, len(one.channels))
            assert not any(math.isinf(value) for value in one.values)


@pytest.mark.parametrize("character", ["1", " ", "a", ":", "-", ",", "(", "a:", "1 ", "a "])
def test_a_long_line_costs_time_in_proportion(character: str) -> None:
    """A pattern that backtracks would take minutes on this, and the test would time out."""
    read_line((character * 200_000).strip() + "!")
