# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine that is measured under emulators is the one in the images that the studio carries."""

from __future__ import annotations

import re
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

from app.core.board import BOARDS
from app.deploy.images import read_image
from benchmarks.emulated import FIRMWARE, Bench

SECTION = struct.Struct("<10I")
RELOCATIONS = (4, 9)
"""Kinds of sections: with addends, and without."""
CODE = 6
"""Flags of a section: in memory, executable."""
CALL, SLOT = 11, 20
"""R_XTENSA_ASM_EXPAND, a call that the linker makes as short as it can; R_XTENSA_SLOT0_OP, in an
L32R (by the low digit of its code) a constant that it may share with other functions."""
L32R = 1
ADDRESS_BYTES = 4
LEAST_BYTES = 16
"""A shorter function would be found anywhere."""
NOT_LINKED = {"tw_run", "tw_longest_row"}
"""What no firmware calls."""
MAKEFILES = {"cortex-m4f": "nano33ble.mk", "esp32": "esp32.mk"}
"""What builds the image with the engine of a target."""


def functions(path: Path) -> Iterator[tuple[str, re.Pattern[bytes]]]:
    """The functions in an object file that the linker does not rewrite; the addresses that it fills
    in are left open."""
    data = path.read_bytes()
    (table,) = struct.unpack_from("<I", data, 32)
    size, count, names_at = struct.unpack_from("<3H", data, 46)
    sections = [SECTION.unpack_from(data, table + size * n) for n in range(count)]
    names = sections[names_at][4]
    left_open: dict[int, set[int]] = {}
    rewritten: set[int] = set()
    for _, kind, _, _, at, length, _, of, _, entry in sections:
        if kind not in RELOCATIONS:
            continue
        for place in range(at, at + length, entry):
            offset, info = struct.unpack_from("<2I", data, place)
            left_open.setdefault(of, set()).update(range(offset, offset + ADDRESS_BYTES))
            kind_of, opcode = info & 0xFF, data[sections[of][4] + offset] & 0xF
            if kind_of == CALL or (kind_of == SLOT and opcode == L32R):
                rewritten.add(of)
    for number, (name, _, flags, _, at, length, *_) in enumerate(sections):
        if flags & CODE != CODE or length < LEAST_BYTES or number in rewritten:
            continue
        code, is_open = data[at : at + length], left_open.get(number, set())
        pattern = b"".join(
            b"." if place in is_open else re.escape(code[place : place + 1])
            for place in range(length)
        )
        title = data[names + name :].split(b"\0", 1)[0].decode()
        yield title.removeprefix(".text."), re.compile(pattern, re.DOTALL)


def test_its_functions_lie_in_the_image_byte_for_byte(bench: Bench) -> None:
    (board,) = [each for each in BOARDS.values() if each.image and each.target == bench.target.name]
    image = read_image(board.image)
    objects = sorted((bench.folder / "engine").rglob("*.o"))
    found = {
        f"{path.name}: {name}": pattern.search(image) is not None
        for path in objects
        for name, pattern in functions(path)
        if name not in NOT_LINKED
    }
    assert [name for name, there in found.items() if not there] == []
    assert len(found) >= 20


def test_both_are_compiled_alike_and_linked_from_one_library(bench: Bench, tmp_path) -> None:
    def commands(makefile: str, goal: str) -> list[str]:
        dry = ["make", "-n", "-f", makefile, f"BUILD={tmp_path}", goal]
        done = subprocess.run(dry, cwd=FIRMWARE, check=True, capture_output=True, text=True)
        return done.stdout.replace("\\\n", " ").splitlines()

    def of_engine(lines: list[str]) -> list[str]:
        return sorted(line for line in lines if f"{tmp_path}/engine/" in line and " -c " in line)

    measured = commands(bench.target.makefile, "bench")
    shipped = commands(MAKEFILES[bench.target.name], "image")
    assert of_engine(measured) == of_engine(shipped) != []
    for lines in (measured, shipped):
        linked = [line for line in lines if line.endswith(".elf")]
        assert any(f"{tmp_path}/libtinywright.a" in line for line in linked)
        assert not any(f"{tmp_path}/engine/" in line for line in linked)
