# SPDX-License-Identifier: GPL-3.0-or-later
"""The Live page: the signal with the answers above it, the answer of this moment at the right."""

from __future__ import annotations

from collections import deque
from statistics import median

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.capture.session import CaptureSession
from app.gui import theme
from app.gui.figures import milliseconds
from app.gui.i18n import tr
from app.gui.icons import icon
from app.gui.page import Page
from app.gui.pages.live.answer_card import AnswerCard
from app.gui.pages.live.answer_strip import AnswerStrip, merged, unsure_style
from app.gui.pages.live.board_model import Answer, BoardModel
from app.gui.pages.live.history import HistoryModel, HistoryTable
from app.gui.pages.live.live_run import LiveRun, LiveState
from app.gui.pages.live.notice import Notice
from app.gui.studio import Studio
from app.gui.theme import ClassStyle
from app.gui.widgets.card import Card, label
from app.gui.widgets.fields import prepare_field
from app.gui.widgets.hand_strip import HandStrip
from app.gui.widgets.live_source import LiveSource
from app.gui.widgets.signal_plot import SignalPlot
from app.gui.widgets.span_layer import PlotSpan

DRAW_MS = 33
SIDE_WIDTH = 336
RATE_OVER_S = 3.0
DEFAULT_THRESHOLD = 60


