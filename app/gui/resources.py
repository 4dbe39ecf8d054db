# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the icons and translations lie, in the source tree and in a packaged studio alike."""

from __future__ import annotations

from pathlib import Path

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
ICONS = RESOURCES / "icons"
TRANSLATIONS = RESOURCES / "translations"
