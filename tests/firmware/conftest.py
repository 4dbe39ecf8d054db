# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine, built by this computer's own compiler, and as boards get it."""

import pytest

from benchmarks.emulated import TARGETS, Bench, Target
from tests.helpers.native_engine import SanitisedEngine, make


@pytest.fixture(scope="session")
def build(tmp_path_factory):
    """Where ``firmware/Makefile`` builds; each target is made by those who need it."""
    return tmp_path_factory.mktemp("firmware")


@pytest.fixture(scope="session")
def library(build):
    make(build, "host")
    return build / "host" / "libboard.so"


@pytest.fixture(scope="session")
def sanitised(build):
    make(build, "sanitised")
    return build / "sanitised"


@pytest.fixture
def engine(sanitised, tmp_path):
    """Runs programs with AddressSanitizer and UndefinedBehaviorSanitizer."""
    return SanitisedEngine(sanitised / "run", tmp_path)


@pytest.fixture(scope="session", params=TARGETS, ids=lambda target: target.name)
def bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """One kind of board under its emulator."""
    target: Target = request.param
    if missing := target.missing():
        pytest.skip(f"needs {', '.join(missing)}, not installed")
    return target.build(tmp_path_factory.mktemp(target.name))
