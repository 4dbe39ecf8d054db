# SPDX-License-Identifier: GPL-3.0-or-later
"""What to do about each reason why firmware does not get onto a board. A reason is one row; where
boards or systems differ, so do its steps."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass

from app.core.board import NANO33BLE
from app.core.errors import FlashProblem
from app.core.text import Text, text


@dataclass(frozen=True, slots=True)
class HelpPage:
    """``drawing`` is the name of a file in ``resources/help``; ``steps`` are done in this order."""

    title: Text
    drawing: str
    steps: tuple[Text, ...]


_TRY_AGAIN = text("Click “Try again”.")
_NO_HARM = text(
    "No harm is done: the boot loader cannot be overwritten, so the next try brings the board back."
)
_LIGHT = text("Plug the board in: a small light on it goes on. If not, use another cable.")
_DATA_CABLE = text("Some cables only charge. Use one that has carried data before.")

PAGES: Mapping[FlashProblem, HelpPage] = {
    FlashProblem.NO_PORT: HelpPage(
        text("The computer does not see the board"),
        "no-port",
        (_LIGHT, _DATA_CABLE),
    ),
    FlashProblem.BUSY_PORT: HelpPage(
        text("Another program has the port"),
        "busy-port",
        (
            text("Close serial monitors and plotters: Arduino IDE, PuTTY, screen, other windows."),
            text("If you cannot find it, pull the board out and plug it in again."),
            _TRY_AGAIN,
        ),
    ),
    FlashProblem.NO_PERMISSION: HelpPage(
        text("You may not use this port yet"), "no-permission", (_TRY_AGAIN,)
    ),
    FlashProblem.PORT_LOST: HelpPage(
        text("The board went away"),
        "port-lost",
        (
            text("Press both plugs in firmly, or use another cable."),
            text("Plug the board straight into the computer, not into a hub."),
            text("Take motors and long strips of lights off the board: they can starve it."),
            _NO_HARM,
        ),
    ),
    FlashProblem.BOOT_MODE: HelpPage(
        text("Bring the board into its boot loader by hand"),
        "boot-buttons",
        (
            text("Hold the button BOOT (on some boards IO0 or FLASH) and keep holding it."),
            text("Press EN (or RST) once, then let go of BOOT."),
            text("Click “Try again”. A board without buttons: join GPIO 0 and GND meanwhile."),
            text("Take wires off GPIO 0, 2 and 12: they decide how the board starts."),
        ),
    ),
    FlashProblem.SYNC_LOST: HelpPage(
        text("The line to the board is disturbed"),
        "sync-lost",
        (
            text("Use a short cable, straight into the computer."),
            text("Take wires off the pins TX, RX, GPIO 1 and GPIO 3: the computer uses them."),
            text("Close other programs that use this port."),
            _TRY_AGAIN,
        ),
    ),
    FlashProblem.NO_FLASH: HelpPage(
        text("The board's flash memory does not answer"),
        "no-flash",
        (
            text("Take all wires off GPIO 6 to 11: the flash is wired to them."),
            text("Take the wire off GPIO 12: at the start it chooses the flash's voltage."),
            text("If nothing is wired there, the flash is broken: use another board."),
        ),
    ),
    FlashProblem.WRITE_FAILED: HelpPage(
        text("The firmware was written in part"),
        "write-failed",
        (
            _NO_HARM,
            text("Use a short cable, straight into the computer, then click “Try again”."),
            text("If it stops again, take everything off the board's pins."),
        ),
    ),
    FlashProblem.VERIFY_FAILED: HelpPage(
        text("The board holds something else than was written"),
        "verify-failed",
        (
            _NO_HARM,
            text("Use a short cable, straight into the computer, then click “Try again”."),
            text("If it differs every time, the flash is worn out: use another board."),
        ),
    ),
    FlashProblem.WRONG_CHIP: HelpPage(
        text("This chip is not supported yet"),
        "wrong-chip",
        (
            text("Read what is printed on the metal can: it must say ESP32, without S, C or H."),
            text("Boards that work: ESP32 DevKit, NodeMCU-32S, D1 mini ESP32, WROOM and WROVER."),
            text("If another board is plugged in as well, choose its port."),
        ),
    ),
    FlashProblem.ENCRYPTED_FLASH: HelpPage(
        text("This board's flash is encrypted"),
        "locked",
        (
            text("Its maker has burnt a fuse in the chip; it cannot be undone. Use another board."),
            text("Nothing was written: it goes on doing what it did."),
        ),
    ),
    FlashProblem.SECURE_BOOT: HelpPage(
        text("This board starts signed firmware only"),
        "locked",
        (
            text("Its maker has burnt a fuse in the chip; it cannot be undone. Use another board."),
            text("Nothing was written: it goes on doing what it did."),
        ),
    ),
    FlashProblem.SILENT: HelpPage(
        text("The board does not answer"),
        "silent",
        (
            text("Press EN (or RST) once; BOOT must not be held."),
            text("Take wires off GPIO 0, 2 and 12: they decide how the board starts."),
            text("Use another USB port or cable: a weak supply keeps the board from starting."),
            _TRY_AGAIN,
        ),
    ),
    FlashProblem.IMAGE_DAMAGED: HelpPage(
        text("A file of the studio is missing or damaged"),
        "image-damaged",
        (
            text("Install the studio again; your projects are not touched by that."),
            text("A virus scanner may have removed the file: look into its quarantine."),
        ),
    ),
    FlashProblem.SKETCH: HelpPage(
        text("There is a program of yours on the board"),
        "sketch",
        (
            text("The studio's firmware takes its place; only one fits."),
            text("Keep the sketch's file: with the Arduino IDE you can put it back at any time."),
        ),
    ),
}

_NANO_LOADER = (
    text("Press the small button twice, quickly: the orange light fades in and out."),
    text("The studio finds it there by itself. If nothing happens, try again."),
)
BOARD_PAGES: Mapping[tuple[str, FlashProblem], HelpPage] = {
    (NANO33BLE.id, FlashProblem.BOOT_MODE): HelpPage(
        text("Bring the board into its boot loader by hand"), "nano-button", _NANO_LOADER
    ),
    (NANO33BLE.id, FlashProblem.SYNC_LOST): HelpPage(
        text("The line to the board is disturbed"), "nano-button", _NANO_LOADER
    ),
    (NANO33BLE.id, FlashProblem.SILENT): HelpPage(
        text("The board does not answer"),
        "nano-button",
        (
            text("Press the small button once, and wait for two seconds."),
            text("The board may have another port now: choose it."),
            _TRY_AGAIN,
        ),
    ),
    (NANO33BLE.id, FlashProblem.WRONG_CHIP): HelpPage(
        text("This is not a Nano 33 BLE"),
        "nano-button",
        (
            text("Boards that work: Arduino Nano 33 BLE, BLE Sense and BLE Sense Rev2."),
            text("If another board is plugged in as well, choose its port."),
        ),
    ),
}
"""What is different with a board."""

_DRIVERS = text(
    "Install the driver of the chip beside the USB plug: “CP210x” from Silicon Labs, or “CH340”"
    " from WCH."
)
SYSTEM_STEPS: Mapping[tuple[FlashProblem, str], tuple[Text, ...]] = {
    (FlashProblem.NO_PORT, "win32"): (
        _DRIVERS,
        text("Open the Device Manager: the board is listed under “Ports (COM & LPT)”."),
    ),
    (FlashProblem.NO_PORT, "darwin"): (
        text("Allow the accessory when macOS asks: System Settings, Privacy & Security."),
        _DRIVERS,
    ),
    (FlashProblem.NO_PORT, "linux"): (
        text("“sudo dmesg” tells what was plugged in. Remove the package brltty: it takes CH340."),
    ),
    (FlashProblem.NO_PERMISSION, "linux"): (
        text("In a terminal run “sudo usermod -a -G dialout $USER” (on Arch: uucp for dialout)."),
        text("Log out and in again: groups count from the next login."),
    ),
    (FlashProblem.NO_PERMISSION, "darwin"): (
        text("Allow the accessory when macOS asks: System Settings, Privacy & Security."),
        text("Pull the board out and plug it in again."),
    ),
    (FlashProblem.NO_PERMISSION, "win32"): (
        text("Close every other program that may use the port."),
        _DRIVERS,
    ),
}
"""What comes first, or for ``NO_PORT`` last, on a system (``sys.platform``)."""


def page_for(problem: FlashProblem, board_id: str = "", system: str = sys.platform) -> HelpPage:
    """The page for ``problem`` with the board ``board_id`` on ``system``."""
    page = BOARD_PAGES.get((board_id, problem), PAGES[problem])
    own = SYSTEM_STEPS.get((problem, system), ())
    general_first = problem is FlashProblem.NO_PORT
    steps = (*page.steps, *own) if general_first else (*own, *page.steps)
    return HelpPage(page.title, page.drawing, steps)
