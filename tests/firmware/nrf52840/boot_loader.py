# SPDX-License-Identifier: GPL-3.0-or-later
"""What Arduino's two official boot loaders leave behind when they start an application.

Both are one program, found by taking its images apart: it waits half a second for a second press of
the button, switches USB off (which it has not used), disables and clears all interrupts, and jumps.
Its drivers have been started by then: serial port, tick, PWM, memory protection.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from app.deploy.virtual_bootloader import Layout, new_flash
from tests.firmware.nrf52840.peripheral import RAM

APPLICATION_AT = 0x1_0000
UICR_LOADER_AT = 0x14
"""Where what lies at 0 looks for the boot loader: UICR's NRFFW[0]."""


@dataclass(frozen=True)
class BootLoader:
    """``vectors``: where the core's vector table is said to be. ``forwards``: the word at the
    beginning of RAM, by which what lies at 0 finds the application's vectors. ``uicr``: words by
    their offset, all others are erased."""

    layout: Layout
    vectors: int
    forwards: int | None = None
    uicr: Mapping[int, int] = field(default_factory=dict)

    def flash(self, image: bytes) -> bytes:
        return bytes(new_flash(self.layout, image))

    def ram(self) -> bytes:
        """Anything, as an application must expect."""
        left = bytearray(Random(self.layout.value).randbytes(len(RAM)))
        if self.forwards is not None:
            left[:4] = self.forwards.to_bytes(4, "little")
        return bytes(left)


LOADER_FIRST = BootLoader(Layout.LOADER_FIRST, vectors=APPLICATION_AT)
LOADER_LAST = BootLoader(
    Layout.LOADER_LAST, vectors=0, forwards=APPLICATION_AT, uicr={UICR_LOADER_AT: 0xE_0000}
)
BOOT_LOADERS = (LOADER_FIRST, LOADER_LAST)
