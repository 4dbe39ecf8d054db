# SPDX-License-Identifier: GPL-3.0-or-later
"""The firmware's own tests in C, with AddressSanitizer and UndefinedBehaviorSanitizer."""

from __future__ import annotations

import subprocess

import pytest

from tests.helpers.native_engine import FIRMWARE


@pytest.mark.parametrize("name", sorted(path.stem for path in FIRMWARE.glob("tests/*_test.c")))
def test_in_c(sanitised, name):
    done = subprocess.run(
        [sanitised / name], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
