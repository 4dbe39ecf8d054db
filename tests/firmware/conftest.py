# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine, built by this computer's own compiler."""

import pytest

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
