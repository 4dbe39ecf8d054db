# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings the JSON of an older project up to today's version, one version at a time.

A migration is a function from the whole contents of ``project.json`` at version n to those at
version n + 1; it need not touch ``version``. Once released, a migration is never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

VERSION = 1
"""The version this studio writes; see ``docs/project-format.md``."""

Contents = dict[str, Any]
Migrations = Mapping[int, Callable[[Contents], Contents]]

MIGRATIONS: Migrations = MappingProxyType({})
"""Version n -> the step to n + 1. Version 1 is the first, so there is none yet."""


def migrate(
    contents: Contents, version: int, to: int = VERSION, table: Migrations = MIGRATIONS
) -> Contents:
    """``contents`` of ``version``, brought to version ``to``.

    Raises :class:`LookupError` where there is no way from there, and whatever a step raises on
    contents that break their own version's rules (``KeyError``, ``TypeError``, ``ValueError``).
    """
    while version < to:
        if version not in table:
            raise LookupError(f"no migration from version {version}")
        contents = table[version](contents)
        version += 1
        contents = {**contents, "version": version}
    return contents
