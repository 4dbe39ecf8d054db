# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts the Train page together: settings and data at the left, the training and its runs right."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QPushButton,
    QStackedWidget,
    QWidget,
)

from app.core import edits
from app.core.document import Document
from app.core.errors import TinywrightError
from app.core.runs import TrainingRun, new_run_id
from app.core.text import Text
from app.core.training import Task, TrainingConfig
from app.gui import theme
from app.gui.i18n import tr
from app.gui.page import Page
from app.gui.pages.train.curves import Curve, TrainingCurves
from app.gui.pages.train.data_card import DataCard
from app.gui.pages.train.progress_card import ProgressCard
from app.gui.pages.train.project_runs import ProjectRuns
from app.gui.pages.train.results import Results
from app.gui.pages.train.run_words import ending, network, when
from app.gui.pages.train.runs_card import RunsCard
from app.gui.pages.train.settings_card import SettingsCard
from app.gui.pages.train.training_data import TrainingData, training_data
from app.gui.studio import Studio
from app.gui.widgets.card import Card, label
from app.gui.widgets.empty_state import EmptyState
from app.gui.widgets.layouts import column_in, row_in, scrolled
from app.jobs.messages import (
    Cancelled,
    EvaluateRequest,
    Failed,
    Killed,
    Outcome,
    Request,
    TrainRequest,
)

_SIDE_WIDTH = 296
_GATHER_AFTER_MS = 200
_DRAW_EVERY_MS = 50
_NO_RECORDING, _NO_LABEL, _BENCH = range(3)


