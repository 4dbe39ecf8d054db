# SPDX-License-Identifier: GPL-3.0-or-later
"""Windows over samples that come in pieces, and the lines that tell of answers."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.deploy.virtual_run import SlidingWindows, score_line


@given(
    st.integers(1, 12), st.integers(1, 20), st.lists(st.integers(0, 30), min_size=1, max_size=12)
)
def test_windows_are_those_of_the_whole_signal(window: int, stride: int, pieces: list[int]) -> None:
    signal = np.arange(2 * sum(pieces), dtype=np.float32).reshape(-1, 2)
    sliding = SlidingWindows(window, stride, 2)
    found = []
    first = 0
    for piece in pieces:
        found += sliding.push(first, signal[first : first + piece])
        first += piece
    starts = range(0, len(signal) - window + 1, stride)
    assert [due.sequence for due in found] == [*range(len(starts))]
    for start, due in zip(starts, found, strict=True):
        assert due.last_sample == start + window - 1
        np.testing.assert_array_equal(due.samples, signal[start : start + window])


def test_a_gap_tears_no_window_and_is_counted() -> None:
    signal = np.arange(100, dtype=np.float32)[:, np.newaxis]
    sliding = SlidingWindows(window=4, stride=2, channels=1)
    assert [due.sequence for due in sliding.push(0, signal[:7])] == [0, 1]
    after = [*sliding.push(57, signal[57:62])]
    assert [due.last_sample for due in after] == [60]
    assert after[0].sequence == 2 + 50 // 2
    np.testing.assert_array_equal(after[0].samples, signal[57:61])


def test_scores_are_a_line_that_plotters_read() -> None:
    line = score_line((("idle", 0.996094), ("to the: left", 0.0), ("값", 1e-05)))
    assert line.decode() == "idle:0.9961,to_the__left:0,값:1e-05\r\n"
