# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.capture.dialects import MAX_COLUMNS, Dialect, Reason
from app.capture.text_reader import Parsed, TextReader
from tests.helpers.shared_data import shared_path

NAN = math.nan


def read(text: str | bytes, dialect: Dialect | None = None) -> tuple[TextReader, Parsed]:
    reader = TextReader(dialect, whole=True)
    return reader, reader.feed(text if isinstance(text, bytes) else text.encode())


def rows(parsed: Parsed) -> list[list[float]]:
    return [row for block in parsed.blocks for row in block.values.tolist()]


def unread(reader: TextReader) -> dict[Reason, int]:
    return dict(reader.counts.unread)


def test_plain_columns_are_read_from_the_first_line_once_four_agree() -> None:
    reader = TextReader(whole=True)
    assert reader.feed(b"1,2\n3,4\n5,6\n").blocks == ()
    assert reader.counts.waiting == 3
    parsed = reader.feed(b"7,8\n")
    assert rows(parsed) == [[1, 2], [3, 4], [5, 6], [7, 8]]
    assert [c.name for c in parsed.blocks[0].channels] == ["value 1", "value 2"]


def test_the_first_fragment_is_no_sample() -> None:
    reader = TextReader()
    parsed = reader.feed(b"5,6\n" + b"1,2\n" * 5)
    assert rows(parsed) == [[1, 2]] * 5
    assert reader.counts.fragments == 1


def test_a_header_names_the_columns_and_its_clock_is_device_time() -> None:
    _, parsed = read("time,ax,ay\n" + "".join(f"{t},1,2\n" for t in (10, 20, 30, 40)))
    (block,) = parsed.blocks
    assert [c.name for c in block.channels] == ["ax", "ay"]
    assert block.time_us is not None
    assert block.time_us.tolist() == [10_000, 20_000, 30_000, 40_000]


def test_a_header_of_words_counts_only_before_its_columns() -> None:
    reader, parsed = read("ax ay az\n" + "1 2 3\n" * 4 + "sensor is hot\n" + "1 2 3\n")
    assert {tuple(c.name for c in b.channels) for b in parsed.blocks} == {("ax", "ay", "az")}
    assert unread(reader) == {Reason.LOG: 1}
    assert reader.counts.headers == 1


def test_a_late_header_renames_and_a_repeated_one_changes_nothing() -> None:
    _, parsed = read("1,2\n" * 5 + "a,b\n" + "3,4\n" * 2 + "a,b\n" + "5,6\n")
    assert [(b.segment, [c.name for c in b.channels], len(b.values)) for b in parsed.blocks] == [
        (0, ["value 1", "value 2"], 5),
        (1, ["a", "b"], 3),
    ]


def test_a_torn_line_costs_itself_only() -> None:
    reader, parsed = read("1,2,3\n" * 5 + "1,2\n" + "4,5,6\n" * 5)
    assert len(parsed.blocks) == 1
    assert len(rows(parsed)) == 10
    assert unread(reader) == {Reason.COLUMN_COUNT: 1}


def test_another_number_of_columns_for_good_is_a_new_segment_and_loses_nothing() -> None:
    reader, parsed = read("1,2,3\n" * 5 + "1,2\n" * 5)
    assert [(b.segment, b.values.shape) for b in parsed.blocks] == [(0, (5, 3)), (1, (5, 2))]
    assert unread(reader) == {}


def test_labels_in_turn_fill_their_own_channels() -> None:
    _, parsed = read("Temp: 1\nHum: 2\n\nTemp: 3\nHum: 4\nTemp: 5\n")
    (block,) = parsed.blocks
    assert [c.name for c in block.channels] == ["Temp", "Hum"]
    assert block.sparse
    np.testing.assert_array_equal(
        block.values, np.array([[1, NAN], [NAN, 2], [3, NAN], [NAN, 4], [5, NAN]], np.float32)
    )


def test_a_label_met_once_is_left_out_and_told() -> None:
    reader, parsed = read("a:1,b:2\n" * 5 + "Heap: 5\n" + "a:1,b:2\n" * 2 + "Heap: 6\na:3,b:4\n")
    assert unread(reader) == {Reason.NEW_LABEL: 1}
    assert [c.name for c in parsed.blocks[-1].channels] == ["a", "b", "Heap"]
    assert [block.sparse for block in parsed.blocks] == [False, True]
    assert rows(parsed)[-2] == pytest.approx([NAN, NAN, 6], nan_ok=True)
    assert rows(parsed)[-1] == pytest.approx([3, 4, NAN], nan_ok=True)


