# SPDX-License-Identifier: GPL-3.0-or-later
"""Long work in a child process, with typed messages and a ladder to stop it."""
