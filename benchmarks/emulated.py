# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine's builds for boards, run under emulators that count instructions.

A :class:`Target` builds the engine with the flags it is shipped with and a bench around it
(``firmware/bench``), and runs board programs on it. An emulator counts instructions, not cycles: it
knows no waits for memory.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FIRMWARE = Path(__file__).resolve().parents[1] / "firmware"
RUN_LIMIT_S = 300.0

_JOB = struct.Struct("<4sIIII")
_MAGIC = b"TWJB"
_ALIGNMENT = 16


@dataclass(frozen=True, slots=True)
class Job:
    """A board program, and int8 vectors with the answers it must give, one a row."""

    program: bytes
    inputs: NDArray[np.int8]
    answers: NDArray[np.int8]

    def to_bytes(self) -> bytes:
        """As the bench finds it in memory: a header, then each part from a multiple of 16 on."""
        count = len(self.inputs)
        inputs, answers = self.inputs.reshape(count, -1), self.answers.reshape(count, -1)
        header = _JOB.pack(_MAGIC, len(self.program), count, inputs.shape[1], answers.shape[1])
        parts = (header, self.program, inputs.tobytes(), answers.tobytes())
        return b"".join(part + bytes(-len(part) % _ALIGNMENT) for part in parts)


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a job. Instructions are those of one inference; ``operators`` has a name and
    count for each record of the plan."""

    different: int
    """Bytes of all answers that are not as they must be."""
    load: int
    """Instructions of checking the program."""
    inference: int
    operators: tuple[tuple[str, int], ...]
    load_stack: int
    """Bytes."""
    inference_stack: int


@dataclass(frozen=True, slots=True)
class Target:
    """An engine for one kind of board: ``makefile`` in ``firmware/`` makes its ``bench``.

    ``emulator`` is the command that runs the file ``{elf}``, ``loader`` what puts the file
    ``{job}`` into memory before.
    """

    name: str
    """As the compiler calls it (:data:`app.deploy.compiler.targets.TARGETS`)."""
    makefile: str
    compiler: str
    size: str
    emulator: tuple[str, ...]
    loader: tuple[str, ...]

    def missing(self) -> list[str]:
        """The commands that are needed and not installed."""
        needed = ("make", self.compiler, self.size, self.emulator[0])
        return [command for command in needed if shutil.which(command) is None]

    def build(self, folder: Path) -> Bench:
        """Build engine and bench in ``folder``. Raises :class:`CalledProcessError`."""
        subprocess.run(
            ["make", "-s", "-f", self.makefile, f"BUILD={folder}", "bench"],
            cwd=FIRMWARE,
            check=True,
        )
        return Bench(self, folder)


@dataclass(frozen=True, slots=True)
class Bench:
    """A target's engine and bench, built in ``folder``."""

    target: Target
    folder: Path

    def run(self, job: Job) -> Run:
        """Raises :class:`RuntimeError` where the emulator or the bench gives up, or the engine
        wrote outside of its arena; wrong answers are only counted."""
        file = self.folder / "job.bin"
        file.write_bytes(job.to_bytes())
        loader = [option.format(job=file) for option in self.target.loader]
        lines = self._emulate("bench.elf", loader).splitlines()
        said = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("operator "))
        if said.get("overrun") != "0":
            raise RuntimeError(f"{self.target.name}: {' '.join(lines) or 'nothing was printed'}")
        operators = [line.split() for line in lines if line.startswith("operator ")]
        return Run(
            different=int(said["different"]),
            load=int(said["load"]),
            inference=int(said["inference"]),
            operators=tuple((name, int(count)) for _, name, count in operators),
            load_stack=int(said["load-stack"]),
            inference_stack=int(said["inference-stack"]),
        )

    def kernels_test(self) -> str:
        """What the comparison of the target's kernels with the portable ones prints: "equal"."""
        return self._emulate("kernels_test.elf", []).strip()

    def engine_bytes(self) -> int:
        """Code and constants of the whole engine with every operator, and what it needs of the C
        library."""
        command = [self.target.size, "-A", str(self.folder / "engine.elf")]
        listing = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        fields = (line.split() for line in listing.splitlines())
        return sum(int(field[1]) for field in fields if field and field[0] in (".text", ".rodata"))

    def _emulate(self, elf: str, options: Sequence[str]) -> str:
        path = self.folder / elf
        command = [*(word.format(elf=path) for word in self.target.emulator), *options]
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=RUN_LIMIT_S,
            check=False,
        )
        return done.stdout


CORTEX_M4F = Target(
    name="cortex-m4f",
    makefile="cortex_m4f.mk",
    compiler="arm-none-eabi-gcc",
    size="arm-none-eabi-size",
    emulator=(
        *("qemu-system-arm", "-M", "mps2-an386", "-icount", "shift=8"),
        *("-display", "none", "-serial", "null", "-monitor", "null"),
        *("-semihosting-config", "enable=on,target=native"),
        *("-kernel", "{elf}"),
    ),
    loader=("-device", "loader,file={job},addr=0x21000000,force-raw=on"),
)
# The core dc233c has the instructions of the ESP32's LX6 that the engine uses, and no others of it.
ESP32 = Target(
    name="esp32",
    makefile="esp32.mk",
    compiler="xtensa-lx106-elf-gcc",
    size="xtensa-lx106-elf-size",
    emulator=(
        *("qemu-system-xtensa", "-M", "sim", "-cpu", "dc233c", "-icount", "shift=8"),
        *("-nographic", "-serial", "none", "-monitor", "none", "-semihosting"),
        *("-device", "loader,file={elf},cpu-num=0"),
    ),
    loader=("-device", "loader,file={job},addr=0x00800000,force-raw=on"),
)
TARGETS = (CORTEX_M4F, ESP32)
