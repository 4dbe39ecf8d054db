# SPDX-License-Identifier: GPL-3.0-or-later
"""A project in one file: comes back whole, equal bytes for equal contents, trusts no stranger."""

from __future__ import annotations

import os
import stat
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import ProjectError
from app.core.project import NewRecording, Project
from app.core.recording import Channel
from app.deploy.archive import export_archive, import_archive


@pytest.fixture
def project(tmp_path) -> Project:
    project = Project.create(tmp_path / "project", "Wand")
    for n in range(3):
        samples = np.random.default_rng(n).normal(size=(50, 2)).astype(np.float32)
        channels = (Channel("ax", "g"), Channel("ay", "g"))
        project.add_recording(NewRecording(f"take {n}", channels, 100.0, samples))
    run = project.runs_folder / "0001"
    run.mkdir(parents=True)
    (run / "run.json").write_text("{}")
    return project


@pytest.fixture
def archive(project, tmp_path) -> Path:
    export_archive(project.folder, tmp_path / "wand.zip")
    return tmp_path / "wand.zip"


def _untouched(folder: Path) -> bool:
    """Nothing was made, and nothing was left beside it."""
    return not folder.exists() and not list(folder.parent.glob(".import-*"))


def test_a_project_comes_back_whole(project, archive, tmp_path):
    again = import_archive(archive, tmp_path / "again")
    assert again.folder == tmp_path / "again"
    assert again.document == project.document
    for info in project.document.recordings:
        np.testing.assert_array_equal(
            again.recording(info.id).samples, project.recording(info.id).samples
        )
    assert (again.runs_folder / "0001" / "run.json").read_text() == "{}"


def test_equal_projects_give_equal_bytes(project, archive, tmp_path):
    for path in project.folder.rglob("*"):
        if path.is_file():
            os.utime(path, (1_500_000_000, 1_500_000_000))
    export_archive(project.folder, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()


def test_only_what_the_project_names_leaves(project, tmp_path):
    (project.folder / "recordings" / "removed.npy").write_bytes(b"secret")
    (project.folder / "notes.txt").write_text("secret")
    (project.runs_folder / "0001" / ".run.json.tmp").write_text("secret")
    (project.runs_folder / "0001" / "link").symlink_to("/etc/hostname")
    export_archive(project.folder, tmp_path / "wand.zip")
    with zipfile.ZipFile(tmp_path / "wand.zip") as archive:
        names = archive.namelist()
    recordings = sorted(f"recordings/{info.id}.npy" for info in project.document.recordings)
    assert names == ["project.json", *recordings, "runs/0001/run.json"]


def test_an_export_that_fails_leaves_the_old_file(project, archive):
    before = archive.read_bytes()
    (project.folder / "recordings" / f"{project.document.recordings[0].id}.npy").unlink()
    with pytest.raises(ProjectError, match="not exported"):
        export_archive(project.folder, archive)
    assert archive.read_bytes() == before
    assert not list(archive.parent.glob("*.tmp"))


def test_a_folder_in_use_is_left_alone(project, archive):
    before = sorted(project.folder.rglob("*"))
    with pytest.raises(ProjectError, match="not empty"):
        import_archive(archive, project.folder)
    assert sorted(project.folder.rglob("*")) == before


def test_an_empty_folder_may_be_filled(archive, tmp_path):
    (tmp_path / "empty").mkdir()
    assert import_archive(archive, tmp_path / "empty").document.name == "Wand"


@pytest.mark.parametrize(
    "name",
    [
        "../evil.npy",
        "recordings/../../evil.npy",
        "/etc/evil",
        "C:/evil",
        "recordings\\..\\..\\evil.npy",
        "recordings/a:stream",
        "recordings/CON.npy",
        "recordings/nul",
        "recordings/a.",
        "recordings/.hidden",
        "evil.py",
        "recordings",
    ],
)
def test_an_entry_elsewhere_is_refused(archive, tmp_path, name):
    with zipfile.ZipFile(archive, "a") as file:
        entry = zipfile.ZipInfo("x")
        entry.filename = name  # the constructor would make it harmless
        file.writestr(entry, b"evil")
    with pytest.raises(ProjectError, match="which no project has"):
        import_archive(archive, tmp_path / "new" / "project")
    assert _untouched(tmp_path / "new" / "project")
    assert not list(tmp_path.rglob("evil*"))


def test_a_symbolic_link_is_refused(archive, tmp_path):
    with zipfile.ZipFile(archive, "a") as file:
        link = zipfile.ZipInfo("runs/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(link, "/etc/passwd")
    with pytest.raises(ProjectError, match="which no project has"):
        import_archive(archive, tmp_path / "new")
    assert _untouched(tmp_path / "new")


def test_a_file_twice_is_refused(archive, tmp_path):
    with zipfile.ZipFile(archive, "a") as file:
        file.writestr("Project.json".replace("P", "P"), b"{}")
        file.writestr("runs/A", b"")
        file.writestr("runs/a", b"")
    with pytest.raises(ProjectError, match="twice"):
        import_archive(archive, tmp_path / "new")
    assert _untouched(tmp_path / "new")


def test_a_bomb_is_refused_by_what_comes_out(archive, tmp_path):
    with zipfile.ZipFile(archive, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("runs/zeros", bytes(5_000_000))
    assert archive.stat().st_size < 20_000
    with pytest.raises(ProjectError, match="more than 1000000 bytes"):
        import_archive(archive, tmp_path / "new", max_bytes=1_000_000)
    assert _untouched(tmp_path / "new")
    assert import_archive(archive, tmp_path / "new", max_bytes=6_000_000).document.name == "Wand"


def test_an_archive_without_a_project_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as file:
        file.writestr("runs/a", b"")
    with pytest.raises(ProjectError, match="no project"):
        import_archive(tmp_path / "x.zip", tmp_path / "new")
    assert _untouched(tmp_path / "new")


@pytest.mark.parametrize("content", [b"", b"PK\3\4", b"no zip at all" * 50])
def test_what_is_no_archive_is_refused(tmp_path, content):
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(ProjectError, match="damaged"):
        import_archive(tmp_path / "x.zip", tmp_path / "new")
    assert _untouched(tmp_path / "new")


def test_a_missing_archive_says_so(tmp_path):
    with pytest.raises(ProjectError, match="No such file"):
        import_archive(tmp_path / "x.zip", tmp_path / "new")


@given(
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1),
    st.floats(0, 1),
)
@settings(max_examples=60, deadline=None)
def test_a_damaged_archive_is_refused_or_whole(tmp_path_factory, changes, kept):
    folder = tmp_path_factory.mktemp("archive")
    project = Project.create(folder / "project", "Wand")
    samples = np.arange(40, dtype=np.float32).reshape(20, 2)
    info = project.add_recording(NewRecording("a", (Channel("x"), Channel("y")), 50.0, samples))
    export_archive(project.folder, folder / "x.zip")
    content = bytearray((folder / "x.zip").read_bytes())
    for place, value in changes:
        content[int(place * len(content))] = value
    if kept < 0.2:
        del content[int(kept * 5 * len(content)) :]
    (folder / "x.zip").write_bytes(bytes(content))
    try:
        again = import_archive(folder / "x.zip", folder / "new")
    except ProjectError:
        assert _untouched(folder / "new")
    else:
        assert again.document == project.document
        np.testing.assert_array_equal(again.recording(info.id).samples, samples)
