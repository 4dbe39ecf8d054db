# SPDX-License-Identifier: GPL-3.0-or-later
"""The Deploy page: a trained network, shrunk to int8, brought onto a board and checked there."""

from app.gui.pages.deploy.page import DeployPage

__all__ = ["DeployPage"]
