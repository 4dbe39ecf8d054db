# SPDX-License-Identifier: GPL-3.0-or-later
"""Installs firmware on an ESP32 through the boot loader in its ROM, with esptool as a library.

Nothing is written before the chip is known to be one that can take it, nor over a program of the
user's before that one may go. A write that breaks off leaves a board that does not start; its boot
loader is in ROM and always there, so the next installation mends it. Imports esptool: for the
worker child only.
"""

from __future__ import annotations

import hashlib
import logging
import re
import struct
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any, cast

from esptool import cmds  # pyright: ignore[reportMissingTypeStubs]
from esptool import util as esptool_util  # pyright: ignore[reportMissingTypeStubs]
from esptool.loader import ESPLoader  # pyright: ignore[reportMissingTypeStubs]
from esptool.util import FatalError  # pyright: ignore[reportMissingTypeStubs]

from app.core.errors import FlashError, FlashProblem, PortError
from app.core.text import text
from app.deploy.flash_problems import flash_error, of_port_error
from app.deploy.flashing import FlashProgress, Stage
from app.deploy.loader_log import quietly
from app.deploy.loader_port import LoaderPort, LoaderStoppedError

IMAGE_OFFSET = 0x1000
"""Where the ROM looks for what it starts."""
MARK_AT, MARK = 0x20, b"Tinywright".ljust(16, b"\0")
"""What the studio's firmware is known by, and where in its image: firmware/boards/esp32/main.c."""
_ERASED_WORD = b"\xff" * 4

ROM_BAUD = 115_200
"""At which the boot loader is met; it can be told another."""
CHIP = "ESP32"
SECTOR_BYTES = 0x1000
"""What is erased at once."""
TRIES = 3
"""So often a sector is written and a check sum asked for."""
UNKNOWN_CHIP = "Unexpected chip"
"""How esptool begins what it says of a chip that it does not know."""
USUAL_FLASH = "4MB"
NO_FLASH_IDS = (0x000000, 0xFFFFFF)
"""What a bus reads that nothing drives."""

_CHECK_SUM = re.compile("[0-9a-f]{32}")
_size_bytes = cast(Callable[[str], int], cast(Any, esptool_util).flash_size_bytes)
_log = logging.getLogger(__name__)

# FatalError is what esptool means to raise; the others are answers too short or odd to be read.
_NONSENSE = (FatalError, struct.error, IndexError, UnicodeDecodeError)
_TROUBLE_ON_THE_LINE = frozenset(
    {FlashProblem.SYNC_LOST, FlashProblem.WRITE_FAILED, FlashProblem.VERIFY_FAILED}
)


@dataclass(frozen=True, slots=True)
class Approach:
    """How a boot loader is spoken to.

    ``resets``: the port has the lines that bring a board into its boot loader and out of it.
    ``stub``: esptool's own, faster loader is put into the chip's RAM. ``bauds`` are tried in order,
    each only where the one before brought trouble. ``attempts`` are made to reach the boot loader.
    ``patience`` is what esptool's time-outs are multiplied with.
    """

    resets: bool
    stub: bool
    bauds: tuple[int, ...]
    attempts: int
    patience: float = 1.0


AT_A_DEVICE = Approach(True, True, (921_600, 460_800, ROM_BAUD), attempts=7)
AT_A_SERVED_DEVICE = replace(AT_A_DEVICE, patience=2.0)
"""``rfc2217://`` carries lines and baud rates to a device at another computer."""
OVER_BYTES_ALONE = Approach(False, False, (ROM_BAUD, ROM_BAUD), attempts=7, patience=2.0)
"""``socket://``: no lines, and the far end has set its own baud rate; all that can be changed is to
try again."""


def approach_for(url: str) -> Approach:
    """How the boot loader behind ``url`` is spoken to."""
    if url.startswith("socket://"):
        return OVER_BYTES_ALONE
    return AT_A_SERVED_DEVICE if url.startswith("rfc2217://") else AT_A_DEVICE


