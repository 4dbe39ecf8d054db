# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the studio's own files lie, in the source tree and in a packaged studio alike.

A packaged studio keeps its modules' places under the folder it is unpacked to, and ``resources``
beside ``app``, as here.
"""

from __future__ import annotations

from pathlib import Path

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
