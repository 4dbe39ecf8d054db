# SPDX-License-Identifier: GPL-3.0-or-later
"""What a pointer or a key takes hold of among label spans, and where it takes it. No widgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from app.core.recording import LabelSpan


class Grip(Enum):
    """The part of a span that is held."""

    START = "start"
    STOP = "stop"
    BODY = "body"


def span_at(spans: Sequence[LabelSpan], sample: int) -> LabelSpan | None:
    """The span that covers ``sample``."""
    return next((span for span in spans if span.start <= sample < span.stop), None)


def grip_at(spans: Sequence[LabelSpan], at: float, reach: float) -> tuple[LabelSpan | None, Grip]:
    """What is at sample ``at``: the nearest end within ``reach`` samples, else a body, else none.

    ``spans`` are those of one recording, by start. Where two touch, the side of their common end
    that ``at`` lies on tells them apart. A span narrower than three times ``reach`` keeps a body.
    """
    best, found, grip = reach, None, Grip.BODY
    for span in spans:
        if span.start > at + reach:
            break
        mine = min(reach, (span.stop - span.start) / 3) if span.start <= at < span.stop else reach
        ends = (
            (Grip.START, abs(at - span.start), at >= span.start),
            (Grip.STOP, abs(at - span.stop), at < span.stop),
        )
        for kind, distance, inside in ends:
            if distance <= mine and (distance, not inside) < (best, found is not None):
                best, found, grip = distance, span, kind
    if found is not None:
        return found, grip
    return span_at(spans, int(at)), Grip.BODY


def dragged(span: LabelSpan, grip: Grip, by: int, length: int) -> LabelSpan:
    """``span`` with what ``grip`` holds moved ``by`` samples, within a recording of ``length``.

    An end stops one sample short of the other.
    """
    match grip:
        case Grip.BODY:
            extent = span.stop - span.start
            start = max(0, min(span.start + by, length - extent))
            return replace(span, start=start, stop=start + extent)
        case Grip.START:
            return replace(span, start=max(0, min(span.start + by, span.stop - 1)))
        case Grip.STOP:
            return replace(span, stop=min(length, max(span.stop + by, span.start + 1)))


def span_name(span: LabelSpan) -> str:
    """A label as it is shown: its class, its number, or both."""
    if span.value is None:
        return span.label
    return f"{span.label} {span.value:g}".strip()
