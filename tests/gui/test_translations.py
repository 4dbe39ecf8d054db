# SPDX-License-Identifier: GPL-3.0-or-later
"""Every sentence of the source has a finished Korean one, with the same values in it."""

import importlib.util
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "resources" / "translations"
_SPEC = importlib.util.spec_from_file_location("translations_update", FOLDER / "update.py")
update = importlib.util.module_from_spec(_SPEC)
sys.modules.setdefault(_SPEC.name, update)  # dataclasses look their module up
_SPEC.loader.exec_module(update)


def test_every_sentence_is_translated():
    missing = update.missing(FOLDER / "ko.ts")
    assert not missing, "\n".join(f"{m.problem}: {m.source!r}" for m in missing)


def test_the_compiled_file_is_that_of_the_source(tmp_path):
    fresh = tmp_path / "ko.ts"
    fresh.write_bytes((FOLDER / "ko.ts").read_bytes())
    update.compile_(fresh)
    assert (tmp_path / "ko.qm").read_bytes() == (FOLDER / "ko.qm").read_bytes()


def test_a_wrong_placeholder_is_seen():
    right = update.Message("{a:.1f} of {b}", "{b} 중 {a:.1f}", finished=True)
    wrong = update.Message("{a} of {b}", "{b} 중 {c}", finished=True)
    assert right.problem == ""
    assert "placeholders" in wrong.problem
    assert update.Message("a", "", finished=True).problem
    assert update.Message("a", "b", finished=False).problem