class TrainPage(Page):
    """Trains the project's network in the worker child and shows what comes of it."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio, tr("Train"), tr("Let the network learn, and see how well it does"))
        self._data: TrainingData | None = None
        self._data_problem: TinywrightError | None = None
        self._gathered: Document | None = None
        self._broken: tuple[str, str] | None = None
        """What became of a training that left no word of it in its run; until another is shown."""
        self._front = False
        self._stale = False
        self._asked = self.studio.document.training if self._training else TrainingConfig()
        """What the training that runs was asked to do, whatever is edited meanwhile."""
        self.action = QPushButton()
        self.action.clicked.connect(self._act)
        self.set_primary_action(self.action)
        self.runs = ProjectRuns(studio, self)
        self.main: QWidget | None = None
        """The right side, built once the rest is on the screen."""
        self._stacked = QStackedWidget()
        self.body.addWidget(self._stacked, 1)
        self._stacked.addWidget(self._no_recording())
        self._stacked.addWidget(self._no_label())
        self._stacked.addWidget(bench := QWidget())
        self._lay_out(bench)
        self._gather_timer = QTimer(self, singleShot=True, interval=_GATHER_AFTER_MS)
        self._gather_timer.timeout.connect(self._gather)
        self._draw_timer = QTimer(self, singleShot=True, interval=_DRAW_EVERY_MS)
        self._draw_timer.timeout.connect(self._show_training)
        studio.document_changed.connect(self._on_document)
        studio.jobs.started.connect(self._on_started)
        studio.jobs.happened.connect(self._on_event)
        studio.jobs.ended.connect(self._on_ended)
        self._show_document()
        self._build_timer = QTimer(self, singleShot=True, interval=0)
        self._build_timer.timeout.connect(self._build_main)

    # --- building ----------------------------------------------------------------------------

    def _no_recording(self) -> QWidget:
        empty = EmptyState(
            self.theme,
            "train",
            tr("Nothing to learn from yet"),
            tr("A network learns from examples. Record a few takes of each class first."),
        )
        capture = QPushButton(tr("Go to Capture"))
        capture.clicked.connect(lambda: self.studio.go_to("capture"))
        empty.add_action(capture)
        return empty

    def _no_label(self) -> QWidget:
        empty = EmptyState(
            self.theme,
            "label",
            tr("No labels yet"),
            tr("Say in your recordings what happens where: that is what the network learns."),
        )
        mark = QPushButton(tr("Go to Label"))
        mark.clicked.connect(lambda: self.studio.go_to("label"))
        empty.add_action(mark)
        return empty

    def _lay_out(self, bench: QWidget) -> None:
        """From the outside in: a tree of widgets that moves is styled anew."""
        self._columns = row_in(bench)
        side = QWidget()
        beside = scrolled(side)
        beside.setFixedWidth(_SIDE_WIDTH)
        self._columns.addWidget(beside, 0, Qt.AlignmentFlag.AlignLeft)
        self._fill_side(side)

    def _build_main(self) -> None:
        self.main = QWidget()
        self._columns.addWidget(scrolled(self.main), 1)
        self._fill_main(self.main)
        self.runs.changed.connect(self._on_runs)
        self._show_training()
        self.runs.load()

    def _fill_side(self, side: QWidget) -> None:
        column = column_in(side, right_px=12)
        self.data_card = DataCard(self.theme)
        self.data_card.page_wanted.connect(self.studio.go_to)
        self.settings = SettingsCard()
        self.settings.changed.connect(self._set_training)
        column.addWidget(self.data_card)
        column.addWidget(self.settings)
        column.addStretch(1)

    def _fill_main(self, main: QWidget) -> None:
        column = column_in(main, right_px=theme.GRID)
        self.progress = ProgressCard()
        self.progress.next.clicked.connect(lambda: self.studio.go_to("deploy"))
        self.progress.score.clicked.connect(self._score)
        self.curves = TrainingCurves(self.theme)
        curves = Card()
        curves.content.addWidget(self.curves, 1)
        curves.content.addWidget(
            label(
                tr(
                    "Solid: training. Dashed: validation, windows it does not learn from. The dot "
                    "marks the best epoch, whose network is kept."
                ),
                "caption",
                wrap=True,
            )
        )
        self.results = Results(self.theme)
        self.runs_card = RunsCard(self.theme, self.runs)
        self.runs_card.chosen.connect(self._on_chosen)
        column.addWidget(self.progress)
        column.addWidget(curves, 2)
        column.addWidget(self.results, 1)
        column.addWidget(self.runs_card, 1)

    # --- coming and going --------------------------------------------------------------------

    def entered(self) -> None:
        self._front = True
        if self.main is None:
            self._build_timer.start()
        self._select_run()
        self.studio.jobs.warm_up()
        self._gather_timer.start()
        if self._stale:
            self._show_document()
        if self._training:
            self._show_training()

    def left(self) -> None:
        self._front = False
        self._gather_timer.stop()
        self._draw_timer.stop()
        self.runs.delete_for_good()

    # --- the document ------------------------------------------------------------------------

    def _on_document(self, _old: Document, _new: Document) -> None:
        if self._front:
            self._show_document()
            self._gather_timer.start()
        else:
            self._stale = True  # other pages' edits must not pay for this one

    def _show_document(self) -> None:
        if self.studio.project is None:
            return
        self._stale = False
        document = self.studio.document
        if not document.recordings:
            self._stacked.setCurrentIndex(_NO_RECORDING)
        else:
            self._stacked.setCurrentIndex(_BENCH if document.spans else _NO_LABEL)
        self.settings.show_training(document.training, document.task)
        self._show_data(document)
        self._show_action()

    def _show_data(self, document: Document) -> None:
        if not _same_data(self._gathered, document):
            self.data_card.show_waiting()
        elif self._data_problem is not None:
            self.data_card.show_problem(self._data_problem)
        elif self._data is not None:
            self.data_card.show_data(self._data, document, self._data.model_problem(document))

    def _gather(self) -> None:
        """Count windows in the background; what is learnt about a past document is dropped."""
        project = self.studio.project
        if project is None:
            return
        document = project.document
        if not document.spans or _same_data(self._gathered, document):
            return

        def gathered(data: TrainingData | None, problem: TinywrightError | None) -> None:
            if self.studio.project is project and _same_data(document, project.document):
                self._gathered, self._data, self._data_problem = document, data, problem
                self.settings.show_windows(None if data is None else sum(data.summary.training))
                self._show_data(project.document)
                self._show_action()

        self.studio.background.run(
            lambda: training_data(project, document),
            lambda data: gathered(data, None),
            lambda error: gathered(None, error),
            owner=self,
        )

    def _set_training(self, training: TrainingConfig, what: Text) -> None:
        self.studio.edit(edits.replace_training(self.studio.document, training), what)

    # --- the work ----------------------------------------------------------------------------

    @property
    def _training(self) -> bool:
        return isinstance(self.studio.jobs.request, TrainRequest)

    def _show_action(self) -> None:
        jobs = self.studio.jobs
        reason = None if self._training else self._why_not()
        self.action.setText(tr("Stop") if self._training else tr("Train"))
        self.action.setShortcut("Ctrl+Return")  # setText forgets it
        self.action.setEnabled(not jobs.cancelling if self._training else reason is None)
        tip = tr("Ends the training and keeps the best epoch (Ctrl+Return).")
        if not self._training:
            tip = reason or tr("Trains the network in the background (Ctrl+Return).")
        self.action.setToolTip(tip)

    def _why_not(self) -> str | None:
        """Why no training can start; ``None`` where one can."""
        if self.studio.project is None:
            return tr("No project is open.")
        document = self.studio.document
        if self.studio.jobs.busy:
            return tr("Other work is still running. Wait until it ends, or stop it.")
        if not document.spans:
            return tr("Record and label something first.")
        if not _same_data(self._gathered, document):
            return tr("Counting windows …")
        if self._data is None:
            return tr(self._data_problem.what) if self._data_problem else None
        problem = self._data.model_problem(document)
        return None if problem is None else tr(problem)

    def _act(self) -> None:
        if self._training:
            self.studio.jobs.cancel()
            self._show_action()
            self._show_training()
        elif self.studio.project is not None and self._why_not() is None:
            self.settings.settle()
            run_id = new_run_id(self.runs.taken)
            self.studio.start_job(TrainRequest(str(self.studio.project.folder), run_id))

    def _score(self) -> None:
        project, shown = self.studio.project, self.runs_card.shown
        if project is not None and shown:
            self.studio.start_job(EvaluateRequest(str(project.folder), shown[0].id))

    def _on_started(self, request: Request) -> None:
        self._broken = None
        if isinstance(request, TrainRequest):
            self.studio.run_id = request.run_id
            self._asked = self.studio.document.training
        self._show_action()
        self._show_training()

    def _on_event(self, _event: object) -> None:
        if self._front and not self._draw_timer.isActive():
            self._draw_timer.start()

    def _on_ended(self, request: Request, outcome: Outcome) -> None:
        self._draw_timer.stop()
        self._show_action()
        if isinstance(request, TrainRequest):
            self.studio.run_id = request.run_id
            self._broken = _words_of(outcome)
        self.runs.load()

    # --- showing -----------------------------------------------------------------------------

    def _on_runs(self) -> None:
        if self._select_run() and isinstance(self.studio.jobs.outcome, Cancelled):
            self._broken = None  # something was kept after all
        self._show_training()

    def _select_run(self) -> bool:
        """Show the studio's run, unless it is among those shown; whether there is one."""
        run_id = self.studio.run_id
        if self.main is None or run_id not in {entry.id for entry in self.runs.entries}:
            return False
        if run_id not in {run.id for run in self.runs_card.shown}:
            self.runs_card.select((run_id,))
        return True

    def _on_chosen(self) -> None:
        self._broken = None
        shown = self.runs_card.shown
        self.studio.run_id = shown[0].id if shown else ""
        self._show_training()

    def _show_training(self) -> None:
        """The training under way, or the runs that are selected."""
        if self.studio.project is None or self.main is None:
            return
        if self._training:
            self._show_live()
        else:
            self._show_runs(self.runs_card.shown)

    def _show_live(self) -> None:
        jobs, document = self.studio.jobs, self.studio.document
        last = jobs.epochs[-1] if jobs.epochs else None
        self.progress.show_work(
            jobs.stage, last, self._asked.epochs, document.task, stopping=jobs.cancelling
        )
        best = max((each.metrics.epoch for each in jobs.epochs if each.best), default=0)
        history = tuple(each.metrics for each in jobs.epochs)
        self.curves.show_curves([Curve(history, best, QColor(self.theme.accent))], document.task)
        self.results.hide()

    def _show_runs(self, shown: tuple[TrainingRun, ...]) -> None:
        task = next((run.task for run in shown), Task.MULTICLASS)
        alike = [run for run in shown if run.task is task]
        colors = {run.id: self._color(place, len(alike)) for place, run in enumerate(alike)}
        self.curves.show_curves(
            [Curve(run.history, run.best_epoch, colors[run.id]) for run in alike], task
        )
        self.runs_card.show_colors(colors if len(alike) > 1 else {})
        self.results.setVisible(len(shown) == 1)
        if len(shown) == 1:
            self.results.show_run(shown[0], self.studio.document.classes)
        self._show_words(shown)

    def _show_words(self, shown: tuple[TrainingRun, ...]) -> None:
        jobs = self.studio.jobs
        if jobs.busy:
            self.progress.show_work(jobs.stage, None, 0, Task.MULTICLASS, stopping=jobs.cancelling)
        elif self._broken is not None:
            self.progress.show_words(*self._broken)
        else:
            self._show_selection(shown)

    def _show_selection(self, shown: tuple[TrainingRun, ...]) -> None:
        match shown:
            case ():
                self.progress.show_words(
                    tr("Not trained yet"),
                    tr("Press Train: the curves below fill epoch by epoch, and the best is kept."),
                )
            case (run,):
                self.progress.show_words(
                    ending(run),
                    f"{network(run)} · {when(run)}",
                    deployable=bool(run.best_epoch),
                    scorable=bool(run.best_epoch) and run.int8_test is None,
                )
            case _:
                self.progress.show_words(
                    tr("{count} runs compared", count=len(shown)),
                    tr("The colours are those of the rows below."),
                )

    def _color(self, place: int, count: int) -> QColor:
        """One run has the accent colour; several have those of channels, never of classes."""
        return QColor(self.theme.accent) if count == 1 else self.theme.channel_color(place)


def _words_of(outcome: Outcome) -> tuple[str, str] | None:
    """What to say of a training that did not end by itself; ``None`` where its run says it."""
    if isinstance(outcome, Failed | Killed):
        error = outcome.error()
        return tr(error.what), f"{tr(error.why)} {tr(error.action)}".strip()
    if isinstance(outcome, Cancelled) and outcome.result is None:
        return tr("Stopped before anything was learnt; there is nothing to keep."), ""
    return None


def _same_data(old: Document | None, new: Document) -> bool:
    return old is not None and (
        old.recordings is new.recordings and old.spans is new.spans and old.data == new.data
        and old.task is new.task and old.classes is new.classes
    )  # fmt: skip
