# SPDX-License-Identifier: GPL-3.0-or-later
"""Tinywright: teach a microcontroller to recognise what its sensors feel."""
