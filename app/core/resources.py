# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the studio's own files lie, in the source tree and in a packaged studio alike; and the
name of the folders it writes to elsewhere.

A packaged studio keeps its modules' places under the folder it is unpacked to, and ``resources``
beside ``app``, as here.
"""

from __future__ import annotations

from pathlib import Path

OWN_FOLDER = "tinywright"
"""Of the folders in which the system keeps settings, logs and caches."""
RESOURCES = Path(__file__).resolve().parents[2] / "resources"
