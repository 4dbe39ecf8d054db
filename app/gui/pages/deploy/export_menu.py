# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be taken out of the studio as a file, in the background."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from app.core.runs import TrainingRun
from app.core.text import Text, text
from app.deploy.archive import SUFFIX
from app.gui.i18n import tr
from app.gui.icons import icon
from app.gui.notifications import Notification, Severity
from app.gui.studio import Studio

Write = Callable[[Path, TrainingRun, Path], tuple[Path, ...]]
"""``(project folder, run, target)``: writes, in a worker thread; the files it made."""


def _tflite(folder: Path, run: TrainingRun, target: Path) -> tuple[Path, ...]:
    from app.deploy.export import export_tflite
    from app.jobs.run_data import RunFiles, read_tflite

    export_tflite(read_tflite(RunFiles.of(folder, run.id)), target)
    return (target,)


def _c_header(folder: Path, run: TrainingRun, target: Path) -> tuple[Path, ...]:
    from app.deploy.compiler.targets import GENERIC
    from app.deploy.export import export_c_header
    from app.jobs.run_data import RunFiles, program_of, read_tflite

    tflite = read_tflite(RunFiles.of(folder, run.id))
    export_c_header(program_of(folder, run, GENERIC), tflite, target)
    return (target,)


def _keras(folder: Path, run: TrainingRun, target: Path) -> tuple[Path, ...]:
    from app.deploy.export import export_keras
    from app.jobs.run_data import data_of

    return export_keras(
        run.model, data_of(folder, run), run.training, run.data.normalisation, target
    )


def _archive(folder: Path, _run: TrainingRun, target: Path) -> tuple[Path, ...]:
    from app.deploy.archive import export_archive

    export_archive(folder, target)
    return (target,)


class Export(NamedTuple):
    """One entry of the menu. ``suffix`` ends the file's name; ``converted``: it needs a network
    that has been converted."""

    title: Text
    tip: Text
    suffix: str
    write: Write
    converted: bool = False


EXPORTS = {
    "tflite": Export(
        text("TensorFlow Lite network (.tflite)…"),
        text("The int8 network alone, for any tool that reads TensorFlow Lite."),
        ".tflite",
        _tflite,
        converted=True,
    ),
    "c_header": Export(
        text("C header (.h)…"),
        text("The network, its scaling and its labels as arrays, to build into your own sketch."),
        ".h",
        _c_header,
        converted=True,
    ),
    "keras": Export(
        text("Keras script with its data (.py, .npz)…"),
        text("A Python program that builds and trains this very network on your windows."),
        ".py",
        _keras,
    ),
    "archive": Export(
        text("Project in one file (.tinywright)…"),
        text("The whole project in one file, to keep or to hand on."),
        SUFFIX,
        _archive,
    ),
}


class ExportMenu(QMenu):
    """Exports the run it was last shown."""

    def __init__(self, studio: Studio, parent: QWidget) -> None:
        super().__init__(parent)
        self._studio = studio
        self._run: TrainingRun | None = None
        self.setToolTipsVisible(True)
        self.entries: dict[str, QAction] = {}
        for key, export in EXPORTS.items():
            action = self.addAction(icon("export", studio.theme), tr(export.title))
            action.triggered.connect(partial(self._ask, export))
            self.entries[key] = action

    def show_run(self, run: TrainingRun | None) -> None:
        """Export ``run`` from now on."""
        self._run = run
        converted = run is not None and run.sizes is not None
        for key, export in EXPORTS.items():
            possible = run is not None and (converted or not export.converted)
            self.entries[key].setEnabled(possible)
            self.entries[key].setToolTip(
                tr(export.tip)
                if possible
                else tr("{tip} Convert the network first.", tip=export.tip)
            )

    def _ask(self, export: Export, _checked: bool = False) -> None:
        project = self._studio.project
        if project is None:
            return
        dialog = QFileDialog(self.parentWidget(), tr("Export"), str(project.folder.parent))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"*{export.suffix}")
        dialog.selectFile(_file_name(self._studio.document.name) + export.suffix)
        dialog.fileSelected.connect(partial(self._write_to, export))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _write_to(self, export: Export, path: str) -> None:
        self.write(export, Path(path))

    def write(self, export: Export, target: Path) -> None:
        """Save the project and write ``export`` to ``target``; a notification says where it is."""
        project, run = self._studio.project, self._run
        if project is None or run is None:
            return
        if not target.name.endswith(export.suffix):
            target = target.with_name(target.name + export.suffix)
        studio, folder = self._studio, project.folder

        def done(files: tuple[Path, ...]) -> None:
            studio.notify(
                Notification(
                    Severity.INFO,
                    text("Exported {files}.", files=", ".join(file.name for file in files)),
                    text("In the folder {folder}.", folder=files[0].parent),
                )
            )

        studio.save(lambda: studio.background.run(lambda: export.write(folder, run, target), done))


def _file_name(project_name: str) -> str:
    """The project's name as a file's, which in a header also begins the C names."""
    return re.sub(r"[^\w-]+", "_", project_name).strip("_").lower() or "model"
