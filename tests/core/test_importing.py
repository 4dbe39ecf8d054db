# SPDX-License-Identifier: GPL-3.0-or-later
"""Files into a project."""

import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest

from app.core import edits
from app.core.dataset import build_dataset
from app.core.errors import DataError
from app.core.importing import ImportOptions, import_files, label_from_path, read_file
from app.core.project import NewRecording, Project
from app.core.recording import Channel, LabelSpan, Part
from app.core.text import text
from app.core.training import Task
from tests.helpers.shared_data import shared_path

OPTIONS = ImportOptions()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.create(tmp_path / "project", "imported")


def write(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8", newline="")
    return path


def read(folder: Path, content: str, **options: object) -> tuple[NewRecording, ...]:
    path = write(folder, "wave.csv", content)
    return read_file(path, ImportOptions(**options)).recordings


def spans(recording: NewRecording) -> list[tuple[int, int, str, float | None]]:
    return [(s.start, s.stop, s.label, s.value) for s in recording.spans]


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("circ.csv", "circ"),
        ("background.1657742690715.csv", "background"),
        ("spirit-gin.1657744865778.csv", "spirit-gin"),
        ("fan_0_high_0_weight/0000.csv", "fan_0_high_0_weight"),
        ("punch_3.csv", "punch"),
        ("punch-03.csv", "punch"),
        ("punch (3).csv", "punch"),
        ("punch(3).csv", "punch"),
        ("class1.csv", "class1"),
        ("손흔들기_02.csv", "손흔들기"),
        ("idle/_12.csv", "idle"),
        ("wave.5hj2k3l.csv", "wave"),
    ],
)
def test_labels_from_file_names(path: str, label: str) -> None:
    assert label_from_path(Path("/data") / path) == label


def test_takes_in_one_file(tmp_path: Path) -> None:
    first, second = read(tmp_path, "aX (g),gX [deg/s]\r\n1,2\r\n3,4\r\n\r\n5,6\r\n")
    assert (first.name, second.name) == ("wave 1", "wave 2")
    assert first.channels == (Channel("aX", "g"), Channel("gX", "deg/s"))
    assert first.samples.tolist() == [[1, 2], [3, 4]]
    assert spans(first) == [(0, 2, "wave", None)]
    assert second.source == "wave.csv"


def test_what_the_user_says_goes_first(tmp_path: Path) -> None:
    write(tmp_path, "split.csv", "file,split,label\nwave.csv,test,tap\n")
    (said,) = read(tmp_path, "a,label\n1,x\n2,y\n", label="circle", part=Part.TRAINING, rate_hz=50)
    assert (said.part, said.rate_hz) == (Part.TRAINING, 50)
    assert spans(said) == [(0, 2, "circle", None)]
    (in_file,) = read(tmp_path, "a,label\n1,x\n2,y\n", rate_hz=50)
    assert in_file.part is Part.TEST
    assert spans(in_file) == [(0, 1, "x", None), (1, 2, "y", None)]
    (in_split,) = read(tmp_path, "a\n1\n2\n")
    assert spans(in_split) == [(0, 2, "tap", None)]


def test_an_assumed_rate_is_said(tmp_path: Path) -> None:
    path = write(tmp_path, "wave.csv", "1,2\n3,4\n")
    read_one = read_file(path, OPTIONS)
    assert read_one.recordings[0].rate_hz == 100.0
    assert ["100 Hz was assumed" in str(note) for note in read_one.notes] == [True]
    assert read_one.rate_assumed
    told = read_file(path, ImportOptions(rate_hz=7.0))
    assert (told.notes, told.rate_assumed) == ((), False)


def test_a_clock_that_stands_still_leaves_the_rate_to_be_told(tmp_path: Path) -> None:
    path = write(tmp_path, "one.csv", "time_ms,a\n5,1\n")
    assert read_file(path, OPTIONS).rate_assumed
    assert not read_file(path, ImportOptions(rate_hz=7.0)).rate_assumed


@pytest.mark.parametrize("rate", [0.0, -1.0, float("nan"), float("inf")])
def test_a_rate_is_above_zero(tmp_path: Path, rate: float) -> None:
    with pytest.raises(DataError, match="no sampling rate"):
        read(tmp_path, "1\n2\n", rate_hz=rate)


