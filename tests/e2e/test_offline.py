# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing leaves the computer: the whole loop where no socket reaches beyond it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import tests.helpers
from app.core.own_process import BOARD_FLAG, own_command, own_environment
from app.jobs import WORKER_FLAG
from tests.helpers.command import LONG_S

GUARD = Path(tests.helpers.__file__).parent / "offline"


@pytest.fixture
def attempts(tmp_path: Path) -> Path:
    """The file in which refused attempts are written down; there is none before the first."""
    return tmp_path / "attempts.txt"


@pytest.fixture
def processes(tmp_path: Path) -> Path:
    """The file in which every guarded process has written its command line."""
    return tmp_path / "processes.txt"


@pytest.fixture
def guarded(attempts: Path, processes: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of a child that reaches this computer alone, its own children too."""
    monkeypatch.setenv("TINYWRIGHT_TEST_ATTEMPTS", str(attempts))
    monkeypatch.setenv("TINYWRIGHT_TEST_PROCESSES", str(processes))
    environment = own_environment()
    environment["PYTHONPATH"] = os.pathsep.join([str(GUARD), environment["PYTHONPATH"]])
    return environment


@pytest.mark.parametrize(
    "attempt",
    [
        "s.create_connection(('192.0.2.1', 80), 1)",
        "s.create_connection(('tinywright.invalid', 80), 1)",
        "s.socket(s.AF_INET, s.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 53))",
        "s.socket().bind(('0.0.0.0', 0))",
    ],
)
def test_the_guard_refuses(guarded: dict[str, str], attempts: Path, attempt: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import socket as s; {attempt}"],
        env=guarded,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "no network in this test" in done.stderr
    assert attempts.is_file()


@pytest.mark.slow
def test_the_whole_demo_needs_no_network(
    guarded: dict[str, str], attempts: Path, processes: Path
) -> None:
    done = subprocess.run(
        own_command("demo", "--json"),
        env=guarded,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LONG_S,
        check=False,
    )
    assert not attempts.exists(), attempts.read_text("utf-8")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["agreement"] == 1.0
    started = processes.read_text("utf-8")
    for flag in (WORKER_FLAG, BOARD_FLAG):
        assert f" -m app {flag}" in started, "a process that nobody guarded"
