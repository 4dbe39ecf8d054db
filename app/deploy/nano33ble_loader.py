# SPDX-License-Identifier: GPL-3.0-or-later
"""Installs firmware on a Nano 33 BLE through Arduino's boot loader.

The first page is erased before anything is written, and written when all others are right: the
loader starts no application without it, so a board on which an installation broke off waits in its
boot loader for the next one. A page counts when the board's own check sum of it is right.
"""

from __future__ import annotations

from collections.abc import Callable

from app.core.errors import FlashError, FlashProblem
from app.core.text import text
from app.deploy.flashing import FlashProgress, Stage
from app.deploy.nano33ble_problems import explained, nano_error
from app.deploy.samba import PAGE_BYTES, ROOM_BYTES, Samba, SilentLoaderError, WrongAnswerError

ATTEMPTS = 3
"""So often a page is written that does not come out right, and asked what was not answered."""
_ERASED = b"\xff"
_ERASED_PAGE = _ERASED * PAGE_BYTES
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

    with explained(FlashProblem.BOOT_MODE, FlashProblem.BOOT_MODE):
        loader = samba.greet()
    if not loader.can_install:
        why = text("It says “{chip}”, “{version}”.", chip=loader.chip, version=loader.version)
        raise nano_error(FlashProblem.WRONG_CHIP, why)
    with explained(FlashProblem.SYNC_LOST, FlashProblem.SYNC_LOST):
        there = _all_there(samba, pages)
        if not there and not may_replace and not _is_free(samba):
            raise nano_error(FlashProblem.SKETCH)
    if not there:
        with explained(FlashProblem.WRITE_FAILED, FlashProblem.SYNC_LOST):
            _write_all(samba, pages, tell)
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


def _write_all(samba: Samba, pages: list[bytes], tell: Callable[[Stage, int], None]) -> None:
    tell(Stage.INSTALLING, 0)
    _write(samba, 0, _ERASED_PAGE)
    for number, page in enumerate(pages[1:], 1):
        _write(samba, number * PAGE_BYTES, page)
        tell(Stage.INSTALLING, number * PAGE_BYTES)
    tell(Stage.CHECKING_FIRMWARE, 0)
    if not _all_there(samba, pages, first=1):
        raise nano_error(FlashProblem.VERIFY_FAILED)
    try:
        _write(samba, 0, pages[0])
    except FlashError:
        # What is there now may look like an application, and is none.
        samba.write_page(0, _ERASED_PAGE)
        raise


def _all_there(samba: Samba, pages: list[bytes], first: int = 0) -> bool:
    return all(
        _holds(samba, number * PAGE_BYTES, pages[number]) for number in range(first, len(pages))
    )


def _is_free(samba: Samba) -> bool:
    """Whether there is no application that the loader would start: one of its first two words is
    erased."""
    return any(
        _holds(samba, at, _ERASED * _WORD_BYTES) for at in range(0, _FIRST_WORDS_BYTES, _WORD_BYTES)
    )


def _holds(samba: Samba, offset: int, data: bytes) -> bool:
    return _patiently(samba, lambda: samba.holds(offset, data))


def _write(samba: Samba, offset: int, page: bytes) -> None:
    """Write a page until it is right. Raises ``FlashError`` when it does not become so."""

    def write() -> bool:
        samba.write_page(offset, page)
        return samba.holds(offset, page)

    if not any(_patiently(samba, write) for _ in range(ATTEMPTS)):
        raise nano_error(FlashProblem.VERIFY_FAILED)


def _patiently(samba: Samba, ask: Callable[[], bool]) -> bool:
    """What ``ask`` says; after an answer that did not make sense the loader is met anew."""
    for _ in range(ATTEMPTS - 1):
        try:
            return ask()
        except (SilentLoaderError, WrongAnswerError):
            samba.greet()
    return ask()
