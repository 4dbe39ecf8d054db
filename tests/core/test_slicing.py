# SPDX-License-Identifier: GPL-3.0-or-later
from dataclasses import replace

import pytest

from app.core.dataset import build_dataset
from app.core.document import ClassLabel, Document
from app.core.recording import Channel, LabelSpan, RecordingInfo
from app.core.slicing import ClassTotals, class_totals, slice_recording
from app.core.training import DataConfig, Task, WindowConfig
from tests.helpers.small_projects import project, recording

ONE = RecordingInfo("one", "One", (Channel("ax", "g"),), 10.0, 100)
DOCUMENT = Document(
    "p",
    classes=(ClassLabel("idle", 0), ClassLabel("shake", 1)),
    recordings=(ONE,),
    spans=(LabelSpan("one", 0, 40, "idle"), LabelSpan("one", 40, 80, "shake")),
    data=DataConfig(windowing=WindowConfig(20, 10), min_overlap=0.5),
)


def test_each_window_says_its_label_or_why_it_has_none():
    sliced = slice_recording(DOCUMENT, "one")
    assert [sliced.label(window) for window in range(len(sliced))] == [
        "idle", "idle", "idle", None, "shake", "shake", "shake", "shake", None,
    ]  # fmt: skip
    assert sliced.ambiguous(3)  # from 3 s to 5 s: idle to 4 s, shake from there
    assert not sliced.ambiguous(8)
    assert sliced.start_s(3) == pytest.approx(3.0)
    assert sliced.length_s == pytest.approx(2.0)


def test_more_overlap_leaves_more_windows_out():
    strict = replace(DOCUMENT, data=replace(DOCUMENT.data, min_overlap=1.0))
    sliced = slice_recording(strict, "one")
    assert sum(sliced.label(window) is not None for window in range(len(sliced))) == 6


def test_totals_count_spans_time_and_windows():
    assert class_totals(DOCUMENT) == {
        "idle": ClassTotals(1, 4.0, 3),
        "shake": ClassTotals(1, 4.0, 4),
    }


def test_a_class_without_labels_and_a_number_without_class_are_counted():
    spans = (LabelSpan("one", 0, 50, "", 3.5),)
    document = replace(DOCUMENT, spans=spans)
    totals = class_totals(document)
    assert totals["idle"] == ClassTotals()
    assert totals[""] == ClassTotals(1, 5.0, 5)
    assert class_totals(Document("empty")) == {}


def test_windows_agree_with_the_data_set_also_at_another_rate(tmp_path):
    made = project(
        tmp_path / "p",
        recording("slow", 400, 50.0, spans=((0, 200, "idle"), (200, 400, "shake"))),
        recording("fast", 3000, 100.0, spans=((0, 1400, "idle"), (1500, 3000, "shake"))),
    )
    dataset = build_dataset(made)
    totals = class_totals(made.document)
    assert {name: total.windows for name, total in totals.items()} == {
        name: int((dataset.targets == place).sum()) for place, name in enumerate(dataset.classes)
    }


def test_for_regression_the_number_counts_and_a_label_without_one_does_not():
    spans = (
        LabelSpan("one", 0, 40, "idle", 1.0),
        LabelSpan("one", 40, 60, "idle", 2.0),
        LabelSpan("one", 60, 100, "shake"),
    )
    document = replace(DOCUMENT, spans=spans, task=Task.REGRESSION)
    sliced = slice_recording(document, "one")
    labels = [sliced.label(window) for window in range(len(sliced))]
    assert labels == ["idle", "idle", "idle", None, "idle", "idle", None, None, None]
    assert sliced.ambiguous(3)  # two numbers claim it
    assert class_totals(document)["idle"] == ClassTotals(2, 6.0, 5)
    assert class_totals(document)["shake"] == ClassTotals(1, 4.0, 0)
