# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np

from app.core.data_checks import check_classes, check_cut, check_repeats, check_sessions
from app.core.recording import Channel, Part, RecordingInfo

CLASSES = ("idle", "wave", "tap")


def classes(training: list[int], test: list[int]) -> list[str]:
    counts = {
        Part.TRAINING: np.array(training),
        Part.VALIDATION: np.zeros(3, np.int64),
        Part.TEST: np.array(test),
    }
    return [str(each) for each in check_classes(CLASSES, counts)]


def test_balanced_classes_need_no_word():
    assert classes([60, 60, 50], [20, 20, 15]) == []


def test_a_class_only_the_test_part_has():
    [warning] = classes([60, 60, 0], [20, 20, 5])
    assert "test part has windows of tap, which training has none of" in warning


def test_a_class_without_any_window():
    [warning] = classes([60, 60, 0], [20, 20, 0])
    assert "No window shows tap" in warning


def test_a_class_the_test_part_lacks():
    [warning] = classes([60, 60, 60], [20, 20, 0])
    assert "test part has no window of tap" in warning


def test_one_class_drowning_another():
    [warning] = classes([400, 60, 50], [20, 20, 20])
    assert "400 windows of idle and 50 of tap" in warning


def test_a_class_with_hardly_a_window():
    [warning] = classes([9, 12, 12], [3, 3, 3])
    assert "fewer than 10 windows of idle" in warning


def test_cut_recordings():
    assert check_cut(CLASSES, ()) == []
    assert "show idle, tap: each was cut" in str(check_cut(CLASSES, (0, 2))[0])
    assert "There are fewer than 5 recordings" in str(check_cut((), (0,))[0])


def repeats(windows: np.ndarray, training: list[int], test: list[int]) -> list[str]:
    def gather(indices, offsets):
        return windows[indices][:, offsets]

    found = check_repeats(gather, windows.shape[1], np.array(training), np.array(test))
    return [str(each) for each in found]


def test_windows_that_occur_in_training_and_test_are_counted():
    windows = np.random.default_rng(1).normal(size=(40, 30, 3)).astype(np.float32)
    windows[35] = windows[2]
    windows[36] = windows[2]
    assert repeats(windows, list(range(30)), list(range(30, 35))) == []
    [warning] = repeats(windows, list(range(30)), list(range(30, 40)))
    assert "2 of 10 test windows also occur in training" in warning


def test_windows_that_differ_between_the_probes_are_not_the_same():
    windows = np.zeros((2, 30, 3), np.float32)
    windows[1, 13, 1] = 1.0
    assert repeats(windows, [0], [1]) == []


def test_an_empty_part_repeats_nothing():
    windows = np.zeros((4, 5, 1), np.float32)
    assert repeats(windows, [], [0, 1]) == []
    assert repeats(windows, [0, 1], []) == []


def sessions(plan: str, *, given: bool = False, known: bool = True) -> list[str]:
    """One recording a letter, a minute apart; the letter is its class."""
    infos = [
        RecordingInfo(
            str(at), str(at), (Channel("a"),), 100.0, 100,
            started_at=f"2025-01-01T10:{at:02}:00Z" if known else "",
        )
        for at in range(len(plan))
    ]  # fmt: skip
    return [str(each) for each in check_sessions(infos, list(plan), given=given)]


def test_classes_recorded_one_after_the_other_are_named():
    assert "recorded in one go" in sessions("aaabbbccc")[0]
    assert sessions("abcabcabc") == []
    assert sessions("aaabbbccca") == []


def test_nothing_is_said_of_sessions_where_they_are_unknown_or_taken_care_of():
    assert sessions("aaabbb", given=True) == []
    assert sessions("aaabbb", known=False) == []
    assert sessions("aaa") == []
    assert sessions("ab") == []
