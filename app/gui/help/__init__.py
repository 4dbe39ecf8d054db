# SPDX-License-Identifier: GPL-3.0-or-later
"""Help inside the window: a page with a drawing for each reason why flashing fails."""

from app.gui.help.dialog import HelpDialog

__all__ = ["HelpDialog"]
