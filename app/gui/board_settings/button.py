# SPDX-License-Identifier: GPL-3.0-or-later
"""The way to the board settings: asks the board what is set on it, then opens the dialog."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton

from app.capture.messages import Flag, Identity
from app.gui.board_care import BoardSetup
from app.gui.board_settings.dialog import SettingsDialog
from app.gui.i18n import tr
from app.gui.studio import Studio


class SettingsButton(QPushButton):
    """Tell it with :meth:`show_board` who is there."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(tr("Board settings…"))
        self._studio = studio
        self._classes: tuple[str, ...] = ()
        self.dialog: SettingsDialog | None = None
        """While it is open."""
        self.setEnabled(False)
        self.clicked.connect(self._read)
        studio.care.changed.connect(lambda: self.setEnabled(False))

    def show_board(self, identity: Identity | None, classes: Sequence[str], *, ready: bool) -> None:
        """``identity`` of the board that is connected and ``ready`` to be asked; ``classes`` are
        those of the network that is or will be on it."""
        self._classes = tuple(classes)
        has_settings = identity is not None and bool(identity.flags & Flag.SETTINGS)
        self.setEnabled(ready and has_settings and self._studio.care.possible)
        self.setToolTip(
            tr("What it measures and how fast, and what it does by itself.")
            if has_settings or identity is None
            else tr("This board's firmware keeps no settings.")
        )

    def _read(self) -> None:
        self._studio.care.read_setup(self._open, self._studio.notify, self)

    def _open(self, setup: BoardSetup) -> None:
        studio = self._studio
        # Not this button's child: it would be disabled with it.
        window = self.window()
        self.dialog = SettingsDialog(window, studio.theme, studio.care, setup, self._classes)
        self.dialog.finished.connect(self._forget)
        self.dialog.open()

    def _forget(self) -> None:
        self.dialog = None
