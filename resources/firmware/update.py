# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes freshly built images into this folder and writes their manifest.

    python3 resources/firmware/update.py [--check]

With ``--check`` nothing is written: it fails where an image here is not the one that was built.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
FIRMWARE = HERE.parents[1] / "firmware"
MANIFEST = "manifest.json"
IMAGES = {
    "engine.wasm": "wasm/engine.wasm",
    "esp32.bin": "esp32/esp32.bin",
    "nano33ble.bin": "nano33ble/nano33ble.bin",
}
"""The file here: where in ``firmware/build`` it is made."""


def main(arguments: list[str]) -> int:
    """0, or 1 where the check fails; 2 for a command line that makes no sense."""
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    wanted = {name: (FIRMWARE / "build" / made).read_bytes() for name, made in IMAGES.items()}
    wanted[MANIFEST] = manifest(wanted)
    stale = [name for name, content in wanted.items() if not _is_there(name, content)]
    if arguments:
        for name in stale:
            print(f"resources/firmware/{name} is not what the sources give", file=sys.stderr)
        if stale:
            print("Run: make firmware (with the compilers of Debian 12)", file=sys.stderr)
        return 1 if stale else 0
    for name in stale:
        (HERE / name).write_bytes(wanted[name])
        print(f"resources/firmware/{name}")
    return 0


def manifest(images: dict[str, bytes]) -> bytes:
    """``version`` of the firmware, then each image's bytes and SHA-256."""
    content = {
        "version": (FIRMWARE / "VERSION").read_text().strip(),
        "images": {
            name: {"bytes": len(image), "sha256": hashlib.sha256(image).hexdigest()}
            for name, image in sorted(images.items())
        },
    }
    return (json.dumps(content, indent=2) + "\n").encode()


def _is_there(name: str, content: bytes) -> bool:
    path = HERE / name
    return path.exists() and path.read_bytes() == content


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
