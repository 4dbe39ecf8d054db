# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a request to the simulated board takes until its answer is read.

    python -m benchmarks.protocol [--requests N] [--json]

The board is a process of its own behind a pty; the request asks for its sensors. So the figure is
what the protocol, two processes and the port between them cost before a board does any work.
"""

from __future__ import annotations

import argparse
import json
import time

import numpy as np

from app.capture.client import BoardClient
from app.capture.link import Link
from app.deploy.simulator import Simulator

REQUESTS = 500


def round_trips_ms(requests: int) -> np.ndarray:
    """The time of each request, in the order they were made."""
    with Simulator() as board:
        link = Link(board.url)
        client = BoardClient(link)
        try:
            link.open()
            client.identify()
            took_ms: list[float] = []
            for _ in range(requests):
                began = time.perf_counter()
                client.sensors()
                took_ms.append((time.perf_counter() - began) * 1000)
        finally:
            link.close()
            client.close()
    return np.array(took_ms)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--requests", type=int, default=REQUESTS)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    took_ms = round_trips_ms(chosen.requests)
    found = {
        "requests": chosen.requests,
        "median_ms": float(np.median(took_ms)),
        "percentile_95_ms": float(np.percentile(took_ms, 95)),
        "worst_ms": float(took_ms.max()),
    }
    if chosen.json:
        print(json.dumps(found))
    else:
        print(
            f"{chosen.requests} requests: median {found['median_ms']:.2f} ms, 95 % under "
            f"{found['percentile_95_ms']:.2f} ms, worst {found['worst_ms']:.2f} ms"
        )


if __name__ == "__main__":
    main()