def install(
    url: str,
    image: bytes,
    may_replace: bool,
    progress: Callable[[FlashProgress], None],
    cancelled: Callable[[], bool],
    approach: Approach | None = None,
) -> bool:
    """Make ``image`` what the ESP32 behind ``url`` starts, check it, restart the chip; ``False``
    when cancelled. The port must be free.

    Raises ``FlashError``; with the reason ``SKETCH`` where other firmware is there and
    ``may_replace`` is false.
    """
    chosen = approach or approach_for(url)
    *fast, slowest = chosen.bauds
    with quietly():
        for baud in fast:
            try:
                return _install(url, image, may_replace, progress, cancelled, chosen, baud)
            except FlashError as error:
                if error.reason not in _TROUBLE_ON_THE_LINE:
                    raise
                _log.warning("%d baud: %s", baud, error)
        return _install(url, image, may_replace, progress, cancelled, chosen, slowest)


def _install(
    url: str,
    image: bytes,
    may_replace: bool,
    progress: Callable[[FlashProgress], None],
    cancelled: Callable[[], bool],
    approach: Approach,
    baud: int,
) -> bool:
    def tell(stage: Stage, done: int) -> None:
        progress(FlashProgress(stage, done, len(image)))

    tell(Stage.PREPARING, 0)
    try:
        port = LoaderPort(url, ROM_BAUD, cancelled, approach.patience)
    except PortError as error:
        raise of_port_error(error) from error
    try:
        chip = _connect(port, approach)
        with _let_go(chip, approach):
            _check(chip)
            chip = _prepare(chip, approach, baud)
            if not may_replace:
                _check_free(chip)
            _write(chip, image, lambda done: tell(Stage.INSTALLING, done))
            tell(Stage.CHECKING_FIRMWARE, len(image))
            _verify(chip, image)
            _start(chip, approach)
    except LoaderStoppedError:
        return False
    finally:
        port.close()
    return True


@contextmanager
def _explained(reason: FlashProblem) -> Generator[None]:
    """What goes wrong inside goes wrong for ``reason``, unless the port is gone."""
    try:
        yield
    except PortError as error:
        raise of_port_error(error) from error
    except TimeoutError as error:
        raise flash_error(reason, text("The board takes no data.")) from error
    except OSError as error:
        raise flash_error(FlashProblem.PORT_LOST) from error
    except _NONSENSE as error:
        said = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise flash_error(reason, text("The boot loader: {said}", said=said)) from error


@contextmanager
def _let_go(chip: Any, approach: Approach) -> Generator[None]:
    """Where it fails or is cancelled inside, the board goes on with what is in its flash."""
    try:
        yield
    except (FlashError, LoaderStoppedError):
        if approach.resets:
            with suppress(OSError):  # it may be the port that is gone
                chip.hard_reset()
        raise


def _connect(port: LoaderPort, approach: Approach) -> Any:
    """The boot loader behind ``port``, as esptool's object for its chip."""
    with _explained(FlashProblem.BOOT_MODE):
        loader: Any = cast(Any, ESPLoader)(port, ROM_BAUD)
        loader.connect(_mode(approach), approach.attempts, detecting=True, warnings=False)
    with _explained(FlashProblem.SYNC_LOST):
        return _detect(port, approach)


def _detect(port: LoaderPort, approach: Approach) -> Any:
    detect: Any = cmds.detect_chip
    try:
        return detect(port, ROM_BAUD, "no-reset", connect_attempts=approach.attempts)
    except FatalError as error:
        said = str(error)
        if not said.startswith(UNKNOWN_CHIP):
            raise
        why = text("The boot loader: {said}", said=said.splitlines()[0])
        raise flash_error(FlashProblem.WRONG_CHIP, why) from error


def _mode(approach: Approach) -> str:
    return "default-reset" if approach.resets else "no-reset"


def _check(chip: Any) -> None:
    """Refuse what must not be written to."""
    if chip.CHIP_NAME != CHIP:
        why = text("It is an {chip}.", chip=chip.CHIP_NAME)
        raise flash_error(FlashProblem.WRONG_CHIP, why)
    with _explained(FlashProblem.SYNC_LOST):
        encrypted = bool(chip.get_flash_encryption_enabled())
        signed = bool(chip.get_secure_boot_enabled())
        # A line that damages answers must not hide what the fuses say: here one is known.
        if chip.read_reg(chip.CHIP_DETECT_MAGIC_REG_ADDR) != chip.MAGIC_VALUE:
            raise flash_error(FlashProblem.SYNC_LOST)
    if encrypted:
        raise flash_error(FlashProblem.ENCRYPTED_FLASH)
    if signed:
        raise flash_error(FlashProblem.SECURE_BOOT)


