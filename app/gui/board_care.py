# SPDX-License-Identifier: GPL-3.0-or-later
"""What is done to a board beside measuring and flashing: reading and writing its settings, checking
it. The session's port is lent for that and taken back, however it ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from app.core.board_settings import BoardSettings
from app.core.errors import DataError, TinywrightError

if TYPE_CHECKING:
    from app.capture.client import BoardClient
    from app.capture.messages import SensorChannel
    from app.deploy.selftest_report import SelftestReport
    from app.gui.studio import Studio

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BoardSetup:
    """What is set on a board, the sensors it lists, and what it remarked on its own start. With a
    ``problem`` the settings cannot be read, and nothing counts as set."""

    settings: BoardSettings
    sensors: tuple[SensorChannel, ...]
    remarks: tuple[str, ...] = ()
    problem: TinywrightError | None = None


class BoardCare(QObject):
    """One thing at a time, in the background, on the studio's board."""

    changed = Signal()
    """Something has begun or ended."""
    progressed = Signal(float)
    """How far a check is, 0 to 1."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self._studio = studio
        self.busy = False
        """Whether the port is lent."""

    @property
    def possible(self) -> bool:
        """Whether a board is connected whose port nobody else has."""
        studio = self._studio
        lent = self.busy or studio.deployment.busy
        return studio.board.session is not None and not lent

    def read_setup(
        self,
        done: Callable[[BoardSetup], object],
        failed: Callable[[TinywrightError], object],
        owner: QObject,
    ) -> None:
        """Ask the board what is set on it. Nothing where that is not :attr:`possible`."""

        def work(client: BoardClient, remarks: tuple[str, ...]) -> BoardSetup:
            sensors = client.sensors()
            try:
                return BoardSetup(client.settings(), sensors, remarks)
            except DataError as error:  # they can be set anew
                return BoardSetup(BoardSettings(), sensors, remarks, error)

        self._borrow(work, done, failed, owner)

    def write_settings(
        self,
        settings: BoardSettings,
        done: Callable[[], object],
        failed: Callable[[TinywrightError], object],
        owner: QObject,
    ) -> None:
        """Let the board keep ``settings``."""
        self._borrow(
            lambda client, _: client.write_settings(settings), lambda _: done(), failed, owner
        )

    def check(
        self,
        done: Callable[[SelftestReport], object],
        failed: Callable[[TinywrightError], object],
        owner: QObject,
        drive_pins: bool = False,
    ) -> None:
        """Check the board; takes some ten seconds. It may put levels onto its free pins only where
        ``drive_pins`` says so."""

        def work(client: BoardClient, _: tuple[str, ...]) -> SelftestReport:
            from app.deploy.selftest import selftest

            return selftest(client, self.progressed.emit, drive_pins)

        self._borrow(work, done, failed, owner)

    def _borrow(
        self,
        work: Callable[[BoardClient, tuple[str, ...]], T],
        done: Callable[[T], object],
        failed: Callable[[TinywrightError], object],
        owner: QObject,
    ) -> None:
        """Let ``work`` talk to the board through a link of its own; it also gets what the board
        remarks on its start. ``owner`` is what the callbacks belong to: they are not called when
        it is gone."""
        session = self._studio.board.session
        if session is None or not self.possible:
            return
        self.busy = True
        self.changed.emit()

        def at_the_port() -> T:
            from app.capture.client import board_at

            session.release()
            try:
                heard = list[str]()
                with board_at(session.link.url, session.link.baud, heard.append) as client:
                    client.identify()
                    remarks = tuple(dict.fromkeys(heard))
                    client.stop_run()
                    client.stop_stream()
                    return work(client, remarks)
            finally:
                session.take_back()

        def told(tell: Callable[[], object]) -> None:
            self.busy = False
            self.changed.emit()
            if isValid(owner):
                tell()

        self._studio.background.run(
            at_the_port,
            lambda result: told(lambda: done(result)),
            lambda error: told(lambda: failed(error)),
            owner=self,
        )
