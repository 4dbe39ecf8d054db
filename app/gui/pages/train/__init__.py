# SPDX-License-Identifier: GPL-3.0-or-later
"""The Train page: let the network learn, watch it, and see how well it does."""

from app.gui.pages.train.page import TrainPage

__all__ = ["TrainPage"]