@pytest.mark.parametrize(
    ("name", "step", "rate"),
    [
        ("timestamp", "250", 4.0),
        ("t", "10", 100.0),
        ("ms", "8", 125.0),
        ("us", "8403", 119.0),
        ("time", "0.01", 100.0),
        ("time_us", "10", 100_000.0),
        ("time (s)", "2", 0.5),
        ("Time [ms]", "20", 50.0),
        ("millis", "1000", 1.0),
        ("elapsed_ms", "5", 200.0),
        ("seconds", "0.02", 50.0),
        ("timestamp", "10000000", 100.0),
    ],
)
def test_a_clock_gives_the_rate(tmp_path: Path, name: str, step: str, rate: float) -> None:
    rows = "".join(f"{1000 + i * float(step):.2f},{i}\n" for i in range(20))
    (recording,) = read(tmp_path, f"{name},a\n{rows}")
    assert recording.rate_hz == pytest.approx(rate)
    assert recording.channels == (Channel("a"),)
    assert recording.samples[:, 0].tolist() == list(range(20))
    assert spans(recording) == [(0, 20, "wave", None)]


def test_dates_are_a_clock(tmp_path: Path) -> None:
    rows = "".join(f"2024-03-01T10:00:0{i}.500Z,{i}\n" for i in range(6))
    (recording,) = read(tmp_path, f"timestamp,a\n{rows}")
    assert recording.rate_hz == 1.0
    assert recording.samples[:, 0].tolist() == list(range(6))


def test_a_32_bit_clock_is_carried_on(tmp_path: Path) -> None:
    rows = "".join(f"{(2**32 - 30 + 10 * i) % 2**32},{i}\n" for i in range(8))
    (recording,) = read(tmp_path, f"ms,a\n{rows}")
    assert recording.rate_hz == 100.0
    assert recording.samples[:, 0].tolist() == list(range(8))


def test_a_column_that_is_no_clock_is_a_channel(tmp_path: Path) -> None:
    (recording,) = read(tmp_path, "t,h\n21.5,40\n21.4,41\n21.6,42\n21.2,40\n")
    assert [c.name for c in recording.channels] == ["t", "h"]


def test_lost_samples_are_filled_and_said(tmp_path: Path) -> None:
    rows = "".join(f"{10 * i},{i}\n" for i in range(40) if not 10 <= i < 15)
    path = write(tmp_path, "wave.csv", f"ms,a\n{rows}")
    read_one = read_file(path, OPTIONS)
    (recording,) = read_one.recordings
    assert recording.samples[:, 0].tolist() == [*range(10), *[9] * 5, *range(15, 40)]
    assert ["About 5 samples are missing" in str(n) for n in read_one.notes] == [True]


def test_a_clock_that_jumps_cuts(tmp_path: Path) -> None:
    times = [0, 10, 20, 30, 5000, 5010, 5020, 0, 10]
    rows = "".join(f"{t},{i if i != 4 else ''},w\n" for i, t in enumerate(times))
    path = write(tmp_path, "x.csv", f"ms,a,label\n{rows}")
    read_one = read_file(path, OPTIONS)
    assert [r.samples[:, 0].tolist() for r in read_one.recordings] == [
        [0, 1, 2, 3],
        [3, 5, 6],
        [7, 8],
    ]
    assert [spans(r)[0][:3] for r in read_one.recordings] == [(0, 4, "w"), (0, 3, "w"), (0, 2, "w")]
    assert any("clock jumps" in str(note) for note in read_one.notes)


def test_rows_the_wrong_way_round_do_not_cut(tmp_path: Path) -> None:
    (recording,) = read(
        tmp_path, "ms,a\n0,0\n10,1\n30,2\n20,3\n40,4\n50,5\n60,6\n70,7\n80,8\n90,9\n"
    )
    assert len(recording.samples) == 10


