# SPDX-License-Identifier: GPL-3.0-or-later
"""A project folder: what is kept, what is refused, what is never lost."""

import errno
import json
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.core import edits, storage
from app.core.document import Document
from app.core.errors import DataError, ProjectError
from app.core.project import NewRecording, Project
from app.core.recording import Channel, LabelSpan, Part
from app.core.storage import SampleWriter, load_samples, save_samples
from app.core.text import text
from app.core.training import Task

CHANNELS = (Channel("aX", "g"), Channel("aY", "g"))
WHAT = text("Test edit")


def new(name: str = "take", length: int = 50, **fields: object) -> NewRecording:
    samples = np.arange(length * 2, dtype=np.float32).reshape(length, 2)
    return replace(NewRecording(name, CHANNELS, 100.0, samples), **fields)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.create(tmp_path / "project", "Gestures")


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("name", ["plain", "내 프로젝트 1", "spaced out (copy)", "ñandú'\"&"])
def test_what_was_saved_opens_again(tmp_path: Path, name: str) -> None:
    if '"' in name and storage.os.name == "nt":
        name = name.replace('"', "")
    folder = tmp_path / name / "nested"
    project = Project.create(folder, name)
    info = project.add_recording(
        new(
            "손짓 1",
            part=Part.TEST,
            spans=(LabelSpan("", 5, 20, "wave"),),
            started_at="2024-05-01T10:00:00Z",
        )
    )
    project.edit(edits.set_task(project.document, Task.BINARY), WHAT)
    project.save()
    again = Project.open(folder)
    assert again.document == project.document
    assert again.document.name == name
    assert again.document.spans == (LabelSpan(info.id, 5, 20, "wave"),)
    recording = again.recording(info.id)
    assert recording.info == info
    np.testing.assert_array_equal(recording.samples, new().samples)
    assert not again.dirty


def test_samples_are_read_only_whatever_their_size(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = project.add_recording(new())
    assert not project.recording(info.id).samples.flags.writeable
    monkeypatch.setattr(storage, "MAP_FROM_BYTES", 8)
    mapped = project.recording(info.id).samples
    assert isinstance(mapped, np.memmap)
    assert not mapped.flags.writeable


def test_undo_and_redo(project: Project) -> None:
    seen: list[tuple[int, int]] = []
    unsubscribe = project.subscribe(
        lambda old, new: seen.append((len(old.classes), len(new.classes)))
    )
    assert not project.can_undo
    assert not project.undo_text
    project.edit(edits.add_class(project.document, "wave"), text("Add class {name}", name="wave"))
    project.edit(project.document, WHAT)  # no change, no step
    assert str(project.undo_text) == "Add class wave"
    assert project.dirty
    project.undo()
    assert project.document.classes == ()
    assert not project.dirty
    assert str(project.redo_text) == "Add class wave"
    project.redo()
    assert [c.name for c in project.document.classes] == ["wave"]
    assert seen == [(0, 1), (1, 0), (0, 1)]
    unsubscribe()
    unsubscribe()
    project.undo()
    assert len(seen) == 3
    project.undo()
    project.edit(edits.add_class(project.document, "tap"), WHAT)
    assert not project.can_redo


def test_adding_is_saved_at_once_and_can_be_undone(project: Project) -> None:
    info = project.add_recording(new())
    assert not project.dirty
    assert Project.open(project.folder).document.recordings == (info,)
    project.undo()
    assert project.document.recordings == ()
    project.redo()
    assert project.recording(info.id).samples.shape == (50, 2)


def test_removed_recordings_keep_their_samples_until_close(project: Project) -> None:
    first, second = project.add_recordings([new("a"), new("b")], WHAT)
    project.edit(edits.remove_recordings(project.document, [first.id]), WHAT)
    project.save()
    project.undo()
    assert project.recording(first.id).samples.shape == (50, 2)
    project.redo()
    project.close()
    assert [p.stem for p in (project.folder / "recordings").iterdir()] == [second.id]


def test_closing_without_saving_keeps_what_the_file_names(project: Project) -> None:
    info = project.add_recording(new())
    project.edit(edits.remove_recordings(project.document, [info.id]), WHAT)
    project.close()
    assert Project.open(project.folder).recording(info.id).samples.shape == (50, 2)


def test_a_file_is_moved_in(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "recorded.npy"
    with_writer = SampleWriter(path, 2)
    with_writer.append(np.ones((3, 2), np.float32))
    with_writer.close()
    info = project.add_recording(new(samples=path))
    assert info.length == 3
    assert not path.exists()
    np.testing.assert_array_equal(project.recording(info.id).samples, np.ones((3, 2)))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"samples": np.zeros((0, 2), np.float32)}, "no samples"),
        ({"samples": np.zeros((5, 3), np.float32)}, "one value for each channel"),
        ({"samples": np.array([[1, np.nan]], np.float32)}, "no numbers"),
        ({"rate_hz": 0.0}, "rate"),
        ({"rate_hz": float("nan")}, "rate"),
        ({"spans": (LabelSpan("", 50, 60, "w"),)}, "after the end"),
    ],
)
def test_unusable_recordings_are_refused_whole(
    project: Project, fields: dict[str, object], message: str
) -> None:
    before = snapshot(project.folder)
    with pytest.raises(DataError, match=message):
        project.add_recordings([new("good"), new("bad", **fields)], WHAT)
    assert snapshot(project.folder) == before
    assert project.document.recordings == ()


