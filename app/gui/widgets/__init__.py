# SPDX-License-Identifier: GPL-3.0-or-later
"""Pieces shared by the pages."""
