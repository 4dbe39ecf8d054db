# SPDX-License-Identifier: GPL-3.0-or-later
"""The label spans of one recording over its signal: what is selected, and what is done to it.

``span_hand.py`` turns mouse and keys into calls of :class:`SpanEditor`; buttons call it as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from app.core import edits
from app.core.document import Document
from app.core.errors import DataError
from app.core.recording import LabelSpan, RecordingInfo
from app.core.text import Text, text
from app.gui.i18n import tr
from app.gui.theme import Theme
from app.gui.widgets.signal_lanes import time_text
from app.gui.widgets.signal_plot import SignalPlot
from app.gui.widgets.span_gestures import Grip, span_at, span_name
from app.gui.widgets.span_layer import PlotSpan

_NO_CLASS = 7
"""The palette's neutral: labels that are a number alone."""

_ADD = text("Add label")
_MOVE = text("Move label")
_RESIZE = text("Resize label")


@dataclass(frozen=True, slots=True)
class NewLabel:
    """What a new span says: a class, or for regression a number with or without one."""

    label: str = ""
    value: float | None = None

    def __bool__(self) -> bool:
        return bool(self.label) or self.value is not None


class SpanEditor(QObject):
    """The spans of one recording on a :class:`SignalPlot`, and their selection.

    ``edited(Document, Text)`` asks for a step to undo. The receiver calls :meth:`show_document`
    with what came of it before it returns. ``refused(DataError)`` says why a command came to
    nothing.
    """

    edited = Signal(object, object)
    selection_changed = Signal()
    refused = Signal(object)
    label_needed = Signal()
    """A label was to be added, and :attr:`new_label` says nothing."""

    def __init__(self, look: Theme, plot: SignalPlot) -> None:
        super().__init__(plot)
        self._look = look
        self.plot = plot
        self._document: Document | None = None
        self.info: RecordingInfo | None = None
        self.spans: tuple[LabelSpan, ...] = ()
        self.selected: LabelSpan | None = None
        self.new_label = NewLabel()

    # --- what is shown -----------------------------------------------------------------------

    def show_document(self, document: Document, recording_id: str | None) -> None:
        """Show the spans of a recording, ``None`` for no recording."""
        self._document = document
        self.info = next((each for each in document.recordings if each.id == recording_id), None)
        self.spans = () if self.info is None else edits.spans_of(document, self.info.id)
        if self.selected not in self.spans:
            self.selected = None
        self.redraw()
        self.selection_changed.emit()

    def select(self, span: LabelSpan | None) -> None:
        """Select ``span``, one of :attr:`spans`, and bring it into view."""
        self.selected = span
        if span is not None and self.info is not None:
            start_s, stop_s = span.start / self.info.rate_hz, span.stop / self.info.rate_hz
            left, right = self.plot.view
            if stop_s <= left or start_s >= right:
                half = (right - left) / 2
                middle = (start_s + stop_s) / 2
                self.plot.show_view(middle - half, middle + half)
        self.redraw()
        self.selection_changed.emit()

    def select_next(self, by: int) -> None:
        """Select the label ``by`` places on; from nothing, the first on screen."""
        if not self.spans or self.info is None:
            return
        if self.selected is not None:
            place = self.spans.index(self.selected) + by
        else:
            left = self.plot.view[0] * self.info.rate_hz
            later = (at for at, span in enumerate(self.spans) if span.stop > left)
            place = next(later, len(self.spans) - 1)
        self.select(self.spans[max(0, min(place, len(self.spans) - 1))])

    # --- commands ----------------------------------------------------------------------------

    def split(self, at: int | None = None) -> None:
        """Cut the label at sample ``at``; where there is none, the selected one in the middle."""
        span = None if at is None else span_at(self.spans, at)
        if span is None or at is None:
            span = self.selected
            if span is None:
                return
            at = (span.start + span.stop) // 2
        cut, place = span, at
        left = replace(span, stop=max(at, span.start + 1))
        self._edit(lambda document: edits.split_span(document, cut, place), text("Cut label"), left)

    def delete(self) -> None:
        """Delete the selected label."""
        span = self.selected
        if span is not None:
            self._edit(lambda document: edits.delete_span(document, span), text("Delete label"))

    def relabel(self, new: NewLabel) -> None:
        """Give the selected label another class or number."""
        span = self.selected
        if span is not None:
            self._edit(
                lambda document: edits.relabel_span(document, span, new.label, new.value),
                text("Change label"),
                replace(span, label=new.label, value=new.value),
            )

    def resize(self, start_s: float, stop_s: float) -> None:
        """Give the selected label these ends."""
        span, info = self.selected, self.info
        if span is not None and info is not None:
            start = max(0, min(round(start_s * info.rate_hz), info.length - 1))
            stop = max(start + 1, min(round(stop_s * info.rate_hz), info.length))
            self.take(span, replace(span, start=start, stop=stop), Grip.STOP)

    def take(self, span: LabelSpan, to: LabelSpan, grip: Grip) -> None:
        """Put ``span`` where ``to`` is."""
        if span != to:
            self._edit(
                lambda document: edits.resize_span(document, span, to.start, to.stop),
                _MOVE if grip is Grip.BODY else _RESIZE,
                to,
            )

    def add(self, first: int, second: int) -> None:
        """Label the samples between ``first`` and ``second``, whichever comes first."""
        span = self.new_span(first, second)
        if span is not None:
            self._edit(lambda document: edits.add_span(document, span), _ADD, span)

    def add_in_view(self) -> None:
        """Label the middle half of what is on screen: the keyboard's way to begin a label."""
        if self.info is not None:
            left, right = self.plot.view
            quarter = (right - left) / 4
            rate = self.info.rate_hz
            self.add(round((left + quarter) * rate), round((right - quarter) * rate))

    def new_span(self, first: int, second: int) -> LabelSpan | None:
        """What :meth:`add` would add; ``None`` where that is nothing."""
        if self.info is None:
            return None
        start, stop = max(0, min(first, second)), min(self.info.length, max(first, second))
        if start >= stop:
            return None
        if not self.new_label:
            self.label_needed.emit()
            return None
        return LabelSpan(self.info.id, start, stop, self.new_label.label, self.new_label.value)

    def _edit(
        self, change: Callable[[Document], Document], what: Text, follow: LabelSpan | None = None
    ) -> None:
        """Ask for ``change``; afterwards ``follow`` is selected, where it is there."""
        if self._document is None:
            return
        try:
            document = change(self._document)
        except DataError as error:
            self.refused.emit(error)
            return
        self.edited.emit(document, what)
        if follow in self.spans:
            self.select(follow)

    # --- drawing -----------------------------------------------------------------------------

    def preview(self, span: LabelSpan | None, to: LabelSpan) -> None:
        """Draw the spans as if ``span`` were where ``to`` is, or ``to`` were added to them."""
        if self._document is None:
            return
        document = (
            edits.add_span(self._document, to)
            if span is None
            else edits.resize_span(self._document, span, to.start, to.stop)
        )
        self._draw(edits.spans_of(document, to.recording_id), to)

    def redraw(self) -> None:
        """Draw the spans as they are."""
        self._draw(self.spans, self.selected)
        self.plot.setAccessibleDescription(self._spoken())

    def _draw(self, spans: Sequence[LabelSpan], selected: LabelSpan | None) -> None:
        document, info = self._document, self.info
        if document is None or info is None:
            self.plot.show_spans(())
            return
        neutral = self._look.class_style(_NO_CLASS)
        styles = {label.name: self._look.class_style(label.color) for label in document.classes}
        rate = info.rate_hz
        self.plot.show_spans(
            [
                PlotSpan(
                    span.start / rate,
                    span.stop / rate,
                    span_name(span),
                    styles.get(span.label, neutral),
                    span == selected,
                )
                for span in spans
            ]
        )

    def _spoken(self) -> str:
        if self.selected is None or self.info is None:
            return tr("{count} labels, none selected", count=len(self.spans))
        rate = self.info.rate_hz
        return tr(
            "Label {name} from {start} to {stop} selected",
            name=span_name(self.selected),
            start=time_text(self.selected.start / rate, 0.01),
            stop=time_text(self.selected.stop / rate, 0.01),
        )
