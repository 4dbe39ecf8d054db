# SPDX-License-Identifier: GPL-3.0-or-later
"""Installs firmware on a Nano 33 BLE through Arduino's boot loader.

The first page is erased before anything is written, and written when all others are right: the
loader starts no application without it, so a board on which an installation broke off waits in its
boot loader for the next one. A page counts when the board's own check sum of it is right.
"""

from __future__ import annotations

from collections.abc import Callable

from app.core.errors import FlashProblem
from app.core.text import text
from app.deploy.flashing import FlashProgress, Stage
from app.deploy.nano33ble_problems import explained, nano_error
from app.deploy.samba import PAGE_BYTES, ROOM_BYTES, Samba, SilentLoaderError, WrongAnswerError

ATTEMPTS = 3
"""So often a page is written that does not come out right."""
_ERASED = b"\xff"
_FIRST_WORDS_BYTES = 8
_WORD_BYTES = 4


def install(
    samba: Samba,
    image: bytes,
    may_replace: bool,
    progress: Callable[[FlashProgress], None],
) -> None:
    """Make ``image`` the application and restart the board.

    Raises ``FlashError``; with the reason ``SKETCH`` where another application is there and
    ``may_replace`` is false. The port behind ``samba`` may raise what it likes to end it.
    """
    pages = _pages(image)

    def tell(stage: Stage, done: int) -> None:
        progress(FlashProgress(stage, done, len(image)))

    with explained(FlashProblem.BOOT_MODE, FlashProblem.SYNC_LOST):
        loader = samba.greet()
    if not loader.can_install:
        why = text("It says “{chip}”, “{version}”.", chip=loader.chip, version=loader.version)
        raise nano_error(FlashProblem.WRONG_CHIP, why)
    with explained(FlashProblem.SYNC_LOST, FlashProblem.SYNC_LOST):
        there = _all_there(samba, pages)
        if not there and not may_replace and not _is_free(samba):
            raise nano_error(FlashProblem.SKETCH)
    if not there:
        tell(Stage.INSTALLING, 0)
        _write(samba, 0, _ERASED * PAGE_BYTES)
        for number, page in enumerate(pages[1:], 1):
            _write(samba, number * PAGE_BYTES, page)
            tell(Stage.INSTALLING, min(number * PAGE_BYTES, len(image)))
        tell(Stage.CHECKING_FIRMWARE, len(image))
        with explained(FlashProblem.WRITE_FAILED, FlashProblem.SYNC_LOST):
            if not _all_there(samba, pages, first=1):
                raise nano_error(FlashProblem.VERIFY_FAILED)
        _write(samba, 0, pages[0])
    tell(Stage.RESTARTING, len(image))
    with explained(FlashProblem.SILENT, FlashProblem.SILENT):
        samba.reset()


def _pages(image: bytes) -> list[bytes]:
    if not image or len(image) > ROOM_BYTES:
        why = text("An image of {bytes} bytes does not fit.", bytes=len(image))
        raise nano_error(FlashProblem.IMAGE_DAMAGED, why)
    return [
        image[at : at + PAGE_BYTES].ljust(PAGE_BYTES, _ERASED)
        for at in range(0, len(image), PAGE_BYTES)
    ]


def _all_there(samba: Samba, pages: list[bytes], first: int = 0) -> bool:
    return all(
        samba.holds(number * PAGE_BYTES, pages[number]) for number in range(first, len(pages))
    )


def _is_free(samba: Samba) -> bool:
    """Whether there is no application that the loader would start: one of its first two words is
    erased."""
    return any(
        samba.holds(at, _ERASED * _WORD_BYTES) for at in range(0, _FIRST_WORDS_BYTES, _WORD_BYTES)
    )


def _write(samba: Samba, offset: int, page: bytes) -> None:
    """Write a page until it is right. Raises ``FlashError`` when it does not become so."""
    for _ in range(ATTEMPTS - 1):
        try:
            samba.write_page(offset, page)
            if samba.holds(offset, page):
                return
        except (SilentLoaderError, WrongAnswerError):
            with explained(FlashProblem.WRITE_FAILED, FlashProblem.SYNC_LOST):
                samba.greet()
        except OSError:
            with explained(FlashProblem.WRITE_FAILED, FlashProblem.SYNC_LOST):
                raise
    with explained(FlashProblem.WRITE_FAILED, FlashProblem.SYNC_LOST):
        samba.write_page(offset, page)
        if not samba.holds(offset, page):
            raise nano_error(FlashProblem.VERIFY_FAILED)