def test_teleplot_takes_a_new_variable_at_first_sight() -> None:
    reader, parsed = read(">a:1\n" * 4 + "hello\n>b:2§V\n>c:5:9\n>c:6:9\n")
    assert [(c.name, c.unit) for c in parsed.blocks[-1].channels] == [
        ("a", ""),
        ("b", "V"),
        ("c", ""),
    ]
    assert parsed.blocks[-1].time_us is not None
    assert parsed.blocks[-1].time_us.tolist() == [5000, 6000]
    assert unread(reader) == {Reason.LOG: 1}


def test_millis_wrap_and_a_restart_is_a_new_segment() -> None:
    top = 2**32
    times = [top - 20, top - 10, 0, 10, 20, 5, 15]
    _, parsed = read("ms,x\n" + "".join(f"{t},1\n" for t in times))
    first, second = parsed.blocks
    assert first.time_us is not None
    assert second.time_us is not None
    assert np.diff(first.time_us).tolist() == [10_000] * 4
    assert second.time_us.tolist() == [5_000, 15_000]
    assert first.segment != second.segment


@pytest.mark.parametrize(
    ("header", "value", "time_us"),
    [
        ("us,x", "7", 7),
        ("micros,x", "7", 7),
        ("t,x", "1.5", 1.5e6),
        ("timestamp,x", "1627551892437", 1627551892437e3),
        ("time (s),x", "3", 3e6),
        ("TIME_MS,x", "7", 7000),
    ],
)
def test_the_unit_of_the_clock(header: str, value: str, time_us: float) -> None:
    _, parsed = read(f"{header}\n" + f"{value},1\n" * 4)
    assert parsed.blocks[0].time_us is not None
    assert parsed.blocks[0].time_us.tolist() == [time_us] * 4


def test_a_sketch_flashed_meanwhile_is_read_in_its_own_dialect() -> None:
    reader, parsed = read("1,2,3\n" * 5 + "ets Jun  8 2016 00:22:57\n" + "a:1,b:2\n" * 5)
    assert [b.values.shape for b in parsed.blocks] == [(5, 3), (5, 2)]
    assert reader.layout is not None
    assert reader.layout.dialect is Dialect.LABELS
    assert unread(reader) == {Reason.BOOT: 1}


def test_a_board_that_talks_between_its_samples_is_read() -> None:
    reader, parsed = read("1,2\nHeap: 5\n" * 20)
    assert len(rows(parsed)) == 20
    assert unread(reader)[Reason.OTHER_DIALECT] > 10


def test_an_override_takes_its_dialect_at_once() -> None:
    reader, parsed = read("1,2\nRH 30 Temp 20\nRH 31 Temp 21\nstatus 0\n", Dialect.PATTERN)
    assert [c.name for c in parsed.blocks[-1].channels][-3:] == ["RH", "Temp", "status"]
    assert reader.counts.values == 4


def test_garbage_and_endless_lines_are_counted() -> None:
    reader, parsed = read(b"1,2\n" * 4 + b"\xff\x00\x81\n" + b"z" * 9000 + b"\n" + b"1,2\n")
    assert unread(reader) == {Reason.GARBAGE: 1, Reason.TOO_LONG: 1}
    assert [line.reason for line in parsed.unread] == [Reason.GARBAGE, Reason.TOO_LONG]
    assert len(rows(parsed)) == 5


def test_the_inspector_says_how_each_kind_was_read() -> None:
    reader, _ = read("a,b\n" + "1,2\n" * 7 + "hello there, you\n" + "3,4\n")
    kinds = {str(kind.how): (kind.read, kind.count, kind.example) for kind in reader.kinds}
    assert kinds["2 values by position"] == (True, 8, "3,4")
    assert kinds["a header that names the columns"] == (True, 2, "hello there, you")


# ---- properties

MIXED = st.lists(
    st.one_of(
        st.sampled_from(
            [
                b"1,2,3",
                b"4, 5,6e2",
                b"1 2 3",
                b" 7 ,8,9 ",
                b"1,2",
                b",1,2",
                b"1, ,2",
                b"nan,1,2",
                b"1e39,1e999,2",
                b"time,ax,ay",
                b"ms,x,y",
                b"a b c",
                b"a:1,b:2",
                b"c:3",
                b">q:1",
                b">q:5:1;6:2",
                b"RH 3 T 4",
                b"hello",
                b"",
                b"  ",
                b"-,-,-",
                b"I (3) boot: x",
                b"1_0,2,3",
                b"--5,1,2",
            ]
        ),
        st.binary(max_size=12),
    ),
    max_size=60,
)
ENDS = st.sampled_from([b"\n", b"\r\n", b"\r"])


def summary(parsed: list[Parsed], reader: TextReader) -> tuple[object, ...]:
    """All that a reader brought, in a form that does not depend on the chunks."""
    samples: list[object] = []
    for one in parsed:
        for block in one.blocks:
            times = [None] * len(block.values) if block.time_us is None else block.time_us.tolist()
            for time, row in zip(times, block.values.tolist(), strict=True):
                samples.append((block.segment, block.channels, repr(time), repr(row)))
    lines = [line for one in parsed for line in one.unread]
    return samples, lines, reader.counts, reader.kinds, reader.layout