def test_labels_follow_their_rows_onto_the_grid(tmp_path: Path) -> None:
    labels = ["idle"] * 10 + ["wave"] * 10 + [""] * 5 + ["idle"] * 5
    rows = "".join(f"{20 * i},{i},{label}\n" for i, label in enumerate(labels))
    (same,) = read(tmp_path, f"ms,a,label\n{rows}")
    assert spans(same) == [
        (0, 10, "idle", None),
        (10, 20, "wave", None),
        (25, 30, "idle", None),
    ]
    (twice,) = read(tmp_path, f"ms,a,label\n{rows}", rate_hz=100.0)
    assert [s[:3] for s in spans(twice)] == [(0, 20, "idle"), (20, 40, "wave"), (50, 59, "idle")]
    assert twice.samples[38, 0] == 19


def test_gaps_take_the_last_value(tmp_path: Path) -> None:
    (recording,) = read(tmp_path, "a,b,c\n,1,\n2,nan,\n3,,\n")
    assert [c.name for c in recording.channels] == ["a", "b"]
    assert recording.samples.tolist() == [[2, 1], [2, 1], [3, 1]]


def test_channels_have_names_of_their_own(tmp_path: Path) -> None:
    (recording,) = read(tmp_path, "a,a,,a (g)\n1,2,3,4\n")
    assert [c.name for c in recording.channels] == ["a", "a 2", "ch3", "a 3"]


def test_a_slow_clock_may_be_resampled_but_not_without_end(tmp_path: Path) -> None:
    rows = "time_s,a\n" + "".join(f"{100 * i},{i}\n" for i in range(5))
    (recording,) = read(tmp_path, rows, rate_hz=10.0)
    assert recording.samples[::1000, 0].tolist() == [0, 1, 2, 3, 4]
    with pytest.raises(DataError, match="far more"):
        read(tmp_path, rows, rate_hz=1e7)


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    path = write(tmp_path, "wave.csv", "a,remark,empty\n1,ok,\n2,fine,\n")
    notes = [str(note) for note in read_file(path, ImportOptions(rate_hz=1.0)).notes]
    assert [n.split()[1] for n in notes] == ["remark", "empty"]


def test_a_table_of_rows(tmp_path: Path, project: Project) -> None:
    table = "".join(f"{i % 2},{i // 2 % 2},{i % 3 % 2}\n" for i in range(24))
    path = write(tmp_path, "gate.csv", f"a,b,label\n{table}")
    report = import_files(project, [path], OPTIONS)
    assert report.labels == {"0": 1, "1": 1}
    assert any("table of rows" in str(warning) for warning in report.warnings)
    assert [(s.start, s.stop) for s in project.document.spans] == [(i, i + 1) for i in range(24)]
    dataset = build_dataset(project)
    assert dataset.windowing.length == 1
    assert len(dataset) == 24


def test_numbers_to_learn(tmp_path: Path) -> None:
    (recording,) = read(
        tmp_path, "a,value\n1,0.5\n2,0.5\n3,\n4,2\n", task=Task.REGRESSION, rate_hz=10
    )
    assert [c.name for c in recording.channels] == ["a"]
    assert spans(recording) == [(0, 2, "", 0.5), (3, 4, "", 2.0)]
    (axes,) = read(tmp_path, "x,y,z\n1,2,3\n", task=Task.REGRESSION)
    assert len(axes.channels) == 3
    assert axes.spans == ()
    (plane,) = read(tmp_path, "x,y\n1,2\n3,5\n", task=Task.REGRESSION)
    assert spans(plane) == [(0, 1, "", 2.0), (1, 2, "", 5.0)]
    (whole,) = read(tmp_path, "a\n1\n2\n", task=Task.REGRESSION, label="21.5")
    assert spans(whole) == [(0, 2, "", 21.5)]
    with pytest.raises(DataError, match="no number to learn"):
        read(tmp_path, "a\n1\n", task=Task.REGRESSION, label="warm")


def test_the_project_says_what_there_is_to_learn(tmp_path: Path, project: Project) -> None:
    project.edit(edits.set_task(project.document, Task.REGRESSION), text("Choose the task"))
    import_files(project, [write(tmp_path, "a.csv", "a,target\n1,0.5\n2,1.5\n")], OPTIONS)
    assert [s.value for s in project.document.spans] == [0.5, 1.5]


