# SPDX-License-Identifier: GPL-3.0-or-later
"""That nothing the studio opens is left out of the packages; how a package is looked through."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from app.deploy.images import IMAGES, read_manifest
from app.gui.help.pages import PAGES
from app.gui.resources import HELP, ICONS, TRANSLATIONS

ROOT = Path(__file__).resolve().parents[2]
DISTRIBUTIONS = ("numpy", "esptool")
OTHERS = (
    "wasmtime/linux-x86_64/_libwasmtime.so",
    "esptool/targets/stub_flasher/2/esp32.json",
    "tinywright-0.1.0.dist-info/METADATA",
    "PySide6/Qt/translations/qtbase_ko.qm",
    "PySide6/Qt/plugins/platforms/libqxcb.so",
    "PySide6/Qt/plugins/imageformats/libqsvg.so",
    "licences/index.txt",
    *(f"licences/{name}/METADATA.txt" for name in DISTRIBUTIONS),
)


@pytest.fixture
def contents(scripts):
    return scripts("contents")


@pytest.fixture
def packaged(contents, tmp_path) -> Path:
    """A package with all that must be in it, made from this tree."""
    folder = tmp_path / "package"
    for source in (*contents.resources(ROOT), ROOT / "LICENSE"):
        target = folder / source.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    for place in OTHERS:
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).touch()
    shutil.copytree(ROOT / "LICENSES", folder / "licences", dirs_exist_ok=True)
    return folder


def test_all_that_the_studio_opens_is_shipped(contents) -> None:
    shipped = set(contents.resources(ROOT))
    assert {
        IMAGES / "manifest.json",
        *(IMAGES / name for name in read_manifest().images),
    } <= shipped
    assert set(ICONS.glob("*.svg")) <= shipped
    assert ICONS / "app" / "tinywright.svg" in shipped
    assert {HELP / f"{page.drawing}.svg" for page in PAGES.values()} <= shipped
    assert set(TRANSLATIONS.glob("*.qm")) <= shipped


def test_what_it_is_made_with_is_not(contents) -> None:
    kinds = {file.suffix for file in contents.resources(ROOT)}
    assert kinds == {".svg", ".qm", ".bin", ".wasm", ".json"}


def test_a_whole_package_has_no_problem(contents, packaged) -> None:
    assert list(contents.problems(packaged, ROOT, DISTRIBUTIONS)) == []


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("resources/firmware/engine.wasm", "missing: resources/firmware/engine.wasm"),
        ("resources/help/no-port.svg", "missing: resources/help/no-port.svg"),
        ("LICENSE", "missing: LICENSE"),
        ("licences/esptool/METADATA.txt", "missing: licences/esptool/METADATA.txt"),
        ("licences/Apache-2.0.txt", "missing: licences/Apache-2.0.txt"),
        ("wasmtime/linux-x86_64/_libwasmtime.so", "missing: wasmtime/*/_*wasmtime.*"),
    ],
)
def test_what_is_missing_is_named(contents, packaged, place, told) -> None:
    (packaged / place).unlink()
    assert list(contents.problems(packaged, ROOT, DISTRIBUTIONS)) == [told]


def test_an_image_of_another_build_is_damaged(contents, packaged) -> None:
    manifest = packaged / "resources" / "firmware" / "manifest.json"
    manifest.write_text(json.dumps({"version": "0.0.1", "images": {}}), "utf-8")
    assert list(contents.problems(packaged, ROOT, DISTRIBUTIONS)) == [
        "damaged: resources/firmware/manifest.json"
    ]


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/lib/libQt6Network.so.6",
        "tensorflow/include/tensorflow/core/public/session.h",
        "libgtk-3.so.0",
    ],
)
def test_what_nobody_opens_is_superfluous(contents, packaged, place) -> None:
    (packaged / place).parent.mkdir(parents=True, exist_ok=True)
    (packaged / place).touch()
    assert list(contents.problems(packaged, ROOT, DISTRIBUTIONS)) == [f"superfluous: {place}"]
    assert not contents.used(place.replace("/", "\\"))