def feed_in(whole: bytes, cuts: list[int]) -> tuple[object, ...]:
    reader = TextReader()
    parsed = [
        reader.feed(whole[start:stop])
        for start, stop in zip([0, *cuts], [*cuts, len(whole)], strict=True)
    ]
    return summary(parsed, reader)


@settings(max_examples=150, deadline=None)
@given(MIXED, ENDS, st.data())
def test_chunks_never_change_the_result(
    lines: list[bytes], end: bytes, data: st.DataObject
) -> None:
    whole = b"".join(line + end for line in lines)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=8)))
    assert feed_in(whole, cuts) == feed_in(whole, [])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [b"1,2,3", b" 4,5 ,6", b"7,8e3,-9", b"1e39,+5,.5", b"1, ,2", b"1 2,3,4", b"1-2,3,4"]
        ),
        min_size=10,
        max_size=40,
    )
)
def test_the_fast_way_reads_as_the_slow_one(lines: list[bytes]) -> None:
    whole = b"0,0,0\n" * 5 + b"\n".join(lines) + b"\n"
    every_line = [i + 1 for i, byte in enumerate(whole) if byte == 10]
    assert feed_in(whole, [30]) == feed_in(whole, every_line)


@settings(max_examples=150, deadline=None)
@given(MIXED, ENDS)
def test_every_line_is_accounted_for(lines: list[bytes], end: bytes) -> None:
    whole = b"".join(line + end for line in lines)
    expected = len(whole.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")) - 1
    reader = TextReader()
    parsed = reader.feed(whole)
    counts = reader.counts
    assert counts.total == expected
    assert len(parsed.unread) == counts.unread_total


@settings(deadline=None)
@given(st.lists(st.binary(max_size=300), max_size=8))
def test_no_bytes_ever_raise(chunks: list[bytes]) -> None:
    reader = TextReader()
    for chunk in chunks:
        reader.feed(chunk)


# ---- real captures


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "samples", "channels", "reasons"),
    [
        (
            "magicwand_negative_3.txt",
            2225,
            3,
            {Reason.GARBAGE: 1, Reason.DIVIDER: 1, Reason.LOG: 5},
        ),
        (
            "magicwand_negative_ccw_1.txt",
            2632,
            3,
            {Reason.GARBAGE: 596, Reason.DIVIDER: 35, Reason.LOG: 5},
        ),
    ],
)
def test_real_captures_of_columns(
    name: str, samples: int, channels: int, reasons: dict[Reason, int]
) -> None:
    reader = TextReader()
    parsed = reader.feed((shared_path("data", "serial_logs", name)).read_bytes())
    (block,) = parsed.blocks
    assert block.values.shape == (samples, channels)
    assert unread(reader) == reasons


@pytest.mark.shared_data
def test_a_real_capture_of_labels() -> None:
    reader = TextReader()
    reader.feed((shared_path("data", "serial_logs", "heating_putty.log")).read_bytes())
    kinds = {str(kind.how): kind.count for kind in reader.kinds}
    assert kinds["values with labels: RegisterTemp"] == 15
    assert kinds["values with labels: Elapsed Minutes"] == 15
    assert unread(reader)[Reason.BOOT] == 9
    assert reader.counts.total == 163


@pytest.mark.shared_data
def test_a_real_capture_of_an_esp32_that_talks() -> None:
    path: Path = shared_path("data", "serial_logs", "esp32_weather_screenlog.txt")
    reader = TextReader(Dialect.PATTERN)
    reader.feed(path.read_bytes())
    kinds = {str(kind.how): kind.count for kind in reader.kinds}
    assert kinds["numbers between words: RH, Temp, pressure"] == 6
    assert kinds["numbers between words: RH, Temp, internal"] == 4
    assert unread(reader)[Reason.BOOT] == 232


def test_a_header_that_names_two_columns_alike_gives_them_two_names() -> None:
    _, parsed = read("x,x,x\n" + "1,2,3\n" * 5)
    assert [channel.name for channel in parsed.blocks[0].channels] == ["x", "x 2", "x 3"]


@pytest.mark.parametrize("line", ["label{i}:1\n", ">label{i}:1\n"])
def test_a_board_that_never_stops_naming_things_fills_no_memory(line: str) -> None:
    reader, _ = read("".join(line.format(i=i) * 2 for i in range(2 * MAX_COLUMNS)))
    assert reader.layout is not None
    assert len(reader.layout.channels) <= MAX_COLUMNS
    assert reader.counts.values >= MAX_COLUMNS
    assert reader.counts.total == 4 * MAX_COLUMNS
