# SPDX-License-Identifier: GPL-3.0-or-later
"""The images that the studio carries: built by ``make firmware``, named in their manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.core import codec
from app.core.errors import DeployError
from app.core.resources import RESOURCES
from app.core.text import Text, text

IMAGES = RESOURCES / "firmware"
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Image:
    """What an image must be: its size and its SHA-256 in hexadecimal."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """``version`` is the firmware's; ``images`` are named by their files."""

    version: str
    images: Mapping[str, Image]


@cache
def read_manifest(folder: Path = IMAGES) -> Manifest:
    """Raises :class:`DeployError` where there is none that can be read."""
    try:
        return codec.decode(Manifest, json.loads((folder / MANIFEST).read_text("utf-8")))
    except (OSError, ValueError, codec.CodecError) as error:
        raise _incomplete(text("{file}: {reason}", file=MANIFEST, reason=error)) from error


def read_image(name: str, folder: Path = IMAGES) -> bytes:
    """An image as the manifest has it. Raises :class:`DeployError` for any other."""
    wanted = read_manifest(folder).images.get(name)
    if wanted is None:
        raise _incomplete(text("{file} does not name {image}.", file=MANIFEST, image=name))
    try:
        image = (folder / name).read_bytes()
    except OSError as error:
        raise _incomplete(text("{file}: {reason}", file=name, reason=error)) from error
    if len(image) != wanted.bytes or hashlib.sha256(image).hexdigest() != wanted.sha256:
        raise _incomplete(text("{file} is not what the manifest says.", file=name))
    return image


def _incomplete(why: Text) -> DeployError:
    return DeployError(
        text("This installation of the studio is damaged."), why, text("Install it again.")
    )
