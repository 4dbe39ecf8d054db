# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.recording import Part
from app.core.split import (
    FEWEST_RECORDINGS,
    OUT,
    TEST,
    TRAINING,
    VALIDATION,
    Split,
    Windows,
    split_windows,
)

USUAL = (0.6, 0.2, 0.2)


def windows(recordings: list[list[tuple[int, int]]], length: int = 20, stride: int = 10) -> Windows:
    """Each recording as runs of ``(class, windows)``, one after the other in time."""
    strata, groups, starts = [], [], []
    for group, runs in enumerate(recordings):
        at = 0
        for stratum, count in runs:
            for _ in range(count):
                strata.append(stratum)
                groups.append(group)
                starts.append(at)
                at += stride
    return Windows(np.array(strata), np.array(groups), np.array(starts), length)


def split(each: Windows, given_parts=None, fractions=USUAL, seed=1) -> Split:
    groups = int(each.groups.max()) + 1
    return split_windows(each, given_parts or [None] * groups, fractions, seed)


def parts_of_groups(each: Windows, result: Split) -> dict[int, set[int]]:
    return {
        int(group): set(result.codes[each.groups == group].tolist())
        for group in np.unique(each.groups)
    }


def share_a_sample(each: Windows, result: Split) -> bool:
    for group in np.unique(each.groups):
        inside = (each.groups == group) & (result.codes != OUT)
        starts, codes = each.starts[inside], result.codes[inside]
        near = np.abs(starts[:, None] - starts[None, :]) < each.length
        if (near & (codes[:, None] != codes[None, :])).any():
            return True
    return False


def test_takes_of_one_length_are_divided_60_20_20_in_each_class():
    each = windows([[(0, 1)]] * 50 + [[(1, 1)]] * 10 + [[(2, 1)]] * 5)
    result = split(each)
    table = [
        [int(((each.strata == stratum) & (result.codes == part)).sum()) for part in range(3)]
        for stratum in range(3)
    ]
    assert table == [[30, 10, 10], [6, 2, 2], [3, 1, 1]]
    assert result.cut == ()


def test_takes_of_many_lengths_come_close_to_60_20_20():
    random = np.random.default_rng(3)
    each = windows([[(index % 3, int(random.integers(1, 60)))] for index in range(60)])
    result = split(each)
    for stratum in range(3):
        mine = result.codes[each.strata == stratum]
        shares = [(mine == part).mean() for part in range(3)]
        np.testing.assert_allclose(shares, USUAL, atol=0.04)


def test_recordings_with_all_classes_stay_whole():
    each = windows([[(0, 10), (1, 5), (2, 3)]] * 10)
    result = split(each)
    assert all(len(parts) == 1 for parts in parts_of_groups(each, result).values())
    assert [int((result.codes == part).sum()) for part in range(3)] == [108, 36, 36]


def test_the_seed_decides_and_repeats():
    each = windows([[(index % 2, 4)] for index in range(40)])
    first, again, other = split(each, seed=1), split(each, seed=1), split(each, seed=2)
    assert (first.codes == again.codes).all()
    assert (first.codes != other.codes).any()


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_recording_straddles_and_no_sample_serves_two_parts(data):
    runs = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 30)), min_size=1, max_size=3)
    each = windows(
        data.draw(st.lists(runs, min_size=1, max_size=14)),
        length=data.draw(st.integers(1, 40)),
        stride=data.draw(st.integers(1, 20)),
    )
    result = split(each, seed=data.draw(st.integers(0, 5)))
    assert not share_a_sample(each, result)
    counts = np.array(
        [np.bincount(each.strata[each.groups == g], minlength=4) for g in np.unique(each.groups)]
    )
    enough = (counts > 0).sum(axis=0) >= FEWEST_RECORDINGS
    for group, parts in parts_of_groups(each, result).items():
        if enough[counts[group].argmax()]:
            assert len(parts) == 1
            assert OUT not in parts


def test_one_long_take_a_class_is_cut_into_blocks_with_a_gap_of_one_window():
    each = windows([[(0, 50)], [(1, 50)]])
    result = split(each)
    assert result.cut == (0, 1)
    for group in range(2):
        codes = result.codes[each.groups == group]
        starts = each.starts[each.groups == group]
        changes = [codes[0], *codes[1:][np.diff(codes) != 0]]
        assert changes == [TRAINING, OUT, VALIDATION, OUT, TEST]
        for before, after in ((TRAINING, VALIDATION), (VALIDATION, TEST)):
            gap = starts[codes == after].min() - (starts[codes == before].max() + each.length)
            assert gap == each.length
        assert [int((codes == part).sum()) for part in range(3)] == [26, 9, 9]


def test_a_short_take_is_cut_without_a_gap_and_a_shorter_one_trains():
    assert split(windows([[(0, 7)]])).codes.tolist() == [
        TRAINING, TRAINING, TRAINING, OUT, VALIDATION, OUT, TEST,
    ]  # fmt: skip
    assert split(windows([[(0, 2)]])).codes.tolist() == [TRAINING, TRAINING]


def test_classes_cut_out_of_one_session_share_no_sample():
    each = windows([[(0, 30), (1, 30), (0, 30)]], length=40, stride=10)
    result = split(each)
    assert not share_a_sample(each, result)
    for part in range(3):
        assert set(each.strata[result.codes == part].tolist()) == {0, 1}


def test_a_given_split_is_kept():
    each = windows([[(index % 2, 3)] for index in range(12)])
    given_parts = [Part.TRAINING] * 6 + [Part.VALIDATION] * 3 + [Part.TEST] * 3
    result = split(each, given_parts)
    assert result.codes.tolist() == [TRAINING] * 18 + [VALIDATION] * 9 + [TEST] * 9
    assert result.cut == ()


def test_validation_comes_out_of_training_where_only_a_test_part_is_given():
    each = windows([[(index % 2, 1)] for index in range(60)])
    given_parts = [Part.TRAINING] * 40 + [Part.TEST] * 20
    codes = split(each, given_parts).codes
    assert (codes[40:] == TEST).all()
    assert [int((codes[:40] == part).sum()) for part in range(3)] == [30, 10, 0]


def test_recordings_without_a_part_join_the_ones_that_train():
    each = windows([[(0, 1)] for _ in range(20)])
    codes = split(each, [Part.TEST] * 4 + [None] * 16).codes
    assert (codes[:4] == TEST).all()
    assert [int((codes[4:] == part).sum()) for part in range(3)] == [12, 4, 0]
    codes = split(each, [Part.TEST] * 2 + [Part.VALIDATION] * 2 + [None] * 16).codes
    assert (codes[4:] == TRAINING).all()


def test_recordings_without_a_part_make_the_test_part_nobody_gave():
    each = windows([[(0, 1)] for _ in range(20)])
    codes = split(each, [Part.TRAINING] * 10 + [None] * 10).codes
    assert (codes[:10] == TRAINING).all()
    assert [int((codes[10:] == part).sum()) for part in range(3)] == [6, 2, 2]


def test_all_given_to_training_leaves_no_test_part():
    each = windows([[(0, 1)] for _ in range(20)])
    codes = split(each, [Part.TRAINING] * 20).codes
    assert [int((codes == part).sum()) for part in range(3)] == [15, 5, 0]


def test_a_fraction_of_nothing_gives_nothing():
    each = windows([[(0, 1)] for _ in range(20)] + [[(1, 50)]])
    codes = split(each, fractions=(0.8, 0.0, 0.2)).codes
    assert not (codes == VALIDATION).any()
    assert int((codes[:20] == TEST).sum()) == 4
