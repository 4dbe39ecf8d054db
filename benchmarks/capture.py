# SPDX-License-Identifier: GPL-3.0-or-later
"""Capture under load, in the real window: nothing lost, smooth, and flat in memory.

    python -m benchmarks.capture [--seconds N] [--kills N] [--json]

* *stream*: another process prints six numbers a line at 100 KB/s into a pty. The window shows the
  Capture page and records. Every line that was sent must be stored, in order. A *frame* is the time
  from one paint of the live plot to the next that shows newer samples: it holds all that the window
  does meanwhile. Memory is the process's resident set, its mean over the first third of the
  recording beside the last third.
* *ten hours* of six channels at 100 Hz: from asking the studio for the project until the Label page
  has painted its curves.
* *kills*: see ``killed_recordings.py``.

Linux only: it reads /proc. Without a display a virtual one (Xvfb) is started.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QObject, QTimer

from app.core.project import NewRecording, Project
from app.core.recording import Channel, LabelSpan
from app.gui.application import Application
from app.gui.takes import TakeState
from app.gui.widgets.signal_plot import SignalPlot
from benchmarks.killed_recordings import KILLS, losses
from benchmarks.real_window import let_run, real_window, wait_until
from benchmarks.virtual_display import display

SECONDS = 60.0
FRAME_MS = 33.0
FLAT_MB = 8.0
"""More growth from the first to the last third of a minute would be a leak."""
OPEN_S = 1.0
LOSS_S = 1.0
HOURS = 10
RATE_HZ = 100
IMU = (*(Channel(f"a{axis}", "g") for axis in "xyz"), *(Channel(f"g{axis}") for axis in "xyz"))
ROOT = Path(__file__).resolve().parents[1]
MEMORY_EVERY_MS = 500
REST_S = 1.0
"""After the last line, for what is still in the port's buffer."""


class Paints(QObject):
    """Notes when ``plot`` is painted with something new."""

    def __init__(self, plot: SignalPlot) -> None:
        super().__init__(plot)
        self.at_s: list[float] = []
        self._new = True
        plot.view_changed.connect(self._on_new)
        plot.lanes.viewport().installEventFilter(self)

    def _on_new(self) -> None:
        self._new = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if event.type() is QEvent.Type.Paint and self._new:
            self._new = False
            self.at_s.append(time.perf_counter())
        return False

    def frames_ms(self) -> np.ndarray:
        return np.diff(self.at_s) * 1000


@dataclass(frozen=True)
class Stream:
    """``sent_*`` as the sender counted, ``stored`` as the project holds."""

    seconds: float
    sent_bytes: int
    sent_lines: int
    stored_lines: int
    in_order: bool
    frames: int
    frame_median_ms: float
    frame_95_ms: float
    frame_99_ms: float
    frame_worst_ms: float
    memory_first_third_mb: float
    memory_last_third_mb: float

    @property
    def good(self) -> bool:
        grown_mb = self.memory_last_third_mb - self.memory_first_third_mb
        kept = self.in_order and self.stored_lines == self.sent_lines
        return kept and self.frame_95_ms < FRAME_MS and grown_mb < FLAT_MB


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def live_plot(application: Application) -> SignalPlot:
    """The plot of the page in front, once it is there."""
    window = application.window
    wait_until(lambda: window.current_page is not None and bool(window.findChildren(SignalPlot)))
    page = window.current_page
    assert page is not None
    return page.findChildren(SignalPlot)[0]


