# SPDX-License-Identifier: GPL-3.0-or-later
"""Installing through the emulated boot loader of a Nano 33 BLE: every kind of fault at every stage
tells its reason, leaves nothing that would start by half, and the next try brings the firmware on.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from app.core.errors import FlashError
from app.deploy.flashing import Stage
from app.deploy.loader_port import LoaderStoppedError
from app.deploy.nano33ble_loader import install
from app.deploy.samba import APPLICATION_BEGIN, APPLICATION_END, PAGE_BYTES, ROOM_BYTES, Samba
from app.deploy.virtual_bootloader import Layout, starts
from tests.helpers.loader_faults import KINDS, STAGES, Fault, LoaderAtHand

IMAGE = bytes(range(1, 252)) * 60
"""Four pages, the last not full."""
PAGES = IMAGE + b"\xff" * (-len(IMAGE) % PAGE_BYTES)
OLD = b"an older sketch " * 600
EXPECTED = """
silence                  B B B Y W W W W W W W W -
silence once             - - - - - - - - - - - - -
silence twice            - - - - - . - - - - - - .
answer lost              B B B Y W . W W W W W W .
answer lost once         - - - - - . - - - - - - .
half an answer           B B B Y W . W W W W W W .
half an answer once      - - - - - . - - - - - - .
first byte lost          B - C Y W . W W W W W W .
first byte lost once     - - C - - . - - - - - - .
noise before             B - C Y Y . Y Y Y Y Y Y .
noise before once        - - C - - . - - - - - - .
noise after              - - - - - . - - - - - - .
answered twice           - - - - - . - - - - - - .
only zeros               B B B Y Y . Y Y Y Y Y Y .
only ones                B B B Y Y . Y Y Y Y Y Y .
a sketch talks           B B B Y Y . Y Y Y Y Y Y .
a sketch talks once      - - - - - . - - - - - - .
a modem answers          B B B Y Y . Y Y W W Y W .
echo                     B - C Y Y . Y Y Y Y Y Y .
echo once                - - C - - . - - - - - - .
line ends rewritten      B B B Y Y . Y Y Y Y Y Y .
line ends lost           B B B Y W . W W W W W W .
parity bit set           B B B Y Y . Y Y Y Y Y Y .
first byte changed       B - C Y Y . Y Y Y Y Y Y .
first byte changed once  - - C - - . - - - - - - .
small letters            . . C Y Y . . Y Y Y Y Y .
unplugged                P P P P P P P P P P P P P
unplugged afterwards     P P P P P P P P P P P P .
nobody takes it          B B B Y W W W W W W W W R
stopped by the user      U U U U U U U U U U U U U
stopped afterwards       U U U U U U U U U U U U U
power gone a moment      - - - - - - - - - - - - .
letter changed           B B B Y W . W W W W W W .
letter changed once      - - - - - . - - - - - - .
end of it lost           B B B Y W . W W W W W W .
end of it lost once      - - - - - . - - - - - - .
sent twice               - - - - - . - - - - - - .
a byte of it lost once   . . . . . - . . . . . . .
a bit of it changed      . . . . . V . . . . . . .
a bit changed once       . . . . . - . . . . . . .
wrong check sum          . . . - . . . . V V . V .
wrong check sum once     . . . - . . . . - V . - .
no number                . . . Y . . . . Y Y . Y .
answered, not written    . . . . . . . V . . V . .
not written once         . . . . . . . - . . - . .
answered, not erased     . . . . V . . V . . V . .
not erased once          . . . . - . . - . . - . .
half written             . . . . . . . V . . V . .
half written once        . . . . . . . - . . - . .
a worn bit               . . . . V . . V . . V . .
a bit wrong once         . . . . - . . - . . - . .
all bits cleared         . . . . - . . - . . - . .
another chip             . . C . . . . . . . . . .
a Zero's loader          . . C . . . . . . . . . .
an older loader          . C . . . . . . . . . . .
a plain SAM-BA           . C . . . . . . . . . . .
"""
"""A row a kind, a column a stage: B, the boot loader was not met; Y, it made no sense; C, it is
another one; W, V, writing and checking failed; P, the port went; R, no restart; U, the user stopped
it; -, the firmware got onto the board all the same; a dot where there is no such case."""
LETTERS = {
    "B": "boot_mode",
    "Y": "sync_lost",
    "C": "wrong_chip",
    "W": "write_failed",
    "V": "verify_failed",
    "P": "port_lost",
    "R": "silent",
    "U": "stopped",
    "-": "-",
}


def expectations() -> dict[tuple[str, str], str]:
    """What comes of each case."""
    found: dict[tuple[str, str], str] = {}
    for row in EXPECTED.strip().splitlines():
        for stage, letter in zip(STAGES, row[25:].split(), strict=True):
            if letter != ".":
                found[stage, row[:25].strip()] = LETTERS[letter]
    return found


CASES = [(stage, kind) for kind in KINDS for stage in STAGES if stage in KINDS[kind].at]


def try_install(port: LoaderAtHand, may_replace: bool = True) -> str:
    """Why it failed; ``-`` when it did not."""
    port.begin()
    try:
        install(Samba(port), IMAGE, may_replace, lambda _step: None)
    except FlashError as error:
        return error.reason.value
    except LoaderStoppedError:
        return "stopped"
    return "-"


@pytest.fixture(scope="module")
def table(request: pytest.FixtureRequest) -> Iterator[dict[tuple[str, str], str]]:
    """What came of each case, printed at the end."""
    found: dict[tuple[str, str], str] = {}
    yield found
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        print_table(found)


def print_table(found: dict[tuple[str, str], str]) -> None:
    """Kind × stage."""
    write = sys.stdout.write
    write("\n" + " " * 25 + "".join(f"{stage:14}" for stage in STAGES) + "\n")
    for kind in KINDS:
        cells = [found.get((stage, kind), "") for stage in STAGES]
        write(f"{kind:25}" + "".join(f"{cell:14}" for cell in cells).rstrip() + "\n")
    write(f"{len({kind for _, kind in found})} kinds, {len(found)} cases\n")


@pytest.mark.parametrize(("stage", "kind"), CASES, ids=lambda part: part.replace(" ", "-"))
def test_a_fault_tells_its_reason_and_the_next_try_succeeds(
    stage: str, kind: str, table: dict[tuple[str, str], str]
) -> None:
    reasons = set()
    for layout in Layout:
        port = LoaderAtHand(layout, OLD)
        before = bytes(port.flash)
        port.fault = Fault(stage, KINDS[kind])
        reasons.add(try_install(port))
        assert port.fault.struck
        application = bytes(port.flash[APPLICATION_BEGIN : APPLICATION_BEGIN + len(PAGES)])
        old = before[APPLICATION_BEGIN : APPLICATION_BEGIN + len(PAGES)]
        if starts(port.flash, layout):
            assert application in (old, PAGES)
        port.fault = None
        if port.gone or port.loader.halted:
            port.plug_in()
        restarts = port.restarts
        assert try_install(port) == "-"
        after = bytes(port.flash)
        assert after[APPLICATION_BEGIN : APPLICATION_BEGIN + len(PAGES)] == PAGES
        assert after[:APPLICATION_BEGIN] == before[:APPLICATION_BEGIN]
        assert after[APPLICATION_END:] == before[APPLICATION_END:]
        assert port.restarts == restarts + 1
    (table[stage, kind],) = reasons
    assert table[stage, kind] == expectations()[stage, kind]


def test_the_table_is_whole() -> None:
    assert set(expectations()) == set(CASES)
    assert len(KINDS) >= 40
    assert len(CASES) >= 200


@pytest.mark.parametrize("layout", Layout)
def test_it_is_the_first_page_that_is_written_last(layout: Layout) -> None:
    port = LoaderAtHand(layout, OLD)
    said: list[bytes] = []
    hear = port.loader.receive

    def listen(data: bytes) -> None:
        said.append(data)
        hear(data)

    port.loader.receive = listen
    assert try_install(port) == "-"
    pages = [
        message[1:9] for message in said if message.endswith(b",00001000#") and message[0] == 89
    ]
    assert pages == [b"%08X" % at for at in (0, 0x1000, 0x2000, 0x3000, 0)]
    assert said[-1] == b"K#"
    assert port.restarts == 1


def test_a_sketch_is_replaced_only_where_that_is_allowed() -> None:
    port = LoaderAtHand(Layout.LOADER_FIRST, OLD)
    before = bytes(port.flash)
    assert try_install(port, may_replace=False) == "sketch"
    assert port.flash == before
    assert try_install(port, may_replace=True) == "-"
    assert try_install(port, may_replace=False) == "-"  # it is the studio's own


@pytest.mark.parametrize("layout", Layout)
def test_a_board_without_an_application_needs_no_permission(layout: Layout) -> None:
    assert try_install(LoaderAtHand(layout), may_replace=False) == "-"


def test_firmware_that_is_there_is_not_written_again() -> None:
    port = LoaderAtHand(Layout.LOADER_LAST)
    assert try_install(port) == "-"
    steps: list[Stage] = []
    install(Samba(port), IMAGE, True, lambda step: steps.append(step.stage))
    assert steps == [Stage.RESTARTING]


@pytest.mark.parametrize("size", [0, ROOM_BYTES + 1])
def test_an_image_that_does_not_fit_is_not_begun(size: int) -> None:
    port = LoaderAtHand(Layout.LOADER_FIRST)
    before = bytes(port.flash)
    with pytest.raises(FlashError, match="does not fit"):
        install(Samba(port), bytes(size), True, lambda _step: None)
    assert port.flash == before


def test_the_whole_room_can_be_written_and_nothing_beside_it() -> None:
    for layout in Layout:
        port = LoaderAtHand(layout)
        before = bytes(port.flash)
        image = bytes(range(1, 251)) * (ROOM_BYTES // 250)
        install(Samba(port), image, True, lambda _step: None)
        assert port.flash[APPLICATION_BEGIN : APPLICATION_BEGIN + len(image)] == image
        assert port.flash[:APPLICATION_BEGIN] == before[:APPLICATION_BEGIN]
        assert port.flash[APPLICATION_END:] == before[APPLICATION_END:]
