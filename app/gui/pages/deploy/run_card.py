# SPDX-License-Identifier: GPL-3.0-or-later
"""Which training goes onto the board."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox

from app.core.runs import Evaluation, TrainingRun
from app.gui.i18n import tr
from app.gui.widgets.card import Card, label
from app.gui.widgets.fields import prepare_field


class RunCard(Card):
    """``chosen(str)``: the id of another run than the one selected on Train."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(tr("Network"))
        self.runs = QComboBox()
        self.runs.setAccessibleName(tr("Training run"))
        self.runs.setToolTip(
            tr("Every training is kept as a run. This is the one selected on Train.")
        )
        self.runs.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        prepare_field(self.runs)
        self.runs.activated.connect(self._send)
        self._facts = label("", "caption", wrap=True)
        self.content.addWidget(self.runs)
        self.content.addWidget(self._facts)

    def show_runs(self, runs: Sequence[TrainingRun], chosen: TrainingRun | None) -> None:
        """Offer ``runs``, newest first."""
        blocker = QSignalBlocker(self.runs)
        self.runs.clear()
        for run in runs:
            self.runs.addItem(run_title(run), run.id)
        if chosen is not None:
            self.runs.setCurrentIndex(self.runs.findData(chosen.id, Qt.ItemDataRole.UserRole))
            self._facts.setText(_facts(chosen))
        blocker.unblock()

    def _send(self, index: int) -> None:
        self.chosen.emit(str(self.runs.itemData(index)))


def run_title(run: TrainingRun) -> str:
    """``21 Nov 09:45 · 94.2 %``: when it was trained and how it did."""
    created = datetime.fromisoformat(run.created_at)
    when = QDateTime.fromSecsSinceEpoch(int(created.timestamp()))
    shown = QLocale().toString(when, tr("d MMM HH:mm:ss"))
    found = run.float_test
    return shown if found is None else f"{shown} · {score_words(found)}"


def score_words(found: Evaluation) -> str:
    """An evaluation's one number, with its unit or name."""
    if found.classification is not None:
        return tr("{percent:.1f} %", percent=100 * found.classification.accuracy)
    if found.regression is not None:
        return tr("MAE {mae:.3g}", mae=found.regression.mae)
    return tr("not tested")


def _facts(run: TrainingRun) -> str:
    window_ms = 1000 * run.windowing.length / run.rate_hz
    channels = ", ".join(channel.name for channel in run.channels[:8])
    if len(run.channels) > 8:
        channels += " …"
    return tr(
        "Windows of {ms:.0f} ms at {rate:g} Hz of {channels}",
        ms=window_ms,
        rate=run.rate_hz,
        channels=channels,
    )
