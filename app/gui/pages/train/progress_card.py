# SPDX-License-Identifier: GPL-3.0-or-later
"""What the training is doing, how long it will take, and how it ended."""

from __future__ import annotations

import math

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout

from app.core.training import EpochMetrics, Task
from app.gui import theme
from app.gui.i18n import tr
from app.gui.widgets.card import Card, label
from app.jobs.messages import STEP_TITLES, EpochEnd, Stage, Step


class ProgressCard(Card):
    """A sentence, a caption below it, and a bar while work is under way."""

    def __init__(self) -> None:
        super().__init__()
        self.title = label("", "strong", wrap=True)
        self.note = label("", "muted", wrap=True)
        self.note.setFont(theme.font())
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.next = QPushButton(tr("Go on to Deploy"))
        self.next.setToolTip(
            tr(
                "The next step: shrink a network to 8-bit numbers and put it on the board. The "
                "newest is chosen there; you can choose another."
            )
        )
        self.score = QPushButton(tr("Test it in int8"))
        self.score.setToolTip(
            tr("Converts it to 8-bit numbers and scores both on the test part: what to expect.")
        )
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.note)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID * 2)
        row.addLayout(words, 1)
        row.addWidget(self.score)
        row.addWidget(self.next)
        self.content.addLayout(row)
        self.content.addWidget(self.bar)

    def show_work(
        self, stage: Stage | None, last: EpochEnd | None, epochs: int, task: Task, *, stopping: bool
    ) -> None:
        """Work under way: at ``stage``, behind the epoch ``last`` of ``epochs`` at most."""
        self.next.hide()
        self.score.hide()
        self.bar.show()
        title = tr("Starting") if stage is None else tr(STEP_TITLES[stage.step])
        if stopping:
            title = tr("Stopping; the best epoch is kept")
        elif stage is not None and stage.step is Step.TRAINING and last is not None:
            title = tr(
                "Training: epoch {epoch} of at most {epochs}",
                epoch=min(last.metrics.epoch + 1, epochs),
                epochs=epochs,
            )
        self.title.setText(title)
        notes: list[str] = []
        if last is not None:
            notes.append(_so_far(last.metrics, task))
        fraction = None if stage is None else stage.fraction
        if stage is not None and stage.seconds_left is not None:
            notes.append(time_left(stage.seconds_left))
        self.note.setText(" · ".join(notes))
        self.note.setVisible(bool(notes))
        self.bar.setRange(0, 0 if fraction is None else 1000)
        if fraction is not None:
            self.bar.setValue(round(1000 * fraction))

    def show_words(
        self, title: str, note: str, *, deployable: bool = False, scorable: bool = False
    ) -> None:
        """Nothing is under way: say how things stand."""
        self.bar.hide()
        self.title.setText(title)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.next.setVisible(deployable)
        self.score.setVisible(scorable)


def time_left(seconds: float) -> str:
    """How long it will take, as exactly as anybody can say."""
    if seconds < 60:
        return tr("{seconds} s left", seconds=max(1, math.ceil(seconds)))
    return tr("{minutes} min left", minutes=math.ceil(seconds / 60))


def _so_far(metrics: EpochMetrics, task: Task) -> str:
    if task is Task.REGRESSION:
        error = metrics.accuracy if metrics.val_accuracy is None else metrics.val_accuracy
        return tr("mean absolute error {error}", error=f"{error:.3g}")
    if metrics.val_accuracy is None:
        return tr("{share} % of the training windows right", share=f"{100 * metrics.accuracy:.1f}")
    return tr(
        "{share} % of the validation windows right", share=f"{100 * metrics.val_accuracy:.1f}"
    )