def measure_stream(folder: Path, seconds: float) -> Stream:
    """Record everything that the line source sends, through the window."""
    command = [sys.executable, "-m", "benchmarks.line_source", str(seconds)]
    with (
        real_window(folder, last_step="capture") as application,
        subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as source,
    ):
        assert source.stdin is not None
        assert source.stdout is not None
        studio, takes = application.studio, application.studio.takes
        studio.take_project(Project.create(folder / "stream", "Stream"))
        studio.connect_board(source.stdout.readline().strip(), 115_200)
        wait_until(lambda: studio.board.session is not None)
        session = studio.board.session
        assert session is not None
        wait_until(lambda: bool(session.snapshot().channels))
        paints = Paints(live_plot(application))
        takes.countdown_s, takes.length_s, takes.label = 0, None, "load"
        takes.start()
        wait_until(lambda: session.snapshot().take is not None)
        let_run(2.0)  # the window has settled, and the recording runs

        memory: list[float] = []
        watch = QTimer(interval=MEMORY_EVERY_MS)
        watch.timeout.connect(lambda: memory.append(resident_mb()))
        watch.start()
        paints.at_s.clear()
        source.stdin.write("count\n")
        source.stdin.flush()
        let_run(seconds)
        frames = paints.frames_ms()
        watch.stop()
        sent = json.loads(source.stdout.readline())
        let_run(REST_S)
        takes.stop()
        wait_until(lambda: takes.state is TakeState.IDLE)
        source.stdin.close()
        (info,) = studio.document.recordings
        project = studio.project
        assert project is not None
        counts = project.recording(info.id).samples[:, 0]
    counted = counts[counts >= 0]
    third = len(memory) // 3
    return Stream(
        seconds=sent["seconds"],
        sent_bytes=sent["bytes"],
        sent_lines=sent["lines"],
        stored_lines=len(counted),
        in_order=np.array_equal(counted, np.arange(len(counted))),
        frames=len(frames),
        frame_median_ms=float(np.median(frames)),
        frame_95_ms=float(np.percentile(frames, 95)),
        frame_99_ms=float(np.percentile(frames, 99)),
        frame_worst_ms=float(frames.max()),
        memory_first_third_mb=float(np.mean(memory[:third])),
        memory_last_third_mb=float(np.mean(memory[-third:])),
    )


@dataclass(frozen=True)
class TenHours:
    samples: int
    open_s: float
    """``Project.open`` and the recording's samples at hand."""
    shown_s: float
    """From asking the studio until the Label page has painted the curves."""


def measure_ten_hours(folder: Path) -> TenHours:
    length = HOURS * 3600 * RATE_HZ
    time_s = np.arange(length, dtype=np.float32)[:, None] / RATE_HZ
    samples = np.sin(time_s * np.arange(1, len(IMU) + 1, dtype=np.float32)).astype(np.float32)
    spans = tuple(LabelSpan("", at, at + 1800, "on") for at in range(0, length, length // 100))
    made = Project.create(folder / "hours", "Ten hours")
    made.add_recording(NewRecording("ten hours", IMU, RATE_HZ, samples, spans=spans))
    made.close()

    began = time.perf_counter()
    project = Project.open(folder / "hours")
    project.recording(project.document.recordings[0].id)
    open_s = time.perf_counter() - began
    project.close()

    with real_window(folder, last_step="label") as application:
        # The pages have been imported, as when a user opens a project from a running studio.
        studio = application.studio
        studio.take_project(Project.create(folder / "empty", "Empty"))
        live_plot(application)
        let_run(1.0)
        began = time.perf_counter()
        studio.open_project(folder / "hours")
        wait_until(lambda: studio.document.name == "Ten hours")
        plot = live_plot(application)
        paints = Paints(plot)
        wait_until(lambda: bool(plot.lanes.lanes) and bool(paints.at_s))
        shown_s = paints.at_s[-1] - began
    return TenHours(length, open_s, shown_s)


def report(stream: Stream, hours: TenHours, lost_s: list[float]) -> None:
    print(
        f"stream: {stream.sent_bytes / stream.seconds / 1e3:.1f} KB/s for {stream.seconds:.1f} s; "
        f"{stream.sent_lines:,} lines sent, {stream.stored_lines:,} stored"
        f"{'' if stream.in_order else ', NOT IN ORDER'}"
    )
    print(
        f"frames: {stream.frames:,}; median {stream.frame_median_ms:.1f} ms, "
        f"95 % under {stream.frame_95_ms:.1f} ms (33 wanted), 99 % under "
        f"{stream.frame_99_ms:.1f} ms, worst {stream.frame_worst_ms:.1f} ms"
    )
    print(
        f"memory: {stream.memory_first_third_mb:.1f} MB in the first third, "
        f"{stream.memory_last_third_mb:.1f} MB in the last"
    )
    print(
        f"ten hours ({hours.samples:,} samples of 6 channels): opened in {hours.open_s:.3f} s, "
        f"on the Label page after {hours.shown_s:.2f} s"
    )
    if lost_s:
        print(f"kill -9: worst of {len(lost_s)} lost {max(lost_s):.2f} s")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=SECONDS)
    options.add_argument("--kills", type=int, default=KILLS)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, display():
        stream = measure_stream(Path(folder), chosen.seconds)
        hours = measure_ten_hours(Path(folder))
    lost_s = losses(chosen.kills)
    if chosen.json:
        found = {"stream": asdict(stream), "ten_hours": asdict(hours), "killed_lost_s": lost_s}
        print(json.dumps(found))
    else:
        report(stream, hours, lost_s)
    good = stream.good and hours.shown_s < OPEN_S and max(lost_s, default=0.0) <= LOSS_S
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
