# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes into the packages besides the programs."""

from __future__ import annotations

import re
import tomllib
import xml.etree.ElementTree as ET
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from app.core.board import BOARDS
from app.deploy.archive import SUFFIX

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "packaging" / "linux"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


def test_the_version_is_the_projects(scripts) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert scripts("product").version(ROOT) == project["version"]


def test_every_library_comes_with_its_licence(scripts, tmp_path) -> None:
    requirements = scripts("product").requirements(ROOT)
    folder = scripts("licences").collect(tmp_path / "licences", ROOT / "LICENSES", requirements)
    index = (folder / "index.txt").read_text("utf-8")
    for name in ("esptool", "numpy", "PySide6_Essentials", "pyserial", "tflite", "wasmtime"):
        assert re.search(rf"^{name} [\d.]+: \S", index, re.MULTILINE), name
    assert (folder / "numpy" / "licenses-LICENSE.txt").stat().st_size > 1000
    assert (folder / "python").is_dir()
    assert (folder / "Apache-2.0.txt").is_file()
    places = {place for place in folder.iterdir() if place.is_dir()} - {folder / "python"}
    assert all((place / "METADATA.txt").is_file() for place in places)


@pytest.mark.skipif(not Path("/usr/bin/dpkg-query").exists(), reason="no Debian")
def test_a_library_of_the_building_system_comes_with_its_licence(scripts, tmp_path) -> None:
    library = next(Path("/usr/lib").glob("*-linux-gnu/libc.so.6"))
    made = tmp_path / "ours.so"
    made.touch()
    folder = tmp_path / "licences"
    scripts("licences").collect(folder, ROOT / "LICENSES", [], [library, made])
    assert [each.name for each in (folder / "system").iterdir()] == ["libc6.txt"]


def test_a_library_that_is_not_installed_is_no_small_matter(scripts) -> None:
    with pytest.raises(PackageNotFoundError):
        scripts("licences").needed(["tinywright-of-nowhere>=1"])


def test_the_rules_name_every_board(scripts) -> None:
    rules = scripts("build").udev_rules()
    ids = {usb for board in BOARDS.values() for usb in (*board.usb_ids, *board.bridge_ids)}
    assert ids
    for usb in ids:
        vendor = f'SUBSYSTEM=="tty", ATTRS{{idVendor}}=="{usb.vendor:04x}", '
        product = f'ATTRS{{idProduct}}=="{usb.product:04x}", '
        granted = 'TAG+="uaccess"'
        assert vendor + granted in rules or vendor + product + granted in rules
    granting = [line for line in rules.splitlines() if not line.startswith("#")]
    assert len(set(granting)) == len(granting)
    assert all('ATTRS{idVendor}=="' in line for line in granting)


def test_the_menu_entry_opens_what_the_system_knows_as_projects() -> None:
    entry = (LINUX / "tinywright.desktop").read_text("utf-8")
    (listed,) = re.findall(r"^MimeType=(.*);$", entry, re.MULTILINE)
    types = ET.parse(LINUX / "tinywright.xml").getroot().findall(f"{MIME}mime-type")  # noqa: S314
    assert set(listed.split(";")) == {kind.attrib["type"] for kind in types}
    patterns = {glob.attrib["pattern"] for kind in types for glob in kind.findall(f"{MIME}glob")}
    assert patterns == {"project.json", f"*{SUFFIX}"}
    assert "Exec=tinywright open %f" in entry
