# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.capture import take
from app.capture.recorder import Recorder
from app.capture.take import TakePlan, TimeBase, recover
from app.core.errors import DataError, ProjectError
from app.core.project import Project
from app.core.recording import Channel, LabelSpan
from app.core.storage import SampleWriter

NAN = np.nan
XY = (Channel("x", "g"), Channel("y"))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    yield Project.create(tmp_path / "project", "test")
    assert [t.name for t in threading.enumerate() if t.name == "recorder"] == []


def plan(time_base: TimeBase, rate_hz: float = 0.0, label: str = "") -> TakePlan:
    started_at = "2026-01-01T00:00:00+00:00"
    return TakePlan("take 1", XY, time_base, rate_hz, label, "port", started_at, os.getpid())


def rows(*values: tuple[float, float]) -> np.ndarray:
    return np.array(values, np.float32)


def times(*seconds: float) -> np.ndarray:
    return np.array(seconds, np.float64)


def samples_of(project: Project) -> list[list[float]]:
    (info,) = project.document.recordings
    return project.recording(info.id).samples.tolist()


def partial_folders(project: Project) -> list[Path]:
    return list((project.folder / "recordings").glob("*.partial"))


def test_lines_without_a_clock_are_stored_one_for_one(project: Project) -> None:
    recorder = Recorder(project.folder, plan(TimeBase.EVEN, label="idle"))
    recorder.append(rows((NAN, 1), (2, 2)), times(0, 0))
    recorder.append(rows((NAN, 3), (4, NAN)), times(0.02, 0.02))
    assert recorder.rows == 4
    info = recorder.finish(rate_hz=100.0).add_to(project)
    assert samples_of(project) == [[2, 1], [2, 2], [2, 3], [4, 3]]
    assert (info.rate_hz, info.length, info.channels, info.source) == (100.0, 4, XY, "port")
    assert project.document.spans == (LabelSpan(info.id, 0, 4, "idle"),)
    assert [c.name for c in project.document.classes] == ["idle"]
    assert partial_folders(project) == []


def test_an_unknown_rate_is_measured_from_the_arrival(project: Project) -> None:
    recorder = Recorder(project.folder, plan(TimeBase.EVEN))
    recorder.append(np.zeros((51, 2), np.float32), np.arange(51) / 50)
    assert recorder.finish().new.rate_hz == pytest.approx(50)
    recorder.discard()
    assert partial_folders(project) == []


def test_lost_samples_of_a_board_that_counts_are_filled(project: Project) -> None:
    recorder = Recorder(project.folder, plan(TimeBase.COUNTED, 100.0))
    recorder.append(rows((1, 1), (NAN, NAN), (NAN, NAN), (4, 4)), times(0, 0.01, 0.02, 0.03))
    recorder.finish().add_to(project)
    assert samples_of(project) == [[1, 1], [1, 1], [1, 1], [4, 4]]


def test_a_clock_puts_samples_on_a_grid_and_fills_its_gaps(project: Project) -> None:
    recorder = Recorder(project.folder, plan(TimeBase.CLOCK))
    seconds = np.delete(np.arange(20) / 10, [7, 8, 9, 10])
    values = np.stack([seconds * 10, -seconds], axis=1).astype(np.float32)
    recorder.append(values, seconds + 5)
    info = recorder.finish().add_to(project)
    assert info.rate_hz == pytest.approx(10)
    x = [row[0] for row in samples_of(project)]
    assert x == [0, 1, 2, 3, 4, 5, 6, 6, 6, 6, 6, 11, 12, 13, 14, 15, 16, 17, 18, 19]


def test_channels_at_rates_of_their_own_go_to_the_fastest_rate(project: Project) -> None:
    recorder = Recorder(project.folder, plan(TimeBase.ARRIVAL))
    for n in range(41):
        recorder.append(rows((n, NAN)), times(n / 20))
        if n % 10 == 0:
            recorder.append(rows((NAN, n)), times(n / 20))
    info = recorder.finish().add_to(project)
    assert info.rate_hz == pytest.approx(20)
    stored = samples_of(project)
    assert [row[0] for row in stored] == list(range(41))
    assert [row[1] for row in stored] == [n - n % 10 for n in range(41)]


def test_a_channel_that_never_spoke_is_left_out(project: Project) -> None:
    recorder = Recorder(project.folder, plan(TimeBase.EVEN))
    recorder.append(rows((1, NAN), (2, NAN)), times(0, 0.01))
    info = recorder.finish().add_to(project)
    assert info.channels == XY[:1]


