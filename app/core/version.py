# SPDX-License-Identifier: GPL-3.0-or-later
"""Which studio this is: the version that ``pyproject.toml`` gives, from the tree or packaged."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def studio_version() -> str:
    """``"0.1.0"``; ``"unknown"`` for a copy of the source tree that was never installed."""
    try:
        return version("tinywright")
    except PackageNotFoundError:
        return "unknown"
