# SPDX-License-Identifier: GPL-3.0-or-later
"""Windows along an axis."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.deploy.compiler.geometry import lies_in_one_piece, slide
from app.deploy.compiler.graph import Padding

places = st.integers(1, 12)


@given(places, places, places, places)
def test_valid_windows_stay_inside_and_no_more_would_fit(size, kernel, stride, dilation):
    axis = slide(size, kernel, stride, dilation, Padding.VALID)
    if axis.extent > size:
        assert axis.out < 1
        return
    assert not axis.leaves_image
    assert axis.out * stride + axis.extent > size


@given(places, places, places, places)
def test_same_divides_by_the_stride_and_pads_evenly(size, kernel, stride, dilation):
    axis = slide(size, kernel, stride, dilation, Padding.SAME)
    assert axis.out == -(-size // stride)
    behind = (axis.out - 1) * stride + axis.extent - size - axis.pad
    assert behind in (axis.pad, axis.pad + 1) or (axis.pad == 0 and behind < 0)
    assert axis.leaves_image == (axis.pad > 0 or behind > 0)


def test_what_lies_in_one_piece():
    one, three, spread = (slide(8, k, 1, d, Padding.VALID) for k, d in ((1, 1), (3, 1), (3, 2)))
    whole = slide(8, 8, 1, 1, Padding.VALID)
    assert lies_in_one_piece(one, three)
    assert lies_in_one_piece(three, whole)
    assert not lies_in_one_piece(three, three)
    assert not lies_in_one_piece(one, spread)
    assert not lies_in_one_piece(spread, whole)
