# SPDX-License-Identifier: GPL-3.0-or-later
"""The loop by command, each step a process of its own, against a simulated board."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from app.core.runs import list_runs
from app.deploy.simulator import Simulator
from app.deploy.virtual_process import SimulateOptions
from tests.helpers import toy_data
from tests.helpers.command import answer, command, complaint, started, write_csv
from tests.helpers.ports import TcpBoard

CLASSES = {"slow": 1.0, "middle": 3.0, "fast": 6.0}
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals")


def write_takes(folder: Path, takes: int = 12) -> list[Path]:
    """Files with a take each of a slow, a middling or a fast wave."""
    folder.mkdir()
    return [
        write_csv(
            folder / f"{label}_{take}.csv",
            [tuple(row) for row in toy_data.wave(cycles, 10 * take + place)],
            header="ax,ay,az",
        )
        for take in range(takes)
        for place, (label, cycles) in enumerate(CLASSES.items())
    ]


def test_every_step_by_command(tmp_path):
    project = tmp_path / "waves"
    answer("new", project)
    report = answer("import", project, *write_takes(tmp_path / "files"), "--rate", 100)
    assert report["labels"] == dict.fromkeys(CLASSES, 12)
    trained = answer("train", project, "--epochs", 12, "--seed", 3, "--preset", "small_cnn")
    assert trained["epochs"] == 12
    assert trained["window_samples"] == toy_data.WINDOW  # whole takes: short and alike
    scores = answer("evaluate", project)
    for precision in ("float", "int8"):
        confusion = scores[precision]["confusion"]
        right = sum(row[place] for place, row in enumerate(confusion))
        windows = sum(map(sum, confusion))
        assert windows == trained["windows"]["test"]
        assert scores[precision]["accuracy"] == pytest.approx(right / windows)
        assert 0 <= scores[precision]["macro_f1"] <= 1
    converted = answer("convert", project)
    assert Path(converted["program"]).stat().st_size == converted["program_bytes"]

    with Simulator(SimulateOptions(tcp_port=0)) as board:
        assert board.url.startswith("socket://")
        flashed = answer("flash", project, "--board", "virtual", "--port", board.url)
        assert not flashed["was_there"]
        checked = answer("verify", project, "--port", board.url)
        assert checked["agreement"] == 1.0
        assert checked["board"] == "virtual"
        assert checked["board_scores"] == scores["int8"]
        assert "not the board" in complaint(
            "flash", project, "--board", "esp32", "--port", board.url
        )
        alone = answer("settings", "--port", board.url) | {"runs_by_itself": True}
        settings = tmp_path / "settings.json"
        settings.write_text(json.dumps(alone), encoding="utf-8")
        answer("settings", "--port", board.url, "--load", settings)
        # What runs by itself makes way for all of these.
        assert answer("verify", project, "--port", board.url, "--limit", 5)["agreement"] == 1.0
        assert answer("selftest", "--port", board.url)["passed"]
        assert answer("flash", project, "--board", "virtual", "--port", board.url)["was_there"]
        heard = command("monitor", "--port", board.url, "--run", "--seconds", 3, "--json")
        assert heard.returncode == 0, heard.stderr
        answers = [json.loads(line) for line in heard.stdout.splitlines()]
        assert [record["result"] for record in answers if "result" in record][:3] == [0, 1, 2]

    with Simulator(SimulateOptions(faults=("corrupt-output",))) as wrong:
        answer("flash", project, "--board", "virtual", "--port", wrong.url)
        differs = command("verify", project, "--port", wrong.url, "--json")
        assert differs.returncode == 1
        assert json.loads(differs.stdout)["agreement"] == 0.0
        assert "differ" in differs.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for the worker in /proc")
def test_settings_are_printed_changed_and_loaded(tmp_path):
    file = tmp_path / "settings.json"
    with Simulator(SimulateOptions(tcp_port=0)) as board:
        first = answer("settings", "--port", board.url)
        assert first["rate_hz"] is None
        acts = [{"class_index": 1, "kind": "pulse", "pin": 13, "value": 300, "text": ""}]
        acts[0] |= {"threshold": 204, "windows": 3}
        wanted = first | {"rate_hz": 50.0, "hidden_parts": ["switches"], "actions": acts}
        file.write_text(json.dumps(wanted), encoding="utf-8")
        assert answer("settings", "--port", board.url, "--load", file) == wanted
        words = command("settings", "--port", board.url).stdout
        assert "Left out       switches" in words
        assert "class 2 at 80% for 3 windows in a row: pin 13 high for 300 ms" in words
        file.write_text(json.dumps(wanted | {"analogue_pins": [1]}), encoding="utf-8")
        assert "no pins to measure" in complaint("settings", "--port", board.url, "--load", file)
        file.write_text(json.dumps(wanted | {"runs_by_itself": True}), encoding="utf-8")
        answer("settings", "--port", board.url, "--load", file)
        told = command("settings", "--port", board.url)
        assert told.returncode == 0
        assert "cannot. No board program is stored." in told.stderr


def test_ctrl_c_and_a_killed_worker_in_training(tmp_path):
    project = tmp_path / "waves"
    toy_data.project(project)
    train = started("train", project, "--epochs", 100_000, "--json")
    _wait_for_epoch(train)
    train.send_signal(signal.SIGINT)
    out, err = train.communicate(timeout=60)
    assert train.returncode == 0, err
    kept = json.loads(out)
    assert kept["stop_reason"] == "cancelled"
    assert kept["best_epoch"] >= 1
    assert list_runs(project).runs[0].id == kept["run"]

    train = started("train", project, "--epochs", 100_000)
    _wait_for_epoch(train)
    os.kill(_worker_of(train.pid), signal.SIGKILL)
    out, err = train.communicate(timeout=60)
    assert (train.returncode, out) == (1, "")
    assert err.splitlines()[-1].startswith("train: The work was broken off")
    # The run that was killed is not the one to go on with.
    assert answer("evaluate", project)["run"] == kept["run"]


def test_monitor_shows_samples_and_refuses_to_run_nothing():
    with Simulator(SimulateOptions(text=True)) as board:
        heard = command("monitor", "--port", board.url, "--seconds", 2, "--json")
    records = [json.loads(line) for line in heard.stdout.splitlines()]
    assert heard.returncode == 0, heard.stderr
    assert sum("values" in record for record in records) > 50
    with Simulator() as board:
        assert "monitor: " in complaint("monitor", "--port", board.url, "--run", "--seconds", 1)


def test_monitor_reads_on_through_garbage():
    noise = np.random.default_rng(1).integers(0, 256, 4000, np.uint8).tobytes()
    with TcpBoard() as board:
        heard = started("monitor", "--port", board.url, "--seconds", 4)
        board.accept()
        board.receive(1)  # it asks who we are
        board.send(noise + b"\r\nready\r\n" + b"".join(b"%d,2\r\n" % n for n in range(50)))
        out, err = heard.communicate(timeout=60)
    assert (heard.returncode, err) == (0, "")
    assert "ready\n" in out
    assert "49\t2\n" in out
    assert all(each.isprintable() or each in "\t\n" for each in out)


@posix_only
def test_simulate_prints_its_port_first():
    board = started("simulate", "--json")
    assert board.stdout is not None
    announced = json.loads(board.stdout.readline())
    ports = command("monitor", "--port", announced["port"], "--seconds", 2)
    assert ports.returncode == 0, ports.stderr
    assert ports.stdout
    board.send_signal(signal.SIGINT)
    board.communicate(timeout=30)
    assert board.returncode == 0


@pytest.mark.slow
def test_the_demo(tmp_path):
    figures = answer("demo", "--keep", tmp_path / "demo")
    assert figures["agreement"] == 1.0
    assert figures["windows"] >= 200
    assert figures["classes"] >= 5
    assert figures["int8_accuracy"] >= 0.95
    assert figures["board_accuracy"] == figures["int8_accuracy"]
    assert figures["nearest_mean_accuracy"] < 0.8
    assert list(figures["stages"]) == [
        "capture",
        "train",
        "convert",
        "evaluate",
        "flash",
        "verify",
    ]
    assert (tmp_path / "demo" / "project.json").exists()


def _wait_for_epoch(train: subprocess.Popen[str]) -> None:
    assert train.stderr is not None
    for line in train.stderr:
        if line.startswith("epoch"):
            return
    raise AssertionError("it ended without an epoch")


def _worker_of(pid: int) -> int:
    """The one child of a process."""
    tasks = Path(f"/proc/{pid}/task").iterdir()  # of Linux; no other system tells without a tool
    (child,) = [child for task in tasks for child in (task / "children").read_text().split()]
    return int(child)
