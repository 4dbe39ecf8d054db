# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.capture.lines import MAX_LINE_BYTES, LineSplitter, clean


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_lines_end_at_any_terminator(end: bytes) -> None:
    splitter = LineSplitter(whole=True)
    assert splitter.feed(b"a" + end + b"b" + end + b"c") == [b"a", b"b"]
    assert splitter.feed(end) == [b"c"]


def test_a_terminator_cut_in_two_ends_one_line() -> None:
    splitter = LineSplitter(whole=True)
    assert splitter.feed(b"a\r") == [b"a"]
    assert splitter.feed(b"\nb\n") == [b"b"]


def test_the_first_fragment_is_dropped_and_counted() -> None:
    splitter = LineSplitter()
    assert splitter.feed(b"ragment\nwhole\n") == [b"whole"]
    assert splitter.fragments == 1
    splitter.feed(b"unfini")
    splitter.restart()
    assert splitter.feed(b"ished\nnext\n") == [b"next"]
    assert splitter.fragments == 2


def test_a_line_without_end_is_cut_and_holds_no_memory() -> None:
    splitter = LineSplitter(whole=True)
    for _ in range(10):
        assert splitter.feed(bytes(b"x" * 1000)) == []
    (line,) = splitter.feed(b"\n")
    assert len(line) == MAX_LINE_BYTES + 1


@given(st.lists(st.sampled_from([b"\r", b"\n", b"a", b"b" * 5000, b",1"]), max_size=30), st.data())
def test_chunks_never_matter(pieces: list[bytes], data: st.DataObject) -> None:
    whole = b"".join(pieces)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=10)))
    splitter = LineSplitter()
    lines: list[bytes] = []
    for start, stop in zip([0, *cuts], [*cuts, len(whole)], strict=True):
        lines += splitter.feed(whole[start:stop])
    assert lines == LineSplitter().feed(whole)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b" 1,2 ", "1,2"),
        (b"\x1b[0;32mI (19) boot: x\x1b[0m", "I (19) boot: x"),
        (b"\x1b[?1049h\x1b[!p\x1b(B\x1b=1,2", "1,2"),
        (b"\x1b]0;title\x071", "1"),
        ("21 °C".encode(), "21 °C"),
        (b"21 \xb0C", "21 °C"),
        (b"1\x082", None),
        (b"\xff\xfe1", None),
        (b"", ""),
    ],
)
def test_colours_are_removed_and_garbage_is_known(raw: bytes, text: str | None) -> None:
    assert clean(raw) == text
