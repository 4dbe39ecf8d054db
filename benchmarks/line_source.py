# SPDX-License-Identifier: GPL-3.0-or-later
"""A process that prints lines of six numbers into a pty, 100 KB/s, as a fast sketch would.

    python -m benchmarks.line_source SECONDS

It says the name of its port and sends lines whose first number is -1. When a line comes on its
standard input, it counts from 0 for ``SECONDS``, says how many lines that were, and ends.
"""

from __future__ import annotations

import json
import os
import select
import sys
import time
import tty

import numpy as np

BYTES_PER_S = 100_000
TICK_S = 0.01
NUMBERS = 500


def tails() -> list[bytes]:
    """What stands behind the counter: five numbers, as an IMU prints them."""
    time_s = np.arange(NUMBERS)[:, None] / NUMBERS
    waves = 50 * np.sin(2 * np.pi * time_s * np.arange(1, 6)) + np.arange(5)
    return [",".join(["", *(f"{value:.2f}" for value in row)]).encode() for row in waves.tolist()]


def send(port: int, count: int, tail: bytes) -> int:
    """Write one line; waits while the port takes no more. The number of its bytes."""
    line = b"%d%s\r\n" % (count, tail)
    view = memoryview(line)
    while view:
        view = view[os.write(port, view) :]
    return len(line)


def main(seconds: float) -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    print(os.ttyname(slave), flush=True)
    endings = tails()
    counting = False
    count = sent_bytes = 0
    began = time.perf_counter()
    while not counting or time.perf_counter() - began < seconds:
        if not counting and select.select([sys.stdin], [], [], 0)[0]:
            counting, sent_bytes, began = True, 0, time.perf_counter()
        due = (time.perf_counter() - began) * BYTES_PER_S
        while sent_bytes < due:
            sent_bytes += send(master, count if counting else -1, endings[count % NUMBERS])
            count += counting
        time.sleep(TICK_S)
    took_s = time.perf_counter() - began
    print(json.dumps({"lines": count, "bytes": sent_bytes, "seconds": took_s}), flush=True)
    sys.stdin.readline()  # the port lives until whoever reads it has read all


if __name__ == "__main__":
    main(float(sys.argv[1]))