def _prepare(chip: Any, approach: Approach, baud: int) -> Any:
    """The loader that writes, at its speed, with the flash attached."""
    with _explained(FlashProblem.SYNC_LOST):
        writer = chip.run_stub() if approach.stub and not chip.IS_STUB else chip
        if baud != ROM_BAUD:
            writer.change_baud(baud)
        cmds.attach_flash(writer)
        if writer.flash_id() in NO_FLASH_IDS:
            raise flash_error(FlashProblem.NO_FLASH)
        size = cmds.detect_flash_size(writer) or USUAL_FLASH
        writer.flash_set_parameters(_size_bytes(size))
        return writer


def _check_free(chip: Any) -> None:
    """Refuse to replace a program of the user's: what the ROM would start, if it is not the
    studio's own firmware. What broke off in the midst of being installed is the studio's own."""
    with _explained(FlashProblem.SYNC_LOST):
        free = _holds(chip, IMAGE_OFFSET, _ERASED_WORD) or _holds(
            chip, IMAGE_OFFSET + MARK_AT, MARK
        )
    if not free:
        raise flash_error(FlashProblem.SKETCH)


def _holds(chip: Any, address: int, data: bytes) -> bool:
    """Whether that is in the flash, by a check sum that the board makes."""

    def ask() -> str:
        found = cast(str, chip.flash_md5sum(address, len(data))).lower()
        if not _CHECK_SUM.fullmatch(found):
            raise FatalError("That is no check sum.")
        return found

    return _patiently(chip, ask) == hashlib.md5(data, usedforsecurity=False).hexdigest()


def _start(chip: Any, approach: Approach) -> None:
    with _explained(FlashProblem.SILENT):
        if approach.resets:
            chip.hard_reset()
        else:
            chip.soft_reset(stay_in_bootloader=False)  # the ROM goes on to what is in the flash


def _write(chip: Any, image: bytes, told: Callable[[int], None]) -> None:
    """Where a block goes wrong, its sector is begun anew: a block cannot be sent again, for it may
    have been written and only the answer been lost, and the ROM has counted it either way."""
    written = failures = 0
    told(0)
    with _explained(FlashProblem.WRITE_FAILED):
        while written < len(image):
            try:
                for done in _write_from(chip, image, written // SECTOR_BYTES * SECTOR_BYTES):
                    if done > written:
                        written, failures = done, 0
                        told(written)
            except _NONSENSE as error:
                failures += 1
                if failures == TRIES:
                    raise
                _log.info("begun anew behind %d bytes: %s", written, error)
                chip.flush_input()
        if chip.IS_STUB:
            # The stub answers before it writes; this it answers when it has written.
            chip.read_reg(chip.CHIP_DETECT_MAGIC_REG_ADDR)


def _write_from(chip: Any, image: bytes, start: int) -> Iterator[int]:
    """Write what is behind ``start``, where a sector begins; after each block, how far it is."""
    size = cast(int, chip.FLASH_WRITE_SIZE)
    chip.flash_begin(len(image) - start, IMAGE_OFFSET + start)
    for number, begin in enumerate(range(start, len(image), size)):
        data = image[begin : begin + size].ljust(size, b"\xff")
        chip.check_command(
            f"write block {number}",
            chip.ESP_CMDS["FLASH_DATA"],
            struct.pack("<IIII", size, number, 0, 0) + data,
            chip.checksum(data),
        )
        yield min(begin + size, len(image))


def _patiently(chip: Any, ask: Callable[[], str]) -> str:
    """What is answered, if need be to another try."""
    for _ in range(TRIES - 1):
        try:
            return ask()
        except _NONSENSE as error:
            _log.info("asked again: %s", error)
            chip.flush_input()
    return ask()


def _verify(chip: Any, image: bytes) -> None:
    with _explained(FlashProblem.VERIFY_FAILED):
        same = _holds(chip, IMAGE_OFFSET, image)
    if not same:
        raise flash_error(FlashProblem.VERIFY_FAILED)
