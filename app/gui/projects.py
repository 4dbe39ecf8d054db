# SPDX-License-Identifier: GPL-3.0-or-later
"""Ways to a project: new, open, a sample, the simulated board, and where their folders lie."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import TinywrightError
from app.core.project import Project
from app.gui import theme
from app.gui.board import SIMULATED
from app.gui.i18n import tr
from app.gui.icons import icon
from app.gui.studio import Studio

if TYPE_CHECKING:
    from app.core.samples import Sample

PROJECT_FILE = "project.json"
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def projects_folder() -> Path:
    """Where projects go unless the user says otherwise."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) / "Tinywright"


def free_folder(parent: Path, name: str) -> Path:
    """A folder for a project called ``name`` that is not there yet: ``name``, ``name 2``, …"""
    safe = _UNSAFE.sub(" ", name).strip(" .") or "project"
    folder, number = parent / safe, 1
    while folder.exists():
        number += 1
        folder = parent / f"{safe} {number}"
    return folder


class NewProjectDialog(QDialog):
    """Asks for a name and a place."""

    def __init__(self, parent: QWidget, folder: Path) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("New project"))
        self.name = QLineEdit(tr("My project"))
        self.name.selectAll()
        self.place = QLineEdit(str(folder))
        browse = QPushButton(tr("Choose…"))
        browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.addWidget(self.place, 1)
        row.addWidget(browse)
        form = QFormLayout()
        form.setSpacing(theme.GRID)
        form.addRow(tr("Name"), self.name)
        form.addRow(tr("In the folder"), row)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        create = buttons.addButton(tr("Make project"), QDialogButtonBox.ButtonRole.AcceptRole)
        create.setProperty("role", "primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.name.textChanged.connect(lambda: create.setEnabled(bool(self.name.text().strip())))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(theme.GRID * 2)
        column.addLayout(form)
        column.addWidget(buttons)
        self.setMinimumWidth(520)

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("In the folder"), self.place.text())
        if chosen:
            self.place.setText(chosen)


class ProjectActions(QObject):
    """What the project bar and the welcome page ask for, done."""

    def __init__(self, studio: Studio, window: QWidget, folder: Path) -> None:
        super().__init__(window)
        self._studio = studio
        self._window = window
        self._folder = folder

    def new(self) -> None:
        dialog = NewProjectDialog(self._window, self._folder)
        dialog.accepted.connect(lambda: self._create(dialog))
        dialog.open()

    def _create(self, dialog: NewProjectDialog) -> None:
        name = dialog.name.text().strip()
        self._studio.create_project(free_folder(Path(dialog.place.text()), name), name)

    def open(self) -> None:
        dialog = QFileDialog(self._window, tr("Open a project"), str(self._folder))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.accepted.connect(lambda: self.open_folder(Path(dialog.selectedFiles()[0])))
        dialog.open()

    def open_folder(self, folder: Path) -> None:
        self._studio.open_project(folder)

    def open_path(self, path: Path) -> None:
        """Open what a file manager hands over: a project's folder, its ``project.json``, or a
        project in one file, which is unpacked into the projects' folder first."""
        from app.deploy.archive import SUFFIX, import_archive

        if path.name.endswith(SUFFIX):
            folder = free_folder(self._folder, path.name.removesuffix(SUFFIX))
            self._studio.background.run(
                lambda: import_archive(path, folder), self._studio.take_project, owner=self
            )
        else:
            self.open_folder(path.parent if path.name == PROJECT_FILE else path)

    def close(self) -> None:
        try:
            self._studio.close_project()
        except TinywrightError as error:
            self._studio.notify(error)

    def simulate(self) -> None:
        """A new project with the simulated board connected."""
        self._create_with(SIMULATED)

    def connect_board(self) -> None:
        """A new project with the board connected that the user chooses."""
        from app.gui.connect_dialog import ConnectDialog

        dialog = ConnectDialog(self._window, self._studio.theme, self._studio.board)
        dialog.accepted.connect(lambda: self._create_with(dialog.chosen))
        dialog.open()

    def _create_with(self, port: str) -> None:
        name = tr("My first project")
        folder = free_folder(self._folder, name)

        def made(project: Project) -> None:
            self._studio.take_project(project)
            self._studio.connect_board(port, self._studio.settings.baud)
            self._studio.go_to("capture")

        self._studio.background.run(lambda: Project.create(folder, name), made, owner=self)

    def sample_menu(self, parent: QWidget) -> QMenu:
        """The sample projects, each made in the projects' folder when it is first opened."""
        menu = QMenu(parent)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        return menu

    def _fill(self, menu: QMenu) -> None:
        """When it is first shown: starting the studio must not wait for the samples."""
        if not menu.isEmpty():
            return
        from app.core.samples import SAMPLES
        from app.deploy.sample_gestures import GESTURES_SAMPLE

        for sample in (GESTURES_SAMPLE, *SAMPLES.values()):
            action = menu.addAction(icon("sample", self._studio.theme), tr(sample.name))
            action.setToolTip(tr(sample.description))
            action.triggered.connect(partial(self.open_sample, sample))

    def open_sample(self, sample: Sample) -> None:
        """Open ``sample`` where it was made before, else make it."""
        folder = self._folder / _UNSAFE.sub(" ", str(sample.name))
        if (folder / PROJECT_FILE).exists():
            self._studio.open_project(folder)
            return
        from app.core.samples import create_sample

        target = free_folder(self._folder, folder.name)
        self._studio.background.run(
            lambda: create_sample(sample, target), self._studio.take_project, owner=self
        )
