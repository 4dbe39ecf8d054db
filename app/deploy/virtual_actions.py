# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulated board's actions, acted out in words: it has no pins."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.core.board_settings import FULL_SCORE, Action, ActionKind, BoardSettings


class VirtualActions:
    """``settings.actions`` over one run; ``tell`` gets a sentence for each that takes place."""

    def __init__(self, settings: BoardSettings, tell: Callable[[str], None]) -> None:
        self._actions = settings.actions
        self._tell = tell
        self._rows = [0] * len(self._actions)
        self._high: dict[int, None] = {}
        """Pins that were left high, in the order in which they became so."""

    def answer(self, scores: Sequence[float]) -> None:
        """A window's scores, class by class, each from 0 to 1."""
        told = [_of_255(score) for score in scores]
        for place, action in enumerate(self._actions):
            if action.class_index >= len(told) or told[action.class_index] < action.threshold:
                self._rows[place] = 0
            elif self._rows[place] < action.windows:
                self._rows[place] += 1
                if self._rows[place] == action.windows:
                    self._take_place(action)

    def end(self) -> None:
        """The run is over: no pin stays high."""
        for pin in self._high:
            self._tell(f"pin {pin} low")
        self._high.clear()

    def _take_place(self, action: Action) -> None:
        self._tell(_words(action))
        if action.kind is not ActionKind.PRINT:
            self._high.pop(action.pin, None)
        if action.kind in (ActionKind.SET, ActionKind.PWM):
            self._high[action.pin] = None


def _of_255(score: float) -> int:
    return min(max(int(score * FULL_SCORE + 0.5), 0), FULL_SCORE)


def _words(action: Action) -> str:
    match action.kind:
        case ActionKind.SET:
            return f"pin {action.pin} high"
        case ActionKind.CLEAR:
            return f"pin {action.pin} low"
        case ActionKind.PULSE:
            return f"pin {action.pin} high for {action.value} ms"
        case ActionKind.PWM:
            return f"pin {action.pin} at {action.value} thousandths"
        case ActionKind.PRINT:
            return action.text
