# SPDX-License-Identifier: GPL-3.0-or-later
"""The rail's six steps, as a table, and how a step's page is found."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from app.core.text import Text, text
from app.gui.page import Page
from app.gui.studio import Studio

MakePage = Callable[[Studio], Page]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the studio; ``id`` names its page module, its icon and its place in settings."""

    id: str
    word: Text
    tip: Text
    page_class: str

    def load(self) -> MakePage:
        """Import the page's class. Called in a worker thread: pyqtgraph alone takes a third of a
        second, and the first paint must not wait for it."""
        name = f"app.gui.pages.{self.id}"
        known = name in sys.modules
        module = import_module(name)
        if not known:
            # What was imported stays. Walking through it again and again for cycles held the event
            # loop up for 50 ms at a time.
            gc.freeze()
        return cast("MakePage", getattr(module, self.page_class))


STEPS = (
    Step(
        "capture",
        text("Capture"),
        text("Watch what the sensor says and record it."),
        "CapturePage",
    ),
    Step(
        "label",
        text("Label"),
        text("Mark in the recordings what happens where."),
        "LabelPage",
    ),
    Step(
        "design",
        text("Design"),
        text("Stack layers into a network that fits the board."),
        "DesignPage",
    ),
    Step(
        "train",
        text("Train"),
        text("Let the network learn, and see how well it does on windows it never saw."),
        "TrainPage",
    ),
    Step(
        "deploy",
        text("Deploy"),
        text("Shrink the network to 8-bit numbers and put it on the board."),
        "DeployPage",
    ),
    Step(
        "live",
        text("Live"),
        text("Watch the board itself answer, as it happens."),
        "LivePage",
    ),
)
