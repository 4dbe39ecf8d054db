# SPDX-License-Identifier: GPL-3.0-or-later
"""The Deploy page: network and board at the left, what becomes of them at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QPushButton,
    QStackedWidget,
    QWidget,
)

from app.capture.messages import SensorChannel
from app.core.board import VIRTUAL, Board
from app.core.runs import RunList, Sizes, TrainingRun, list_runs
from app.deploy.compiler.report import CostReport
from app.gui import theme
from app.gui.i18n import tr
from app.gui.icons import icon
from app.gui.page import Page
from app.gui.pages.deploy.board_card import BoardCard
from app.gui.pages.deploy.board_tools import BoardTools
from app.gui.pages.deploy.cost_card import CostCard
from app.gui.pages.deploy.export_menu import ExportMenu
from app.gui.pages.deploy.outcome import Outcome
from app.gui.pages.deploy.run_card import RunCard
from app.gui.pages.deploy.steps_card import StepsCard
from app.gui.studio import Studio
from app.gui.widgets.card import label
from app.gui.widgets.empty_state import EmptyState
from app.gui.widgets.layouts import column_in, row_in, scrolled
from app.jobs.messages import Outcome as JobOutcome
from app.jobs.messages import Request
from app.jobs.run_costs import costs_of

LOOK_MS = 250
SIDE_WIDTH = 328


class DeployPage(Page):
    """Convert, flash and check at the press of one button."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio, tr("Deploy"), tr("Bring the network onto the board."))
        self._runs: tuple[TrainingRun, ...] = ()
        self._run: TrainingRun | None = None
        self._costs_of: tuple[str, Sizes | None, Board] | None = None
        self.export = QPushButton(tr("Export"))
        self.export.setIcon(icon("export", self.theme))
        self.export.setMinimumHeight(theme.GRID * 5)
        self.exports = ExportMenu(studio, self.export)
        self.export.setMenu(self.exports)
        self.header.addWidget(self.export)
        self.deploy = QPushButton(tr("Convert, flash and check"))
        self.deploy.setEnabled(False)  # until the runs have been read
        self.deploy.clicked.connect(self._deploy)
        self.set_primary_action(self.deploy)
        self._stacked = QStackedWidget()
        self.body.addWidget(self._stacked, 1)
        self._stacked.addWidget(QWidget())  # while the runs are being read
        self._stacked.addWidget(self._empty_state())
        self._stacked.addWidget(self._content())
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._show_board)
        studio.deployment.changed.connect(self._on_deployment)
        studio.care.changed.connect(self._show_board)
        studio.board.changed.connect(self._show_board)
        studio.board.ports_changed.connect(self._show_board)
        studio.jobs.started.connect(self._show_board)
        studio.jobs.ended.connect(self._on_job_ended)
        studio.project_opened.connect(self._read_runs)
        self._read_runs()

    # --- building ----------------------------------------------------------------------------

    def _empty_state(self) -> QWidget:
        empty = EmptyState(
            self.theme,
            "deploy",
            tr("No trained network yet"),
            tr(
                "Train a network first. Then one button shrinks it to 8-bit numbers, puts it on "
                "the board, and checks there that it answers as it does here."
            ),
        )
        self.train = QPushButton(tr("Go to Train"))
        self.train.clicked.connect(lambda: self.studio.go_to("train"))
        empty.add_action(self.train)
        return empty

    def _content(self) -> QWidget:
        whole = QWidget()
        row = row_in(whole)
        self.run_card = RunCard()
        self.run_card.chosen.connect(self._choose_run)
        self.board_card = BoardCard()
        self.board_card.port_chosen.connect(self._connect)
        self.warning = label("", "warn", wrap=True)
        side = QWidget()
        side.setFixedWidth(SIDE_WIDTH)
        column = column_in(side)
        column.addWidget(self.run_card)
        column.addWidget(self.board_card)
        self.tools = BoardTools(self.studio)
        column.addWidget(self.tools)
        column.addWidget(self.warning)
        column.addStretch(1)
        row.addWidget(side)
        self.steps = StepsCard(self.theme)
        self.steps.cancelled.connect(self.studio.deployment.cancel)
        self.steps.retried.connect(self._deploy)
        self.steps.replaced.connect(self._replace)
        self.outcome = Outcome(self.theme)
        right = QWidget()
        rows = column_in(right)
        rows.addWidget(self.steps)
        rows.addWidget(self.outcome)
        self.costs = CostCard()
        rows.addWidget(self.costs)
        rows.addStretch(1)
        row.addWidget(scrolled(right), 1)
        return whole

    # --- coming and going --------------------------------------------------------------------

    def entered(self) -> None:
        self._read_runs()
        self.studio.board.watch_ports(True)
        self.studio.connect_default_board()
        self._timer.start()

    def left(self) -> None:
        self.studio.board.watch_ports(False)
        self._timer.stop()

    # --- runs --------------------------------------------------------------------------------

    def _read_runs(self) -> None:
        project = self.studio.project
        if project is None:
            return
        folder = project.folder
        self.studio.background.run(lambda: list_runs(folder), self._take_runs, owner=self)

    def _take_runs(self, found: RunList) -> None:
        for damaged in found.damaged:
            self.studio.notify(damaged.error)
        self._runs = tuple(run for run in found.runs if run.best_epoch)
        self._show_runs()

    def _choose_run(self, run_id: str) -> None:
        self.studio.run_id = run_id
        self._show_runs()

    def _show_runs(self) -> None:
        latest = self._runs[0] if self._runs else None
        wanted = self.studio.run_id
        self._run = next((run for run in self._runs if run.id == wanted), latest)
        self._stacked.setCurrentIndex(1 if self._run is None else 2)
        self.export.setVisible(self._run is not None)
        self.run_card.show_runs(self._runs, self._run)
        self.exports.show_run(self._run)
        self._on_deployment()

    # --- the board ---------------------------------------------------------------------------

    def _connect(self, port: str) -> None:
        self.studio.connect_board(port, self.studio.settings.baud)

    def _show_board(self) -> None:
        session = self.studio.board.session
        snapshot = None if session is None else session.snapshot()
        busy = self.studio.deployment.busy or self.studio.care.busy
        state = self.board_card.show_boards(self.studio.board, snapshot, locked=busy)
        ready = state is not None and state.ready and not busy
        self.tools.show_board(
            None if snapshot is None else snapshot.identity,
            () if self._run is None else self._run.classes,
            ready=ready,
        )
        self.deploy.setEnabled(ready and self._run is not None and not self.studio.jobs.busy)
        for again in (self.steps.problem.retry, self.steps.problem.replace):
            again.setEnabled(self.deploy.isEnabled())
        if self._run is None:
            tip = tr("Train a network first.")
        elif state is None:
            tip = tr("Choose a board first.")
        elif self.studio.jobs.busy:
            tip = tr("Other work is under way.")
        else:
            tip = tr("Shrinks the network to int8, sends it, and replays held-out windows there.")
        self.deploy.setToolTip(tip if ready or state is None else state.words)
        self._show_costs()
        self._show_warning(snapshot.sensors if snapshot is not None and ready else ())

    def _show_warning(self, sensors: Sequence[SensorChannel]) -> None:
        """What the network needs and the board, by its own word, does not measure."""
        board, run = self.studio.board.board, self._run
        known = {sensor.name.lower() for sensor in sensors}
        missing = (
            [each.name for each in run.channels if each.name.lower() not in known] if run else []
        )
        shown = bool(sensors and missing and board)
        self.warning.setVisible(shown)
        if shown and board is not None:
            self.warning.setText(
                tr(
                    "The {board} does not measure {channels}. The check works, for it sends the "
                    "windows along; on its own sensor the network cannot run there.",
                    board=tr(board.name),
                    channels=", ".join(missing),
                )
            )

    def _show_costs(self) -> None:
        """What the chosen network takes of the board at hand; read and compiled in the
        background."""
        project, run = self.studio.project, self._run
        if project is None or run is None:
            return
        board = self.studio.board.board or VIRTUAL
        wanted = (run.id, run.sizes, board)
        if wanted == self._costs_of:
            return
        self._costs_of = wanted
        folder = project.folder

        def show(report: CostReport | None) -> None:
            if self._costs_of == wanted:
                self.costs.show_report(report)

        # What cannot run on a board is said when it is converted.
        self.studio.background.run(
            lambda: costs_of(folder, run, board), show, lambda _error: show(None), owner=self
        )

    # --- the work ----------------------------------------------------------------------------

    def _deploy(self) -> None:
        board = self.studio.board.board
        if self._run is not None and board is not None:
            self.studio.deployment.start(self._run.id, board.id)

    def _replace(self) -> None:
        board = self.studio.board.board
        if self._run is not None and board is not None:
            self.studio.deployment.start(self._run.id, board.id, may_replace=True)

    def _on_job_ended(self, _request: Request, _outcome: JobOutcome) -> None:
        self._read_runs()

    def _on_deployment(self) -> None:
        run, deployment = self._run, self.studio.deployment
        request, project = deployment.request, self.studio.project
        if run is None or project is None:
            self._show_board()
            return
        ours = request is not None and request.project == str(project.folder)
        if deployment.busy:
            settled = False
        else:
            ours = ours and request is not None and request.run_id == run.id
            settled = run.board_check is not None and (not ours or deployment.finished)
        self.steps.setVisible(not settled)
        self.steps.show_deployment(deployment if ours else None)
        self.outcome.show_run(run, settled=settled)
        self.run_card.setEnabled(not deployment.busy)
        self._show_board()