def test_a_given_split(tmp_path: Path, project: Project) -> None:
    data = tmp_path / "data"
    write(data, "takes.csv", "a\n1\n\n2\n\n3\n")
    write(data, "kitchen/tea.1.csv", "a\n4\n")
    write(data, "kitchen/tea.2.csv", "a\n5\n")
    write(data, "kitchen/new.csv", "a\n6\n")
    write(
        data,
        "split.csv",
        "file,label,recording_index,split\n"
        "takes.csv,t,0,train\ntakes.csv,t,1,gap\ntakes.csv,t,2,Validation\n"
        "kitchen/tea.1.csv,tea,,test\nkitchen\\tea.2.csv,tea,,gap\n",
    )
    report = import_files(project, [data], OPTIONS)
    parts = {i.source: i.part for i in project.document.recordings}
    assert [i.part for i in project.document.recordings if i.source == "takes.csv"] == [
        Part.TRAINING,
        Part.VALIDATION,
    ]
    assert parts["tea.1.csv"] is Part.TEST
    assert parts["new.csv"] is None
    assert "tea.2.csv" not in parts
    assert (report.left_out, report.files, report.recordings) == (2, 4, 4)
    assert any("2 recordings were left out" in str(w) for w in report.warnings)
    everything = import_files(project, [data], ImportOptions(part=Part.TEST))
    assert everything.parts == {Part.TEST: 6}


def test_only_a_split_is_taken_for_one(tmp_path: Path, project: Project) -> None:
    path = write(tmp_path, "split.csv", "a,b\n1,2\n")
    assert import_files(project, [path], OPTIONS).labels == {"split": 1}
    write(tmp_path, "split.csv", "file,split\n")
    with pytest.raises(DataError, match="nothing to import"):
        import_files(project, [path], OPTIONS)


@pytest.mark.parametrize(
    ("row", "why"), [("wave.csv,,sometimes", "sometimes"), ("wave.csv,-1,train", "-1")]
)
def test_a_split_that_makes_no_sense(tmp_path: Path, row: str, why: str) -> None:
    write(tmp_path, "split.csv", f"file,recording_index,split\n{row}\n")
    with pytest.raises(DataError, match=rf"split\.csv, line 2.*{why}"):
        read(tmp_path, "1\n")


def test_an_import_is_all_or_nothing(tmp_path: Path, project: Project) -> None:
    good = write(tmp_path, "good.csv", "a\n1\n")
    bad = write(tmp_path, "bad.csv", "a\n1\nx\n")
    for paths, match in (
        ([good, bad], r"bad\.csv, line 3"),
        ([good, tmp_path / "absent.csv"], r"absent\.csv cannot be read"),
        ([], "nothing to import"),
    ):
        with pytest.raises(DataError, match=match):
            import_files(project, paths, OPTIONS)
    assert project.document.recordings == ()
    assert not (project.folder / "recordings").exists()


def test_an_import_is_one_step_to_undo(tmp_path: Path, project: Project) -> None:
    paths = [write(tmp_path, f"wave_{i}.csv", "a\n1\n2\n") for i in range(3)]
    report = import_files(project, [*paths, paths[0]], OPTIONS)
    assert (report.recordings, report.samples, report.labels) == (3, 6, {"wave": 3})
    project.undo()
    assert project.document.recordings == ()
    assert not project.can_undo


def test_microbit_exports(tmp_path: Path) -> None:
    export = [
        {"name": "Shake", "recordings": [{"data": {"x": [1, 2], "y": [3, 4], "z": [5, 6]}}]},
        {"name": "Still", "recordings": []},
    ]
    path = write(tmp_path, "export.json", json.dumps(export))
    (recording,) = read_file(path, OPTIONS).recordings
    assert recording.samples.tolist() == [[1, 3, 5], [2, 4, 6]]
    assert recording.spans == (LabelSpan("", 0, 2, "Shake"),)
    assert spans(read_file(path, ImportOptions(label="x")).recordings[0]) == [(0, 2, "x", None)]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[1]",
        '[{"name": 1, "recordings": []}]',
        '[{"name": "a", "recordings": [{"data": {"x": [1], "y": [1]}}]}]',
        '[{"name": "a", "recordings": [{"data": {"x": [1], "y": [1], "z": [1, 2]}}]}]',
        '[{"name": "a", "recordings": [{"data": {"x": ["1"], "y": [1], "z": [1]}}]}]',
        '[{"name": "a", "recordings": []}]',
    ],
)
def test_other_json_is_refused(tmp_path: Path, content: str) -> None:
    path = write(tmp_path, "export.json", content)
    with pytest.raises(DataError, match=r"export\.json"):
        read_file(path, OPTIONS)


