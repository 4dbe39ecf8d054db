# SPDX-License-Identifier: GPL-3.0-or-later
"""The board settings: a button that a page may have, and the dialog that it opens."""

from app.gui.board_settings.button import SettingsButton

__all__ = ["SettingsButton"]
