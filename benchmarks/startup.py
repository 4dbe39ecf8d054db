# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the window takes: from starting ``python -m app`` to its first complete paint.

    python -m benchmarks.startup [--runs N] [--program build/package/tinywright/tinywright] [--json]

Every run is a new process with empty settings. The files are in the system's cache after the first
run, which is therefore shown by itself; the figure is the median of those that follow. Without a
display a virtual one (Xvfb) is started.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app.gui.application import WINDOW_PAINTED
from benchmarks.virtual_display import display

RUNS = 5
WANTED_S = 1.5
ROOT = Path(__file__).resolve().parents[1]


def window_up_s(command: list[str], home: Path) -> float:
    """Seconds from starting ``command`` to the painted window. The studio is ended again."""
    environment = {**os.environ, "HOME": str(home)}
    environment |= {"XDG_CONFIG_HOME": str(home), "XDG_STATE_HOME": str(home)}
    began = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        said: list[str] = []
        for line in process.stderr:
            said.append(line)
            if WINDOW_PAINTED in line:
                seconds = time.perf_counter() - began
                process.terminate()
                return seconds
    raise SystemExit("The window did not come up:\n" + "".join(said))


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=RUNS)
    options.add_argument("--program", type=Path, help="the packaged one, instead of this tree's")
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    command = [str(chosen.program.resolve())] if chosen.program else [sys.executable, "-m", "app"]
    with tempfile.TemporaryDirectory() as home, display():
        first, *later = (window_up_s(command, Path(home)) for _ in range(chosen.runs + 1))
    median = statistics.median(later)
    if chosen.json:
        print(json.dumps({"median_s": median, "first_s": first, "runs_s": later}))
    else:
        print(f"first start: {first:.2f} s; then", " ".join(f"{each:.2f}" for each in later), "s")
        print(f"median of {len(later)}: {median:.2f} s (at most {WANTED_S} s wanted)")
    return 0 if median <= WANTED_S else 1


if __name__ == "__main__":
    sys.exit(main())
