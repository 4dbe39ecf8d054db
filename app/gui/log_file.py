# SPDX-License-Identifier: GPL-3.0-or-later
"""What the studio logs: on standard error where there is one, and in a file that never grows large.

A user who reports a defect finds it in the folder where the system keeps logs.
"""

from __future__ import annotations

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

FILE = "studio.log"
MAX_BYTES = 1 << 20
KEPT = 3
"""Older files beside it: at most four megabytes in all."""
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def keep_log(folder: Path, *, max_bytes: int = MAX_BYTES) -> None:
    """Log into ``folder``, which is made if need be. A disk that refuses is told on standard error,
    and keeps nothing from starting."""
    handlers: list[logging.Handler] = []
    if sys.stderr is not None:  # pyright: ignore[reportUnnecessaryComparison] - windowed on Windows
        handlers.append(logging.StreamHandler())
    refusal: OSError | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handlers.append(
            RotatingFileHandler(
                folder / FILE, maxBytes=max_bytes, backupCount=KEPT, encoding="utf-8"
            )
        )
    except OSError as error:
        refusal = error
    logging.basicConfig(level=logging.INFO, format=_FORMAT, handlers=handlers)
    if refusal is not None:
        logging.getLogger(__name__).warning("no log file: %s", refusal)
