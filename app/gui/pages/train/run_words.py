# SPDX-License-Identifier: GPL-3.0-or-later
"""A run in words: how it ended, which network it has, what it scored."""

from __future__ import annotations

import math
from datetime import datetime

from app.core.model_report import analyse, output_count
from app.core.presets import PRESETS
from app.core.runs import Evaluation, TrainingRun
from app.core.training import StopReason
from app.gui.i18n import tr


def ending(run: TrainingRun) -> str:
    """How the training ended, and what it left."""
    epochs, best = len(run.history), run.best_epoch
    if not best:
        return tr("It ended before the first epoch did, so there is no network.")
    match run.stop_reason:
        case StopReason.FINISHED:
            return tr(
                "Trained for all {epochs} epochs; epoch {best} was the best and is kept.",
                epochs=epochs,
                best=best,
            )
        case StopReason.EARLY:
            return tr(
                "Stopped early after epoch {epochs}; epoch {best} was the best and is kept.",
                epochs=epochs,
                best=best,
            )
        case StopReason.CANCELLED:
            return tr(
                "Stopped by you after epoch {epochs}; epoch {best} was the best and is kept.",
                epochs=epochs,
                best=best,
            )
        case StopReason.FAILED | None:
            return tr("Broken off; epoch {best} is the best that was saved, and kept.", best=best)


def when(run: TrainingRun) -> str:
    """Its date and time, here."""
    made = datetime.fromisoformat(run.created_at).astimezone()
    return f"{made:%Y-%m-%d %H:%M:%S}"


def network(run: TrainingRun) -> str:
    """The preset it started from, or what it is made of."""
    preset = PRESETS.get(run.model.preset)
    if preset is not None:
        return tr(preset.title)
    return tr("own, {count} layers", count=len(run.model.layers))


def parameters(run: TrainingRun) -> int:
    """How many numbers the network has learnt."""
    shape = (run.windowing.length, len(run.channels))
    return analyse(run.model, shape, run.task, output_count(run.task, len(run.classes))).parameters


def percent(share: float) -> str:
    """A share as ``94.2``; an en dash where there is none."""
    return "–" if math.isnan(share) else f"{100 * share:.1f}"


def score(evaluation: Evaluation | None) -> str:
    """Accuracy in percent, or the mean absolute error; an en dash where nothing was scored."""
    if evaluation is None:
        return "–"
    if evaluation.classification is not None:
        return f"{percent(evaluation.classification.accuracy)} %"
    if evaluation.regression is not None and evaluation.regression.windows:
        return f"{evaluation.regression.mae:.3g}"
    return "–"


def validation_score(run: TrainingRun) -> str:
    """As :func:`score`, of the validation part at the best epoch."""
    best = run.best
    if best is None or best.val_accuracy is None:
        return "–"
    if run.float_test is not None and run.float_test.regression is not None:
        return f"{best.val_accuracy:.3g}"
    return f"{percent(best.val_accuracy)} %"
