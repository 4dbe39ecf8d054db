# SPDX-License-Identifier: GPL-3.0-or-later
"""One module a step of the studio; pages never import each other."""
