# SPDX-License-Identifier: GPL-3.0-or-later
"""The firmware's frames are those of ``tests/data/protocol/golden.json``."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

GOLDEN = json.loads((Path(__file__).parents[1] / "data" / "protocol" / "golden.json").read_text())
FRAMES = {entry["name"]: entry for entry in GOLDEN["frames"]}
MAX_PAYLOAD = 1024


@pytest.fixture(scope="module")
def found(sanitised):
    """Type, tag, payload and frame of all that the firmware finds in a stream."""

    def find(stream: bytes) -> list[tuple[int, int, bytes, str]]:
        done = subprocess.run(
            [sanitised / "frames_test", str(MAX_PAYLOAD)],
            input=stream,
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr.decode()
        rows = [line.split(" ") for line in done.stdout.decode().splitlines()]
        return [(int(a), int(b), bytes.fromhex(payload), wire) for a, b, payload, wire in rows]

    return find


@pytest.mark.parametrize("name", FRAMES)
def test_every_frame_is_read_and_written(found, name):
    entry = FRAMES[name]
    ((type_, tag, _, wire),) = found(bytes.fromhex(entry["frame"]))
    assert (type_, tag) == (entry["type"], entry["tag"])
    assert wire == entry["frame"]


@pytest.mark.parametrize("stream", GOLDEN["streams"], ids=lambda stream: stream["name"])
def test_frames_are_found_in_every_stream(found, stream):
    frames = [wire for *_, wire in found(bytes.fromhex(stream["bytes"]))]
    assert frames == [FRAMES[name]["frame"] for name in stream["frames"]]
