# SPDX-License-Identifier: GPL-3.0-or-later
"""The scripts of ``packaging``, which are in no package."""

import importlib
from pathlib import Path

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch):
    """A module of ``packaging`` by its name."""
    monkeypatch.syspath_prepend(PACKAGING)
    monkeypatch.syspath_prepend(PACKAGING / "linux")
    return importlib.import_module
