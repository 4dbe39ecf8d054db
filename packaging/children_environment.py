# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs before the packaged studio: what it opens for the user (a file manager, a browser) must load
the system's libraries, not ours. Our own loader has read the variable long before this."""

import os

if "LD_LIBRARY_PATH_ORIG" in os.environ:
    os.environ["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH_ORIG"]
else:
    os.environ.pop("LD_LIBRARY_PATH", None)
