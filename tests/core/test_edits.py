# SPDX-License-Identifier: GPL-3.0-or-later
"""Edits of a document."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core import edits
from app.core.document import ClassLabel, Document
from app.core.errors import DataError
from app.core.recording import Channel, LabelSpan, Part, RecordingInfo


def info(recording_id: str, length: int = 100) -> RecordingInfo:
    return RecordingInfo(recording_id, f"take {recording_id}", (Channel("x", "g"),), 100.0, length)


@pytest.fixture
def document() -> Document:
    return edits.add_recordings(Document("test"), [info("a"), info("b")])


def ranges(document: Document, recording_id: str = "a") -> list[tuple[int, int, str]]:
    return [(s.start, s.stop, s.label) for s in edits.spans_of(document, recording_id)]


def test_a_new_span_brings_its_class(document: Document) -> None:
    labelled = edits.add_span(document, LabelSpan("a", 10, 20, "wave"))
    assert labelled.classes == (ClassLabel("wave", 0),)
    assert document.spans == ()


def test_a_span_without_a_class_brings_none(document: Document) -> None:
    labelled = edits.add_span(document, LabelSpan("a", 10, 20, "", 2.5))
    assert labelled.classes == ()
    assert labelled.spans[0].value == 2.5


def test_a_span_is_clipped_to_its_recording(document: Document) -> None:
    assert ranges(edits.add_span(document, LabelSpan("a", 90, 900, "w"))) == [(90, 100, "w")]
    with pytest.raises(DataError, match="100 samples"):
        edits.add_span(document, LabelSpan("a", 100, 101, "w"))


@pytest.mark.parametrize(
    ("start", "stop", "expected"),
    [
        (0, 10, [(0, 10, "new"), (20, 40, "old")]),
        (10, 30, [(10, 30, "new"), (30, 40, "old")]),
        (30, 50, [(20, 30, "old"), (30, 50, "new")]),
        (25, 35, [(20, 25, "old"), (25, 35, "new"), (35, 40, "old")]),
        (10, 50, [(10, 50, "new")]),
        (40, 50, [(20, 40, "old"), (40, 50, "new")]),
    ],
)
def test_the_span_placed_last_wins(
    document: Document, start: int, stop: int, expected: list[tuple[int, int, str]]
) -> None:
    document = edits.add_span(document, LabelSpan("a", 20, 40, "old"))
    document = edits.add_span(document, LabelSpan("b", 20, 40, "old"))
    document = edits.add_span(document, LabelSpan("a", start, stop, "new"))
    assert ranges(document) == expected
    assert ranges(document, "b") == [(20, 40, "old")]


def test_moving_keeps_the_length_and_stays_inside(document: Document) -> None:
    span = LabelSpan("a", 20, 40, "w")
    document = edits.add_span(document, span)
    assert ranges(edits.move_span(document, span, 50)) == [(50, 70, "w")]
    assert ranges(edits.move_span(document, span, -7)) == [(0, 20, "w")]
    assert ranges(edits.move_span(document, span, 95)) == [(80, 100, "w")]


def test_resizing_clips_and_refuses_nothing(document: Document) -> None:
    span = LabelSpan("a", 20, 40, "w")
    document = edits.add_span(document, span)
    assert ranges(edits.resize_span(document, span, -5, 200)) == [(0, 100, "w")]
    with pytest.raises(DataError, match="at least one sample"):
        edits.resize_span(document, span, 30, 30)


def test_splitting(document: Document) -> None:
    span = LabelSpan("a", 20, 40, "w", 1.5)
    document = edits.add_span(document, span)
    cut = edits.split_span(document, span, 25)
    assert cut.spans == (LabelSpan("a", 20, 25, "w", 1.5), LabelSpan("a", 25, 40, "w", 1.5))
    for at in (20, 40, 7):
        with pytest.raises(DataError, match="cannot be cut"):
            edits.split_span(document, span, at)


def test_deleting_a_span_twice_is_an_error(document: Document) -> None:
    span = LabelSpan("a", 20, 40, "w")
    document = edits.add_span(document, span)
    deleted = edits.delete_span(document, span)
    assert deleted.spans == ()
    with pytest.raises(DataError, match="no longer there"):
        edits.delete_span(deleted, span)


def test_relabelling_and_labelling_all(document: Document) -> None:
    span = LabelSpan("a", 20, 40, "w")
    document = edits.relabel_span(edits.add_span(document, span), span, "tap")
    assert ranges(document) == [(20, 40, "tap")]
    assert ranges(edits.label_recording(document, "a", "idle")) == [(0, 100, "idle")]
    assert edits.label_recording(document, "b", "", 3.0).spans[-1].value == 3.0


def test_a_number_to_learn_is_finite(document: Document) -> None:
    with pytest.raises(DataError, match="no number"):
        edits.label_recording(document, "a", "", float("nan"))


def test_classes_take_the_lowest_unused_colour() -> None:
    document = Document("d")
    for name in ("a", "b", "c"):
        document = edits.add_class(document, name)
    assert [c.color for c in document.classes] == [0, 1, 2]
    document = edits.add_class(edits.delete_class(document, "b"), "d")
    assert document.classes[-1] == ClassLabel("d", 1)


def test_class_names_are_tidied_and_unique() -> None:
    document = edits.add_class(Document("d"), "  wave \t hand ")
    assert document.classes[0].name == "wave hand"
    with pytest.raises(DataError, match="already"):
        edits.add_class(document, "wave hand")
    for name in ("", "  ", "\x07"):
        with pytest.raises(DataError, match="visible"):
            edits.add_class(document, name)


def test_renaming_a_class_renames_its_labels(document: Document) -> None:
    document = edits.add_span(document, LabelSpan("a", 0, 5, "w"))
    document = edits.add_class(document, "tap")
    renamed = edits.rename_class(document, "w", "wave")
    assert ranges(renamed) == [(0, 5, "wave")]
    assert renamed.classes[0] == ClassLabel("wave", 0)
    assert edits.rename_class(document, "w", "w") == document
    with pytest.raises(DataError, match="Merge"):
        edits.rename_class(document, "w", "tap")
    with pytest.raises(DataError, match="no class named nope"):
        edits.rename_class(document, "nope", "x")


def test_merging_and_deleting_classes(document: Document) -> None:
    document = edits.add_span(document, LabelSpan("a", 0, 5, "w"))
    document = edits.add_span(document, LabelSpan("a", 5, 9, "tap"))
    merged = edits.merge_classes(document, "w", "tap")
    assert ranges(merged) == [(0, 5, "tap"), (5, 9, "tap")]
    assert [c.name for c in merged.classes] == ["tap"]
    with pytest.raises(DataError, match="itself"):
        edits.merge_classes(document, "w", "w")
    assert ranges(edits.delete_class(document, "w")) == [(5, 9, "tap")]


def test_recordings_come_and_go_with_their_spans(document: Document) -> None:
    document = edits.add_recordings(
        document, [info("c")], [LabelSpan("c", 5, 50, "w"), LabelSpan("c", 0, 10, "v")]
    )
    assert ranges(document, "c") == [(0, 10, "v"), (10, 50, "w")]
    assert {c.name for c in document.classes} == {"v", "w"}
    removed = edits.remove_recordings(document, ["c"])
    assert [i.id for i in removed.recordings] == ["a", "b"]
    assert removed.spans == ()
    with pytest.raises(DataError, match="already a recording"):
        edits.add_recordings(document, [info("c")])
    with pytest.raises(DataError, match="not being added"):
        edits.add_recordings(document, [info("d")], [LabelSpan("a", 0, 1, "w")])
    with pytest.raises(DataError, match="no recording with the id z"):
        edits.remove_recordings(document, ["z"])


def test_channels_are_named_with_their_units(document: Document) -> None:
    named = edits.set_channels(document, {"a"}, (Channel(" aX ", "g"),))
    assert [i.channels for i in named.recordings] == [(Channel("aX", "g"),), (Channel("x", "g"),)]
    with pytest.raises(DataError, match="take a has 1 channels"):
        edits.set_channels(document, {"a"}, (Channel("aX"), Channel("aY")))


def test_parts_and_names(document: Document) -> None:
    document = edits.set_part(document, {"b"}, Part.TEST)
    assert [i.part for i in document.recordings] == [None, Part.TEST]
    document = edits.rename_recording(document, "a", "first take")
    assert document.recordings[0] == replace(info("a"), name="first take")


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["add", "move", "resize", "split", "delete", "relabel"]),
            st.integers(0, 120),
            st.integers(0, 120),
            st.sampled_from(["u", "v", "w"]),
        ),
        max_size=25,
    )
)
def test_spans_never_overlap_and_stay_ordered(
    steps: list[tuple[str, int, int, str]],
) -> None:
    document = edits.add_recordings(Document("d"), [info("a"), info("b")])
    for kind, first, second, label in steps:
        chosen = document.spans[first % len(document.spans)] if document.spans else None
        try:
            if kind == "add" or chosen is None:
                start, stop = sorted((first, second))
                recording_id = "a" if second % 2 else "b"
                document = edits.add_span(document, LabelSpan(recording_id, start, stop + 1, label))
            elif kind == "move":
                document = edits.move_span(document, chosen, second)
            elif kind == "resize":
                document = edits.resize_span(document, chosen, first, second)
            elif kind == "split":
                document = edits.split_span(document, chosen, second)
            elif kind == "delete":
                document = edits.delete_span(document, chosen)
            else:
                document = edits.relabel_span(document, chosen, label)
        except DataError:
            continue
        assert list(document.spans) == sorted(
            document.spans, key=lambda s: (s.recording_id, s.start)
        )
        for recording_id in ("a", "b"):
            spans = edits.spans_of(document, recording_id)
            assert all(0 <= s.start < s.stop <= 100 for s in spans)
            pairs = pairwise(spans)
            assert all(left.stop <= right.start for left, right in pairs)
        assert {s.label for s in document.spans} <= {c.name for c in document.classes}
