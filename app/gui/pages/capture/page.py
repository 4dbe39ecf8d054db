# SPDX-License-Identifier: GPL-3.0-or-later
"""The Capture page: port on top, the live signal, what to record at the right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from app.capture.session import CaptureSession
from app.capture.session_state import Snapshot, Speaks
from app.gui import theme
from app.gui.i18n import tr
from app.gui.icons import icon
from app.gui.import_rate import ask_rate
from app.gui.page import Page
from app.gui.pages.capture.line_panel import LinePanel
from app.gui.pages.capture.port_bar import PortBar
from app.gui.pages.capture.quality_strip import QualityStrip
from app.gui.pages.capture.record_card import RecordCard
from app.gui.pages.capture.recording_list import RecordingList
from app.gui.studio import Studio
from app.gui.takes import TakeState
from app.gui.widgets.card import Card
from app.gui.widgets.hand_strip import HandStrip
from app.gui.widgets.live_source import LiveSource
from app.gui.widgets.signal_plot import SignalPlot

STATE_MS = 200
QUALITY_EVERY = 5
SIDE_WIDTH = 336


class CapturePage(Page):
    """Watch, then record. Space records wherever no field wants it."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(
            studio, tr("Capture"), tr("Watch what the sensor says, name it, record it.")
        )
        self._session: CaptureSession | None = None
        self._ticks = 0
        self.setAcceptDrops(True)
        self.record = QPushButton()
        self.record.setMinimumWidth(168)
        self.record.setToolTip(tr("Begin or end a recording (Space)"))
        self.record.clicked.connect(studio.takes.toggle)
        self.set_primary_action(self.record)
        self.ports = PortBar(studio)
        self.quality = QualityStrip()
        self.plot = SignalPlot(self.theme)
        self.plot.setAccessibleName(tr("Live signal"))
        self.hand = HandStrip(studio)
        self.lines = LinePanel(self.theme)
        self.card = RecordCard(studio)
        self.recordings = RecordingList(studio)
        self.recordings.opened.connect(partial(studio.go_to, "label"))
        self._pause = self._quiet_button("pause", tr("Pause"))
        self._pause.setCheckable(True)
        self._pause.setToolTip(tr("Hold the picture still; nothing that arrives is lost."))
        self._pause.toggled.connect(self._hold)
        self.plot.tools.insertWidget(1, self._pause, 0, Qt.AlignmentFlag.AlignVCenter)
        self._lines_button = self._quiet_button("terminal", tr("Lines"))
        self._lines_button.setCheckable(True)
        self._lines_button.setToolTip(tr("How the board's lines are read, and what is not read"))
        self._lines_button.toggled.connect(self._show_lines)
        self._lay_out()
        self._state = QTimer(self, interval=STATE_MS)
        self._state.timeout.connect(self._tick)
        self._first_look = QTimer(self, singleShot=True, interval=0)
        self._first_look.timeout.connect(self._on_board)
        studio.board.changed.connect(self._on_board)
        studio.takes.changed.connect(self._show_take)
        studio.takes.rate_wanted.connect(self._ask_rate)
        self.hand.setVisible(studio.board.simulated)
        self._show_state()
        self._show_take()

    def _lay_out(self) -> None:
        self.body.setSpacing(theme.GRID)
        self.body.addWidget(self.ports)
        upright = QSplitter()
        self.body.addWidget(upright, 1)
        left, side = QWidget(), QWidget()
        upright.addWidget(left)  # before they are filled: a tree that moves is styled anew
        upright.addWidget(side)
        live = Card()
        live.content.addWidget(self.plot, 1)
        below = QHBoxLayout()
        below.addWidget(self.quality, 1)
        below.addWidget(self._lines_button)
        live.content.addLayout(below)
        live.content.addWidget(self.hand)
        upright.setChildrenCollapsible(False)
        rows, column = QVBoxLayout(left), QVBoxLayout(side)
        for layout in (rows, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(theme.GRID * 2)
        rows.addWidget(live, 3)
        rows.addWidget(self.lines, 1)
        self.lines.hide()
        column.addWidget(self.card)
        column.addWidget(self.recordings, 1)
        side.setMinimumWidth(280)
        upright.setStretchFactor(0, 1)
        upright.setHandleWidth(theme.GRID * 2)
        upright.setSizes([10_000, SIDE_WIDTH])

    def _quiet_button(self, name: str, words: str) -> QPushButton:
        button = QPushButton(icon(name, self.theme), words)
        button.setProperty("role", "quiet")
        return button

    # --- coming and going --------------------------------------------------------------------

    def entered(self) -> None:
        self.studio.board.watch_ports(True)
        self.studio.connect_default_board()
        self._first_look.start()  # in a turn of its own: the signal's lanes take a while to make
        if not self._pause.isChecked():
            self.plot.start_drawing()
        self._state.start()
        self.plot.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        self.studio.board.watch_ports(False)
        self.plot.stop_drawing()
        self._state.stop()

    # --- the board ---------------------------------------------------------------------------

    def _on_board(self) -> None:
        session = self.studio.board.session
        if session is not self._session:
            self._session = session
            source = None if session is None else LiveSource(session)
            self.plot.show_source(source, follow=True)
            self._pause.setChecked(False)
        self.hand.setVisible(self.studio.board.simulated)
        self._show_state()

    def _tick(self) -> None:
        self._show_state()
        self._ticks += 1
        if self._session is not None and self._ticks % QUALITY_EVERY == 0:
            session = self._session
            self.studio.background.run(session.quality, self.quality.show_quality, owner=self)
        if self.lines.isVisible():
            self.lines.refresh(self._session)

    def _show_state(self) -> None:
        snapshot = None if self._session is None else self._session.snapshot()
        self.ports.show_snapshot(snapshot)
        self._show_unread(snapshot)
        if snapshot is None:
            self.quality.show_quality(None)

    def _show_lines(self, shown: bool) -> None:
        """Of a board that speaks the protocol there are no lines to inspect, only remarks."""
        session = self._session
        if session is not None and session.snapshot().remarks:
            self.lines.tabs.setCurrentWidget(self.lines.console)
        self.lines.setVisible(shown)

    def _show_unread(self, snapshot: Snapshot | None) -> None:
        lines = snapshot is not None and snapshot.speaks is not Speaks.PROTOCOL
        unread = snapshot.lines.unread_total if snapshot is not None else 0
        remarks = snapshot.remarks if snapshot is not None else 0
        self._lines_button.setVisible(lines or unread + remarks > 0)
        if unread:
            words = tr("{count} lines not read", count=unread)
        else:
            words = tr("Remarks of the board") if remarks else tr("Lines")
        if self._lines_button.text() != words:
            self._lines_button.setText(words)

    def _hold(self, hold: bool) -> None:
        if hold:
            self.plot.stay()
            self.plot.stop_drawing()
        else:
            self.plot.follow()
            self.plot.start_drawing()

    # --- recording ---------------------------------------------------------------------------

    def _show_take(self) -> None:
        takes = self.studio.takes
        words = {
            TakeState.IDLE: tr("Record"),
            TakeState.COUNTDOWN: tr("In {count} … cancel", count=takes.counts_s),
            TakeState.RECORDING: tr("Stop · {seconds:.1f} s", seconds=takes.elapsed_s),
            TakeState.STORING: tr("Storing…"),
        }
        self.record.setText(words[takes.state])
        running = takes.state in (TakeState.COUNTDOWN, TakeState.RECORDING)
        role = "recording" if takes.state is TakeState.RECORDING else "primary"
        if self.record.property("role") != role or self.record.icon().isNull():
            self.record.setProperty("role", role)
            self.record.setIcon(
                icon("stop" if running else "record", self.theme, self.theme.on_accent)
            )
            self.record.style().polish(self.record)
        self.record.setEnabled(takes.state is not TakeState.STORING)
        self.card.set_editable(takes.state is TakeState.IDLE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A Space that no button, list or field has taken for itself."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.studio.takes.toggle()
        else:
            super().keyPressEvent(event)

    # --- files -------------------------------------------------------------------------------

    def _ask_rate(self, paths: Sequence[Path]) -> None:
        ask_rate(self, self.studio, paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.studio.takes.import_paths(paths)
            event.acceptProposedAction()
