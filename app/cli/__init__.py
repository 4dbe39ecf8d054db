# SPDX-License-Identifier: GPL-3.0-or-later
"""Every step of the studio as a command, thin over the same modules as the window."""
