# SPDX-License-Identifier: GPL-3.0-or-later
"""The networks that boards test themselves with are those of the golden files."""

from __future__ import annotations

import runpy

import pytest

from app.deploy.compiler.records import Plan
from app.deploy.compiler.targets import TARGETS
from tests.helpers.golden_programs import golden_program, golden_vectors
from tests.helpers.native_engine import FIRMWARE

FOLDER = FIRMWARE / "application" / "golden"
MAKE = runpy.run_path(str(FOLDER / "make.py"))


@pytest.mark.parametrize("target", MAKE["TARGETS"])
def test_they_are_what_the_golden_files_give(target):
    assert (FOLDER / f"{target}.c").read_text() == MAKE["source"](target)


def test_every_target_has_them():
    assert set(MAKE["TARGETS"]) == set(TARGETS)


def test_together_they_run_every_kind_of_kernel():
    kinds = {
        record.kind.name
        for name in MAKE["NETWORKS"]
        for record in Plan.decode(golden_program(name).plan).records
    }
    assert kinds >= {"CONV", "DEPTHWISE", "DENSE", "MAX_POOL", "AVERAGE_POOL", "MEAN", "SOFTMAX"}


def test_their_answers_tell_a_wrong_sum():
    """None lies at the ends of int8's range alone, where many sums come to the same."""
    for name in MAKE["NETWORKS"]:
        for output in golden_vectors(name).outputs[MAKE["WINDOWS"]]:
            assert any(-128 < value < 127 for value in output)
