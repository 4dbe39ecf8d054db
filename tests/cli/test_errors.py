# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong is said on one line of stderr, with an exit code to match."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.main import main
from app.core.own_process import own_environment
from app.core.project import Project
from tests.helpers.command import complaint, write_csv


@pytest.mark.parametrize("name", ["import", "train", "evaluate", "convert", "flash", "verify"])
def test_a_folder_without_a_project_is_named(name, tmp_path, capsys):
    more = {
        "import": ["x.csv"],
        "flash": ["--board", "virtual", "--port", "x"],
        "verify": ["--port", "x"],
    }
    assert main([name, str(tmp_path), *more.get(name, [])]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    assert line.startswith(f"{name}: There is no project in {tmp_path}.")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["fly"], "invalid choice: 'fly'"),
        (["flash", "p"], "--board, --port"),
        (["train", "p", "--epochs", "0"], "0 is not above zero"),
        (["train", "p", "--seed", "-1"], "-1 is not from 0 to 4294967295"),
        (["train", "p", "--window", "nan"], "nan is no number above zero"),
        (["train", "p", "--preset", "brain"], "invalid choice: 'brain'"),
        (["capture", "p", "--port", "x"], "--seconds"),
        (["import", "p", "f", "--split", "both"], "invalid choice: 'both'"),
    ],
)
def test_a_wrong_command_line_is_one_sentence(arguments, says, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    assert says in line
    assert line.endswith("--help.")


def test_a_file_that_is_no_recording(tmp_path):
    Project.create(tmp_path / "p", "P")
    prose = tmp_path / "prose.csv"
    prose.write_text("Dear diary,\nnothing happened.\n", encoding="utf-8")
    assert "prose.csv" in complaint("import", tmp_path / "p", prose)
    assert "gone.csv cannot be read" in complaint("import", tmp_path / "p", tmp_path / "gone.csv")
    assert not Project.open(tmp_path / "p").document.recordings


def test_a_folder_that_is_not_empty_gets_no_project(tmp_path):
    write_csv(tmp_path / "a.csv", [(1.0, 2.0)])
    assert "not empty" in complaint("new", tmp_path)


@pytest.mark.parametrize("port", ["/dev/none-such", "socket://127.0.0.1:1", "carrier://pigeon"])
def test_a_dead_port_is_named(port, tmp_path, capsys):
    Project.create(tmp_path / "p", "P")
    assert main(["capture", str(tmp_path / "p"), "--port", port, "--seconds", "1"]) == 1
    assert main(["monitor", "--port", port]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    lines = captured.err.splitlines()
    assert len(lines) == 2
    assert all(port in line for line in lines)


def test_an_unknown_fault_of_a_simulated_board():
    assert complaint("simulate", "--fault", "hiccups").startswith("simulate: ")


def test_no_command_imports_tensorflow_or_qt(tmp_path):
    """Checked in a process of its own: this one may have them for other tests."""
    Project.create(tmp_path / "p", "P")
    script = (
        "import sys\n"
        "from app.cli.main import main\n"
        f"codes = [main(['ports']), main(['train', {str(tmp_path / 'p')!r}]),\n"
        f"         main(['evaluate', {str(tmp_path / 'p')!r}])]\n"
        "heavy = {'tensorflow', 'keras', 'PySide6', 'pyqtgraph'} & set(sys.modules)\n"
        "sys.exit(f'{codes} {heavy}' if heavy or codes != [0, 1, 1] else 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=own_environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_missing_run_is_named(tmp_path: Path, capsys):
    Project.create(tmp_path / "p", "P")
    assert main(["evaluate", str(tmp_path / "p"), "--run", "nothing"]) == 1
    assert "There is no run nothing." in capsys.readouterr().err
