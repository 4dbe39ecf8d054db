# SPDX-License-Identifier: GPL-3.0-or-later
"""Delimited text to tables."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.csv_table import Table, read_tables
from app.core.errors import DataError

NAN = np.nan


def read(data: str | bytes) -> list[Table]:
    return read_tables(data.encode() if isinstance(data, str) else data, "f.csv")[0]


def only(data: str | bytes) -> Table:
    (table,) = read(data)
    return table


@pytest.mark.parametrize(
    "data",
    [
        "a,b\n1,2\n3,4.5\n",
        "a,b\r\n1,2\r\n3,4.5",
        "a,b\r1,2\r3,4.5\r",
        "a,b\r\n1,2\n3,4.5\r",
        "a,b\r\r\n1,2\r\r\n3,4.5\r\r\n",
        "\ufeffa;b\n1;2\n3;4,5\n",
        "a;b\n1;2\n3;4.5\n",
        "a\tb\n1\t2\n3\t4,5\n",
        "a b\n1 2\n  3   4.5 \n",
        "a, b\n1, 2\n3, 4.5\n",
        "a,b,\n1,2,\n3,4.5,\n",
        "a,b\n1,2,\n3,4.5,\n",
        '"a","b"\n"1","2"\n"3","4.5"\n',
        "# made by hand\na,b\n# first\n1,2\n#\n3,4.5\n",
        "\n\n,,\na,b\n1,2\n3,4.5\n\n\n",
        "a,b\n1e0,+2\n3.,4.50\n",
        "a,b\n1,2\n3,4.5\n".encode("utf-16"),
    ],
)
def test_the_many_ways_to_write_the_same(data: str | bytes) -> None:
    table = only(data)
    assert tuple(name for name in table.names if name) == ("a", "b")
    np.testing.assert_array_equal(table.values[:, :2], [[1, 2], [3, 4.5]])
    assert np.isnan(table.values[:, 2:]).all()
    assert table.texts == {}


def test_no_header() -> None:
    table = only("0.047363, 0.246094\n-0.06, 0.157227\n")
    assert table.names == ("", "")
    assert table.values.tolist() == [[0.047363, 0.246094], [-0.06, 0.157227]]


@pytest.mark.parametrize("data", ["5\n6\n", "temp\n5\n6\n", "My Temp\n5\n6\n"])
def test_one_column(data: str) -> None:
    assert only(data).values.tolist() == [[5], [6]]


@pytest.mark.parametrize("between", ["\n", "\n \n\n", ",,\n", "-,-\n", "a,b\n", "\na,b\n"])
def test_several_tables_in_one_file(between: str) -> None:
    first, second = read(f"a,b\n1,2\n3,4\n{between}5,6\n")
    assert first.values.tolist() == [[1, 2], [3, 4]]
    assert second.values.tolist() == [[5, 6]]
    assert second.names == ("a", "b")


def test_a_later_header_changes_the_columns() -> None:
    first, second = read("a,b\n1,2\n\nx,y,z\n1,2,3\n")
    assert (first.names, second.names) == (("a", "b"), ("x", "y", "z"))
    assert second.first_line == 5


def test_a_preamble_is_no_table() -> None:
    table = only("Recorded by Hand\n\na,b\n1,2\n3,4\n")
    assert table.names == ("a", "b")


@pytest.mark.parametrize("gap", ["", "nan", "NaN", " ", "inf", "-Infinity", "NA", "null"])
def test_a_gap_is_a_gap(gap: str) -> None:
    table = only(f"a,b\n1,{gap}\n3,4\n")
    np.testing.assert_array_equal(table.values, [[1, NAN], [3, 4]])


def test_text_columns_keep_their_text() -> None:
    table = only("a,label,b\n1, wave ,2\n3,7,4\n")
    assert table.texts == {1: ["wave", "7"]}
    np.testing.assert_array_equal(table.values[:, [0, 2]], [[1, 2], [3, 4]])


def test_a_headerless_label_is_no_header() -> None:
    table = only("1,2,wave\n3,4,tap\n")
    assert table.names == ("", "", "")
    assert table.texts == {2: ["wave", "tap"]}


def test_a_header_may_hold_numbers() -> None:
    assert only("time,1,2\n0,5,6\n1,7,8\n").names == ("time", "1", "2")


def test_columns_may_be_declared_text() -> None:
    (table,), _ = read_tables(b"a,label\n1,0\n2,1\n", "f", lambda name: name == "label")
    assert table.texts == {1: ["0", "1"]}


@pytest.mark.parametrize(
    ("data", "line", "why"),
    [
        ("a,b\n1,2\n3,x\n4,5\n", 3, "'x' in column b is no number"),
        ("1,2\n3,1_000\n", 2, "'1_000' in column 2"),
        ("a,b\n1,2\n\n5,6\n7\n8,9\n", 5, "has 1 values where there should be 2"),
        ("a,b,c\n1,2\n3,4\n", 2, "has 2 values where there should be 3"),
        ("a,b\n1,2\n3,4,5\n", 3, "has 3 values"),
        ('a\n1\n"' + "x" * 200_000 + '"\n', 3, "xxxx"),
        ("1;2\n1,5;1,2,3\n", 2, "'1,2,3'"),
    ],
)
def test_errors_name_file_and_line(data: str, line: int, why: str) -> None:
    with pytest.raises(DataError) as caught:
        read(data)
    assert f"f.csv, line {line}, cannot be read." in str(caught.value)
    assert why in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"a,b\n", b"# only\n", b"\0\0\0\0"])
def test_files_without_values(data: bytes) -> None:
    with pytest.raises(DataError, match=r"f\.csv"):
        read(data)


def test_a_torn_last_line_is_left_out_and_said() -> None:
    (table,), left_out = read_tables(b"a,b\n1,2\n3,4\n5", "f.csv")
    assert table.values.tolist() == [[1, 2], [3, 4]]
    assert "breaks off" in str(left_out)


def test_korean_excel_writes_cp949() -> None:
    assert only("온도,습도\n1,2\n".encode("cp949")).names == ("온도", "습도")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3), min_size=1, max_size=8),
    st.sampled_from([",", ";", "\t", " "]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
    st.booleans(),
)
def test_what_is_written_is_read(
    rows: list[list[float]], delimiter: str, ending: str, header: bool, gaps: bool
) -> None:
    lines = [delimiter.join(repr(value) for value in row) for row in rows]
    if header:
        lines.insert(0, delimiter.join("abc"))
    if gaps:
        lines.append(delimiter.join(["1", "nan", "2"]))
        rows = [*rows, [1, NAN, 2]]
    table = only(ending.join(lines) + ending)
    np.testing.assert_array_equal(table.values, rows)
    assert table.names == (tuple("abc") if header else ("", "", ""))


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet='12,;. \t\nabc#"-\r', max_size=60))
def test_any_text_is_a_table_or_an_error(content: str) -> None:
    try:
        tables, _ = read_tables(content.encode(), "f.csv")
    except DataError:
        return
    for table in tables:
        assert table.values.shape[1] == len(table.names)
        assert all(len(words) == len(table.values) for words in table.texts.values())
        assert len(table.values) > 0


@pytest.mark.parametrize("quoted", ["{}", '"{}"'])  # read at once, and cell by cell
def test_a_number_too_large_for_a_float32_is_a_gap(quoted: str) -> None:
    cells = [quoted.format(cell) for cell in ("1e39", "-1e300", "3.4e38")]
    values = only("a,b,c\n" + ",".join(cells) + "\n1,2,3\n").values
    np.testing.assert_array_equal(values, [[NAN, NAN, 3.4e38], [1, 2, 3]])
