# SPDX-License-Identifier: GPL-3.0-or-later
"""Real recordings and bench models kept beside the repository; tests that need them skip plainly
where they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def shared_path(*parts: str) -> Path:
    """A file or folder under ``../shared``; skips the test where it is absent."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(
            f"needs {'/'.join(parts)} of the shared data, which is not beside the repository"
        )
    return path
