# SPDX-License-Identifier: GPL-3.0-or-later
"""The ports of this computer, and the boards that are probably behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, cast

from serial.tools import list_ports as serial_list_ports

from app.core.board import BOARDS, Board, UsbId


@dataclass(frozen=True, slots=True)
class DiscoveredPort:
    """A port with what its USB description tells.

    ``board`` is ``certain`` when the USB id is the board's own; an id of a USB-to-serial chip only
    suggests it. ``serial_number`` finds the same board again when its port is renumbered, ``usb``
    tells what it is doing: in its boot loader a board has another id.
    """

    url: str
    description: str
    board: Board | None = None
    certain: bool = False
    serial_number: str = ""
    usb: UsbId | None = None


@dataclass(frozen=True, slots=True)
class PortChange:
    """Ports that came and went between two looks."""

    added: tuple[DiscoveredPort, ...]
    removed: tuple[DiscoveredPort, ...]


def list_ports() -> list[DiscoveredPort]:
    """The serial ports of this computer: boards that are certain first, then likely ones."""
    return describe_ports(cast("Iterable[Any]", serial_list_ports.comports()))


def describe_ports(infos: Iterable[Any]) -> list[DiscoveredPort]:
    """As :func:`list_ports`, from pyserial's ``ListPortInfo`` objects.

    Ports without USB (a PC's own COM ports, most of which lead nowhere) come last.
    """
    ranked = [(_describe(info), info.vid is not None) for info in infos]
    ranked.sort(key=lambda row: (not row[0].certain, row[0].board is None, not row[1], row[0].url))
    return [port for port, _ in ranked]


def board_for(usb_id: UsbId) -> tuple[Board | None, bool]:
    """The board that ``usb_id`` belongs to, and whether that is certain."""
    for board in BOARDS.values():
        if usb_id in board.usb_ids:
            return board, True
    for board in BOARDS.values():
        if usb_id in board.bridge_ids:
            return board, False
    return None, False


class PortWatch:
    """Notices boards that are plugged in and pulled. Ask :meth:`poll` about once a second."""

    def __init__(self, look: Callable[[], list[DiscoveredPort]] = list_ports) -> None:
        self._look = look
        self.ports: tuple[DiscoveredPort, ...] = ()

    def poll(self) -> PortChange | None:
        """Look again; what changed since the last look, ``None`` when nothing did. Takes some
        milliseconds on Linux and up to tenths of a second elsewhere, so not in a window's thread.
        """
        ports = tuple(self._look())
        before, self.ports = self.ports, ports
        added = tuple(port for port in ports if port not in before)
        removed = tuple(port for port in before if port not in ports)
        return PortChange(added, removed) if added or removed else None


def _describe(info: Any) -> DiscoveredPort:
    url = cast(str, info.device)
    product = cast("str | None", info.product) or cast("str | None", info.description)
    board, certain, usb = None, False, None
    if info.vid is not None and info.pid is not None:
        usb = UsbId(info.vid, info.pid)
        board, certain = board_for(usb)
    return DiscoveredPort(
        url=url,
        description="" if product in (None, "n/a", url) else str(product),
        board=board,
        certain=certain,
        serial_number=cast("str | None", info.serial_number) or "",
        usb=usb,
    )
