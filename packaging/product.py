# SPDX-License-Identifier: GPL-3.0-or-later
"""What every installer says of the studio. The version stands in ``pyproject.toml`` alone; run as a
script, this prints it."""

from __future__ import annotations

import os
import platform
import sys
import tomllib
from pathlib import Path
from typing import Any

NAME = "Tinywright"
WINDOW_PROGRAM = "tinywright"
MAINTAINER = "Tinywright developers"
"""Debian's own archive would want an address beside it."""
IDENTIFIER = "org.tinywright.Tinywright"
SIGNING_IDENTITY = os.environ.get("TINYWRIGHT_SIGNING_IDENTITY") or None
"""Of a macOS developer; without one the programs are signed ad hoc."""

INFO_PLIST = {
    "NSHighResolutionCapable": True,
    "CFBundleDocumentTypes": [
        {
            "CFBundleTypeName": f"{NAME} project",
            "CFBundleTypeRole": "Editor",
            "LSHandlerRank": "Owner",
            "LSItemContentTypes": [f"{IDENTIFIER}.project"],
        }
    ],
    "UTExportedTypeDeclarations": [
        {
            "UTTypeIdentifier": f"{IDENTIFIER}.project",
            "UTTypeDescription": f"{NAME} project",
            "UTTypeConformsTo": ["public.data", "public.archive"],
            "UTTypeTagSpecification": {"public.filename-extension": ["tinywright"]},
        }
    ],
}
"""What macOS reads of the application: it opens projects in one file."""

_ICONS = {"win32": "tinywright.ico", "darwin": "tinywright.icns"}
_MACHINES = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}


def version(root: Path) -> str:
    """The version that is being packaged."""
    return str(_project(root)["version"])


def metadata_folder(root: Path) -> str:
    """Where ``importlib.metadata`` looks for the version in what is packaged."""
    return f"{_project(root)['name']}-{version(root)}.dist-info"


def write_metadata(root: Path, folder: Path) -> Path:
    """The file that belongs into :func:`metadata_folder`, written to ``folder``. The one that pip
    made for the source tree names folders of this computer."""
    file = folder / "METADATA"
    project = _project(root)
    file.write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n", "utf-8"
    )
    return file


def requirements(root: Path) -> list[str]:
    """What the studio needs at run time, as ``pyproject.toml`` has it."""
    return list(_project(root)["dependencies"])


def _project(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]


def machine() -> str:
    """This computer's processor, as Debian names it. Raises ``KeyError`` for one it does not."""
    return _MACHINES[platform.machine().lower()]


def icon_file(root: Path) -> str | None:
    """The icon that this system's programs carry inside; Linux has it beside them."""
    name = _ICONS.get(sys.platform)
    return str(root / "resources" / "icons" / "app" / name) if name else None


if __name__ == "__main__":
    print(version(Path(__file__).resolve().parents[1]))
