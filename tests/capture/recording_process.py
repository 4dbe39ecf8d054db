# SPDX-License-Identifier: GPL-3.0-or-later
"""Records 1,000 samples a second into the project folder given, until it is killed.

Says on stdout how many samples it has handed to the recorder.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import numpy as np

from app.capture.recorder import Recorder
from app.capture.take import TakePlan, TimeBase
from app.core.recording import Channel

ROWS = 10


def main() -> None:
    channels = (Channel("n"), Channel("minus n"))
    plan = TakePlan("take", channels, TimeBase.EVEN, 1000.0, "idle", "test", "now", os.getpid())
    recorder = Recorder(Path(sys.argv[1]), plan)
    began = time.monotonic()
    count = 0
    while True:
        rows = np.arange(count, count + ROWS, dtype=np.float32)
        recorder.append(np.stack([rows, -rows], axis=1), rows.astype(np.float64) / 1000)
        count += ROWS
        print(count, time.monotonic() - began, flush=True)  # noqa: T201
        time.sleep(max(0.0, began + count / 1000 - time.monotonic()))


if __name__ == "__main__":
    main()
