# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of recordings: rename, relabel, delete; files are dropped here or chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QListView,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core import edits
from app.core.document import Document
from app.core.errors import TinywrightError
from app.core.recording import RecordingInfo
from app.core.text import Text, text
from app.core.training import Task
from app.gui import theme
from app.gui.i18n import tr
from app.gui.icons import icon
from app.gui.pages.capture.recording_model import RecordingModel, RowPainter, rows_of
from app.gui.studio import Studio
from app.gui.widgets.card import label
from app.gui.widgets.class_chip import class_icon
from app.gui.widgets.signal_lanes import time_text
from app.gui.widgets.thumbnail import Thumbnails


class RecordingList(QWidget):
    """All recordings of the project, in a view that makes only what is on screen."""

    opened = Signal()
    """A recording is to be looked at closely (a double click, or Enter)."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        thumbnails = Thumbnails(studio, self)
        self.model = RecordingModel(self._rename, self)
        self.view = QListView()
        self._painter = RowPainter(studio.theme, thumbnails, self.view)
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._painter)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.setAccessibleName(tr("Recordings"))
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.view.activated.connect(self.opened)
        thumbnails.drawn.connect(self._repaint)
        self._delete = QAction(icon("trash", studio.theme), tr("Delete"), self.view)
        self._delete.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        self._delete.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._delete.triggered.connect(self.delete_selected)
        self.view.addAction(self._delete)
        self._count = label("", "caption")
        imports = QPushButton(icon("import", studio.theme), tr("Import files…"))
        imports.setToolTip(
            tr("CSV files, several recordings in one parted by blank lines; or drop them here.")
        )
        imports.clicked.connect(self._choose_files)
        empty = label(
            tr("Recordings appear here. Press Record, import files, or drop them here."),
            "muted",
            wrap=True,
        )
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty.setMargin(theme.MARGIN)
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        self._stack.addWidget(self.view)
        head = QHBoxLayout()
        head.addWidget(label(tr("Recordings"), "strong"))
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(imports)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        studio.document_changed.connect(self._on_document)
        studio.takes.recorded.connect(self.select)
        self._show()

    # --- showing -----------------------------------------------------------------------------

    def _on_document(self, old: Document, new: Document) -> None:
        if (old.recordings, old.spans, old.classes) != (new.recordings, new.spans, new.classes):
            self._show()

    def _show(self) -> None:
        document = self._studio.document
        look = self._studio.theme
        self._painter.styles = {
            each.name: look.class_style(each.color) for each in document.classes
        }
        self.model.show_rows(rows_of(document))
        seconds = sum(info.duration_s for info in document.recordings)
        self._count.setText(
            tr("{count} · {length}", count=len(document.recordings), length=time_text(seconds, 1))
            if document.recordings
            else ""
        )
        self._stack.setCurrentIndex(1 if document.recordings else 0)

    def _repaint(self, recording_id: str) -> None:
        row = self.model.row_of(recording_id)
        if row is not None:
            self.view.update(self.model.index(row))

    def select(self, info: RecordingInfo) -> None:
        """Select a recording and bring it into view."""
        row = self.model.row_of(info.id)
        if row is not None:
            index = self.model.index(row)
            self.view.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.view.scrollTo(index)

    @property
    def selected(self) -> list[str]:
        """The ids of the selected recordings, top to bottom."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        return [self._id_at(row) for row in rows]

    def _id_at(self, row: int) -> str:
        return self.model.rows[row].info.id

    # --- editing -----------------------------------------------------------------------------

    def _edit(self, make: Callable[[Document], Document], what: Text) -> None:
        try:
            self._studio.edit(make(self._studio.document), what)
        except TinywrightError as error:
            self._studio.notify(error)

    def _rename(self, recording_id: str, name: str) -> None:
        self._edit(
            lambda document: edits.rename_recording(document, recording_id, name),
            text("Rename recording"),
        )

    def delete_selected(self) -> None:
        """Take the selected recordings out; undo brings them back."""
        ids = self.selected
        if ids:
            self._edit(
                lambda document: edits.remove_recordings(document, ids),
                text("Delete {count} recordings", count=len(ids)),
            )

    def relabel_selected(self, name: str) -> None:
        """Give the selected recordings one label each, from end to end."""
        ids = self.selected

        def relabelled(document: Document) -> Document:
            for recording_id in ids:
                document = edits.label_recording(document, recording_id, name)
            return document

        if ids:
            self._edit(relabelled, text("Label as {name}", name=name))

    def _show_menu(self, at: QPoint) -> None:
        if not self.selected:
            return
        look, document = self._studio.theme, self._studio.document
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if document.task is not Task.REGRESSION and document.classes:
            labels = menu.addMenu(icon("label", look), tr("Label as"))
            for each in document.classes:
                action = labels.addAction(class_icon(look.class_style(each.color)), each.name)
                action.triggered.connect(
                    lambda _checked=False, name=each.name: self.relabel_selected(name)
                )
        rename = menu.addAction(icon("edit", look), tr("Rename"))
        rename.setShortcut(QKeySequence("F2"))
        rename.setEnabled(len(self.selected) == 1)
        rename.triggered.connect(lambda: self.view.edit(self.view.currentIndex()))
        menu.addAction(self._delete)
        menu.popup(self.view.viewport().mapToGlobal(at))

    def _choose_files(self) -> None:
        dialog = QFileDialog(self, tr("Import recordings"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([tr("Recordings (*.csv *.tsv *.json)"), tr("All files (*)")])
        dialog.accepted.connect(
            lambda: self._studio.takes.import_paths([Path(f) for f in dialog.selectedFiles()])
        )
        dialog.open()
