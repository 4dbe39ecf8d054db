# SPDX-License-Identifier: GPL-3.0-or-later
"""The Live page: the board's own answers to its own sensor, as they come."""

from app.gui.pages.live.page import LivePage

__all__ = ["LivePage"]
