# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.cli.main import parser
from app.core.own_process import own_command, own_environment, program_name


def test_the_source_tree_is_started_with_our_own_interpreter() -> None:
    assert own_command("ports") == [sys.executable, "-m", "app", "ports"]


def test_help_names_the_program_as_it_was_started(monkeypatch: pytest.MonkeyPatch) -> None:
    assert program_name() == "python -m app"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert program_name() == "tinywright-cli"
    assert parser().format_usage().startswith("usage: tinywright-cli ")


def test_our_own_package_is_found_from_any_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    first = own_environment()["PYTHONPATH"].split(";" if sys.platform == "win32" else ":")[0]
    assert Path(first, "app", "core", "own_process.py").is_file()


@pytest.mark.parametrize("suffix", ["", ".exe"])
def test_a_packaged_window_starts_the_console_program_beside_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, suffix: str
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / f"tinywright{suffix}"))
    assert own_command("--worker") == [str(tmp_path / f"tinywright-cli{suffix}"), "--worker"]
    assert own_environment()["PYINSTALLER_RESET_ENVIRONMENT"] == "1"
