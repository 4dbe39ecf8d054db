# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers for people: unit, budget and count beside the figure, the same on every page."""

from __future__ import annotations

from app.core.board import Board
from app.gui.i18n import tr

_STEP = 1024


def size(count_bytes: int) -> str:
    """``812 B``, ``18.2 KB``, ``1 MB``; a KB is 1024 bytes, as memory is sold."""
    if count_bytes < _STEP:
        return f"{count_bytes} B"
    if count_bytes < _STEP**2:
        return f"{_short(count_bytes / _STEP)} KB"
    return f"{_short(count_bytes / _STEP**2)} MB"


def size_of(count_bytes: int, budget_bytes: int) -> str:
    """``18.2 KB of 512 KB``."""
    return tr("{used} of {budget}", used=size(count_bytes), budget=size(budget_bytes))


def memory_of(board: Board) -> str:
    """What a board keeps for a model."""
    return tr(
        "{flash} for the model, {memory} to compute in",
        flash=size(board.program_bytes),
        memory=size(board.arena_bytes),
    )


def milliseconds(micros: float) -> str:
    """``0.42``, ``12.4``, ``130``: microseconds as milliseconds, three digits that matter."""
    ms = micros / 1000
    digits = 2 if ms < 1 else 1 if ms < 100 else 0
    return f"{ms:.{digits}f}"


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
