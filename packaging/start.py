# SPDX-License-Identifier: GPL-3.0-or-later
"""The packaged programs begin here: the same as ``python -m app``."""

import sys

from app.__main__ import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
