# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a pointer takes hold of label spans, and where it may take them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.recording import LabelSpan
from app.gui.widgets.span_gestures import Grip, dragged, grip_at, span_at, span_name

IDLE = LabelSpan("r", 100, 200, "idle")
SHAKE = LabelSpan("r", 200, 300, "shake")
TAP = LabelSpan("r", 400, 403, "tap")
SPANS = (IDLE, SHAKE, TAP)


@pytest.mark.parametrize(
    ("at", "span", "grip"),
    [
        (50, None, Grip.BODY),
        (95, IDLE, Grip.START),
        (100, IDLE, Grip.START),
        (109, IDLE, Grip.START),
        (111, IDLE, Grip.BODY),
        (150, IDLE, Grip.BODY),
        (199, IDLE, Grip.STOP),
        (200, SHAKE, Grip.START),
        (201, SHAKE, Grip.START),
        (305, SHAKE, Grip.STOP),
        (311, None, Grip.BODY),
        (401.5, TAP, Grip.BODY),  # narrower than the reach, it still has a body
        (395, TAP, Grip.START),
        (408, TAP, Grip.STOP),
    ],
)
def test_the_nearest_end_within_reach_is_held_else_the_body(at, span, grip):
    assert grip_at(SPANS, at, reach=10) == (span, grip)


def test_span_at_includes_the_first_sample_and_not_the_last():
    assert span_at(SPANS, 200) is SHAKE
    assert span_at(SPANS, 300) is None


@given(
    start=st.integers(0, 98),
    extent=st.integers(1, 100),
    grip=st.sampled_from(Grip),
    by=st.integers(-300, 300),
)
def test_what_is_dragged_stays_a_span_of_its_recording(start, extent, grip, by):
    length = 100
    span = LabelSpan("r", start, min(start + extent, length), "idle")
    moved = dragged(span, grip, by, length)
    assert 0 <= moved.start < moved.stop <= length
    if grip is Grip.BODY:
        assert moved.stop - moved.start == span.stop - span.start
    elif grip is Grip.START:
        assert moved.stop == span.stop
    else:
        assert moved.start == span.start
    if 0 <= span.start + by < span.stop + by <= length and grip is Grip.BODY:
        assert moved.start == span.start + by


def test_a_label_is_named_by_class_number_or_both():
    assert span_name(IDLE) == "idle"
    assert span_name(LabelSpan("r", 0, 1, "", 2.5)) == "2.5"
    assert span_name(LabelSpan("r", 0, 1, "hot", 30.0)) == "hot 30"
