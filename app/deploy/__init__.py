# SPDX-License-Identifier: GPL-3.0-or-later
"""From a .tflite file to a model that answers on a board."""
