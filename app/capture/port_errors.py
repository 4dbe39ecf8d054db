# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a port did not open, in words, with the step that mends it."""

from __future__ import annotations

import errno
import os
import socket
import sys
from pathlib import Path

from app.core.errors import PortError, PortProblem
from app.core.text import NOTHING, Text, text

_BUSY = frozenset({errno.EBUSY, errno.EAGAIN, errno.EWOULDBLOCK})
_DENIED = frozenset({errno.EACCES, errno.EPERM})


def explain_open_error(url: str, error: OSError) -> PortError:
    """The :class:`PortError` for an ``error`` met while opening ``url``."""
    cause = _root(error)
    what = text("The port {port} cannot be opened.", port=url)
    if "://" in url:
        return PortError(
            PortProblem.NOT_FOUND,
            url,
            what,
            text("Nothing answers at this address ({reason}).", reason=_words(cause)),
            text("Check that the other side runs, and its host name and port number."),
        )
    windows_words = str(error) if cause.errno is None else ""
    if cause.errno in _BUSY or "PermissionError" in windows_words:
        return PortError(PortProblem.BUSY, url, what, _busy_reason(url), _BUSY_ACTION)
    if cause.errno in _DENIED:
        return PortError(
            PortProblem.NO_PERMISSION,
            url,
            what,
            text("You may not use this device."),
            permission_fix(url),
        )
    return PortError(
        PortProblem.NOT_FOUND,
        url,
        what,
        text("It is not there ({reason}).", reason=_words(cause)),
        text("Plug the board in, try another cable (some only charge), then choose its port."),
    )


def lost_error(url: str, error: OSError) -> PortError:
    """The :class:`PortError` for a port that was open and went away."""
    return PortError(
        PortProblem.LOST,
        url,
        text("The connection to {port} was lost.", port=url),
        text("The cable was pulled, or the board restarted ({reason}).", reason=_words(error)),
        text("Plug it in again: the studio reconnects by itself."),
    )


_BUSY_ACTION = text("Close the other program's serial monitor or plotter, then try again.")


def _busy_reason(device: str) -> Text:
    holders = port_holders(device)
    if holders:
        return text("It is in use by {programs}.", programs=", ".join(holders))
    return text("Another program uses it.")


def port_holders(device: str) -> list[str]:
    """The programs that have ``device`` open, as ``name (process id)``.

    Read from /proc, so Linux only and only programs of the same user; empty elsewhere.
    """
    proc = Path("/proc")
    target = os.path.realpath(device)
    holders: list[str] = []
    for process in sorted(proc.glob("[0-9]*"), key=lambda path: int(path.name)):
        try:
            opened = {os.path.realpath(handle) for handle in (process / "fd").iterdir()}
            name = (process / "comm").read_text().strip() if target in opened else ""
        except OSError:  # another user's process, or one that has just ended
            continue
        if target in opened:
            holders.append(f"{name} ({process.name})")
    return holders


def permission_fix(device: str) -> Text:
    """What to do so that the present user may use ``device``."""
    if sys.platform == "darwin":
        return text(
            "Allow the accessory in System Settings, Privacy & Security, then plug the board in"
            " again."
        )
    if sys.platform != "linux":
        return text("Ask the computer's administrator for the right to use serial ports.")
    import grp  # POSIX only

    try:
        group = grp.getgrgid(Path(device).stat().st_gid).gr_name
        members = grp.getgrnam(group).gr_mem
    except (OSError, KeyError):
        return NOTHING
    user = os.environ.get("USER", "")
    if user and user in members:
        return text(
            "You are in the group {group}, but since your last login only: log out and in again.",
            group=group,
        )
    if group in {"dialout", "uucp", "tty", "plugdev"}:
        return text(
            "Run “sudo usermod -a -G {group} $USER” in a terminal, then log out and in again.",
            group=group,
        )
    return text(
        "Save the line {rule} as /etc/udev/rules.d/70-tinywright.rules, then plug the board in"
        " again.",
        rule='SUBSYSTEM=="tty", MODE="0660", GROUP="dialout", TAG+="uaccess"',
    )


def _root(error: OSError) -> OSError:
    """The first error of the chain that carries an error number (pyserial hides it in words)."""
    found: BaseException | None = error
    while found is not None:
        if isinstance(found, OSError) and found.errno is not None:
            return found
        found = found.__cause__ or found.__context__
    return error


def _words(error: OSError) -> str:
    if isinstance(error, TimeoutError | socket.timeout):
        return "no answer in time"
    return (error.strerror or str(error)).rstrip(".").lower()