# --- real recordings, with the counts their PROVENANCE.md states -----------------------------


@pytest.mark.shared_data
def test_nano_gestures(project: Project) -> None:
    report = import_files(
        project, [shared_path("data", "nano_gestures")], ImportOptions(rate_hz=119.0)
    )
    assert report.labels == {"circ": 48, "flex": 26, "hori": 98, "punch": 16, "vert": 77}
    assert report.parts == {Part.TRAINING: 186, Part.TEST: 79}
    assert report.warnings == ()
    infos = project.document.recordings
    assert len(infos) == 265
    assert {(i.length, i.rate_hz) for i in infos} == {(119, 119.0)}
    assert [c.name for c in infos[0].channels] == ["aX", "aY", "aZ", "gX", "gY", "gZ"]
    np.testing.assert_allclose(
        project.recording(infos[0].id).samples[0],
        [-0.191, -1.281, 1.248, -35.339, -253.723, 61.584],
        rtol=1e-6,
    )


@pytest.mark.shared_data
def test_esp32_fan(project: Project) -> None:
    report = import_files(project, [shared_path("data", "esp32_fan")], ImportOptions(rate_hz=200.0))
    assert report.files == 720
    assert report.left_out == 72
    assert report.parts == {Part.TRAINING: 432, Part.TEST: 216}
    assert len(report.labels) == 9
    assert set(report.labels.values()) == {72}
    assert {(i.length, len(i.channels)) for i in project.document.recordings} == {(200, 3)}


@pytest.mark.shared_data
def test_ai_nose(project: Project) -> None:
    report = import_files(project, [shared_path("data", "ai_nose")], OPTIONS)
    assert report.recordings == 1_052
    assert report.parts == {Part.TRAINING: 310 + 396, Part.TEST: 346}
    assert len(report.labels) == 8
    assert {(i.length, len(i.channels), i.rate_hz) for i in project.document.recordings} == {
        (8, 9, 4.0)
    }


@pytest.mark.shared_data
def test_microbit_wand(project: Project) -> None:
    path = shared_path("data", "microbit_wand") / "wand-data-samples.json"
    report = import_files(project, [path], OPTIONS)
    assert report.recordings == 54
    assert len(report.labels) == 5
    assert {i.length for i in project.document.recordings} <= set(range(47, 51))


def test_columns_named_alike_become_channels_of_different_names(
    project: Project, tmp_path: Path
) -> None:
    path = tmp_path / "walk.csv"
    path.write_text("x,x 2,x\n1,2,3\n4,5,6\n")
    import_files(project, [path], ImportOptions(rate_hz=10))
    (info,) = project.document.recordings
    assert [channel.name for channel in info.channels] == ["x", "x 2", "x 3"]


@pytest.mark.skipif(
    sys.platform != "linux", reason="only there may names be bytes that are no text"
)
def test_names_of_files_that_are_no_text_become_text(project: Project, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9_1.csv")
    path.write_text("x\n1\n2\n")
    import_files(project, [path], ImportOptions(rate_hz=10))
    (info,) = project.document.recordings
    assert (info.name, info.source) == ("caf?_1", "caf?_1.csv")
    assert [label.name for label in project.document.classes] == ["caf?"]


def test_a_folder_that_is_called_like_a_file_is_looked_into(
    project: Project, tmp_path: Path
) -> None:
    (tmp_path / "all" / "old.csv").mkdir(parents=True)
    (tmp_path / "all" / "old.csv" / "손짓.csv").write_text("x\n1\n2\n")
    import_files(project, [tmp_path / "all"], ImportOptions(rate_hz=10))
    assert [label.name for label in project.document.classes] == ["손짓"]
