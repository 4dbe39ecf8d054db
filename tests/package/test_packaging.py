# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes into the packages besides the programs."""

from __future__ import annotations

import importlib
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


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch):
    """A module of ``packaging`` by its name; they are in no package."""
    monkeypatch.syspath_prepend(ROOT / "packaging")
    monkeypatch.syspath_prepend(LINUX)
    return importlib.import_module


def test_the_version_is_the_projects(scripts) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert scripts("product").version(ROOT) == project["version"]


def test_every_library_comes_with_its_licence(scripts, tmp_path) -> None:
    requirements = scripts("product").requirements(ROOT)
    folder = scripts("licences").collect(tmp_path / "licences", requirements)
    index = (folder / "index.txt").read_text("utf-8")
    for name in ("esptool", "numpy", "PySide6_Essentials", "pyserial", "tflite", "wasmtime"):
        assert re.search(rf"^{name} [\d.]+: \S", index, re.MULTILINE), name
    assert (folder / "numpy" / "licenses-LICENSE.txt").stat().st_size > 1000
    assert (folder / "python").is_dir()
    places = {place for place in folder.iterdir() if place.is_dir()} - {folder / "python"}
    assert all((place / "METADATA.txt").is_file() for place in places)


def test_a_library_that_is_not_installed_is_no_small_matter(scripts, tmp_path) -> None:
    with pytest.raises(PackageNotFoundError):
        scripts("licences").collect(tmp_path / "licences", ["tinywright-of-nowhere>=1"])


def test_the_rules_name_every_board(scripts) -> None:
    rules = scripts("build").udev_rules()
    ids = {usb for board in BOARDS.values() for usb in (*board.usb_ids, *board.bridge_ids)}
    assert ids
    for usb in ids:
        named = f'"{usb.vendor:04x}", ATTRS{{idProduct}}=="{usb.product:04x}"'
        assert f'{named}, TAG+="uaccess"' in rules
    assert len(rules.splitlines()) == len(ids) + 1


def test_the_menu_entry_opens_what_the_system_knows_as_projects() -> None:
    entry = (LINUX / "tinywright.desktop").read_text("utf-8")
    (listed,) = re.findall(r"^MimeType=(.*);$", entry, re.MULTILINE)
    types = ET.parse(LINUX / "tinywright.xml").getroot().findall(f"{MIME}mime-type")  # noqa: S314
    assert set(listed.split(";")) == {kind.attrib["type"] for kind in types}
    patterns = {glob.attrib["pattern"] for kind in types for glob in kind.findall(f"{MIME}glob")}
    assert patterns == {"project.json", f"*{SUFFIX}"}
    assert "Exec=tinywright open %f" in entry
