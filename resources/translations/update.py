# SPDX-License-Identifier: GPL-3.0-or-later
"""Collect every marked sentence into ``ko.ts`` and compile it to ``ko.qm``.

    python resources/translations/update.py

New sentences come in as unfinished; translate them in ``ko.ts`` (Qt Linguist or an editor), then
run this again. Sentences that are gone are dropped. A test fails while one is unfinished.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
_PLACEHOLDER = re.compile(r"{(\w+)[^{}]*}")


@dataclass(frozen=True)
class Message:
    """A sentence in English and in the other language; ``finished`` once somebody has said so."""

    source: str
    translation: str
    finished: bool

    @property
    def problem(self) -> str:
        """What is wrong with it; empty where nothing is."""
        if not self.finished or not self.translation.strip():
            return "not translated"
        wanted = sorted(_PLACEHOLDER.findall(self.source))
        found = sorted(_PLACEHOLDER.findall(self.translation))
        return "" if wanted == found else f"placeholders {found}, not {wanted}"


def messages(ts: Path) -> Iterator[Message]:
    """The sentences in a translation file."""
    for message in ET.parse(ts).getroot().iter("message"):  # noqa: S314
        translation = message.find("translation")
        kind = "" if translation is None else translation.get("type", "")
        if kind in ("vanished", "obsolete"):
            continue
        words = "" if translation is None else translation.text or ""
        yield Message(message.findtext("source", ""), words, kind != "unfinished")


def extract(ts: Path) -> None:
    """Bring ``ts`` up to date with the source."""
    _run(
        "pyside6-lupdate",
        "-silent",
        "-no-obsolete",
        "-locations",
        "none",
        "-target-language",
        ts.stem,
        "-source-language",
        "en",
        "-tr-function-alias",
        "tr+=text,tr+=tr",
        *(str(path.relative_to(ROOT)) for path in sorted((ROOT / "app").rglob("*.py"))),
        "-ts",
        str(ts),
    )


def compile_(ts: Path) -> None:
    """Write the ``.qm`` beside ``ts``."""
    _run("pyside6-lrelease", "-silent", str(ts), "-qm", str(ts.with_suffix(".qm")))


def missing(ts: Path) -> list[Message]:
    """The sentences of the source that ``ts`` does not translate rightly."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / ts.name
        shutil.copy(ts, fresh)
        extract(fresh)
        return [message for message in messages(fresh) if message.problem]


def _run(tool: str, *arguments: str) -> None:
    program = shutil.which(tool, path=sysconfig.get_path("scripts")) or tool
    subprocess.run([program, *arguments], cwd=ROOT, check=True)


def main() -> int:
    ts = HERE / "ko.ts"
    extract(ts)
    compile_(ts)
    wrong = [message for message in messages(ts) if message.problem]
    for message in wrong:
        print(f"{message.problem}: {message.source!r}", file=sys.stderr)
    print(f"{sum(1 for _ in messages(ts))} sentences, {len(wrong)} to do")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
