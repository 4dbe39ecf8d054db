# SPDX-License-Identifier: GPL-3.0-or-later
"""The studio's errors. Each says what failed, why, and what to do next."""

from __future__ import annotations

from enum import Enum

from app.core.text import NOTHING, Text, text


class TinywrightError(Exception):
    """Base of every error a user may meet.

    ``what`` states the failure, ``why`` the cause where it is known, ``action`` the next step.
    ``str(error)`` is the English sentence; a view translates the three parts.
    """

    def __init__(self, what: Text, why: Text = NOTHING, action: Text = NOTHING) -> None:
        super().__init__(what, why, action)
        self.what = what
        self.why = why
        self.action = action

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.what, self.why, self.action) if part)


class DataError(TinywrightError):
    """Recordings, imports, labels or windows that cannot be used as they are."""


class ProjectError(TinywrightError):
    """A project folder that cannot be opened or saved; the folder is left untouched."""


class ModelError(TinywrightError):
    """A network that cannot be built, trained or converted."""


class PortProblem(Enum):
    """Why a port cannot be used."""

    NOT_FOUND = "not_found"
    BUSY = "busy"
    NO_PERMISSION = "no_permission"
    LOST = "lost"
    SILENT = "silent"
    BAD_URL = "bad_url"


class PortError(TinywrightError):
    """A port that cannot be opened or went away. ``port`` is the URL the user chose."""

    def __init__(
        self,
        problem: PortProblem,
        port: str,
        what: Text,
        why: Text = NOTHING,
        action: Text = NOTHING,
    ) -> None:
        super().__init__(what, why, action)
        self.problem = problem
        self.port = port


class ProtocolError(TinywrightError):
    """Bytes that break the written protocol, where carrying on would be a guess."""


class BoardError(TinywrightError):
    """A board that answered, and refused. ``status`` is its code in ``docs/protocol.md``."""

    def __init__(
        self, status: int, what: Text, why: Text = NOTHING, action: Text = NOTHING
    ) -> None:
        super().__init__(what, why, action)
        self.status = status


class DeployError(TinywrightError):
    """A model that cannot be brought onto a board, or a board that cannot be started or flashed."""


class FlashProblem(Enum):
    """Why firmware did not get onto a board. Each has its page of help in the window."""

    NO_PORT = "no_port"
    BUSY_PORT = "busy_port"
    NO_PERMISSION = "no_permission"
    PORT_LOST = "port_lost"
    BOOT_MODE = "boot_mode"
    SYNC_LOST = "sync_lost"
    NO_FLASH = "no_flash"
    WRITE_FAILED = "write_failed"
    VERIFY_FAILED = "verify_failed"
    WRONG_CHIP = "wrong_chip"
    ENCRYPTED_FLASH = "encrypted_flash"
    SECURE_BOOT = "secure_boot"
    SILENT = "silent"
    IMAGE_DAMAGED = "image_damaged"
    SKETCH = "sketch"
    """Not a failure: a program of the user's is there, and only the user may have it replaced."""


class FlashError(DeployError):
    """Firmware that did not get onto a board, for a ``reason`` that there is help for."""

    def __init__(
        self, reason: FlashProblem, what: Text, why: Text = NOTHING, action: Text = NOTHING
    ) -> None:
        super().__init__(what, why, action)
        self.reason = reason


class VerificationError(DeployError):
    """A board that stopped answering after ``done`` of ``total`` windows; ``why`` says how."""

    def __init__(self, done: int, total: int, cause: TinywrightError) -> None:
        super().__init__(
            text("The board stopped after {done} of {total} windows.", done=done, total=total),
            cause.what,
            cause.action,
        )
        self.done = done
        self.total = total


class JobError(TinywrightError):
    """Work in the child process that failed or was ended from outside."""
