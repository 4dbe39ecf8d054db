# SPDX-License-Identifier: GPL-3.0-or-later
"""Espressif's emulator of an ESP32, where ``TINYWRIGHT_QEMU_ESP32`` names its binary.

It runs the chip's real ROM, and knows processor, memory, flash and UART. It does not know the ADC,
touch pins, PWM, pin levels, the PLL or a UART's bit times: such registers read as zero.
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.capture.client import BoardClient
from app.capture.link import Link
from app.capture.messages import Identity
from app.capture.port import open_port
from app.core.errors import PortError
from app.deploy.esp32_loader import IMAGE_OFFSET

BINARY = "TINYWRIGHT_QEMU_ESP32"
ROM_FOLDER = "TINYWRIGHT_QEMU_ESP32_ROM"
"""Where the ROM's images are; if it is not set, ``pc-bios`` beside the binary's folder."""
FLASH_BYTES = 4 << 20
PROGRAM_AT = 0x100000
_OPEN_S = 20.0
_BOOT_S = 20.0
_DOWNLOAD_MODE = ("-global", "driver=esp32.gpio,property=strap_mode,value=0x0f")


def emulator_command() -> list[str]:
    """Skips where there is no emulator."""
    binary = os.environ.get(BINARY)
    if not binary:
        pytest.skip(f"needs Espressif's emulator: {BINARY} names no binary")
    rom = os.environ.get(ROM_FOLDER) or str(Path(binary).resolve().parents[1] / "pc-bios")
    return [binary, "-L", rom, "-M", "esp32", "-display", "none", "-monitor", "none"]


def flash_with(image: bytes, program: bytes = b"") -> bytes:
    """The contents of a flash chip with firmware and a board program."""
    flash = bytearray(b"\xff" * FLASH_BYTES)
    flash[IMAGE_OFFSET : IMAGE_OFFSET + len(image)] = image
    flash[PROGRAM_AT : PROGRAM_AT + len(program)] = program
    return bytes(flash)


@dataclass(frozen=True, slots=True)
class Emulator:
    """A chip under emulation; ``url`` is its port, which takes one caller."""

    url: str
    pid: int

    def kept_waiting_s(self) -> float:
        """How long its busiest thread has waited for a processor of this computer: time that the
        emulated chip misses. 0 where the system does not tell."""
        stats = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        times = [path.read_text().split() for path in stats]
        return max(((int(run), int(wait)) for run, wait, _ in times), default=(0, 0))[1] / 1e9


@contextmanager
def emulated(flash: Path, download: bool = False) -> Iterator[Emulator]:
    """Run a chip with this flash, which it changes. It starts when its port is opened, with
    ``download`` into the ROM's loader, which loses bytes here when the computer is busy."""
    port = _free_port()
    command = [
        *emulator_command(),
        *("-drive", f"file={flash},if=mtd,format=raw"),
        *("-global", "driver=timer.esp32.timg,property=wdt_disable,value=true"),
        *("-serial", f"tcp:127.0.0.1:{port},server=on,wait=on,nodelay=on"),
        *(_DOWNLOAD_MODE if download else ()),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield Emulator(f"socket://127.0.0.1:{port}", process.pid)
    finally:
        process.kill()
        process.wait()


def listens(url: str) -> bool:
    """Whether a chip without firmware that answers can be reached."""
    try:
        open_port(url, 115_200).close()
    except PortError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Board:
    """A chip that runs the firmware, and what it printed by itself."""

    client: BoardClient
    identity: Identity
    printed: bytearray
    emulator: Emulator


@contextmanager
def running(flash: Path) -> Iterator[Board]:
    """Boot the firmware in this flash and wait until it answers."""
    printed = bytearray()
    with emulated(flash) as emulator:
        link = Link(emulator.url)
        _open(link)
        client = BoardClient(link, printed.extend)
        try:
            yield Board(client, client.identify(_BOOT_S), printed, emulator)
        finally:
            client.close()
            link.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def _open(link: Link) -> None:
    """Open the port as soon as the emulator listens there."""
    until = time.monotonic() + _OPEN_S
    while time.monotonic() < until:
        with suppress(PortError):
            link.open()
            return
        time.sleep(0.05)
    link.open()
