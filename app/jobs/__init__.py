# SPDX-License-Identifier: GPL-3.0-or-later
"""Long work in a child process, with typed messages and a ladder to stop it."""

WORKER_FLAG = "--worker"
"""The program's argument that makes it a worker child."""
