# SPDX-License-Identifier: GPL-3.0-or-later
"""What the studio tells its user: one kind of value, one place that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.core.errors import TinywrightError
from app.core.text import NOTHING, Text


class Severity(Enum):
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Notification:
    """What happened, why, what to do next; ``details`` is for a bug report, untranslated."""

    severity: Severity
    what: Text
    why: Text = NOTHING
    action: Text = NOTHING
    details: str = ""

    @staticmethod
    def of_error(error: TinywrightError) -> Notification:
        cause = error.__cause__
        details = f"{type(error).__name__}: {error}"
        if cause is not None:
            details += f"\n{type(cause).__name__}: {cause}"
        return Notification(Severity.ERROR, error.what, error.why, error.action, details)
