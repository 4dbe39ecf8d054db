# SPDX-License-Identifier: GPL-3.0-or-later
"""Recording, from the countdown to the recording on the disk. Lives longer than the page that
shows it: a language switch in the midst of a take loses nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from app.capture.live_take import TakeEnd
from app.core.errors import TinywrightError
from app.core.importing import ImportOptions, ReadFiles, read_files
from app.core.project import NewRecording
from app.core.text import Text, text
from app.gui.notifications import Notification, Severity

if TYPE_CHECKING:
    from app.capture.session import CaptureSession
    from app.capture.take import FinishedTake
    from app.gui.studio import Studio

TICK_MS = 50

_BROKEN_OFF = {
    TakeEnd.LOST: text("The board went away."),
    TakeEnd.CHANGED: text("The board began to send other channels."),
    TakeEnd.DISK: text("The disk takes no more."),
}


class TakeState(Enum):
    IDLE = "idle"
    COUNTDOWN = "countdown"
    RECORDING = "recording"
    STORING = "storing"


class Takes(QObject):
    """Records from the studio's board into its project. ``label``, ``countdown_s`` and
    ``length_s`` (``None``: until it is stopped) are what the user chose last."""

    changed = Signal()
    """Another state, or time has gone on."""
    recorded = Signal(object)
    """The RecordingInfo of a take that is in the project now."""
    rate_wanted = Signal(object)
    """Paths with files that have no clock: :meth:`import_paths` again, with the rate."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self._studio = studio
        self.state = TakeState.IDLE
        self.label = ""
        self.countdown_s = 3
        self.length_s: float | None = 8.0
        self.elapsed_s = 0.0
        self._session: CaptureSession | None = None
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        studio.project_closed.connect(self._on_project_closed)

    @property
    def counts_s(self) -> int:
        """The number the countdown shows."""
        return max(1, math.ceil(self.countdown_s - self._clock.elapsed() / 1000))

    def toggle(self) -> None:
        """What the Record button does: begin, stop, or give the countdown up."""
        if self.state is TakeState.IDLE:
            self.start()
        else:
            self.stop()

    def start(self) -> None:
        """Count down, then record. A notification where there is nothing to record."""
        if self.state is not TakeState.IDLE or self._studio.project is None:
            return
        session = self._studio.board.session
        if session is None:
            self._studio.notify(
                Notification(
                    Severity.WARNING,
                    text("The recording cannot begin."),
                    text("No board is connected."),
                    text("Choose a port, or the simulated board."),
                )
            )
            return
        self._session = session
        self._clock.start()
        self._timer.start()
        self._enter(TakeState.COUNTDOWN)
        self._tick()

    def stop(self) -> None:
        """End the take and keep it; give up a countdown."""
        if self.state is TakeState.COUNTDOWN:
            self._end()
        elif self.state is TakeState.RECORDING:
            self._store()

    def _tick(self) -> None:
        session = self._session
        if session is None:
            return
        if self.state is TakeState.COUNTDOWN:
            if self._clock.elapsed() >= self.countdown_s * 1000:
                self._begin(session)
            self.changed.emit()
        elif self.state is TakeState.RECORDING:
            progress = session.snapshot().take
            if progress is None:
                return  # it is being opened on the disk
            self.elapsed_s = progress.seconds
            self.changed.emit()
            if progress.end is not None:
                self._store()

    def _begin(self, session: CaptureSession) -> None:
        project = self._studio.project
        if project is None:
            self._end()
            return
        folder, name = project.folder, self._next_name()
        label, seconds = self.label, self.length_s
        self.elapsed_s = 0.0
        self._enter(TakeState.RECORDING)
        self._studio.background.run(
            lambda: session.start_take(folder, name, label, seconds), None, self._failed
        )

    def _store(self) -> None:
        session = self._session
        if session is None:
            return
        progress = session.snapshot().take
        if progress is None:
            return  # stopped before it began: the next tick sees it
        self._enter(TakeState.STORING)
        self._timer.stop()
        if progress.end is not None and progress.end in _BROKEN_OFF:
            self._studio.notify(
                Notification(
                    Severity.WARNING,
                    text("The recording ended early; what was measured until then is kept."),
                    _BROKEN_OFF[progress.end],
                )
            )
        finished: list[FinishedTake] = []

        def make() -> Sequence[NewRecording]:
            finished.append(session.finish_take())
            return [finished[0].new]

        self._studio.add_recordings(
            make,
            text("Record {name}", name=self.label or text("a recording")),
            lambda infos: self._stored(finished[0], infos[0]),
            self._failed,
        )

    def _stored(self, take: FinishedTake, info: object) -> None:
        self._studio.background.run(take.discard)  # the project holds it now
        self._end()
        self.recorded.emit(info)

    def _failed(self, error: TinywrightError) -> None:
        self._studio.notify(error)
        self._end()

    def _on_project_closed(self) -> None:
        """What was being recorded lies in the project's folder and is taken in when the project
        is opened again."""
        session = self._session
        if session is not None and self.state is TakeState.RECORDING:
            self._studio.background.run(lambda: session.finish_take().leave())
        if self.state is not TakeState.IDLE:
            self._end()

    def _end(self) -> None:
        self._timer.stop()
        self._session = None
        self._enter(TakeState.IDLE)

    def _enter(self, state: TakeState) -> None:
        self.state = state
        self.changed.emit()

    def _next_name(self) -> str:
        """``shake 4``: one more than the recordings that are called so."""
        stem = self.label or "take"
        taken = {info.name for info in self._studio.document.recordings}
        number = sum(name.startswith(f"{stem} ") for name in taken) + 1
        while f"{stem} {number}" in taken:
            number += 1
        return f"{stem} {number}"

    # --- files -------------------------------------------------------------------------------

    def import_paths(self, paths: Sequence[Path], rate_hz: float | None = None) -> None:
        """Take the recordings in files and folders in; what had to be assumed is said.

        Files without a clock are not taken in before their rate is known: ``rate_wanted`` follows.
        """
        project = self._studio.project
        if project is None:
            return
        options = ImportOptions(rate_hz=rate_hz, task=self._studio.document.task)

        def was_read(read: ReadFiles) -> None:
            if self._studio.project is not project:
                return
            if read.rate_assumed:
                self.rate_wanted.emit(paths)
                return
            self._studio.add_recordings(
                lambda: read.recordings,
                text("Import recordings"),
                lambda infos: self._imported(len(infos), read.notes),
            )

        self._studio.background.run(lambda: read_files(paths, options), was_read, owner=self)

    def _imported(self, count: int, notes: Sequence[Text]) -> None:
        self._studio.notify(
            Notification(
                Severity.INFO,
                text("{count} recordings were imported.", count=count),
                notes[0] if notes else text("Their labels come from the files, or their names."),
                details="\n".join(str(note) for note in notes[1:]),
            )
        )
