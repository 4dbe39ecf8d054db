# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts the Label page together: recordings, the one that is edited, and the classes."""

from __future__ import annotations

from collections.abc import Mapping

# numpy.quantile would import it at its first call, while the window waits.
import numpy.ma  # noqa: F401 # pyright: ignore[reportUnusedImport]
from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core import edits
from app.core.document import Document
from app.core.errors import TinywrightError
from app.core.project import Project
from app.core.slicing import ClassTotals, class_totals
from app.core.text import Text, text
from app.core.training import DataConfig, Task
from app.gui import theme
from app.gui.i18n import tr
from app.gui.page import Page
from app.gui.pages.label.class_panel import ClassPanel
from app.gui.pages.label.recording_editor import RecordingEditor
from app.gui.pages.label.recording_list import RecordingList
from app.gui.pages.label.selection_bar import NumberField
from app.gui.studio import Studio
from app.gui.widgets.card import Card, label
from app.gui.widgets.empty_state import EmptyState
from app.gui.widgets.signal_source import ArraySource
from app.gui.widgets.span_editor import NewLabel

_LIST_WIDTH = 192
_CLASSES_WIDTH = 264


class LabelPage(Page):
    """What happens where: label spans over the recordings, and the classes they name."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio, tr("Label"), tr("What happens where in your recordings"))
        self._stale = True
        self._totals_wanted = False
        self._totals_running = False
        self.label_all = QPushButton(tr("Label whole recording"))
        self.label_all.clicked.connect(self._label_whole)
        self.set_primary_action(self.label_all)
        self._stacked = QStackedWidget()
        self.body.addWidget(self._stacked, 1)
        self._stacked.addWidget(self._empty_state())
        self._stacked.addWidget(workbench := QWidget())
        self._lay_out(workbench)
        studio.document_changed.connect(self._on_document)
        studio.project_opened.connect(self._on_project)
        studio.project_closed.connect(self._on_project)
        self._on_project()

    # --- building ----------------------------------------------------------------------------

    def _empty_state(self) -> QWidget:
        empty = EmptyState(
            self.theme,
            "label",
            tr("Nothing to label yet"),
            tr(
                "Record something or import a file on the Capture page. Here you then mark what "
                "happens where, so that a network can learn it."
            ),
        )
        capture = QPushButton(tr("Go to Capture"))
        capture.clicked.connect(lambda: self.studio.go_to("capture"))
        empty.add_action(capture)
        return empty

    def _lay_out(self, workbench: QWidget) -> None:
        self.recordings = RecordingList(self.theme)
        self.recordings.setFixedWidth(_LIST_WIDTH)
        self.recordings.current_changed.connect(self._load)
        self.recordings.selection_changed.connect(self._show_primary)
        self.recording = RecordingEditor(self.theme)
        self.recording.data_edited.connect(self._set_data)
        editor = self.recording.editor
        editor.edited.connect(self.studio.edit)
        editor.refused.connect(self.studio.notify)
        editor.label_needed.connect(self._ask_for_class)
        self.recording.hand.class_key_pressed.connect(self._take_class)
        self.classes = ClassPanel(self.theme)
        self.classes.edited.connect(self.studio.edit)
        self.classes.refused.connect(self.studio.notify)
        self.classes.current_changed.connect(self._show_new_label)
        self.number = NumberField(
            tr("Number for new labels"),
            tr("What the network should answer where a new label is drawn, in your own unit."),
        )
        self.number.valueChanged.connect(self._show_new_label)
        self._number_card = Card(tr("Number for new labels"))
        self._number_card.content.addWidget(
            label(tr("How much, in your own unit: the network learns it."), "caption", wrap=True)
        )
        self._number_card.content.addWidget(self.number)
        row = QHBoxLayout(workbench)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID * 2)
        row.addWidget(self.recordings)
        scrolled = QScrollArea()  # on a low screen the windows are reached by scrolling
        row.addWidget(scrolled, 1)
        scrolled.setWidget(self.recording)
        scrolled.setWidgetResizable(True)
        scrolled.setFrameShape(QFrame.Shape.NoFrame)
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        side = QWidget()
        row.addWidget(side)
        side.setFixedWidth(_CLASSES_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID * 2)
        column.addWidget(self._number_card)
        column.addWidget(self.classes, 1)

    # --- showing -----------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def _on_project(self) -> None:
        self._stale = True
        if self.isVisible():
            self._refresh()

    def _on_document(self, old: Document, new: Document) -> None:
        if (
            old.recordings is new.recordings
            and old.spans is new.spans
            and old.classes is new.classes
            and old.data is new.data
            and old.task is new.task
        ):
            return
        self._stale = True
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        self._stale = False
        there = self.studio.project is not None and bool(self.studio.document.recordings)
        self._stacked.setCurrentIndex(1 if there else 0)
        self.label_all.setVisible(there)
        if not there:
            return
        document = self.studio.document
        styles = {each.name: self.theme.class_style(each.color) for each in document.classes}
        self._number_card.setVisible(document.task is Task.REGRESSION)
        self.recordings.show_document(document, styles)
        self.classes.show_document(document)
        self._show_recording()
        self._show_new_label()
        self._count_totals()

    def _show_recording(self) -> None:
        document = self.studio.document
        styles = {each.name: self.theme.class_style(each.color) for each in document.classes}
        current = self.recordings.current
        info = next((each for each in document.recordings if each.id == current), None)
        self.recording.show_document(document, info, styles)

    def _show_new_label(self) -> None:
        regression = self.studio.project is not None and (
            self.studio.document.task is Task.REGRESSION
        )
        self.recording.editor.new_label = NewLabel(
            self.classes.current, self.number.value() if regression else None
        )
        self._show_primary()

    def _show_primary(self) -> None:
        count = len(self.recordings.selected)
        new = self.recording.editor.new_label
        if count > 1:
            self.label_all.setText(tr("Label {count} whole recordings", count=count))
        else:
            self.label_all.setText(tr("Label whole recording"))
        self.label_all.setEnabled(bool(new) and bool(self.recordings.current))
        name = new.label or ("" if new.value is None else f"{new.value:g}")
        self.label_all.setToolTip(
            tr("As {label}, from the first sample to the last", label=name)
            if new
            else tr("Add a class first, at the right.")
        )

    def _load(self, recording_id: str) -> None:
        """Read the samples of a recording in the background, then show them."""
        project = self.studio.project
        self.recording.show_source(None)
        if project is None:
            return
        self._show_recording()
        if not recording_id:
            return

        def show(source: ArraySource) -> None:
            if recording_id == self.recordings.current and project is self.studio.project:
                self.recording.show_source(source)
                self._show_recording()

        self.studio.background.run(lambda: _read(project, recording_id), show, owner=self)

    def _count_totals(self) -> None:
        """Count windows, labels and time a class in the background; one count at a time."""
        self._totals_wanted = self._totals_running
        if self._totals_running or self.studio.project is None:
            return
        self._totals_running = True
        document = self.studio.document
        self.studio.background.run(
            lambda: class_totals(document), self._show_totals, self._on_totals_error, owner=self
        )

    def _show_totals(self, totals: Mapping[str, ClassTotals]) -> None:
        self._totals_running = False
        self.classes.show_totals(totals)
        if self._totals_wanted:
            self._count_totals()

    def _on_totals_error(self, error: TinywrightError) -> None:
        self._totals_running = False
        self.studio.notify(error)

    # --- editing -----------------------------------------------------------------------------

    def _take_class(self, place: int) -> None:
        """A digit names the selected label, or else the next one."""
        name = self.classes.take(place)
        editor = self.recording.editor
        if name and editor.selected is not None:
            editor.relabel(NewLabel(name, editor.selected.value))

    def _ask_for_class(self) -> None:
        self.classes.ask_for_class()
        self.studio.notify(
            text("Name a class first, at the right: then drag over the signal that shows it.")
        )

    def _label_whole(self) -> None:
        new = self.recording.editor.new_label
        chosen = self.recordings.selected or (self.recordings.current,)
        document = self.studio.document
        try:
            for recording_id in chosen:
                document = edits.label_recording(document, recording_id, new.label, new.value)
        except TinywrightError as error:
            self.studio.notify(error)
            return
        self.studio.edit(document, text("Label whole recording"))

    def _set_data(self, data: DataConfig, what: Text) -> None:
        self.studio.edit(edits.replace_data(self.studio.document, data), what)


def _read(project: Project, recording_id: str) -> ArraySource:
    recording = project.recording(recording_id)
    info = recording.info
    return ArraySource(info.channels, info.rate_hz, recording.samples)
