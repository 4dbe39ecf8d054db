# SPDX-License-Identifier: GPL-3.0-or-later
"""How far it is: a bar a step, time left, a way out; and what went wrong, with what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.core.errors import FlashProblem
from app.deploy.flashing import STAGE_NAMES
from app.gui import theme
from app.gui.deployment import STEPS, Deployment
from app.gui.help import HelpDialog
from app.gui.help.pages import HelpPage, page_for
from app.gui.i18n import tr
from app.gui.icons import icon, pixmap
from app.gui.theme import Theme
from app.gui.widgets.card import Card, label
from app.gui.widgets.stage_list import StageList, StageState
from app.jobs.messages import STEP_TITLES, Cancelled, Failed, Stage, Step


class StepsCard(Card):
    """Shows a :class:`Deployment`. ``cancelled``, ``retried`` and ``replaced`` are the buttons; the
    last answers whether a sketch on the board may be replaced."""

    cancelled = Signal()
    retried = Signal()
    replaced = Signal()

    def __init__(self, look: Theme) -> None:
        super().__init__(tr("Onto the board"))
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.setIcon(icon("close", look))
        self.cancel.clicked.connect(self.cancelled)
        self.heading.addWidget(self.cancel)
        self.stages = StageList(look, [(step.value, tr(STEP_TITLES[step])) for step in STEPS])
        self.content.addWidget(self.stages)
        self.problem = _Problem(look)
        self.problem.retry.clicked.connect(self.retried)
        self.problem.replace.clicked.connect(self.replaced)
        self.content.addWidget(self.problem)

    def show_deployment(self, deployment: Deployment | None) -> None:
        """Show how far it is, or how it ended; ``None`` for one that has not begun."""
        busy = deployment is not None and deployment.busy
        self.cancel.setVisible(busy)
        self.cancel.setEnabled(deployment is not None and not deployment.cancelling)
        self.cancel.setText(
            tr("Stopping…") if deployment is not None and deployment.cancelling else tr("Cancel")
        )
        self.problem.show_end(None if busy else deployment)
        if deployment is None or not (busy or deployment.outcome):
            self.stages.reset()
            return
        self._show_stages(deployment)

    def _show_stages(self, deployment: Deployment) -> None:
        stage = deployment.stage
        now = Step.LOADING if stage is None else stage.step
        if now not in STEPS:
            now = Step.LOADING
        at = STEPS.index(now)
        for place, step in enumerate(STEPS):
            if place < at or deployment.finished:
                self.stages.show_stage(step.value, StageState.DONE, note=tr("done"))
            elif place > at:
                self.stages.show_stage(step.value, StageState.WAITING)
            elif deployment.busy:
                fraction = None if stage is None else stage.fraction
                note = "" if stage is None else _doing(stage)
                self.stages.show_stage(step.value, StageState.RUNNING, fraction, note)
            elif deployment.failure is not None:
                self.stages.show_stage(step.value, StageState.FAILED, note=tr("failed"))
            else:
                self.stages.show_stage(step.value, StageState.WAITING, note=tr("stopped"))


def _doing(stage: Stage) -> str:
    """The part that runs, and the time left of it."""
    part = "" if stage.part is None else tr(STAGE_NAMES[stage.part])
    return " · ".join(words for words in (part, _time_left(stage.seconds_left)) if words)


def _time_left(seconds: float | None) -> str:
    if seconds is None:
        return ""
    if seconds < 1.5:
        return tr("about a second left")
    if seconds < 90:
        return tr("about {seconds:.0f} s left", seconds=seconds)
    return tr("about {minutes:.0f} min left", minutes=seconds / 60)


class _Problem(QWidget):
    """What happened, why, what to do, and the button that does it."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self._look = look
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.GRID, 0, 0)
        row.setSpacing(theme.GRID)
        self._mark = label("")
        column = QVBoxLayout()
        column.setSpacing(2)
        self.what = label("", "strong", wrap=True)
        self.why = label("", "muted", wrap=True)
        self.action = label("", wrap=True)
        for part in (self.what, self.why, self.action):
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(part)
        self.retry = QPushButton(tr("Try again"))
        self.replace = QPushButton(tr("Replace it"))
        self.help = QPushButton(tr("What to do"))
        self.help.clicked.connect(self._show_help)
        self.dialog: HelpDialog | None = None
        self._page: HelpPage | None = None
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        row.addWidget(self.help, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.retry, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.replace, 0, Qt.AlignmentFlag.AlignTop)

    def show_end(self, deployment: Deployment | None) -> None:
        failure = None if deployment is None else deployment.failure
        stopped = deployment is not None and isinstance(deployment.outcome, Cancelled)
        self.setVisible(failure is not None or stopped)
        problem = failure.problem if isinstance(failure, Failed) else None
        board_id = (
            "" if deployment is None or not deployment.request else deployment.request.board_id
        )
        self._page = None if problem is None else page_for(problem, board_id)
        self.help.setVisible(self._page is not None)
        self.retry.setVisible(problem is not FlashProblem.SKETCH)
        self.replace.setVisible(problem is FlashProblem.SKETCH)
        if failure is not None:
            error = failure.error()
            self._show("error", self._look.error, tr(error.what), tr(error.why), tr(error.action))
        elif stopped:
            self._show(
                "info",
                self._look.muted,
                tr("Stopped by you."),
                tr("The board may have no model now."),
                tr("Nothing is lost: the next try brings it back."),
            )

    def _show_help(self) -> None:
        if self._page is not None:
            self.dialog = HelpDialog(self, self._look, self._page, self.why.text())
            self.dialog.finished.connect(self._forget_help)
            self.dialog.open()

    def _forget_help(self) -> None:
        self.dialog = None

    def _show(self, mark: str, color: str, what: str, why: str, action: str) -> None:
        self._mark.setPixmap(pixmap(mark, color, 20, self.devicePixelRatioF()))
        for part, words in ((self.what, what), (self.why, why), (self.action, action)):
            part.setText(words)
            part.setVisible(bool(words))
