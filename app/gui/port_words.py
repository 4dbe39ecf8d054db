# SPDX-License-Identifier: GPL-3.0-or-later
"""A port as a user reads it in a list, the same wherever one is chosen."""

from __future__ import annotations

from app.capture.discovery import DiscoveredPort
from app.gui.i18n import tr


def port_words(port: DiscoveredPort) -> str:
    """The board behind ``port``, as far as it is known, and the port's name."""
    if port.board is None:
        return f"{port.url} · {port.description}" if port.description else port.url
    if port.certain:
        return f"{tr(port.board.name)} · {port.url}"
    return tr("probably {board} · {port}", board=tr(port.board.name), port=port.url)
