# SPDX-License-Identifier: GPL-3.0-or-later
"""The domain: recordings, windows, models, projects. Standard library and NumPy only."""
