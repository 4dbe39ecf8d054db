# SPDX-License-Identifier: GPL-3.0-or-later
"""The real esptool against a fake ROM behind a TCP port: every kind of fault at every stage tells
its reason, and the next try brings the firmware onto the board."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import pytest

from app.core.errors import FlashError, FlashProblem
from app.deploy import esp32_loader
from app.deploy.esp32_loader import IMAGE_OFFSET, Approach, install
from app.deploy.loader_port import LoaderPort
from tests.helpers.fake_rom import FLASH_BYTES, IMAGE, FakeRom, RomAtTcp
from tests.helpers.rom_faults import KINDS, STAGES, Fault

ONE_TRY = Approach(resets=False, stub=False, bauds=(115_200,), attempts=1)
AGAIN = Approach(resets=False, stub=False, bauds=(115_200,), attempts=5)
HURRY = 0.01
"""What esptool's time-outs are multiplied with where no answer will come."""

REASONS = {
    "sync": FlashProblem.BOOT_MODE,
    "chip": FlashProblem.SYNC_LOST,
    "fuses": FlashProblem.SYNC_LOST,
    "stub": FlashProblem.SYNC_LOST,
    "baud": FlashProblem.SYNC_LOST,
    "attach": FlashProblem.SYNC_LOST,
    "flash chip": FlashProblem.SYNC_LOST,
    "parameters": FlashProblem.SYNC_LOST,
    "contents": FlashProblem.SYNC_LOST,
    "erase": FlashProblem.WRITE_FAILED,
    "first block": FlashProblem.WRITE_FAILED,
    "block": FlashProblem.WRITE_FAILED,
    "last block": FlashProblem.WRITE_FAILED,
    "check": FlashProblem.VERIFY_FAILED,
}
"""Stage: what a fault there is told as, unless its kind is listed below."""
MENDED = None
_SYNC_LOST = FlashProblem.SYNC_LOST
_VERIFY_FAILED, _PORT_LOST = FlashProblem.VERIFY_FAILED, FlashProblem.PORT_LOST
OTHERWISE: dict[str, dict[str, FlashProblem | None]] = {
    # What esptool does not look at.
    "a byte lost at the end": {"*": MENDED},
    "wrong length": {"*": MENDED},
    # Waiting is all it takes.
    "answered slowly": {"*": MENDED},
    "answered byte by byte": {"*": MENDED},
    "in two parts": {"*": MENDED},
    # Synchronising succeeds without these; a value that must be known tells them.
    "no status": {"sync": _SYNC_LOST},
    "one byte of status": {"sync": _SYNC_LOST},
    "a byte lost in the head": {
        "sync": FlashProblem.WRONG_CHIP,  # the number by which chips are told apart is damaged
        "erase": _VERIFY_FAILED,  # of blocks only that an answer came is looked at
        "block": _VERIFY_FAILED,
    },
    "answered twice": {
        "sync": _SYNC_LOST,
        "contents": MENDED,
        "erase": MENDED,
        "block": MENDED,
        "check": MENDED,
    },
    # These change some numbers only: 10 is that of reading a register, 19 that of a check sum.
    "line ends rewritten": {
        "sync": _SYNC_LOST,
        "contents": MENDED,
        "erase": MENDED,
        "block": MENDED,
        "check": MENDED,
    },
    "XON and XOFF eaten": {"sync": _SYNC_LOST, "erase": _VERIFY_FAILED, "block": _VERIFY_FAILED},
    # It disturbs the next request: that to start the firmware.
    "noise after, once": {"check": FlashProblem.SILENT},
    "unplugged": {"*": _PORT_LOST},
    "unplugged afterwards": {"*": _PORT_LOST},
}
"""Kind: stages, or ``*`` for all others, at which it ends otherwise."""

ASKED_AGAIN = ("sync", "contents", "erase", "block", "check")
EVERY_KIND_AT = ("sync", "fuses", "contents", "erase", "block", "check")
SOME_KINDS = ("no answer any more", "noise", "refused: failed", "unplugged")
SOME_KINDS_AT = ("chip", "attach", "flash chip", "parameters", "first block", "last block")
CASES = [(stage, kind) for kind in KINDS for stage in EVERY_KIND_AT] + [
    (stage, kind) for kind in SOME_KINDS for stage in SOME_KINDS_AT
]


def expected(stage: str, kind: str) -> FlashProblem | None:
    """Why the installation fails, ``None`` where esptool gets over it."""
    special = OTHERWISE.get(kind, {})
    if stage in special or "*" in special:
        return special.get(stage, special.get("*"))
    if stage in ASKED_AGAIN and not KINDS[kind].lasting:
        return MENDED
    return REASONS[stage]


@pytest.fixture
def hurried(no_pauses: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[Fault], None]:
    """Wait shortly for answers that a fault withholds, and as long as esptool does for others;
    look shortly whether more comes, unless what comes is slow."""

    def hurry(fault: Fault) -> None:
        if not KINDS[fault.kind].slow:
            monkeypatch.setattr("app.deploy.loader_port.SHORTEST_WAIT_S", 0.01)

        class HurriedPort(LoaderPort):
            def read(self, size: int = 1) -> bytes:
                self._patience = HURRY if fault.in_vain else 1.0
                return super().read(size)

        monkeypatch.setattr(esp32_loader, "LoaderPort", HurriedPort)

    return hurry


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
    stages = [stage for stage in STAGES if any(stage == at for at, _ in found)]
    write = sys.stdout.write
    write("\n" + " " * 29 + "".join(f"{stage:14}" for stage in stages) + "\n")
    for kind in KINDS:
        cells = [found.get((stage, kind), "") for stage in stages]
        write(f"{kind:29}" + "".join(f"{cell:14}" for cell in cells) + "\n")
    write(f"{len({kind for _, kind in found})} kinds, {len(found)} cases\n")


def try_install(url: str, approach: Approach = ONE_TRY) -> FlashProblem | None:
    """Why it failed; ``None`` when it did not."""
    try:
        finished = install(url, IMAGE, False, lambda _step: None, lambda: False, approach)
    except FlashError as error:
        return error.reason
    assert finished
    return None


def holds_the_image(rom: FakeRom) -> bool:
    blank = b"\xff"
    return bytes(rom.flash) == (
        blank * IMAGE_OFFSET + IMAGE + blank * (FLASH_BYTES - IMAGE_OFFSET - len(IMAGE))
    )


@pytest.mark.parametrize(("stage", "kind"), CASES, ids=lambda part: part.replace(" ", "-"))
def test_a_fault_tells_its_reason_and_the_next_try_succeeds(
    stage: str,
    kind: str,
    hurried: Callable[[Fault], None],
    table: dict[tuple[str, str], str],
) -> None:
    rom = FakeRom()
    fault = Fault(stage, kind, expected(stage, kind) is not MENDED or not KINDS[kind].lasting)
    hurried(fault)
    with RomAtTcp(rom, fault) as board:
        found = try_install(board.url)
    assert fault.happened
    table[stage, kind] = found.value if found else "mended"
    assert found is expected(stage, kind)
    if found is None:
        assert holds_the_image(rom)
    fault.in_vain = False
    rom.power_cycle()
    with RomAtTcp(rom) as board:
        assert try_install(board.url, AGAIN) is None
    assert holds_the_image(rom)


def test_there_are_enough_cases() -> None:
    assert len(KINDS) >= 40
    assert len(CASES) >= 200
