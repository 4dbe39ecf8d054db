# SPDX-License-Identifier: GPL-3.0-or-later
"""Sentences for people, kept apart from their values so that a view can translate them.

The core never translates. It marks a sentence with :func:`text`; the GUI looks the template up in
the chosen language and fills in the values; the command line prints the English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Text:
    """A translatable sentence: a ``str.format`` template and the values it names."""

    template: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def __str__(self) -> str:
        return self.template.format(**self.values)

    def __bool__(self) -> bool:
        return bool(self.template)


def text(template: str, /, **values: object) -> Text:
    """Mark ``template`` for translation. It must be a literal, so that it can be extracted."""
    return Text(template, MappingProxyType(values))


NOTHING = Text("")