def test_a_full_disk_loses_nothing(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.add_recording(new("kept"))
    path = tmp_path / "recorded.npy"
    save_samples(path, new().samples)
    before = snapshot(project.folder)
    document = project.document

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", full)
    with pytest.raises(ProjectError, match="disk is full"):
        project.add_recordings([new(samples=path), new("b")], WHAT)
    assert project.document is document
    assert path.exists()
    project.edit(edits.add_class(project.document, "wave"), WHAT)
    with pytest.raises(ProjectError, match="not saved"):
        project.save()
    assert project.dirty
    assert snapshot(project.folder) == before
    monkeypatch.undo()
    project.save()
    assert [c.name for c in Project.open(project.folder).document.classes] == ["wave"]


def test_recordings_that_cannot_be_named_are_not_taken_in(project: Project, tmp_path: Path) -> None:
    """The samples are on the disk and only project.json cannot be written: another program has
    changed it. The file a recording came in is where it was, so that it can be tried again."""
    project.add_recording(new("kept"))
    project.undo()
    project.save()
    other = Project.open(project.folder)
    other.edit(edits.add_class(other.document, "wave"), WHAT)
    other.save()
    path = tmp_path / "recorded.npy"
    save_samples(path, new().samples)
    before, document = snapshot(project.folder), project.document
    seen: list[int] = []
    project.subscribe(lambda _, now: seen.append(len(now.recordings)))
    with pytest.raises(ProjectError, match="Another window"):
        project.add_recordings([new(samples=path), new("b")], WHAT)
    assert snapshot(project.folder) == before
    assert path.exists()
    assert project.document is document
    assert not project.dirty
    assert project.can_redo
    assert not project.can_undo
    assert seen == [2, 0]


def test_a_save_waits_for_the_one_under_way(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A project that is closed while a worker saves it was changed by nobody else."""
    written, going_on = threading.Event(), threading.Event()

    def write_slowly(path: Path, data: bytes) -> None:
        storage.write_atomically(path, data)
        written.set()
        going_on.wait(10)

    monkeypatch.setattr("app.core.project.write_atomically", write_slowly)
    project.edit(edits.add_class(project.document, "wave"), WHAT)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(project.save)
        assert written.wait(10)
        second = threads.submit(project.save)
        wait([second], timeout=0.05)
        going_on.set()
        first.result()
        second.result()
    assert not project.dirty


def test_an_edit_during_a_save_is_not_taken_for_saved(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def edit_while_writing(path: Path, data: bytes) -> None:
        storage.write_atomically(path, data)
        project.edit(edits.add_class(project.document, "late"), WHAT)

    monkeypatch.setattr("app.core.project.write_atomically", edit_while_writing)
    project.edit(edits.add_class(project.document, "wave"), WHAT)
    project.save()
    assert project.dirty
    assert [c.name for c in Project.open(project.folder).document.classes] == ["wave"]


def test_no_permission_is_said(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("app.core.project.write_atomically", denied)
    project.edit(edits.add_class(project.document, "wave"), WHAT)
    with pytest.raises(ProjectError, match="may not write"):
        project.save()


def test_a_new_project_needs_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ProjectError, match="not empty"):
        Project.create(tmp_path, "x")
    with pytest.raises(ProjectError, match="cannot be made"):
        Project.create(tmp_path / "notes.txt" / "x", "x")
    assert snapshot(tmp_path) == {"notes.txt": b"mine"}


def valid_contents() -> dict[str, object]:
    return {
        "format": "tinywright-project",
        "version": 1,
        "document": json.loads(_DOCUMENT),
    }


_DOCUMENT = """{"name": "p", "task": "multiclass", "classes": [{"name": "wave", "color": 0}],
 "recordings": [{"id": "a1", "name": "n", "channels": [{"name": "x", "unit": ""}], "rate_hz": 100,
 "length": 10, "started_at": "", "source": "", "part": null}],
 "spans": [{"recording_id": "a1", "start": 0, "stop": 5, "label": "wave", "value": null}],
 "data": {"rate_hz": null, "windowing": {"length": 2, "stride": 1}, "min_overlap": 0.5,
 "normalisation": "mean_std", "fractions": [0.6, 0.2, 0.2], "split_seed": 1},
 "model": {"layers": [{"kind": "dense", "parameters": {"units": null, "activation": "relu"}}],
 "preset": ""},
 "training": {"optimizer": "adam", "learning_rate": 0.001, "momentum": 0.9, "nesterov": true,
 "batch_size": 32, "epochs": 60, "loss": null, "patience": 15, "class_weights": true,
 "augment": {"noise": 0, "scale": 0, "shift": 0, "rotate_deg": 0}, "seed": 1}}"""


def broken(path: str, value: object) -> bytes:
    """A project file in which the item at ``path`` is ``value``."""
    contents = valid_contents()
    *steps, last = path.split(".")
    place: object = contents
    for step in steps:
        place = place[int(step) if step.isdigit() else step]  # type: ignore[index]
    place[int(last) if last.isdigit() else last] = value  # type: ignore[index]
    return json.dumps(contents).encode()


def test_the_valid_contents_of_these_tests_are_valid(tmp_path: Path) -> None:
    (tmp_path / "project.json").write_bytes(json.dumps(valid_contents()).encode())
    document = Project.open(tmp_path).document
    assert isinstance(document, Document)
    assert document.recordings[0].rate_hz == 100.0


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no JSON"),
        (b"\xff\xfe\x00", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b"[]", "not a Tinywright project"),
        (b'{"format": "something-else", "version": 1}', "not a Tinywright project"),
        (broken("version", 2), "newer Tinywright"),
        (broken("version", "1"), "which version"),
        (broken("version", True), "which version"),
        (broken("version", 0), "no migration from version 0"),
        (broken("document", None), "Expected object, found None"),
        (broken("document.surprise", 1), r"surprise cannot be read\. Nothing of that name"),
        (broken("document.recordings.0.rate_hz", "fast"), r"recordings\[0\]\.rate_hz"),
        (broken("document.recordings.0.rate_hz", 0), "no channels, samples or rate"),
        (broken("document.recordings.0.rate_hz", "Infinity"), "no channels, samples or rate"),
        (broken("document.recordings.0.length", 4), "pass its end"),
        (broken("document.recordings.0.id", "../../etc/passwd"), "cannot be the id"),
        (broken("document.recordings.0.id", "a/b"), "cannot be the id"),
        (broken("document.recordings.0.id", ""), "cannot be the id"),
        (broken("document.spans.0.recording_id", "zz"), "recording that is not there"),
        (broken("document.spans.0.label", "tap"), "class that is not there"),
        (broken("document.spans.0.stop", 0), "empty or negative"),
        (broken("document.classes.0.color", -1), "colour below zero"),
        (broken("document.data.fractions", [0.5, 0.5]), "Expected 3 items, found 2"),
        (broken("extra", 1), "more or less"),
    ],
)
def test_a_broken_project_is_refused_and_left_untouched(
    tmp_path: Path, data: bytes, message: str
) -> None:
    (tmp_path / "project.json").write_bytes(data)
    (tmp_path / "recordings").mkdir()
    (tmp_path / "recordings" / "a1.npy").write_bytes(b"precious")
    before = snapshot(tmp_path)
    with pytest.raises(ProjectError, match=message):
        Project.open(tmp_path)
    assert snapshot(tmp_path) == before


def test_no_project_is_said(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "absent"):
        with pytest.raises(ProjectError, match="There is no project"):
            Project.open(folder)
    assert list(tmp_path.iterdir()) == []


def test_unreadable_samples_are_an_error_of_that_recording_alone(project: Project) -> None:
    lost, torn, other, fine = project.add_recordings([new(n) for n in "abcd"], WHAT)
    recordings = project.folder / "recordings"
    (recordings / f"{lost.id}.npy").unlink()
    data = (recordings / f"{torn.id}.npy").read_bytes()
    (recordings / f"{torn.id}.npy").write_bytes(data[:-3])
    save_samples(recordings / f"{other.id}.npy", np.zeros((3, 2), np.float32))
    again = Project.open(project.folder)
    for info in (lost, torn, other):
        with pytest.raises(ProjectError, match=f"samples of {info.name} cannot be read"):
            again.recording(info.id)
    assert again.recording(fine.id).samples.shape == (50, 2)
    with pytest.raises(DataError, match="no recording"):
        again.recording("../project")


def test_pickles_are_never_loaded(project: Project) -> None:
    info = project.add_recording(new())
    path = project.folder / "recordings" / f"{info.id}.npy"
    np.save(path, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(ProjectError, match="cannot be read"):
        project.recording(info.id)


def test_two_windows_do_not_overwrite_each_other_unasked(project: Project) -> None:
    other = Project.open(project.folder)
    added = other.add_recording(new("theirs"))
    project.edit(edits.add_class(project.document, "wave"), WHAT)
    with pytest.raises(ProjectError, match="Another window"):
        project.save()
    assert Project.open(project.folder).document.recordings == (added,)
    project.save(overwrite=True)
    project.close()
    assert (project.folder / "recordings" / f"{added.id}.npy").exists()


def test_a_conflict_while_recording_keeps_the_samples(project: Project) -> None:
    other = Project.open(project.folder)
    other.edit(edits.add_class(other.document, "wave"), WHAT)
    other.save()
    stored = project.store_recordings([new("mine")])
    project.adopt_recordings(stored, WHAT)
    with pytest.raises(ProjectError, match="Another window"):
        project.save()
    (info,) = project.document.recordings
    project.close()
    assert (project.folder / "recordings" / f"{info.id}.npy").exists()


def test_a_thousand_recordings_are_held_at_once(project: Project) -> None:
    infos = project.add_recordings([new(str(i), 3) for i in range(1_100)], WHAT)
    again = Project.open(project.folder)
    held = [again.recording(info.id) for info in infos]
    assert len({r.info.id for r in held}) == 1_100
    assert load_samples(project.folder / "recordings" / f"{infos[0].id}.npy").shape == (3, 2)
