# SPDX-License-Identifier: GPL-3.0-or-later
"""The archives for Linux: the same bytes for the same files, whoever builds them and when."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, ("dpkg-deb", "tar", "xz"))), reason="needs Debian's tools"
)
EPOCH = 1_700_000_000


@pytest.fixture
def build(scripts):
    return scripts("build")


def program(folder: Path, age_s: int, mode: int) -> Path:
    """What PyInstaller might have built ``age_s`` ago, under a user's ``mode`` of files."""
    internal = folder / "tinywright" / "_internal"
    internal.mkdir(parents=True)
    names = ("b", "a 한글", "c") if age_s else ("c", "b", "a 한글")
    for name in names:
        (internal / name).write_text(f"{name}\n", "utf-8")
        (internal / name).chmod(mode)
        os.utime(internal / name, (EPOCH - age_s, EPOCH - age_s))
    (folder / "tinywright" / "tinywright").write_text("#!/bin/sh\n", "utf-8")
    (folder / "tinywright" / "tinywright").chmod(0o700)
    (folder / "tinywright" / "tinywright-cli").symlink_to("tinywright")
    return folder / "tinywright"


@pytest.fixture
def built(build, tmp_path) -> list[tuple[Path, Path]]:
    """Both archives, twice."""
    made: list[tuple[Path, Path]] = []
    for number, (age_s, mode) in enumerate(((0, 0o644), (86_400, 0o600))):
        place = tmp_path / str(number)
        folder = program(place / "in", age_s, mode)
        (place / "out").mkdir()
        deb = build.debian_package(folder, place / "deb", place / "out", "1.2.3", EPOCH)
        made.append((deb, build.portable(folder, place / "out", "1.2.3", EPOCH)))
    return made


def test_the_same_files_become_the_same_bytes(built) -> None:
    (deb, portable), (later_deb, later_portable) = built
    assert portable.read_bytes() == later_portable.read_bytes()
    assert deb.read_bytes() == later_deb.read_bytes()


def test_names_tell_version_and_machine(built) -> None:
    deb, portable = built[0]
    assert deb.name.startswith("tinywright_1.2.3_")
    assert portable.name.startswith("tinywright-1.2.3-linux-")


def test_the_portable_archive_unpacks_into_one_folder_of_nobody(built) -> None:
    _, portable = built[0]
    with tarfile.open(portable) as archive:
        entries = archive.getmembers()
    top = portable.name.removesuffix(".tar.xz")
    assert entries[0].name == top
    assert {entry.name.split("/")[0] for entry in entries} == {top}
    assert {(entry.uid, entry.uname, entry.mtime) for entry in entries} == {(0, "", EPOCH)}
    link = next(entry for entry in entries if entry.issym())
    assert link.linkname == "tinywright"
    assert next(e for e in entries if e.name == f"{top}/tinywright").mode == 0o755


def test_the_package_says_what_it_is(built) -> None:
    deb, _ = built[0]
    said = subprocess.run(
        ["dpkg-deb", "--field", deb], capture_output=True, text=True, check=True
    ).stdout
    assert "Package: tinywright\nVersion: 1.2.3\n" in said
    assert ".invalid" not in said
    listed = subprocess.run(
        ["dpkg-deb", "--contents", deb], capture_output=True, text=True, check=True
    ).stdout
    assert "root/root" in listed
    for place in (
        "./usr/share/applications/tinywright.desktop",
        "./usr/share/mime/packages/tinywright.xml",
        "./usr/lib/udev/rules.d/70-tinywright.rules",
        "./usr/share/icons/hicolor/512x512/apps/tinywright.png",
        "./usr/share/icons/hicolor/scalable/apps/tinywright.svg",
        "./usr/share/doc/tinywright/copyright",
        "./usr/bin/tinywright-cli -> ../lib/tinywright/tinywright-cli",
    ):
        assert place in listed
