# SPDX-License-Identifier: GPL-3.0-or-later
"""What a training's curves mean, in plain words, and what to try next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from app.core.data_checks import UNBALANCED
from app.core.runs import DatasetSummary
from app.core.text import Text, text
from app.core.training import EpochMetrics, Task

WELL_LEARNT = 0.85
"""A network that gets less than this share of its own training windows right has not learnt."""
GENERALISES = 0.95
"""With this share of the validation windows right, a rising loss does no harm."""
ACCURACY_GAP = 0.1
LOSS_RATIO = 1.5
"""Validation this much worse than training means learning by heart."""
LOSS_RISE = 1.2
"""A validation loss this many times its least has risen, and not just jumped."""
FEW_WINDOWS = 20
STILL_FALLING = 0.97
"""A loss that fell below this share over the last fifth of the epochs was still falling."""


class Diagnosis(Enum):
    """What ails a training."""

    UNDERFITTING = "underfitting"
    OVERFITTING = "overfitting"
    TOO_LITTLE_DATA = "too_little_data"
    UNBALANCED = "unbalanced"
    OK = "ok"


@dataclass(frozen=True, slots=True)
class Advice:
    """A finding: ``what`` was seen, and what to ``try``."""

    kind: Diagnosis
    what: Text
    try_next: Text


def diagnose(
    task: Task,
    classes: Sequence[str],
    history: Sequence[EpochMetrics],
    best_epoch: int,
    data: DatasetSummary,
) -> list[Advice]:
    """Advice on a training, the gravest first; a single OK where nothing ails it.

    ``best_epoch`` counts from 1. Empty where not one epoch has ended.
    """
    if not history:
        return []
    best = next((each for each in history if each.epoch == best_epoch), history[-1])
    advice = _fit(task, history, best) + _amount(classes, data) + _balance(classes, data)
    return advice or [_ok(task, best)]


def _fit(task: Task, history: Sequence[EpochMetrics], best: EpochMetrics) -> list[Advice]:
    if task is Task.REGRESSION:
        return _fit_numbers(history, best)
    if best.val_accuracy is not None and best.accuracy - best.val_accuracy > ACCURACY_GAP:
        return [
            Advice(
                Diagnosis.OVERFITTING,
                text(
                    "It gets {training} % of the training windows right, but only {validation} % "
                    "of those it has not seen: it learns the takes by heart.",
                    training=_percent(best.accuracy),
                    validation=_percent(best.val_accuracy),
                ),
                _AGAINST_OVERFITTING,
            )
        ]
    if best.val_accuracy is not None and best.val_accuracy < GENERALISES:
        risen = _parted(history, best)
        if risen:
            return [risen]
    if best.accuracy < WELL_LEARNT:
        return [
            Advice(
                Diagnosis.UNDERFITTING,
                text(
                    "It gets only {training} % of its own training windows right: it has not "
                    "learnt them.",
                    training=_percent(best.accuracy),
                ),
                _against_underfitting(history),
            )
        ]
    return []


def _fit_numbers(history: Sequence[EpochMetrics], best: EpochMetrics) -> list[Advice]:
    """Without a scale for the error, losses are compared with one another."""
    if best.val_loss is not None and best.val_loss > LOSS_RATIO * best.loss:
        return [
            Advice(
                Diagnosis.OVERFITTING,
                text(
                    "The loss on windows it has not seen is {ratio:.1f} times that on training "
                    "windows: it learns the takes by heart.",
                    ratio=best.val_loss / best.loss if best.loss else float("inf"),
                ),
                _AGAINST_OVERFITTING,
            )
        ]
    if len(history) > 1 and best.loss > 0.5 * history[0].loss:
        return [
            Advice(
                Diagnosis.UNDERFITTING,
                text(
                    "The loss on training windows fell only from {first:.3g} to {last:.3g}: it has "
                    "not learnt them.",
                    first=history[0].loss,
                    last=best.loss,
                ),
                _against_underfitting(history),
            )
        ]
    return []


def _parted(history: Sequence[EpochMetrics], best: EpochMetrics) -> Advice | None:
    """Overfitting after the best epoch: one loss fell on while the other rose."""
    last = history[-1]
    if best.val_loss is None or last.val_loss is None:
        return None
    if last.loss >= best.loss or last.val_loss <= LOSS_RISE * best.val_loss:
        return None
    return Advice(
        Diagnosis.OVERFITTING,
        text(
            "After epoch {epoch} the training loss fell on, while the loss on windows it has not "
            "seen rose: from there it learnt the takes by heart.",
            epoch=best.epoch,
        ),
        _AGAINST_OVERFITTING,
    )


_AGAINST_OVERFITTING = text(
    "Record more and more varied takes; switch on augmentation; add Dropout, or use a smaller "
    "network."
)


def _against_underfitting(history: Sequence[EpochMetrics]) -> Text:
    earlier = history[-1 - len(history) // 5]
    if len(history) >= 5 and history[-1].loss < STILL_FALLING * earlier.loss:
        return text("The loss was still falling: train for more epochs.")
    return text(
        "Use a larger network: more layers or more neurons. Or raise the learning rate, and check "
        "that the labels are right."
    )


def _amount(classes: Sequence[str], data: DatasetSummary) -> list[Advice]:
    advice: list[Advice] = []
    scarce = [count for count in data.training if count < FEW_WINDOWS]
    if scarce:
        names = [
            name for name, count in zip(classes, data.training, strict=False) if count < FEW_WINDOWS
        ]
        advice.append(
            Advice(
                Diagnosis.TOO_LITTLE_DATA,
                text(
                    "Training has fewer than {few} windows of {classes}.",
                    few=FEW_WINDOWS,
                    classes=", ".join(names),
                )
                if names
                else text("Training has only {count} windows.", count=sum(data.training)),
                text("Record more takes, or make windows overlap more."),
            )
        )
    elif sum(data.validation) < FEW_WINDOWS:
        advice.append(
            Advice(
                Diagnosis.TOO_LITTLE_DATA,
                text(
                    "Only {count} windows are held back for validation: its curve jumps, and the "
                    "best epoch is partly luck.",
                    count=sum(data.validation),
                ),
                text("Record more takes."),
            )
        )
    return advice


def _balance(classes: Sequence[str], data: DatasetSummary) -> list[Advice]:
    counts = [count for count in data.training if count]
    if len(classes) < 2 or len(counts) < 2 or max(counts) < UNBALANCED * min(counts):
        return []
    return [
        Advice(
            Diagnosis.UNBALANCED,
            text(
                "Training has {most} windows of {common} and {fewest} of {rare}.",
                most=max(counts),
                common=classes[data.training.index(max(counts))],
                fewest=min(counts),
                rare=classes[data.training.index(min(counts))],
            ),
            text("Record more of the rare class, and leave class weights switched on."),
        )
    ]


def _ok(task: Task, best: EpochMetrics) -> Advice:
    if task is Task.REGRESSION or best.val_accuracy is None:
        what = text("It does about as well on windows it has not seen as on those it has.")
    else:
        what = text(
            "It gets {training} % of the training windows right, and {validation} % of those it "
            "has not seen.",
            training=_percent(best.accuracy),
            validation=_percent(best.val_accuracy),
        )
    return Advice(
        Diagnosis.OK,
        what,
        text("Convert it, and check it on the board. The test part tells what to expect there."),
    )


def _percent(share: float) -> int:
    return round(100 * share)
