# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the board behind a port runs this studio's firmware: asked before it is installed, and
awaited afterwards."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from app.capture.client import board_at
from app.capture.messages import Flag, Identity
from app.core.errors import FlashError, PortError, PortProblem, ProtocolError
from app.core.text import NOTHING, Text, text
from app.deploy.flashing import FlashProgress, Stage
from app.deploy.images import read_manifest

ASK_EVERY_S = 0.4


def identify(url: str, patience_s: float) -> Identity:
    """Who is behind ``url``. Raises ``PortError`` or ``ProtocolError``."""
    with board_at(url) as client:
        return client.identify(patience_s)


def identify_if_it_speaks(url: str, patience_s: float) -> Identity | None:
    """As :func:`identify`; ``None`` for what does not speak the board protocol."""
    try:
        return identify(url, patience_s)
    except ProtocolError:
        return None
    except PortError as error:
        if error.problem is not PortProblem.SILENT:
            raise
        return None


def is_own(found: Identity, images: Path) -> bool:
    """Whether it runs the firmware in ``images``. A simulated board needs none."""
    simulated = bool(found.flags & Flag.SIMULATED)
    return simulated or found.firmware == read_manifest(images).version


def await_own(
    where: Callable[[], str | None],
    images: Path,
    patience_s: float,
    cancelled: Callable[[], bool],
    silent: Callable[[Text], FlashError],
    ask_every_s: float = ASK_EVERY_S,
) -> str | None:
    """Ask until the firmware in ``images`` answers; the URL at which it does, ``None`` when
    cancelled. ``where`` tells the board's URL at present, ``None`` while it has none. Raises
    ``silent(why)`` after ``patience_s``."""
    end = time.monotonic() + patience_s
    why: Text = NOTHING
    cause: PortError | ProtocolError | None = None
    while time.monotonic() < end:
        if cancelled():
            return None
        asked_s = time.monotonic()
        url = where()
        try:
            found = None if url is None else identify(url, ask_every_s)
        except (PortError, ProtocolError) as error:
            cause = error  # it may still be starting, or its port coming back
        else:
            if found is not None and is_own(found, images):
                return url
            if found is not None:
                why = text("Firmware {version} answers.", version=found.firmware)
        time.sleep(max(0.0, min(asked_s + ask_every_s, end) - time.monotonic()))
    raise silent(why) from cause


def without_connecting(
    progress: Callable[[FlashProgress], None],
) -> Callable[[FlashProgress], None]:
    """``progress``, which has been told of that stage already."""

    def tell(step: FlashProgress) -> None:
        if step.stage is not Stage.CONNECTING:
            progress(step)

    return tell
