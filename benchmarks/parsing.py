# SPDX-License-Identifier: GPL-3.0-or-later
"""How many values a second the text reader takes on one core, beside a plain ``float()`` loop.

The peer is what a script around ``readline`` does: split each line at commas, ``float()`` each
cell, nothing checked, nothing accounted for. Both get the same bytes in the same chunks.

    python -m benchmarks.parsing
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from app.capture.text_reader import TextReader

ROWS = 50_000
REPEATS = 3
CHUNK_BYTES = 1_000  # what 100 KB/s bring in the ten milliseconds that a link collects
NEEDED = 150_000


def lines(form: str) -> bytes:
    """``ROWS`` lines of six channels, each made by ``form`` from six numbers."""
    values = np.random.default_rng(1).normal(0, 100, (ROWS, 6))
    return "".join(form.format(*row) + "\r\n" for row in values.tolist()).encode()


def chunks(data: bytes) -> list[bytes]:
    return [data[at : at + CHUNK_BYTES] for at in range(0, len(data), CHUNK_BYTES)]


def read_all(pieces: list[bytes]) -> int:
    reader = TextReader(whole=True)
    count = sum(block.values.size for piece in pieces for block in reader.feed(piece).blocks)
    assert reader.counts.unread_total == 0
    return count


def read_plainly(pieces: list[bytes]) -> int:
    count = 0
    tail = b""
    for piece in pieces:
        *whole, tail = (tail + piece).split(b"\n")
        rows = [[float(cell) for cell in line.split(b",")] for line in whole]
        count += np.array(rows, np.float32).size
    return count


def rate(read: Callable[[list[bytes]], int], pieces: list[bytes]) -> float:
    """The best of some runs, in values a second."""
    best = 0.0
    for _ in range(REPEATS):
        began = time.perf_counter()
        count = read(pieces)
        best = max(best, count / (time.perf_counter() - began))
    return best


FORMS = {
    "commas": "{:.2f},{:.2f},{:.2f},{:.2f},{:.2f},{:.2f}",
    "tabs": "{:.2f}\t{:.2f}\t{:.2f}\t{:.2f}\t{:.2f}\t{:.2f}",
    "labels": "ax:{:.2f},ay:{:.2f},az:{:.2f},gx:{:.2f},gy:{:.2f},gz:{:.2f}",
    "one Teleplot variable a line": ">ax:{:.2f}",
    "numbers between words": "a {:.2f} b {:.2f} c {:.2f} d {:.2f} e {:.2f} f {:.2f}",
}


def main() -> None:
    plain = rate(read_plainly, chunks(lines(FORMS["commas"])))
    print(f"{'plain float() loop, commas':32} {plain / 1e3:8,.0f} thousand values/s")
    for name, form in FORMS.items():
        ours = rate(read_all, chunks(lines(form)))
        verdict = "" if ours >= NEEDED else f"  BELOW the {NEEDED:,} needed"
        print(f"{name:32} {ours / 1e3:8,.0f} thousand values/s{verdict}")


if __name__ == "__main__":
    main()
