# SPDX-License-Identifier: GPL-3.0-or-later
"""The Design page: the network as a stack of cards, between its input and its answers."""

from app.gui.pages.design.page import DesignPage

__all__ = ["DesignPage"]
