# SPDX-License-Identifier: GPL-3.0-or-later
"""One recording: its signal with the labels on it, and the windows that come of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpinBox, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.core.document import Document
from app.core.recording import RecordingInfo
from app.core.slicing import SlicedRecording, slice_recording
from app.core.text import Text, text
from app.core.training import WindowConfig
from app.gui import theme
from app.gui.i18n import tr
from app.gui.pages.label.selection_bar import SelectionBar
from app.gui.theme import ClassStyle, Theme
from app.gui.widgets.card import Card, label
from app.gui.widgets.elided_label import ElidedLabel
from app.gui.widgets.fields import prepare_field
from app.gui.widgets.flow_layout import FlowLayout
from app.gui.widgets.signal_plot import SignalPlot
from app.gui.widgets.signal_source import SignalSource
from app.gui.widgets.span_editor import SpanEditor
from app.gui.widgets.span_hand import SpanHand
from app.gui.widgets.span_layer import PlotSpan, SpanLayer
from app.gui.widgets.window_bar import WindowBar
from app.gui.widgets.window_previews import WindowPreviews
from app.gui.widgets.windowing_fields import WindowingFields

_FIELD_WIDTH = 92
_PLOT_HEIGHT = 256


class RecordingEditor(QWidget):
    """``data_edited(DataConfig, Text)``: the user changed how windows are cut. Spans are edited
    through :attr:`editor`."""

    data_edited = Signal(object, object)

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self._look = look
        self._document: Document | None = None
        self._info: RecordingInfo | None = None
        self._source: SignalSource | None = None
        self._sliced: SlicedRecording | None = None
        self._marks: list[SpanLayer] = []
        self.plot = SignalPlot(look)
        # As high as there is room for, and no lower than can be read.
        self.plot.lanes.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.plot.setMinimumHeight(_PLOT_HEIGHT)
        self.plot.add_overlay(self._make_mark)
        self.editor = SpanEditor(look, self.plot)
        self.hand = SpanHand(self.editor)
        self.bar = WindowBar(look, self.plot)
        self.bar.window_selected.connect(self._select_window)
        self.selection = SelectionBar(look, self.editor)
        self.editor.selection_changed.connect(self._show_selection)
        self.previews = WindowPreviews(look)
        self.previews.window_selected.connect(self._select_window)
        self.fields = WindowingFields(self)
        self.fields.changed.connect(self._set_windowing)
        self.overlap = self._overlap_field()
        self.summary = label("", "caption", wrap=True)
        self._name = ElidedLabel("strong")
        self._facts = label("", "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID * 2)
        column.addWidget(self._signal_card(), 1)
        column.addWidget(self._windows_card())

    # --- what is shown -----------------------------------------------------------------------

    def show_source(self, source: SignalSource | None) -> None:
        """Show the samples of the recording; ``None`` while they are being read."""
        self._source = source
        self.plot.show_source(source)
        self._show_windows({})

    def show_document(
        self, document: Document, info: RecordingInfo | None, styles: Mapping[str, ClassStyle]
    ) -> None:
        """Show the labels and windows of the recording ``info``, ``None`` for no recording."""
        if document is not self._document or info is not self._info:
            self._sliced = None if info is None else slice_recording(document, info.id)
        self._document, self._info = document, info
        self.editor.show_document(document, None if info is None else info.id)
        self._name.setText("" if info is None else info.name)
        self._facts.setText("" if info is None else _facts(info))
        self._show_windows(styles)
        self._show_selection()

    def _show_windows(self, styles: Mapping[str, ClassStyle]) -> None:
        sliced, document = self._sliced, self._document
        source = self._source
        self.bar.show_windows(sliced if source is not None else None, styles)
        self.previews.show_windows(source, sliced, styles)
        self._mark(-1)
        if sliced is None or document is None:
            self.summary.setText("")
            return
        data = document.data
        self.fields.show_windowing(
            sliced.rate_hz, sliced.windowing, chosen=data.windowing is not None
        )
        self.overlap.blockSignals(True)
        self.overlap.setValue(round(100 * data.min_overlap))
        self.overlap.blockSignals(False)
        self.summary.setText(_window_counts(sliced))

    def _show_selection(self) -> None:
        if self._document is not None:
            self.selection.show_selection(self._document)

    # --- windows -----------------------------------------------------------------------------

    def _select_window(self, window: int) -> None:
        sliced = self._sliced
        if sliced is None:
            return
        self.bar.select(window)
        self.previews.select(window)
        self._mark(window)
        if window >= 0:
            start = sliced.start_s(window)
            left, right = self.plot.view
            if start < left or start + sliced.length_s > right:
                middle = start + sliced.length_s / 2
                span = max(right - left, sliced.length_s)
                self.plot.show_view(middle - span / 2, middle + span / 2)

    def _mark(self, window: int) -> None:
        """Shade a window in the plot, -1 for none."""
        spans: list[PlotSpan] = []
        if window >= 0 and self._sliced is not None:
            start = self._sliced.start_s(window)
            neutral = self._look.class_style(7)
            spans.append(PlotSpan(start, start + self._sliced.length_s, "", neutral))
        self._marks = [each for each in self._marks if isValid(each) and each.scene()]
        for layer in self._marks:
            layer.show_spans(spans)

    def _make_mark(self) -> SpanLayer:
        layer = SpanLayer(self._look, names=False)
        self._marks.append(layer)
        return layer

    def _set_windowing(self, windowing: WindowConfig | None, what: Text) -> None:
        if self._document is not None:
            self.data_edited.emit(replace(self._document.data, windowing=windowing), what)

    def _set_overlap(self, percent: int) -> None:
        if self._document is not None:
            data = replace(self._document.data, min_overlap=percent / 100)
            self.data_edited.emit(data, text("Change overlap"))

    # --- building ----------------------------------------------------------------------------

    def _signal_card(self) -> Card:
        card = Card()
        top = QHBoxLayout()
        top.setSpacing(theme.GRID)
        top.addWidget(self._name, 1)
        top.addWidget(self._facts)
        card.content.addLayout(top)
        card.content.addWidget(self.plot, 1)
        card.content.addWidget(self.bar)
        card.content.addWidget(self.selection)
        return card

    def _windows_card(self) -> Card:
        card = Card()
        top = QHBoxLayout()
        top.addWidget(label(tr("Windows"), "strong"))
        top.addSpacing(theme.GRID)
        top.addWidget(self.summary, 1)
        card.content.addLayout(top)
        settings = QWidget()
        flow = FlowLayout(settings, theme.GRID)
        for field in (self.fields.window_ms, self.fields.stride_ms, self.overlap):
            field.setFixedWidth(_FIELD_WIDTH)
            flow.addWidget(_captioned(field))
        flow.addWidget(self.fields.automatic)
        card.content.addWidget(settings)
        card.content.addWidget(self.previews)
        return card

    def _overlap_field(self) -> QSpinBox:
        made = QSpinBox()
        made.setRange(5, 100)
        made.setSingleStep(5)
        made.setSuffix(" %")
        made.setKeyboardTracking(False)
        made.setAccessibleName(tr("Overlap"))
        made.setToolTip(
            tr(
                "The share of a window that a label must cover to name it; of the label, where "
                "that is shorter."
            )
        )
        made.valueChanged.connect(self._set_overlap)
        prepare_field(made)
        return made


def _captioned(field: QWidget) -> QWidget:
    """``field`` with its name before it, as one piece of a line."""
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, theme.GRID, 0)
    row.setSpacing(6)
    caption = label(field.accessibleName(), "caption")
    caption.setToolTip(field.toolTip())
    caption.setBuddy(field)
    row.addWidget(caption)
    row.addWidget(field)
    return pair


def _facts(info: RecordingInfo) -> str:
    return tr(
        "{samples} samples at {rate} Hz · {count} channels",
        samples=f"{info.length:,}",
        rate=f"{info.rate_hz:g}",
        count=len(info.channels),
    )


def _window_counts(sliced: SlicedRecording) -> str:
    """How many windows there are, and how many of them teach something."""
    if not len(sliced):
        return tr("This recording is shorter than one window: make windows shorter to use it.")
    ambiguous = int(sliced.labels.ambiguous.sum())
    unlabelled = int(np.isnan(sliced.labels.values).sum()) - ambiguous
    return tr(
        "{all} windows: {labelled} labelled, {unlabelled} without a label, {ambiguous} with two",
        all=f"{len(sliced):,}",
        labelled=f"{len(sliced) - ambiguous - unlabelled:,}",
        unlabelled=f"{unlabelled:,}",
        ambiguous=f"{ambiguous:,}",
    )
