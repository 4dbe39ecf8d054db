# SPDX-License-Identifier: GPL-3.0-or-later
"""The open project's runs as the page knows them: read in the background, deleted with a way back.

A deleted run leaves the list at once and the disk a little later, so that it can be brought back.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.runs import DamagedRun, TrainingRun, delete_run, list_runs
from app.gui.pages.train.run_words import parameters
from app.gui.studio import Studio
from app.jobs.messages import TrainRequest

UNDO_MS = 10_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A run, or the folder of one that cannot be read. ``parameters`` counts its network's."""

    run: TrainingRun | DamagedRun
    parameters: int

    @property
    def id(self) -> str:
        return self.run.id


class ProjectRuns(QObject):
    """``changed()``: another :attr:`entries` or :attr:`deleted`."""

    changed = Signal()

    def __init__(self, studio: Studio, parent: QObject) -> None:
        super().__init__(parent)
        self._studio = studio
        self._all: tuple[Entry, ...] = ()
        self._folder: Path | None = None
        self.deleted: tuple[str, ...] = ()
        """Out of the list, and still on the disk."""
        self._forget = QTimer(self, singleShot=True, interval=UNDO_MS)
        self._forget.timeout.connect(self.delete_for_good)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Newest first, the damaged last; without the run that trains now."""
        request = self._studio.jobs.request
        running = request.run_id if isinstance(request, TrainRequest) else ""
        gone = (running, *self.deleted)
        return tuple(entry for entry in self._all if entry.id not in gone)

    @property
    def taken(self) -> tuple[str, ...]:
        """The ids that a new run cannot have."""
        return tuple(entry.id for entry in self._all)

    def load(self) -> None:
        """Read the runs' records anew."""
        project = self._studio.project
        if project is None:
            return
        folder = project.folder

        def show(entries: tuple[Entry, ...]) -> None:
            now = self._studio.project
            if now is not None and now.folder == folder:
                self._all = entries
                self.changed.emit()

        self._studio.background.run(lambda: _read(folder), show, owner=self)

    def delete(self, ids: tuple[str, ...]) -> None:
        """Take runs out of the list; :meth:`bring_back` undoes it for a while."""
        project = self._studio.project
        if project is None:
            return
        self.delete_for_good()
        self._folder = project.folder
        self.deleted = ids
        self._forget.start()
        self.changed.emit()

    def bring_back(self) -> None:
        """Undo the last :meth:`delete`."""
        self._forget.stop()
        self.deleted = ()
        self.changed.emit()

    def delete_for_good(self) -> None:
        """Remove from the disk what was deleted."""
        self._forget.stop()
        folder, ids = self._folder, self.deleted
        if folder is None or not ids:
            return
        self._all = tuple(entry for entry in self._all if entry.id not in ids)
        self.deleted = ()
        self.changed.emit()
        self._studio.background.run(lambda: _delete(folder, ids))


def _read(folder: Path) -> tuple[Entry, ...]:
    found = list_runs(folder)
    return (
        *(Entry(run, parameters(run)) for run in found.runs),
        *(Entry(run, 0) for run in found.damaged),
    )


def _delete(folder: Path, ids: tuple[str, ...]) -> None:
    for run_id in ids:
        delete_run(folder, run_id)
