# SPDX-License-Identifier: GPL-3.0-or-later
"""Bytes from a board to samples, and back."""
