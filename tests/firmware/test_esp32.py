# SPDX-License-Identifier: GPL-3.0-or-later
"""What the ESP32's core asks of the engine's code and no emulator checks."""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.emulated import ESP32

PREFIX = "xtensa-lx106-elf-"
LOOP_OPCODE = 0x76
LOOP_KINDS = {8, 9, 10}
"""LOOP, LOOPNEZ, LOOPGTZ."""
LOOPS = {
    "tw_lx6_offset": 1,
    "tw_lx6_add_outputs": 2,
    "tw_lx6_two_outputs": 3,
    "tw_lx6_finish": 1,
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tools = [PREFIX + tool for tool in ("nm", "objcopy", "objdump")]
    missing = [*ESP32.missing(), *(tool for tool in tools if shutil.which(tool) is None)]
    if missing:
        pytest.skip(f"needs {', '.join(missing)}, not installed")
    return ESP32.build(tmp_path_factory.mktemp("esp32")).folder


def told(tool: str, *options: str | Path) -> str:
    command = [PREFIX + tool, *map(str, options)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def instructions(code: bytes) -> Iterator[tuple[int, bytes]]:
    """Each instruction and where it begins: of 2 bytes where its first four bits say so, else 3."""
    at = 0
    while at < len(code):
        length = 2 if 8 <= code[at] & 15 < 14 else 3
        yield at, code[at : at + length]
        at += length


@pytest.mark.parametrize("elf", ["bench.elf", "engine.elf"])
def test_no_loop_begins_across_a_word(built: Path, tmp_path: Path, elf: str):
    """The first instruction in a loop may not cross a multiple of 4."""
    text = tmp_path / "text"
    told("objcopy", "-O", "binary", "-j", ".text", built / elf, text)
    (start,) = re.findall(r"\.text +\S+ +(\S+)", told("objdump", "-h", built / elf))
    sizes = re.findall(r"^(\S+) (\S+) T (tw_lx6_\w+)$", told("nm", "-S", built / elf), re.M)
    loops: dict[str, int] = {}
    for address, size, name in sizes:
        first = int(address, 16) - int(start, 16)
        code = text.read_bytes()[first : first + int(size, 16)]
        parts = list(instructions(code))
        inside = [
            (at, body)
            for (_, before), (at, body) in itertools.pairwise(parts)
            if before[0] == LOOP_OPCODE and before[1] >> 4 in LOOP_KINDS
        ]
        loops[name] = len(inside)
        assert all((int(address, 16) + at) % 4 + len(body) <= 4 for at, body in inside)
    assert loops == LOOPS


def test_constants_lie_outside_of_the_code(built: Path):
    """The chip reads code memory by words only: the engine's tables must not be linked there."""
    symbols = told("objdump", "-t", built / "bench.elf")
    tables = re.findall(r"^[0-9a-f]+ .{6}O (\S+)\t", symbols, re.M)
    assert tables
    assert set(tables) <= {".data", ".bss"}
