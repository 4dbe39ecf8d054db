# SPDX-License-Identifier: GPL-3.0-or-later
"""new, import and capture, as a user types them."""

from __future__ import annotations

import math
import os

import numpy as np
import pytest

from app.capture.live_take import LiveTake
from app.capture.recorder import Recorder
from app.capture.take import TakePlan, TimeBase
from app.cli.main import main
from app.core.project import Project
from app.core.recording import Part
from app.core.training import Task
from app.deploy.simulated_hand import CHANNELS
from app.deploy.simulator import Simulator
from app.deploy.virtual_process import SimulateOptions
from tests.helpers.command import answer, write_csv
from tests.helpers.shared_data import shared_path


def test_new_makes_a_project_for_the_task(tmp_path, capsys):
    folder = tmp_path / "angles"
    assert main(["new", str(folder), "--task", "regression"]) == 0
    assert "angles" in capsys.readouterr().out
    document = Project.open(folder).document
    assert (document.name, document.task) == ("angles", Task.REGRESSION)


def test_import_honours_what_is_said_of_the_files(tmp_path):
    Project.create(tmp_path / "p", "P")
    rows = [(math.sin(t / 5), math.cos(t / 5)) for t in range(100)]
    file = write_csv(tmp_path / "spin_1.csv", rows)
    said = ["--label", "turn", "--rate", "50", "--split", "test"]
    report = answer("import", tmp_path / "p", file, *said)
    assert report["recordings"] == 1
    assert report["labels"] == {"turn": 1}
    assert report["parts"] == {"test": 1}
    (info,) = Project.open(tmp_path / "p").document.recordings
    assert (info.rate_hz, info.length, info.part) == (50.0, 100, Part.TEST)


@pytest.mark.shared_data
def test_import_of_all_nano_gestures(tmp_path):
    files = sorted(shared_path("data", "nano_gestures").glob("*.csv"))
    Project.create(tmp_path / "p", "P")
    report = answer("import", tmp_path / "p", *files)
    project = Project.open(tmp_path / "p")
    assert report["recordings"] == len(project.document.recordings) == 265
    assert report["labels"] == {"circ": 48, "flex": 26, "hori": 98, "punch": 16, "vert": 77}
    assert report["parts"] == {"training": 186, "test": 79}


@pytest.mark.parametrize("text", [False, True])
def test_capture_from_a_board_of_either_kind(text, tmp_path, capsys):
    project = Project.create(tmp_path / "p", "P")
    with Simulator(SimulateOptions(text=text)) as board:
        recorded = ["capture", str(project.folder), "--port", board.url, "--label", "idle"]
        assert main([*recorded, "--seconds", "1"]) == 0
    assert "idle 1" in capsys.readouterr().out
    project = Project.open(project.folder)
    (info,) = project.document.recordings
    (span,) = project.document.spans
    assert [channel.name for channel in info.channels] == [channel.name for channel in CHANNELS]
    assert info.rate_hz == pytest.approx(100, rel=0.1)
    assert info.duration_s == pytest.approx(1, abs=0.1)
    assert (span.label, span.start, span.stop) == ("idle", 0, info.length)
    # At rest the accelerometer measures gravity: real samples, in their own unit.
    acceleration = project.recording(info.id).samples[:, :3]
    assert np.linalg.norm(acceleration, axis=1).mean() == pytest.approx(1, abs=0.15)


def test_a_capture_that_the_board_leaves_keeps_what_came(tmp_path, capsys):
    project = Project.create(tmp_path / "p", "P")
    with Simulator(SimulateOptions(faults=("die-after=5",))) as board:
        assert main(["capture", str(project.folder), "--port", board.url, "--seconds", "60"]) == 1
    captured = capsys.readouterr()
    (line,) = captured.err.splitlines()
    assert line.startswith("capture: The recording ended after")
    assert captured.out == ""
    (info,) = Project.open(project.folder).document.recordings
    assert 0 < info.duration_s < 5


def test_capture_stopped_by_ctrl_c_keeps_what_came(tmp_path, capsys, monkeypatch):
    project = Project.create(tmp_path / "p", "P")
    progress = LiveTake.progress.fget

    def interrupted(take: LiveTake):
        shown = progress(take)
        if shown.samples > 50 and shown.end is None:
            monkeypatch.undo()
            raise KeyboardInterrupt
        return shown

    with Simulator() as board:
        monkeypatch.setattr(LiveTake, "progress", property(interrupted))
        assert main(["capture", str(project.folder), "--port", board.url, "--seconds", "60"]) == 0
    assert "Stopped by you" in capsys.readouterr().err
    (info,) = Project.open(project.folder).document.recordings
    assert 0.5 <= info.duration_s < 60


def test_capture_recovers_what_a_killed_recording_left(tmp_path, capsys):
    project = Project.create(tmp_path / "p", "P")
    plan = TakePlan("broken off", CHANNELS, TimeBase.EVEN, 100.0, "idle", "port", "2026-01-01", 0)
    recorder = Recorder(project.folder, plan)
    recorder.append(np.ones((150, len(CHANNELS)), np.float32), np.arange(150) / 100)
    recorder._end()  # as the kernel leaves the files of a process that is gone
    old = 1_000_000_000
    for path in recorder.folder.iterdir():
        os.utime(path, (old, old))
    file = write_csv(tmp_path / "idle.csv", [(1.0, 2.0)] * 20)
    assert main(["import", str(project.folder), str(file), "--rate", "100"]) == 0
    assert "Recovered the interrupted recording “broken off”: 1.5 s." in capsys.readouterr().err
    names = [info.name for info in Project.open(project.folder).document.recordings]
    assert names == ["broken off", "idle"]