def test_nothing_recorded_is_an_error(project: Project) -> None:
    recorder = Recorder(project.folder, plan(TimeBase.EVEN))
    with pytest.raises(DataError, match="fewer than two"):
        recorder.finish()
    recorder.discard()


def test_long_takes_are_finished_in_pieces(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(take, "CHUNK_ROWS", 7)
    recorder = Recorder(project.folder, plan(TimeBase.EVEN, 100.0))
    values = np.full((50, 2), NAN, np.float32)
    values[20::15] = 1
    values[40:, 1] = 2
    recorder.append(values, np.arange(50) / 100)
    recorder.finish().add_to(project)
    expected = np.ones((50, 2), np.float32)
    expected[40:, 1] = 2
    np.testing.assert_array_equal(np.array(samples_of(project)), expected)


def test_a_full_disk_is_told_and_what_was_written_is_recovered(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = Recorder(project.folder, plan(TimeBase.EVEN, 100.0))
    append = SampleWriter.append

    def full_after_three(writer: SampleWriter, samples: np.ndarray) -> None:
        if writer.length >= 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        append(writer, samples)

    monkeypatch.setattr(SampleWriter, "append", full_after_three)
    recorder.append(rows((1, 1), (2, 2), (3, 3)), times(0, 1, 2))
    recorder.append(rows((4, 4)), times(3))
    with pytest.raises(ProjectError, match="No space left"):
        recorder.finish()
    assert recorder.error is not None
    taken = recorder.rows
    recorder.append(rows((5, 5)), times(4))
    assert recorder.rows == taken  # an hour of a board that goes on must not fill the memory
    monkeypatch.undo()
    monkeypatch.setattr(take, "QUIET_S", -1.0)

    def full(_writer: SampleWriter, _samples: np.ndarray) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(SampleWriter, "append", full)
    (problem,) = recover(project).problems
    assert "No space left" in str(problem)
    assert not list(project.folder.rglob("samples.npy"))  # what it had begun takes no more space
    monkeypatch.setattr(SampleWriter, "append", append)
    assert len(recover(project).recordings) == 1
    assert samples_of(project) == [[1, 1], [2, 2], [3, 3]]


@pytest.mark.parametrize("attempt", range(3))
def test_a_killed_process_loses_less_than_a_second(project: Project, attempt: int) -> None:
    script = Path(__file__).with_name("recording_process.py")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, str(script), str(project.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        handed = {}  # samples handed over by then, by seconds since the start
        for line in process.stdout:
            count, seconds = line.split()
            handed[float(seconds)] = int(count)
            if float(seconds) > 1.2 + 0.1 * attempt:
                break
        process.kill()
        for line in process.stdout:
            count, seconds = line.split()
            handed[float(seconds)] = int(count)
    a_second_before = max((t for t in handed if t <= max(handed) - 1.0), default=0.0)
    recovery = recover(project)
    assert recovery.problems == ()
    (info,) = recovery.recordings
    assert handed.get(a_second_before, 0) <= info.length <= max(handed.values()) + 10
    stored = np.array(samples_of(project))
    np.testing.assert_array_equal(stored[:, 0], np.arange(info.length))
    np.testing.assert_array_equal(stored[:, 1], -stored[:, 0])
    assert info.rate_hz == 1000.0
    assert project.document.spans == (LabelSpan(info.id, 0, info.length, "idle"),)
    assert recover(project).recordings == ()


def test_a_take_that_another_process_writes_is_left_alone(project: Project) -> None:
    recorder = Recorder(project.folder, plan(TimeBase.EVEN, 100.0))
    recorder.append(rows((1, 1), (2, 2)), times(0, 0.01))
    assert recover(project) == take.Recovery((), ())
    recorder.finish().add_to(project)
    assert len(samples_of(project)) == 2


def test_a_broken_take_is_told_and_left(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(take, "QUIET_S", -1.0)
    broken = project.folder / "recordings" / "x.partial"
    broken.mkdir(parents=True)
    (broken / "values.npy").write_bytes(b"not an array")
    (broken / "take.json").write_text("{}")
    recovery = recover(project)
    assert recovery.recordings == ()
    assert "x.partial" in str(recovery.problems[0])
    assert broken.exists()


def test_a_take_that_is_left_waits_for_its_project_to_be_opened(project: Project) -> None:
    recorder = Recorder(project.folder, plan(TimeBase.EVEN, rate_hz=50.0, label="idle"))
    recorder.append(rows((1, 1), (2, 2)), times(0, 0.02))
    finished = recorder.finish()
    assert recover(project).recordings == ()  # this process lives, and might still write it
    finished.leave()
    (info,) = recover(project).recordings
    assert (info.length, info.rate_hz) == (2, 50.0)
    assert partial_folders(project) == []
