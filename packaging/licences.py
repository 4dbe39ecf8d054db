# SPDX-License-Identifier: GPL-3.0-or-later
"""Gathers the licences of all that is shipped: of our own parts, of every distribution that the
studio needs at run time, of Python, and of the libraries that come from the building system."""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_WORDS = ("license", "licence", "copying", "notice", "authors", "third_party")


class MissingLicenceError(Exception):
    """A distribution that names no licence in its files nor in its metadata."""


def needed(requirements: Iterable[str]) -> dict[str, Distribution]:
    """Every distribution that ``requirements`` need on this system, by its canonical name.

    Raises ``PackageNotFoundError`` for one that is not installed.
    """
    found: dict[str, Distribution] = {}
    waiting = [*_names(requirements)]
    while waiting:
        wanted = waiting.pop()
        key = canonicalize_name(wanted)
        if key not in found:
            found[key] = distribution(wanted)
            waiting += _names(found[key].requires or ())
    return dict(sorted(found.items()))


def collect(
    folder: Path, own: Path, requirements: Iterable[str], binaries: Iterable[Path] = ()
) -> Path:
    """Write ``folder`` anew: the texts in ``own``, one folder for each distribution that
    ``requirements`` need and for each Debian package that one of ``binaries`` is of, and
    ``index.txt``. Returns ``folder``.

    Raises :class:`MissingLicenceError`.
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(own, folder)
    lines: list[str] = []
    for key, found in needed(requirements).items():
        place = folder / key
        place.mkdir(parents=True)
        for source in _licence_files(found):
            shutil.copyfile(source, place / "-".join(source.parts[-2:]))
        said = _said(found)
        if not said and not any(place.iterdir()):
            raise MissingLicenceError(key)
        (place / "METADATA.txt").write_text(
            f"{found.metadata['Name']} {found.version}\n{said}\n"
            f"{found.metadata.get('Home-page') or ''}\n",
            "utf-8",
        )
        lines.append(f"{found.metadata['Name']} {found.version}: {said or 'see its files'}")
    lines += _python(folder / "python")
    lines += _system(folder / "system", binaries)
    (folder / "index.txt").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def _names(requirements: Iterable[str]) -> Iterator[str]:
    for line in requirements:
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield requirement.name


def _licence_files(found: Distribution) -> Iterator[Path]:
    for file in found.files or ():
        path = Path(str(found.locate_file(file)))
        named = path.name.lower().startswith(_WORDS) or "licenses" in file.parts[:-1]
        if named and path.suffix not in {".py", ".pyc"} and path.is_file():
            yield path


def _said(found: Distribution) -> str:
    metadata = found.metadata
    classifiers = [
        value.rsplit("::", 1)[1].strip()
        for value in metadata.get_all("Classifier") or ()
        if value.startswith("License ::")
    ]
    text = (metadata.get("License-Expression") or metadata.get("License") or "").strip()
    return text.splitlines()[0] if text else ", ".join(classifiers)


def _system(place: Path, binaries: Iterable[Path]) -> Iterator[str]:
    """What Debian says of the libraries among ``binaries`` that are its own."""
    owners: set[str] = set()
    for file in binaries:
        if file.resolve().is_relative_to("/usr/lib"):
            owners.add(_owner(file.resolve()))
    for owner in sorted(owners):
        place.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(Path("/usr/share/doc", owner, "copyright"), place / f"{owner}.txt")
        yield f"{owner} (Debian): see system/{owner}.txt"


def _owner(file: Path) -> str:
    """The Debian package of a file, which it may still know by its place before /usr was merged."""
    for known in (file, Path("/", file.relative_to("/usr"))):
        asked = ("dpkg-query", "--search", str(known))
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return done.stdout.partition(":")[0]
    raise MissingLicenceError(str(file))


def _python(place: Path) -> Iterator[str]:
    """Python's own licence, wherever this interpreter keeps it."""
    standard_library = Path(sysconfig.get_path("stdlib"))
    for source in (standard_library / "LICENSE.txt", Path("/usr/share/doc/python3/copyright")):
        if source.is_file():
            place.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, place / source.name)
            yield "Python: PSF-2.0"
            return
    raise MissingLicenceError("python")
