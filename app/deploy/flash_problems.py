# SPDX-License-Identifier: GPL-3.0-or-later
"""The words for each reason why firmware did not get onto a board. A reason is one row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.errors import FlashError, FlashProblem, PortError, PortProblem
from app.core.text import NOTHING, Text, text


@dataclass(frozen=True, slots=True)
class Words:
    """What failed, why for want of a better cause, and what to do."""

    what: Text
    why: Text
    action: Text


_AGAIN = text("Try again: the board's own boot loader is in its ROM, nothing can overwrite it.")

WORDS: Mapping[FlashProblem, Words] = {
    FlashProblem.NO_PORT: Words(
        text("The board's port cannot be opened."),
        text("It is not there."),
        text("Plug the board in, try another cable (some only charge), then choose its port."),
    ),
    FlashProblem.BUSY_PORT: Words(
        text("The board's port cannot be opened."),
        text("Another program uses it."),
        text("Close the other program's serial monitor or plotter, then try again."),
    ),
    FlashProblem.NO_PERMISSION: Words(
        text("The board's port cannot be opened."),
        text("You may not use this device."),
        text("Get the right to use serial ports, then try again."),
    ),
    FlashProblem.PORT_LOST: Words(
        text("The board's port went away while it was being flashed."),
        text("The cable was pulled or has a loose contact, or the board lost its power."),
        text("Plug it in again, without a hub, and try again: no board is lost by this."),
    ),
    FlashProblem.BOOT_MODE: Words(
        text("The board did not enter its boot loader."),
        text("Its boot loader gave no answer."),
        text("Hold the button BOOT, press EN shortly, let go of BOOT, then try again."),
    ),
    FlashProblem.SYNC_LOST: Words(
        text("The boot loader stopped making sense."),
        text("Bytes were lost on the way."),
        text("Use a short cable straight into the computer, then try again."),
    ),
    FlashProblem.NO_FLASH: Words(
        text("The board's flash memory does not answer."),
        text("Something is wired to its pins, or it is broken."),
        text("Take all wires off GPIO 6 to 12, then try again."),
    ),
    FlashProblem.WRITE_FAILED: Words(
        text("The firmware was written in part only."),
        text("The boot loader stopped answering."),
        _AGAIN,
    ),
    FlashProblem.VERIFY_FAILED: Words(
        text("The board's flash does not hold what was written."),
        text("Its check sum is wrong."),
        _AGAIN,
    ),
    FlashProblem.WRONG_CHIP: Words(
        text("This chip is not supported yet. Nothing was written."),
        text("It is not an ESP32 of the first kind."),
        text("Use a board with an ESP32 (DevKit, WROOM, D1 mini ESP32), or another port."),
    ),
    FlashProblem.ENCRYPTED_FLASH: Words(
        text("This board's flash is encrypted. Nothing was written."),
        text("Its fuses let it run firmware of its maker only."),
        text("Use another board: this cannot be undone on this one."),
    ),
    FlashProblem.SECURE_BOOT: Words(
        text("This board starts signed firmware only. Nothing was written."),
        text("Secure boot is burnt into its fuses."),
        text("Use another board: this cannot be undone on this one."),
    ),
    FlashProblem.SILENT: Words(
        text("The firmware is installed, but the board does not answer."),
        text("It was not restarted, or its power is too weak to start."),
        text("Press the button EN (or RST) on the board, then try again."),
    ),
    FlashProblem.SKETCH: Words(
        text("There is another program on this board. Nothing was written."),
        text(
            "It may be a sketch of yours, or what the board came with; the studio's firmware would"
            " replace it."
        ),
        text(
            "Say that it may be replaced (“Replace it”; as a command: --replace). You can put your"
            " sketch back with the Arduino IDE."
        ),
    ),
    FlashProblem.IMAGE_DAMAGED: Words(
        text("This installation of the studio is damaged. Nothing was written."),
        text("The board's firmware is missing."),
        text("Install it again."),
    ),
}


def flash_error(reason: FlashProblem, why: Text = NOTHING) -> FlashError:
    """The error for ``reason``, with a better ``why`` where it is known."""
    words = WORDS[reason]
    return FlashError(reason, words.what, why or words.why, words.action)


_OF_PORT: Mapping[PortProblem, FlashProblem] = {
    PortProblem.NOT_FOUND: FlashProblem.NO_PORT,
    PortProblem.BUSY: FlashProblem.BUSY_PORT,
    PortProblem.NO_PERMISSION: FlashProblem.NO_PERMISSION,
    PortProblem.LOST: FlashProblem.PORT_LOST,
    PortProblem.SILENT: FlashProblem.SILENT,
    PortProblem.BAD_URL: FlashProblem.NO_PORT,
}


def of_port_error(error: PortError) -> FlashError:
    """A port's error, in its own words, which name who holds it and what mends it."""
    return FlashError(_OF_PORT[error.problem], error.what, error.why, error.action)
