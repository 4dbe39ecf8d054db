# SPDX-License-Identifier: GPL-3.0-or-later
"""The Capture page: what the sensor says now, and the recordings made of it."""

from app.gui.pages.capture.page import CapturePage

__all__ = ["CapturePage"]
