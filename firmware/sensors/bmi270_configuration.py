# SPDX-License-Identifier: Apache-2.0
"""Write the BMI270's configuration bytes as C, for a build that has this part in its table.

    python bmi270_configuration.py bmi270_configuration.c

The bytes are Bosch's; the package ``bmi270`` carries them. They are no part of this repository.
"""

from __future__ import annotations

import ast
import sys
from importlib.metadata import distribution
from pathlib import Path

PACKAGE = "bmi270"
NAME = "bmi270_config_file"
BYTES = 8192
A_LINE = 16


def configuration() -> bytes:
    """The bytes, read without importing the package, which would want a bus."""
    place = distribution(PACKAGE).locate_file(f"{PACKAGE}/config_file.py")
    for statement in ast.parse(Path(str(place)).read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == NAME:
            found = bytes(ast.literal_eval(statement.value))
            if len(found) != BYTES:
                raise SystemExit(f"{place}: {len(found)} bytes instead of {BYTES}")
            return found
    raise SystemExit(f"{place}: no {NAME}")


def as_c(data: bytes) -> str:
    """A C file with the two constants of ``bmi270.h``."""
    lines = (data[at : at + A_LINE] for at in range(0, len(data), A_LINE))
    rows = "\n".join("  " + " ".join(f"0x{byte:02x}," for byte in line) for line in lines)
    return (
        "// Made by bmi270_configuration.py.\n"
        '#include "bmi270.h"\n'
        f"const uint8_t tw_bmi270_configuration[] = {{\n{rows}\n}};\n"
        f"const uint32_t tw_bmi270_configuration_bytes = {len(data)};\n"
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(as_c(configuration()), encoding="utf-8")