class LivePage(Page):
    """Watch the board answer. Timers run only while the page is in front."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio, tr("Live"), tr("The board's own answers, as they come."))
        self.run = LiveRun(studio, self)
        self._session: CaptureSession | None = None
        self._model: BoardModel | None = None
        self._styles: tuple[ClassStyle, ...] = ()
        self._latencies: deque[int] = deque(maxlen=64)
        self.start = QPushButton()
        self.start.setMinimumWidth(144)
        self.start.clicked.connect(self._toggle)
        self.set_primary_action(self.start)
        self.notice = Notice(self.theme)
        self.notice.deploy_wanted.connect(lambda: studio.go_to("deploy"))
        self.notice.reconnect_wanted.connect(self._reconnect)
        self.plot = SignalPlot(self.theme)
        self.plot.setAccessibleName(tr("Live signal"))
        self.strip = AnswerStrip(self.theme, self.plot)
        self.hand = HandStrip(studio)
        self.answer = AnswerCard(self.theme)
        self.history = HistoryModel(self.theme)
        self.table = HistoryTable(self.history)
        self.threshold = _threshold_field()
        self.threshold.valueChanged.connect(self._on_threshold)
        self.latency, self.rate, self.network = (
            _figure(),
            _figure(),
            label("", "caption", wrap=True),
        )
        self._lay_out()
        self._timer = QTimer(self, interval=DRAW_MS)
        self._timer.timeout.connect(self._tick)
        self.run.changed.connect(self._show_state)
        self.run.answered.connect(self._on_answer)
        studio.board.changed.connect(self._show_state)
        self.history.set_threshold(self._share)
        self._show_state()

    def _lay_out(self) -> None:
        self.body.addWidget(self.notice)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID * 2)
        live = Card()
        live.content.addWidget(self.strip)
        live.content.addWidget(self.plot, 1)
        live.content.addWidget(self.hand)
        row.addWidget(live, 1)
        side = QWidget()
        side.setFixedWidth(SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID * 2)
        column.addWidget(self.answer)
        column.addWidget(self._figures())
        column.addWidget(self.table, 1)
        row.addWidget(side)
        self.body.addLayout(row, 1)

    def _figures(self) -> Card:
        card = Card()
        grid = QHBoxLayout()
        grid.setSpacing(theme.GRID * 2)
        self.latency.setToolTip(
            tr("Half of the last 64 windows took the board less time than this, half more.")
        )
        for name, figure in (
            (tr("Median time"), self.latency),
            (tr("Windows a second"), self.rate),
            (tr("Unsure below"), self.threshold),
        ):
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(label(name, "caption"))
            column.addWidget(figure)
            grid.addLayout(column, 1)
        card.content.addLayout(grid)
        card.content.addWidget(self.network)
        return card

    # --- coming and going --------------------------------------------------------------------

    def entered(self) -> None:
        self.studio.connect_default_board()
        self.plot.start_drawing()
        self._timer.start()

    def left(self) -> None:
        self._timer.stop()
        self.plot.stop_drawing()
        self.run.forget()

    def _toggle(self) -> None:
        if self.run.state is LiveState.READY:
            self.run.start()
        else:
            self.run.stop()

    def _reconnect(self) -> None:
        board, settings = self.studio.board, self.studio.settings
        if board.choice:
            self.studio.connect_board(board.choice, settings.baud)
        else:
            self.studio.connect_default_board()

    # --- showing -----------------------------------------------------------------------------

    def _tick(self) -> None:
        session = self.studio.board.session
        if session is not self._session:
            self._session = session
            self.plot.show_source(None if session is None else LiveSource(session), follow=True)
        self.run.look()
        if self.run.state is LiveState.RUNNING and session is not None:
            self._show_rate(session.now_s)

    def _show_state(self) -> None:
        state = self.run.state
        goes = state in (LiveState.STARTING, LiveState.RUNNING, LiveState.LOST)
        self.start.setText(tr("Stop") if goes else tr("Start"))
        self.start.setIcon(icon("stop" if goes else "play", self.theme, self.theme.on_accent))
        self.start.setEnabled(goes or state is LiveState.READY)
        self.notice.show_run(self.run, connecting=self.studio.board.connecting)
        self.hand.setVisible(self.studio.board.simulated)
        if self.run.model is not self._model:
            self._model = self.run.model
            self._show_model()
        if state is LiveState.STARTING:
            self._latencies.clear()
            self._show_spans()
        if state is not LiveState.RUNNING:
            self.rate.setText("–")
            self.answer.show_answer(None, self._share)

    def _show_model(self) -> None:
        model = self._model
        names = () if model is None else model.classes
        # Without a project the page is about to go, and no board's network is shown.
        classes = self.studio.document.classes if self.studio.project is not None else ()
        colors = {each.name: each.color for each in classes}
        self._styles = tuple(
            self.theme.class_style(colors.get(name, place)) for place, name in enumerate(names)
        )
        self.answer.show_classes(names, self._styles)
        self.history.show_classes(names, self._styles)
        self.threshold.setEnabled(bool(names) or model is None)
        self.latency.setText("–")
        self.network.setVisible(model is not None and not model.newest)
        self.network.setText(tr("The board has an older run than the latest training."))

    def _on_answer(self, answer: Answer) -> None:
        self._latencies.append(answer.micros)
        self.latency.setText(tr("{ms} ms", ms=milliseconds(median(self._latencies))))
        self.answer.show_answer(answer, self._share)
        self.history.add(answer)
        self._show_spans()

    def _show_rate(self, now_s: float) -> None:
        answers = self.run.answers
        recent = [each for each in answers if each.at_s > now_s - RATE_OVER_S]
        over_s = recent[-1].at_s - recent[0].at_s if len(recent) > 1 else 0.0
        self.rate.setText(f"{(len(recent) - 1) / over_s:.1f}" if over_s > 0 else "–")

    def _show_spans(self) -> None:
        """Each answer lasts from the one before, but no longer than its stride and some grace."""
        model = self._model
        if model is None or not model.classes:
            self.strip.show_spans(())
            return
        stride_s = model.stride / model.program.input.rate_hz
        unsure = unsure_style(self.theme)
        spans: list[PlotSpan] = []
        before_s = float("-inf")
        for answer in self.run.answers:
            start_s = max(before_s, answer.at_s - 1.5 * stride_s)
            before_s = answer.at_s
            sure = answer.top is not None and answer.confidence >= self._share
            place = answer.top or 0
            name = model.classes[place] if sure else tr("unsure")
            style = self._styles[place] if sure else unsure
            spans.append(PlotSpan(start_s, answer.at_s, name, style))
        self.strip.show_spans(merged(spans))

    @property
    def _share(self) -> float:
        return self.threshold.value() / 100

    def _on_threshold(self) -> None:
        self.history.set_threshold(self._share)
        answers = self.run.answers
        if answers and self.run.state is LiveState.RUNNING:
            self.answer.show_answer(answers[-1], self._share)
        self._show_spans()


def _threshold_field() -> QSpinBox:
    made = QSpinBox()
    made.setRange(0, 99)
    made.setValue(DEFAULT_THRESHOLD)
    made.setSuffix(" %")
    made.setAccessibleName(tr("Unsure below"))
    made.setToolTip(
        tr(
            "Confidence threshold: an answer whose best score is lower is shown as unsure. Higher "
            "gives fewer wrong answers, and fewer answers."
        )
    )
    prepare_field(made)
    return made


def _figure() -> QLabel:
    made = label("–", "strong")
    made.setFont(theme.font(theme.TITLE_PX))
    return made
