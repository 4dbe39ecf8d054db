# SPDX-License-Identifier: GPL-3.0-or-later
"""Where icons, drawings and translations lie, in the source tree and in a packaged studio alike."""

from __future__ import annotations

from app.core.resources import RESOURCES

ICONS = RESOURCES / "icons"
HELP = RESOURCES / "help"
TRANSLATIONS = RESOURCES / "translations"
