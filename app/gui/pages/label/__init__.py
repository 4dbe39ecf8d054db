# SPDX-License-Identifier: GPL-3.0-or-later
"""The Label page: what happens where in the recordings, and the windows that come of it."""

from app.gui.pages.label.page import LabelPage

__all__ = ["LabelPage"]
