# SPDX-License-Identifier: GPL-3.0-or-later
"""The conversation with Arduino's boot loader, message by message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.deploy.samba import CHIP, PAGE_BYTES, ROOM_BYTES, Loader, Samba, SilentLoaderError


class ScriptedPort:
    """Answers what a script says, in this order, and nothing else."""

    def __init__(self, *script: tuple[bytes, bytes]) -> None:
        self.timeout = 0.0
        self.script = list(script)
        self._answer = b""

    def write(self, data: bytes) -> None:
        expected, self._answer = self.script.pop(0)
        assert data == expected

    def read(self, size: int = 1) -> bytes:
        data, self._answer = self._answer[:size], self._answer[size:]
        return data

    def reset_input_buffer(self) -> None:
        self._answer = b""


VERSION = b"Arduino Bootloader (SAM-BA extended) 2.0 [Arduino:IKXYZ]"


def test_a_loader_introduces_itself() -> None:
    port = ScriptedPort(
        (b"N#", b"\n\r"), (b"V#", VERSION + b"\n\r\0n"), (b"I#", b"nRF52840-QIAA\n\r\0X")
    )
    loader = Samba(port).greet()
    assert loader == Loader(CHIP, VERSION.decode())
    assert loader.commands == set("IKXYZ")
    assert loader.can_install
    assert not port.script


def test_a_loader_that_waits_for_the_rest_of_a_page_gets_it() -> None:
    port = ScriptedPort(
        (b"N#", b""),
        (b"#" * PAGE_BYTES, b""),
        (b"N#", b"\n\r"),
        (b"V#", VERSION + b"\n\r"),
        (b"I#", b"nRF52840-QIAA\n\r"),
    )
    assert Samba(port).greet().can_install
    assert not port.script


def test_nobody_is_asked_for_ever() -> None:
    port = ScriptedPort(*[(b"N#", b""), (b"#" * PAGE_BYTES, b"")] * 2, (b"N#", b""))
    with pytest.raises(SilentLoaderError):
        Samba(port).greet()
    assert not port.script


def test_a_page_takes_these_messages() -> None:
    page = bytes(range(256)) * 16
    port = ScriptedPort(
        (b"S00000000,00001000#", b""),
        (page, b""),
        (b"Y00000000,0#", b"Y\n\r"),
        (b"Y00003000,00001000#", b"Y\n\r"),
    )
    Samba(port).write_page(0x3000, page)
    assert not port.script


def test_the_check_sum_is_that_of_xmodem() -> None:
    # 0x31C3 is the published check value of CRC-16/XMODEM.
    question = b"Z00001000,00000009#"
    assert Samba(ScriptedPort((question, b"Z000031C3#\n\r"))).holds(0x1000, b"123456789")
    assert not Samba(ScriptedPort((question, b"Z000031C4#\n\r"))).holds(0x1000, b"123456789")


@given(st.integers(-(1 << 33), 1 << 33), st.integers(0, 2 * PAGE_BYTES))
def test_nothing_but_a_page_of_an_application_is_ever_written(offset: int, size: int) -> None:
    if offset % PAGE_BYTES == 0 and 0 <= offset < ROOM_BYTES and size == PAGE_BYTES:
        return
    with pytest.raises(ValueError, match="page"):
        Samba(ScriptedPort()).write_page(offset, bytes(size))


@pytest.mark.parametrize("offset", [-PAGE_BYTES, ROOM_BYTES, 0xFFFF0000, 1, PAGE_BYTES - 4])
def test_no_page_begins_outside(offset: int) -> None:
    with pytest.raises(ValueError, match="begins"):
        Samba(ScriptedPort()).write_page(offset, bytes(PAGE_BYTES))


@pytest.mark.parametrize(("offset", "size"), [(0, 0), (0, PAGE_BYTES + 1), (ROOM_BYTES - 4, 8)])
def test_nothing_outside_is_summed_up(offset: int, size: int) -> None:
    with pytest.raises(ValueError, match="checked"):
        Samba(ScriptedPort()).holds(offset, bytes(size))
