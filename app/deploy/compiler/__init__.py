# SPDX-License-Identifier: GPL-3.0-or-later
"""From a ``.tflite`` to operators, weights and memory: all cleverness of the board program."""
