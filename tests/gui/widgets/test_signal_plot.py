# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np

from app.core.recording import Channel
from app.gui.theme import LIGHT
from app.gui.widgets.signal_plot import SignalPlot
from app.gui.widgets.signal_source import Envelope


class Board:
    """A live source that has nothing to show until it speaks."""

    rate_hz = 100.0

    def __init__(self) -> None:
        self.channels: tuple[Channel, ...] = ()
        self.first = 0
        self.stop = 0

    def speak(self) -> None:
        self.channels = (Channel("ax", "g"), Channel("gx", "deg/s"))
        self.stop = 200

    def envelope(self, start: int, stop: int, columns: int) -> Envelope:  # noqa: ARG002
        at = np.arange(start, stop, dtype=np.float64)
        return Envelope(at, np.zeros((len(at), len(self.channels)), np.float32))


def test_a_board_that_speaks_late_is_drawn_when_it_does(qtbot):
    plot = SignalPlot(LIGHT)
    qtbot.addWidget(plot)
    board = Board()
    plot.show_source(board, follow=True)
    assert plot.lanes.lanes == []
    board.speak()
    with qtbot.waitSignal(plot.view_changed):
        plot.start_drawing()
    assert [lane.unit for lane in plot.lanes.lanes] == ["g", "deg/s"]
    plot.stop_drawing()
